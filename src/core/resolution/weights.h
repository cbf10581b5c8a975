// core/resolution/weights.h — what an agreement is worth: Fellegi and Sunter's weights, fitted to the data.
//
// A pair is compared field by field in levels. Of two records of one human m is the share that agree at a
// level, of two strangers u, and log2(m / u) is what the level says. The u come with each pair, as they
// depend on how common the very words are; the m are learnt here by expectation maximisation. A prior stands
// for as many pairs as `strength` says: with few records it holds, with many it is forgotten.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vv::core::resolution {

/// One field of a pair. Level 0 says nothing: a side lacks the field.
struct Cell {
    std::uint8_t level = 0;
    float surprise = 0;  // -log2 of u, how often two strangers agree so
};

struct Fitting {
    double share = 0;     // of all possible pairs, how many are matches; where the fit begins
    double possible = 1;  // all possible pairs, of which those given are the likely ones
    int rounds = 20;
};

class Weights {
public:
    /// `priors` by field and level; level 0 is not used. `strength` in pairs.
    Weights(std::vector<std::vector<double>> priors, double strength);

    /// `cells` holds the pairs one after the other, fields() cells each; `others`, when not empty, the bits
    /// that each pair has from elsewhere. Pairs that two rounds find hopeless take no part in later ones, so
    /// that they cost little. O(cells + rounds · likely cells).
    void fit(std::span<const Cell> cells, std::span<const float> others, const Fitting& fitting);

    /// The bits of one pair, without how likely a match is to begin with.
    [[nodiscard]] double bits(std::span<const Cell> pair) const;
    [[nodiscard]] double m(std::size_t field, std::size_t level) const { return m_[field][level]; }
    [[nodiscard]] std::size_t fields() const { return m_.size(); }
    /// Of all possible pairs, how many are matches.
    [[nodiscard]] double share() const { return share_; }

private:
    void settle();

    std::vector<std::vector<double>> priors_, m_, log_m_;
    double strength_;
    double share_ = 0;
};

}  // namespace vv::core::resolution
