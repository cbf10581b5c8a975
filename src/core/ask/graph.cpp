#include "core/ask/graph.h"

#include "base/memory.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace vv::core::ask {

// What only views up to one of them show. Each view keeps its own, and each keeps the next: so nothing goes
// before every older view has gone.
struct Retired {
    std::shared_ptr<LargePages> memory;  // outlives the ties in it
    std::vector<std::unique_ptr<const Page>> pages;
    std::vector<Ties> ties;
    std::shared_ptr<Retired> next;

    explicit Retired(std::shared_ptr<LargePages> of_ties) : memory(std::move(of_ties)) {}
    Retired(Retired&&) = default;
    Retired& operator=(Retired&&) = default;
    // One after the other: a view that was held for long would otherwise end in a deep recursion.
    ~Retired() {
        while (next && next.use_count() == 1) next = std::exchange(next->next, nullptr);
    }
};

// A page and who owns its rows: those that were changed lie apart, until so much of `packed` is unused that
// the page is packed anew.
struct Graph::Holding {
    std::unique_ptr<const Page> page;
    Ties packed;
    std::size_t places = 0, unused = 0;  // in `packed`
    std::vector<std::pair<Node, Ties>> changed;
};

// The pages as they will be, and what is then no longer shown.
struct Graph::Draft {
    Graph& graph;
    std::shared_ptr<View> next;
    Retired retired;
    std::unordered_map<std::size_t, Page*> fresh;
    std::shared_ptr<Bits> brokers, in_blocks;  // when they change

    explicit Draft(Graph& changed)
        : graph(changed), next(std::make_shared<View>(*changed.view_)), retired(changed.memory_) {}

    Page& page(Node node);
    void replace(Node node, Ties ties, std::size_t count);
    void pack(std::size_t index);
    template <class Edit>
    void edit(Node node, Node other, const Edit& edit);
    void consent(Node who, SetBroker::Consent consent);
    void block(Node who, Node whom, SetBlock::State state);

    void make(const SetTrust& change);
    void make(const SetBroker& change) { consent(change.who, change.consent); }
    void make(const SetBlock& change);
    void make(const Forget& change);
};

