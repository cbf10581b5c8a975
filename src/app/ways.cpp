#include "app/ways.h"

#include "app/throttles.h"
#include "app/ways_file.h"
#include "base/log.h"
#include "core/ask/graph.h"
#include "core/ask/search.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/people.h"
#include "store/ways.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace vv::app {
namespace {

using core::AccountId;
using core::ask::Change;
using core::ask::Node;
using core::ask::SetBlock;
using core::ask::SetBroker;
using core::ask::SetTrust;

constexpr int kPage = 20'000;
constexpr std::chrono::milliseconds kStep{500};
constexpr std::chrono::hours kLoadedEvery{24};
constexpr std::chrono::hours kSavedEvery{1};
constexpr int kChangesAtOnce = 1'000;
constexpr int kLookedBack = 1'000;  // changes that transactions may have filled in from behind
constexpr std::int64_t kKept = 100'000;
constexpr double kLeastTrust = 0.02;  // a tie that both agreed to is one
constexpr std::size_t kMostWays = 4;

core::ask::Steps steps_of(double trust) {
    return core::ask::steps_of(std::clamp(trust, kLeastTrust, 1.0));
}

}  // namespace

/// What has changed since it was last looked at.
struct Ways::Missed {
    store::ways::Kept kept;
    std::vector<store::ways::Change> changes;
    bool is_all = false;             // up to the last
    std::vector<AccountId> changed;  // each once
    std::map<AccountId, store::ways::Account> accounts;
};

/// The graph and whose number is whose.
struct Ways::Network {
    mutable std::mutex holding;
    std::unique_ptr<core::ask::Graph> graph;
    std::vector<AccountId> accounts;  // by number
    std::unordered_map<AccountId, Node> numbers;
    mutable core::ask::Search search;
    Instant loaded_at;
    std::int64_t seen_to = 0;
    AccountId seen_last;                    // whose change that was
    std::unordered_set<std::int64_t> seen;  // of the latest
    bool is_current = false;                // nothing that has changed waits to be taken in
    bool is_saved = false;                  // as it is now
    Instant saved_at;

    [[nodiscard]] std::optional<Node> number_of(AccountId account) const {
        const auto at = numbers.find(account);
        return at == numbers.end() ? std::nullopt : std::optional(at->second);
    }
    Node make_number(AccountId account) {
        const auto [at, is_new] = numbers.try_emplace(account, static_cast<Node>(accounts.size()));
        if (is_new) {
            accounts.push_back(account);
            graph->add_accounts(1);
        }
        return at->second;
    }
    [[nodiscard]] Missed look(store::Tx& tx, Instant now) const;
    Result<Done> take(const Missed& missed);
    void take_account(AccountId account, const store::ways::Account* now, std::vector<Change>& changes);
    void take_ties(Node node, const store::ways::Account& now, std::vector<Change>& changes);
    void take_blocks(Node node, const store::ways::Account& now, std::vector<Change>& changes);
};

/// What has been read so far. Each part is read to its end before the next.
struct Ways::Loading {
    enum class Part { accounts, brokers, blocks, ties, done } part = Part::accounts;
    std::int64_t seen_to = 0;
    store::ways::Pair after;
    std::vector<AccountId> accounts, brokers;
    std::vector<store::ways::Pair> blocks;
    std::vector<store::ways::Tie> ties;

    void read(store::Tx& tx, Instant now);
    [[nodiscard]] Result<Done> build(Network& network, Instant now) const;

private:
    void note(std::size_t read, store::ways::Pair last, Part next) {
        after = last;
        if (read == static_cast<std::size_t>(kPage)) return;
        part = next;
        after = {};
    }
};

