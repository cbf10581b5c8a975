#include "core/free_time.h"

#include <algorithm>
#include <bit>
#include <string>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

Error invalid(std::string code, std::string detail) {
    return {Fault::invalid, "free_time." + std::move(code), std::move(detail)};
}

Result<Done> check(std::size_t people, const SlotSearch& search) {
    if (people == 0 || people > kMostPeopleAtOnce)
        return invalid("people", "Common free time is sought for up to fifty people.");
    if (search.duration < minutes(5) || search.duration > days(7))
        return invalid("duration", "A meeting lasts between five minutes and seven days.");
    if (search.step < minutes(1) || search.step > days(1))
        return invalid("step", "Slots begin every minute to every day.");
    if (search.within.end < search.within.start || search.within.end - search.within.start > days(366))
        return invalid("days", "The last day must not come before the first nor a year after it.");
    return Done{};
}

// Sorted and joined, without what is empty. Mostly a calendar comes in order, with something behind it.
std::vector<Span> joined(std::vector<Span> spans) {
    const auto tail = std::ranges::is_sorted_until(spans);
    std::sort(tail, spans.end());
    std::inplace_merge(spans.begin(), tail, spans.end());
    std::size_t kept = 0;
    for (const Span& span : spans) {
        if (span.start >= span.end) continue;
        if (kept > 0 && span.start <= spans[kept - 1].end)
            spans[kept - 1].end = std::max(spans[kept - 1].end, span.end);
        else
            spans[kept++] = span;
    }
    spans.resize(kept);
    return spans;
}

/// The starts that are looked at, by number.
struct Raster {
    std::int64_t first = 0;  // milliseconds
    std::int64_t step = 0;
    std::int64_t length = 0;  // of a slot
    std::int64_t count = 0;

    explicit Raster(const SlotSearch& search)
        : step(milliseconds(search.step).count()), length(milliseconds(search.duration).count()) {
        const std::int64_t midnight = millis(search.zone.start_of(search.zone.date_of(search.within.start)));
        const std::int64_t start = millis(search.within.start);
        first = midnight + (start - midnight + step - 1) / step * step;
        const std::int64_t room = millis(search.within.end) - length - first;
        count = room < 0 ? 0 : room / step + 1;
    }
    [[nodiscard]] std::int64_t at(std::int64_t number) const { return first + number * step; }
    /// The first number that begins at or after `t`, and the one after the last that ends by `t`.
    [[nodiscard]] std::int64_t from(Instant t) const {
        return std::clamp<std::int64_t>((millis(t) - first + step - 1) / step, 0, count);
    }
    [[nodiscard]] std::int64_t until(Instant t) const {
        const std::int64_t room = millis(t) - length - first;
        return room < 0 ? 0 : std::min(room / step + 1, count);
    }
};

// The sum of somebody's preferences up to a time, as a line that bends; asked with rising times.
class Liking {
public:
    explicit Liking(const std::vector<Preference>& preferences) {
        for (const Preference& one : preferences) {
            if (one.when.start >= one.when.end) continue;
            bends_.emplace_back(millis(one.when.start), one.weight);
            bends_.emplace_back(millis(one.when.end), -one.weight);
        }
        std::ranges::sort(bends_);
    }
    [[nodiscard]] std::int64_t until(std::int64_t t) {
        for (; next_ < bends_.size() && bends_[next_].first <= t; ++next_) {
            sum_ += slope_ * (bends_[next_].first - at_);
            at_ = bends_[next_].first;
            slope_ += bends_[next_].second;
        }
        return sum_ + slope_ * (t - at_);
    }

private:
    std::vector<std::pair<std::int64_t, std::int64_t>> bends_;  // when, and by how much the slope changes
    std::size_t next_ = 0;
    std::int64_t at_ = 0, sum_ = 0, slope_ = 0;
};

/// Who can come, and how well it is liked, at every start of the raster.
class Sweep {
public:
    Sweep(std::span<const PersonTime> people, const Raster& raster)
        : raster_(raster), can_(static_cast<std::size_t>(raster.count) + 1) {
        const bool is_liked =
            std::ranges::any_of(people, [](const PersonTime& p) { return !p.preferences.empty(); });
        if (is_liked) liked_.resize(can_.size());
        for (std::size_t i = 0; i < people.size(); ++i) add(people[i], std::uint64_t(1) << i);
        // So far a bit stood where its person's answer changes.
        for (std::size_t i = 1; i < can_.size(); ++i) can_[i] ^= can_[i - 1];
        can_.pop_back();
    }

    [[nodiscard]] const std::vector<std::uint64_t>& can() const { return can_; }
    /// Weight times milliseconds.
    [[nodiscard]] std::int64_t liked(std::size_t at) const { return liked_.empty() ? 0 : liked_[at]; }

private:
    void add(const PersonTime& person, std::uint64_t bit) {
        Liking before(person.preferences), after(person.preferences);
        for (const Span& span : free_of(person.open, within(person.busy))) {
            const std::int64_t from = raster_.from(span.start);
            const std::int64_t until = raster_.until(span.end);
            if (from >= until) continue;
            can_[static_cast<std::size_t>(from)] ^= bit;
            can_[static_cast<std::size_t>(until)] ^= bit;
            if (person.preferences.empty()) continue;
            for (std::int64_t i = from; i < until; ++i) {
                const std::int64_t start = raster_.at(i);
                liked_[static_cast<std::size_t>(i)] +=
                    after.until(start + raster_.length) - before.until(start);
            }
        }
    }

