#include "core/foresight.h"

#include "core/ties.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace vv::core {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kHalfHour = 1'800;
constexpr std::int64_t kQuarter = 900;
constexpr std::int64_t kTenMinutes = 600;
constexpr std::size_t kDaysToLearnFrom =
    8;  // the last ones: a circle's habits change, and each costs people³

constexpr double kHalfLife = 2;      // days; of how often, at which hours, and with whom
constexpr double kSharedLife = 3;    // of people seen by both
constexpr double kNewLife = 1;       // of how many were new
constexpr double kFriendship = 0.3;  // beside the logarithm of a day's sightings
constexpr double kSameGroup = 0.02;

// log-odds for each unit: what is believed of a circle with nothing to learn from.
constexpr std::array<ForesightTerm, kForesightTerms> kTerms{{
    {{"time", 0.5}, "they spent much time together lately", "they spent no time together lately"},
    {{"hours", 0.3}, "they met at many times of the day", "they met at no time of the day"},
    {{"ties", 0.5}, "near in the web of meetings", "far apart in the web of meetings"},
    {{"circles", 0},
     "near in meetings, friends and classes together",
     "far apart in meetings, friends and classes"},
    {{"common", 0.3}, "they share people", "they share hardly anybody"},
    {{"neighbourhood", 0}, "their people's people overlap", "their people's people hardly overlap"},
    {{"paths", 1},
     "many short paths lead from one to the other",
     "few short paths lead from one to the other"},
    {{"classes", 0.1}, "each meets many of the other's class", "neither meets many of the other's class"},
    {{"friends", 0}, "friends online", "not known to be friends online"},
    {{"new_faces", 0.1}, "both meet new people", "they meet few new people"},
    {{"rhythm", 0}, "out at the same quarters of the hour", "out at different quarters of the hour"},
    {{"together_out", 0}, "often among people at the same time", "seldom among people at the same time"},
    {{"shared", 0.2},
     "they saw the same people within ten minutes",
     "they saw nobody in common within ten minutes"},
    {{"company", 0}, "near in the web of shared company", "far apart in the web of shared company"},
}};

double half_life_weight(std::size_t days_ago, double half_life) {
    return fading(static_cast<double>(days_ago) / half_life);
}

}  // namespace

const std::array<ForesightTerm, kForesightTerms>& foresight_terms() {
    return kTerms;
}

namespace {

std::vector<std::vector<Sighting>> split_days(const Circle& circle, std::int64_t day_starts) {
    std::map<std::int64_t, std::vector<Sighting>> days;
    for (const Sighting& s : circle.sightings) {
        const std::int64_t since = s.at - day_starts;
        days[since >= 0 ? since / kDay : -((kDay - 1 - since) / kDay)].push_back(s);
    }
    std::vector<std::vector<Sighting>> split;
    for (auto& [day, sightings] : days) split.push_back(std::move(sightings));
    return split;
}

std::int64_t floor_to(std::int64_t at, std::int64_t step) {
    const std::int64_t rest = at % step;
    return at - (rest < 0 ? rest + step : rest);
}

// In order, without doubles, and without those that name nobody or one person twice.
std::vector<Sighting> tidied(std::vector<Sighting> sightings, std::size_t people) {
    std::erase_if(sightings, [&](const Sighting& s) { return s.a == s.b || s.a >= people || s.b >= people; });
    for (Sighting& s : sightings)
        if (s.a > s.b) std::swap(s.a, s.b);
    std::ranges::sort(sightings);
    const auto doubles = std::ranges::unique(sightings);
    sightings.erase(doubles.begin(), doubles.end());
    return sightings;
}

}  // namespace

CircleHistory::CircleHistory(const Circle& circle, std::int64_t day_starts)
    : CircleHistory(circle, split_days(circle, day_starts)) {}

CircleHistory CircleHistory::of_halves(const Circle& circle) {
    auto all = tidied(circle.sightings, circle.people);
    if (all.empty()) return {circle, std::vector<std::vector<Sighting>>{}};
    const std::int64_t middle = all[all.size() / 2].at;
    const auto second = std::ranges::lower_bound(all, middle, {}, &Sighting::at);
    return {circle, {{all.begin(), second}, {second, all.end()}}};
}

CircleHistory::CircleHistory(const Circle& circle, const std::vector<std::vector<Sighting>>& days)
    : people_(circle.people), groups_(circle.groups) {
    has_groups_ = std::set(groups_.begin(), groups_.end()).size() > 1;
    groups_.resize(people_);
    friends_.assign(pairs(), -1);
    for (const auto& [a, b, friends] : circle.acquaintances)
        if (a < people_ && b < people_ && a != b) friends_[pair_index(a, b)] = friends ? 1 : 0;
    for (const auto& sightings : days)
        if (const auto tidy = tidied(sightings, people_); !tidy.empty()) days_.push_back(read_day(tidy));
}

