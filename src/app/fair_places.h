// app/fair_places.h — a fair place for a meeting: nobody travels long, and a first meeting is in public.
//
// Where the other one comes from is known no finer than the published cell (0.1 degrees): ways are reckoned
// from its middle, whatever the owner's record says, and told in steps of five minutes. The same question has
// the same answer, wherever the caller says to be.
#pragma once

#include "app/caller.h"
#include "core/fair_search.h"
#include "core/meetings.h"
#include "core/person.h"
#include "core/travel.h"
#include "core/travel_table.h"
#include "core/venues.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct FairPlaceWanted {
    std::optional<core::PersonId> person;  // whom to meet; nobody: places near the caller
    std::optional<core::MeetingKind> kind;
    bool quiet = false, step_free = false, outdoor = false;
    std::optional<LatLng> from;  // where the caller comes from; nothing: from home
    std::string city;            // where both will be, instead of their homes
    core::TravelMode by = core::TravelMode::transit;
    core::TravelMode their_way = core::TravelMode::transit;
    std::size_t limit = 5;
    std::size_t spare = 0;  // so many more by estimate, for a router to choose from
};

struct FairPlaceFound {
    enum class Source { map, check_in, owner };
    Source source = Source::map;
    core::VenueId id;
    core::VenueEntry entry;
    int my_minutes = 0;
    std::optional<int> their_minutes;  // about: rounded up to five
};
struct FairPlaces {
    std::optional<core::PersonId> person;
    std::string with_name;
    bool is_first = false;                    // then only what is open to everybody
    bool knows_theirs = false;                // where they come from
    bool is_by_router = false;                // ways are a router's, where it knows one
    std::vector<FairPlaceFound> places;       // best first
    std::vector<core::Traveller> travellers;  // the caller first; for whoever asks a router, and nobody else
};
/// Faults: core::FairSearch's; `not_found` person.unknown; `invalid` place.home when nobody knows where the
/// caller comes from, place.city; `conflict` meeting.you_blocked.
Result<FairPlaces> find_fair_places(store::Tx& tx, Caller caller, FairPlaceWanted wanted);

/// Between which places a router that knows the ways by `by` is to be asked, core::kMostTablePlaces at most:
/// middles of cells, of 0.01 degrees (a kilometre), the other one's start of 0.1. Nothing when nobody goes
/// so.
std::vector<LatLng> cells_to_ask(const FairPlaces& found, core::TravelMode by);
/// The `limit` best by what the router told; by estimate where it did not.
void choose_by_router(FairPlaces& found, const core::TravelTable& told, core::TravelMode by,
                      std::size_t limit);

}  // namespace vv::app
