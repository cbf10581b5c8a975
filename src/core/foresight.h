// core/foresight.h — who of a circle will be face to face on its next day, and why.
//
// A circle is people who are seen face to face day by day (a school, an office, a ward, a conference). What
// the first days say of a pair becomes a few numbers, its terms; how much each tells is learnt from the
// circle's own days, each foreseen from those before it, as an AdditiveModel: the terms' weights add up to
// the answer. docs/foresight.md has the terms and what was measured.
#pragma once

#include "core/additive.h"
#include "core/walks.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace vv::core {

/// Two people, by their places in the circle, were face to face at this Unix time.
struct Sighting {
    std::int64_t at = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    auto operator<=>(const Sighting&) const = default;
};

struct Acquaintance {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool friends = false;  // else they are known not to be
};

struct Circle {
    std::size_t people = 0;
    std::vector<std::uint32_t> groups;  // each person's class or department; empty when nobody's is known
    std::vector<Acquaintance> acquaintances;
    std::vector<Sighting> sightings;  // in any order
};

inline constexpr std::size_t kForesightTerms = 14;

/// What a term is called, and what a weight of it above or below nothing says.
struct ForesightTerm {
    AdditiveTerm term;
    std::string_view more;
    std::string_view less;
};
const std::array<ForesightTerm, kForesightTerms>& foresight_terms();

/// A circle's days, and what any number of the first of them say. Pairs go by pair_index().
class CircleHistory {
public:
    /// Days are 24 hours that begin `day_starts` seconds after midnight UTC; those without a sighting are
    /// left out. Groups and acquaintances that name nobody are ignored.
    CircleHistory(const Circle& circle, std::int64_t day_starts);
    /// The sightings' first half and second half instead of days.
    static CircleHistory of_halves(const Circle& circle);

    [[nodiscard]] std::size_t people() const { return people_; }
    [[nodiscard]] std::size_t pairs() const { return people_ < 2 ? 0 : people_ * (people_ - 1) / 2; }
    [[nodiscard]] std::size_t days() const { return days_.size(); }
    [[nodiscard]] std::size_t pair_index(std::size_t a, std::size_t b) const;
    /// How often each pair was sighted on a day.
    [[nodiscard]] const std::vector<float>& sightings(std::size_t day) const { return days_[day].times; }
    /// Whether each pair met on any of the first `days` days.
    [[nodiscard]] std::vector<std::uint8_t> met_before(std::size_t days) const;
    [[nodiscard]] std::vector<std::uint8_t> met_on(std::size_t day) const;
    [[nodiscard]] bool same_group(std::size_t a, std::size_t b) const { return groups_[a] == groups_[b]; }

    /// The pairs' terms after the first `days` days, a column a term. O(people³).
    [[nodiscard]] std::vector<std::vector<float>> terms_after(std::size_t days) const;

private:
    struct Day {
        std::vector<float> times;                        // sightings, by pair
        std::vector<float> hours;                        // half-hours of the day with one, by pair
        std::vector<float> shared;                       // people whom both saw within ten minutes, by pair
        std::vector<std::vector<std::uint64_t>> active;  // a bit for each quarter of an hour, by person
        std::size_t quarters = 0;                        // in which anybody was seen
    };
    friend class CircleTerms;

    CircleHistory(const Circle& circle, const std::vector<std::vector<Sighting>>& days);
    Day read_day(const std::vector<Sighting>& sightings) const;
    void add_shared(Day& day, const std::vector<Sighting>& within) const;

    std::size_t people_ = 0;
    std::vector<std::uint32_t> groups_;
    bool has_groups_ = false;
    std::vector<std::int8_t> friends_;  // by pair: 1 friends, 0 known not to be, −1 unknown
    std::vector<Day> days_;
};

/// Second of the UTC day about which least is seen: where a day may begin.
std::int64_t quiet_time(const std::vector<Sighting>& sightings);

/// What these days, each foreseen from those before it, teach. A day without one before it teaches nothing.
AdditiveModel learn_days(const CircleHistory& history, const std::vector<std::size_t>& days);

struct Foresight {
    AdditiveModel model;
    std::vector<std::vector<float>> terms;  // by term, then pair
    std::vector<std::uint8_t> met;          // by pair: before
    std::vector<double> log_odds;           // by pair: of meeting on the next day
};

/// The next day after all of the history's, learnt from its last days. With a single day, from its halves.
Foresight foresee(const Circle& circle, std::int64_t day_starts);

}  // namespace vv::core
