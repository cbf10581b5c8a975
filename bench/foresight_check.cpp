// bench/foresight_check.cpp — the days given, foreseen and compared with what came about and with plain
// answers.
#include "foresight.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string_view>

namespace vv::bench {
namespace {

using Scores = std::vector<double>;
using Labels = std::vector<std::uint8_t>;

struct Quality {
    double precision = 0;  // average precision; equal scores count as one step
    double auc = 0;
};

Quality quality(const Scores& scores, const Labels& came) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, std::ranges::greater{}, [&](std::size_t i) { return scores[i]; });
    double found = 0;
    double seen = 0;
    double area = 0;
    Quality made;
    for (std::size_t i = 0; i < order.size();) {
        double here = 0;
        double of_them = 0;
        const double score = scores[order[i]];
        for (; i < order.size() && scores[order[i]] == score; ++i) {
            here += 1;
            of_them += came[order[i]];
        }
        area += (here - of_them) * (found + of_them / 2);
        found += of_them;
        seen += here;
        made.precision += of_them * found / seen;
    }
    made.precision /= std::max(found, 1.0);
    made.auc = area / std::max(found * (seen - found), 1.0);
    return made;
}

/// Mean distance between chance and share, over twenty bins of as many pairs each.
double calibration_error(const Scores& chances, const Labels& came) {
    std::vector<std::size_t> order(chances.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::size_t i) { return chances[i]; });
    double error = 0;
    for (std::size_t bin = 0; bin < 20; ++bin) {
        double off = 0;
        for (std::size_t i = order.size() * bin / 20; i < order.size() * (bin + 1) / 20; ++i)
            off += chances[order[i]] - came[order[i]];
        error += std::abs(off);
    }
    return error / static_cast<double>(std::max<std::size_t>(chances.size(), 1));
}

Scores adamic_adar(const core::CircleHistory& history, const Labels& met) {
    const std::size_t n = history.people();
    core::Web web(n);
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a + 1; b < n; ++b)
            if (met[history.pair_index(a, b)] != 0) web.add(a, b, 1);
    core::Web shared(n);
    for (std::size_t over = 0; over < n; ++over) {
        const double met_by = std::accumulate(web.row(over), web.row(over) + n, 0.0);
        if (met_by < 2) continue;
        for (std::size_t a = 0; a < n; ++a)
            if (web.at(over, a) > 0)
                for (std::size_t b = a + 1; b < n; ++b)
                    if (web.at(over, b) > 0) shared.add(a, b, 1 / std::log(met_by));
    }
    Scores scores(history.pairs());
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = a + 1; b < n; ++b) scores[history.pair_index(a, b)] = shared.at(a, b);
    return scores;
}

/// The blend that was guessed for the high school: logarithms of sightings with a half-life of three days,
/// Adamic and Adar's common neighbours, the class.
Scores guessed_blend(const core::CircleHistory& history, std::size_t day, const Scores& common) {
    Scores scores(history.pairs());
    for (std::size_t a = 0; a < history.people(); ++a)
        for (std::size_t b = a + 1; b < history.people(); ++b) {
            const std::size_t pair = history.pair_index(a, b);
            for (std::size_t before = 0; before < day; ++before)
                scores[pair] += std::exp2(-static_cast<double>(day - 1 - before) / 3) *
                                std::log1p(history.sightings(before)[pair]);
            scores[pair] += 0.05 * common[pair] + (history.same_group(a, b) ? 0.3 : 0);
        }
    return scores;
}

/// Of all pairs, and of those that had not met.
struct Qualities {
    Quality all, first;
};

Qualities print(const char* kind, const char* who, std::size_t day, const Scores& scores, const Labels& came,
                const Labels& met) {
    Scores first;
    Labels first_came;
    for (std::size_t p = 0; p < scores.size(); ++p)
        if (met[p] == 0) {
            first.push_back(scores[p]);
            first_came.push_back(came[p]);
        }
    const Quality all = quality(scores, came);
    const Quality of_first = quality(first, first_came);
    std::printf(
        "{\"learnt\":\"%s\",\"by\":\"%s\",\"day\":%zu,\"ap\":%.4f,\"auc\":%.4f,\"first_ap\":%.4f,\"first_"
        "auc\":%.4f}\n",
        kind, who, day + 1, all.precision, all.auc, of_first.precision, of_first.auc);
    std::fflush(stdout);
    return {all, of_first};
}

Scores odds_of(const core::AdditiveModel& model, const std::vector<std::vector<float>>& terms) {
    Scores odds(terms[0].size());
    std::vector<float> of_pair(terms.size());
    for (std::size_t p = 0; p < odds.size(); ++p) {
        for (std::size_t t = 0; t < terms.size(); ++t) of_pair[t] = terms[t][p];
        odds[p] = model.log_odds(of_pair);
    }
    return odds;
}

void print_calibration(const char* kind, std::size_t day, Scores odds, const Labels& came) {
    for (double& score : odds) score = core::chance(score);
    std::printf("{\"learnt\":\"%s\",\"day\":%zu,\"calibration_error\":%.4f}\n", kind, day + 1,
                calibration_error(odds, came));
}

}  // namespace

void check_days(const NamedCircle& named) {
    const core::CircleHistory history(named.circle, named.day_starts);
    double ap_ratio = 0, first_ap_ratio = 0, auc_gain = 0, first_auc_gain = 0, days = 0;
    for (std::size_t day = 1; day < history.days(); ++day) {
        const auto came = history.met_on(day);
        const auto met = history.met_before(day);
        const auto terms = history.terms_after(day);
        const Scores common = adamic_adar(history, met);
        const auto plain = print("nothing", "adamic_adar", day, common, came, met);
        const auto blend =
            print("nothing", "guessed_blend", day, guessed_blend(history, day, common), came, met);
        print("nothing", "ours", day, odds_of(core::learn_days(history, {}), terms), came, met);
        std::vector<std::size_t> before(day);
        std::iota(before.begin(), before.end(), 0);
        std::vector<std::size_t> others(history.days());
        std::iota(others.begin(), others.end(), 0);
        std::erase(others, day);
        for (const auto& [kind, learnt] : {std::pair("days before", before), {"other days", others}}) {
            if (learnt.back() == 0) continue;  // nothing came before the first day: it teaches nothing
            const Scores odds = odds_of(core::learn_days(history, learnt), terms);
            const auto ours = print(kind, "ours", day, odds, came, met);
            print_calibration(kind, day, odds, came);
            if (std::string_view(kind) != "days before") continue;
            ap_ratio += ours.all.precision / blend.all.precision;
            auc_gain += ours.all.auc - blend.all.auc;
            first_ap_ratio += ours.first.precision / plain.first.precision;
            first_auc_gain += ours.first.auc - plain.first.auc;
            ++days;
        }
    }
    if (days == 0) return;
    std::printf(
        "{\"days\":%.0f,\"ap_to_blend\":%.4f,\"auc_over_blend\":%.4f,\"first_ap_to_adamic_adar\":%.4f,"
        "\"first_auc_over_adamic_adar\":%.4f}\n",
        days, ap_ratio / days, auc_gain / days, first_ap_ratio / days, first_auc_gain / days);
}

}  // namespace vv::bench
