#include "core/resolution/records.h"

#include "core/resolution/assign.h"
#include "core/resolution/record_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

namespace vv::core::resolution {
namespace {

using Row = std::uint32_t;
using Pair = std::pair<Row, Row>;

constexpr std::size_t kMostInBlock = 300;  // a key of more rows tells too little to be worth its pairs
constexpr double kStrength = 20;           // pairs of one's own that weigh as much as the priors
constexpr double kSureOfLink = 0.0;        // bits: the threshold, likelier than not; never moved by results
constexpr double kWorthKeeping = -12;
constexpr std::size_t kMostLeftOver = 4'000'000;  // pairs of rows without a partner that are all compared

struct Scored {
    Row a = 0, b = 0;
    double bits = 0;
};

std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

// Rows that share a value are compared, and rows that share two of which each alone is too common. A value
// counts the same in every column, for those that changed places. With `split`, rows before it go with rows
// from it on only.
std::vector<Pair> likely_pairs(const RecordFields& fields, std::size_t split) {
    std::vector<std::pair<std::uint64_t, Row>> keys;
    for (Row row = 0; row < fields.rows(); ++row) {
        for (std::size_t c = 0; c < fields.columns(); ++c) {
            const std::uint64_t x = fields.value(c, row);
            if (x == 0) continue;
            keys.emplace_back(mixed(x), row);
            for (std::size_t d = c + 1; d < fields.columns(); ++d) {
                const std::uint64_t y = fields.value(d, row);
                if (y != 0) keys.emplace_back(mixed(std::min(x, y) << 32 | std::max(x, y)), row);
            }
        }
    }
    std::sort(keys.begin(), keys.end());
    std::vector<Pair> pairs;
    for (std::size_t from = 0, to = 0; from < keys.size(); from = to) {
        while (to < keys.size() && keys[to].first == keys[from].first) ++to;
        if (to - from > kMostInBlock) continue;
        for (auto i = from; i < to; ++i)
            for (auto j = i + 1; j < to; ++j) {
                const auto a = keys[i].second, b = keys[j].second;  // sorted within a key
                if (a != b && (split == 0 || (a < split && b >= split))) pairs.emplace_back(a, b);
            }
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

double odds_bits(double share) {
    return std::log2(share / (1 - share));
}

std::vector<Cell> cells_of(const RecordFields& fields, const std::vector<Pair>& pairs) {
    const auto width = fields.columns();
    std::vector<Cell> cells(pairs.size() * width);
    for (std::size_t p = 0; p < pairs.size(); ++p)
        fields.compare(pairs[p].first, pairs[p].second, std::span(cells).subspan(p * width, width));
    return cells;
}

Weights fitted(const RecordFields& fields, const std::vector<Cell>& cells, double matches, double possible) {
    const std::vector<double> priors(kLikenessPriors.begin(), kLikenessPriors.end());
    Weights weights(std::vector(fields.columns(), priors), kStrength);
    Fitting fitting;
    fitting.possible = possible;
    fitting.share = matches / possible;
    weights.fit(cells, {}, fitting);
    return weights;
}

std::vector<Scored> scored(const Weights& weights, const std::vector<Pair>& pairs,
                           const std::vector<Cell>& cells) {
    const auto width = weights.fields();
    const double before = odds_bits(weights.share());
    std::vector<Scored> out;
    for (std::size_t p = 0; p < pairs.size(); ++p) {
        const double bits = before + weights.bits(std::span(cells).subspan(p * width, width));
        if (bits > kWorthKeeping) out.push_back({pairs[p].first, pairs[p].second, bits});
    }
    return out;
}

// Groups that grow from the surest pair down: two join when all pairs across them together speak for it,
// those that were not even worth comparing against it.
std::vector<Pair> grouped(std::vector<Scored> edges, std::size_t rows) {
    std::sort(edges.begin(), edges.end(), [](const Scored& x, const Scored& y) {
        if (x.bits != y.bits) return x.bits > y.bits;
        return Pair(x.a, x.b) < Pair(y.a, y.b);
    });
    std::unordered_map<std::uint64_t, double> bits;
    for (const auto& e : edges) bits[std::uint64_t{e.a} << 32 | e.b] = e.bits;
    std::vector<Row> of(rows);
    std::vector<std::vector<Row>> members(rows);
    for (Row i = 0; i < rows; ++i) of[i] = i, members[i] = {i};
    const auto across = [&](const std::vector<Row>& xs, const std::vector<Row>& ys) {
        double sum = 0;
        for (const auto x : xs)
            for (const auto y : ys) {
                const auto found = bits.find(std::uint64_t{std::min(x, y)} << 32 | std::max(x, y));
                sum += found == bits.end() ? kWorthKeeping : std::min(found->second, -kWorthKeeping);
            }
        return sum;
    };
    for (const auto& e : edges) {
        if (e.bits <= kSureOfLink) break;
        const auto x = of[e.a], y = of[e.b];
        if (x == y || across(members[x], members[y]) <= 0) continue;
        for (const auto i : members[y]) of[i] = x;
        members[x].insert(members[x].end(), members[y].begin(), members[y].end());
        members[y].clear();
    }
    std::vector<Pair> pairs;
    for (auto& group : members) {
        std::sort(group.begin(), group.end());
        for (std::size_t i = 0; i < group.size(); ++i)
            for (std::size_t j = i + 1; j < group.size(); ++j) pairs.emplace_back(group[i], group[j]);
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

std::vector<Candidate> matched(const std::vector<Scored>& edges) {
    std::vector<Candidate> candidates;
    for (const auto& e : edges) candidates.push_back({e.a, e.b, e.bits - kSureOfLink});
    return assign(std::move(candidates));
}

// Rows without a partner, when nearly all others have one: whoever is left over most likely has theirs among
// the few left over on the other side. How likely is told by how many found one.
std::vector<Candidate> match_left_over(const RecordFields& fields, const Weights& weights, std::size_t split,
                                       const std::vector<Candidate>& sure, std::size_t& compared) {
    std::vector<char> taken(fields.rows(), 0);
    for (const auto& link : sure) taken[link.left] = taken[link.right] = 1;
    std::vector<Row> left, right;
    for (Row row = 0; row < fields.rows(); ++row)
        if (taken[row] == 0) (row < split ? left : right).push_back(row);
    if (left.empty() || right.empty() || left.size() * right.size() > kMostLeftOver) return {};
    const auto smaller = static_cast<double>(std::min(split, fields.rows() - split));
    const double found = (static_cast<double>(sure.size()) + 0.5) / (smaller + 1);
    const double before =
        odds_bits(found) - std::log2(static_cast<double>(std::max(left.size(), right.size())));
    std::vector<Cell> cells(fields.columns());
    std::vector<Candidate> candidates;
    for (const auto a : left)
        for (const auto b : right) {
            fields.compare(a, b, cells);
            candidates.push_back({a, b, before + weights.bits(cells)});
        }
    compared += left.size() * right.size();
    return assign(std::move(candidates));
}

}  // namespace

RecordLinks find_duplicates(const RecordTable& table) {
    const std::array tables{&table};
    const RecordFields fields(tables);
    const auto pairs = likely_pairs(fields, 0);
    const auto cells = cells_of(fields, pairs);
    const auto rows = static_cast<double>(fields.rows());
    const auto weights = fitted(fields, cells, rows / 4, std::max(1.0, rows * (rows - 1) / 2));
    return {grouped(scored(weights, pairs, cells), fields.rows()), pairs.size()};
}

RecordLinks link_tables(const RecordTable& a, const RecordTable& b) {
    const std::array tables{&a, &b};
    const RecordFields fields(tables);
    const auto split = a.rows.size();
    if (split == 0 || b.rows.empty()) return {};
    const auto pairs = likely_pairs(fields, split);
    const auto cells = cells_of(fields, pairs);
    const auto lefts = static_cast<double>(split), rights = static_cast<double>(b.rows.size());
    const auto weights = fitted(fields, cells, std::min(lefts, rights) / 2, std::max(2.0, lefts * rights));
    RecordLinks out;
    out.compared = pairs.size();
    auto links = matched(scored(weights, pairs, cells));
    const auto more = match_left_over(fields, weights, split, links, out.compared);
    links.insert(links.end(), more.begin(), more.end());
    for (const auto& link : links) out.pairs.emplace_back(link.left, link.right - static_cast<Row>(split));
    std::sort(out.pairs.begin(), out.pairs.end());
    return out;
}

}  // namespace vv::core::resolution
