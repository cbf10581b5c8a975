#include "app/trips_heal.h"

#include "app/trips_plan.h"
#include "app/trips_ways.h"
#include "store/accounts.h"
#include "store/trip_ways.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using core::MeetingState;
using store::trips::Part;

bool keeps_its_hour(const Part& part) {
    if (!part.proposed || !part.when) return false;
    switch (part.proposed->state) {
        case MeetingState::scheduled:
        case MeetingState::met:
            return part.proposed->agreed == part.when;
        case MeetingState::proposed:
            return part.proposed->offered == part.when;
        default:
            return false;
    }
}

// Whether nothing of the plan is touched by this meeting.
bool is_settled_with(const std::vector<Part>& parts, core::MeetingId meeting,
                     const std::optional<core::Agreement>& agreed) {
    const auto own = std::ranges::find(parts, meeting, &Part::meeting);
    if (own != parts.end())
        return keeps_its_hour(*own) || (!own->when && own->why != store::trips::Why::planned);
    return !agreed;
}

}  // namespace

void heal_trips(store::Tx& tx, core::AccountId owner, core::MeetingId meeting,
                const std::optional<core::Agreement>& agreed, Instant now) {
    const auto span = agreed ? std::optional(agreed->when) : std::nullopt;
    for (const core::TripId id : store::trips::touched(tx, owner, meeting, span)) {
        Result<store::trips::Trip> trip = store::trips::find(tx, owner, id);
        auto parts = store::trips::parts(tx, owner, id);
        if (!trip || trip->frame.when.end <= now || is_settled_with(parts, meeting, agreed)) continue;
        const auto account = store::accounts::find(tx, owner);
        if (!account) return;
        const core::TravelTable ways = store::trip_ways::find(tx, owner, id);
        const auto planned =
            plan_trip_of(tx, {owner, now, account->zone}, {trip->frame, std::move(parts), ways});
        if (!planned) continue;  // its frame was checked when it was made
        trip->worth = planned->worth;
        trip->bound = planned->bound;
        store::trips::save(tx, owner, *trip);
        store::trips::save_parts(tx, owner, id, planned->parts);
        want_ways(tx, owner, id, ways, planned->places, now);
    }
}

}  // namespace vv::app
