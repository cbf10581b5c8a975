// store/links.h — which of an owner's people are accounts here: what may be offered, and what was asked and
// answered.
#pragma once

#include "core/accounts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vv::store::links {

/// A person who has the proved address of an account that lets itself be found so.
struct Offer {
    core::PersonId person;
    std::string person_name;
    core::AccountName account;
};
/// Left out: people and accounts that are linked, blocked either way, asked or refused already, or of which
/// the owner said no. By the person's name; one account a person. Reads every address of the owner's people
/// (60 ms for 30,000), unless no account here lets itself be found.
std::vector<Offer> offers(Tx& tx, core::AccountId owner);

/// asked: waits for the account. refused: which only the account knows. withheld: the owner said no to the
/// offer.
enum class State { asked, agreed, refused, withheld };

struct Request {
    core::LinkId id;
    core::AccountId owner;  // who asks
    core::PersonId person;  // the owner's
    core::AccountId account;
    State state = State::asked;
    Instant created_at;
};
/// False when the owner asked about this very pair before; then nothing is written. A no to an offer can be
/// taken back.
bool add(Tx& tx, const Request& request);
/// Whether the account has said no to the owner once, whatever person it was about.
bool is_refused(Tx& tx, core::AccountId owner, core::AccountId account);
/// One that waits for this account.
std::optional<Request> find_asked(Tx& tx, core::AccountId account, core::LinkId id);
/// The owner's that waits for this account, whatever person it is about.
std::optional<Request> find_asked_by(Tx& tx, core::AccountId owner, core::AccountId account);
void answer(Tx& tx, const Request& request, State state, Instant now);

struct Asked {
    core::LinkId id;
    core::AccountName by;
};
/// Who asks this account, oldest first; blocked either way left out.
std::vector<Asked> asked_of(Tx& tx, core::AccountId account);

/// The people who have this address, at most `limit`. Scans the owner's identities once.
std::vector<core::PersonId> people_with_email(Tx& tx, core::AccountId owner, const std::string& email,
                                              std::size_t limit);

struct Linked {
    core::PersonId person;
    std::optional<core::IdentityId> identity;  // the one that stands for the account
};
/// The person linked with an account, or who holds the identity of its handle, linked or not. One statement.
std::optional<Linked> find(Tx& tx, core::AccountId owner, core::AccountId account, const std::string& handle);
void set_account(Tx& tx, core::AccountId owner, core::PersonId person, core::AccountId account);

}  // namespace vv::store::links
