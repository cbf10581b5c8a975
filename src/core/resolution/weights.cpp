#include "core/resolution/weights.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vv::core::resolution {
namespace {

constexpr double kLeast = 1e-6;  // no level is impossible

double odds_bits(double share) {
    return std::log2(share / (1 - share));
}

}  // namespace

Weights::Weights(std::vector<std::vector<double>> priors, double strength)
    : priors_(std::move(priors)), m_(priors_), log_m_(priors_), strength_(strength) {
    settle();
}

// Shares of each field's levels that add up to one, and their logarithms.
void Weights::settle() {
    for (std::size_t f = 0; f < m_.size(); ++f) {
        double sum = 0;
        for (std::size_t l = 1; l < m_[f].size(); ++l) sum += m_[f][l];
        for (std::size_t l = 1; l < m_[f].size(); ++l) {
            m_[f][l] = std::max(m_[f][l] / std::max(sum, kLeast), kLeast);
            log_m_[f][l] = std::log2(m_[f][l]);
        }
    }
}

double Weights::bits(std::span<const Cell> pair) const {
    double sum = 0;
    for (std::size_t f = 0; f < pair.size(); ++f)
        if (pair[f].level != 0) sum += log_m_[f][pair[f].level] + static_cast<double>(pair[f].surprise);
    return sum;
}

void Weights::fit(std::span<const Cell> cells, std::span<const float> others, const Fitting& fitting) {
    constexpr double kHopeless = -15;
    const auto width = fields();
    std::vector<std::size_t> open(cells.size() / std::max<std::size_t>(width, 1));
    std::iota(open.begin(), open.end(), std::size_t{0});
    share_ = fitting.share;
    for (int round = 0; round < fitting.rounds; ++round) {
        auto counts = priors_;
        for (auto& field : counts)
            for (auto& count : field) count *= strength_;
        const double before = odds_bits(share_);
        double matches = 0;
        std::size_t left = 0;
        for (const auto p : open) {
            const auto pair = cells.subspan(p * width, width);
            const double sum = before + bits(pair) + (others.empty() ? 0 : static_cast<double>(others[p]));
            if (sum > kHopeless || round == 0) open[left++] = p;
            if (sum <= kHopeless) continue;
            const double likely = 1 / (1 + std::exp2(-sum));
            matches += likely;
            for (std::size_t f = 0; f < width; ++f)
                if (pair[f].level != 0) counts[f][pair[f].level] += likely;
        }
        open.resize(left);
        m_ = std::move(counts);
        share_ = std::clamp((matches + 0.5) / (fitting.possible + 1), 1e-12, 0.5);
        settle();
    }
}

}  // namespace vv::core::resolution
