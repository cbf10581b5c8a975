#include "app/trips_people.h"

#include "app/free_time.h"
#include "app/suggestions_best.h"
#include "core/free_time.h"
#include "store/blocks.h"
#include "store/free_time.h"
#include "store/people.h"
#include "store/suggestions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace vv::app {
namespace {

// More are no help to anybody who looks at the plan, and the planner proves less.
constexpr std::size_t kMost = 40;
// Worths are counted in thousandths up to 1,000 (core/trips.h), scores lie between 0.01 and 10.
constexpr double kWorthOfScore = 100;

using store::trips::Shared;

bool is_there(const core::TripFrame& frame, LatLng at) {
    return distance_km(frame.at, at) <= frame.within_km;
}

// Who lives elsewhere and comes too, as if they lived there.
std::vector<core::Candidate> visitors(store::Tx& tx, const Caller& caller, const core::TripFrame& frame,
                                      const std::vector<Shared>& trips) {
    std::vector<core::PersonId> people;
    for (const Shared& trip : trips)
        if (is_there(frame, trip.at)) people.push_back(trip.person);
    if (people.empty()) return {};
    auto found = store::suggestions::open_candidates(tx, caller.account, people, caller.now);
    for (core::Candidate& candidate : found) {
        candidate.at = frame.at;
        candidate.city = frame.place;
    }
    return found;
}

// When somebody is there: a visitor during their trips here, who lives there but for their trips elsewhere.
std::vector<Span> days_there(const core::TripFrame& frame, const std::vector<Shared>& trips,
                             core::PersonId person, bool is_visitor, Span within) {
    std::vector<Span> here, away;
    for (const Shared& trip : trips)
        if (trip.person == person) (is_there(frame, trip.at) ? here : away).push_back(trip.when);
    if (!is_visitor) return core::free_of({within}, away);
    return core::free_of({within}, core::free_of({within}, here));
}

}  // namespace

core::Occasion occasion_on(const core::TripFrame& frame, const Caller& caller) {
    return {caller.now, frame.zone, frame.at, frame.place.empty() ? "there" : "the middle of " + frame.place};
}

double worth_of(const core::Suggestion& suggestion) {
    return std::clamp(suggestion.score * kWorthOfScore, 0.0, 1000.0);
}

namespace {

// When each could be met: in their free time if they share it, else when such people are usually met.
void find_hours(store::Tx& tx, const Caller& caller, const core::TripFrame& frame,
                const std::vector<Shared>& trips, std::vector<Prospect>& prospects) {
    std::vector<core::PersonId> ids;
    for (const Prospect& prospect : prospects) ids.push_back(prospect.candidate.person);
    const auto shared = shared_free_times(tx, caller, ids, frame.when);
    for (Prospect& prospect : prospects) {
        const core::Candidate& c = prospect.candidate;
        const auto own = shared.find(c.person);
        prospect.free = own != shared.end()
                            ? own->second
                            : core::usual_hours(c.relation, c.encounters > 0, frame.zone, frame.when);
        const auto there = days_there(frame, trips, c.person, prospect.is_visitor, frame.when);
        prospect.free = core::free_of(prospect.free, core::free_of({frame.when}, there));
    }
}

}  // namespace

std::vector<Prospect> find_prospects(store::Tx& tx, const Caller& caller, const core::TripFrame& frame,
                                     const std::set<core::PersonId>& others) {
    const core::Occasion occasion = occasion_on(frame, caller);
    const auto trips = trips_shared_to(tx, caller, frame.when);
    std::map<core::PersonId, std::pair<core::Candidate, bool>> found;  // whether a visitor
    for (core::Candidate& candidate : visitors(tx, caller, frame, trips)) {
        const core::PersonId person = candidate.person;
        found.try_emplace(person, std::move(candidate), true);
    }
    for (core::Candidate& candidate :
         best_candidates(tx, caller, occasion, {{}, frame.within_km, std::nullopt}, kMost + others.size())) {
        const core::PersonId person = candidate.person;
        found.insert_or_assign(person, std::pair(std::move(candidate), false));
    }
    std::vector<Prospect> prospects;
    for (auto& [person, one] : found) {
        if (others.contains(person)) continue;
        auto& [candidate, is_visitor] = one;
        Prospect prospect{std::move(candidate), {}, {}, is_visitor, {}};
        prospect.suggestion = core::suggest(prospect.candidate, occasion);
        prospect.at = prospect.candidate.at.value_or(frame.at);
        prospects.push_back(std::move(prospect));
    }
    std::ranges::stable_sort(prospects, std::ranges::greater{},
                             [](const Prospect& p) { return p.suggestion.score; });
    if (prospects.size() > kMost) prospects.resize(kMost);
    find_hours(tx, caller, frame, trips, prospects);
    return prospects;
}

std::vector<Shared> trips_shared_to(store::Tx& tx, const Caller& caller, Span within) {
    auto found = store::trips::shared_to(tx, caller.account, within);
    if (found.empty()) return found;
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    std::erase_if(found, [&](const Shared& trip) { return blocks.hides(trip.account); });
    return found;
}

std::vector<Span> free_on(store::Tx& tx, const Caller& caller, const core::TripFrame& frame, Span within) {
    const auto habits = store::free_time::find_habits(tx, caller.account).value_or(core::usual_habits());
    auto busy = store::free_time::busy(tx, caller.account, within);
    const Date first = frame.zone.date_of(frame.when.start);
    const Date last = frame.zone.date_of(frame.when.end - std::chrono::milliseconds(1));
    std::erase_if(busy.days,
                  [&](const core::DayRange& days) { return days.first <= first && days.last >= last; });
    const auto add = [&](const std::vector<Span>& more) {
        busy.spans.insert(busy.spans.end(), more.begin(), more.end());
    };
    add(core::whole_days(busy.days, frame.zone));
    add(store::free_time::offered(tx, caller.account, within));
    const auto around = core::kHabitLimits.rest + std::chrono::days(8);
    const auto meetings =
        store::free_time::meetings(tx, caller.account, {within.start - around, within.end + around});
    add(meetings);
    add(core::taken_by_pace(habits.pace, meetings, frame.zone));
    return core::free_of(core::meeting_hours(habits, frame.zone, within), std::move(busy.spans));
}

}  // namespace vv::app
