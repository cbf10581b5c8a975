// core/additive.h — a chance as a sum: a base and one curve for each term, learnt from what came about.
//
// log-odds = base + Σ curve(term). A curve is straight between its knots and level beyond them; the curves of
// all terms are fitted together, by likelihood less a penalty for bends and for heights. The penalty pulls
// towards a guess: a straight line of a slope given beforehand, which is the model when there is nothing to
// learn from. So each term's weight in one answer is a number that can be shown, and they add up to the
// answer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vv::core {

struct AdditiveTerm {
    std::string_view name;
    double guess = 0;  // log-odds for each unit of it, before anything was learnt
};

/// Columns of numbers, one a term, and whether each case came about.
struct AdditiveCases {
    std::vector<std::vector<float>> terms;
    std::vector<std::uint8_t> came;
};

class AdditiveModel {
public:
    /// Deterministic. O(cases · terms²) for each of at most 25 steps.
    static AdditiveModel learn(std::span<const AdditiveTerm> terms, const AdditiveCases& cases);

    [[nodiscard]] std::size_t terms() const { return curves_.size(); }
    /// Of the average case that it learnt from.
    [[nodiscard]] double base() const { return base_; }
    /// What one term adds to the base; its average over the cases learnt from is nothing.
    [[nodiscard]] double weight(std::size_t term, double x) const;
    [[nodiscard]] double log_odds(std::span<const float> terms) const;

private:
    struct Curve {
        std::vector<double> knots;    // ascending; none when nothing was learnt
        std::vector<double> heights;  // as many
        double slope = 0;             // the guess, used without knots
    };
    friend class AdditiveFit;

    double base_ = 0;
    std::vector<Curve> curves_;
};

double chance(double log_odds);

}  // namespace vv::core
