#include "formats/owner_choice.h"

#include "base/text.h"
#include "core/resolution/lexicon.h"

#include <algorithm>

namespace vv::formats {
namespace {

using core::IdentityKey;
using core::OwnerCandidate;
using core::OwnerUnsure;

constexpr std::size_t kMostCandidates = 10;

bool holds(const std::vector<IdentityKey>& keys, const IdentityKey& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<std::string> name_words(std::string_view name) {
    auto words = folded_words(name);
    std::erase_if(words, [](const std::string& word) { return core::resolution::is_around_name(word); });
    return words;
}

bool is_same_word(const std::string& a, const std::string& b) {
    if (a == b) return true;
    if (a.size() == 1 || b.size() == 1) return a.front() == b.front();
    const auto of_a = core::resolution::full_names(a);
    const auto of_b = core::resolution::full_names(b);
    return std::any_of(of_a.begin(), of_a.end(), [&](std::string_view name) {
        return std::find(of_b.begin(), of_b.end(), name) != of_b.end();
    });
}

bool has_given(const std::vector<std::string>& words, const std::string& given) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return is_same_word(word, given); });
}

bool bears_own_name(const ParseOptions& options, const std::string& name) {
    if (name.empty()) return false;
    const auto folded = fold(name);
    return std::any_of(options.owner_names.begin(), options.owner_names.end(),
                       [&](const auto& own) { return fold(own) == folded; });
}

/// The place of the only one that fits; nothing where none or several do.
template <class Fits>
const OwnerCandidate* only(const std::vector<OwnerCandidate>& candidates, Fits fits) {
    const auto found = std::find_if(candidates.begin(), candidates.end(), fits);
    if (found == candidates.end()) return nullptr;
    return std::find_if(found + 1, candidates.end(), fits) == candidates.end() ? &*found : nullptr;
}

}  // namespace

bool is_confirmed(const ParseOptions& options, const IdentityKey& key) {
    return holds(options.confirmed_keys, key);
}

bool is_denied(const ParseOptions& options, const IdentityKey& key) {
    return holds(options.denied_keys, key);
}

OwnerUnsure choose_owner(const ParseOptions& options, std::vector<OwnerCandidate> candidates) {
    OwnerUnsure choice;
    const auto* named = only(candidates, [&](const auto& one) { return bears_own_name(options, one.name); });
    if (named && !is_denied(options, named->key)) return {{}, named->key.key};
    const auto* said = only(candidates, [&](const auto& one) { return is_confirmed(options, one.key); });
    const auto* left = only(candidates, [&](const auto& one) { return !is_denied(options, one.key); });
    if (said || left) choice.taken = (said ? said : left)->key.key;
    if (said && candidates.size() > kMostCandidates)
        std::swap(candidates.front(), candidates[static_cast<std::size_t>(said - candidates.data())]);
    candidates.resize(std::min(candidates.size(), kMostCandidates));
    choice.candidates = std::move(candidates);
    return choice;
}

bool may_be_one_human(std::string_view one, std::string_view other) {
    const auto a = name_words(one);
    const auto b = name_words(other);
    return a.empty() || b.empty() || has_given(b, a.front()) || has_given(a, b.front());
}

bool OwnerWatch::take(core::Fact fact) {
    if (is_closed_) return false;
    if (const auto* unsure = std::get_if<OwnerUnsure>(&fact.body)) {
        confirmed_ = std::any_of(unsure->candidates.begin(), unsure->candidates.end(),
                                 [&](const auto& one) { return is_confirmed(options_, one.key); });
        return sink_.take(std::move(fact));
    }
    if (auto* seen = std::get_if<core::OwnerSeen>(&fact.body))
        return take_owner(std::move(*seen), std::move(fact.from));
    return sink_.take(std::move(fact));
}

OwnerCandidate OwnerWatch::candidate(const core::OwnerSeen& seen) const {
    const std::string& name = seen.attributes.name.full;
    return {seen.keys.empty() ? IdentityKey{network_, "name:" + name} : seen.keys.front(), name};
}

/// A single word is a nickname or a handle, which contradicts nothing.
bool OwnerWatch::is_a_stranger(const core::OwnerSeen& seen) const {
    const std::string& name = seen.attributes.name.full;
    const auto is_full = [](const std::string& one) { return name_words(one).size() > 1; };
    const auto& own = options_.owner_names;
    if (!is_full(name) || std::none_of(own.begin(), own.end(), is_full)) return false;
    const auto is_own = [&](const std::string& email) {
        return std::any_of(options_.owner_emails.begin(), options_.owner_emails.end(),
                           [&](const auto& one) { return ascii_lower(one) == ascii_lower(email); });
    };
    return std::none_of(seen.attributes.emails.begin(), seen.attributes.emails.end(), is_own) &&
           std::none_of(own.begin(), own.end(), [&](const auto& one) { return may_be_one_human(name, one); });
}

bool OwnerWatch::take_owner(core::OwnerSeen seen, core::Provenance from) {
    if (!confirmed_) {
        const auto who = candidate(seen);
        confirmed_ = is_confirmed(options_, who.key);
        is_closed_ = is_denied(options_, who.key);
        if (*confirmed_ || is_closed_ || is_a_stranger(seen)) {
            if (!sink_.take({OwnerUnsure{{who}, is_closed_ ? "" : who.key.key}, from})) return false;
        } else {
            confirmed_ = true;  // nothing to ask
        }
        if (is_closed_) {
            sink_.take({core::Rejected{"this is the archive of " + std::string(truncate_utf8(who.name, 100)) +
                                           ", who you said is not you; nothing of it went in.",
                                       {}},
                        from});
            return false;
        }
    }
    const bool is_told = options_.owner_names.size() > 1;  // by archives, besides the account's own
    if (!*confirmed_ && is_told) seen.attributes = {};
    return sink_.take({std::move(seen), std::move(from)});
}

}  // namespace vv::formats
