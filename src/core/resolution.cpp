#include "core/resolution.h"

#include "base/text.h"
#include "core/resolution/block.h"
#include "core/resolution/cluster.h"
#include "core/resolution/judge.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace vv::core {
namespace {

using namespace resolution;
using Index = std::uint32_t;
constexpr auto kNoCluster = std::numeric_limits<std::size_t>::max();

IdentitySource in_order(std::vector<const Identity*> identities) {
    const auto by_id = [](const Identity* a, const Identity* b) { return a->id < b->id; };
    if (!std::is_sorted(identities.begin(), identities.end(), by_id))
        std::sort(identities.begin(), identities.end(), by_id);
    const auto count = identities.size();
    return {count, [sorted = std::move(identities)](const std::function<void(const Identity&)>& take) {
                for (const auto* identity : sorted) take(*identity);
            }};
}

std::vector<const Identity*> pointers(std::span<const Identity> identities) {
    std::vector<const Identity*> out;
    out.reserve(identities.size());
    for (const auto& identity : identities) out.push_back(&identity);
    return out;
}

// Where an identity's profile is: profiles are sorted by id, and mostly without gaps.
class Indexes {
public:
    explicit Indexes(const Background& background) : profiles_(background.profiles()) {}

    [[nodiscard]] std::optional<Index> find(IdentityId id) const {
        if (profiles_.empty() || id < profiles_.front().id) return {};
        const auto guess = static_cast<std::size_t>(id.value - profiles_.front().id.value);
        if (guess < profiles_.size() && profiles_[guess].id == id) return static_cast<Index>(guess);
        const auto at = std::lower_bound(profiles_.begin(), profiles_.end(), id,
                                         [](const Profile& p, IdentityId wanted) { return p.id < wanted; });
        if (at == profiles_.end() || at->id != id) return {};
        return static_cast<Index>(at - profiles_.begin());
    }
    [[nodiscard]] Index at(IdentityId id) const { return find(id).value(); }

private:
    const std::vector<Profile>& profiles_;
};

// Decisions about identities that are no longer there say nothing.
std::vector<Ruling> rulings_of(std::span<const Decision> decisions, const Indexes& index) {
    std::vector<Ruling> out;
    for (const auto& decision : decisions) {
        const auto a = index.find(decision.a), b = index.find(decision.b);
        if (!a || !b || a == b) continue;
        out.push_back({std::min(*a, *b), std::max(*a, *b), decision.verdict});
    }
    std::sort(out.begin(), out.end(), [](const Ruling& x, const Ruling& y) {
        return std::tie(x.a, x.b, x.verdict) < std::tie(y.a, y.b, y.verdict);
    });
    return out;
}

// Who stands in which of the current clusters, of those whom the owner spoke of.
std::unordered_map<Index, std::size_t> clusters_spoken_of(std::span<const std::vector<IdentityId>> current,
                                                          const std::vector<Ruling>& rulings,
                                                          const Indexes& index) {
    std::unordered_map<Index, std::size_t> cluster_of;
    for (const auto& ruling : rulings) cluster_of[ruling.a] = cluster_of[ruling.b] = kNoCluster;
    for (std::size_t c = 0; c < current.size() && !cluster_of.empty(); ++c)
        for (const auto id : current[c])
            if (const auto found = index.find(id); found && cluster_of.contains(*found))
                cluster_of[*found] = c;
    return cluster_of;
}

// Those whom the owner's words join to another cluster, or part within one. A word that would join clusters
// which another holds apart somewhere can't, and changes nothing.
void touch_by_word(std::span<const std::vector<IdentityId>> current, const std::vector<Ruling>& rulings,
                   const Indexes& index, std::unordered_set<Index>& touched) {
    const auto cluster_of = clusters_spoken_of(current, rulings, index);
    const auto each_ruling = [&](auto take) {
        for (const auto& ruling : rulings) {
            const auto a = cluster_of.at(ruling.a), b = cluster_of.at(ruling.b);
            if (a != kNoCluster && b != kNoCluster) take(ruling, std::minmax(a, b));
        }
    };
    std::set<std::pair<std::size_t, std::size_t>> apart;
    each_ruling([&](const Ruling& ruling, std::pair<std::size_t, std::size_t> clusters) {
        if (ruling.verdict == Verdict::different) apart.insert(clusters);
    });
    each_ruling([&](const Ruling& ruling, std::pair<std::size_t, std::size_t> clusters) {
        const bool together = clusters.first == clusters.second;
        if (ruling.verdict == Verdict::same ? !together && !apart.contains(clusters) : together)
            touched.insert({ruling.a, ruling.b});
    });
}

// The clusters that nothing new touches: no member changed, and the owner parted no two of them.
std::vector<std::vector<Index>> untouched(std::span<const std::vector<IdentityId>> current,
                                          std::span<const IdentityId> changed,
                                          const std::vector<Ruling>& rulings, const Indexes& index) {
    std::unordered_set<Index> touched;
    for (const auto id : changed)
        if (const auto found = index.find(id)) touched.insert(*found);
    touch_by_word(current, rulings, index, touched);
    std::vector<std::vector<Index>> kept;
    for (const auto& ids : current) {
        std::vector<Index> members;
        bool whole = true;
        for (const auto id : ids) {
            const auto found = index.find(id);
            if (!found) continue;
            members.push_back(*found);
            whole = whole && !touched.contains(*found);
        }
        if (whole && !members.empty()) kept.push_back(std::move(members));
    }
    return kept;
}

struct Scored {
    std::vector<Edge> edges;
    std::size_t compared = 0;
};

Scored scored(const Background& background, const Judge& judge, std::size_t max_block,
              const std::vector<char>& open) {
    constexpr double kHopeless = -6;  // neither asked about nor a rival
    Scored out;
    out.compared = each_candidate(background, max_block, open, [&](Index a, Index b) {
        const auto score = judge.score(background.profiles()[a], background.profiles()[b]);
        if (score.bits > kHopeless && !score.contradicts) out.edges.push_back({a, b, score.bits, 0, 0});
    });
    weigh_rivals(out.edges, background, judge);
    return out;
}

Comparison explained(const Edge& edge, const Background& background, const Judge& judge) {
    Comparison out;
    out.a = background.profiles()[edge.a].id;
    out.b = background.profiles()[edge.b].id;
    judge.explain(background.profiles()[edge.a], background.profiles()[edge.b], out.evidence);
    if (edge.groups != 0)
        out.evidence.push_back({"identities", edge.groups < 0 ? "different" : "similar", edge.groups});
    if (edge.rivals < 0) out.evidence.push_back({"rival", "other", edge.rivals});
    out.probability = probability(edge.sum());
    return out;
}

Resolution finished(const Clustering& clustering, const Background& background, const Judge& judge) {
    Resolution out;
    out.people.reserve(clustering.clusters.size());
    for (const auto& members : clustering.clusters) {
        auto& ids = out.people.emplace_back();
        for (const auto i : members) ids.push_back(background.profiles()[i].id);
    }
    for (const auto& edge : clustering.questions) out.questions.push_back(explained(edge, background, judge));
    return out;
}

}  // namespace

