#include "app/trips.h"

#include "app/blocks.h"
#include "app/free_time.h"
#include "app/links.h"
#include "app/meetings_guest.h"
#include "app/people.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <latch>
#include <set>
#include <thread>

namespace vv::app {
namespace {

using core::MeetingState;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using store::trips::Why;
using testing::ElementsAre;
using testing::HasSubstr;
using world::as;
using world::kAnn;
using world::kBob;
using world::kNow;

// Tuesday to Thursday in Boston.
const Instant kFrom = *parse_rfc3339("2026-12-08T14:00:00Z");
const Instant kTo = *parse_rfc3339("2026-12-11T03:00:00Z");

class Trips : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) world::add_people(db());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    std::vector<core::Person> add(int count, const std::string& city,
                                  core::Relation relation = core::Relation::colleague) {
        std::vector<NewPerson> people;
        for (int i = 0; i < count; ++i)
            people.push_back({city + " " + std::to_string(i), city, "", relation});
        return *run(&add_people, as(kAnn), people, &ids);
    }
    static TripWanted boston() {
        TripWanted wanted;
        wanted.city = "Boston";
        wanted.start = kFrom;
        wanted.end = kTo;
        return wanted;
    }
    TripView create(const TripWanted& wanted = boston()) {
        auto view = run(&create_trip, as(kAnn), wanted, &ids);
        EXPECT_TRUE(view.ok()) << view.error().code;
        return *view;
    }
    TripView look(core::TripId id, Instant now = kNow) { return *run(&find_trip, as(kAnn, now), id); }
    // All who are planned and were not asked yet.
    TripWaveView ask_all(const TripView& view) {
        TripWave wave{view.trip.id, {}, world::desk()};
        for (const TripPerson& one : view.people)
            if (one.part.when && !one.part.meeting) wave.asks.push_back({one.part.person, one.message, ""});
        return *run(&propose_on_trip, as(kAnn), wave);
    }
    Result<GuestInvitation> answer(const TripSent& sent, GuestReply reply, Instant now = kNow) {
        AnswerInvitation input;
        input.token = world::token_in(sent.invitation_link, "/m/");
        input.reply = reply;
        input.acceptance = world::yes_to(1);
        input.desk = world::desk();
        input.now = now;
        return run(&answer_invitation, input);
    }
    core::PersonId link_bob() {
        const auto linked = db().write_now([&](store::Tx& tx) -> Result<core::PersonId> {
            link_person(tx, kAnn, kBob, kNow, ids);
            link_person(tx, kBob, kAnn, kNow, ids);
            return store::meetings::invitee(tx, kAnn, kBob)->person;
        });
        return *linked;
    }
    IdSource ids;
};
VV_ON_EACH_DATABASE(Trips);

std::vector<TripPerson> planned(const TripView& view) {
    std::vector<TripPerson> found;
    for (const TripPerson& one : view.people)
        if (one.part.when) found.push_back(one);
    return found;
}
const TripPerson* find(const TripView& view, core::PersonId person) {
    const auto one =
        std::ranges::find(view.people, person, [](const TripPerson& p) { return p.part.person; });
    return one == view.people.end() ? nullptr : &*one;
}
// Every hour is one person's, within the trip, and each is reached in time.
void expect_sound(const TripView& view) {
    std::optional<Instant> before;
    for (const TripPerson& one : planned(view)) {
        EXPECT_GE(one.part.when->start, view.trip.frame.when.start);
        EXPECT_LE(one.part.when->end, view.trip.frame.when.end);
        EXPECT_GE(one.part.when->start, before.value_or(one.part.when->start));
        EXPECT_FALSE(one.is_tight);
        before = one.part.when->end;
    }
    EXPECT_LE(view.trip.worth, view.trip.bound);
}
Instant local(const TripView& view, const char* wall_day, minutes after_midnight) {
    const Zone& zone = view.trip.frame.zone;
    return zone.to_utc(WallTime(std::chrono::local_days(*parse_date(wall_day))) + after_midnight);
}

