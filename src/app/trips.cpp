#include "app/trips.h"

#include "app/accounts.h"
#include "app/trips_view.h"
#include "app/trips_ways.h"
#include "base/plain_line.h"
#include "base/text.h"
#include "core/cities.h"
#include "store/blocks.h"
#include "store/meetings.h"
#include "store/people.h"
#include "store/suggestions.h"
#include "store/trip_ways.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace vv::app {
namespace {

using core::PersonId;
using store::trips::Part;
using store::trips::Trip;
using store::trips::Why;

constexpr int kMostTrips = 200;
constexpr double kZoneWithin = 500;  // kilometres to the next city, whose time a place keeps
// Nobody waits for the database while a command thinks, so that it may look longer.
constexpr std::uint64_t kRoundsAlone = 200'000;

Error no_city(const std::string& city) {
    return Error(Fault::invalid, "trip.city",
                 city.empty()
                     ? "Say where: a city, or coordinates."
                     : "No city is called '" + city + "'; write it as on a map, or give coordinates.")
        .at("city");
}

Result<core::PersonId> known_person(store::Tx& tx, const Caller& caller, PersonId person) {
    if (!store::people::exists(tx, caller.account, person))
        return Error(Fault::not_found, "person.unknown", "There is no such person among yours.");
    return person;
}

// Plans anew around what is settled, and keeps it.
Result<TripPlanned> replan(store::Tx& tx, const Caller& caller, Trip& trip, std::vector<Part> known) {
    const core::TravelTable ways = store::trip_ways::find(tx, caller.account, trip.id);
    TRY(TripPlanned planned, plan_trip_of(tx, caller, {trip.frame, std::move(known), ways}));
    trip.worth = planned.worth;
    trip.bound = planned.bound;
    store::trips::save(tx, caller.account, trip);
    store::trips::save_parts(tx, caller.account, trip.id, planned.parts);
    want_ways(tx, caller.account, trip.id, ways, planned.places, caller.now);
    return planned;
}

// One who was not looked at before.
Result<Part> new_part(store::Tx& tx, const Caller& caller, const core::TripFrame& frame, PersonId person) {
    TRY(const PersonId known, known_person(tx, caller, person));
    Part part;
    part.person = known;
    const std::vector<PersonId> one{known};
    const auto candidates = store::suggestions::candidates(tx, caller.account, one, caller.now);
    const auto identities = store::trips::identities(tx, caller.account, one);
    if (candidates.empty() || identities.empty())
        return Error(Fault::not_found, "person.unknown", "There is no such person among yours.");
    const core::Suggestion made = core::suggest(candidates.front(), occasion_on(frame, caller));
    part.identity = identities.at(known);
    part.worth = worth_of(made);
    part.kind = core::kind_at(core::Meal::none, made.idea);
    const auto at = candidates.front().at;
    part.at = at && distance_km(*at, frame.at) <= frame.within_km ? *at : frame.at;
    return part;
}

core::Minutes duration_of(store::Tx& tx, const Caller& caller, const Part& part) {
    if (part.when) return std::chrono::duration_cast<core::Minutes>(part.when->end - part.when->start);
    const std::vector<PersonId> one{part.person};
    const auto candidates = store::suggestions::candidates(tx, caller.account, one, caller.now);
    return core::usual_duration(candidates.empty() ? core::Relation::acquaintance
                                                   : candidates.front().relation);
}

Result<Done> pin(store::Tx& tx, const Caller& caller, const Trip& trip, Part& part, Instant start) {
    const Span when{start, start + duration_of(tx, caller, part)};
    if (when.start < trip.frame.when.start || when.end > trip.frame.when.end || when.start <= caller.now)
        return Error(Fault::invalid, "trip.outside", "A meeting lies within the trip, and in the future.")
            .at("start");
    part.when = when;
    part.is_pinned = true;
    part.why = Why::planned;
    part.meeting.reset();
    part.proposed.reset();
    const auto windows = core::windows_of({when}, trip.frame.zone, when);
    part.meal = windows.size() == 1 ? windows.front().meal : core::Meal::none;
    if (part.kind == core::MeetingKind::lunch || part.kind == core::MeetingKind::dinner)
        part.kind = core::MeetingKind::coffee;
    if (part.meal != core::Meal::none) part.kind = core::kind_at(part.meal, core::MeetingIdea::coffee);
    return Done{};
}

Result<Done> apply(store::Tx& tx, const Caller& caller, const Trip& trip, Part& part, const TripMove& move) {
    if (move.place) {
        if (move.place->size() > core::kMeetingLimits.place_name || !is_plain_line(*move.place))
            return Error(Fault::invalid, "trip.place",
                         "A place's name has at most 200 characters, in one line.")
                .at("place");
        part.place = std::string(trim(*move.place));
    }
    if (move.start) return pin(tx, caller, trip, part, *move.start);
    if (!move.wanted) return Done{};
    part.when.reset();
    part.is_pinned = false;
    part.meeting.reset();
    part.proposed.reset();
    part.why = *move.wanted ? Why::planned : Why::unwanted;
    return Done{};
}

Result<core::AccountId> to_share_with(store::Tx& tx, const Caller& caller, const std::string& handle) {
    TRY(const core::Account account, account_of_handle(tx, handle));
    if (store::blocks::around(tx, caller.account).is_mine(account.id) ||
        !store::meetings::invitee(tx, caller.account, account.id))
        return Error(
            Fault::conflict, "trip.not_linked",
            "A trip is shared with people of yours who have an account here and agreed to be linked.");
    return account.id;
}

}  // namespace

