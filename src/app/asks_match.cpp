#include "app/asks_match.h"

#include "core/ties.h"
#include "store/accounts.h"
#include "store/asks_search.h"
#include "store/people.h"

#include <algorithm>

namespace vv::app {
namespace {

using core::PersonId;
using core::asks::Known;
using core::asks::Match;
using core::asks::Matcher;
using core::asks::Reach;

constexpr int kMany = 1'500;  // found by words: more are read from the warmest on, until none can do better
constexpr std::size_t kPage = 150;
constexpr std::size_t kLookedUp = 100;  // at once
constexpr std::size_t kMostRead = 20'000;

bool is_better(const Match& a, const Match& b) {
    return a.score != b.score ? a.score > b.score : a.person < b.person;
}

// The k best exactly: people come by the most that they can score, so once the k-th best is at least what the
// next can reach, nobody after can better it (Fagin's threshold argument).
class Best {
public:
    Best(store::Tx& tx, const Caller& caller, const core::Account& account, Matcher& matcher,
         std::size_t limit, std::span<const PersonId> without)
        : tx_(&tx),
          caller_(&caller),
          region_(account.region),
          matcher_(&matcher),
          limit_(limit),
          without_(without) {}

    /// Takes some people in; true when nobody else with at most this warmth, fitting wholly, can come in.
    bool take(std::vector<Known> people, double warmth_left) {
        std::vector<std::pair<double, Known>> waiting;
        for (Known& known : people) {
            if (std::ranges::find(without_, known.person) != without_.end()) continue;
            if (const auto bound = matcher_->bound(known)) waiting.emplace_back(*bound, std::move(known));
        }
        std::ranges::sort(waiting, [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second.person < b.second.person;
        });
        for (std::size_t from = 0; from < waiting.size() && !is_settled(waiting[from].first);
             from += kLookedUp)
            judge(std::span(waiting).subspan(from, std::min(kLookedUp, waiting.size() - from)));
        return is_settled(warmth_left);
    }
    std::vector<Match> matches() && { return std::move(best_); }
    [[nodiscard]] std::size_t size() const { return best_.size(); }

private:
    [[nodiscard]] bool is_settled(double bound) const {
        return best_.size() >= limit_ && std::log(best_[limit_ - 1].score) > bound;
    }

    void judge(std::span<const std::pair<double, Known>> some) {
        std::vector<PersonId> ids;
        for (const auto& [bound, known] : some) ids.push_back(known.person);
        const auto evidence =
            store::asks::evidence(*tx_, caller_->account, ids, matcher_->ask().place, region_, caller_->now);
        for (const auto& [bound, known] : some)
            if (auto match = matcher_->judge(known, evidence.at(known.person)))
                best_.push_back(*std::move(match));
        std::ranges::sort(best_, is_better);
        if (best_.size() > limit_) best_.resize(limit_);
    }

    store::Tx* tx_;
    const Caller* caller_;
    std::string region_;
    Matcher* matcher_;
    std::size_t limit_;
    std::span<const PersonId> without_;
    std::vector<Match> best_;
};

void read_from_the_warmest(store::Tx& tx, const Caller& caller, const store::asks::Find& find, Best& best) {
    std::optional<store::asks::Cursor> after;
    // Each page finds the matches anew, so that who has to be sought deep down is read in larger ones.
    for (std::size_t read = 0, wanted = kPage; read < kMostRead; read += wanted, wanted *= 4) {
        auto page = store::asks::by_warmth(tx, caller.account, find, after, caller.now, wanted);
        if (page.empty()) return;
        after = {page.back().warmth, page.back().known.person};
        const bool is_last = page.size() < wanted;
        std::vector<Known> people;
        for (auto& one : page) people.push_back(std::move(one.known));
        if (best.take(std::move(people), after->warmth) || is_last) return;
    }
}

}  // namespace

Result<std::vector<MatchedPerson>> match_people(store::Tx& tx, Caller caller, core::Ask ask,
                                                std::size_t limit, std::vector<PersonId> without) {
    std::vector<MatchedPerson> people;
    const auto account = store::accounts::find(tx, caller.account);
    if (!account || limit == 0) return people;
    Matcher matcher(ask, caller.now, caller.zone,
                    account->home ? std::optional(account->home->at) : std::nullopt);
    std::vector<Match> matches;
    for (const Reach reach : {Reach::close, Reach::wide}) {
        store::asks::Find find{matcher.words(reach), {}};
        if (find.words.empty()) find.relations = ask.relations;
        if (find.words.empty() && find.relations.empty()) continue;
        Best best(tx, caller, *account, matcher, limit, without);
        if (store::asks::are_many(tx, caller.account, find, kMany))
            read_from_the_warmest(tx, caller, find, best);
        else
            best.take(store::asks::found(tx, caller.account, find, caller.now), 0);
        matches = std::move(best).matches();
        if (matches.size() >= limit) break;
    }
    std::vector<PersonId> ids;
    for (const Match& match : matches) ids.push_back(match.person);
    auto loaded = store::people::load(tx, caller.account, ids);
    VV_ASSERT(loaded.size() == matches.size());  // both were read in this transaction
    for (std::size_t i = 0; i < loaded.size(); ++i) {
        loaded[i].trust = core::faded_trust(loaded[i].trust, loaded[i].trust_at, caller.now);
        people.push_back({std::move(loaded[i]), std::move(matches[i])});
    }
    return people;
}

}  // namespace vv::app