std::size_t CircleHistory::pair_index(std::size_t a, std::size_t b) const {
    if (a > b) std::swap(a, b);
    return a * (2 * people_ - a - 1) / 2 + b - a - 1;
}

CircleHistory::Day CircleHistory::read_day(const std::vector<Sighting>& sightings) const {
    Day day;
    day.times.assign(pairs(), 0);
    day.hours.assign(pairs(), 0);
    day.shared.assign(pairs(), 0);
    const auto quarters = static_cast<std::size_t>(
                              (sightings.back().at - floor_to(sightings.front().at, kQuarter)) / kQuarter) +
                          1;
    day.active.assign(people_, std::vector<std::uint64_t>((quarters + 63) / 64));
    std::vector<std::int64_t> last_half_hour(pairs(), -1);
    std::set<std::size_t> seen;
    std::vector<Sighting> within;
    const std::int64_t first = floor_to(sightings.front().at, kHalfHour);
    const std::int64_t first_quarter = floor_to(sightings.front().at, kQuarter);
    for (const Sighting& s : sightings) {
        const std::size_t pair = pair_index(s.a, s.b);
        day.times[pair] += 1;
        if (std::exchange(last_half_hour[pair], (s.at - first) / kHalfHour) != (s.at - first) / kHalfHour)
            day.hours[pair] += 1;
        const auto quarter = static_cast<std::size_t>((s.at - first_quarter) / kQuarter);
        seen.insert(quarter);
        for (const auto person : {s.a, s.b}) day.active[person][quarter / 64] |= 1ULL << (quarter % 64);
        if (!within.empty() && floor_to(within.front().at, kTenMinutes) != floor_to(s.at, kTenMinutes)) {
            add_shared(day, within);
            within.clear();
        }
        within.push_back(s);
    }
    add_shared(day, within);
    day.quarters = seen.size();
    return day;
}

// Whoever saw several people within ten minutes brought these near each other, each the less the more they
// are.
void CircleHistory::add_shared(Day& day, const std::vector<Sighting>& within) const {
    std::map<std::uint32_t, std::set<std::uint32_t>> saw;
    for (const Sighting& s : within) {
        saw[s.a].insert(s.b);
        saw[s.b].insert(s.a);
    }
    for (const auto& [person, others] : saw)
        for (auto a = others.begin(); a != others.end(); ++a)
            for (auto b = std::next(a); b != others.end(); ++b)
                day.shared[pair_index(*a, *b)] += 1.0F / static_cast<float>(others.size());
}

std::vector<std::uint8_t> CircleHistory::met_on(std::size_t day) const {
    std::vector<std::uint8_t> met(pairs());
    for (std::size_t p = 0; p < met.size(); ++p) met[p] = days_[day].times[p] > 0 ? 1 : 0;
    return met;
}

std::vector<std::uint8_t> CircleHistory::met_before(std::size_t days) const {
    std::vector<std::uint8_t> met(pairs());
    for (std::size_t day = 0; day < days; ++day)
        for (std::size_t p = 0; p < met.size(); ++p)
            if (days_[day].times[p] > 0) met[p] = 1;
    return met;
}

/// The terms of all pairs after some days.
class CircleTerms {
public:
    CircleTerms(const CircleHistory& history, std::size_t days) : history_(history), days_(days) {
        for (std::size_t a = 0; a + 1 < history.people(); ++a)
            for (std::size_t b = a + 1; b < history.people(); ++b)
                pairs_.emplace_back(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b));
    }

    std::vector<std::vector<float>> all() const {
        std::vector<std::vector<float>> columns;
        const auto time = faded([](const Day& day, std::size_t p) { return std::log1p(day.times[p]); });
        const auto met = faded([](const Day& day, std::size_t p) { return day.times[p] > 0 ? 1.0F : 0.0F; });
        columns.push_back(time);
        columns.push_back(faded([](const Day& day, std::size_t p) { return std::log1p(day.hours[p]); }));
        add_walks(time, columns);
        columns.push_back(group_rates(met));
        columns.push_back({history_.friends_.begin(), history_.friends_.end()});
        columns.push_back(new_faces());
        add_rhythm(columns);
        const auto shared = shared_company();
        columns.push_back(shared);
        columns.push_back(column(all_walks(steps(web(shared, true)), 0.8), 1e-4));
        return columns;
    }

