// base/crypto.h — cryptography behind plain functions. OpenSSL and argon2 stop here.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vv {

using Digest = std::array<std::uint8_t, 32>;

/// From the system's generator; aborts when it has none.
std::string random_bytes(std::size_t count);
/// A URL-safe secret of `bytes` random bytes (base64url, unpadded).
std::string random_token(std::size_t bytes = 24);

Digest sha256(std::string_view data);
Digest hmac_sha256(std::string_view key, std::string_view data);
std::string hex(std::span<const std::uint8_t> bytes);
inline std::string sha256_hex(std::string_view data) {
    return hex(sha256(data));
}

/// SHA-256 over data that arrives in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view piece);
    /// Ends the computation; call once.
    Digest finish();

private:
    void* context_;
};

std::string base64url(std::string_view bytes);
Result<std::string> from_base64url(std::string_view text);

/// Compares without telling by its time where two secrets differ.
bool equal_secrets(std::string_view a, std::string_view b);

/// argon2id in PHC form with a random salt (19 MiB, 2 passes, 1 lane: OWASP's floor). About 20 ms; run it off
/// the network threads.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view password, const std::string& phc);

/// Ed25519 (RFC 8032): `key` 32 bytes, `signature` 64 bytes.
bool verify_ed25519(std::string_view key, std::string_view message, std::string_view signature);
/// For tests and for the server's own key: a new pair {seed, public key}, and a signature with the seed.
struct Ed25519Pair {
    std::string seed;
    std::string key;
};
Ed25519Pair make_ed25519();
std::string sign_ed25519(std::string_view seed, std::string_view message);

}  // namespace vv
