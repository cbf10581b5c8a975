#include "core/reminders.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>
#include <set>

namespace vv::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

Reminder reminder(ReminderKind kind, std::int64_t about, double weight) {
    Reminder made;
    made.kind = kind;
    made.about = std::to_string(about);
    made.person = PersonId{about};
    made.due = kNow - 1h;
    made.until = kNow + days(3);
    made.weight = weight;
    return made;
}

std::vector<Reminder> some_reminders() {
    const auto count = *rc::gen::inRange(0, 30);
    std::vector<Reminder> made;
    for (int i = 0; i < count; ++i) {
        const auto kind = static_cast<ReminderKind>(*rc::gen::inRange(0, static_cast<int>(kReminderKinds)));
        made.push_back(reminder(kind, i, *rc::gen::inRange(1, 100) / 100.0));
        made.back().person = PersonId{*rc::gen::inRange(0, 12)};
    }
    return made;
}

ReminderSettings some_settings() {
    ReminderSettings settings;
    settings.a_week = *rc::gen::inRange(0, 9);
    for (std::size_t kind = 0; kind < kReminderKinds; ++kind)
        if (*rc::gen::inRange(0, 4) == 0) settings.muted.push_back(static_cast<ReminderKind>(kind));
    return settings;
}

RC_GTEST_PROP(ReminderChoice, NeverExceedsWhatAnyWeekAllows, ()) {
    const ReminderSettings settings = some_settings();
    std::vector<PastReminder> all;
    for (int day = 0; day < 40; ++day) {
        const Instant now = kNow + day * 24h;
        auto candidates = some_reminders();
        for (Reminder& one : candidates) one.until = now + days(3);
        for (const Reminder& one : choose_reminders(candidates, settings, all, now)) {
            RC_ASSERT(!settings.is_muted(one.kind));
            all.push_back({one.kind, now});
        }
        const auto in_week = std::ranges::count_if(
            all, [&](const PastReminder& past) { return past.made > now - kReminderWeek; });
        RC_ASSERT(in_week <= settings.a_week);
    }
}

RC_GTEST_PROP(ReminderChoice, DoesNotDependOnTheOrderGiven, ()) {
    auto candidates = some_reminders();
    const ReminderSettings settings = some_settings();
    const auto chosen = choose_reminders(candidates, settings, {}, kNow);
    std::mt19937 random(*rc::gen::arbitrary<unsigned>());
    std::ranges::shuffle(candidates, random);
    RC_ASSERT(choose_reminders(candidates, settings, {}, kNow) == chosen);
}

RC_GTEST_PROP(ReminderChoice, NamesNobodyTwiceAndBeginsWithTheBest, ()) {
    const auto candidates = some_reminders();
    ReminderSettings settings;
    settings.a_week = *rc::gen::inRange(1, 9);
    const auto chosen = choose_reminders(candidates, settings, {}, kNow);
    RC_ASSERT(chosen.empty() == candidates.empty());
    std::set<PersonId> people;
    for (const Reminder& one : chosen) RC_ASSERT(people.insert(*one.person).second);
    if (!chosen.empty()) {
        const auto best = std::ranges::max(candidates, {}, &Reminder::weight).weight;
        RC_ASSERT(chosen.front().weight == best);
    }
}

RC_GTEST_PROP(ReminderChoice, IsSilentWhenPausedOrWhenNoneAreWanted, ()) {
    ReminderSettings settings = some_settings();
    settings.paused_until = kNow + 1ms;
    RC_ASSERT(choose_reminders(some_reminders(), settings, {}, kNow).empty());
    settings = some_settings();
    settings.a_week = 0;
    RC_ASSERT(choose_reminders(some_reminders(), settings, {}, kNow).empty());
}

