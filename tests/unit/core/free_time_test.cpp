#include "core/free_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

const Instant kMonday = *parse_rfc3339("2026-11-30T00:00:00Z");

Span span(int from, int to) {
    return {kMonday + hours(from), kMonday + hours(to)};
}

SlotSearch search(int from, int to) {
    SlotSearch search;
    search.within = span(from, to);
    return search;
}

TEST(FreeOf, IsWhatIsOpenWithoutWhatIsBusy) {
    EXPECT_THAT(free_of({span(9, 12), span(13, 18)}, {span(14, 15), span(8, 10), span(14, 16), span(17, 20)}),
                ElementsAre(span(10, 12), span(13, 14), span(16, 17)));
    EXPECT_THAT(free_of({span(13, 15), span(9, 13)}, {}), ElementsAre(span(9, 15)));
    EXPECT_TRUE(free_of({span(9, 12)}, {span(0, 24)}).empty());
    EXPECT_THAT(free_of({span(9, 12)}, {span(10, 10)}), ElementsAre(span(9, 12)));
}

TEST(CommonFreeTime, PutsFirstWhereMostCanCome) {
    const std::vector<PersonTime> people = {{{span(9, 12)}, {}, {}, false}, {{span(11, 15)}, {}, {}, false}};
    const auto slots = *common_free_time(people, search(0, 24));
    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots[0].when, span(11, 12));
    EXPECT_TRUE(slots[0].suits(0) && slots[0].suits(1));
    EXPECT_EQ(slots[1].when, span(9, 10));
    EXPECT_FALSE(slots[1].suits(1));
}

TEST(CommonFreeTime, HoldsWhoMustCome) {
    const std::vector<PersonTime> people = {
        {{span(9, 11)}, {}, {}, false}, {{span(9, 11)}, {}, {}, false}, {{span(13, 15)}, {}, {}, true}};
    const auto both = common_free_time(people, search(0, 24));
    ASSERT_TRUE(both.ok());
    for (const CommonSlot& slot : *both) EXPECT_TRUE(slot.suits(2));
}

TEST(CommonFreeTime, PrefersWhatIsLikedAmongAlike) {
    PersonTime ann{{span(9, 18)}, {}, {{span(14, 15), 3}, {span(9, 10), -1}}, false};
    SlotSearch one = search(0, 24);
    one.limit = 1;
    const auto slots = *common_free_time(std::vector{ann}, one);
    ASSERT_EQ(slots.size(), 1U);
    EXPECT_EQ(slots[0].when, span(14, 15));
    EXPECT_EQ(slots[0].liked, 180);
}

TEST(CommonFreeTime, StartsAtQuartersOfTheHourAndEndsInTime) {
    const Span odd{kMonday + hours(9) + minutes(7), kMonday + hours(10) + minutes(20)};
    const auto slots = *common_free_time(std::vector{PersonTime{{odd}, {}, {}, false}}, search(0, 24));
    ASSERT_EQ(slots.size(), 1U);
    EXPECT_EQ(slots[0].when.start, kMonday + hours(9) + minutes(15));
    EXPECT_LE(slots[0].when.end, odd.end);
}

TEST(CommonFreeTime, RefusesWhatMakesNoSense) {
    const std::vector<PersonTime> none, crowd(51), one(1);
    EXPECT_EQ(common_free_time(none, search(0, 24)).error().code, "free_time.people");
    EXPECT_EQ(common_free_time(crowd, search(0, 24)).error().code, "free_time.people");
    EXPECT_EQ(common_free_time(one, search(24, 0)).error().code, "free_time.days");
    EXPECT_EQ(common_free_time(one, search(0, 24 * 367)).error().code, "free_time.days");
    SlotSearch short_one = search(0, 24);
    short_one.duration = minutes(0);
    EXPECT_EQ(common_free_time(one, short_one).error().code, "free_time.duration");
    EXPECT_TRUE(common_free_time(one, search(0, 24))->empty());
}