TEST_P(Trips, AreOfWhoLivesThere) {
    const auto there = add(12, "Boston");
    add(5, "Lyon");
    const TripView view = create();
    EXPECT_EQ(view.people.size(), there.size());
    EXPECT_EQ(planned(view).size(), 12U);  // four a day
    EXPECT_EQ(view.trip.frame.zone.name(), "America/New_York");
    EXPECT_EQ(view.trip.worth, view.trip.bound);  // proven
    expect_sound(view);
    for (const TripPerson& one : view.people) {
        EXPECT_FALSE(one.suggestion.reasons.empty());
        EXPECT_THAT(one.place, HasSubstr("Boston"));
        // Colleagues, never met: by day.
        EXPECT_GE(one.part.when->start, local(view, "2026-12-08", hours(9)));
        const auto wall = view.trip.frame.zone.to_local(one.part.when->end);
        EXPECT_LE(wall - std::chrono::floor<days>(wall), hours(18));
    }
    const auto listed = *run(&list_trips, as(kAnn));
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].planned, 12);
    EXPECT_EQ(run(&find_trip, as(kBob), view.trip.id).error().code, "trip.unknown");
}

TEST_P(Trips, AreReadWithAsManyStatementsHoweverManyPeople) {
    add(2, "Boston");
    const TripView few = create();
    add(12, "Boston");
    const TripView many = create();
    ASSERT_EQ(planned(many).size(), 12U);
    const auto statements = [&](core::TripId id) {
        const auto before = db().statements();
        static_cast<void>(db().read_now([&](store::Tx& tx) { return find_trip(tx, as(kAnn), id); }));
        return db().statements() - before;
    };
    EXPECT_EQ(statements(many.trip.id), statements(few.trip.id));
}

TEST_P(Trips, ThatMakeNoSenseAreRefused) {
    const auto code = [&](const auto& change) {
        TripWanted wanted = boston();
        change(wanted);
        return run(&create_trip, as(kAnn), wanted, &ids).error().code;
    };
    EXPECT_EQ(code([](TripWanted& w) { w.end = w.start - hours(1); }), "trip.reversed");
    EXPECT_EQ(code([](TripWanted& w) { w.end = w.start; }), "trip.reversed");
    EXPECT_EQ(code([](TripWanted& w) { w.end = w.start + days(61); }), "trip.too_long");
    EXPECT_EQ(code([](TripWanted& w) { w.at = LatLng{91, 0}; }), "trip.nowhere");
    EXPECT_EQ(code([](TripWanted& w) { w.stay_at = LatLng{0, 181}; }), "trip.nowhere");
    EXPECT_EQ(code([](TripWanted& w) { w.city = "Nowhereville"; }), "trip.city");
    EXPECT_EQ(code([](TripWanted& w) { w.city = ""; }), "trip.city");
    EXPECT_EQ(code([](TripWanted& w) { w.most_a_day = 0; }), "trip.most_a_day");
    EXPECT_EQ(code([](TripWanted& w) { w.within_km = 500; }), "trip.within");
    EXPECT_EQ(code([](TripWanted& w) { w.start = kNow - days(9), w.end = kNow - days(8); }), "trip.past");
}

TEST_P(Trips, OfferAnHourToOneAtATime) {
    add(14, "Boston");
    const TripView view = create();
    const TripWaveView wave = ask_all(view);
    EXPECT_EQ(wave.sent.size(), 12U);
    EXPECT_TRUE(wave.held.empty());
    expect_sound(wave.view);
    const auto again = ask_all(wave.view);
    EXPECT_TRUE(again.sent.empty());
    TripWave twice{view.trip.id, {{wave.sent[0].person, "Again?", ""}}, world::desk()};
    EXPECT_EQ(run(&propose_on_trip, as(kAnn), twice)->held.at(0).why.code, "trip.not_planned");
    // Meetings are what any proposal is, but that a no is told.
    const MeetingView meeting = *run(&find_meeting, as(kAnn), wave.sent[0].meeting);
    EXPECT_TRUE(meeting.record.meeting.tells_decline);
    EXPECT_EQ(meeting.record.meeting.zone, "America/New_York");
    EXPECT_THAT(meeting.record.meeting.purpose, HasSubstr("Boston"));
    EXPECT_EQ(meeting.record.meeting.slots.size(), 1U);
}