namespace {

constexpr auto kWarmestFirst = [](const HalfTie& a, const HalfTie& b) {
    return a.out != b.out ? a.out < b.out : a.to < b.to;
};

Page::Row row(const HalfTie* first, std::size_t count) {
    const auto* end = first + count;
    const auto* outward =
        std::partition_point(first, end, [](const HalfTie& tie) { return tie.out != kNoTrust; });
    return {first, static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(outward - first)};
}

std::uint64_t directions(const HalfTie& tie) {
    return static_cast<std::uint64_t>((tie.out != kNoTrust) + (tie.in != kNoTrust));
}

// A row as it was filled in any order, in its own; returns how many are left when pairs are one.
std::size_t tidy(std::span<HalfTie> ties) {
    std::sort(ties.begin(), ties.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
    std::size_t count = 0;
    for (const HalfTie& tie : ties) {
        if (count > 0 && ties[count - 1].to == tie.to) {
            ties[count - 1].out = std::min(ties[count - 1].out, tie.out);
            ties[count - 1].in = std::min(ties[count - 1].in, tie.in);
        } else {
            ties[count++] = tie;
        }
    }
    std::sort(ties.begin(), ties.begin() + static_cast<std::ptrdiff_t>(count), kWarmestFirst);
    return count;
}

std::span<std::uint32_t> rows_of(std::span<std::uint32_t> counts, std::size_t page) {
    const std::size_t first = page * kRowsOfPage;
    return counts.subspan(first, std::min(kRowsOfPage, counts.size() - first));
}

// Every so many pages what was freed is given back.
constexpr std::size_t kPagesAtATime = 2'048;

// A page's rows, filled in any order, in their own and without gaps; `counts` become what is left.
void tidy_page(HalfTie* ties, std::span<std::uint32_t> counts) {
    std::size_t from = 0, end = 0;
    for (std::uint32_t& count : counts) {
        const std::size_t left = tidy({ties + from, count});
        std::copy_n(ties + from, left, ties + end);
        from += count;
        end += left;
        count = static_cast<std::uint32_t>(left);
    }
}

Result<Done> is_account(Node node, Node accounts) {
    if (node < accounts) return Done{};
    return Error(Fault::invalid, "ask.no_account",
                 "There is no account " + std::to_string(node) + " among " + std::to_string(accounts) + ".");
}

Result<Done> is_pair(Node a, Node b, Node accounts) {
    CHECK(is_account(a, accounts));
    CHECK(is_account(b, accounts));
    if (a != b) return Done{};
    return Error(Fault::invalid, "ask.with_oneself", "Account " + std::to_string(a) + " is given twice.");
}

Result<Done> is_possible(const SetTrust& change, Node accounts) {
    return is_pair(change.from, change.to, accounts);
}
Result<Done> is_possible(const SetBroker& change, Node accounts) {
    return is_account(change.who, accounts);
}
Result<Done> is_possible(const SetBlock& change, Node accounts) {
    return is_pair(change.a, change.b, accounts);
}
Result<Done> is_possible(const Forget& change, Node accounts) {
    return is_account(change.who, accounts);
}

}  // namespace

Steps steps_of(double trust) {
    if (!(trust > 0)) return kNoTrust - 1;
    const double steps = std::round(-std::log(trust) * kStepsOfOne);
    return static_cast<Steps>(std::clamp(steps, 0.0, double{kNoTrust - 1}));
}

double trust_of(Cost cost) {
    return std::exp(-static_cast<double>(cost) / kStepsOfOne);
}

std::span<const Block> View::find_blocks_of(Node node) const {
    const auto& blocks = pages_[node / kRowsOfPage]->blocks;
    const auto first = std::lower_bound(blocks.begin(), blocks.end(), Block{node, 0});
    auto last = first;
    while (last != blocks.end() && last->who == node) ++last;
    return {first, last};
}

bool View::is_blocked(Node a, Node b) const {
    const auto blocks = blocks_of(a);
    return std::binary_search(blocks.begin(), blocks.end(), Block{a, b});
}

Graph::Graph() : memory_(std::make_shared<LargePages>()), newest_(std::make_shared<Retired>(memory_)) {}

Ties Graph::room_for(std::size_t ties) const {
    return {static_cast<HalfTie*>(memory_->take(ties * sizeof(HalfTie))), GiveBack{memory_.get(), ties}};
}

// Views may outlive the graph: what it holds goes to them.
Graph::~Graph() {
    for (auto& holding : holdings_) {
        newest_->pages.push_back(std::move(holding.page));
        newest_->ties.push_back(std::move(holding.packed));
        for (auto& [node, ties] : holding.changed) newest_->ties.push_back(std::move(ties));
    }
}

std::shared_ptr<const View> Graph::view() const {
    const std::scoped_lock hold(swapping_);  // for as long as a pointer is copied
    return view_;
}

std::uint64_t Graph::ties() const {
    const std::scoped_lock hold(writing_);
    return ties_;
}

std::uint64_t Graph::bytes() const {
    const std::scoped_lock hold(writing_);
    std::size_t changed = 0;
    for (const auto& holding : holdings_) changed += holding.changed.capacity();
    return memory_->bytes() + changed * sizeof(std::pair<Node, Ties>) +
           holdings_.size() * (sizeof(Page) + sizeof(Holding) + sizeof(const Page*)) +
           2 * view_->brokers().words().size() * sizeof(std::uint64_t);
}

void Graph::add_page(Ties ties, std::span<const std::uint32_t> counts, std::vector<Block> blocks) {
    auto page = std::make_unique<Page>();
    std::size_t first = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        page->rows[i] = row(ties.get() + first, counts[i]);
        first += counts[i];
        ties_ += page->rows[i].outward;
    }
    page->blocks = std::move(blocks);
    holdings_.push_back({std::move(page), std::move(ties), first, 0, {}});
}

void Graph::show(Node accounts, Bits brokers) {
    std::vector<std::span<const std::byte>> pages;
    for (const auto& holding : holdings_) pages.push_back(std::as_bytes(std::span(holding.page.get(), 1)));
    use_large_pages(pages);
    auto view = std::make_shared<View>();
    view->accounts_ = accounts;
    for (const auto& holding : holdings_) view->pages_.push_back(holding.page.get());
    view->brokers_ = std::make_shared<const Bits>(std::move(brokers));
    Bits in_blocks(accounts);
    for (const auto& holding : holdings_)
        for (const Block& block : holding.page->blocks) in_blocks.set(block.who);
    view->in_blocks_ = std::make_shared<const Bits>(std::move(in_blocks));
    view->keeps_ = newest_;
    view_ = std::move(view);
}

