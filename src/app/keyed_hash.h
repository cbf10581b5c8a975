// app/keyed_hash.h — hashes of addresses and names that only this server can make.
#pragma once

#include "store/database.h"

#include <string>
#include <string_view>

namespace vv::app {

/// HMAC-SHA-256 (hex) of `text` under the server's own key, which is made at first use and kept in the
/// database. With `purpose`, so that the same text kept for two reasons can't be matched. One statement.
std::string keyed_hash(store::Tx& tx, std::string_view purpose, std::string_view text);

}  // namespace vv::app
