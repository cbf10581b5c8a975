#include "core/ask/spread.h"

#include "base/memory.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vv::core::ask {
namespace {

using Ref = Spread::Ref;

constexpr int kHopsShift = 30;
constexpr Ref kPlace = (Ref{1} << kHopsShift) - 1;
constexpr Ref kNone = ~Ref{0};
constexpr Ref kClosed = kNone - 1;
constexpr std::uint32_t kNoGate = ~std::uint32_t{0};

// Gates cost their number, a spread costs more the rarer those wanted are: at one in a thousand both cost the
// same with so many gates (docs/decisions/0160).
constexpr double kGatesAtOneInThousand = 30'000;
constexpr double kSpreadGrows = 0.6;  // with this power of how rare they are
constexpr std::size_t kMostMeetings = 12;
constexpr Cost kFirstRound = 256;
constexpr std::size_t kFirstLabels = 400;
constexpr std::size_t kSoon = 6, kLater = 12;  // labels

int hops_of(Ref ref) {
    return static_cast<int>(ref >> kHopsShift);
}

Ref ref_of(int hops, std::size_t place) {
    return static_cast<Ref>(hops) << kHopsShift | static_cast<Ref>(place);
}

bool is_among(std::span<const Block> blocks, Node node) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) { return block.whom == node; });
}

}  // namespace

Spread::Spread(Room& room, const View& view, const Question& question, const std::vector<Node>& closed,
               Direct direct)
    : room_(room), view_(view), question_(question), direct_(direct), round_(kFirstRound) {
    const std::size_t accounts = view.accounts();
    if (room_.newest.size() < accounts) {
        room_.newest.resize(accounts, kNone);
        room_.newest_gate.resize(accounts, kNoGate);
        room_.labelled.resize(accounts);
        room_.wanted.resize(accounts);
        use_large_pages(
            {std::as_bytes(std::span(room_.newest)), std::as_bytes(std::span(room_.newest_gate))});
    }
    for (const Node node : closed) close(node);
    for (const Block& block : view.blocks_of(question.asker)) close(block.whom);
    room_.best.assign(question.wanted.size(), {});
    room_.labels[0].push_back({nullptr, 0, question.asker, 0, 0, kNone, kNone});
    room_.newest[question.asker] = ref_of(0, 0);
    room_.labelled.set(question.asker);
}

Spread::~Spread() {
    for (auto& labels : room_.labels) {
        for (const Label& label : labels) {
            room_.newest[label.node] = kNone;
            room_.labelled.reset(label.node);
        }
        labels.clear();
    }
    for (const Node node : closed_) room_.newest[node] = kNone;
    for (const Gate& gate : room_.gates) {
        room_.newest_gate[gate.at] = kNoGate;
        room_.wanted.reset(gate.at);
    }
    if (!has_gates_)
        for (const Wanted& one : question_.wanted) room_.wanted.reset(one.who);
    room_.gates.clear();
    room_.found.clear();
}

void Spread::close(Node node) {
    room_.newest[node] = kClosed;
    closed_.push_back(node);
}

Plan Spread::plan() const {
    if (question_.hops < 2) return Plan::forward;
    if (question_.plan == Plan::meeting && question_.hops < kMostHops) return Plan::gates;
    if (question_.plan != Plan::chosen) return question_.plan;
    if (question_.wanted.size() <= kMostMeetings && question_.hops == kMostHops) return Plan::meeting;
    const double rate = static_cast<double>(question_.wanted.size()) / view_.accounts();
    const double most = kGatesAtOneInThousand * std::pow(0.001 / rate, kSpreadGrows);
    std::size_t ties = 0;
    for (const Wanted& one : question_.wanted)
        if (static_cast<double>(ties += view_.ties_of(one.who).size()) > most) return Plan::forward;
    return Plan::gates;
}

std::vector<Way> Spread::ways() {
    const Plan plan = this->plan();
    if (plan == Plan::forward) {
        want_all();
        spread(question_.hops - 1, Hop::last);
    } else {
        open_gates();
        if (plan == Plan::gates)
            spread(question_.hops - 2, Hop::last);
        else
            spread_and_meet();
    }
    std::vector<Way> ways;
    for (const std::uint32_t place : room_.found) {
        const Best& best = room_.best[place];
        const Node who = question_.wanted[place].who;
        ways.push_back({who, best.cost, path_to(best.label, best.over, who)});
    }
    return ways;
}

void Spread::want_all() {
    for (const Wanted& one : question_.wanted) {
        const Ref newest = room_.newest[one.who];
        if (newest == kClosed || one.who == question_.asker) continue;
        room_.wanted.set(one.who);
        shortest_end_ = std::min<Cost>(shortest_end_, one.unfit);
        ++asked_;
    }
    asked_ = std::min(asked_, question_.best);
}

