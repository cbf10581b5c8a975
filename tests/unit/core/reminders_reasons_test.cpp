#include "core/reminders_reasons.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace vv::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::local_days;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");
const Zone kBerlin = *Zone::find("Europe/Berlin");

Known ann() {
    Known who;
    who.id = {7};
    who.name = "Ann Lee";
    who.trust = 0.5;
    who.created_at = kNow - days(900);
    who.last_contact = kNow - days(30);
    who.last_met = kNow - days(200);
    return who;
}

Coming lunch(Instant start) {
    return {MeetingId{12}, std::nullopt, "Lunch", {start, start + 1h}, "Silver Lantern"};
}

TEST(PrepareReminder, SaysWhoWhenAndWhatWasPromised) {
    const auto made = prepare(lunch(kNow + 20h), ann(), {"bees", "send the book"}, kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "You meet Ann Lee on Saturday 21 November at 15:28.");
    EXPECT_EQ(made->why, (std::vector<std::string>{"Lunch, Silver Lantern.", "You last met on Monday 4 May.",
                                                   "You traded: “bees”", "Promised next: “send the book”"}));
    EXPECT_EQ(made->until, kNow + 20h);
}

TEST(AsOf, SaysTodayAndTomorrowForTheirDates) {
    const std::string made = prepare(lunch(kNow + 20h), ann(), {}, kNow, kBerlin)->text;
    EXPECT_EQ(as_of(made, kNow, kBerlin), "You meet Ann Lee tomorrow at 15:28.");
    EXPECT_EQ(as_of(made, kNow + 10h, kBerlin), "You meet Ann Lee today at 15:28.");
    EXPECT_EQ(as_of(made, kNow - 48h, kBerlin), made);
    EXPECT_EQ(as_of("It is on Friday 2 November, not on Friday 20 November.", kNow, kBerlin),
              "It is on Friday 2 November, not today.");
}

TEST(AsOf, KnowsTheDayOverTheTurnOfTheYear) {
    const Instant eve = *parse_rfc3339("2026-12-31T12:00:00Z");
    const std::string made = prepare(lunch(eve + 24h), ann(), {}, eve, kBerlin)->text;
    EXPECT_EQ(made, "You meet Ann Lee on Friday 1 January 2027 at 13:00.");
    EXPECT_EQ(as_of(made, eve, kBerlin), "You meet Ann Lee tomorrow at 13:00.");
    EXPECT_EQ(as_of(made, eve + 20h, kBerlin), "You meet Ann Lee today at 13:00.");
}

TEST(PrepareReminder, ComesWithin36HoursAndAgainOnlyForAnotherTime) {
    EXPECT_FALSE(prepare(lunch(kNow + 36h + 1ms), ann(), {}, kNow, kBerlin));
    EXPECT_FALSE(prepare(lunch(kNow), ann(), {}, kNow, kBerlin));
    const auto first = prepare(lunch(kNow + 36h), ann(), {}, kNow, kBerlin);
    const auto later = prepare(lunch(kNow + 36h), ann(), {}, kNow + 12h, kBerlin);
    const auto moved = prepare(lunch(kNow + 30h), ann(), {}, kNow, kBerlin);
    ASSERT_TRUE(first && later && moved);
    EXPECT_EQ(first->about, later->about);
    EXPECT_NE(first->about, moved->about);
}

TEST(FollowUpReminder, IsAnsweredByAnyContactSince) {
    const Promise promise{{3}, kNow - days(5), kNow - days(5) + 1h, "send the\nbook"};
    Known who = ann();
    who.last_met = promise.start;
    const auto made = follow_up(promise, who, kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "A next step with Ann Lee: “send the book”");
    Known wrote = who;
    wrote.last_contact = kNow - days(2);
    EXPECT_FALSE(follow_up(promise, wrote, kNow, kBerlin));
    Known met = who;
    met.last_met = kNow - days(1);
    EXPECT_FALSE(follow_up(promise, met, kNow, kBerlin));
    Known asked = who;
    asked.is_being_asked = true;
    EXPECT_FALSE(follow_up(promise, asked, kNow, kBerlin));
    EXPECT_FALSE(follow_up(promise, who, kNow - days(3), kBerlin));
    EXPECT_FALSE(follow_up(promise, who, kNow + days(29), kBerlin));
    EXPECT_FALSE(follow_up({{3}, promise.start, promise.over, " \n"}, who, kNow, kBerlin));
}

TEST(ColdReminder, ComesAfterThreeUsualGapsAndNotAfterTwelve) {
    Known who = ann();
    who.usual_gap = Days(9);
    const auto made = cold(who, kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "It has become quiet between you and Ann Lee.");
    EXPECT_EQ(made->why.front(),
              "You were last in touch on Wednesday 21 October; usually it is about every 9 days.");
    who.usual_gap = Days(11);
    EXPECT_FALSE(cold(who, kNow, kBerlin));
    who.usual_gap = Days(2.5);
    EXPECT_FALSE(cold(who, kNow, kBerlin));
    who.usual_gap.reset();
    EXPECT_FALSE(cold(who, kNow, kBerlin));
}

