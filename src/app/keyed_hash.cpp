#include "app/keyed_hash.h"

#include "base/crypto.h"
#include "store/server_values.h"

namespace vv::app {

std::string keyed_hash(store::Tx& tx, std::string_view purpose, std::string_view text) {
    constexpr const char* kName = "hash_key";
    auto key = store::server_values::find(tx, kName);
    if (!key) key = store::server_values::find_or_add(tx, kName, random_token(32));
    std::string message(purpose);
    message += '\0';
    message += text;
    return hex(hmac_sha256(*key, message));
}

}  // namespace vv::app
