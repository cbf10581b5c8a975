#include "core/additive.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace vv::core {
namespace {

constexpr int kSteps = 25;
constexpr double kBends = 100;  // the penalty for bends, and for heights other than the guess
constexpr double kHeights = 3;
constexpr double kEnough = 0.01;           // a step that gains less log-likelihood is the last
constexpr double kNothingKnown = -4;       // the base without a case to learn from: one in fifty
constexpr double kClosestKnots = 1. / 50;  // of the range

// Where the cases that came about lie decides where a curve may bend; the quantiles of all keep the ends.
constexpr std::array<double, 8> kOfThoseThatCame{0.02, 0.157, 0.294, 0.431, 0.569, 0.706, 0.843, 0.98};
constexpr std::array<double, 5> kOfAll{0.02, 0.25, 0.5, 0.75, 0.98};

double quantile(const std::vector<float>& sorted, double part) {
    const double at = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::vector<double> knots_of(const std::vector<float>& column, const std::vector<std::uint8_t>& came) {
    std::vector<float> all = column;
    std::vector<float> those;
    for (std::size_t i = 0; i < column.size(); ++i)
        if (came[i] != 0) those.push_back(column[i]);
    std::ranges::sort(all);
    std::ranges::sort(those);
    std::vector<double> found;
    for (const double part : kOfAll) found.push_back(quantile(all, part));
    if (!those.empty())
        for (const double part : kOfThoseThatCame) found.push_back(quantile(those, part));
    std::ranges::sort(found);
    const double closest = (found.back() - found.front()) * kClosestKnots;
    std::vector<double> kept{found.front()};
    for (const double knot : found)
        if (knot > kept.back() && knot - kept.back() > closest) kept.push_back(knot);
    return kept;
}

/// Where a number lies among knots: the knot below it, and how far on the way to the next.
struct Place {
    std::uint32_t knot = 0;
    float way = 0;
};

Place place(const std::vector<double>& knots, double x) {
    if (knots.size() < 2 || x <= knots.front()) return {};
    const auto last = static_cast<std::uint32_t>(knots.size() - 2);
    if (x >= knots.back()) return {last, 1};
    const auto above = std::ranges::upper_bound(knots, x) - knots.begin();
    const auto below = static_cast<std::uint32_t>(above - 1);
    return {below, static_cast<float>((x - knots[below]) / (knots[below + 1] - knots[below]))};
}

/// A positive definite system solved in place: `matrix` holds its lower triangle, row by row.
void solve(std::vector<double>& matrix, std::vector<double>& right) {
    const std::size_t n = right.size();
    const auto row = [&](std::size_t i) { return matrix.data() + i * n; };
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            const double rest = row(i)[j] - std::inner_product(row(i), row(i) + j, row(j), 0.0);
            row(i)[j] = i == j ? std::sqrt(rest) : rest / row(j)[j];
        }
        right[i] = (right[i] - std::inner_product(row(i), row(i) + i, right.begin(), 0.0)) / row(i)[i];
    }
    for (std::size_t i = n; i-- > 0;) {
        right[i] /= row(i)[i];
        for (std::size_t j = 0; j < i; ++j) right[j] -= row(i)[j] * right[i];
    }
}

double log1p_exp(double x) {
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

}  // namespace

/// Newton's method on the penalised likelihood. Parameter 0 is the base; a curve's heights follow each other.
class AdditiveFit {
public:
    AdditiveFit(std::span<const AdditiveTerm> terms, const AdditiveCases& cases)
        : came_(cases.came), terms_(terms.size()) {
        std::uint32_t next = 1;
        for (std::size_t t = 0; t < terms_; ++t) {
            AdditiveModel::Curve curve;
            curve.slope = terms[t].guess;
            curve.knots = knots_of(cases.terms[t], came_);
            first_.push_back(next);
            next += static_cast<std::uint32_t>(curve.knots.size());
            model_.curves_.push_back(std::move(curve));
        }
        size_ = next;
        places_.resize(came_.size() * terms_);
        for (std::size_t t = 0; t < terms_; ++t)
            for (std::size_t i = 0; i < came_.size(); ++i)
                places_[i * terms_ + t] = place(model_.curves_[t].knots, cases.terms[t][i]);
        set_penalty();
    }

    AdditiveModel run() {
        double now = loss(heights_);
        for (int step = 0; step < kSteps; ++step) {
            const std::vector<double> move = direction();
            double part = 1;
            std::vector<double> tried;
            double then = now;
            for (; part > 1e-3; part /= 2) {
                tried = heights_;
                for (std::size_t p = 0; p < size_; ++p) tried[p] -= part * move[p];
                if (then = loss(tried); then < now) break;
            }
            if (!(then < now)) break;
            heights_ = tried;
            const double gained = now - then;
            now = then;
            if (gained < kEnough) break;
        }
        centre();
        return model_;
    }

private:
    // The parameters that one case touches: the base, then two neighbouring heights a term.
    template <class Each>
    double sum(std::size_t i, const std::vector<double>& heights, Each each) const {
        double total = heights[0];
        for (std::size_t t = 0; t < terms_; ++t) {
            const Place& at = places_[i * terms_ + t];
            const std::uint32_t p = first_[t] + at.knot;
            const bool alone = model_.curves_[t].knots.size() < 2;
            total += heights[p] * (1 - at.way) + (alone ? 0 : heights[p + 1] * at.way);
            each(p, 1 - at.way);
            if (!alone) each(p + 1, at.way);
        }
        return total;
    }

