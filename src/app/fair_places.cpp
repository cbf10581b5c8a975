#include "app/fair_places.h"

#include "base/text.h"
#include "core/cities.h"
#include "store/accounts.h"
#include "store/meetings.h"
#include "store/own_venues.h"
#include "store/people.h"
#include "store/venues.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace vv::app {
namespace {

using store::own_venues::OwnVenue;
using Source = FairPlaceFound::Source;

constexpr std::size_t kSpare = 5;  // may be the same places again, from another source
constexpr double kSamePlaceKm = 0.15;
constexpr int kStep = 5;  // minutes
// Middles of these are all that a router is told of places and of where the caller is.
constexpr double kToldDegrees = 0.01;

/// Who comes from where: the caller first, then the other one if that is known.
struct Ways {
    std::vector<core::Traveller> travellers;
    [[nodiscard]] bool knows_theirs() const { return travellers.size() > 1; }
};

Result<LatLng> start_of(store::Tx& tx, const Caller& caller, const FairPlaceWanted& wanted) {
    if (wanted.from) return *wanted.from;
    const auto account = store::accounts::find(tx, caller.account);
    if (!account || !account->home)
        return Error(Fault::invalid, "place.home",
                     "Say where you come from: your home in the settings, or a place for this once.");
    return account->home->at;
}

Result<Ways> ways_of(store::Tx& tx, const Caller& caller, const FairPlaceWanted& wanted) {
    if (!wanted.city.empty()) {
        const auto city = core::city_of(wanted.city);
        if (!city)
            return Error(Fault::invalid, "place.city",
                         "No city is called '" + wanted.city + "'; write it as on a map.");
        return Ways{
            {{wanted.from.value_or(city->at), wanted.by}, {snap_to_cell(city->at), wanted.their_way}}};
    }
    TRY(const LatLng from, start_of(tx, caller, wanted));
    Ways ways{{{from, wanted.by}}};
    if (!wanted.person) return ways;
    const auto people = store::people::load(tx, caller.account, std::vector{*wanted.person});
    if (!people.empty() && people.front().at)
        ways.travellers.push_back({snap_to_cell(*people.front().at), wanted.their_way});
    return ways;
}

/// The database behind core's search.
class Hunt {
public:
    Hunt(store::Tx& tx, core::AccountId owner, core::FairSearch search, core::VenueFilter filter)
        : tx_(tx), owner_(owner), search_(std::move(search)), filter_(filter) {}

    void run() {
        do {
            take_own();
            search_.look_at(store::venues::cells(tx_, search_.region(), filter_));
            for (auto cells = search_.wanted(); !cells.empty(); cells = search_.wanted())
                for (const auto& venue : store::venues::in_cells(tx_, cells, filter_))
                    search_.take(static_cast<std::uint64_t>(venue.id.value), venue.at, venue.bits);
        } while (search_.widen());
    }

    /// The best, without doubles.
    std::vector<FairPlaceFound> places(std::size_t limit) {
        const auto best = search_.best();
        std::vector<core::VenueId> ids;
        for (const auto& one : best) ids.push_back(core::VenueId{static_cast<std::int64_t>(one.venue)});
        std::unordered_map<core::VenueId, core::VenueEntry> mapped;
        for (auto& venue : store::venues::load(tx_, ids)) mapped.emplace(venue.id, std::move(venue.entry));
        std::vector<FairPlaceFound> found;
        for (const core::VenueId id : ids) {
            FairPlaceFound place;
            place.id = id;
            if (const auto own = own_.find(id); own != own_.end()) {
                place.source = own->second.is_by_hand ? Source::owner : Source::check_in;
                place.entry = own->second.entry;
            } else if (const auto map = mapped.find(id); map != mapped.end()) {
                place.entry = map->second;
            }
            if (found.size() < limit && !is_double(found, place.entry)) found.push_back(std::move(place));
        }
        return found;
    }

private:
    void take_own() {
        for (OwnVenue& venue : store::own_venues::in_region(tx_, owner_, search_.region())) {
            const core::VenueId id = venue.id;
            const auto [at, is_new] = own_.emplace(id, std::move(venue));
            if (is_new)
                search_.take(static_cast<std::uint64_t>(id.value), at->second.entry.at,
                             at->second.entry.bits());
        }
    }

    static bool is_double(const std::vector<FairPlaceFound>& found, const core::VenueEntry& entry) {
        return std::ranges::any_of(found, [&](const FairPlaceFound& other) {
            return distance_km(other.entry.at, entry.at) < kSamePlaceKm &&
                   fold(other.entry.name) == fold(entry.name);
        });
    }

