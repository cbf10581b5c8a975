#include "app/stop_links.h"

#include "app/keyed_hash.h"
#include "app/outgoing_mail.h"
#include "base/crypto.h"
#include "store/stopped_addresses.h"

namespace vv::app {
namespace {

constexpr std::size_t kHash = 64;  // hex digits of SHA-256

std::string proof_of(store::Tx& tx, std::string_view hash) {
    return keyed_hash(tx, "stop_link", hash);
}

Result<std::string> hash_in(store::Tx& tx, const std::string& token) {
    const std::string hash = token.substr(0, kHash);
    if (token.size() != 2 * kHash || !equal_secrets(token.substr(kHash), proof_of(tx, hash)))
        return Error{Fault::not_found, "stop.unknown",
                     "This link leads nowhere; copy it from the mail as a whole."};
    return hash;
}

}  // namespace

std::string stop_token(store::Tx& tx, std::string_view address) {
    const std::string hash = stop_hash(tx, address);
    return hash + proof_of(tx, hash);
}

Result<bool> is_stopped(store::Tx& tx, std::string token) {
    TRY(const std::string hash, hash_in(tx, token));
    return store::stopped_addresses::contains(tx, hash);
}

Result<Done> stop_by_link(store::Tx& tx, std::string token, Instant now) {
    TRY(const std::string hash, hash_in(tx, token));
    store::stopped_addresses::add(tx, hash, now);
    return Done{};
}

Result<Done> resume_by_link(store::Tx& tx, std::string token) {
    TRY(const std::string hash, hash_in(tx, token));
    store::stopped_addresses::remove(tx, hash);
    return Done{};
}

}  // namespace vv::app