private:
    using Day = CircleHistory::Day;
    using Column = std::vector<float>;

    [[nodiscard]] std::size_t ago(std::size_t day) const { return days_ - 1 - day; }

    // The faded mean of what each day says of each pair.
    template <class Says>
    Column faded(Says says) const {
        Column mean(pairs_.size(), 0);
        double weights = 0;
        for (std::size_t day = 0; day < days_; ++day) {
            const double weight = half_life_weight(ago(day), kHalfLife);
            weights += weight;
            for (std::size_t p = 0; p < mean.size(); ++p)
                mean[p] += static_cast<float>(weight) * says(history_.days_[day], p);
        }
        for (float& value : mean) value /= static_cast<float>(weights);
        return mean;
    }

    [[nodiscard]] Web web(const Column& weights, bool with_circles) const {
        Web made(history_.people());
        for (std::size_t p = 0; p < pairs_.size(); ++p) {
            const auto [a, b] = pairs_[p];
            double weight = weights[p];
            if (with_circles) weight += friendship(p) + same_group(a, b);
            made.add(a, b, weight);
        }
        return made;
    }
    [[nodiscard]] double friendship(std::size_t pair) const {
        return history_.friends_[pair] == 1 ? kFriendship : 0;
    }
    [[nodiscard]] double same_group(std::size_t a, std::size_t b) const {
        return history_.has_groups_ && history_.same_group(a, b) ? kSameGroup : 0;
    }

    // A web's numbers span magnitudes: their logarithms, above `floor`.
    [[nodiscard]] Column column(const Web& web, double floor) const {
        Column made(pairs_.size());
        for (std::size_t p = 0; p < made.size(); ++p)
            made[p] = static_cast<float>(
                std::log(std::max(0.0, web.at(pairs_[p].first, pairs_[p].second)) + floor));
        return made;
    }

    void add_walks(const Column& time, std::vector<Column>& columns) const {
        const Web by_ties = steps(web(time, false));
        const Web by_circles = steps(web(time, true));
        columns.push_back(column(all_walks(by_ties, 0.8), 1e-3));
        columns.push_back(column(all_walks(by_circles, 0.95), 1e-3));
        const Web two = core::then(by_circles, by_circles);
        columns.push_back(column(two, 1e-4));
        columns.push_back(column(core::then(two, two), 1e-4));
        const Web three = core::then(core::then(by_ties, by_ties), by_ties);
        Column roots(pairs_.size());
        for (std::size_t p = 0; p < roots.size(); ++p)
            roots[p] = static_cast<float>(std::sqrt(three.at(pairs_[p].first, pairs_[p].second)));
        columns.push_back(std::move(roots));
    }

    // How many of the other's group each of two people meets, without the other.
    [[nodiscard]] Column group_rates(const Column& met) const {
        std::map<std::uint32_t, std::size_t> place;
        for (const auto group : history_.groups_) place.emplace(group, place.size());
        std::vector<std::vector<double>> meets(history_.people(), std::vector<double>(place.size(), 0));
        std::vector<double> members(place.size(), 0);
        const auto group_of = [&](std::size_t person) { return place.at(history_.groups_[person]); };
        for (std::size_t person = 0; person < history_.people(); ++person) members[group_of(person)] += 1;
        for (std::size_t p = 0; p < pairs_.size(); ++p) {
            const auto [a, b] = pairs_[p];
            meets[a][group_of(b)] += met[p];
            meets[b][group_of(a)] += met[p];
        }
        const auto rate = [&](std::size_t of, std::size_t to, double own) {
            return std::log((std::max(0.0, meets[of][group_of(to)] - own) + 0.4) /
                            (members[group_of(to)] + 9));
        };
        Column made(pairs_.size());
        for (std::size_t p = 0; p < made.size(); ++p) {
            const auto [a, b] = pairs_[p];
            made[p] = static_cast<float>(rate(a, b, met[p]) + rate(b, a, met[p]));
        }
        return made;
    }

    // For each pair the sum of a number of both people's, by its logarithm.
    [[nodiscard]] Column sum_of_logs(const std::vector<double>& of_people) const {
        Column made(pairs_.size());
        for (std::size_t p = 0; p < made.size(); ++p)
            made[p] = static_cast<float>(std::log1p(of_people[pairs_[p].first]) +
                                         std::log1p(of_people[pairs_[p].second]));
        return made;
    }

    [[nodiscard]] Column new_faces() const {
        std::vector<double> faces(history_.people(), 0);
        std::vector<std::uint8_t> met(pairs_.size(), 0);
        for (std::size_t day = 0; day < days_; ++day) {
            for (double& value : faces) value *= half_life_weight(1, kNewLife);
            for (std::size_t p = 0; p < met.size(); ++p) {
                if (history_.days_[day].times[p] == 0 || std::exchange(met[p], 1) != 0) continue;
                faces[pairs_[p].first] += 1;
                faces[pairs_[p].second] += 1;
            }
        }
        return sum_of_logs(faces);
    }

    // Whether two people are among others in the same quarters of an hour: the correlation, and how often a
    // day.
    void add_rhythm(std::vector<Column>& columns) const {
        double quarters = 0;
        std::vector<double> out(history_.people(), 0);
        for (std::size_t day = 0; day < days_; ++day) {
            quarters += static_cast<double>(history_.days_[day].quarters);
            for (std::size_t a = 0; a < out.size(); ++a) out[a] += both_out(history_.days_[day], a, a);
        }
        Column correlation(pairs_.size(), 0);
        Column often(pairs_.size(), 0);
        for (std::size_t p = 0; p < pairs_.size(); ++p) {
            const auto [a, b] = pairs_[p];
            double both = 0;
            for (std::size_t day = 0; day < days_; ++day) both += both_out(history_.days_[day], a, b);
            const double spread =
                std::sqrt(out[a] * (quarters - out[a])) * std::sqrt(out[b] * (quarters - out[b]));
            if (spread > 0) correlation[p] = static_cast<float>((quarters * both - out[a] * out[b]) / spread);
            often[p] = static_cast<float>(std::log1p(both));
        }
        columns.push_back(std::move(correlation));
        columns.push_back(std::move(often));
    }
    static double both_out(const Day& day, std::size_t a, std::size_t b) {
        int count = 0;
        for (std::size_t w = 0; w < day.active[a].size(); ++w)
            count += std::popcount(day.active[a][w] & day.active[b][w]);
        return count;
    }

    [[nodiscard]] Column shared_company() const {
        Column made(pairs_.size(), 0);
        for (std::size_t day = 0; day < days_; ++day) {
            const auto weight = static_cast<float>(half_life_weight(ago(day), kSharedLife));
            for (std::size_t p = 0; p < made.size(); ++p) made[p] += weight * history_.days_[day].shared[p];
        }
        for (float& value : made) value = std::log1p(value);
        return made;
    }

    const CircleHistory& history_;
    std::size_t days_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