bool is_duplicate_free(Network network) {
    switch (network) {
        case Network::linkedin:
        case Network::facebook:
        case Network::twitter:
        case Network::foursquare:
        case Network::ning:
        case Network::mastodon:
        case Network::skype:
        case Network::account:
            return true;
        default:
            return false;
    }
}

double worth_of_knowing(std::string_view shown) {
    constexpr double kWhole = 1, kHalf = 0.2;
    std::size_t words = 0;
    for (const auto word : split(shown, ' ')) words += trim(word).size() > 2 ? 1 : 0;  // "K." is none
    return words > 1 ? kWhole : kHalf;
}

IdentitySource source_of(std::span<const Identity> identities) {
    return in_order(pointers(identities));
}

Comparison compare(const Identity& a, const Identity& b, std::span<const Identity> background,
                   const ResolutionOptions& options) {
    auto all = pointers(background);
    const auto missing = [&](const Identity& wanted) {
        return std::none_of(all.begin(), all.end(), [&](const Identity* i) { return i->id == wanted.id; });
    };
    if (missing(a)) all.push_back(&a);
    if (missing(b)) all.push_back(&b);
    const Background known(in_order(all), options);
    const Judge judge(known);
    const Indexes index(known);
    const std::pair<Index, Index> both = std::minmax({index.at(a.id), index.at(b.id)});
    const auto& profiles = known.profiles();
    const double bits = judge.score(profiles[both.first], profiles[both.second]).bits;
    return explained({both.first, both.second, bits, 0, 0}, known, judge);
}

