#include "core/fair_search.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace vv::core {
namespace {

constexpr std::size_t kMostTravellers = 50;
constexpr double kFirstMargin = 0.03;  // degrees: three kilometres
constexpr double kLastMargin =
    0.5;  // beyond all of them, over fifty kilometres: who goes so far for a coffee
constexpr int kMostVenues = 30'000;  // looked at for one answer
constexpr int kVenuesAtOnce = 400;
constexpr double kKmADegree = 111.195;  // of a great circle, base/geo's radius
constexpr double kFarthestWayKm = 1'000;
constexpr int kStepsToMiddle = 32;

int whole_minutes(TravelMode mode, double km) {
    return static_cast<int>(std::ceil(travel_minutes(mode, std::max(0.0, km)) - 1e-6));
}

// How far anybody comes in so many minutes.
double farthest_km(TravelMode mode, int minutes) {
    if (whole_minutes(mode, kFarthestWayKm) <= minutes) return kFarthestWayKm;
    double near = 0, far = kFarthestWayKm;
    for (int i = 0; i < 40; ++i) {
        const double half = (near + far) / 2;
        (whole_minutes(mode, half) <= minutes ? near : far) = half;
    }
    return far;
}

double degrees_of(double radians) {
    return radians * 180 / std::numbers::pi;
}
double radians_of(double degrees) {
    return degrees * std::numbers::pi / 180;
}

/// How many degrees of longitude a circle of this radius reaches to either side of its centre.
double half_width(LatLng centre, double degrees) {
    if (std::abs(centre.lat) + degrees >= 90) return 360;
    return degrees_of(std::asin(std::sin(radians_of(degrees)) / std::cos(radians_of(centre.lat))));
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

bool is_within(const CellRegion& inner, const CellRegion& outer) {
    return inner.low.row >= outer.low.row && inner.low.col >= outer.low.col &&
           inner.high.row <= outer.high.row && inner.high.col <= outer.high.col;
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
    LatLng low = travellers_.front().from, high = low;
    for (const Traveller& one : travellers_) {
        low = {std::min(low.lat, one.from.lat), std::min(low.lng, one.from.lng)};
        high = {std::max(high.lat, one.from.lat), std::max(high.lng, one.from.lng)};
    }
    // A degree of longitude shrinks towards the poles: the margin is one of latitude.
    const double farthest_north = std::max(std::abs(low.lat), std::abs(high.lat)) + kLastMargin;
    const double wide = kLastMargin / std::max(0.05, std::cos(radians_of(std::min(89.0, farthest_north))));
    farthest_ = {{low.lat - kLastMargin, low.lng - wide}, {high.lat + kLastMargin, high.lng + wide}};
    box_ = around_middle();
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
    return cells_of(box_);
}

CellRegion FairSearch::cells_of(const Box& box) {
    return {venue_cell_of({std::max(-90.0, box.low.lat), std::max(-180.0, box.low.lng)}),
            venue_cell_of({std::min(90.0, box.high.lat), std::min(180.0, box.high.lng)})};
}

// Near where the longest way is shortest, by steps towards whoever has it. Where the search begins is all
// that hangs on it.
LatLng FairSearch::middle() const {
    LatLng middle = travellers_.front().from;
    for (int step = 1; step <= kStepsToMiddle; ++step) {
        const auto& farthest = *std::ranges::max_element(travellers_, {}, [&](const Traveller& one) {
            return travel_minutes(one.mode, distance_km(one.from, middle));
        });
        middle.lat += (farthest.from.lat - middle.lat) / (step + 1);
        middle.lng += (farthest.from.lng - middle.lng) / (step + 1);
    }
    return middle;
}

FairSearch::Box FairSearch::around_middle() const {
    const LatLng at = middle();
    const double wide = half_width(at, margin_);
    return {{std::max(farthest_.low.lat, at.lat - margin_), std::max(farthest_.low.lng, at.lng - wide)},
            {std::min(farthest_.high.lat, at.lat + margin_), std::min(farthest_.high.lng, at.lng + wide)}};
}

// What everybody reaches within the longest way of the worst place kept, as a box around it.
std::optional<FairSearch::Box> FairSearch::reach() const {
    Box box = farthest_;
    for (const Traveller& one : travellers_) {
        const double km = farthest_km(one.mode, best_.back().ways.longest_minutes) + 0.01;
        const double high = km / kKmADegree * 1.0001, wide = half_width(one.from, high);
        box.low = {std::max(box.low.lat, one.from.lat - high), std::max(box.low.lng, one.from.lng - wide)};
        box.high = {std::min(box.high.lat, one.from.lat + high), std::min(box.high.lng, one.from.lng + wide)};
    }
    if (box.low.lat > box.high.lat || box.low.lng > box.high.lng) return std::nullopt;
    return box;
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
    if (looked_at_ >= kMostVenues) return false;
    const bool is_enough = best_.size() >= limit_;
    const std::optional<Box> all = is_enough ? reach() : farthest_;
    if (!all || is_within(cells_of(*all), region())) return false;
    margin_ *= 3;
    box_ = is_enough ? *all : around_middle();
    return true;
}

}  // namespace vv::core
