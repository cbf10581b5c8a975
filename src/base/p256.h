// base/p256.h — the curve P-256 and AES-128-GCM as web push wants them; OpenSSL stops here, as in crypto.h.
//
// Keys are bytes: a secret is 32, a public key 65 (0x04 and both coordinates), a signature 64 (r and s).
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace vv {

struct P256Pair {
    std::string secret;
    std::string key;
};
/// From the system's generator.
P256Pair make_p256();
/// Whether these bytes are a point of the curve, and not the one at infinity.
bool is_p256_key(std::string_view key);
/// The pair whose secret this is; `invalid` p256.secret.
Result<P256Pair> p256_of_secret(std::string_view secret);

/// What both sides of an exchange (ECDH) come to: 32 bytes. `invalid` p256.key for what is no key.
Result<std::string> p256_shared(const P256Pair& own, std::string_view other_key);

/// ECDSA with SHA-256 (RFC 7518's ES256).
std::string sign_es256(const P256Pair& own, std::string_view message);
bool verify_es256(std::string_view key, std::string_view message, std::string_view signature);

/// HKDF (RFC 5869) with SHA-256: at most 32 bytes.
std::string hkdf_sha256(std::string_view salt, std::string_view secret, std::string_view info,
                        std::size_t length);

/// `key` 16 bytes, `nonce` 12: the ciphertext and its tag of 16 bytes.
std::string seal_aes128_gcm(std::string_view key, std::string_view nonce, std::string_view text);
/// And back; `invalid` aes.tag when a byte was changed or the key is another.
Result<std::string> open_aes128_gcm(std::string_view key, std::string_view nonce, std::string_view sealed);

}  // namespace vv
