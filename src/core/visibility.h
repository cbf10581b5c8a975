// core/visibility.h — who sees whom. A block is silent, total and two-way.
#pragma once

#include "core/people.h"

#include <algorithm>
#include <vector>

namespace vv::core {

/// The blocks around one account, the viewer: both lists sorted.
struct Blocks {
    std::vector<AccountId> mine;    // whom the viewer blocked
    std::vector<AccountId> theirs;  // who blocked the viewer

    /// Neither is suggested, shown, found, proposed to or told of by the other, whoever of them blocked. This
    /// is the rule for everything that comes from the other's account.
    [[nodiscard]] bool hides(AccountId other) const { return is_mine(other) || holds(theirs, other); }
    /// The only thing the viewer may be told: that they themselves blocked. A block by the other must look
    /// like nothing.
    [[nodiscard]] bool is_mine(AccountId other) const { return holds(mine, other); }

private:
    static bool holds(const std::vector<AccountId>& sorted, AccountId id) {
        return std::binary_search(sorted.begin(), sorted.end(), id);
    }
};

}  // namespace vv::core
