#include "app/reminders.h"

#include "app/encounters.h"
#include "app/people.h"
#include "app/reminders_mail.h"
#include "app/reminders_making.h"
#include "app/stop_links.h"
#include "app/tally.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/encounters.h"
#include "store/people.h"
#include "store/reminders.h"
#include "store/resolution.h"
#include "store/ties.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using namespace std::chrono_literals;
using core::ReminderKind;
using std::chrono::days;
using world::kAnn;
using world::kBob;
using world::kMeiling;
using world::kNow;

class Reminders : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) world::add_people(db());
    }

    auto write(auto use_case) { return db().write_now(use_case); }
    Caller ann() const { return world::as(kAnn, now); }
    void make(core::AccountId owner = kAnn) {
        const ReminderDesk desk{&ids, "https://visavis.example", "visavis@visavis.example"};
        const auto made = write([&](store::Tx& tx) {
            return make_reminders(tx, owner, owner == kAnn ? "America/Toronto" : "Europe/Paris", desk, now);
        });
        ASSERT_TRUE(made) << made.error().detail;
    }
    std::vector<OpenReminder> open() {
        return *db().read_now([&](store::Tx& tx) { return list_reminders(tx, ann()); });
    }
    std::vector<OpenReminder> made_open() {
        make();
        return open();
    }
    // The summary as an archive's contacts would leave it.
    void tie(core::PersonId person, int silent_days, double gap) {
        const auto saved = write([&](store::Tx& tx) -> Result<Done> {
            core::Tie tie;
            tie.as_of = now;
            tie.stage = core::Stage::in_touch;
            tie.last_contact = now - days(silent_days);
            tie.gap = core::Days(gap);
            tie.half_life = core::strength_half_life(*tie.gap);
            tie.contacts_in = tie.contacts_out = 9;
            store::ties::save(tx, kAnn, {{person, tie, 0}});
            return Done{};
        });
        ASSERT_TRUE(saved);
    }
    void wish(const ReminderWishes& wishes) {
        ASSERT_TRUE(write([&](store::Tx& tx) { return set_reminder_wishes(tx, ann(), wishes); }));
    }
    void born(core::PersonId person, core::Birthday day) {
        PersonEdit edit;
        edit.birthday = day;
        edit.relation = core::Relation::friend_;
        ASSERT_TRUE(write([&](store::Tx& tx) { return edit_person(tx, ann(), person, edit, &ids); }));
    }
    core::PersonId add(const std::string& name) {
        return (*write([&](store::Tx& tx) {
                   return add_people(tx, ann(), {{name, "", "", std::nullopt}}, &ids);
               }))
            .front()
            .id;
    }
    // Something face to face that a calendar holds.
    core::EncounterId lunch(core::PersonId person, Instant start) {
        return *write([&](store::Tx& tx) -> Result<core::EncounterId> {
            store::encounters::Row row;
            row.kind = core::EncounterKind::lunch;
            row.start = start;
            row.end = start + 1h;
            row.place = "Silver Lantern";
            row.source = "calendar";
            row.source_key = "lunch " + to_string(person) + format_rfc3339(start);
            row.people = {*store::encounters::anchor(tx, kAnn, person)};
            return store::encounters::save(tx, kAnn, {row}, ids, now).front();
        });
    }
    void note(core::EncounterId id, const std::string& ideas, const std::string& next_step) {
        store::encounters::Change change;
        change.ideas = ideas;
        change.next_step = next_step;
        ASSERT_TRUE(write([&](store::Tx& tx) { return change_encounter(tx, ann(), id, change); }));
    }
    core::MeetingId agree_with_bob() {
        const auto id = write([&](store::Tx& tx) {
                            return propose_meeting(tx, ann(), world::to_bob());
                        })->record.meeting.id;
        AnswerMeeting answer{id, MeetingReply::accept, world::yes_to(1), {}, world::desk()};
        EXPECT_TRUE(write([&](store::Tx& tx) { return answer_meeting(tx, world::as(kBob, now), answer); }));
        return id;
    }

    IdSource ids;
    Instant now = kNow + 12h;  // Saturday 21 November, 01:28 in Toronto
};
VV_ON_EACH_DATABASE(Reminders);

