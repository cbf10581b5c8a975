// formats/owner_choice.h — which of those who may own an archive does: what the account knows, and has said.
//
// An archive that doesn't tell its owner beyond doubt, or tells of somebody whom the account doesn't know as
// its owner, is a question (core::OwnerUnsure). The answer comes back in ParseOptions when it is read again.
#pragma once

#include "core/facts.h"
#include "formats/options.h"

#include <vector>

namespace vv::formats {

bool is_confirmed(const ParseOptions& options, const core::IdentityKey& key);
bool is_denied(const ParseOptions& options, const core::IdentityKey& key);

/// Chooses among several: the confirmed one, the only one of the account's name, the only one not denied.
/// `candidates` is empty where the choice is certain, else at most ten of them, and `taken` who was confirmed
/// or is left.
core::OwnerUnsure choose_owner(const ParseOptions& options, std::vector<core::OwnerCandidate> candidates);

/// Whether two names can be one human's: one's given name, a short form or an initial of it, is in the other.
bool may_be_one_human(std::string_view one, std::string_view other);

/// Between a parser and its sink. An owner whose name is none of the account's becomes a question. Where
/// other archives have told who the owner is, what this one says of the one in question is not believed
/// before it is answered. Of an archive whose owner the account has denied nothing goes on.
class OwnerWatch final : public core::FactSink {
public:
    /// `network` is that of keys for owners whom the archive names without one.
    OwnerWatch(core::FactSink& sink, const ParseOptions& options, core::Network network)
        : sink_(sink), options_(options), network_(network) {}
    bool take(core::Fact fact) override;

private:
    [[nodiscard]] core::OwnerCandidate candidate(const core::OwnerSeen& seen) const;
    [[nodiscard]] bool is_a_stranger(const core::OwnerSeen& seen) const;
    bool take_owner(core::OwnerSeen seen, core::Provenance from);

    core::FactSink& sink_;
    const ParseOptions& options_;
    core::Network network_;
    std::optional<bool> confirmed_;  // the parser's own question: whether it is answered
    bool is_closed_ = false;
};

}  // namespace vv::formats