Result<std::unique_ptr<Graph>> Graph::build(Node accounts, std::vector<Tie> ties, Bits brokers,
                                            const std::vector<SetBlock>& blocks) {
    std::erase_if(ties, [](const Tie& tie) { return tie.a_in_b == kNoTrust && tie.b_in_a == kNoTrust; });
    std::vector<std::uint32_t> counts(accounts);
    for (const Tie& tie : ties) {
        CHECK(is_pair(tie.a, tie.b, accounts));
        ++counts[tie.a];
        ++counts[tie.b];
    }
    std::vector<std::unique_ptr<HalfTie[]>> pages;
    std::vector<HalfTie*> next(accounts);
    for (std::size_t node = 0; node < accounts; node += kRowsOfPage) {
        const auto rows = rows_of(counts, node / kRowsOfPage);
        pages.push_back(std::make_unique_for_overwrite<HalfTie[]>(std::reduce(rows.begin(), rows.end())));
        HalfTie* at = pages.back().get();
        for (std::size_t i = 0; i < rows.size(); at += rows[i++]) next[node + i] = at;
    }
    for (const Tie& tie : ties) {
        *next[tie.a]++ = {tie.b, tie.a_in_b, tie.b_in_a};
        *next[tie.b]++ = {tie.a, tie.b_in_a, tie.a_in_b};
    }
    std::vector<Tie>().swap(ties);
    brokers.resize(accounts);
    std::unique_ptr<Graph> graph(new Graph());
    for (std::size_t page = 0; page < pages.size(); ++page) {
        const auto rows = rows_of(counts, page);
        tidy_page(pages[page].get(), rows);
        const std::size_t left = std::reduce(rows.begin(), rows.end());
        auto packed = graph->room_for(left);
        std::copy_n(pages[page].get(), left, packed.get());
        graph->add_page(std::move(packed), rows, {});
        pages[page].reset();
        if (page % kPagesAtATime == kPagesAtATime - 1) release_freed_memory();
    }
    graph->show(accounts, std::move(brokers));
    CHECK(graph->apply(std::vector<Change>(blocks.begin(), blocks.end())));
    return graph;
}

void Graph::publish(std::shared_ptr<View> next, Retired retired) {
    auto newest = std::make_shared<Retired>(memory_);
    *newest_ = std::move(retired);
    newest_->next = newest;
    next->keeps_ = newest;
    ++next->version_;
    newest_ = std::move(newest);
    std::shared_ptr<const View> old = std::move(next);
    {
        const std::scoped_lock hold(swapping_);
        old.swap(view_);
    }
}

Result<Done> Graph::apply(std::span<const Change> changes) {
    const std::scoped_lock one_writer(writing_);
    for (const Change& change : changes)
        CHECK(std::visit([&](const auto& one) { return is_possible(one, view_->accounts()); }, change));
    if (changes.empty()) return Done{};
    Draft draft(*this);
    for (const Change& change : changes) std::visit([&](const auto& one) { draft.make(one); }, change);
    if (draft.brokers) draft.next->brokers_ = std::move(draft.brokers);
    if (draft.in_blocks) draft.next->in_blocks_ = std::move(draft.in_blocks);
    publish(std::move(draft.next), std::move(draft.retired));
    return Done{};
}

Node Graph::add_accounts(Node count) {
    const std::scoped_lock one_writer(writing_);
    const Node first = view_->accounts();
    auto next = std::make_shared<View>(*view_);
    next->accounts_ = first + count;
    for (auto* bits : {&next->brokers_, &next->in_blocks_}) {
        auto longer = std::make_shared<Bits>(**bits);
        longer->resize(next->accounts_);
        *bits = std::move(longer);
    }
    while (holdings_.size() * kRowsOfPage < next->accounts_) {
        add_page(nullptr, {}, {});
        next->pages_.push_back(holdings_.back().page.get());
    }
    publish(std::move(next), Retired(memory_));
    return first;
}

Page& Graph::Draft::page(Node node) {
    const std::size_t index = node / kRowsOfPage;
    const auto [found, is_new] = fresh.try_emplace(index);
    if (is_new) {
        auto copy = std::make_unique<Page>(*next->pages_[index]);
        found->second = copy.get();
        next->pages_[index] = copy.get();
        retired.pages.push_back(std::exchange(graph.holdings_[index].page, std::move(copy)));
    }
    return *found->second;
}