void Ways::Loading::read(store::Tx& tx, Instant now) {
    const auto append = [](auto& all, auto&& more) { all.insert(all.end(), more.begin(), more.end()); };
    if (part == Part::accounts) {
        if (accounts.empty()) seen_to = store::ways::kept(tx).last;
        const auto more = store::ways::accounts_after(tx, after.first, kPage);
        append(accounts, more);
        note(more.size(), {more.empty() ? AccountId{} : more.back(), {}}, Part::brokers);
    } else if (part == Part::brokers) {
        const auto more = store::ways::brokers_after(tx, after.first, kPage);
        append(brokers, more);
        note(more.size(), {more.empty() ? AccountId{} : more.back(), {}}, Part::blocks);
    } else if (part == Part::blocks) {
        const auto more = store::ways::blocks_after(tx, after, kPage);
        append(blocks, more);
        note(more.size(), more.empty() ? store::ways::Pair{} : more.back(), Part::ties);
    } else {
        const auto more = store::ways::ties_after(tx, after, now, kPage);
        append(ties, more);
        note(more.size(),
             more.empty() ? store::ways::Pair{} : store::ways::Pair{more.back().owner, more.back().account},
             Part::done);
    }
}

// Whoever came while it was read is taken in with the changes since.
Result<Done> Ways::Loading::build(Network& network, Instant now) const {
    std::unordered_map<AccountId, Node> numbers;
    for (const AccountId account : accounts) numbers.emplace(account, static_cast<Node>(numbers.size()));
    const auto both = [&](AccountId a, AccountId b) -> std::optional<std::pair<Node, Node>> {
        const auto first = numbers.find(a), second = numbers.find(b);
        if (first == numbers.end() || second == numbers.end() || a == b) return std::nullopt;
        return std::pair(first->second, second->second);
    };
    core::ask::Bits agreed(accounts.size());
    for (const AccountId broker : brokers)
        if (const auto at = numbers.find(broker); at != numbers.end()) agreed.set(at->second);
    std::vector<core::ask::Tie> pairs;
    for (const auto& tie : ties)
        if (const auto pair = both(tie.owner, tie.account))
            pairs.push_back({pair->first, pair->second, steps_of(tie.trust), core::ask::kNoTrust});
    std::vector<SetBlock> apart;
    for (const auto& [who, whom] : blocks)
        if (const auto pair = both(who, whom)) apart.push_back({pair->first, pair->second});
    TRY(auto graph, core::ask::Graph::build(static_cast<Node>(accounts.size()), std::move(pairs),
                                            std::move(agreed), apart));
    const std::scoped_lock hold(network.holding);
    network.graph = std::move(graph);
    network.accounts = accounts;
    network.numbers = std::move(numbers);
    network.loaded_at = now;
    network.seen_to = seen_to;
    network.seen_last = {};  // told by the first change that is taken in, from a little further back
    network.seen.clear();
    network.is_saved = false;
    return Done{};
}

void Ways::Network::take_ties(Node node, const store::ways::Account& now, std::vector<Change>& changes) {
    std::unordered_map<Node, core::ask::Steps> wanted;
    for (const auto& tie : now.ties) {
        const auto to = number_of(tie.account);
        if (!to || *to == node) continue;
        const auto [at, is_new] = wanted.try_emplace(*to, steps_of(tie.trust));
        if (!is_new) at->second = std::min(at->second, steps_of(tie.trust));
    }
    const auto view = graph->view();
    for (const core::ask::HalfTie& tie : view->outward(node)) {
        const auto at = wanted.find(tie.to);
        if (at == wanted.end()) changes.push_back(SetTrust{node, tie.to, core::ask::kNoTrust});
        if (at != wanted.end() && at->second == tie.out) wanted.erase(at);
    }
    for (const auto& [to, trust] : wanted) changes.push_back(SetTrust{node, to, trust});
}

void Ways::Network::take_blocks(Node node, const store::ways::Account& now, std::vector<Change>& changes) {
    std::unordered_set<Node> wanted;
    for (const AccountId account : now.apart_from)
        if (const auto other = number_of(account); other && *other != node) wanted.insert(*other);
    const auto view = graph->view();
    for (const core::ask::Block& block : view->blocks_of(node))
        if (wanted.erase(block.whom) == 0)
            changes.push_back(SetBlock{node, block.whom, SetBlock::State::lifted});
    for (const Node other : wanted) changes.push_back(SetBlock{node, other, SetBlock::State::set});
}

