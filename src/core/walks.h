// core/walks.h — how near two people are in a web of ties: walks from one to the other, over others.
//
// A step from a person goes along their ties by weight; steps are taken symmetrically, by the roots of both
// ends' sums, so that neither a person with many ties nor one with few is near to everybody.
#pragma once

#include <cstddef>
#include <vector>

namespace vv::core {

/// A symmetric table of numbers over pairs of people, dense.
class Web {
public:
    explicit Web(std::size_t people = 0) : people_(people), cells_(people * people, 0.0) {}

    [[nodiscard]] std::size_t people() const { return people_; }
    [[nodiscard]] double at(std::size_t a, std::size_t b) const { return cells_[a * people_ + b]; }
    double* row(std::size_t a) { return cells_.data() + a * people_; }
    [[nodiscard]] const double* row(std::size_t a) const { return cells_.data() + a * people_; }
    void add(std::size_t a, std::size_t b, double weight) {
        cells_[a * people_ + b] += weight;
        if (a != b) cells_[b * people_ + a] += weight;
    }

private:
    std::size_t people_;
    std::vector<double> cells_;
};

/// One step: each tie divided by the root of both people's sums.
Web steps(const Web& ties);
/// Walks of as many steps as both together; for powers of one web.
Web then(const Web& first, const Web& second);
/// Walks of any length, each further step worth `going_on` of the one before: (1 − going_on·S)⁻¹ − 1.
/// O(people³).
Web all_walks(const Web& steps, double going_on);

}  // namespace vv::core
