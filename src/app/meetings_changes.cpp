#include "app/meetings_changes.h"

#include "app/links.h"
#include "app/meetings_mail.h"
#include "app/ties.h"
#include "app/trips_heal.h"
#include "core/no_shows.h"
#include "store/encounters.h"
#include "store/free_time.h"
#include "store/jobs.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::app {
namespace {

using core::MeetingEvent;
using core::MeetingState;
using core::Outcome;
using core::Side;
using store::meetings::Record;

constexpr std::chrono::hours kAskAfter{1};
constexpr std::array<Side, 2> kSides{Side::organiser, Side::invitee};

bool has_declined(const MeetingTable& table, Side side) {
    return table.has(side) && table.copy_of(side).state == MeetingState::declined;
}

Record* record_of(MeetingTable& table, Side side) {
    if (side == Side::organiser) return &table.home;
    return table.theirs ? &*table.theirs : nullptr;
}

// Two accounts that agreed to meet know each other: each stands among the other's people from now on.
void link_sides(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    if (!table.invitee || !table.theirs) return;
    table.home.identity = link_person(tx, table.organiser.id, table.invitee->id, now, *desk.ids);
    table.theirs->identity = link_person(tx, table.invitee->id, table.organiser.id, now, *desk.ids);
}

// Who says so has met. The other's word alone writes nothing into somebody's record.
void write_encounters(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    const core::Meeting& meeting = table.home.meeting;
    const bool is_mutual = meeting.organiser_says == Outcome::met && meeting.invitee_says == Outcome::met;
    for (const Side side : kSides) {
        Record* const record = record_of(table, side);
        if (!record || meeting.said_by(side) != Outcome::met || !record->identity) continue;
        store::encounters::Row row;
        row.kind = core::parse_encounter_kind(to_string(meeting.kind)).value();
        row.title = table.title_for(side);
        row.start = meeting.agreed->when.start;
        row.end = std::min(meeting.agreed->when.end, std::max(now, row.start));
        row.place = meeting.agreed->place.name;
        row.at = meeting.agreed->place.at;
        row.evidence = is_mutual ? core::Evidence::mutual : core::Evidence::claimed;
        row.source = "meeting";
        row.source_key = meeting.uid;
        row.meeting = meeting.id.value;
        row.people = {*record->identity};
        record->encounter =
            store::encounters::save(tx, table.account_of(side)->id, {row}, *desk.ids, now).front();
    }
}

std::optional<Instant> due_next(const Record& home) {
    const core::Meeting& meeting = home.meeting;
    if (meeting.state == MeetingState::proposed || meeting.state == MeetingState::declined)
        return meeting.expires_at;
    if (meeting.state != MeetingState::scheduled) return std::nullopt;
    if (!home.asked_at) return meeting.agreed->when.end + kAskAfter;
    const bool is_half_said =
        core::is_missed(meeting.organiser_says) || core::is_missed(meeting.invitee_says);
    if (is_half_said) return meeting.agreed->when.end + core::kMeetingLimits.unsaid_for;
    return std::nullopt;
}

void plan_next(store::Tx& tx, const MeetingTable& table, const MeetingDesk& desk, Instant now) {
    const core::MeetingId id = table.home.meeting.id;
    const std::optional<Instant> due = due_next(table.home);
    if (!due) {
        store::jobs::withdraw(tx, table.organiser.id, kMeetingJob, to_string(id));
        return;
    }
    const store::jobs::NewJob job{{desk.ids->next(now)}, table.organiser.id,           kMeetingJob,
                                  to_string(id),         {{"meeting", to_string(id)}}, *due};
    store::jobs::add(tx, job, now);
}

// Stages and trust of whom this meeting brings together.
void refresh_people(store::Tx& tx, const MeetingTable& table, Instant now) {
    const auto refresh = [&](core::AccountId owner) {
        const Result<Record> record = store::meetings::find(tx, owner, table.home.meeting.id);
        if (record && record->person) refresh_ties(tx, owner, {*record->person}, now);
    };
    refresh(table.organiser.id);
    if (table.theirs) refresh(table.invitee->id);
}

// Either side may be on a trip.
void heal(store::Tx& tx, const MeetingTable& table, Instant now) {
    const core::Meeting& meeting = table.home.meeting;
    heal_trips(tx, table.organiser.id, meeting.id, meeting.agreed, now);
    if (table.theirs) heal_trips(tx, table.invitee->id, table.theirs->meeting.id, meeting.agreed, now);
}

/// What a change was to the two sides.
struct Happened {
    Side actor;
    bool was_agreed;     // before
    bool had_declined;   // the other side
    MeetingState state;  // after
    MeetingEvent what;
};

void tell_sides(store::Tx& tx, MeetingTable& table, const Happened& change, const MeetingDesk& desk,
                Instant now) {
    const Side other = core::other(change.actor);
    const auto tell_other = [&](MeetingNews news) {
        if (!change.had_declined) tell(tx, table, other, news, false, desk, now);
    };
    const auto tell_both = [&](MeetingNews news) {
        tell(tx, table, other, news, false, desk, now);
        tell(tx, table, change.actor, news, true, desk, now);
    };
    switch (change.state) {
        case MeetingState::proposed:
            if (change.was_agreed) return tell_both(MeetingNews::moved);
            return tell_other(change.what == MeetingEvent::countered ? MeetingNews::countered
                                                                     : MeetingNews::changed);
        case MeetingState::scheduled:
            if (change.what == MeetingEvent::accepted) tell_both(MeetingNews::accepted);
            return;
        case MeetingState::cancelled:
            if (change.what == MeetingEvent::declined) return tell_other(MeetingNews::declined);
            return change.was_agreed ? tell_both(MeetingNews::cancelled) : tell_other(MeetingNews::cancelled);
        default:
            return;  // outcomes show on the page; another decline is told to nobody; what runs out is told by
                     // settle_due
    }
}

void settle_expired(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    const Side asked = table.home.meeting.asked;
    const bool had_declined = has_declined(table, asked);
    const Result<core::Meeting> expired = core::expire(table.home.meeting, now);
    if (!expired) return;
    table.put(Side::organiser, *expired);
    tell(tx, table, core::other(asked), MeetingNews::expired, false, desk, now);
    if (!had_declined) tell(tx, table, asked, MeetingNews::ended, false, desk, now);
}

// The organiser of a poll has as many meetings as came of it, and is asked once.
bool is_asked_of_poll(store::Tx& tx, const MeetingTable& table, Side side) {
    if (side != Side::organiser || !table.home.poll) return false;
    const auto all = store::meetings::of_poll(tx, table.organiser.id, *table.home.poll);
    return std::ranges::any_of(all, [&](const Record& one) {
        return one.meeting.id != table.home.meeting.id && one.asked_at.has_value();
    });
}

void settle_past(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    if (!table.home.asked_at && now >= table.home.meeting.agreed->when.end) {
        table.home.asked_at = now;
        for (const Side side : kSides)
            if (table.home.meeting.said_by(side) == Outcome::unsaid && !is_asked_of_poll(tx, table, side))
                tell(tx, table, side, MeetingNews::outcome, false, desk, now);
    }
    if (const Result<core::Meeting> lapsed = core::lapse(table.home.meeting, now))
        table.put(Side::organiser, *lapsed);
}

}  // namespace

