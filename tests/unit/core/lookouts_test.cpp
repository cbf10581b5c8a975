#include "core/lookouts.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");
const Span kDinner{kNow + hours(24), kNow + hours(26)};

Lookout wanted() {
    Lookout lookout;
    lookout.place = " Silver Lantern ";
    lookout.company = "Bob Stone";
    lookout.zone = "America/Toronto";
    lookout.until = kDinner.end + hours(1);
    return lookout;
}
Lookout made() {
    return *look_out(wanted(), kDinner, kNow);
}
std::string code_of(const Lookout& lookout, Instant now = kNow) {
    const auto result = look_out(lookout, kDinner, now);
    return result ? "" : result.error().code;
}

TEST(Lookouts, KnowWhatTheyAreByTheClockAlone) {
    const Lookout lookout = made();
    EXPECT_EQ(lookout.place, "Silver Lantern");
    EXPECT_EQ(state_of(lookout, lookout.until - minutes(1)), LookoutState::watching);
    EXPECT_EQ(state_of(lookout, lookout.until), LookoutState::asking);
    EXPECT_EQ(state_of(lookout, lookout.until + minutes(59)), LookoutState::asking);
    EXPECT_EQ(state_of(lookout, lookout.until + minutes(60)), LookoutState::raised);
    EXPECT_EQ(due_next(lookout), lookout.until);
}

TEST(Lookouts, FallDueTwiceAndThenNoMore) {
    Lookout lookout = made();
    lookout.asked_at = lookout.until;
    EXPECT_EQ(due_next(lookout), lookout.alarm_at());
    lookout.raised_at = lookout.alarm_at();
    EXPECT_FALSE(due_next(lookout));
    const Lookout home = *come_home(made(), kNow + hours(27));
    EXPECT_FALSE(due_next(home));
    EXPECT_EQ(state_of(home, kNow + hours(100)), LookoutState::safe) << "and stays so";
}

TEST(Lookouts, AreDeletedSoonerOnceThereIsAWord) {
    const Lookout lookout = made();
    EXPECT_EQ(gone_at(lookout), lookout.alarm_at() + hours(72));
    EXPECT_EQ(gone_at(*come_home(lookout, kNow + hours(2))), kNow + hours(26));
    EXPECT_EQ(gone_at(call_off(lookout, kNow + hours(3))), kNow + hours(27));
}

TEST(Lookouts, TakeAWordEvenLateAndOnlyOnce) {
    const Lookout late = *come_home(made(), kNow + hours(40));
    EXPECT_EQ(late.safe_at, kNow + hours(40));
    EXPECT_EQ(*come_home(late, kNow + hours(41)), late);
    EXPECT_EQ(call_off(late, kNow + hours(41)), late) << "home is home";
    EXPECT_EQ(come_home(call_off(made(), kNow), kNow).error().code, "lookout.over");
}

TEST(Lookouts, LastLongerWhileNobodyWasTold) {
    Lookout lookout = made();
    lookout.asked_at = lookout.until;
    const Instant later = lookout.until + minutes(30);
    const Lookout longer = *stay_longer(lookout, later, lookout.until + minutes(5));
    EXPECT_EQ(longer.until, later);
    EXPECT_FALSE(longer.asked_at) << "asked again then";
    EXPECT_EQ(stay_longer(lookout, lookout.until, lookout.until).error().code, "lookout.until");
    EXPECT_EQ(stay_longer(lookout, lookout.until + hours(25), kNow).error().code, "lookout.until");
    EXPECT_EQ(stay_longer(lookout, later + hours(2), lookout.alarm_at()).error().code, "lookout.over");
    EXPECT_EQ(stay_longer(*come_home(lookout, kNow), later, kNow).error().code, "lookout.over");
}

TEST(Lookouts, RefuseWhatTellsAFriendNothing) {
    EXPECT_EQ(code_of(wanted()), "");
    const auto with = [](auto change) {
        Lookout lookout = wanted();
        change(lookout);
        return code_of(lookout);
    };
    EXPECT_EQ(with([](Lookout& l) { l.place = " "; }), "lookout.place");
    EXPECT_EQ(with([](Lookout& l) { l.place = std::string(501, 'a'); }), "lookout.place");
    EXPECT_EQ(with([](Lookout& l) {
                  l.company =
                      "\xE2\x80\xAE"
                      "bob";
              }),
              "lookout.company");
    EXPECT_EQ(with([](Lookout& l) { l.friend_name = "a\nb"; }), "lookout.friend");
    EXPECT_EQ(with([](Lookout& l) { l.friend_email = "nobody"; }), "account.email_invalid");
    EXPECT_EQ(with([](Lookout& l) { l.grace = minutes(14); }), "lookout.grace");
    EXPECT_EQ(with([](Lookout& l) { l.grace = minutes(241); }), "lookout.grace");
    EXPECT_EQ(with([](Lookout& l) { l.until = kDinner.start; }), "lookout.until");
    EXPECT_EQ(with([](Lookout& l) { l.until = kDinner.end + hours(25); }), "lookout.until");
    EXPECT_EQ(code_of(wanted(), kDinner.end + hours(1)), "lookout.until") << "it is past";
}

}  // namespace
}  // namespace vv::core