TEST_P(Trips, HoldBackAnHourThatIsOnTheTableElsewhere) {
    add(1, "Boston");
    const TripView view = create();
    const TripPerson one = planned(view).at(0);
    ProposeMeeting elsewhere = world::to_meiling("");
    elsewhere.proposal.offer.slots = {{0, *one.part.when, core::Wish::none}};
    ASSERT_TRUE(run(&propose_meeting, as(kAnn), elsewhere).ok());
    const TripWaveView wave = ask_all(view);
    EXPECT_TRUE(wave.sent.empty());
    EXPECT_EQ(wave.held.at(0).why.code, "trip.hour_taken");
    // Planned again, somebody has another hour.
    const TripView after = *run(&replan_trip, as(kAnn), view.trip.id);
    EXPECT_NE(planned(after).at(0).part.when, one.part.when);
    EXPECT_EQ(ask_all(after).sent.size(), 1U);
}

TEST_P(Trips, CloseUpAroundWhoSaysNo) {
    add(14, "Boston");
    const TripView before = create();
    ASSERT_EQ(planned(before).size(), 12U);
    const TripWaveView wave = ask_all(before);
    for (const int yes : {0, 3, 7}) ASSERT_TRUE(answer(wave.sent.at(yes), GuestReply::accept).ok());
    world::take_mails(db());
    ASSERT_TRUE(answer(wave.sent.at(5), GuestReply::decline).ok());
    const TripView after = look(before.trip.id);
    expect_sound(after);
    const TripPerson* const no = find(after, wave.sent.at(5).person);
    EXPECT_EQ(no->part.why, Why::said_no);
    EXPECT_FALSE(no->part.when);
    EXPECT_EQ(planned(after).size(), 12U);  // one who was left out has come in
    int fresh = 0;
    for (const TripPerson& one : planned(after)) {
        fresh += one.part.meeting ? 0 : 1;
        if (!one.part.meeting) continue;
        EXPECT_EQ(one.part.when, find(before, one.part.person)->part.when);  // kept to the minute
    }
    EXPECT_EQ(fresh, 1);
    // The organiser is told, and the meeting is over for both.
    const auto mails = world::take_mails(db());
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "ann@example.com");
    EXPECT_THAT(mails[0].text, HasSubstr("free again"));
    EXPECT_EQ(run(&find_meeting, as(kAnn), wave.sent.at(5).meeting)->record.meeting.state,
              MeetingState::cancelled);
    EXPECT_EQ(answer(wave.sent.at(5), GuestReply::accept).error().code, "meeting.closed");
    const auto second = ask_all(after);
    EXPECT_EQ(second.sent.size(), 1U);  // the next wave
    expect_sound(second.view);
}

TEST_P(Trips, CloseUpWhenNobodyAnswersOrTheOwnerCancels) {
    add(2, "Boston");
    const TripView before = create();
    const TripWaveView wave = ask_all(before);
    ASSERT_EQ(wave.sent.size(), 2U);
    ASSERT_TRUE(answer(wave.sent[0], GuestReply::accept).ok());
    ASSERT_TRUE(run(&cancel_meeting, as(kAnn), CancelMeeting{wave.sent[0].meeting, "", world::desk()}).ok());
    EXPECT_EQ(find(look(before.trip.id), wave.sent[0].person)->part.why, Why::called_off);
    const Instant late = kNow + days(8);
    ASSERT_TRUE(run(&settle_due_meeting, kAnn, wave.sent[1].meeting, world::desk(), late).ok());
    EXPECT_EQ(find(look(before.trip.id), wave.sent[1].person)->part.why, Why::no_answer);
    // Wanted all the same: planned again, as anybody.
    TripMove move{before.trip.id, wave.sent[1].person, {}, true, {}};
    const TripView wanted = *run(&move_on_trip, as(kAnn, late), move);
    EXPECT_TRUE(find(wanted, wave.sent[1].person)->part.when);
}