Result<core::TripFrame> frame_of(const Caller& caller, const TripWanted& wanted) {
    core::TripFrame frame;
    frame.zone = caller.zone;
    std::optional<core::City> city;
    if (wanted.at) {
        frame.at = *wanted.at;
        if (frame.at.is_valid()) city = core::nearest_city(frame.at, kZoneWithin);
        frame.place = wanted.city;
        const bool is_in = city && distance_km(city->at, frame.at) <= frame.within_km;
        if (frame.place.empty() && is_in) frame.place = city->name;
    } else {
        if (!wanted.city.empty()) city = core::city_of(wanted.city);
        if (!city) return no_city(wanted.city);
        frame.at = city->at;
        frame.place = city->name;
    }
    if (city)
        if (const auto zone = Zone::find(city->zone)) frame.zone = *zone;
    frame.when = {wanted.start, wanted.end};
    frame.stay = std::string(trim(wanted.stay));
    frame.stay_at = wanted.stay_at.value_or(frame.at);
    frame.most_a_day = wanted.most_a_day.value_or(frame.most_a_day);
    frame.within_km = wanted.within_km.value_or(frame.within_km);
    CHECK(core::check_frame(frame));
    return frame;
}

Result<TripDraft> draft_trip(store::Tx& tx, Caller caller, TripWanted wanted) {
    TripDraft draft;
    TRY(draft.frame, frame_of(caller, wanted));
    TRY(TripPlanned planned, plan_trip_of(tx, caller, {draft.frame, {}, {}, kRoundsAlone}));
    draft.worth = planned.worth;
    draft.bound = planned.bound;
    std::vector<PersonId> ids;
    for (const Part& part : planned.parts) ids.push_back(part.person);
    std::unordered_map<PersonId, std::string> names;
    for (core::Person& person : store::people::load(tx, caller.account, ids))
        names.emplace(person.id, std::move(person.name));
    for (Part& part : planned.parts) {
        std::string name = names[part.person];
        draft.parts.emplace_back(std::move(part), std::move(name));
    }
    return draft;
}

Result<TripView> create_trip(store::Tx& tx, Caller caller, TripWanted wanted, IdSource* ids) {
    Trip trip;
    TRY(trip.frame, frame_of(caller, wanted));
    if (trip.frame.when.end <= caller.now)
        return Error(Fault::invalid, "trip.past", "This trip is over; give days to come.").at("end");
    if (store::trips::list(tx, caller.account, caller.now, kMostTrips).size() >= kMostTrips)
        return Error(Fault::too_many, "trip.many", "Two hundred trips are kept; remove old ones first.");
    trip.id = {ids->next(caller.now)};
    trip.created_at = caller.now;
    CHECK(replan(tx, caller, trip, {}));
    return view_trip(tx, caller, std::move(trip));
}

