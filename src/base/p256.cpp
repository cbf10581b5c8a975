#include "base/p256.h"

#include "base/crypto.h"

#include <array>
#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace vv {
namespace {

template <auto Free>
struct Freed {
    void operator()(auto* held) const { Free(held); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using MdContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr std::size_t kSecret = 32;
constexpr std::size_t kKey = 65;
constexpr std::size_t kTag = 16;
constexpr std::size_t kNonce = 12;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

Key load(std::string_view key, std::string_view secret) {
    if (key.size() != kKey || key[0] != 4) return nullptr;
    const Builder builder(OSSL_PARAM_BLD_new());
    const Number number(
        secret.empty() ? nullptr : BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    bool ok =
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, key.data(), key.size()) == 1;
    if (number) ok = ok && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) == 1;
    if (!ok) return nullptr;
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    const int kind = number ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, kind, params.get()) != 1)
        return nullptr;
    return Key(made);
}

std::string bytes_of_number(const BIGNUM* number) {
    std::string bytes(kSecret, '\0');
    VV_ASSERT(BN_bn2binpad(number, bytes_of(bytes), static_cast<int>(bytes.size())) ==
              static_cast<int>(kSecret));
    return bytes;
}

}  // namespace

P256Pair make_p256() {
    while (true)
        if (auto pair = p256_of_secret(random_bytes(kSecret))) return *std::move(pair);
}

bool is_p256_key(std::string_view key) {
    const Key loaded = load(key, {});
    if (!loaded) return false;
    const KeyContext context(EVP_PKEY_CTX_new(loaded.get(), nullptr));
    return EVP_PKEY_public_check(context.get()) == 1;
}

Result<P256Pair> p256_of_secret(std::string_view secret) {
    const Error wrong(Fault::invalid, "p256.secret", "That is no secret key of the curve P-256.");
    if (secret.size() != kSecret) return wrong;
    const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    const Number number(BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    if (BN_is_zero(number.get()) || BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0) return wrong;
    const Point point(EC_POINT_new(group.get()));
    std::string key(kKey, '\0');
    VV_ASSERT(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) == 1 &&
              EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(key), kKey,
                                 nullptr) == kKey);
    return P256Pair{std::string(secret), std::move(key)};
}

Result<std::string> p256_shared(const P256Pair& own, std::string_view other_key) {
    if (!is_p256_key(other_key))
        return Error(Fault::invalid, "p256.key", "That is no public key of the curve P-256.");
    const Key mine = load(own.key, own.secret);
    const Key other = load(other_key, {});
    VV_ASSERT(mine && other);
    const KeyContext context(EVP_PKEY_CTX_new(mine.get(), nullptr));
    std::string shared(kSecret, '\0');
    std::size_t length = shared.size();
    VV_ASSERT(EVP_PKEY_derive_init(context.get()) == 1 &&
              EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1 &&
              EVP_PKEY_derive(context.get(), bytes_of(shared), &length) == 1 && length == kSecret);
    return shared;
}

std::string sign_es256(const P256Pair& own, std::string_view message) {
    const Key key = load(own.key, own.secret);
    const MdContext context(EVP_MD_CTX_new());
    std::string der(80, '\0');
    std::size_t length = der.size();
    VV_ASSERT(key && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
              EVP_DigestSign(context.get(), bytes_of(der), &length, bytes_of(message), message.size()) == 1);
    const unsigned char* at = bytes_of(std::string_view(der));
    const Signature parts(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length)));
    VV_ASSERT(parts);
    return bytes_of_number(ECDSA_SIG_get0_r(parts.get())) + bytes_of_number(ECDSA_SIG_get0_s(parts.get()));
}

bool verify_es256(std::string_view key, std::string_view message, std::string_view signature) {
    const Key loaded = load(key, {});
    if (!loaded || signature.size() != 2 * kSecret) return false;
    const Signature parts(ECDSA_SIG_new());
    ECDSA_SIG_set0(parts.get(), BN_bin2bn(bytes_of(signature), kSecret, nullptr),
                   BN_bin2bn(bytes_of(signature) + kSecret, kSecret, nullptr));
    std::array<unsigned char, 80> der{};
    unsigned char* at = der.data();
    const int length = i2d_ECDSA_SIG(parts.get(), &at);
    const MdContext context(EVP_MD_CTX_new());
    return length > 0 &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, loaded.get()) == 1 &&
           EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(length), bytes_of(message),
                            message.size()) == 1;
}

std::string hkdf_sha256(std::string_view salt, std::string_view secret, std::string_view info,
                        std::size_t length) {
    const Digest extracted = hmac_sha256(salt, secret);
    VV_ASSERT(length <= extracted.size());
    const std::string first = std::string(info) + '\x01';
    const Digest expanded =
        hmac_sha256({reinterpret_cast<const char*>(extracted.data()), extracted.size()}, first);
    return {reinterpret_cast<const char*>(expanded.data()), length};
}

std::string seal_aes128_gcm(std::string_view key, std::string_view nonce, std::string_view text) {
    VV_ASSERT(key.size() == 16 && nonce.size() == kNonce);
    const CipherContext context(EVP_CIPHER_CTX_new());
    std::string sealed(text.size() + kTag, '\0');
    int written = 0, rest = 0;
    VV_ASSERT(
        EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) == 1 &&
        EVP_EncryptUpdate(context.get(), bytes_of(sealed), &written, bytes_of(text),
                          static_cast<int>(text.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), bytes_of(sealed) + written, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, bytes_of(sealed) + text.size()) == 1);
    return sealed;
}

Result<std::string> open_aes128_gcm(std::string_view key, std::string_view nonce, std::string_view sealed) {
    const Error wrong(Fault::invalid, "aes.tag", "This was sealed with another key, or changed on its way.");
    if (key.size() != 16 || nonce.size() != kNonce || sealed.size() < kTag) return wrong;
    const CipherContext context(EVP_CIPHER_CTX_new());
    std::string text(sealed.size() - kTag, '\0');
    std::string tag(sealed.substr(text.size()));
    int written = 0, rest = 0;
    const bool ok =
        EVP_DecryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), bytes_of(text), &written, bytes_of(sealed),
                          static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, bytes_of(tag)) == 1 &&
        EVP_DecryptFinal_ex(context.get(), bytes_of(text) + written, &rest) == 1;
    if (!ok) return wrong;
    return text;
}

}  // namespace vv