TEST_P(Reminders, ComeOnceADayAndNeverTwiceForOneReason) {
    born(kMeiling, {0, 11, 24});
    auto first = made_open();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].reminder.text, "Meiling Ouyang has a birthday on Tuesday 24 November.");
    EXPECT_EQ(first[0].person_name, "Meiling Ouyang");
    EXPECT_EQ(first[0].snoozes, std::vector{core::Snooze::tomorrow});
    for (int day = 0; day < 3; ++day, now += 24h) EXPECT_EQ(made_open().size(), 1U);
    now = *parse_rfc3339("2026-11-25T05:00:00Z");  // the day is over in Toronto
    EXPECT_TRUE(made_open().empty());
    now += days(360);
    ASSERT_EQ(made_open().size(), 1U) << "another year";
}

TEST_P(Reminders, AreMadeByOneServerAlone) {
    const auto due = [&] {
        return *db().read_now(
            [&](store::Tx& tx) -> Result<std::size_t> { return store::reminders::due(tx, now, 10).size(); });
    };
    EXPECT_EQ(due(), 2U);
    make();
    EXPECT_EQ(due(), 1U);
    born(kMeiling, {0, 11, 24});
    make();  // the other server, which had seen Ann due as well
    EXPECT_TRUE(open().empty());
    now = *parse_rfc3339("2026-11-21T12:00:00Z");  // seven in the morning
    EXPECT_EQ(due(), 2U);
    EXPECT_EQ(made_open().size(), 1U);
    const auto again = open().front();
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        store::reminders::add(tx, kAnn, {{{ids.next(now)}, again.reminder, {}, {}, {}}}, now);
        return Done{};
    }));
    EXPECT_EQ(open().size(), 1U) << "a reason is kept once, whoever writes it";
}

TEST_P(Reminders, NeverShowWhoIsKeptAway) {
    born(kMeiling, {0, 11, 24});
    ASSERT_EQ(made_open().size(), 1U);
    const auto block = [&](bool is_blocked) {
        return write([&](store::Tx& tx) {
            return is_blocked ? block_person(tx, ann(), kMeiling, world::desk())
                              : unblock_person(tx, ann(), kMeiling, world::desk());
        });
    };
    ASSERT_TRUE(block(true));
    EXPECT_TRUE(open().empty());
    ASSERT_TRUE(block(false));
    EXPECT_EQ(open().size(), 1U);
    const core::PersonId jon = add("Jon Lee");
    born(jon, {0, 11, 25});
    ASSERT_TRUE(write([&](store::Tx& tx) { return block_person(tx, ann(), jon, world::desk()); }));
    now += 24h;
    for (const auto& one : made_open()) EXPECT_NE(one.reminder.person, jon);
}

TEST_P(Reminders, OfATieGoneColdGoWithTheNextContact) {
    tie(kMeiling, 50, 14);
    const auto cold = made_open();
    ASSERT_EQ(cold.size(), 1U);
    EXPECT_EQ(cold[0].reminder.kind, ReminderKind::cold);
    tie(kMeiling, 1, 14);
    EXPECT_TRUE(open().empty());
    now += 24h;
    EXPECT_TRUE(made_open().empty());
    now += days(45);
    EXPECT_EQ(made_open().size(), 1U) << "quiet again";
}

