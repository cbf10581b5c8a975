// store/owner_questions.h — who of several the owner is in an archive, and what the owner has said.
#pragma once

#include "store/imports.h"

#include <string>
#include <vector>

namespace vv::store::owner_questions {

using imports::ImportId;
using imports::OwnerQuestion;

/// What a reading of these files could not decide, instead of what an earlier one could not.
void put(Tx& tx, core::AccountId owner, ImportId import, const OwnerQuestion& question);
/// A reading of these files decided.
void remove(Tx& tx, core::AccountId owner, ImportId import, const std::string& archive,
            const std::string& network);
/// The import is taken out.
void remove(Tx& tx, core::AccountId owner, ImportId import);
/// Gives each import its questions, in two statements.
void fill(Tx& tx, core::AccountId owner, std::vector<imports::Import>& imports);

struct Answer {
    core::IdentityKey key;
    bool is_owner = false;
};
std::vector<Answer> answers(Tx& tx, core::AccountId owner);
/// What is said of these keys, instead of what was: of the others nothing is said any more.
void answer(Tx& tx, core::AccountId owner, const std::vector<core::OwnerCandidate>& asked,
            const std::vector<Answer>& said, Instant now);

}  // namespace vv::store::owner_questions