std::vector<Comparison> explain(std::span<const IdentityId> person, std::span<const Identity> identities,
                                const ResolutionOptions& options, std::size_t most) {
    return explain(person, source_of(identities), options, most);
}

std::vector<Comparison> explain(std::span<const IdentityId> person, const IdentitySource& identities,
                                const ResolutionOptions& options, std::size_t most) {
    const Background background(identities, options);
    const Judge judge(background);
    const Indexes index(background);
    std::vector<Index> members;
    for (const auto id : person)
        if (const auto found = index.find(id); found && members.size() < most) members.push_back(*found);
    if (members.empty()) return {};
    std::sort(members.begin(), members.end());
    const auto& profiles = background.profiles();
    // Prim's: the next member is the one that the strongest comparison ties to those who are in.
    std::vector<Comparison> links;
    std::vector<Index> in{members.front()};
    std::vector<Index> out(members.begin() + 1, members.end());
    while (!out.empty()) {
        Index best_in = in.front(), best_out = out.front();
        double bits = -std::numeric_limits<double>::infinity();
        for (const auto a : in)
            for (const auto b : out)
                if (const double score = judge.score(profiles[std::min(a, b)], profiles[std::max(a, b)]).bits;
                    score > bits)
                    bits = score, best_in = a, best_out = b;
        const auto [low, high] = std::minmax(best_in, best_out);
        links.push_back(explained({low, high, bits, 0, 0}, background, judge));
        in.push_back(best_out);
        std::erase(out, best_out);
    }
    return links;
}

Resolution resolve(std::span<const Identity> identities, std::span<const Decision> decisions,
                   const ResolutionOptions& options) {
    return resolve_changed(identities, {}, {}, decisions, options);
}

Resolution resolve_changed(std::span<const Identity> identities,
                           std::span<const std::vector<IdentityId>> current,
                           std::span<const IdentityId> changed, std::span<const Decision> decisions,
                           const ResolutionOptions& options) {
    return resolve_changed(source_of(identities), current, changed, decisions, options);
}

Resolution resolve_changed(const IdentitySource& identities, std::span<const std::vector<IdentityId>> current,
                           std::span<const IdentityId> changed, std::span<const Decision> decisions,
                           const ResolutionOptions& options) {
    const Background background(identities, options);
    const Judge judge(background);
    const Indexes index(background);
    const auto rulings = rulings_of(decisions, index);
    const auto kept = untouched(current, changed, rulings, index);
    std::vector<char> open(background.profiles().size(), 1);
    for (const auto& members : kept)
        for (const auto i : members) open[i] = 0;
    auto pairs = scored(background, judge, options.max_block, open);
    const auto clustering = cluster(background, judge, std::move(pairs.edges), rulings, kept, options);
    auto out = finished(clustering, background, judge);
    out.compared = pairs.compared;
    for (Index i = 0; i < open.size(); ++i)
        if (open[i] != 0) out.reconsidered.push_back(background.profiles()[i].id);
    return out;
}

}  // namespace vv::core