TEST_P(Reminders, FollowTheOwnersCadenceAndBeginAnewWhenDone) {
    tie(kMeiling, 50, 200);
    EXPECT_TRUE(made_open().empty());
    const auto set = [&](std::optional<int> every) {
        return write([&](store::Tx& tx) { return set_cadence(tx, ann(), kMeiling, every); });
    };
    EXPECT_EQ(set(2).error().code, "person.cadence");
    ASSERT_TRUE(set(30));
    now += 24h;
    const auto first = made_open();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].reminder.text, "Time to be in touch with Meiling Ouyang again.");
    ASSERT_TRUE(write([&](store::Tx& tx) { return finish_reminder(tx, ann(), first[0].id); }));
    EXPECT_TRUE(open().empty());
    now += days(29);
    EXPECT_TRUE(made_open().empty());
    now += days(2);
    EXPECT_EQ(made_open().size(), 1U);
    ASSERT_TRUE(set(std::nullopt));
    const auto page = db().read_now([&](store::Tx& tx) { return person_page(tx, ann(), kMeiling); });
    EXPECT_FALSE(page->cadences.wanted);
    EXPECT_GT(page->cadences.usual->count(), 100);
}

TEST_P(Reminders, PrepareForACalendarsLunchAndFollowItUp) {
    const auto last = lunch(kMeiling, now - days(40));
    note(last, "bees", "send the book");
    const auto next = lunch(kMeiling, now + 30h);
    auto opened = made_open();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reminder.kind, ReminderKind::prepare);
    EXPECT_EQ(opened[0].reminder.why.front(), "Lunch, Silver Lantern.");
    EXPECT_EQ(opened[0].reminder.why.back(), "Promised next: “send the book”");
    EXPECT_EQ(opened[0].reminder.encounter, next);
    now += 32h;
    note(next, "", "lend her the other one");
    EXPECT_TRUE(made_open().empty()) << "it has just been";
    now += days(4);
    opened = made_open();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reminder.text, "A next step with Meiling Ouyang: “lend her the other one”");
    ASSERT_TRUE(write([&](store::Tx& tx) { return deny_encounter(tx, ann(), next, &ids); }));
    EXPECT_TRUE(open().empty()) << "that lunch did not happen";
}

TEST_P(Reminders, OfAMeetingGoWhenItIsCalledOff) {
    const auto id = agree_with_bob();  // on Monday the 23rd at 19:00
    now = *parse_rfc3339("2026-11-23T12:00:00Z");
    auto opened = made_open();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reminder.text, "You meet Bob Stone today at 19:00.");
    EXPECT_EQ(opened[0].reminder.meeting, id);
    EXPECT_TRUE(opened[0].snoozes.empty());
    const auto snoozed = write(
        [&](store::Tx& tx) { return snooze_reminder(tx, ann(), opened[0].id, core::Snooze::tomorrow); });
    EXPECT_EQ(snoozed.error().code, "reminder.over");
    CancelMeeting cancel{id, "", world::desk()};
    ASSERT_TRUE(write([&](store::Tx& tx) { return cancel_meeting(tx, world::as(kBob, now), cancel); }));
    EXPECT_TRUE(open().empty());
}

TEST_P(Reminders, AskOnceWhetherAMeetingTookPlace) {
    const auto id = agree_with_bob();
    now = *parse_rfc3339("2026-11-26T12:00:00Z");
    const auto opened = made_open();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reminder.kind, ReminderKind::confirm);
    EXPECT_TRUE(db().read_now([&](store::Tx& tx) -> Result<std::vector<OpenReminder>> {
                        return reminders_today(tx, ann());
                    })
                    ->empty())
        << "Today asks by itself";
    SayOutcome said{id, core::Outcome::met, "", world::desk()};
    ASSERT_TRUE(write([&](store::Tx& tx) { return say_outcome(tx, ann(), said); }));
    EXPECT_TRUE(open().empty());
}

