#include "app/owner_questions.h"

#include "store/owner_questions.h"
#include "store/sources.h"

#include <algorithm>
#include <iterator>

namespace vv::app {
namespace {

using store::imports::State;
using store::owner_questions::Answer;

const OwnerQuestion* find_question(const Import& import, const OwnerAnswer& answer) {
    const auto found = std::find_if(import.questions.begin(), import.questions.end(), [&](const auto& one) {
        return one.archive == answer.archive && one.network == answer.network;
    });
    return found == import.questions.end() ? nullptr : &*found;
}

/// In the order of the question; `invalid` for a key that is none of its.
Result<std::vector<Answer>> said_in(const OwnerAnswer& answer, const OwnerQuestion& question) {
    std::vector<Answer> said;
    for (const auto& one : question.unsure.candidates)
        if (answer.none || one.key.key == answer.key) said.push_back({one.key, !answer.none});
    if (answer.key && said.empty())
        return Error(Fault::invalid, "import.no_candidate",
                     "Say which of those named it is, or none of them.");
    return said;
}

bool share_a_candidate(const OwnerQuestion& a, const OwnerQuestion& b) {
    return std::any_of(a.unsure.candidates.begin(), a.unsure.candidates.end(), [&](const auto& one) {
        return std::any_of(b.unsure.candidates.begin(), b.unsure.candidates.end(),
                           [&](const auto& other) { return one.key == other.key; });
    });
}

/// Every import that asked about one of these candidates.
std::vector<Import> all_asking(store::Tx& tx, core::AccountId owner, const OwnerQuestion& question) {
    auto imports = store::imports::list(tx, owner, std::nullopt, INT_MAX);
    store::owner_questions::fill(tx, owner, imports);
    std::erase_if(imports, [&](const Import& import) {
        return std::none_of(import.questions.begin(), import.questions.end(),
                            [&](const auto& one) { return share_a_candidate(one, question); });
    });
    return imports;
}

}  // namespace

Result<std::vector<Import>> answer_owner(store::Tx& tx, Caller caller, OwnerAnswer answer, IdSource* ids) {
    const core::AccountId owner = caller.account;
    TRY(const Import import, find_import(tx, caller, answer.import));
    if (import.state == State::running || import.is_leaving)
        return Error(Fault::conflict, "import.running",
                     "This archive is being read; answer when it is through.");
    const OwnerQuestion* const question = find_question(import, answer);
    if (!question)
        return Error(Fault::not_found, "import.nothing_to_ask",
                     "Nothing of this import asks who you are in it.");
    TRY(const auto said, said_in(answer, *question));
    store::owner_questions::answer(tx, owner, question->unsure.candidates, said, caller.now);
    std::vector<Import> again;
    for (const Import& asking : all_asking(tx, owner, *question)) {
        bool is_kept = false;
        for (const OwnerQuestion& one : asking.questions)
            if (share_a_candidate(one, *question))
                is_kept = store::imports::reread(tx, owner, asking.id, one.archive, one.network) || is_kept;
        if (is_kept) again.push_back(asking);
    }
    if (ids) start_next_import(tx, owner, caller.now, *ids);
    for (Import& one : again) {
        TRY(one, find_import(tx, caller, one.id));
    }
    return again;
}

KnownOwner known_owner(store::Tx& tx, core::AccountId owner, const std::string& email,
                       const std::string& full_name) {
    KnownOwner known{{email}, {full_name}, {}, {}};
    for (auto& more : store::sources::owner_keys(tx, owner, "email")) known.emails.push_back(std::move(more));
    for (auto& more : store::sources::owner_keys(tx, owner, "name")) known.names.push_back(std::move(more));
    for (auto& [key, is_owner] : store::owner_questions::answers(tx, owner)) {
        if (is_owner && key.network == core::Network::email) known.emails.push_back(key.key);
        (is_owner ? known.confirmed : known.denied).push_back(std::move(key));
    }
    return known;
}

Result<std::vector<store::imports::Kept>> give_up_archives(store::Tx& tx, Instant now) {
    return store::imports::give_up_kept(tx, now - kArchiveKept);
}

}  // namespace vv::app
