#include "core/fair_place.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace vv::core {
namespace {

constexpr double kEarthRadiusKm = 6371.0088;  // as base/geo's
constexpr std::uint32_t kLeaf = 12;
constexpr std::size_t kMostTravellers = 50;

// The shortest way on the sphere between points whose straight distance squared, in radii, is given.
double km_of(double chord_squared) {
    return 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(chord_squared) / 2));
}

// Rounded up, but for what is whole but for the last digits.
int whole_minutes(TravelMode mode, double chord_squared) {
    return static_cast<int>(std::ceil(travel_minutes(mode, km_of(chord_squared)) - 1e-6));
}

auto rank(const FairPlace& place) {
    return std::tuple(place.longest_minutes, place.total_minutes, place.venue);
}

}  // namespace

VenueIndex::Point VenueIndex::on_sphere(LatLng place) {
    const double lat = place.lat * std::numbers::pi / 180, lng = place.lng * std::numbers::pi / 180;
    return {{std::cos(lat) * std::cos(lng), std::cos(lat) * std::sin(lng), std::sin(lat)}};
}

VenueIndex::VenueIndex(std::span<const Venue> venues) {
    for (std::size_t i = 0; i < venues.size(); ++i)
        if (venues[i].at.is_valid())
            entries_.push_back({on_sphere(venues[i].at), venues[i].features, static_cast<std::uint32_t>(i)});
    if (!entries_.empty()) build(0, static_cast<std::uint32_t>(entries_.size()));
}

// Halves along the widest side until few are left; the box's number.
std::uint32_t VenueIndex::build(std::uint32_t begin, std::uint32_t end) {
    Box box{{{2, 2, 2}}, {{-2, -2, -2}}, 0, begin, end, 0, 0};
    for (std::uint32_t i = begin; i < end; ++i) {
        box.features |= entries_[i].features;
        for (int a = 0; a < 3; ++a) {
            box.low.axis[a] = std::min(box.low.axis[a], entries_[i].at.axis[a]);
            box.high.axis[a] = std::max(box.high.axis[a], entries_[i].at.axis[a]);
        }
    }
    const auto number = static_cast<std::uint32_t>(boxes_.size());
    boxes_.push_back(box);
    if (end - begin <= kLeaf) return number;
    int widest = 0;
    for (int a = 1; a < 3; ++a)
        if (box.high.axis[a] - box.low.axis[a] > box.high.axis[widest] - box.low.axis[widest]) widest = a;
    const std::uint32_t middle = begin + (end - begin) / 2;
    std::nth_element(entries_.begin() + begin, entries_.begin() + middle, entries_.begin() + end,
                     [&](const Entry& x, const Entry& y) {
                         return std::tie(x.at.axis[widest], x.venue) < std::tie(y.at.axis[widest], y.venue);
                     });
    const std::uint32_t left = build(begin, middle), right = build(middle, end);
    boxes_[number].left = left, boxes_[number].right = right;
    return number;
}

// One search: the best so far, and what a box can promise.
class VenueIndex::Hunt {
public:
    Hunt(const VenueIndex& index, std::span<const Traveller> travellers, VenueFilter filter,
         std::size_t limit)
        : index_(index), filter_(filter), limit_(limit) {
        for (const Traveller& t : travellers) from_.push_back({on_sphere(t.from), t.mode});
    }

    std::vector<FairPlace> run() {
        if (!index_.boxes_.empty() && limit_ > 0 && may_hold(index_.boxes_[0])) visit(0);
        std::ranges::sort(best_, {}, rank);
        return std::move(best_);
    }

private:
    struct From {
        Point at;
        TravelMode mode;
    };

    [[nodiscard]] bool passes(std::uint32_t features) const {
        return (features & filter_.all_of) == filter_.all_of &&
               (filter_.any_of == 0 || (features & filter_.any_of) != 0);
    }
    [[nodiscard]] bool may_hold(const Box& box) const { return passes(box.features); }