Result<Done> change_meeting(store::Tx& tx, MeetingTable& table, Side actor, const MeetingChange& change,
                            const MeetingDesk& desk, Instant now) {
    const core::Meeting before = table.copy_of(actor);
    TRY(const core::Meeting after, change(before));
    if (after == before) return Done{};
    const Happened happened{actor, before.agreed.has_value(), has_declined(table, core::other(actor)),
                            after.state, after.history.back().what};
    table.put(actor, after);
    if (happened.what == MeetingEvent::accepted) link_sides(tx, table, desk, now);
    if (after.state == MeetingState::met) write_encounters(tx, table, desk, now);
    tell_sides(tx, table, happened, desk, now);
    save_table(tx, table);
    plan_next(tx, table, desk, now);
    refresh_people(tx, table, now);
    heal(tx, table, now);
    return Done{};
}

std::vector<Span> taken_from(store::Tx& tx, const MeetingTable& table, Side asked) {
    const core::Account* const offering = table.account_of(core::other(asked));
    const auto& slots = table.home.meeting.slots;
    if (!offering || slots.empty()) return {};
    Span around = slots.front().when;
    for (const core::Slot& slot : slots)
        around = {std::min(around.start, slot.when.start), std::max(around.end, slot.when.end)};
    return store::free_time::agreed_but(tx, offering->id, table.home.meeting.id, around);
}

void start_meeting(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    save_table(tx, table);  // first: a guest's link belongs to a meeting that is there
    tell(tx, table, Side::invitee, MeetingNews::proposed, false, desk, now);
    save_table(tx, table);
    plan_next(tx, table, desk, now);
}

void start_agreed_meeting(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    const core::Acceptance yes{{{table.home.meeting.slots.front().number, {}, core::Wish::yes}}, {}};
    const Result<core::Meeting> agreed = core::accept(table.copy_of(Side::invitee), yes, now);
    VV_ASSERT(agreed.ok());
    table.put(Side::invitee, *agreed);
    link_sides(tx, table, desk, now);
    save_table(tx, table);  // first: a guest's link belongs to a meeting that is there
    tell(tx, table, Side::invitee, MeetingNews::picked, false, desk, now);
    save_table(tx, table);
    plan_next(tx, table, desk, now);
    refresh_people(tx, table, now);
}

Result<Done> settle_proof(store::Tx& tx, MeetingTable& table, Side side, const ProveMeeting& proof,
                          Instant now) {
    TRY(const core::Meeting proven, core::prove(table.home.meeting, now));
    table.put(Side::organiser, proven);
    for (const Side one : kSides) {
        Record* const record = record_of(table, one);
        if (!record) continue;
        store::encounters::remove(tx, table.account_of(one)->id, {{"meeting", proven.uid}});
        record->encounter = one == side ? proof.mine : proof.theirs;
    }
    save_table(tx, table);
    plan_next(tx, table, proof.desk, now);
    refresh_people(tx, table, now);
    return Done{};
}

Result<Done> settle_due_meeting(store::Tx& tx, core::AccountId organiser, core::MeetingId meeting,
                                MeetingDesk desk, Instant now) {
    Result<MeetingTable> found = load_table(tx, organiser, meeting);
    if (!found) return Done{};
    MeetingTable& table = *found;
    const MeetingState state = table.home.meeting.state;
    if (state == MeetingState::proposed || state == MeetingState::declined)
        settle_expired(tx, table, desk, now);
    if (state == MeetingState::scheduled) settle_past(tx, table, desk, now);
    save_table(tx, table);
    plan_next(tx, table, desk, now);
    if (state == table.home.meeting.state) return Done{};
    refresh_people(tx, table, now);
    heal(tx, table, now);
    return Done{};
}

Result<Done> run_out_meeting(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now) {
    core::Meeting open = table.home.meeting;
    open.expires_at = std::min(open.expires_at, now);
    table.put(Side::organiser, open);
    save_table(tx, table);
    return settle_due_meeting(tx, table.organiser.id, open.id, desk, now);
}

}  // namespace vv::app