std::vector<std::vector<float>> CircleHistory::terms_after(std::size_t days) const {
    if (days == 0) return std::vector(kForesightTerms, std::vector<float>(pairs(), 0));
    return CircleTerms(*this, days).all();
}

std::int64_t quiet_time(const std::vector<Sighting>& sightings) {
    std::array<double, 24> seen{};
    for (const Sighting& s : sightings)
        seen[static_cast<std::size_t>((s.at - floor_to(s.at, kDay)) / 3'600)] += 1;
    std::size_t best = 0;
    double least = -1;
    for (std::size_t hour = 0; hour < 24; ++hour) {
        double near = 0;  // what is seen about this hour, the less the farther from it
        for (std::size_t off = 0; off < 12; ++off)
            near +=
                (seen[(hour + off) % 24] + seen[(hour + 23 - off) % 24]) * fading(static_cast<double>(off));
        if (least < 0 || near < least) {
            least = near;
            best = hour;
        }
    }
    return static_cast<std::int64_t>(best) * 3'600;
}

AdditiveModel learn_days(const CircleHistory& history, const std::vector<std::size_t>& days) {
    AdditiveCases cases;
    cases.terms.resize(kForesightTerms);
    for (const std::size_t day : days) {
        if (day == 0 || day >= history.days()) continue;
        const auto columns = history.terms_after(day);
        for (std::size_t t = 0; t < kForesightTerms; ++t)
            cases.terms[t].insert(cases.terms[t].end(), columns[t].begin(), columns[t].end());
        const auto met = history.met_on(day);
        cases.came.insert(cases.came.end(), met.begin(), met.end());
    }
    std::vector<AdditiveTerm> terms;
    for (const ForesightTerm& term : kTerms) terms.push_back(term.term);
    return AdditiveModel::learn(terms, cases);
}

Foresight foresee(const Circle& circle, std::int64_t day_starts) {
    const CircleHistory history(circle, day_starts);
    Foresight made;
    if (history.days() == 1) {
        made.model = learn_days(CircleHistory::of_halves(circle), {1});
    } else {
        std::vector<std::size_t> days;
        for (std::size_t day = 1; day < history.days(); ++day)
            if (day + kDaysToLearnFrom >= history.days()) days.push_back(day);
        made.model = learn_days(history, days);
    }
    made.terms = history.terms_after(history.days());
    made.met = history.met_before(history.days());
    made.log_odds.resize(history.pairs());
    std::array<float, kForesightTerms> of_pair{};
    for (std::size_t p = 0; p < made.log_odds.size(); ++p) {
        for (std::size_t t = 0; t < kForesightTerms; ++t) of_pair[t] = made.terms[t][p];
        made.log_odds[p] = made.model.log_odds(of_pair);
    }
    return made;
}

}  // namespace vv::core
