// store/circles.h — who an owner's circles are just now: linked accounts.
#pragma once

#include "core/circles.h"
#include "store/database.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store::circles {

std::string to_json(const core::Circles& circles);
/// What to_json() wrote.
core::Circles from_json(std::string_view json);

/// The accounts of those people, without who is blocked among them; sorted. One statement.
std::vector<core::AccountId> accounts_in(Tx& tx, core::AccountId owner, const core::Circles& circles);

/// Where `account` stands among the people of each of these owners, who have linked it and not blocked it.
/// One statement.
std::map<core::AccountId, core::Standing> standing(Tx& tx, std::span<const core::AccountId> owners,
                                                   core::AccountId account);

}  // namespace vv::store::circles
