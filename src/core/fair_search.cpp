#include "core/fair_search.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace vv::core {
namespace {

constexpr std::size_t kMostTravellers = 50;
constexpr double kFirstMargin = 0.03;  // degrees: three kilometres
constexpr double kLastMargin = 0.5;    // over fifty kilometres: nobody goes farther for a coffee
constexpr int kMostVenues = 30'000;    // looked at for one answer
constexpr int kVenuesAtOnce = 400;
constexpr double kKmADegree = 111.195;  // of a great circle, base/geo's radius

int whole_minutes(TravelMode mode, double km) {
    return static_cast<int>(std::ceil(travel_minutes(mode, std::max(0.0, km)) - 1e-6));
}

void add(FairPlace& ways, int minutes) {
    ways.longest_minutes = std::max(ways.longest_minutes, minutes);
    ways.total_minutes += minutes;
}

auto rank(const FoundPlace& place) {
    return std::tuple(place.ways.longest_minutes, place.ways.total_minutes, place.venue);
}

LatLng corner(VenueCell cell, int rows, int cols) {
    return {(cell.row + rows) / 100.0, (cell.col + cols) / 100.0};
}

std::uint32_t kinds_for(MeetingKind meeting) {
    switch (meeting) {
        case MeetingKind::coffee:
            return bit_of(VenueKind::cafe);
        case MeetingKind::lunch:
            return bit_of(VenueKind::restaurant) | bit_of(VenueKind::cafe);
        case MeetingKind::dinner:
            return bit_of(VenueKind::restaurant) | bit_of(VenueKind::bar);
        case MeetingKind::walk:
            return bit_of(VenueKind::park);
        case MeetingKind::conference:
        case MeetingKind::gathering:
        case MeetingKind::visit:
            return 0;
    }
    return 0;
}

}  // namespace

VenueFilter filter_for(const VenueWishes& wishes) {
    VenueFilter filter;
    if (wishes.meeting) filter.any_of = kinds_for(*wishes.meeting);
    if (wishes.is_public) filter.all_of |= venue_feature::is_public;
    if (wishes.quiet) filter.all_of |= venue_feature::quiet;
    if (wishes.step_free) filter.all_of |= venue_feature::step_free;
    if (wishes.outdoor) filter.all_of |= venue_feature::outdoor;
    return filter;
}

FairSearch::FairSearch(std::vector<Traveller> travellers, VenueFilter filter, std::size_t limit)
    : travellers_(std::move(travellers)),
      filter_(filter),
      limit_(std::max<std::size_t>(1, limit)),
      margin_(kFirstMargin) {
    low_ = high_ = travellers_.front().from;
    for (const Traveller& one : travellers_) {
        low_ = {std::min(low_.lat, one.from.lat), std::min(low_.lng, one.from.lng)};
        high_ = {std::max(high_.lat, one.from.lat), std::max(high_.lng, one.from.lng)};
    }
}

Result<FairSearch> FairSearch::create(std::vector<Traveller> travellers, VenueFilter filter,
                                      std::size_t limit) {
    if (travellers.empty() || travellers.size() > kMostTravellers)
        return Error(Fault::invalid, "place.travellers", "A place is sought for one to fifty people.");
    for (const Traveller& one : travellers) {
        if (!one.from.is_valid())
            return Error(Fault::invalid, "place.nowhere",
                         "Somebody comes from a place that is not on the earth.");
        // Across the date line two neighbours are far apart here; no town lies on it.
        if (distance_km(one.from, travellers.front().from) > kFarthestKm ||
            std::abs(one.from.lng - travellers.front().from.lng) > 180)
            return Error(Fault::invalid, "place.far",
                         "They are too far apart for a place between them; say where you will both be.");
    }
    return FairSearch(std::move(travellers), filter, limit);
}

CellRegion FairSearch::region() const {
    // A degree of longitude shrinks towards the poles: the margin is one of latitude.
    const double farthest_north = std::max(std::abs(low_.lat), std::abs(high_.lat)) + margin_;
    const double shrink = std::max(0.05, std::cos(std::min(89.0, farthest_north) * std::numbers::pi / 180));
    const double wide = margin_ / shrink;
    return {venue_cell_of({std::max(-90.0, low_.lat - margin_), std::max(-180.0, low_.lng - wide)}),
            venue_cell_of({std::min(90.0, high_.lat + margin_), std::min(180.0, high_.lng + wide)})};
}

bool FairSearch::passes(std::uint32_t features) const {
    return (features & filter_.all_of) == filter_.all_of &&
           (filter_.any_of == 0 || (features & filter_.any_of) != 0);
}

// Nothing in a cell is nearer than its middle less the way from there to its farthest corner.
FairPlace FairSearch::promise(VenueCell cell) const {
    const LatLng middle{(cell.row + 0.5) / 100, (cell.col + 0.5) / 100};
    const double radius =
        std::max(distance_km(middle, corner(cell, 0, 0)), distance_km(middle, corner(cell, 1, 1)));
    FairPlace ways;
    for (const Traveller& one : travellers_)
        add(ways, whole_minutes(one.mode, distance_km(one.from, middle) - radius - 0.001));
    return ways;
}

// Who goes beyond the margin goes at least as far as it is wide: everybody begins inside of it.
FairPlace FairSearch::promise_outside() const {
    FairPlace ways;
    for (const Traveller& one : travellers_) add(ways, whole_minutes(one.mode, margin_ * kKmADegree * 0.98));
    return ways;
}

bool FairSearch::is_hopeless(const FairPlace& promised) const {
    if (best_.size() < limit_) return false;
    const FairPlace& worst = best_.back().ways;
    return std::tie(promised.longest_minutes, promised.total_minutes) >
           std::tie(worst.longest_minutes, worst.total_minutes);
}

void FairSearch::look_at(std::span<const VenueCellSummary> cells) {
    waiting_.clear();
    for (const VenueCellSummary& one : cells)
        if (passes(one.features) && !std::ranges::binary_search(done_, one.cell))
            waiting_.push_back({promise(one.cell), one.cell, one.venues});
    std::ranges::sort(waiting_, [](const Promised& a, const Promised& b) {
        return std::tuple(b.ways.longest_minutes, b.ways.total_minutes, b.cell) <
               std::tuple(a.ways.longest_minutes, a.ways.total_minutes, a.cell);
    });
}

std::vector<VenueCell> FairSearch::wanted() {
    std::vector<VenueCell> cells;
    for (int venues = 0; !waiting_.empty() && venues < kVenuesAtOnce; waiting_.pop_back()) {
        if (is_hopeless(waiting_.back().ways) || looked_at_ >= kMostVenues) break;
        venues += waiting_.back().venues;
        looked_at_ += waiting_.back().venues;
        cells.push_back(waiting_.back().cell);
    }
    done_.insert(done_.end(), cells.begin(), cells.end());
    std::ranges::sort(done_);
    return cells;
}

void FairSearch::take(std::uint64_t number, LatLng at, std::uint32_t features) {
    if (!passes(features) || !at.is_valid() || limit_ == 0) return;
    const FoundPlace place{number, ways_to(at, travellers_)};
    const auto where = std::ranges::upper_bound(best_, rank(place), {}, rank);
    if (where == best_.end() && best_.size() == limit_) return;
    best_.insert(where, place);
    if (best_.size() > limit_) best_.pop_back();
}

bool FairSearch::widen() {
    if (margin_ >= kLastMargin || looked_at_ >= kMostVenues || is_hopeless(promise_outside())) return false;
    margin_ = std::min(kLastMargin, margin_ * 3);
    return true;
}

}  // namespace vv::core
