// store/wall.h — the owner's five sentences, and the secret address under which others may see them.
#pragma once

#include "core/accounts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::wall {

struct Row {
    std::vector<std::string> sentences;  // none holds a line break
    bool with_strip = true;
    bool is_shared = false;
};
std::optional<Row> find(Tx& tx, core::AccountId owner);
/// The address stays as it is.
void save(Tx& tx, core::AccountId owner, const std::vector<std::string>& sentences, bool with_strip);
/// The hash of the address's secret, or nothing: it leads nowhere any more.
void save_link(Tx& tx, core::AccountId owner, const std::optional<std::string>& hash);
std::optional<core::AccountId> find_by_link(Tx& tx, const std::string& hash);

}  // namespace vv::store::wall
