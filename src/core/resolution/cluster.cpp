#include "core/resolution/cluster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>

namespace vv::core::resolution {
namespace {

constexpr std::size_t kMostRivals = 32;
constexpr double kWorthAnotherLook = 0.5;  // of a pair, when its clusters may know more
constexpr std::size_t kMostMembers =
    64;  // a bigger cluster is a mistake, or asks too much of every later check

using Index = std::uint32_t;

bool surer(const Edge& x, const Edge& y) {
    if (x.sum() != y.sum()) return x.sum() > y.sum();
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
}

class Clusters {
public:
    Clusters(const Background& background, const Judge& judge, const std::vector<Edge>& edges)
        : background_(background),
          judge_(judge),
          of_(background.profiles().size()),
          members_(of_.size()),
          at_(of_.size()) {
        std::iota(of_.begin(), of_.end(), 0U);
        for (Index i = 0; i < members_.size(); ++i) members_[i] = {i};
        for (const auto& edge : edges) {
            at_[edge.a].push_back(&edge);
            at_[edge.b].push_back(&edge);
        }
        for (auto& at : at_)  // the strongest first
            std::ranges::stable_sort(at, std::ranges::greater{}, [](const Edge* edge) { return edge->bits; });
    }

    [[nodiscard]] bool together(Index a, Index b) const { return of_[a] == of_[b]; }
    [[nodiscard]] Index of(Index i) const { return of_[i]; }
    [[nodiscard]] const std::vector<Index>& members(Index cluster) const { return members_[cluster]; }

    [[nodiscard]] std::vector<const Profile*> profiles(Index cluster) const {
        std::vector<const Profile*> out;
        for (const auto i : members_[cluster]) out.push_back(&background_.profiles()[i]);
        return out;
    }

    void forbid(Index a, Index b) { forbidden_.insert(std::minmax(a, b)); }

    // The owner's word joins what evidence would not, but not what the owner's other word holds apart.
    void join_by_word(Index a, Index b) {
        if (!together(a, b) && !held_apart(of_[a], of_[b])) unite(of_[a], of_[b]);
        allowed_.insert(std::minmax(a, b));
    }
    void join(Index a, Index b) { unite(of_[a], of_[b]); }

    enum class By { evidence, asking };
    // With `between`, the members of that cluster count as explaining what their names would forbid.
    [[nodiscard]] bool can_join(Index x, Index y, By by, std::optional<Index> between = {}) const {
        const auto &xs = members_[x], &ys = members_[y];
        if (xs.size() + ys.size() > kMostMembers || held_apart(x, y)) return false;
        const auto apart = [&](const Profile& a, const Profile& b) {
            return by == By::evidence ? judge_.forbids(a, b) : judge_.excludes(a, b);
        };
        for (const auto a : xs)
            for (const auto b : ys)
                if (!allowed_.contains(std::minmax(a, b)) &&
                    apart(background_.profiles()[a], background_.profiles()[b]) && !bridged(x, a, b) &&
                    !bridged(y, a, b) && !(between && bridged(*between, a, b)))
                    return false;
        return true;
    }

    // How strongly a third cluster, which can't be one with `x`, claims `y`. Of a member that resembles very
    // many, the strongest are looked at.
    [[nodiscard]] double rival_claim(Index x, Index y) const {
        constexpr std::size_t kMostLookedAt = 32;
        double best = -99;
        for (const auto member : members_[y]) {
            std::size_t looked_at = 0;
            for (const auto* edge : at_[member]) {
                if (edge->bits <= best || ++looked_at > kMostLookedAt) break;
                const auto third = of_[edge->a == member ? edge->b : edge->a];
                if (third != x && third != y && !can_join(x, third, By::evidence, y)) best = edge->bits;
            }
        }
        return best;
    }

private:
    [[nodiscard]] bool bridged(Index by, Index a, Index b) const {
        return std::any_of(members_[by].begin(), members_[by].end(), [&](Index member) {
            return judge_.bridges(background_.profiles()[member], background_.profiles()[a],
                                  background_.profiles()[b]);
        });
    }

    [[nodiscard]] bool held_apart(Index x, Index y) const {
        if (forbidden_.empty()) return false;
        for (const auto a : members_[x])
            for (const auto b : members_[y])
                if (forbidden_.contains(std::minmax(a, b))) return true;
        return false;
    }

    void unite(Index x, Index y) {
        if (x == y) return;
        if (members_[x].size() < members_[y].size()) std::swap(x, y);
        for (const auto i : members_[y]) of_[i] = x;
        members_[x].insert(members_[x].end(), members_[y].begin(), members_[y].end());
        members_[y].clear();
    }

