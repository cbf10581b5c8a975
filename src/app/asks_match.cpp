#include "app/asks_match.h"

#include "base/text.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/asks_search.h"
#include "store/communities.h"
#include "store/people.h"
#include "store/topics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace vv::app {
namespace {

using core::PersonId;
using core::asks::Known;
using core::asks::Match;
using core::asks::Matcher;
using core::asks::Reach;

constexpr int kMany = 1'500;  // found by words: more are read from the warmest on, until none can do better
constexpr std::size_t kLookedUp = 100;  // at once
constexpr std::size_t kMostRead = 50'000;

constexpr double kEverybodyLeft = std::numeric_limits<double>::infinity();
constexpr double kNobodyLeft = -kEverybodyLeft;

// Communities of this server that the owner and their people both belong to, those that the ask is about:
// looked up when asked, so that nobody is in one longer than they belong to it.
using Shared = std::map<PersonId, std::vector<core::Topic>>;

Shared shared_communities(store::Tx& tx, const Caller& caller, const Matcher& matcher) {
    Shared shared;
    if (matcher.ask().topics.empty()) return shared;
    auto names = store::communities::joined_by(tx, caller.account);
    std::vector<core::CommunityId> about;
    for (const auto& [id, name] : names)
        if (matcher.is_about({core::TopicKind::group, name})) about.push_back(id);
    if (about.empty()) return shared;
    for (const auto& [person, id] : store::communities::own_people(tx, caller.account, about))
        shared[person].push_back({core::TopicKind::group, names.at(id)});
    return shared;
}

bool is_better(const Match& a, const Match& b) {
    return a.score != b.score ? a.score > b.score : a.person < b.person;
}

// The k best exactly: people come by the most that they can score, so once the k-th best is at least what the
// next can reach, nobody after can better it (Fagin's threshold argument). Evidence is looked up of those
// only who can still be better than everybody who was not read yet: of nobody else it would decide anything.
class Best {
public:
    Best(store::Tx& tx, const Caller& caller, const core::Account& account, Matcher& matcher,
         std::size_t limit, std::span<const PersonId> without, const Shared& shared)
        : tx_(&tx),
          caller_(&caller),
          region_(account.region),
          matcher_(&matcher),
          limit_(limit),
          without_(without),
          shared_(&shared) {}

    /// Takes some people in; true when nobody else with at most this warmth, fitting wholly, can come in.
    bool take(std::vector<Known> people, double warmth_left) {
        for (Known& known : people) {
            if (std::ranges::find(without_, known.person) != without_.end() || !add_shared(known)) continue;
            const auto bound = matcher_->bound(known);
            if (!bound || is_settled(*bound)) continue;
            waiting_.push_back({*bound, std::move(known)});
            std::ranges::push_heap(waiting_, is_less);
        }
        for (auto some = next(warmth_left); !some.empty(); some = next(warmth_left)) judge(some);
        return is_settled(warmth_left);
    }
    /// Nobody else is there.
    void finish() { take({}, kNobodyLeft); }
    std::vector<Match> matches() && { return std::move(best_); }

private:
    struct Waiting {
        double bound = 0;
        Known known;
    };
    // False of somebody who was taken in before, by the community.
    bool add_shared(Known& known) {
        const auto found = shared_->find(known.person);
        if (found == shared_->end()) return true;
        for (const core::Topic& topic : found->second)
            for (const auto& word : core::topic_words(topic)) known.topics += " " + word;
        return taken_.insert(known.person).second;
    }

    static bool is_less(const Waiting& a, const Waiting& b) {
        return a.bound != b.bound ? a.bound < b.bound : b.known.person < a.known.person;
    }

    [[nodiscard]] bool is_settled(double bound) const {
        return best_.size() >= limit_ && std::log(best_[limit_ - 1].score) > bound;
    }

    // Whoever has to be judged now.
    std::vector<Known> next(double warmth_left) {
        std::vector<Known> some;
        while (!waiting_.empty() && some.size() < kLookedUp && waiting_.front().bound >= warmth_left &&
               !is_settled(waiting_.front().bound)) {
            std::ranges::pop_heap(waiting_, is_less);
            some.push_back(std::move(waiting_.back().known));
            waiting_.pop_back();
        }
        return some;
    }

    void judge(const std::vector<Known>& some) {
        std::vector<PersonId> ids;
        for (const Known& known : some) ids.push_back(known.person);
        const auto evidence =
            store::asks::evidence(*tx_, caller_->account, ids, matcher_->ask().place, region_, caller_->now);
        for (const Known& known : some)
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
    const Shared* shared_;
    std::set<PersonId> taken_;      // of those in shared_
    std::vector<Waiting> waiting_;  // read, not judged; a heap, the best on top
    std::vector<Match> best_;
};

void read_from_the_warmest(store::Tx& tx, const Caller& caller, const store::asks::Find& find, Best& best) {
    store::asks::ByWarmth found(tx, caller.account, find, caller.now);
    std::size_t read = 0;
    for (auto some = found.next(); !some.empty() && read < kMostRead; some = found.next()) {
        read += some.size();
        const double warmth_left = some.back().warmth;
        std::vector<Known> people;
        for (auto& one : some) people.push_back(std::move(one.known));
        if (best.take(std::move(people), warmth_left)) return;
    }
    best.finish();
}

// Where what they have to do with is known from.
void name_topics(store::Tx& tx, const Caller& caller, const Matcher& matcher, const Shared& shared,
                 std::vector<Match>& matches) {
    std::vector<PersonId> people;
    for (const Match& match : matches)
        if (!match.topics.empty()) people.push_back(match.person);
    if (people.empty()) return;
    auto topics = store::topics::of_people(tx, caller.account, people);
    for (Match& match : matches) {
        auto& of = topics[match.person];
        if (const auto found = shared.find(match.person); found != shared.end())
            of.insert(of.begin(), found->second.begin(), found->second.end());
        matcher.name_topics(match, of);
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
    const Shared shared = shared_communities(tx, caller, matcher);
    std::vector<PersonId> in_shared;
    for (const auto& [person, topics] : shared) in_shared.push_back(person);
    std::vector<Match> matches;
    for (const Reach reach : {Reach::close, Reach::wide}) {
        store::asks::Find find{matcher.words(reach), {}};
        if (find.words.empty()) find.relations = ask.relations;
        if (find.words.empty() && find.relations.empty()) continue;
        Best best(tx, caller, *account, matcher, limit, without, shared);
        // Where topics are searched for, a community finds people as a word of theirs does.
        if (!in_shared.empty() && (ask.titles.empty() || reach == Reach::wide))
            best.take(store::asks::of_these(tx, caller.account, in_shared, caller.now), kEverybodyLeft);
        if (store::asks::are_many(tx, caller.account, find, kMany))
            read_from_the_warmest(tx, caller, find, best);
        else
            best.take(store::asks::found(tx, caller.account, find, caller.now), kNobodyLeft);
        matches = std::move(best).matches();
        if (matches.size() >= limit) break;
    }
    name_topics(tx, caller, matcher, shared, matches);
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