TEST_P(Reminders, AreAsManyAsTheOwnerAllows) {
    for (int i = 0; i < 9; ++i) born(add("Person " + std::to_string(i)), {0, 11, 24});
    wish({0, {}, true, std::chrono::Monday, {}});
    EXPECT_TRUE(made_open().empty());
    now += 12h;
    wish({3, {}, true, std::chrono::Monday, {}});
    EXPECT_EQ(made_open().size(), 2U) << "the third is kept for what cannot wait";
    wish({3, {ReminderKind::birthday, ReminderKind::birthday}, true, std::chrono::Monday, {}});
    EXPECT_TRUE(open().empty());
    wish({3, {}, true, std::chrono::Monday, Date(std::chrono::year(2026) / 12 / 1)});
    EXPECT_TRUE(open().empty()) << "all of it rests";
    const auto wishes = db().read_now([&](store::Tx& tx) { return reminder_wishes(tx, ann()); });
    EXPECT_EQ(wishes->paused_until, Date(std::chrono::year(2026) / 12 / 1));
    const auto too_many = write([&](store::Tx& tx) {
        return set_reminder_wishes(tx, ann(), {51, {}, true, std::chrono::Monday, {}});
    });
    EXPECT_EQ(too_many.error().code, "reminders.a_week");
}

TEST_P(Reminders, RestWhenPutOffAndAreMutedByKind) {
    tie(kMeiling, 50, 14);
    const auto id = made_open().at(0).id;
    ASSERT_TRUE(write([&](store::Tx& tx) { return snooze_reminder(tx, ann(), id, core::Snooze::tomorrow); }));
    EXPECT_TRUE(open().empty());
    now += 31h;
    EXPECT_EQ(open().size(), 1U);
    ASSERT_TRUE(write([&](store::Tx& tx) { return mute_reminder_kind(tx, ann(), id); }));
    EXPECT_TRUE(open().empty());
    const auto not_hers = write([&](store::Tx& tx) { return finish_reminder(tx, world::as(kBob, now), id); });
    EXPECT_EQ(not_hers.error().code, "reminder.unknown");
}

TEST_P(Reminders, OfTheYearsPaceAreGoneOnceItIsPaused) {
    ASSERT_TRUE(write([&](store::Tx& tx) { return set_goal(tx, ann(), 2026, 40, {}); }));
    const auto opened = made_open();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reminder.kind, ReminderKind::pace);
    ASSERT_TRUE(write([&](store::Tx& tx) { return pause_goal(tx, ann(), 2026, true); }));
    EXPECT_TRUE(open().empty());
    now += days(12);
    EXPECT_TRUE(made_open().empty());
    const auto year = db().read_now([&](store::Tx& tx) { return tally_year(tx, ann(), std::nullopt); });
    EXPECT_TRUE(year->tally.is_paused);
    EXPECT_FALSE(year->tally.expected_by_now);
    EXPECT_EQ(write([&](store::Tx& tx) { return pause_goal(tx, ann(), 2025, true); }).error().code,
              "goal.unknown");
}

TEST_P(Reminders, KnowBirthdaysOfCardsWrittenBeforeThereWasAColumn) {
    const core::PersonId jon = add("Jon Lee");
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        core::Identity written = store::people::identities(tx, kAnn, jon).front().identity;
        written.attributes.birthday = core::Birthday{1980, 11, 22};
        store::people::save_identity(tx, kAnn, written);
        return Done{};
    }));
    tie(jon, 3, 14);
    EXPECT_FALSE(*write([&](store::Tx& tx) { return catch_up_birthdays(tx, kAnn); }));
    const auto opened = made_open();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reminder.why.front(), "It is number 46.");
}

TEST_P(Reminders, MoveAndGoWithTheirPeople) {
    const core::PersonId jon = add("Jon Lee");
    tie(jon, 50, 14);
    ASSERT_EQ(made_open().size(), 1U);
    ASSERT_TRUE(write([&](store::Tx& tx) { return set_cadence(tx, ann(), jon, 30); }));
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        store::resolution::absorb(tx, kAnn, std::vector{std::pair(jon, kMeiling)});
        return Done{};
    }));
    ASSERT_EQ(open().size(), 1U);
    EXPECT_EQ(open()[0].person_name, "Meiling Ouyang");
    const auto page = db().read_now([&](store::Tx& tx) { return find_cadence(tx, ann(), kMeiling); });
    EXPECT_EQ(page->wanted->days, 30);
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        store::resolution::remove_people(tx, kAnn, std::vector{kMeiling});
        return Done{};
    }));
    EXPECT_TRUE(open().empty());
}