    // (h − guess)ᵀ P (h − guess) / 2: every height, and every bend by its second difference.
    void set_penalty() {
        penalty_.assign(size_ * size_, 0);
        heights_.assign(size_, 0);
        penalty_[0] = 1e-6;
        for (std::size_t t = 0; t < terms_; ++t) {
            const auto& [knots, unused, slope] = model_.curves_[t];
            const double range = std::max(knots.back() - knots.front(), 1e-12);
            for (std::size_t k = 0; k < knots.size(); ++k) {
                const std::size_t p = first_[t] + k;
                heights_[p] = slope * (knots[k] - knots.front());
                penalty_[p * size_ + p] += kHeights;
                if (k + 2 < knots.size())
                    add_bend(p, (knots[k + 1] - knots[k]) / range, (knots[k + 2] - knots[k + 1]) / range,
                             knots.size());
            }
        }
        guess_ = heights_;
        const double share = static_cast<double>(std::accumulate(came_.begin(), came_.end(), 0L)) + 0.5;
        heights_[0] = std::log(share / (static_cast<double>(came_.size()) + 1 - share));
        guess_[0] = heights_[0];
    }
    void add_bend(std::size_t p, double left, double right, std::size_t knots) {
        const double scale = 1. / static_cast<double>(knots - 1);
        const std::array<double, 3> d{scale / left, -scale / left - scale / right, scale / right};
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 3; ++j) penalty_[(p + i) * size_ + p + j] += kBends * d[i] * d[j];
    }

    [[nodiscard]] std::vector<double> penalty_slope(const std::vector<double>& heights) const {
        std::vector<double> slope(size_, 0);
        for (std::size_t i = 0; i < size_; ++i)
            for (std::size_t j = 0; j < size_; ++j)
                slope[i] += penalty_[i * size_ + j] * (heights[j] - guess_[j]);
        return slope;
    }

    [[nodiscard]] double loss(const std::vector<double>& heights) const {
        const std::vector<double> slope = penalty_slope(heights);
        double total = 0;
        for (std::size_t p = 0; p < size_; ++p) total += (heights[p] - guess_[p]) * slope[p] / 2;
        for (std::size_t i = 0; i < came_.size(); ++i) {
            const double odds = sum(i, heights, [](std::uint32_t, float) {});
            total += log1p_exp(odds) - (came_[i] != 0 ? odds : 0);
        }
        return total;
    }

    [[nodiscard]] std::vector<double> direction() const {
        std::vector<double> slope = penalty_slope(heights_);
        std::vector<double> bend = penalty_;
        std::vector<std::pair<std::uint32_t, float>> touched;
        for (std::size_t i = 0; i < came_.size(); ++i) {
            touched.assign(1, {0, 1.0F});
            const double odds =
                sum(i, heights_, [&](std::uint32_t p, float part) { touched.emplace_back(p, part); });
            const double likely = chance(odds);
            const double off = likely - came_[i];
            const double weight = likely * (1 - likely);
            for (std::size_t a = 0; a < touched.size(); ++a) {
                const auto [p, part] = touched[a];
                slope[p] += off * part;
                double* row = bend.data() + p * size_;
                for (std::size_t b = 0; b <= a; ++b)
                    row[touched[b].first] += weight * part * touched[b].second;
            }
        }
        solve(bend, slope);
        return slope;
    }

    // The average of each curve goes into the base, so that a weight says how a case differs from the usual.
    void centre() {
        model_.base_ = heights_[0];
        for (std::size_t t = 0; t < terms_; ++t) {
            auto& curve = model_.curves_[t];
            const auto from = heights_.begin() + first_[t];
            curve.heights.assign(from, from + static_cast<std::ptrdiff_t>(curve.knots.size()));
            double mean = 0;
            for (std::size_t i = 0; i < came_.size(); ++i) {
                const Place& at = places_[i * terms_ + t];
                mean += curve.heights[at.knot] * (1 - at.way);
                if (at.way > 0) mean += curve.heights[at.knot + 1] * at.way;
            }
            mean /= static_cast<double>(came_.size());
            for (double& height : curve.heights) height -= mean;
            model_.base_ += mean;
        }
    }

    const std::vector<std::uint8_t>& came_;
    std::size_t terms_;
    std::size_t size_ = 1;
    std::vector<std::uint32_t> first_;  // each term's first parameter
    std::vector<Place> places_;         // by case, then term
    std::vector<double> penalty_;
    std::vector<double> guess_;
    std::vector<double> heights_;
    AdditiveModel model_;
};

AdditiveModel AdditiveModel::learn(std::span<const AdditiveTerm> terms, const AdditiveCases& cases) {
    if (!cases.came.empty()) return AdditiveFit(terms, cases).run();
    AdditiveModel model;
    model.base_ = kNothingKnown;
    for (const AdditiveTerm& term : terms) model.curves_.push_back({{}, {}, term.guess});
    return model;
}

double AdditiveModel::weight(std::size_t term, double x) const {
    const Curve& curve = curves_[term];
    if (curve.knots.empty()) return curve.slope * x;
    const Place at = place(curve.knots, x);
    const double below = curve.heights[at.knot];
    return at.way > 0 ? below + at.way * (curve.heights[at.knot + 1] - below) : below;
}

double AdditiveModel::log_odds(std::span<const float> terms) const {
    double sum = base_;
    for (std::size_t t = 0; t < terms.size(); ++t) sum += weight(t, terms[t]);
    return sum;
}

double chance(double log_odds) {
    return 1 / (1 + std::exp(-log_odds));
}

}  // namespace vv::core