void Spread::open_gates() {
    has_gates_ = true;
    for (std::uint32_t i = 0; i < question_.wanted.size(); ++i) {
        const Wanted& one = question_.wanted[i];
        if (room_.newest[one.who] == kClosed || one.who == question_.asker) continue;
        ++asked_;
        const auto blocks = view_.blocks_of(one.who);
        for (const HalfTie& tie : view_.ties_of(one.who)) {
            if (tie.in == kNoTrust ||
                !(tie.to == question_.asker ? direct_ == Direct::counts : may_broker(tie.to)))
                continue;
            if (!blocks.empty() && is_among(blocks, tie.to)) continue;
            const Cost cost = Cost{one.unfit} + tie.in;
            room_.gates.push_back({i, cost, room_.newest_gate[tie.to], tie.to});
            room_.newest_gate[tie.to] = static_cast<std::uint32_t>(room_.gates.size() - 1);
            room_.wanted.set(tie.to);
            shortest_end_ = std::min(shortest_end_, cost);
        }
    }
    asked_ = std::min(asked_, question_.best);
    if (room_.wanted.test(question_.asker)) arrive(question_.asker, 0, kNone);
}

bool Spread::may_broker(Node node) const {
    return view_.brokers().test(node) && (closed_.empty() || room_.newest[node] != kClosed);
}

// What a meeting of the first labels finds bounds the spread of the others.
void Spread::spread_and_meet() {
    room_.gates_by_cost.resize(room_.gates.size());
    std::iota(room_.gates_by_cost.begin(), room_.gates_by_cost.end(), 0U);
    std::sort(room_.gates_by_cost.begin(), room_.gates_by_cost.end(),
              [&](auto a, auto b) { return room_.gates[a].cost < room_.gates[b].cost; });
    if (spread(1, Hop::inner, kFirstLabels) == Spreading::goes_on) {
        meet();
        spread(1, Hop::inner);
    }
    meet();
}

// Rounds cost about the same as long as each finds as much as all before it: they widen by a part.
Spread::Spreading Spread::spread(int deepest, Hop deepest_hop, std::size_t labels) {
    if (asked_ == 0 || shortest_end_ == kFar) return Spreading::is_over;
    for (;;) {
        pending_ = kFar;
        tighten();
        pass(deepest, deepest_hop);
        const Cost enough = found_ == kFar ? kFar : found_ - std::min(found_, shortest_end_);
        if (pending_ == kFar || pending_ > enough || round_ >= enough) return Spreading::is_over;
        if (labels_made_ > labels) return Spreading::goes_on;
        round_ = std::min(std::max(round_ + round_ / 6 + kFirstRound, pending_), enough);
    }
}

void Spread::tighten() {
    limit_ = round_;
    if (found_ != kFar) limit_ = std::min(limit_, found_ - std::min(found_, shortest_end_));
}

void Spread::pass(int deepest, Hop deepest_hop) {
    for (int hops = 0; hops <= deepest; ++hops) {
        auto& labels = room_.labels[static_cast<std::size_t>(hops)];
        const bool is_last = hops == deepest && deepest_hop == Hop::last;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            look_ahead(labels, i);
            Label& label = labels[i];
            if (label.due > limit_) {
                pending_ = std::min(pending_, label.due);
                continue;
            }
            if (is_last)
                follow<Hop::last>(label, ref_of(hops, i));
            else
                follow<Hop::inner>(label, ref_of(hops, i));
        }
    }
}

// Rows lie anywhere in memory: those of the next labels are on their way while this one's is read.
void Spread::look_ahead(std::vector<Label>& labels, std::size_t i) const {
    if (i + kSoon < labels.size()) {
        Label& soon = labels[i + kSoon];
        if (soon.due <= limit_ && soon.next == nullptr) look_up(soon);
        if (soon.due <= limit_) __builtin_prefetch(soon.next);
    }
    if (i + kLater < labels.size()) {
        const Label& later = labels[i + kLater];
        if (later.due <= limit_ && later.next == nullptr) view_.fetch_row(later.node);
    }
}

void Spread::look_up(Label& label) const {
    const auto row = view_.outward(label.node);
    label.next = row.data();
    label.left = static_cast<std::uint32_t>(row.size());
}

