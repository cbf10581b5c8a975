// core/resolution/assign.h — who goes with whom when each may go with one only.
//
// Two lists that hold everybody once (two exports of one register, the accounts of two networks) are matched
// as a whole: the best partner of one record may be the only partner of another.
#pragma once

#include <cstdint>
#include <vector>

namespace vv::core::resolution {

struct Candidate {
    std::uint32_t left = 0, right = 0;
    double bits = 0;
};

/// The candidates of positive bits that together weigh most, each left and each right at most once. Exact for
/// groups that hang together of up to 400 on each side (O(n³)), from the best down for larger ones. Sorted by
/// left; among equals the order of the candidates decides nothing.
std::vector<Candidate> assign(std::vector<Candidate> candidates);

}  // namespace vv::core::resolution