// What common_free_time() promises, said as plainly as possible: look at each start, sort all, take greedily.
std::vector<CommonSlot> by_brute_force(const std::vector<PersonTime>& people, const SlotSearch& search) {
    struct Start {
        CommonSlot slot;
        std::int64_t milliseconds;  // the same as `liked`, not rounded
    };
    std::vector<Start> starts;
    for (Instant t = search.within.start; t + search.duration <= search.within.end; t += search.step) {
        Start start{{{t, t + search.duration}, 0, 0}, 0};
        bool all_who_must = true;
        for (std::size_t i = 0; i < people.size(); ++i) {
            bool can = true;
            for (Instant m = t; m < t + search.duration; m += minutes(1)) {
                const auto holds = [&](const Span& s) { return s.start <= m && m < s.end; };
                can &=
                    std::ranges::any_of(people[i].open, holds) && std::ranges::none_of(people[i].busy, holds);
            }
            all_who_must &= can || !people[i].must_come;
            if (!can) continue;
            start.slot.can |= std::uint64_t(1) << i;
            for (const Preference& liked : people[i].preferences) {
                const auto from = std::max(liked.when.start, t),
                           to = std::min(liked.when.end, t + search.duration);
                if (from < to) start.milliseconds += liked.weight * (to - from).count();
            }
        }
        start.slot.liked = start.milliseconds / 60'000;
        if (all_who_must && std::popcount(start.slot.can) >= static_cast<int>(search.at_least))
            starts.push_back(start);
    }
    std::ranges::stable_sort(starts, [](const Start& a, const Start& b) {
        return std::pair(std::popcount(a.slot.can), a.milliseconds) >
               std::pair(std::popcount(b.slot.can), b.milliseconds);
    });
    std::vector<CommonSlot> taken;
    for (const Start& start : starts) {
        std::size_t on_day = 0;
        bool overlaps = false;
        for (const CommonSlot& slot : taken) {
            overlaps |= slot.when.start < start.slot.when.end && start.slot.when.start < slot.when.end;
            on_day +=
                search.zone.date_of(slot.when.start) == search.zone.date_of(start.slot.when.start) ? 1 : 0;
        }
        if (!overlaps && on_day < search.a_day && taken.size() < search.limit) taken.push_back(start.slot);
    }
    return taken;
}

std::vector<Span> any_spans(std::mt19937& random, int most, int quarters) {
    std::vector<Span> spans(random() % static_cast<unsigned>(most + 1));
    for (Span& one : spans) {
        one.start = kMonday + minutes(5) * (random() % static_cast<unsigned>(quarters * 3));
        one.end = one.start + minutes(5) * (random() % 60);
    }
    return spans;
}

RC_GTEST_PROP(CommonFreeTime, IsWhatLookingAtEveryStartFinds, ()) {
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    std::vector<PersonTime> people(1 + random() % 5);
    for (PersonTime& person : people) {
        person.open = any_spans(random, 5, 4 * 60);
        if (random() % 2 == 0) person.open.push_back(span(0, 60));
        person.busy = any_spans(random, 6, 4 * 60);
        for (const Span& when : any_spans(random, 3, 4 * 60))
            person.preferences.push_back({when, static_cast<int>(random() % 7) - 3});
        person.must_come = random() % 4 == 0;
    }
    SlotSearch wanted = search(static_cast<int>(random() % 5), 40 + static_cast<int>(random() % 20));
    wanted.duration = minutes(5) * (1 + random() % 40);
    wanted.step = minutes(random() % 2 == 0 ? 15 : 5);
    wanted.limit = 1 + random() % 12;
    wanted.a_day = 1 + random() % 4;
    wanted.at_least = 1 + random() % 2;
    const auto found = *common_free_time(people, wanted);
    const auto expected = by_brute_force(people, wanted);
    RC_ASSERT(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        RC_ASSERT(found[i].when == expected[i].when);
        RC_ASSERT(found[i].can == expected[i].can);
        RC_ASSERT(found[i].liked == expected[i].liked);
    }
}

}  // namespace
}  // namespace vv::core