    const Background& background_;
    const Judge& judge_;
    std::vector<Index> of_;
    std::vector<std::vector<Index>> members_;
    std::vector<std::vector<const Edge*>> at_;  // by profile
    std::set<std::pair<Index, Index>> forbidden_, allowed_;
};

void apply(const std::vector<Ruling>& rulings, Clusters& clusters) {
    for (const auto& ruling : rulings)
        if (ruling.verdict == Verdict::different) clusters.forbid(ruling.a, ruling.b);
    for (const auto& ruling : rulings)
        if (ruling.verdict == Verdict::same) clusters.join_by_word(ruling.a, ruling.b);
}

std::vector<std::vector<Index>> sorted_clusters(const Clusters& clusters, std::size_t count) {
    std::vector<std::vector<Index>> out;
    for (Index i = 0; i < count; ++i) {
        auto members = clusters.members(clusters.of(i));
        std::sort(members.begin(), members.end());
        if (members.front() == i) out.push_back(std::move(members));
    }
    return out;
}

// The pair beside all that its two clusters say and whom else they might be: the pair's own bits hold already
// what its two sides say by themselves.
Edge as_clusters(const Edge& edge, const Clusters& clusters, const Background& background,
                 const Judge& judge) {
    const auto x = clusters.of(edge.a), y = clusters.of(edge.b);
    const auto claims = std::exp2(clusters.rival_claim(x, y)) + std::exp2(clusters.rival_claim(y, x));
    const std::array<const Profile*, 1> a{&background.profiles()[edge.a]}, b{&background.profiles()[edge.b]};
    auto out = edge;
    out.groups = judge.as_groups(clusters.profiles(x), clusters.profiles(y)) - judge.as_groups(a, b);
    out.rivals = -std::log2(1 + claims);
    return out;
}

struct Question {
    Edge edge;
    double use = 0;
    bool about_several = false;  // a family's address: of whom it is one nobody can say
};

// The surest open pair stands for two clusters, if it can one that is about two humans; a "yes" gains as many
// pairs as lie across, with its probability.
std::vector<Edge> open_questions(const std::vector<Edge>& edges, const Clusters& clusters,
                                 const Background& background, const Judge& judge, double ask_above) {
    const auto worth = [&](Index cluster) {
        double sum = 0;
        for (const auto i : clusters.members(cluster))
            sum += worth_of_knowing(background.text(background.profiles()[i].label));
        return sum;
    };
    std::map<std::pair<Index, Index>, Question> open;
    for (const auto& edge : edges) {
        if (probability(edge.sum()) < ask_above || clusters.together(edge.a, edge.b)) continue;
        const auto x = clusters.of(edge.a), y = clusters.of(edge.b);
        const auto key = std::minmax(x, y);
        const auto [at, fresh] = open.try_emplace(key);
        auto& question = at->second;
        const auto about_several = judge.is_of_several(background.profiles()[edge.a]) ||
                                   judge.is_of_several(background.profiles()[edge.b]);
        const bool better =
            fresh ? clusters.can_join(x, y, Clusters::By::asking) : question.about_several && !about_several;
        if (!better) continue;
        const auto whole = as_clusters(edge, clusters, background, judge);
        const double p = probability(whole.sum());
        if (p >= ask_above) question = {whole, p * worth(x) * worth(y), about_several};
    }
    std::vector<Question> sorted;
    for (auto& [key, question] : open)
        if (question.use > 0) sorted.push_back(question);
    std::sort(sorted.begin(), sorted.end(), [](const Question& x, const Question& y) {
        if (x.use != y.use) return x.use > y.use;
        return std::pair(x.edge.a, x.edge.b) < std::pair(y.edge.a, y.edge.b);
    });
    std::vector<Edge> out;
    for (const auto& question : sorted) out.push_back(question.edge);
    return out;
}

}  // namespace

void weigh_rivals(std::vector<Edge>& edges, const Background& background, const Judge& judge) {
    std::unordered_map<Index, std::vector<const Edge*>> at;
    for (const auto& edge : edges)
        if (edge.bits > -4) {
            at[edge.a].push_back(&edge);
            at[edge.b].push_back(&edge);
        }
    for (auto& [profile, list] : at) {
        std::sort(list.begin(), list.end(), [](const Edge* x, const Edge* y) {
            if (x->bits != y->bits) return x->bits > y->bits;
            return std::pair(x->a, x->b) < std::pair(y->a, y->b);
        });
        if (list.size() > kMostRivals) list.resize(kMostRivals);
    }
    const auto strongest = [&](Index from, Index to) {
        const auto found = at.find(from);
        if (found == at.end()) return -99.0;
        for (const auto* edge : found->second) {
            const auto other = edge->a == from ? edge->b : edge->a;
            const auto &rival = background.profiles()[other], &wanted = background.profiles()[to];
            const auto& between = background.profiles()[from];
            if (other != to && (judge.forbids(rival, wanted) ? !judge.bridges(between, rival, wanted)
                                                             : judge.stands_for_both(between, rival, wanted)))
                return edge->bits;
        }
        return -99.0;
    };
    for (auto& edge : edges) {
        const double a = strongest(edge.a, edge.b), b = strongest(edge.b, edge.a);
        edge.rivals = -std::log2(1 + std::exp2(a) + std::exp2(b));
    }
}

Clustering cluster(const Background& background, const Judge& judge, std::vector<Edge> edges,
                   const std::vector<Ruling>& rulings, const std::vector<std::vector<Index>>& start,
                   const ResolutionOptions& options) {
    std::sort(edges.begin(), edges.end(), surer);
    Clusters clusters(background, judge, edges);
    for (const auto& members : start)
        for (std::size_t i = 1; i < members.size(); ++i) clusters.join(members[0], members[i]);
    apply(rulings, clusters);
    // Twice: what a pair lacks its clusters may have when others have joined them.
    for (const int round : {0, 1})
        for (const auto& edge : edges) {
            if (probability(edge.sum()) < (round == 0 ? options.merge_above : kWorthAnotherLook)) break;
            const auto x = clusters.of(edge.a), y = clusters.of(edge.b);
            if (round > 0 && clusters.members(x).size() + clusters.members(y).size() == 2) continue;
            if (x != y && clusters.can_join(x, y, Clusters::By::evidence) &&
                probability(as_clusters(edge, clusters, background, judge).sum()) >= options.merge_above)
                clusters.join(x, y);
        }
    return {sorted_clusters(clusters, background.profiles().size()),
            open_questions(edges, clusters, background, judge, options.ask_above)};
}

}  // namespace vv::core::resolution