TEST(ReminderChoice, TakesSeveralKindsRatherThanManyOfOne) {
    std::vector<Reminder> candidates;
    for (int i = 0; i < 9; ++i) candidates.push_back(reminder(ReminderKind::cold, i, 0.6));
    candidates.push_back(reminder(ReminderKind::birthday, 20, 0.4));
    candidates.push_back(reminder(ReminderKind::follow_up, 21, 0.35));
    const auto chosen = choose_reminders(candidates, {}, {}, kNow);
    ASSERT_EQ(chosen.size(), 4U);  // the fifth is kept for what cannot wait
    EXPECT_EQ(chosen[0].kind, ReminderKind::cold);
    EXPECT_EQ(chosen[1].kind, ReminderKind::birthday);
    EXPECT_EQ(chosen[2].kind, ReminderKind::follow_up);
    EXPECT_EQ(chosen[3].kind, ReminderKind::cold);
}

TEST(ReminderChoice, KeepsAPartOfTheWeekForWhatCannotWait) {
    std::vector<PastReminder> made(4, {ReminderKind::cold, kNow - 24h});
    const std::vector<Reminder> both{reminder(ReminderKind::birthday, 1, 0.9),
                                     reminder(ReminderKind::prepare, 2, 0.5)};
    const auto chosen = choose_reminders(both, {}, made, kNow);
    ASSERT_EQ(chosen.size(), 1U);
    EXPECT_EQ(chosen[0].kind, ReminderKind::prepare);
    for (PastReminder& past : made) past.made = kNow - kReminderWeek;  // a week ago to the millisecond
    EXPECT_EQ(choose_reminders(both, {}, made, kNow).size(), 2U);
}

TEST(ReminderChoice, LeavesOutWhatIsOverOrNotYetDue) {
    auto over = reminder(ReminderKind::cold, 1, 1);
    over.until = kNow;
    auto early = reminder(ReminderKind::cold, 2, 1);
    early.due = kNow + 1ms;
    EXPECT_TRUE(choose_reminders({over, early}, {}, {}, kNow).empty());
}

TEST(ReminderKinds, AreReadByTheirNames) {
    for (std::size_t kind = 0; kind < kReminderKinds; ++kind)
        EXPECT_EQ(parse_reminder_kind(to_string(static_cast<ReminderKind>(kind))),
                  static_cast<ReminderKind>(kind));
    EXPECT_FALSE(parse_reminder_kind("streak"));
}

RC_GTEST_PROP(ReminderMornings, AreAheadAndAtSevenOrWhereTheClocksJumped, ()) {
    const auto names = {"Europe/Berlin", "America/Toronto", "Pacific/Apia", "Asia/Kolkata"};
    const Zone zone = *Zone::find(*rc::gen::elementOf(std::vector<std::string>(names.begin(), names.end())));
    const Instant now = kNow + std::chrono::minutes(*rc::gen::inRange(-20'000'000, 5'000'000));
    const Instant next = next_morning(now, zone);
    RC_ASSERT(next > now);
    RC_ASSERT(next - now <= 49h);  // Apia once left out a day
    const WallTime wall = zone.to_local(next);
    RC_ASSERT(wall - std::chrono::floor<days>(wall) >= 7h);
    const auto weekday = std::chrono::weekday(static_cast<unsigned>(*rc::gen::inRange(0, 7)));
    const Instant digest = latest_digest_morning(now, weekday, zone);
    RC_ASSERT(digest <= now);
    RC_ASSERT(now - digest <= 8 * 24h);
}

TEST(ReminderSnooze, LastsUntilAMorning) {
    const Zone berlin = *Zone::find("Europe/Berlin");
    EXPECT_EQ(snoozed_until(Snooze::tomorrow, kNow, berlin), *parse_rfc3339("2026-11-21T06:00:00Z"));
    EXPECT_EQ(snoozed_until(Snooze::week, kNow, berlin), *parse_rfc3339("2026-11-27T06:00:00Z"));
    const Instant before_dawn = *parse_rfc3339("2026-11-20T01:00:00Z");
    EXPECT_EQ(snoozed_until(Snooze::tomorrow, before_dawn, berlin), *parse_rfc3339("2026-11-21T06:00:00Z"));
}

}  // namespace
}  // namespace vv::core
