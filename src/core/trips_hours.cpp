#include "core/trips_hours.h"

#include "core/free_time.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// A worth is counted in thousandths, as the planner does: sums of them are then exact.
constexpr double kWorthUnit = 0.001;

// A day is planned from so long before its first hour to so long after its last: for the ways.
constexpr hours kWay{3};

Error wrong(const char* code, const char* detail, const char* field) {
    return Error(Fault::invalid, code, detail).at(field);
}

WeekHours week_of(std::vector<HourRange> weekdays, std::vector<HourRange> weekends) {
    WeekHours week;
    for (std::size_t day = 0; day < week.size(); ++day) week.at(day) = day < 5 ? weekdays : weekends;
    return week;
}

WeekHours hours_for(Relation relation) {
    switch (relation) {
        case Relation::colleague:
        case Relation::customer:
        case Relation::competitor:
            return week_of({{hours(9), hours(22)}}, {});
        case Relation::friend_:
        case Relation::relative:
            return week_of({{minutes(690), minutes(870)}, {hours(17), hours(22)}}, {{hours(10), hours(22)}});
        case Relation::acquaintance:
        case Relation::stranger:
            return week_of({{minutes(690), minutes(870)}, {hours(16), hours(21)}}, {{hours(10), hours(20)}});
    }
    return {};
}

std::vector<Span> every_day(HourRange range, const Zone& zone, Span within) {
    MeetingHabits day;
    day.hours.fill({range});
    return meeting_hours(day, zone, within);
}

// What lies in both.
std::vector<Span> common(const std::vector<Span>& a, const std::vector<Span>& b, Span within) {
    return free_of(a, free_of({within}, b));
}

std::int64_t week_number(Instant at, const Zone& zone) {
    const auto day = std::chrono::local_days(zone.date_of(at)).time_since_epoch();
    return std::chrono::floor<std::chrono::weeks>(day + days(3)).count();  // 1970 began on a Thursday
}

// How many meetings the weeks of these days have room for beside those `before`, by week.
std::map<std::int64_t, int> room_in_weeks(const std::vector<TripDay>& trip_days, std::span<const Span> before,
                                          int a_week, const Zone& zone) {
    std::map<std::int64_t, int> left;
    for (const TripDay& day : trip_days) left[week_number(day.when.start, zone)] = a_week;
    for (const Span& meeting : before)
        if (const auto week = left.find(week_number(meeting.start, zone)); week != left.end()) --week->second;
    return left;
}

}  // namespace

Result<Done> check_frame(const TripFrame& frame) {
    if (!frame.at.is_valid())
        return wrong("trip.nowhere", "A latitude lies between -90 and 90, a longitude between -180 and 180.",
                     "at");
    if (!frame.stay_at.is_valid())
        return wrong("trip.nowhere", "Where one stays lies on the earth: LAT,LON in degrees.", "stay");
    if (frame.when.end <= frame.when.start)
        return wrong("trip.reversed", "A trip ends after it begins.", "end");
    if (frame.when.end - frame.when.start > days(kTripLimits.days))
        return wrong("trip.too_long", "A trip has at most 60 days; plan a longer one in parts.", "end");
    if (frame.most_a_day < 1 || frame.most_a_day > kTripLimits.most_a_day)
        return wrong("trip.most_a_day", "A day has between 1 and 12 meetings at most.", "most_a_day");
    if (!(frame.within_km >= kTripLimits.least_km && frame.within_km <= kTripLimits.most_km))
        return wrong("trip.within", "Around a trip's place, 1 to 200 kilometres are looked at.", "within_km");
    if (frame.place.size() > kTripLimits.name || frame.stay.size() > kTripLimits.name)
        return wrong("trip.name_too_long", "A place's name has at most 120 characters.", "place");
    return Done{};
}

std::vector<TripDay> days_of(const TripFrame& frame, std::span<const Span> hours_there,
                             std::span<const Span> fixed) {
    std::vector<TripDay> found;
    auto date = std::chrono::local_days(frame.zone.date_of(frame.when.start));
    for (Instant start = frame.when.start; start < frame.when.end;) {
        date += days(1);
        const Span whole{start, std::min(frame.when.end, frame.zone.start_of(Date(date)))};
        start = whole.end;
        Span needed{whole.end, whole.start};  // nothing yet
        const auto add = [&](Span span) {
            if (span.end <= whole.start || span.start >= whole.end) return;
            needed = {std::min(needed.start, span.start - kWay), std::max(needed.end, span.end + kWay)};
        };
        std::ranges::for_each(hours_there, add);
        std::ranges::for_each(fixed, add);
        if (needed.start >= needed.end) continue;
        const Span when{std::max(needed.start, whole.start), std::min(needed.end, whole.end)};
        found.push_back({when, frame.stay_at, frame.stay_at, frame.most_a_day});
    }
    return found;
}

