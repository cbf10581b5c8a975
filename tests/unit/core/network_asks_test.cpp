#include "core/network_asks.h"

#include <gtest/gtest.h>
#include <vector>

namespace vv::core {
namespace {

using std::chrono::hours;

const Instant kNoon = *parse_rfc3339("2026-11-20T12:00:00Z");

Brokering welcome(int a_day) {
    Brokering brokering;
    brokering.a_day = a_day;
    return brokering;
}

TEST(ComesAt, OnceWhileTheDayHasRoom) {
    const std::vector<Instant> shown{kNoon - hours(1), kNoon - hours(2)};
    EXPECT_EQ(comes_at(welcome(3), shown, 0, kNoon), kNoon);
    EXPECT_EQ(comes_at(welcome(2), shown, 0, kNoon), kNoon + hours(22)) << "a day after the last but one";
    EXPECT_EQ(comes_at(welcome(1), shown, 0, kNoon), kNoon + hours(23));
    EXPECT_FALSE(comes_at(welcome(0), {}, 0, kNoon)) << "none is welcome";
}

TEST(ComesAt, NeverShowsMoreADayThanAreWelcome) {
    for (int a_day = 1; a_day <= 4; ++a_day) {
        std::vector<Instant> shown;  // the latest first
        for (int i = 0; i < 40; ++i)
            shown.insert(shown.begin(), *comes_at(welcome(a_day), shown, 0, kNoon + hours(i / 8)));
        for (std::size_t i = 0; i + static_cast<std::size_t>(a_day) < shown.size(); ++i)
            EXPECT_GE(shown[i] - shown[i + static_cast<std::size_t>(a_day)], hours(24));
    }
}

TEST(ComesAt, WaitsForWhoIsSilentAndSlowsWhoAsksAGreatDeal) {
    Brokering silent = welcome(3);
    silent.silent_until = kNoon + hours(30);
    EXPECT_EQ(comes_at(silent, {}, 0, kNoon), kNoon + hours(30));
    EXPECT_EQ(comes_at(silent, {}, 0, kNoon + hours(31)), kNoon + hours(31));
    EXPECT_EQ(comes_at(welcome(3), {}, 20, kNoon), kNoon);
    EXPECT_EQ(comes_at(welcome(3), {}, 25, kNoon), kNoon + hours(5));
    EXPECT_EQ(comes_at(welcome(3), {}, 10'000, kNoon), kNoon + hours(72));
}

TEST(Brokering, IsChecked) {
    EXPECT_EQ(check_brokering(welcome(-1), kNoon).error().code, "broker.a_day");
    EXPECT_EQ(check_brokering(welcome(51), kNoon).error().code, "broker.a_day");
    Brokering silent = welcome(1);
    silent.silent_until = kNoon + hours(24 * 9'000);
    EXPECT_EQ(check_brokering(silent, kNoon)->silent_until, kNoon + hours(24 * 365));
}

TEST(Results, AreWebAddressesAndNothingElse) {
    EXPECT_EQ(*check_result(" https://news.example/a?b=c#d "), "https://news.example/a?b=c#d");
    EXPECT_TRUE(check_result("HTTP://news.example").ok());
    for (const char* bad :
         {"", "news.example", "javascript:alert(1)", "data:text/html,x", "ftp://news.example/", "https://",
          "https:///path", "https://me:secret@news.example/", "https://news.example/a b",
          "https://news.example/\na", "https://news.example/\"x", "https://news.example/<b>",
          " javascript://a"})
        EXPECT_EQ(check_result(bad).error().code, "ask.result") << bad;
    EXPECT_FALSE(check_result("https://news.example/" + std::string(2'000, 'a')).ok());
}

}  // namespace
}  // namespace vv::core
