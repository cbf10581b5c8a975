#include "core/trips.h"

#include "core/trips/solve.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace vv::core {
namespace {

using trips::Problem;
using trips::Ticks;
using trips::Visit;

constexpr int kGrid = 5;  // minutes
constexpr auto kLongest = std::chrono::days(366);
constexpr std::size_t kMostDays = 60;
constexpr double kWorthUnit = 0.001;

Error refused(const char* code, const char* detail) {
    return {Fault::invalid, code, detail};
}

Result<Done> check_days(const Trip& trip) {
    if (trip.days.size() > kMostDays) return refused("trip.too_long", "A trip has at most 60 days.");
    for (std::size_t i = 0; i < trip.days.size(); ++i) {
        const TripDay& day = trip.days[i];
        if (day.when.end < day.when.start)
            return refused("trip.day_reversed", "A day of the trip ends before it begins.");
        if (i > 0 && day.when.start < trip.days[i - 1].when.end)
            return refused("trip.days_overlap", "The days of a trip follow each other.");
        if (!day.begins.is_valid() || !day.ends.is_valid())
            return refused("trip.nowhere", "A day begins or ends at a place that is not on the earth.");
    }
    if (!trip.days.empty() && trip.days.back().when.end - trip.days.front().when.start > kLongest)
        return refused("trip.too_long", "A trip lasts at most a year.");
    if (trip.rest < Minutes(0) || trip.rest > kLongest)
        return refused("trip.rest_out_of_range", "The rest between meetings is not negative.");
    return Done{};
}

Result<Done> check_candidates(const Trip& trip) {
    std::set<PersonId> seen;
    for (const TripCandidate& c : trip.candidates) {
        if (!seen.insert(c.person).second)
            return refused("trip.person_twice", "A person is a candidate once, with all their windows.");
        if (!c.at.is_valid()) return refused("trip.nowhere", "A candidate's place is not on the earth.");
        if (!(c.worth >= 0 && c.worth <= 1000))
            return refused("trip.worth_out_of_range", "A worth lies between 0 and 1,000.");
        if (c.duration < Minutes(0) || c.duration > kLongest)
            return refused("trip.duration_out_of_range", "A meeting's duration is not negative.");
        if (c.fixed && c.fixed->end < c.fixed->start)
            return refused("trip.window_reversed", "A fixed meeting ends before it begins.");
        for (const TripWindow& w : c.windows)
            if (w.free.end < w.free.start)
                return refused("trip.window_reversed", "A window ends before it begins.");
    }
    return Done{};
}

Ticks down_to_grid(std::int64_t minutes) {
    const std::int64_t past = (minutes % kGrid + kGrid) % kGrid;
    return static_cast<Ticks>(minutes - past);
}
Ticks up_to_grid(std::int64_t minutes) {
    return down_to_grid(minutes + kGrid - 1);
}

Span overlap(Span a, Span b) {
    return {std::max(a.start, b.start), std::min(a.end, b.end)};
}

// What a visit of the problem stands for.
struct Meaning {
    std::size_t candidate = 0;
    Meal meal = Meal::none;
};

class Translation {
public:
    explicit Translation(const Trip& trip) : trip_(trip) {
        if (!trip.days.empty())
            origin_ = std::chrono::floor<std::chrono::hours>(trip.days.front().when.start);
        for (const TripDay& day : trip.days) {
            const int begins = place(day.begins), ends = place(day.ends);
            const Ticks leaves = up_to_grid(ceil(day.when.start));
            problem_.days.push_back({begins, ends, leaves,
                                     std::max(leaves, down_to_grid(floor(day.when.end))),
                                     std::clamp(day.most, 0, 1 << 20)});
        }
        for (std::size_t i = 0; i < trip.candidates.size(); ++i) add(i);
        problem_.rest = up_to_grid(trip.rest.count());
        problem_.travel = [this](int from, int to) { return up_to_grid(way(at(from), at(to)).count()); };
    }
    Translation(const Translation&) = delete;
    Translation& operator=(const Translation&) = delete;

    [[nodiscard]] const Problem& problem() const { return problem_; }

    [[nodiscard]] TripPlan back(const trips::Plan& plan) const {
        TripPlan out;
        std::set<PersonId> met;
        for (std::size_t day = 0; day < plan.days.size(); ++day) {
            LatLng here = trip_.days[day].begins;
            for (const trips::Stop& stop : plan.days[day]) {
                out.meetings.push_back(meeting(stop, day, here));
                here = out.meetings.back().at;
                met.insert(out.meetings.back().person);
            }
        }
        for (const TripCandidate& c : trip_.candidates)
            if (!met.contains(c.person)) (c.fixed ? out.clashing : out.left_out).push_back(c.person);
        std::ranges::sort(out.left_out);
        std::ranges::sort(out.clashing);
        out.worth = static_cast<double>(plan.worth) * kWorthUnit;
        out.bound = static_cast<double>(plan.bound) * kWorthUnit;
        return out;
    }

private:
    int place(LatLng where) {
        places_.push_back(where);
        return static_cast<int>(places_.size()) - 1;
    }
    [[nodiscard]] LatLng at(int place) const { return places_[static_cast<std::size_t>(place)]; }