    [[nodiscard]] std::vector<Span> within(const std::vector<Span>& spans) const {
        const Instant from = from_millis(raster_.first);
        const Instant to = from_millis(raster_.at(raster_.count) + raster_.length);
        std::vector<Span> some;
        some.reserve(spans.size());
        for (const Span& span : spans)
            if (span.start < to && from < span.end) some.push_back(span);
        return some;
    }

    const Raster& raster_;
    std::vector<std::uint64_t> can_;
    std::vector<std::int64_t> liked_;
};

// Takes the slots that go together, offered from best to worst.
class Choice {
public:
    Choice(const Raster& raster, const SlotSearch& search) : raster_(raster), search_(search) {}

    [[nodiscard]] bool is_full() const { return taken_.size() >= search_.limit; }
    void offer(std::size_t at, std::uint64_t can, std::int64_t liked) {
        const Instant start = from_millis(raster_.at(static_cast<std::int64_t>(at)));
        const Span when{start, start + search_.duration};
        const auto overlaps = [&](const CommonSlot& s) {
            return s.when.start < when.end && when.start < s.when.end;
        };
        if (std::ranges::any_of(taken_, overlaps)) return;
        Day& day = day_of(start);
        if (day.taken >= search_.a_day) return;
        ++day.taken;
        taken_.push_back({when, can, liked / milliseconds(minutes(1)).count()});
    }
    std::vector<CommonSlot> take() { return std::move(taken_); }

private:
    struct Day {
        Span span;
        std::size_t taken = 0;
    };
    Day& day_of(Instant t) {
        for (Day& day : days_)
            if (day.span.start <= t && t < day.span.end) return day;
        const Date date = search_.zone.date_of(t);
        const Date next(std::chrono::local_days(date) + days(1));
        return days_.emplace_back(Day{{search_.zone.start_of(date), search_.zone.start_of(next)}});
    }

    const Raster& raster_;
    const SlotSearch& search_;
    std::vector<CommonSlot> taken_;
    std::vector<Day> days_;
};

std::vector<HourRange> usual_hours(MeetingKind kind) {
    switch (kind) {
        case MeetingKind::coffee:
            return {{hours(10), minutes(11 * 60 + 30)}, {hours(14), minutes(17 * 60 + 30)}};
        case MeetingKind::lunch:
            return {{minutes(11 * 60 + 30), hours(14)}};
        case MeetingKind::dinner:
        case MeetingKind::gathering:
            return {{minutes(18 * 60 + 30), hours(22)}};
        case MeetingKind::walk:
        case MeetingKind::visit:
            return {{hours(14), hours(18)}};
        default:
            return {{hours(9), hours(18)}};
    }
}

}  // namespace

std::vector<Preference> usual_times(MeetingKind kind, const Zone& zone, Span within) {
    MeetingHabits day;
    day.hours.fill(usual_hours(kind));
    std::vector<Preference> liked;
    for (const Span& span : meeting_hours(day, zone, within)) liked.push_back({span, 1});
    return liked;
}

std::vector<Span> free_of(std::vector<Span> open, std::vector<Span> busy) {
    open = joined(std::move(open));
    busy = joined(std::move(busy));
    std::vector<Span> free;
    free.reserve(open.size() + busy.size());
    auto next = busy.begin();
    for (const Span& span : open) {
        while (next != busy.end() && next->end <= span.start) ++next;
        Instant from = span.start;
        for (auto one = next; one != busy.end() && one->start < span.end; ++one) {
            if (from < one->start) free.push_back({from, one->start});
            from = one->end;
        }
        if (from < span.end) free.push_back({from, span.end});
    }
    return free;
}

Result<std::vector<CommonSlot>> common_free_time(std::span<const PersonTime> people,
                                                 const SlotSearch& search) {
    CHECK(check(people.size(), search));
    const Raster raster(search);
    const Sweep sweep(people, raster);
    const auto& can = sweep.can();
    std::uint64_t must = 0;
    for (std::size_t i = 0; i < people.size(); ++i) must |= std::uint64_t(people[i].must_come) << i;
    std::vector<std::vector<std::uint32_t>> by_number(people.size() + 1);  // of those who can come
    for (std::size_t i = 0; i < can.size(); ++i)
        if ((can[i] & must) == must)
            by_number[static_cast<std::size_t>(std::popcount(can[i]))].push_back(
                static_cast<std::uint32_t>(i));
    // A heap, as only a few of the starts are asked for; its top is the better liked, then the earlier.
    const auto is_worse = [&](std::uint32_t a, std::uint32_t b) {
        return sweep.liked(a) != sweep.liked(b) ? sweep.liked(a) < sweep.liked(b) : a > b;
    };
    Choice choice(raster, search);
    for (std::size_t number = people.size(); number >= std::max<std::size_t>(search.at_least, 1); --number) {
        auto& starts = by_number[number];
        std::ranges::make_heap(starts, is_worse);
        for (; !starts.empty() && !choice.is_full(); starts.pop_back()) {
            std::ranges::pop_heap(starts, is_worse);
            choice.offer(starts.back(), can[starts.back()], sweep.liked(starts.back()));
        }
    }
    return choice.take();
}

}  // namespace vv::core
