// core/ask/graph.h — who vouches for whom: accounts, the trust of their ties, who agreed to broker, who
// blocked whom.
//
// Trust is kept as its negative logarithm in steps, so that the trust of a path is a sum of whole numbers and
// "exact" has a meaning: rounding changes a tie's trust by at most 1 in 8,000 (see steps_of). An account's
// ties lie in a row, warmest first, eight bytes a tie for both directions.
//
// Readers take a view, which never changes, and are never waited for; one writer at a time copies the rows
// that change and publishes the next view. What only older views show is freed when the last of them is gone.
#pragma once

#include "base/large_pages.h"
#include "base/result.h"
#include "core/ask/bits.h"

#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <variant>
#include <vector>

namespace vv::core::ask {

using Node = std::uint32_t;   // an account's number here, from 0
using Steps = std::uint16_t;  // −ln of trust or fit, in 4096ths
using Cost = std::uint32_t;   // a sum of them

constexpr double kStepsOfOne = 4096;  // in a factor of e
constexpr Steps kNoTrust = 65'535;    // there is no tie in this direction
constexpr Cost kFar = 1'000'000'000;  // more than any path costs
constexpr Node kNobody = ~Node{0};

/// Rounded to the nearest step: trust_of(steps_of(p)) is within p·e^(±1/8192), that is 0.0123 %, for p from
/// 1.2e-7 to 1; a smaller one counts as the smallest.
Steps steps_of(double trust);
double trust_of(Cost cost);

/// A pair of accounts and the trust of each in the other; kNoTrust where there is none.
struct Tie {
    Node a = 0, b = 0;
    Steps a_in_b = kNoTrust, b_in_a = kNoTrust;
};

/// A tie as it stands in the row of one of the two.
struct HalfTie {
    Node to = 0;
    Steps out = kNoTrust;  // trust in `to`
    Steps in = kNoTrust;   // of `to` in the row's account

    bool operator==(const HalfTie&) const = default;
};

/// Two who shall not stand next to each other on a path; in the row of each.
struct Block {
    Node who = 0, whom = 0;

    auto operator<=>(const Block&) const = default;
};

constexpr std::size_t kRowsOfPage = 64;

struct Page {
    struct Row {
        const HalfTie* first = nullptr;
        std::uint32_t ties = 0;
        std::uint32_t outward = 0;  // the first so many have an `out`
    };
    std::array<Row, kRowsOfPage> rows;
    std::vector<Block> blocks;  // sorted
};

/// Rows lie in large pages: a search that reads thousands of them takes half as long.
struct GiveBack {
    LargePages* memory = nullptr;
    std::size_t count = 0;
    void operator()(HalfTie* ties) const { memory->give_back(ties, count * sizeof(HalfTie)); }
};
using Ties = std::unique_ptr<HalfTie[], GiveBack>;

struct Retired;

/// The graph at one moment.
class View {
public:
    [[nodiscard]] Node accounts() const { return accounts_; }
    [[nodiscard]] std::uint64_t version() const { return version_; }
    /// All ties, by (out, to); those without an `out` at the end.
    [[nodiscard]] std::span<const HalfTie> ties_of(Node node) const {
        const auto& row = row_of(node);
        return {row.first, row.ties};
    }
    [[nodiscard]] std::span<const HalfTie> outward(Node node) const {
        const auto& row = row_of(node);
        return {row.first, row.outward};
    }
    /// Empty for nearly everybody, which is quickly known.
    [[nodiscard]] std::span<const Block> blocks_of(Node node) const {
        return in_blocks_->test(node) ? find_blocks_of(node) : std::span<const Block>{};
    }
    [[nodiscard]] bool is_blocked(Node a, Node b) const;
    [[nodiscard]] const Bits& brokers() const { return *brokers_; }
    /// For those who will soon ask for the row.
    void fetch_row(Node node) const { __builtin_prefetch(&row_of(node)); }

private:
    friend class Graph;
    [[nodiscard]] const Page::Row& row_of(Node node) const {
        return pages_[node / kRowsOfPage]->rows[node % kRowsOfPage];
    }
    [[nodiscard]] std::span<const Block> find_blocks_of(Node node) const;

    Node accounts_ = 0;
    std::uint64_t version_ = 0;
    std::vector<const Page*> pages_;
    std::shared_ptr<const Bits> brokers_, in_blocks_;
    std::shared_ptr<const Retired> keeps_;
};

/// kNoTrust takes the tie away.
struct SetTrust {
    Node from = 0, to = 0;
    Steps trust = kNoTrust;
};
struct SetBroker {
    enum class Consent { withdrawn, given };
    Node who = 0;
    Consent consent = Consent::withdrawn;
};
/// Whoever of the two blocked the other.
struct SetBlock {
    enum class State { lifted, set };
    Node a = 0, b = 0;
    State state = State::set;
};
/// An account that is gone: its ties, its consent, its blocks.
struct Forget {
    Node who = 0;
};
using Change = std::variant<SetTrust, SetBroker, SetBlock, Forget>;

class Graph {
public:
    /// Of a pair given twice the warmer trust counts. `invalid` for an account that there isn't, or a tie
    /// with oneself.
    static Result<std::unique_ptr<Graph>> build(Node accounts, std::vector<Tie> ties, Bits brokers,
                                                const std::vector<SetBlock>& blocks = {});
    ~Graph();
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;

    /// The newest; from any thread.
    [[nodiscard]] std::shared_ptr<const View> view() const;
    /// All of them or, when one is `invalid`, none; views taken afterwards show them. From any thread.
    Result<Done> apply(std::span<const Change> changes);
    /// New accounts without ties; the first one's number.
    Node add_accounts(Node count);

    /// Directed ties, and what they and everything else here take.
    [[nodiscard]] std::uint64_t ties() const;
    [[nodiscard]] std::uint64_t bytes() const;

private:
    friend struct Image;
    struct Holding;
    struct Draft;
    Graph();
    [[nodiscard]] Ties room_for(std::size_t ties) const;
    void add_page(Ties ties, std::span<const std::uint32_t> counts, std::vector<Block> blocks);
    void show(Node accounts, Bits brokers);
    void publish(std::shared_ptr<View> next, Retired retired);

    mutable std::mutex writing_, swapping_;
    std::shared_ptr<LargePages> memory_;
    std::vector<Holding> holdings_;  // of each page
    std::shared_ptr<const View> view_;
    std::shared_ptr<Retired> newest_;
    std::uint64_t ties_ = 0;  // directed
};

}  // namespace vv::core::ask