TEST_P(Reminders, AreMadeInAsManyStatementsForManyAsForFew) {
    ASSERT_TRUE(write([&](store::Tx& tx) { return set_goal(tx, ann(), 2026, 40, {}); }));
    wish({5, {}, false, std::chrono::Monday, {}});
    const auto statements = [&] {
        now += 24h;
        const auto before = db().statements();
        make();
        return db().statements() - before;
    };
    const auto live = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const auto person = add("Person " + std::to_string(i));
            tie(person, 50, 14);
            born(person, {0, 11, 24});
            lunch(person, now + 30h);
            note(lunch(person, now - days(5)), "a", "b");
        }
    };
    live(2);
    statements();
    const auto few = statements();
    live(12);
    EXPECT_LE(statements(), few + 2) << "batches, whatever their length";
}

class Digest : public Reminders {
protected:
    void SetUp() override {
        Reminders::SetUp();
        if (IsSkipped()) return;
        tie(kMeiling, 50, 14);
        make();
        now = *parse_rfc3339("2026-11-23T12:00:00Z");  // Monday, seven in the morning
    }
    std::vector<OutgoingMail> mailed() {
        make();
        return world::take_mails(db());
    }
};
VV_ON_EACH_DATABASE(Digest);

TEST_P(Digest, IsOneMailAWeekWithWhoAndWhyAndHowToStopIt) {
    EXPECT_TRUE(world::take_mails(db()).empty());
    const auto mails = mailed();
    ASSERT_EQ(mails.size(), 1U);
    const OutgoingMail& mail = mails.front();
    EXPECT_EQ(mail.to, "ann@example.com");
    EXPECT_EQ(mail.subject, "Someone to think of this week");
    EXPECT_NE(mail.text.find("It has become quiet between you and Meiling Ouyang."), std::string::npos);
    EXPECT_NE(mail.text.find("You were last in touch on"), std::string::npos);
    EXPECT_NE(mail.text.find("https://visavis.example/people/20"), std::string::npos);
    EXPECT_NE(mail.html.find("Meiling Ouyang"), std::string::npos);
    EXPECT_EQ(mail.list_unsubscribe.find("https://visavis.example/stop/digest/7."), 0U);
    for (int day = 0; day < 8; ++day) {
        now += 24h;
        EXPECT_TRUE(mailed().empty()) << "told once";
    }
}

TEST_P(Digest, IsStoppedByItsLinkAloneAndByAStoppedAddress) {
    const auto token = *write([&](store::Tx& tx) -> Result<std::string> { return digest_token(tx, kAnn); });
    EXPECT_FALSE(*db().read_now([&](store::Tx& tx) { return is_digest_stopped(tx, token); }));
    ASSERT_TRUE(write([&](store::Tx& tx) { return set_digest_by_link(tx, token, false); }));
    EXPECT_TRUE(*db().read_now([&](store::Tx& tx) { return is_digest_stopped(tx, token); }));
    EXPECT_TRUE(mailed().empty());
    const std::string forged = "8." + token.substr(2);
    EXPECT_EQ(write([&](store::Tx& tx) { return set_digest_by_link(tx, forged, false); }).error().code,
              "stop.unknown");
    ASSERT_TRUE(write([&](store::Tx& tx) { return set_digest_by_link(tx, token, true); }));
    ASSERT_TRUE(write([&](store::Tx& tx) -> Result<Done> {
        return stop_by_link(tx, stop_token(tx, "ann@example.com"), now);
    }));
    now += days(7);
    EXPECT_TRUE(mailed().empty());
}

TEST_P(Digest, GoesOnlyToAProvenAddressAndNotWhilePaused) {
    world::unprove_address(db(), kAnn);
    EXPECT_TRUE(mailed().empty());
    now += days(7);
    wish({5, {}, true, std::chrono::Monday, Date(std::chrono::year(2026) / 12 / 24)});
    EXPECT_TRUE(mailed().empty());
}

}  // namespace
}  // namespace vv::app