TEST_P(Trips, CloseUpAroundWhatIsAgreedElsewhere) {
    add(12, "Boston");
    const TripView before = create();
    const Span taken = *planned(before).at(2).part.when;
    ProposeMeeting elsewhere = world::to_meiling("");
    elsewhere.proposal.offer.slots = {{0, taken, core::Wish::none}};
    elsewhere.proposal.offer.places = {{0, "Harbour", "", LatLng{42.36, -71.05}, true, {}}};
    const auto made = run(&propose_meeting, as(kAnn), elsewhere);
    AnswerInvitation yes;
    yes.token = world::token_in(made->invitation_link, "/m/");
    yes.acceptance = world::yes_to(1);
    yes.desk = world::desk();
    yes.now = kNow;
    ASSERT_TRUE(run(&answer_invitation, yes).ok());
    const TripView after = look(before.trip.id);
    expect_sound(after);
    const TripPerson* const meiling = find(after, world::kMeiling);
    ASSERT_TRUE(meiling);
    EXPECT_EQ(meiling->part.when, taken);
    EXPECT_EQ(meiling->part.meeting, made->record.meeting.id);
}

TEST_P(Trips, AreChangedByHand) {
    add(6, "Boston");
    const TripView before = create();
    const core::PersonId one = planned(before).at(0).part.person;
    const Instant noon = local(before, "2026-12-10", hours(12));
    const TripView moved = *run(&move_on_trip, as(kAnn), TripMove{before.trip.id, one, noon, {}, {}});
    EXPECT_EQ(find(moved, one)->part.when->start, noon);
    EXPECT_TRUE(find(moved, one)->part.is_pinned);
    EXPECT_EQ(find(moved, one)->part.kind, core::MeetingKind::lunch);
    expect_sound(moved);
    // It stays there when the rest is planned again.
    EXPECT_EQ(find(*run(&replan_trip, as(kAnn), before.trip.id), one)->part.when->start, noon);
    // Nobody else at that hour.
    const core::PersonId other = planned(moved).at(0).part.person;
    EXPECT_EQ(run(&move_on_trip, as(kAnn), TripMove{before.trip.id, other, noon + minutes(15), {}, {}})
                  .error()
                  .code,
              "trip.clash");
    EXPECT_EQ(find(look(before.trip.id), other)->part.is_pinned, false);
    EXPECT_EQ(
        run(&move_on_trip, as(kAnn), TripMove{before.trip.id, other, kTo + hours(1), {}, {}}).error().code,
        "trip.outside");
    const TripView without = *run(&move_on_trip, as(kAnn), TripMove{before.trip.id, other, {}, false, {}});
    EXPECT_EQ(find(without, other)->part.why, Why::unwanted);
    EXPECT_EQ(find(*run(&replan_trip, as(kAnn), before.trip.id), other)->part.why, Why::unwanted);
    const TripView placed =
        *run(&move_on_trip, as(kAnn), TripMove{before.trip.id, one, {}, {}, "Silver Lantern"});
    EXPECT_EQ(find(placed, one)->place, "Silver Lantern");
    // Who was asked is moved by their meeting, not here.
    ask_all(placed);
    EXPECT_EQ(run(&move_on_trip, as(kAnn), TripMove{before.trip.id, one, noon, {}, {}}).error().code,
              "trip.proposed");
    // Somebody who was not looked at.
    const auto from_lyon = add(1, "Lyon").at(0).id;
    const TripView joined =
        *run(&move_on_trip, as(kAnn), TripMove{before.trip.id, from_lyon, noon + hours(3), {}, {}});
    EXPECT_EQ(find(joined, from_lyon)->part.when->start, noon + hours(3));
    EXPECT_EQ(run(&move_on_trip, as(kBob), TripMove{before.trip.id, one, noon, {}, {}}).error().code,
              "trip.unknown");
}