    // No venue in the box is nearer to anybody than the box itself. A sum of squares rounds the same way for
    // smaller parts, so the promise holds in binary as well, but for asin's last digit; whole minutes hide
    // it.
    [[nodiscard]] FairPlace promise(const Box& box) const {
        FairPlace out;
        for (const From& from : from_) {
            double squared = 0;
            for (int a = 0; a < 3; ++a) {
                const double x = from.at.axis[a];
                const double gap = x < box.low.axis[a]    ? box.low.axis[a] - x
                                   : x > box.high.axis[a] ? x - box.high.axis[a]
                                                          : 0;
                squared += gap * gap;
            }
            add(out, whole_minutes(from.mode, squared));
        }
        return out;
    }

    [[nodiscard]] FairPlace ways(const Entry& entry) const {
        FairPlace out{entry.venue, 0, 0};
        for (const From& from : from_) {
            double squared = 0;
            for (int a = 0; a < 3; ++a) {
                const double gap = std::abs(from.at.axis[a] - entry.at.axis[a]);
                squared += gap * gap;
            }
            add(out, whole_minutes(from.mode, squared));
            if (best_.size() == limit_ && out.longest_minutes > best_.front().longest_minutes) break;
        }
        return out;
    }

    static void add(FairPlace& out, int minutes) {
        out.longest_minutes = std::max(out.longest_minutes, minutes);
        out.total_minutes += minutes;
    }

    // best_ is a heap with the worst of the best in front.
    void keep(const FairPlace& place) {
        const auto better = [](const FairPlace& x, const FairPlace& y) { return rank(x) < rank(y); };
        if (best_.size() == limit_) {
            if (!better(place, best_.front())) return;
            std::ranges::pop_heap(best_, better);
            best_.pop_back();
        }
        best_.push_back(place);
        std::ranges::push_heap(best_, better);
    }

    [[nodiscard]] bool is_hopeless(const FairPlace& promised) const {
        if (best_.size() < limit_) return false;
        const FairPlace& worst = best_.front();
        return std::tie(promised.longest_minutes, promised.total_minutes) >
               std::tie(worst.longest_minutes, worst.total_minutes);
    }

    void visit(std::uint32_t number) {
        const Box& box = index_.boxes_[number];
        if (box.left == 0) {
            for (std::uint32_t i = box.begin; i < box.end; ++i)
                if (passes(index_.entries_[i].features)) keep(ways(index_.entries_[i]));
            return;
        }
        struct Child {
            FairPlace promised;
            std::uint32_t number;
        };
        Child children[2] = {{promise(index_.boxes_[box.left]), box.left},
                             {promise(index_.boxes_[box.right]), box.right}};
        if (rank(children[1].promised) < rank(children[0].promised)) std::swap(children[0], children[1]);
        for (const Child& child : children)
            if (may_hold(index_.boxes_[child.number]) && !is_hopeless(child.promised)) visit(child.number);
    }

    const VenueIndex& index_;
    VenueFilter filter_;
    std::size_t limit_;
    std::vector<From> from_;
    std::vector<FairPlace> best_;
};

Result<std::vector<FairPlace>> VenueIndex::fair_places(std::span<const Traveller> travellers,
                                                       VenueFilter filter, std::size_t limit) const {
    if (travellers.empty() || travellers.size() > kMostTravellers)
        return Error(Fault::invalid, "place.travellers", "A place is sought for one to fifty people.");
    for (const Traveller& traveller : travellers)
        if (!traveller.from.is_valid())
            return Error(Fault::invalid, "place.nowhere",
                         "Somebody comes from a place that is not on the earth.");
    return Hunt(*this, travellers, filter, std::min(limit, entries_.size())).run();
}

FairPlace ways_to(LatLng place, std::span<const Traveller> travellers) {
    FairPlace out;
    for (const Traveller& t : travellers) {
        const int minutes =
            static_cast<int>(std::ceil(travel_minutes(t.mode, distance_km(t.from, place)) - 1e-6));
        out.longest_minutes = std::max(out.longest_minutes, minutes);
        out.total_minutes += minutes;
    }
    return out;
}

}  // namespace vv::core
