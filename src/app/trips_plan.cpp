#include "app/trips_plan.h"

#include "app/trips_ways.h"
#include "core/free_time.h"
#include "store/free_time.h"
#include "store/meetings.h"
#include "store/suggestions.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace vv::app {
namespace {

using core::MeetingState;
using core::PersonId;
using store::trips::Part;
using store::trips::Why;

constexpr core::Minutes kLeastRest{15};
// Meetings read beside a trip at most: sixty days of a full calendar are fewer.
constexpr int kMostMeetings = 500;
// What is agreed farther away than that is no part of the trip, only time that is taken.
constexpr double kOutOfTown = 100;

bool is_open(MeetingState state) {
    return state == MeetingState::proposed || state == MeetingState::scheduled || state == MeetingState::met;
}

/// What one plan is made of.
struct Work {
    core::TripFrame frame;
    core::MeetingHabits habits;
    std::map<PersonId, Part> settled, refused,
        earlier;  // earlier: planned or left out before, to be planned anew
    std::map<PersonId, Prospect> prospects;
    std::vector<Span> own;  // free time
    core::Trip trip;
};

// What was agreed otherwise and lies within the trip belongs to its days.
void add_agreed(store::Tx& tx, const Caller& caller, Work& work) {
    for (const auto& record :
         store::meetings::scheduled_since(tx, caller.account, work.frame.when.start, kMostMeetings)) {
        const core::Agreement& agreed = *record.meeting.agreed;
        const bool is_in =
            agreed.when.start >= work.frame.when.start && agreed.when.end <= work.frame.when.end;
        const LatLng at = agreed.place.at.value_or(work.frame.at);
        if (!is_in || !record.person || !record.identity || distance_km(at, work.frame.at) > kOutOfTown)
            continue;
        if (work.settled.contains(*record.person)) continue;
        Part part;
        part.identity = *record.identity;
        part.person = *record.person;
        part.kind = record.meeting.kind;
        part.when = agreed.when;
        part.at = at;
        part.place = agreed.place.name;
        part.meeting = record.meeting.id;
        work.settled.emplace(part.person, std::move(part));
        work.refused.erase(*record.person);
    }
}

Why why_ended(const store::trips::Proposed& meeting) {
    if (meeting.was_declined) return Why::said_no;
    return meeting.state == MeetingState::expired ? Why::no_answer : Why::called_off;
}

// A part as its meeting has it now.
void catch_up(Part& part) {
    if (!part.meeting) return;
    if (!part.proposed) {
        part.meeting.reset();
    } else if (is_open(part.proposed->state)) {
        if (part.proposed->agreed)
            part.when = part.proposed->agreed;
        else if (part.proposed->offered)
            part.when = part.proposed->offered;
    } else if (part.why == Why::planned) {
        part.why = why_ended(*part.proposed);
        part.when.reset();
        part.is_pinned = false;
    }
}

void sort_known(Work& work, std::vector<Part> known) {
    for (Part& part : known) {
        catch_up(part);
        const bool is_out = part.why != Why::planned && part.why != Why::no_room && part.why != Why::no_time;
        auto& group = is_settled(part) ? work.settled : is_out ? work.refused : work.earlier;
        group.emplace(part.person, std::move(part));
    }
}

// How much those who are settled are worth: facts have moved on since they were planned.
void weigh_settled(store::Tx& tx, const Caller& caller, Work& work) {
    std::vector<PersonId> people;
    for (const auto& [person, part] : work.settled) people.push_back(person);
    if (people.empty()) return;
    const core::Occasion occasion = occasion_on(work.frame, caller);
    for (core::Candidate& candidate :
         store::suggestions::candidates(tx, caller.account, people, caller.now)) {
        if (work.settled.at(candidate.person).is_visitor) candidate.at = work.frame.at;
        work.settled.at(candidate.person).worth = worth_of(core::suggest(candidate, occasion));
    }
}

core::TripCandidate candidate_of(const Part& part) {
    core::TripCandidate candidate;
    candidate.person = part.person;
    candidate.worth = part.worth;
    candidate.at = part.at;
    candidate.fixed = part.when;
    candidate.fixed_meal = part.meal;
    return candidate;
}

core::TripCandidate candidate_of(const Work& work, const Prospect& prospect, Span within) {
    core::TripCandidate candidate;
    candidate.person = prospect.candidate.person;
    candidate.worth = worth_of(prospect.suggestion);
    candidate.duration = core::usual_duration(prospect.candidate.relation);
    candidate.at = prospect.at;
    const auto common = core::free_of(work.own, core::free_of({within}, prospect.free));
    candidate.windows = core::windows_of(common, work.frame.zone, within);
    std::erase_if(candidate.windows,
                  [&](const auto& w) { return w.free.end - w.free.start < candidate.duration; });
    return candidate;
}

void lay_out(Work& work, Span within) {
    std::vector<Span> fixed;
    for (const auto& [person, part] : work.settled) fixed.push_back(*part.when);
    work.trip.days = core::days_of(work.frame, work.own, fixed);
    work.trip.rest = std::max(kLeastRest, std::min<core::Minutes>(work.habits.pace.rest, core::Minutes(720)));
    work.trip.zone = work.frame.zone;
    core::keep_rest(work.trip.days, work.habits.pace.rest);
    for (core::TripDay& day : work.trip.days) {
        const auto there = std::ranges::count_if(
            fixed, [&](Span f) { return f.start >= day.when.start && f.start < day.when.end; });
        day.most = std::max(day.most, static_cast<int>(there));
    }
    for (const auto& [person, part] : work.settled) work.trip.candidates.push_back(candidate_of(part));
    for (const auto& [person, prospect] : work.prospects)
        work.trip.candidates.push_back(candidate_of(work, prospect, within));
}

std::vector<double> worths_in(const core::Trip& trip, const core::TripPlan& plan) {
    std::vector<double> worths;
    for (const core::TripMeeting& meeting : plan.meetings)
        worths.push_back(
            std::ranges::find(trip.candidates, meeting.person, &core::TripCandidate::person)->worth);
    return worths;
}

// With a limit a week, first without it: its best meetings say which days have how many.
Result<core::TripPlan> solve(store::Tx& tx, const Caller& caller, Work& work, std::uint64_t rounds) {
    core::trips::Effort effort;
    effort.rounds = rounds;
    TRY(core::TripPlan plan, core::plan_trip(work.trip, effort));
    const auto a_week = work.habits.pace.a_week;
    if (!a_week) return plan;
    const auto around = std::chrono::days(7);
    const Span wide{work.frame.when.start - around, work.frame.when.end + around};
    auto before = store::free_time::meetings(tx, caller.account, wide);
    std::erase_if(before, [&](Span span) {
        return std::ranges::any_of(work.settled, [&](const auto& one) { return one.second.when == span; });
    });
    if (!core::keep_pace(work.trip.days, plan.meetings, worths_in(work.trip, plan), before, *a_week,
                         work.frame.zone))
        return plan;
    // The first bound holds for every plan, so for those that keep the pace too.
    const double bound = std::min(plan.bound, core::most_at_pace(work.trip, before, *a_week));
    TRY(plan, core::plan_trip(work.trip, effort));
    plan.bound = bound;
    return plan;
}

Part part_of(const Work& work, const Prospect& prospect) {
    Part part;
    part.person = prospect.candidate.person;
    part.worth = worth_of(prospect.suggestion);
    part.kind = core::kind_at(core::Meal::none, prospect.suggestion.idea);
    part.at = prospect.at;
    part.is_visitor = prospect.is_visitor;
    const auto before = work.earlier.find(part.person);
    if (before != work.earlier.end()) part.place = before->second.place;
    return part;
}

void put_in(Work& work, const core::TripMeeting& meeting, std::vector<Part>& parts) {
    if (const auto settled = work.settled.find(meeting.person); settled != work.settled.end()) {
        settled->second.travel = meeting.travel;
        return;
    }
    const Prospect& prospect = work.prospects.at(meeting.person);
    Part part = part_of(work, prospect);
    part.when = meeting.when;
    part.meal = meeting.meal;
    part.kind = core::kind_at(meeting.meal, prospect.suggestion.idea);
    part.travel = meeting.travel;
    parts.push_back(std::move(part));
}

std::vector<Part> parts_of(store::Tx& tx, const Caller& caller, Work& work, const core::TripPlan& plan) {
    std::vector<Part> parts;
    for (const core::TripMeeting& meeting : plan.meetings) put_in(work, meeting, parts);
    for (auto& [person, part] : work.settled) parts.push_back(part);
    std::ranges::stable_sort(parts, {}, [](const Part& part) { return part.when->start; });
    const auto planned = static_cast<std::ptrdiff_t>(parts.size());
    for (const PersonId person : plan.left_out) {
        Part part = part_of(work, work.prospects.at(person));
        const auto& candidate =
            *std::ranges::find(work.trip.candidates, person, &core::TripCandidate::person);
        part.why = candidate.windows.empty() ? Why::no_time : Why::no_room;
        parts.push_back(std::move(part));
    }
    for (auto& [person, part] : work.refused) parts.push_back(part);
    std::ranges::stable_sort(parts.begin() + planned, parts.end(), std::ranges::greater{}, &Part::worth);
    std::vector<PersonId> people;
    for (const Part& part : parts) people.push_back(part.person);
    const auto identities = store::trips::identities(tx, caller.account, people);
    for (Part& part : parts)
        if (const auto found = identities.find(part.person);
            !part.identity.is_set() && found != identities.end())
            part.identity = found->second;
    std::erase_if(parts, [](const Part& part) { return !part.identity.is_set(); });
    return parts;
}

}  // namespace