Result<std::vector<store::trips::Listed>> list_trips(store::Tx& tx, Caller caller) {
    return store::trips::list(tx, caller.account, caller.now, kMostTrips);
}

Result<TripView> find_trip(store::Tx& tx, Caller caller, core::TripId id) {
    TRY(Trip trip, store::trips::find(tx, caller.account, id));
    return view_trip(tx, caller, std::move(trip));
}

Result<TripView> change_trip(store::Tx& tx, Caller caller, TripChange change) {
    TRY(Trip trip, store::trips::find(tx, caller.account, change.trip));
    core::TripFrame& frame = trip.frame;
    frame.when = {change.start.value_or(frame.when.start), change.end.value_or(frame.when.end)};
    if (change.stay) frame.stay = std::string(trim(*change.stay));
    frame.stay_at = change.stay_at.value_or(frame.stay_at);
    frame.most_a_day = change.most_a_day.value_or(frame.most_a_day);
    frame.within_km = change.within_km.value_or(frame.within_km);
    auto known = store::trips::parts(tx, caller.account, trip.id);
    // What was pinned to a day that the trip no longer has is free again.
    for (Part& part : known)
        if (part.is_pinned && part.when && !part.meeting &&
            (part.when->start < frame.when.start || part.when->end > frame.when.end))
            part.is_pinned = false;
    CHECK(replan(tx, caller, trip, std::move(known)));
    return view_trip(tx, caller, std::move(trip));
}

Result<TripView> replan_trip(store::Tx& tx, Caller caller, core::TripId id) {
    TRY(Trip trip, store::trips::find(tx, caller.account, id));
    CHECK(replan(tx, caller, trip, store::trips::parts(tx, caller.account, id)));
    return view_trip(tx, caller, std::move(trip));
}

Result<Done> remove_trip(store::Tx& tx, Caller caller, core::TripId id) {
    TRY(const Trip trip, store::trips::find(tx, caller.account, id));
    store::trips::remove(tx, caller.account, trip.id);
    return Done{};
}

Result<TripView> move_on_trip(store::Tx& tx, Caller caller, TripMove move) {
    TRY(Trip trip, store::trips::find(tx, caller.account, move.trip));
    auto known = store::trips::parts(tx, caller.account, trip.id);
    auto part = std::ranges::find(known, move.person, &Part::person);
    if (part == known.end()) {
        TRY(Part added, new_part(tx, caller, trip.frame, move.person));
        known.push_back(std::move(added));
        part = known.end() - 1;
    }
    const bool is_asked = part->proposed && is_settled(*part);
    if (is_asked)
        return Error(Fault::conflict, "trip.proposed",
                     "They have been asked; to change it, change or cancel the meeting itself.");
    CHECK(apply(tx, caller, trip, *part, move));
    if (!move.start && !move.wanted) {
        store::trips::save_parts(tx, caller.account, trip.id, known);
        return view_trip(tx, caller, std::move(trip));
    }
    TRY(const TripPlanned planned, replan(tx, caller, trip, std::move(known)));
    if (move.start && !planned.clashing.empty())
        return Error(Fault::conflict, "trip.clash",
                     "That hour leaves no time for another meeting that is settled, or for the way to it.")
            .at("start");
    return view_trip(tx, caller, std::move(trip));
}

Result<Done> share_trip(store::Tx& tx, Caller caller, core::TripId trip, std::string handle) {
    TRY(const Trip found, store::trips::find(tx, caller.account, trip));
    TRY(const core::AccountId with, to_share_with(tx, caller, handle));
    store::trips::share(tx, caller.account, found.id, with, caller.now);
    return Done{};
}

Result<Done> unshare_trip(store::Tx& tx, Caller caller, core::TripId trip, std::string handle) {
    TRY(const Trip found, store::trips::find(tx, caller.account, trip));
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    store::trips::unshare(tx, caller.account, found.id, account.id);
    return Done{};
}

}  // namespace vv::app
