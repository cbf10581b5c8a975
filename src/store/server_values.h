// store/server_values.h — the server's own few values that must survive, such as the key of its keyed hashes.
#pragma once

#include "store/database.h"

#include <optional>
#include <string>

namespace vv::store::server_values {

std::optional<std::string> find(Tx& tx, const std::string& name);
/// The value that is there, else `value`, which then is.
std::string find_or_add(Tx& tx, const std::string& name, const std::string& value);
void put(Tx& tx, const std::string& name, const std::string& value);

}  // namespace vv::store::server_values