TEST_P(Trips, KeepTheOwnersPace) {
    add(12, "Boston");
    core::MeetingHabits habits = core::usual_habits();
    habits.pace.a_week = 5;
    habits.kept_free = {{*parse_date("2026-12-09"), *parse_date("2026-12-09")}};
    ASSERT_TRUE(run(&set_meeting_habits, as(kAnn), habits).ok());
    const TripView calm = create();
    EXPECT_EQ(planned(calm).size(), 5U);
    EXPECT_EQ(calm.trip.bound, calm.trip.worth) << "of twelve alike, no week has room for more than five";
    for (const TripPerson& one : planned(calm))
        EXPECT_NE(calm.trip.frame.zone.date_of(one.part.when->start), *parse_date("2026-12-09"));
    TripWanted wanted = boston();
    wanted.most_a_day = 1;
    EXPECT_EQ(planned(create(wanted)).size(), 2U);
    habits.pace = {std::nullopt, hours(24)};
    habits.kept_free.clear();
    ASSERT_TRUE(run(&set_meeting_habits, as(kAnn), habits).ok());
    EXPECT_EQ(planned(create()).size(), 3U);
}

TEST_P(Trips, ChangeTheirDaysAroundWhatIsSettled) {
    add(6, "Boston");
    const TripView before = create();
    const TripPerson first = planned(before).at(0);
    ask_all(before);
    TripChange change;
    change.trip = before.trip.id;
    change.end = kTo + days(1);
    change.most_a_day = 2;
    const TripView after = *run(&change_trip, as(kAnn), change);
    EXPECT_EQ(find(after, first.part.person)->part.when, first.part.when);
    change.end = kFrom - days(1);
    EXPECT_EQ(run(&change_trip, as(kAnn), change).error().code, "trip.reversed");
    ASSERT_TRUE(run(&remove_trip, as(kAnn), before.trip.id).ok());
    EXPECT_EQ(run(&find_trip, as(kAnn), before.trip.id).error().code, "trip.unknown");
    EXPECT_EQ(run(&list_meetings, as(kAnn), store::meetings::Page{})->items.size(), 6U);  // live on
}

TEST_P(Trips, AreSeenByWhomTheyAreSharedWithAlone) {
    const core::PersonId bob = link_bob();
    TripWanted wanted = boston();
    wanted.start = local(create(), "2026-12-09", hours(0));
    const auto his = run(&create_trip, as(kBob), wanted, &ids);
    EXPECT_EQ(find(create(), bob), nullptr);
    EXPECT_TRUE(create().others_there.empty());
    ASSERT_TRUE(run(&share_trip, as(kBob), his->trip.id, std::string("ann")).ok());
    const TripView view = create();
    ASSERT_TRUE(find(view, bob));
    EXPECT_TRUE(find(view, bob)->part.is_visitor);
    EXPECT_GE(find(view, bob)->part.when->start, wanted.start);  // not before Bob is there
    ASSERT_EQ(view.others_there.size(), 1U);
    EXPECT_EQ(view.others_there[0].when, his->trip.frame.when);
    ASSERT_TRUE(run(&unshare_trip, as(kBob), his->trip.id, std::string("ann")).ok());
    EXPECT_EQ(find(create(), bob), nullptr);
    // A block ends it for both, without a word.
    ASSERT_TRUE(run(&share_trip, as(kBob), his->trip.id, std::string("ann")).ok());
    ASSERT_TRUE(run(&block_handle, as(kBob), std::string("ann"), world::desk()).ok());
    EXPECT_EQ(find(create(), bob), nullptr);
    EXPECT_TRUE(create().others_there.empty());
}

TEST_P(Trips, AreSharedWithLinkedPeopleOnly) {
    const TripView view = create();
    EXPECT_EQ(run(&share_trip, as(kAnn), view.trip.id, std::string("bob")).error().code, "trip.not_linked");
    EXPECT_EQ(run(&share_trip, as(kAnn), view.trip.id, std::string("carl")).error().code, "account.unknown");
    link_bob();
    ASSERT_TRUE(run(&share_trip, as(kAnn), view.trip.id, std::string("bob")).ok());
    ASSERT_TRUE(run(&share_trip, as(kAnn), view.trip.id, std::string("bob")).ok());
    EXPECT_EQ(look(view.trip.id).shared_with.size(), 1U);
    EXPECT_EQ(run(&share_trip, as(kBob), view.trip.id, std::string("ann")).error().code, "trip.unknown");
}