    [[nodiscard]] Minutes way(LatLng from, LatLng to) const {
        if (from == to) return Minutes(0);
        if (trip_.travel) return std::clamp(trip_.travel(from, to), Minutes(0), Minutes(kLongest));
        return Minutes(static_cast<int>(std::ceil(travel_minutes(trip_.mode, distance_km(from, to)))));
    }

    // Whole minutes of the trip before or at, and after or at.
    [[nodiscard]] std::int64_t floor(Instant t) const {
        return std::chrono::floor<std::chrono::minutes>(t - origin_).count();
    }
    [[nodiscard]] std::int64_t ceil(Instant t) const {
        return std::chrono::ceil<std::chrono::minutes>(t - origin_).count();
    }

    void add(std::size_t candidate) {
        const TripCandidate& c = trip_.candidates[candidate];
        const int where = place(c.at);
        if (c.fixed) return add_fixed(candidate, where);
        for (const Meal meal : {Meal::none, Meal::lunch, Meal::dinner}) {
            Visit visit = visit_of(candidate, where, meal);
            visit.duration = up_to_grid(c.duration.count());
            for (const TripWindow& w : c.windows)
                if (w.meal == meal)
                    for (const TripDay& day : trip_.days)
                        add_window(visit, overlap(overlap(w.free, day.when), hours_of(meal, day)));
            if (visit.windows.empty()) continue;
            problem_.visits.push_back(std::move(visit));
            meanings_.push_back({candidate, meal});
        }
    }

    // At its time to the minute, whether that is on the grid or not.
    void add_fixed(std::size_t candidate, int where) {
        const TripCandidate& c = trip_.candidates[candidate];
        Visit visit = visit_of(candidate, where, c.fixed_meal);
        visit.must = true;
        for (const TripDay& day : trip_.days) {
            if (c.fixed->start < day.when.start || c.fixed->end > day.when.end) continue;
            const auto start = static_cast<Ticks>(floor(c.fixed->start));
            visit.windows = {{start, start}};
            visit.duration = static_cast<Ticks>(ceil(c.fixed->end)) - start;
        }
        problem_.visits.push_back(std::move(visit));
        meanings_.push_back({candidate, c.fixed_meal});
    }

    [[nodiscard]] Visit visit_of(std::size_t candidate, int where, Meal meal) const {
        Visit visit;
        visit.place = where;
        visit.worth = std::llround(trip_.candidates[candidate].worth / kWorthUnit);
        visit.person = static_cast<int>(candidate);
        visit.meal = static_cast<int>(meal);
        return visit;
    }

    void add_window(Visit& visit, Span free) const {
        if (free.end < free.start) return;
        const Ticks from = up_to_grid(ceil(free.start));
        const Ticks until = down_to_grid(floor(free.end)) - visit.duration;
        if (from <= until) visit.windows.push_back({from, until});
    }

    [[nodiscard]] Span hours_of(Meal meal, const TripDay& day) const {
        if (meal == Meal::none) return day.when;
        const MealHours& hours = meal == Meal::lunch ? trip_.lunch : trip_.dinner;
        const WallTime midnight = std::chrono::local_days(trip_.zone.date_of(day.when.start));
        return {trip_.zone.to_utc(midnight + hours.from), trip_.zone.to_utc(midnight + hours.until)};
    }

    [[nodiscard]] TripMeeting meeting(const trips::Stop& stop, std::size_t day, LatLng before) const {
        const Meaning& meaning = meanings_[static_cast<std::size_t>(stop.visit)];
        const TripCandidate& c = trip_.candidates[meaning.candidate];
        const Instant start = origin_ + Minutes(stop.start);
        return {c.person,
                c.fixed.value_or(Span{start, start + c.duration}),
                day,
                c.at,
                meaning.meal,
                way(before, c.at),
                c.fixed.has_value()};
    }

    const Trip& trip_;
    Instant origin_;
    Problem problem_;
    std::vector<LatLng> places_;
    std::vector<Meaning> meanings_;  // by visit
};

Result<TripCandidate*> find(Trip& trip, PersonId person) {
    const auto found = std::ranges::find(trip.candidates, person, &TripCandidate::person);
    if (found == trip.candidates.end())
        return Error(Fault::not_found, "trip.no_candidate", "This person is not a candidate of the trip.");
    return &*found;
}

}  // namespace

Result<TripPlan> plan_trip(const Trip& trip, const trips::Effort& effort, int bound_rounds) {
    CHECK(check_days(trip));
    CHECK(check_candidates(trip));
    const Translation translation(trip);
    TRY(const auto plan, trips::solve(translation.problem(), effort, bound_rounds));
    return translation.back(plan);
}

Result<Done> keep(Trip& trip, const TripMeeting& meeting) {
    TRY(TripCandidate * candidate, find(trip, meeting.person));
    candidate->fixed = meeting.when;
    candidate->fixed_meal = meeting.meal;
    return Done{};
}

Result<Done> let_go(Trip& trip, PersonId person) {
    TRY(TripCandidate * candidate, find(trip, person));
    candidate->fixed.reset();
    candidate->windows.clear();
    return Done{};
}

}  // namespace vv::core