    store::Tx& tx_;
    core::AccountId owner_;
    core::FairSearch search_;
    core::VenueFilter filter_;
    std::unordered_map<core::VenueId, OwnVenue> own_;
};

int estimated(const core::Traveller& traveller, LatLng place) {
    return core::ways_to(place, std::span(&traveller, 1)).longest_minutes;
}

void tell_minutes(FairPlaceFound& place, const std::vector<int>& exact) {
    place.my_minutes = exact[0];
    if (exact.size() > 1) place.their_minutes = std::max(kStep, (exact[1] + kStep - 1) / kStep * kStep);
}

/// Where a traveller starts, as a router may be told: of the other one no more is known here.
LatLng told_start(const FairPlaces& found, std::size_t traveller) {
    const LatLng from = found.travellers[traveller].from;
    return traveller == 0 ? snap_to_cell(from, kToldDegrees) : from;
}
LatLng told_place(const FairPlaceFound& place) {
    return snap_to_cell(place.entry.at, kToldDegrees);
}

std::vector<int> minutes_to(const FairPlaceFound& place, const FairPlaces& found,
                            const core::TravelTable& told, core::TravelMode by) {
    std::vector<int> minutes;
    for (std::size_t i = 0; i < found.travellers.size(); ++i) {
        const LatLng from = told_start(found, i), to = told_place(place);
        // Within a cell a router knows nothing.
        const auto way =
            found.travellers[i].mode == by && !(from == to) ? told.minutes(from, to) : std::nullopt;
        minutes.push_back(way.value_or(estimated(found.travellers[i], place.entry.at)));
    }
    return minutes;
}

}  // namespace

Result<FairPlaces> find_fair_places(store::Tx& tx, Caller caller, FairPlaceWanted wanted) {
    FairPlaces answer;
    if (wanted.person) {
        TRY(const auto invitee, store::meetings::invitee(tx, caller.account, *wanted.person));
        if (invitee.is_blocked)
            return Error(Fault::conflict, "meeting.you_blocked",
                         "You have blocked this person; unblock them first.");
        answer.person = wanted.person;
        answer.with_name = invitee.name;
        answer.is_first = !invitee.first_met;
    }
    TRY(const Ways ways, ways_of(tx, caller, wanted));
    const core::VenueWishes wishes{wanted.kind, answer.is_first, wanted.quiet, wanted.step_free,
                                   wanted.outdoor};
    const core::VenueFilter filter = core::filter_for(wishes);
    TRY(auto search, core::FairSearch::create(ways.travellers, filter, wanted.limit + wanted.spare + kSpare));
    Hunt hunt(tx, caller.account, std::move(search), filter);
    hunt.run();
    answer.places = hunt.places(wanted.limit + wanted.spare);
    answer.knows_theirs = ways.knows_theirs();
    answer.travellers = ways.travellers;
    for (FairPlaceFound& place : answer.places) {
        std::vector<int> minutes;
        for (const core::Traveller& one : ways.travellers) minutes.push_back(estimated(one, place.entry.at));
        tell_minutes(place, minutes);
    }
    return answer;
}

std::vector<LatLng> cells_to_ask(const FairPlaces& found, core::TravelMode by) {
    std::vector<LatLng> cells;
    const auto add = [&cells](LatLng cell) {
        if (std::ranges::find(cells, cell) == cells.end() && cells.size() < core::kMostTablePlaces)
            cells.push_back(cell);
    };
    for (std::size_t i = 0; i < found.travellers.size(); ++i)
        if (found.travellers[i].mode == by) add(told_start(found, i));
    if (cells.empty()) return cells;
    for (const FairPlaceFound& place : found.places) add(told_place(place));
    return cells;
}

void choose_by_router(FairPlaces& found, const core::TravelTable& told, core::TravelMode by,
                      std::size_t limit) {
    found.is_by_router = !told.places().empty();
    if (found.is_by_router) {
        struct Asked {
            int longest = 0, total = 0;
            FairPlaceFound place;
        };
        std::vector<Asked> all;
        for (FairPlaceFound& place : found.places) {
            const std::vector<int> minutes = minutes_to(place, found, told, by);
            tell_minutes(place, minutes);
            all.push_back({std::ranges::max(minutes), std::accumulate(minutes.begin(), minutes.end(), 0),
                           std::move(place)});
        }
        std::ranges::stable_sort(all, {}, [](const Asked& one) { return std::pair(one.longest, one.total); });
        found.places.clear();
        for (Asked& one : all) found.places.push_back(std::move(one.place));
    }
    if (found.places.size() > limit) found.places.resize(limit);
}

}  // namespace vv::app