TEST_P(Trips, MeetWhoSharesTheirFreeTimeInIt) {
    const core::PersonId bob = link_bob();
    const auto his = run(&create_trip, as(kBob), boston(), &ids);
    ASSERT_TRUE(run(&share_trip, as(kBob), his->trip.id, std::string("ann")).ok());
    core::MeetingHabits habits;
    // Wall time in Paris: 15:00 to 17:00 in Boston.
    for (auto& day : habits.hours) day = {{hours(21), hours(23)}};
    ASSERT_TRUE(run(&set_meeting_habits, as(kBob), habits).ok());
    ASSERT_TRUE(run(&share_free_time, as(kBob), std::string("ann")).ok());
    const TripView view = create();
    const auto when = find(view, bob)->part.when;
    ASSERT_TRUE(when);
    const auto wall = view.trip.frame.zone.to_local(when->start);
    EXPECT_GE(wall - std::chrono::floor<days>(wall), hours(15));
    EXPECT_LE(wall - std::chrono::floor<days>(wall), hours(16));
}

TEST_P(Trips, AskEachOnceHoweverManyWavesGoAtOneMoment) {
    add(3, "Boston");
    const TripView view = create();
    TripWave wave{view.trip.id, {}, world::desk()};
    for (const TripPerson& one : planned(view)) wave.asks.push_back({one.part.person, "", ""});
    std::latch ready(2);
    std::vector<Result<TripWaveView>> told(2, Result<TripWaveView>(Error(Fault::unavailable, "none")));
    std::vector<std::thread> threads;
    for (auto& one : told)
        threads.emplace_back([&] {
            ready.arrive_and_wait();
            one = db().write_now([&](store::Tx& tx) { return propose_on_trip(tx, as(kAnn), wave); });
        });
    for (std::thread& thread : threads) thread.join();
    ASSERT_TRUE(told[0].ok() && told[1].ok());
    EXPECT_EQ(told[0]->sent.size() + told[1]->sent.size(), 3U);
    EXPECT_EQ(run(&list_meetings, as(kAnn), store::meetings::Page{})->items.size(), 3U);
    expect_sound(look(view.trip.id));
}

TEST_P(Trips, StaySoundWhenTwoAnswerAtOneMoment) {
    add(14, "Boston");
    const TripView view = create();
    const TripWaveView wave = ask_all(view);
    std::latch ready(2);
    std::vector<std::thread> threads;
    std::vector<bool> answered(2);
    threads.emplace_back([&] {
        ready.arrive_and_wait();
        answered[0] = answer(wave.sent.at(1), GuestReply::decline).ok();
    });
    threads.emplace_back([&] {
        ready.arrive_and_wait();
        answered[1] = answer(wave.sent.at(2), GuestReply::decline).ok();
    });
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(answered, ElementsAre(true, true));
    const TripView after = look(view.trip.id);
    expect_sound(after);
    EXPECT_EQ(find(after, wave.sent.at(1).person)->part.why, Why::said_no);
    EXPECT_EQ(find(after, wave.sent.at(2).person)->part.why, Why::said_no);
    EXPECT_EQ(planned(after).size(), 12U);
}

TEST_P(Trips, PreviewWhatWillBeRead) {
    add(1, "Boston");
    const TripView view = create();
    const auto preview = run(&preview_on_trip, as(kAnn), view.trip.id,
                             TripAsk{planned(view).at(0).part.person, "See you there?", {}}, world::desk());
    ASSERT_TRUE(preview.ok());
    EXPECT_THAT(preview->text, HasSubstr("See you there?"));
    EXPECT_THAT(preview->text, HasSubstr("Boston"));
    EXPECT_THAT(preview->text, HasSubstr("is told only that the hour is free again"));
}

}  // namespace
}  // namespace vv::app