void Ways::Network::take_account(AccountId account, const store::ways::Account* now,
                                 std::vector<Change>& changes) {
    const auto node = number_of(account);
    if (!node) return;
    if (now == nullptr) {
        changes.push_back(core::ask::Forget{*node});
        return;
    }
    const auto consent = now->agrees ? SetBroker::Consent::given : SetBroker::Consent::withdrawn;
    if (graph->view()->brokers().test(*node) != now->agrees) changes.push_back(SetBroker{*node, consent});
    take_ties(*node, *now, changes);
    take_blocks(*node, *now, changes);
}

Ways::Missed Ways::Network::look(store::Tx& tx, Instant now) const {
    Missed missed;
    missed.kept = store::ways::kept(tx);
    missed.changes = store::ways::changes_after(tx, seen_to - kLookedBack, kLookedBack + kChangesAtOnce);
    missed.is_all = missed.changes.size() < static_cast<std::size_t>(kLookedBack + kChangesAtOnce);
    std::erase_if(missed.changes, [&](const auto& change) { return seen.contains(change.seq); });
    for (const auto& change : missed.changes) missed.changed.push_back(change.account);
    std::ranges::sort(missed.changed);
    missed.changed.erase(std::unique(missed.changed.begin(), missed.changed.end()), missed.changed.end());
    if (!missed.changed.empty()) missed.accounts = store::ways::look(tx, missed.changed, now);
    return missed;
}

Result<Done> Ways::Network::take(const Missed& missed) {
    const std::scoped_lock hold(holding);
    is_current = is_current || missed.is_all;
    if (missed.changes.empty()) return Done{};
    for (const auto& [account, state] : missed.accounts) {
        make_number(account);
        for (const auto& tie : state.ties) make_number(tie.account);
    }
    std::vector<Change> steps;
    for (const AccountId account : missed.changed) {
        const auto at = missed.accounts.find(account);
        take_account(account, at == missed.accounts.end() ? nullptr : &at->second, steps);
    }
    CHECK(graph->apply(steps));
    for (const auto& change : missed.changes) {
        seen.insert(change.seq);
        if (change.seq < seen_to) continue;
        seen_to = change.seq;
        seen_last = change.account;
    }
    is_saved = false;
    std::erase_if(seen, [&](std::int64_t seq) { return seq <= seen_to - kLookedBack; });
    return Done{};
}

Ways::Ways() : network_(std::make_unique<Network>()), loading_(std::make_unique<Loading>()) {}
Ways::~Ways() = default;

bool Ways::is_ready() const {
    const std::scoped_lock hold(network_->holding);
    return network_->graph != nullptr && network_->is_current;
}

// The change up to which the file goes must be one of this database's: after another was put in its place, it
// is not.
void Ways::start_from_file(store::Database& db, Instant now) {
    has_started_ = true;
    if (file_.empty()) return;
    Result<ReadWays> found = read_ways(file_);
    if (!found && found.error().fault == Fault::not_found) return;
    const auto throw_away = [&](const std::string& why) {
        log::warning("ways.file_left", {{"file", file_}, {"why", why}});
        std::error_code failed;
        std::filesystem::remove(file_, failed);
    };
    if (!found) return throw_away(found.error().detail);
    const WaysImage& image = found->image;
    if (now - image.loaded_at >= kLoadedEvery || now < image.loaded_at)
        return throw_away("It is not of this day.");
    const auto known = db.read_now([&](store::Tx& tx) -> Result<bool> {
        const auto at = store::ways::changes_after(tx, image.last.seq - 1, 1);
        return !at.empty() && at.front().seq == image.last.seq && at.front().account == image.last.account;
    });
    if (!known || !*known) return throw_away("It is not of this database's past.");
    const std::scoped_lock hold(network_->holding);
    network_->accounts = image.accounts;
    network_->numbers.reserve(image.accounts.size());
    for (const AccountId account : image.accounts)
        network_->numbers.emplace(account, static_cast<Node>(network_->numbers.size()));
    network_->graph = std::move(found->graph);
    network_->loaded_at = image.loaded_at;
    network_->seen_to = image.last.seq;
    network_->seen_last = image.last.account;
    network_->saved_at = now;
    loading_.reset();
    log::info("ways.from_file", {{"accounts", std::to_string(image.accounts.size())}});
}

