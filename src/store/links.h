// store/links.h — which of an owner's people is which account.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <optional>
#include <string>

namespace vv::store::links {

struct Linked {
    core::PersonId person;
    std::optional<core::IdentityId> identity;  // the one that stands for the account
};
/// The person linked with an account, or who holds the identity of its handle, linked or not. One statement.
std::optional<Linked> find(Tx& tx, core::AccountId owner, core::AccountId account, const std::string& handle);

void set_account(Tx& tx, core::AccountId owner, core::PersonId person, core::AccountId account);

}  // namespace vv::store::links