bool is_settled(const Part& part) {
    if (!part.when) return false;
    return part.is_pinned || (part.proposed && is_open(part.proposed->state));
}

Result<TripPlanned> plan_trip_of(store::Tx& tx, const Caller& caller, TripPlanning planning) {
    CHECK(core::check_frame(planning.frame));
    Work work;
    work.frame = std::move(planning.frame);
    work.habits = store::free_time::find_habits(tx, caller.account).value_or(core::usual_habits());
    sort_known(work, std::move(planning.known));
    add_agreed(tx, caller, work);
    weigh_settled(tx, caller, work);
    // Of a trip under way only the rest is planned; one that is past is planned as it could have been.
    Span within = work.frame.when;
    if (caller.now < within.end) within.start = std::max(within.start, caller.now);
    work.own = free_on(tx, caller, work.frame, within);
    std::set<PersonId> others;
    for (const auto& [person, part] : work.settled) others.insert(person);
    for (const auto& [person, part] : work.refused) others.insert(person);
    for (Prospect& prospect : find_prospects(tx, caller, work.frame, others)) {
        const PersonId person = prospect.candidate.person;
        work.prospects.emplace(person, std::move(prospect));
    }
    lay_out(work, within);
    work.trip.travel = ways_by(std::move(planning.ways), work.trip.mode);
    TRY(core::TripPlan plan, solve(tx, caller, work, planning.rounds));
    TripPlanned planned;
    planned.parts = parts_of(tx, caller, work, plan);
    planned.places = places_of(work.trip);
    planned.worth = plan.worth;
    planned.bound = plan.bound;
    planned.clashing = std::move(plan.clashing);
    return planned;
}

}  // namespace vv::app