Result<Done> Ways::save(Instant now) {
    WaysImage image;
    std::shared_ptr<const core::ask::View> view;
    {
        const std::scoped_lock hold(network_->holding);
        // Without a change to know it by, it could not be told from another database's.
        if (file_.empty() || !network_->graph || network_->is_saved || !network_->seen_last.value)
            return Done{};
        image = {network_->loaded_at, {network_->seen_to, network_->seen_last}, network_->accounts};
        view = network_->graph->view();
        network_->is_saved = true;
        network_->saved_at = now;
    }
    return write_ways(file_, image, *view);
}

Result<Done> Ways::refresh(store::Database& db, Instant now) {
    if (!has_started_) start_from_file(db, now);
    if (!loading_ && now - network_->loaded_at >= kLoadedEvery) loading_ = std::make_unique<Loading>();
    if (loading_) CHECK(load_on(db, now));
    if (!network_->graph) return Done{};
    const auto until = std::chrono::steady_clock::now() + kStep;
    do {
        CHECK(catch_up(db, now));
    } while (!is_ready() && std::chrono::steady_clock::now() < until);
    return now - network_->saved_at >= kSavedEvery ? save(now) : Result<Done>(Done{});
}

Result<Done> Ways::load_on(store::Database& db, Instant now) {
    const auto until = std::chrono::steady_clock::now() + kStep;
    while (loading_->part != Loading::Part::done && std::chrono::steady_clock::now() < until)
        CHECK(db.read_now([&](store::Tx& tx) -> Result<Done> {
            loading_->read(tx, now);
            return Done{};
        }));
    if (loading_->part != Loading::Part::done) return Done{};
    CHECK(loading_->build(*network_, now));
    loading_.reset();
    return Done{};
}

Result<Done> Ways::catch_up(store::Database& db, Instant now) {
    Missed missed;
    CHECK(db.read_now([&](store::Tx& tx) -> Result<Done> {
        missed = network_->look(tx, now);
        return Done{};
    }));
    // What was forgotten before it was read here is made up for by reading everything.
    if (missed.kept.first > network_->seen_to + 1 && network_->seen_to > 0 && !loading_)
        loading_ = std::make_unique<Loading>();
    CHECK(network_->take(missed));
    if (missed.kept.last - missed.kept.first < 2 * kKept) return Done{};
    return db.write_now([&](store::Tx& tx) -> Result<Done> {
        store::ways::forget_before(tx, missed.kept.last - kKept);
        return Done{};
    });
}

std::vector<AccountId> Ways::first_steps(AccountId from, AccountId to) const {
    std::vector<AccountId> steps;
    const Network& network = *network_;
    const std::scoped_lock hold(network.holding);
    if (!network.graph || !network.is_current) return steps;
    const auto start = network.number_of(from), end = network.number_of(to);
    const auto view = network.graph->view();
    if (!start || !end || *start == *end || !view->brokers().test(*end)) return steps;
    // One more, as their own tie is a way, too, and nobody's to broker.
    for (const core::ask::Way& way : network.search.warmest(*view, *start, *end, kMostWays + 1))
        if (way.path.size() > 2 && steps.size() < kMostWays) steps.push_back(network.accounts[way.path[1]]);
    return steps;
}

Result<WaysTo> find_ways(store::Tx& tx, Caller caller, std::string handle, const Ways* ways) {
    CHECK(count_try(tx, Throttle::ways_account, to_string(caller.account), caller.now));
    WaysTo found;
    found.is_ready = ways != nullptr && ways->is_ready();
    if (!found.is_ready) return found;
    TRY(const std::string name, core::check_handle(handle));
    const auto target = store::accounts::find_by_handle(tx, name);
    if (!target || store::blocks::between(tx, caller.account, target->id)) return found;
    const auto steps = ways->first_steps(caller.account, target->id);
    const auto people = store::people::of_accounts(tx, caller.account, steps);
    for (const AccountId step : steps) {
        const auto person = std::ranges::find(people, std::optional(step), &core::Person::account);
        if (person != people.end() && !person->blocked_at) found.first.push_back(*person);
    }
    return found;
}

}  // namespace vv::app