template <Spread::Hop hop>
void Spread::follow(Label& label, Ref ref) {
    if (label.next == nullptr) look_up(label);
    const auto blocks = view_.blocks_of(label.node);
    const HalfTie* tie = label.next;
    const HalfTie* const end = tie + label.left;
    for (; tie != end && label.cost + tie->out <= limit_; ++tie) {
        if (!blocks.empty() && is_among(blocks, tie->to)) continue;
        const Cost cost = label.cost + tie->out;
        if (room_.wanted.test(tie->to)) arrive(tie->to, cost, ref);
        if constexpr (hop == Hop::inner)
            if (view_.brokers().test(tie->to)) reach(tie->to, cost, ref);
    }
    label.next = tie;
    label.left = static_cast<std::uint32_t>(end - tie);
    label.due = tie == end ? kFar : label.cost + tie->out;
    pending_ = std::min(pending_, label.due);
}

// A label of more hops at a lower cost stays beside this one. One of as many hops is from this round, and
// nobody has followed it yet: what was found later in rounds costs more.
void Spread::reach(Node node, Cost cost, Ref from) {
    const int hops = hops_of(from) + 1;
    const Ref newest = room_.newest[node];
    if (newest == kClosed) return;
    // With the direct tie left out, ways on from the one asked for could lead back there.
    if (direct_ == Direct::does_not_count && node == question_.wanted.front().who) return;
    Label* same = nullptr;
    for (Ref ref = newest; ref != kNone; ref = label(ref).older) {
        Label& other = label(ref);
        if (hops_of(ref) <= hops && other.cost <= cost) return;
        if (hops_of(ref) == hops) same = &other;
    }
    if (same != nullptr) {
        same->cost = same->due = cost;
        same->from = from;
        return;
    }
    auto& labels = room_.labels[static_cast<std::size_t>(hops)];
    labels.push_back({nullptr, 0, node, cost, cost, from, newest});
    room_.newest[node] = ref_of(hops, labels.size() - 1);
    ++labels_made_;
    room_.labelled.set(node);
}

// `from` is the label before `node`; kNone when `node` is the asker.
void Spread::arrive(Node node, Cost cost, Ref from) {
    if (has_gates_) {
        const Best way{cost, from == kNone ? ref_of(0, 0) : from, from == kNone ? kNobody : node};
        for (std::uint32_t i = room_.newest_gate[node]; i != kNoGate; i = room_.gates[i].older)
            improve(room_.gates[i].wanted, {cost + room_.gates[i].cost, way.label, way.over});
        return;
    }
    if (direct_ == Direct::does_not_count && hops_of(from) == 0) return;
    const auto& wanted = question_.wanted;
    const auto one = std::lower_bound(wanted.begin(), wanted.end(), node,
                                      [](const Wanted& a, Node who) { return a.who < who; });
    improve(static_cast<std::uint32_t>(one - wanted.begin()), {cost + one->unfit, from, kNobody});
}

void Spread::improve(std::uint32_t wanted, const Best& best) {
    const auto is_before = [&](std::uint32_t a, std::uint32_t b) {
        return room_.best[a].cost != room_.best[b].cost ? room_.best[a].cost < room_.best[b].cost : a < b;
    };
    auto& found = room_.found;
    if (best.cost >= room_.best[wanted].cost || best.cost > found_) return;
    room_.best[wanted] = best;
    const auto old = std::find(found.begin(), found.end(), wanted);
    if (old != found.end()) found.erase(old);
    found.insert(std::upper_bound(found.begin(), found.end(), wanted, is_before), wanted);
    if (found.size() > asked_) found.pop_back();
    if (found.size() == asked_) found_ = room_.best[found.back()].cost;
    tighten();
}

// Ways of four hops: from those wanted, over their gates, back to a label of two.
void Spread::meet() {
    for (const std::uint32_t i : room_.gates_by_cost) {
        const Gate& gate = room_.gates[i];
        if (gate.cost > found_) return;
        if (gate.at != question_.asker) meet_at(gate);
    }
}

void Spread::meet_at(const Gate& gate) {
    const auto blocks = view_.blocks_of(gate.at);
    for (const HalfTie& tie : view_.ties_of(gate.at)) {
        if (tie.in == kNoTrust || !room_.labelled.test(tie.to)) continue;
        const Cost end = gate.cost + tie.in;
        if (end > found_ || (!blocks.empty() && is_among(blocks, tie.to))) continue;
        for (Ref ref = room_.newest[tie.to]; ref != kNone; ref = label(ref).older)
            improve(gate.wanted, {end + label(ref).cost, ref, gate.at});
    }
}

Spread::Label& Spread::label(Ref ref) {
    return room_.labels[static_cast<std::size_t>(hops_of(ref))][ref & kPlace];
}

std::vector<Node> Spread::path_to(Ref ref, Node over, Node who) {
    std::vector<Node> path{who};
    if (over != kNobody) path.push_back(over);
    for (; ref != kNone; ref = label(ref).from) path.push_back(label(ref).node);
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace vv::core::ask