TEST(ColdReminder, TheOwnersWordOnTheCadenceGoesFirst) {
    Known who = ann();
    who.usual_gap = Days(9);
    who.cadence = Cadence{60, std::nullopt};
    EXPECT_FALSE(cold(who, kNow, kBerlin));
    who.cadence = Cadence{30, std::nullopt};
    const auto made = cold(who, kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "Time to be in touch with Ann Lee again.");
    who.cadence->from = kNow - days(10);  // seen to, though no archive knows of it
    EXPECT_FALSE(cold(who, kNow, kBerlin));
    const auto next = cold(who, kNow + days(20), kBerlin);
    ASSERT_TRUE(next);
    EXPECT_NE(next->about, made->about);
    who.is_being_asked = true;
    EXPECT_FALSE(cold(who, kNow + days(20), kBerlin));
}

TEST(BirthdayReminder, WorksWithoutAYear) {
    Known who = ann();
    who.birthday = Birthday{0, 11, 27};
    const auto made = birthday_soon(who, kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "Ann Lee has a birthday on Friday 27 November.");
    EXPECT_EQ(made->why.size(), 1U);
    EXPECT_EQ(made->until, *parse_rfc3339("2026-11-27T23:00:00Z"));
    who.birthday = Birthday{1986, 11, 27};
    EXPECT_EQ(birthday_soon(who, kNow, kBerlin)->why.front(), "It is number 40.");
    who.birthday = Birthday{1986, 11, 28};
    EXPECT_FALSE(birthday_soon(who, kNow, kBerlin));
    who.birthday = Birthday{1986, 11, 19};
    EXPECT_FALSE(birthday_soon(who, kNow, kBerlin));
}

TEST(BirthdayReminder, OfALeapDayIsOnThe28thInCommonYears) {
    Known who = ann();
    who.birthday = Birthday{0, 2, 29};
    const Instant in_2027 = *parse_rfc3339("2027-02-25T12:00:00Z");
    EXPECT_EQ(birthday_soon(who, in_2027, kBerlin)->text, "Ann Lee has a birthday on Sunday 28 February.");
    const Instant in_2028 = *parse_rfc3339("2028-02-25T12:00:00Z");
    EXPECT_EQ(birthday_soon(who, in_2028, kBerlin)->text, "Ann Lee has a birthday on Tuesday 29 February.");
}

RC_GTEST_PROP(BirthdayReminder, IsSeenByTheStoreOnJustTheDaysOfTheWeekBefore, ()) {
    const auto year = *rc::gen::inRange(1999, 2033);
    const Date today(local_days(Date(std::chrono::year(year) / 1 / 1)) + days(*rc::gen::inRange(0, 366)));
    const Date born(local_days(Date(std::chrono::year(2000) / 1 / 1)) + days(*rc::gen::inRange(0, 366)));
    Known who = ann();
    who.birthday = Birthday{0, static_cast<unsigned>(born.month()), static_cast<unsigned>(born.day())};
    const auto seen = birthdays_from(today);
    const int written = static_cast<int>(who.birthday->month * 100 + who.birthday->day);
    const bool is_seen = std::ranges::find(seen, written) != seen.end();
    const Zone utc;
    const auto made = birthday_soon(who, utc.start_of(today) + 7h, utc);
    RC_ASSERT(made.has_value() == is_seen);
}

RC_GTEST_PROP(BirthdayReminder, ComesOnceAYearHoweverOftenOneLooks, ()) {
    Known who = ann();
    const Date born(local_days(Date(std::chrono::year(2000) / 1 / 1)) + days(*rc::gen::inRange(0, 366)));
    who.birthday = Birthday{0, static_cast<unsigned>(born.month()), static_cast<unsigned>(born.day())};
    std::set<std::string> reasons;
    const Instant start = *parse_rfc3339("2026-06-01T06:00:00Z");
    for (int day = 0; day < 4 * 366; ++day)
        if (const auto made = birthday_soon(who, start + day * 24h, kBerlin)) reasons.insert(made->about);
    RC_ASSERT(reasons.size() >= 4U);
    RC_ASSERT(reasons.size() <= 5U);
}

TEST(ConfirmReminder, AsksForTwoWeeksFromTheDayAfter) {
    EXPECT_FALSE(confirm(lunch(kNow - 24h), ann(), kNow, kBerlin));
    const auto made = confirm(lunch(kNow - 26h), ann(), kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "Did you meet Ann Lee?");
    EXPECT_EQ(made->why.front(), "Lunch was agreed for Thursday 19 November. Either answer is fine.");
    EXPECT_FALSE(confirm(lunch(kNow - days(15)), ann(), kNow, kBerlin));
}

TEST(PaceReminder, ComesOnceAMonthAndIsKind) {
    const auto made = behind_pace({31, 40, 35.6}, kNow, kBerlin);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->about, "2026-11");
    EXPECT_EQ(made->text, "You have met 31 people face to face this year.");
    EXPECT_EQ(made->why.front(), "An even pace towards 40 would be about 36 by now.");
    EXPECT_EQ(behind_pace({31, 40, 35.6}, kNow + days(9), kBerlin)->about, made->about);
    EXPECT_FALSE(behind_pace({34, 40, 35.6}, kNow, kBerlin));
    EXPECT_FALSE(behind_pace({0, 0, 35.6}, kNow, kBerlin));
    EXPECT_EQ(behind_pace({0, 40, 3}, kNow, kBerlin)->text, "This year’s first meeting is still to come.");
}

}  // namespace
}  // namespace vv::core