void Graph::Draft::replace(Node node, Ties ties, std::size_t count) {
    const std::size_t index = node / kRowsOfPage;
    Holding& holding = graph.holdings_[index];
    Page::Row& old = page(node).rows[node % kRowsOfPage];
    const auto found = std::find_if(holding.changed.begin(), holding.changed.end(),
                                    [&](const auto& one) { return one.first == node; });
    if (found != holding.changed.end()) {
        retired.ties.push_back(std::exchange(found->second, std::move(ties)));
        old = row(found->second.get(), count);
    } else {
        holding.unused += old.ties;
        old = row(ties.get(), count);
        holding.changed.emplace_back(node, std::move(ties));
    }
    if (holding.unused > 64 + holding.places / 4) pack(index);
}

void Graph::Draft::pack(std::size_t index) {
    Holding& holding = graph.holdings_[index];
    Page& page = *fresh.at(index);
    std::size_t places = 0;
    for (const auto& row : page.rows) places += row.ties;
    auto packed = graph.room_for(places);
    HalfTie* at = packed.get();
    for (auto& row : page.rows) {
        HalfTie* const first = at;
        at = std::copy_n(row.first, row.ties, at);
        row.first = first;
    }
    for (auto& [node, ties] : holding.changed) retired.ties.push_back(std::move(ties));
    retired.ties.push_back(std::exchange(holding.packed, std::move(packed)));
    holding.changed.clear();
    holding.places = places;
    holding.unused = 0;
}

// The row of `node` with another tie to `other`: a copy, as readers may be in the old one.
template <class Edit>
void Graph::Draft::edit(Node node, Node other, const Edit& edit) {
    const auto old = next->ties_of(node);
    const auto found =
        std::find_if(old.begin(), old.end(), [&](const HalfTie& tie) { return tie.to == other; });
    const HalfTie before = found != old.end() ? *found : HalfTie{other};
    HalfTie after = before;
    edit(after);
    if (after == before) return;
    const std::uint64_t stays = directions(after) > 0 ? 1 : 0;
    const std::size_t count = old.size() - (found != old.end() ? 1 : 0) + stays;
    auto ties = graph.room_for(count);
    HalfTie* end = std::copy(old.begin(), found, ties.get());
    if (found != old.end()) end = std::copy(found + 1, old.end(), end);
    if (stays > 0) {
        HalfTie* const place = std::upper_bound(ties.get(), end, after, kWarmestFirst);
        std::copy_backward(place, end, end + 1);
        *place = after;
    }
    graph.ties_ += std::uint64_t{after.out != kNoTrust} - std::uint64_t{before.out != kNoTrust};
    replace(node, std::move(ties), count);
}

void Graph::Draft::make(const SetTrust& change) {
    edit(change.from, change.to, [&](HalfTie& tie) { tie.out = change.trust; });
    edit(change.to, change.from, [&](HalfTie& tie) { tie.in = change.trust; });
}

void Graph::Draft::consent(Node who, SetBroker::Consent consent) {
    if (!brokers) brokers = std::make_shared<Bits>(*next->brokers_);
    if (consent == SetBroker::Consent::given)
        brokers->set(who);
    else
        brokers->reset(who);
}

void Graph::Draft::block(Node who, Node whom, SetBlock::State state) {
    if (!in_blocks) in_blocks = std::make_shared<Bits>(*next->in_blocks_);
    auto& blocks = page(who).blocks;
    const Block block{who, whom};
    const auto place = std::lower_bound(blocks.begin(), blocks.end(), block);
    const bool is_there = place != blocks.end() && *place == block;
    if (state == SetBlock::State::set && !is_there) blocks.insert(place, block);
    if (state == SetBlock::State::lifted && is_there) blocks.erase(place);
    const auto of_who = std::lower_bound(blocks.begin(), blocks.end(), Block{who, 0});
    if (of_who != blocks.end() && of_who->who == who)
        in_blocks->set(who);
    else
        in_blocks->reset(who);
}

void Graph::Draft::make(const SetBlock& change) {
    block(change.a, change.b, change.state);
    block(change.b, change.a, change.state);
}

void Graph::Draft::make(const Forget& change) {
    for (const HalfTie& tie : next->ties_of(change.who))
        edit(tie.to, change.who, [](HalfTie& theirs) { theirs.out = theirs.in = kNoTrust; });
    graph.ties_ -= next->outward(change.who).size();
    replace(change.who, nullptr, 0);
    const auto blocks = next->find_blocks_of(change.who);
    for (const Block& one : std::vector<Block>(blocks.begin(), blocks.end()))
        make(SetBlock{one.who, one.whom, SetBlock::State::lifted});
    consent(change.who, SetBroker::Consent::withdrawn);
}

}  // namespace vv::core::ask
