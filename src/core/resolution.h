// core/resolution.h — who is who: from identities of several networks to people.
//
// Normalise, block, compare (Fellegi–Sunter), decide (merge, ask, keep apart), cluster under constraints.
// Pure: the same identities and decisions give the same answer in any order. The interface stays when the
// model deepens.
#pragma once

#include "core/people.h"

#include <functional>
#include <span>
#include <unordered_map>

namespace vv::core {

/// One field's part in a comparison. `weight` is in bits (log2 of the likelihood ratio); negative speaks
/// against.
struct FieldEvidence {
    /// chance, name, mail_name (out of an address or a profile's slug), label, card, generation, birthday,
    /// email, phone, handle, photo, organisation, title, since, network, identities, rival. docs/people.md
    /// tells more.
    std::string field;
    std::string agreement;  // exact, nickname, initial, similar, shared, different, …
    double weight = 0;
};

struct Comparison {
    IdentityId a, b;         // a < b
    double probability = 0;  // that both are one human being, in [0, 1]
    std::vector<FieldEvidence> evidence;
};

enum class Verdict { same, different };
/// What the owner said of two identities: a constraint for ever.
struct Decision {
    IdentityId a, b;
    Verdict verdict = Verdict::same;
};

struct ResolutionOptions {
    std::string region;         // ISO 3166 of the owner, for phone numbers without a country ("CA")
    double merge_above = 0.84;  // probability; chosen for precision
    double ask_above = 0.20;
    std::unordered_map<IdentityId, Instant> since =
        {};  // of their earliest tie of which an archive has the date
    std::unordered_map<std::string, std::uint64_t> looks =
        {};  // by Attributes::photo_hash, what the picture shows (base/picture_protocol.h)
    std::size_t max_block = 200;  // a blocking key shared by more is too common to tell anything
};

struct Resolution {
    /// Every identity is in exactly one cluster; clusters and their members are sorted by id.
    std::vector<std::vector<IdentityId>> people;
    /// Pairs that are neither merged nor kept apart, most useful question first.
    std::vector<Comparison> questions;
    /// Whose pairs were looked at: of others, earlier questions stand. resolve() looks at everybody. Sorted.
    std::vector<IdentityId> reconsidered;
    std::size_t compared = 0;  // pairs compared
};

/// Every identity, lent one at a time and in the order of ids: so that of the many only what resolution keeps
/// of them is held. `each` may be called once.
struct IdentitySource {
    std::size_t count = 0;
    std::function<void(const std::function<void(const Identity&)>& take)> each;
};
/// Of identities that are held anyway, in any order; they must outlive the source.
IdentitySource source_of(std::span<const Identity> identities);

/// A network in which one human has one account as a rule. Address books, calendars and phones hold the same
/// human again and again.
bool is_duplicate_free(Network network);

/// How much it helps to know whose an identity is, by the name it shows: somebody with a whole name is looked
/// for, an initial or a bare handle is half as useful. Questions are ordered by it.
double worth_of_knowing(std::string_view shown);

/// Compares two identities as resolve() would, with the whole set as background for term frequencies.
Comparison compare(const Identity& a, const Identity& b, std::span<const Identity> background,
                   const ResolutionOptions& options = {});

/// Why these identities are one person: the strongest comparisons that hold them together, one fewer than
/// there are identities. Of more than `most` only the first ones are told.
std::vector<Comparison> explain(std::span<const IdentityId> person, std::span<const Identity> background,
                                const ResolutionOptions& options = {}, std::size_t most = 40);
std::vector<Comparison> explain(std::span<const IdentityId> person, const IdentitySource& background,
                                const ResolutionOptions& options = {}, std::size_t most = 40);

/// O(Σ block²) comparisons over blocks of at most `max_block`, near linear on real data. Decisions that
/// contradict each other: "different" holds.
Resolution resolve(std::span<const Identity> identities, std::span<const Decision> decisions,
                   const ResolutionOptions& options = {});

/// Resolves again only what `changed` can touch: the clusters that `current` holds stay as they are unless a
/// changed identity or decision joins or parts them. With every identity changed it equals resolve().
/// Identities that no cluster of `current` holds are changed. A "same" between clusters that a "different"
/// holds apart joins nothing by itself: name its identities as changed to have them looked at afresh.
Resolution resolve_changed(std::span<const Identity> identities,
                           std::span<const std::vector<IdentityId>> current,
                           std::span<const IdentityId> changed, std::span<const Decision> decisions,
                           const ResolutionOptions& options = {});
Resolution resolve_changed(const IdentitySource& identities, std::span<const std::vector<IdentityId>> current,
                           std::span<const IdentityId> changed, std::span<const Decision> decisions,
                           const ResolutionOptions& options = {});

}  // namespace vv::core