std::vector<TripWindow> windows_of(const std::vector<Span>& free, const Zone& zone, Span within) {
    const Trip usual;
    const auto lunches = every_day({usual.lunch.from, usual.lunch.until}, zone, within);
    const auto dinners = every_day({usual.dinner.from, usual.dinner.until}, zone, within);
    auto meals = lunches;
    meals.insert(meals.end(), dinners.begin(), dinners.end());
    std::vector<TripWindow> windows;
    const auto add = [&](const std::vector<Span>& spans, Meal meal) {
        for (const Span& span : spans) windows.push_back({span, meal});
    };
    add(free_of(common(free, {within}, within), meals), Meal::none);
    add(common(free, lunches, within), Meal::lunch);
    add(common(free, dinners, within), Meal::dinner);
    return windows;
}

std::vector<Span> usual_hours(Relation relation, bool has_met, const Zone& zone, Span within) {
    MeetingHabits habits;
    habits.hours = hours_for(relation);
    const auto open = meeting_hours(habits, zone, within);
    if (has_met) return open;
    return common(open, every_day({hours(9), hours(18)}, zone, within), within);
}

Minutes usual_duration(Relation relation) {
    return relation == Relation::friend_ || relation == Relation::relative ? Minutes(90) : Minutes(60);
}

MeetingKind kind_at(Meal meal, MeetingIdea idea) {
    if (meal == Meal::lunch) return MeetingKind::lunch;
    if (meal == Meal::dinner) return MeetingKind::dinner;
    return idea == MeetingIdea::walk ? MeetingKind::walk : MeetingKind::coffee;
}

void keep_rest(std::vector<TripDay>& days_there, Minutes rest) {
    if (rest < hours(12)) return;
    const auto every = static_cast<std::size_t>(std::max<std::int64_t>(1, (rest + hours(23)) / hours(24)));
    for (std::size_t i = 0; i < days_there.size(); ++i) days_there[i].most = i % every == 0 ? 1 : 0;
}

bool keep_pace(std::vector<TripDay>& days, const std::vector<TripMeeting>& meetings,
               const std::vector<double>& worths, std::span<const Span> before, int a_week,
               const Zone& zone) {
    auto left = room_in_weeks(days, before, a_week, zone);
    std::vector<std::size_t> order(meetings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // What is fixed happens anyway and counts first.
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        if (meetings[a].is_fixed != meetings[b].is_fixed) return meetings[a].is_fixed;
        return worths[a] > worths[b];
    });
    std::vector<int> kept(days.size());
    bool is_over = false;
    for (const std::size_t at : order) {
        const TripMeeting& meeting = meetings[at];
        const bool has_room = left[week_number(meeting.when.start, zone)]-- > 0;
        if (has_room || meeting.is_fixed)
            ++kept[meeting.day];
        else
            is_over = true;
    }
    if (!is_over) return false;
    for (std::size_t day = 0; day < days.size(); ++day)
        if (left[week_number(days[day].when.start, zone)] <= 0) days[day].most = kept[day];
    return true;
}

double most_at_pace(const Trip& trip, std::span<const Span> before, int a_week) {
    auto left = room_in_weeks(trip.days, before, a_week, trip.zone);
    std::int64_t sum = 0;
    std::vector<std::int64_t> others;
    for (const TripCandidate& candidate : trip.candidates) {
        const std::int64_t worth = std::llround(candidate.worth / kWorthUnit);
        if (candidate.fixed) {
            sum += worth;
            --left[week_number(candidate.fixed->start, trip.zone)];
        } else if (!candidate.windows.empty()) {
            others.push_back(worth);
        }
    }
    std::size_t room = 0;
    for (const auto& [week, count] : left) room += static_cast<std::size_t>(std::max(0, count));
    std::ranges::sort(others, std::ranges::greater{});
    others.resize(std::min(room, others.size()));
    return static_cast<double>(std::reduce(others.begin(), others.end(), sum)) * kWorthUnit;
}

}  // namespace vv::core
