#include "base/crypto.h"

#include <argon2.h>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace vv {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using MdContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    VV_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) == 1);
    return out;
}

std::string random_token(std::size_t bytes) {
    return base64url(random_bytes(bytes));
}

Digest sha256(std::string_view data) {
    Sha256 hash;
    hash.add(data);
    return hash.finish();
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
    Digest out{};
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(data), data.size(), out.data(),
         &length);
    return out;
}

std::string hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t b : bytes) {
        out += kDigits[b >> 4];
        out += kDigits[b & 15];
    }
    return out;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr);
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_));
}

void Sha256::add(std::string_view piece) {
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), piece.data(), piece.size());
}

Digest Sha256::finish() {
    Digest out{};
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), nullptr);
    return out;
}

std::string base64url(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    unsigned bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) out += kBase64Url[(bits >> (count - 6)) & 63];
    }
    if (count > 0) out += kBase64Url[(bits << (6 - count)) & 63];
    return out;
}

Result<std::string> from_base64url(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = kBase64Url.find(c);
        if (value == std::string_view::npos)
            return Error(Fault::invalid, "base64.invalid", "This is not base64url text.");
        bits = (bits << 6) | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 255);
        }
    }
    if (count == 6) return Error(Fault::invalid, "base64.invalid", "This base64url text is cut off.");
    return out;
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password) {
    const std::string salt = random_bytes(16);
    std::array<char, 128> encoded{};
    const int status = argon2id_hash_encoded(2, 19 * 1024, 1, password.data(), password.size(), salt.data(),
                                             salt.size(), 32, encoded.data(), encoded.size());
    VV_ASSERT(status == ARGON2_OK);
    return encoded.data();
}

bool verify_password(std::string_view password, const std::string& phc) {
    return argon2id_verify(phc.c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool verify_ed25519(std::string_view key, std::string_view message, std::string_view signature) {
    if (key.size() != 32 || signature.size() != 64) return false;
    const Key parsed(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(key), key.size()),
                     EVP_PKEY_free);
    const MdContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return parsed && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                            message.size()) == 1;
}

Ed25519Pair make_ed25519() {
    const std::string seed = random_bytes(32);
    const Key pair(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()),
                   EVP_PKEY_free);
    std::string key(32, '\0');
    std::size_t length = key.size();
    VV_ASSERT(
        EVP_PKEY_get_raw_public_key(pair.get(), reinterpret_cast<unsigned char*>(key.data()), &length) == 1);
    return {seed, key};
}

std::string sign_ed25519(std::string_view seed, std::string_view message) {
    const Key pair(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()),
                   EVP_PKEY_free);
    const MdContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::string signature(64, '\0');
    std::size_t length = signature.size();
    VV_ASSERT(pair && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pair.get()) == 1 &&
              EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                             bytes_of(message), message.size()) == 1);
    return signature;
}

}  // namespace vv
