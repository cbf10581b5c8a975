#include "core/resolution/assign.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace vv::core::resolution {
namespace {

constexpr std::size_t kLargest = 400;

using Group = std::vector<Candidate>;

bool better(const Candidate& x, const Candidate& y) {
    if (x.bits != y.bits) return x.bits > y.bits;
    return std::pair(x.left, x.right) < std::pair(y.left, y.right);
}

class Joined {
public:
    explicit Joined(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
    std::uint32_t find(std::uint32_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::uint32_t a, std::uint32_t b) { parent_[find(a)] = find(b); }

private:
    std::vector<std::uint32_t> parent_;
};

// The candidates that hang together through shared records, in a fixed order.
std::vector<Group> groups_of(const std::vector<Candidate>& candidates) {
    std::unordered_map<std::uint64_t, std::uint32_t> ids;
    const auto id = [&](std::uint64_t side, std::uint32_t record) {
        return ids.try_emplace(side << 32 | record, static_cast<std::uint32_t>(ids.size())).first->second;
    };
    for (const auto& c : candidates) id(0, c.left), id(1, c.right);
    Joined joined(ids.size());
    for (const auto& c : candidates) joined.join(id(0, c.left), id(1, c.right));
    std::unordered_map<std::uint32_t, std::size_t> index;
    std::vector<Group> groups;
    for (const auto& c : candidates) {
        const auto at = index.try_emplace(joined.find(id(0, c.left)), groups.size()).first->second;
        if (at == groups.size()) groups.emplace_back();
        groups[at].push_back(c);
    }
    return groups;
}

void take_best_first(Group group, std::vector<Candidate>& out) {
    std::sort(group.begin(), group.end(), better);
    std::unordered_set<std::uint32_t> left, right;
    for (const auto& c : group)
        if (!left.contains(c.left) && !right.contains(c.right)) {
            left.insert(c.left), right.insert(c.right);
            out.push_back(c);
        }
}

std::vector<std::uint32_t> distinct(const Group& group, std::uint32_t Candidate::*side) {
    std::vector<std::uint32_t> all;
    for (const auto& c : group) all.push_back(c.*side);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::size_t position(const std::vector<std::uint32_t>& sorted, std::uint32_t value) {
    return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
}

// The Hungarian method by shortest augmenting paths. Rows are lefts; columns are rights and, behind them, a
// place for each left to stay alone at no gain.
class Hungarian {
public:
    Hungarian(std::size_t rows, std::size_t rights)
        : rights_(rights),
          columns_(rights + rows),
          cost_(rows * rights, 0),
          u_(rows + 1, 0),
          v_(columns_ + 1, 0),
          row_of_(columns_ + 1, 0) {}

    void set(std::size_t row, std::size_t right, double gain) { cost_[row * rights_ + right] = -gain; }

    /// The right of each row, or rights_ and more where it stays alone.
    std::vector<std::size_t> solve() {
        const auto rows = u_.size() - 1;
        for (std::size_t row = 1; row <= rows; ++row) augment(row);
        std::vector<std::size_t> out(rows, rights_);
        for (std::size_t column = 1; column <= columns_; ++column)
            if (row_of_[column] != 0) out[row_of_[column] - 1] = column - 1;
        return out;
    }

private:
    [[nodiscard]] double cost(std::size_t row, std::size_t column) const {
        return column <= rights_ ? cost_[(row - 1) * rights_ + column - 1] : 0;
    }

    void augment(std::size_t row) {
        std::vector<double> least(columns_ + 1, std::numeric_limits<double>::infinity());
        std::vector<std::size_t> way(columns_ + 1, 0);
        std::vector<char> used(columns_ + 1, 0);
        row_of_[0] = row;
        std::size_t at = 0;
        do {
            used[at] = 1;
            const auto from = row_of_[at];
            double delta = std::numeric_limits<double>::infinity();
            std::size_t next = 0;
            for (std::size_t j = 1; j <= columns_; ++j) {
                if (used[j] != 0) continue;
                const double reduced = cost(from, j) - u_[from] - v_[j];
                if (reduced < least[j]) least[j] = reduced, way[j] = at;
                if (least[j] < delta) delta = least[j], next = j;
            }
            for (std::size_t j = 0; j <= columns_; ++j)
                if (used[j] != 0)
                    u_[row_of_[j]] += delta, v_[j] -= delta;
                else
                    least[j] -= delta;
            at = next;
        } while (row_of_[at] != 0);
        for (; at != 0; at = way[at]) row_of_[at] = row_of_[way[at]];
    }

    std::size_t rights_, columns_;
    std::vector<double> cost_, u_, v_;
    std::vector<std::size_t> row_of_;  // by column, from 1; 0 is nobody
};

void take_exactly(const Group& group, std::vector<Candidate>& out) {
    const auto lefts = distinct(group, &Candidate::left), rights = distinct(group, &Candidate::right);
    if (lefts.size() > kLargest || rights.size() > kLargest) return take_best_first(group, out);
    Hungarian hungarian(lefts.size(), rights.size());
    std::unordered_map<std::uint64_t, const Candidate*> known;
    for (const auto& c : group) {
        const auto row = position(lefts, c.left), column = position(rights, c.right);
        hungarian.set(row, column, c.bits);
        known[row << 32 | column] = &c;
    }
    const auto chosen = hungarian.solve();
    for (std::size_t row = 0; row < chosen.size(); ++row)
        if (const auto found = known.find(row << 32 | chosen[row]); found != known.end())
            out.push_back(*found->second);
}

}  // namespace

std::vector<Candidate> assign(std::vector<Candidate> candidates) {
    std::erase_if(candidates, [](const Candidate& c) { return c.bits <= 0; });
    std::sort(candidates.begin(), candidates.end(), better);
    std::vector<Candidate> out;
    for (const auto& group : groups_of(candidates))
        if (group.size() == 1)
            out.push_back(group.front());
        else
            take_exactly(group, out);
    std::sort(out.begin(), out.end(), [](const Candidate& x, const Candidate& y) { return x.left < y.left; });
    return out;
}

}  // namespace vv::core::resolution
