#include "base/p256.h"

#include "base/crypto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv {
namespace {

std::string bytes(std::string_view text) {
    return *from_base64url(text);
}

// RFC 8291, appendix A.
const P256Pair kSender{
    bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBr"
          "u3jl7A8")};
const P256Pair kReceiver{
    bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
    bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpk"
          "NtoIAiw4")};

TEST(P256, ASecretHasOneKey) {
    EXPECT_EQ(p256_of_secret(kSender.secret)->key, kSender.key);
    EXPECT_EQ(p256_of_secret(kReceiver.secret)->key, kReceiver.key);
}

TEST(P256, BothSidesShareTheSameSecret) {
    EXPECT_EQ(base64url(*p256_shared(kSender, kReceiver.key)), "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
    EXPECT_EQ(*p256_shared(kReceiver, kSender.key), *p256_shared(kSender, kReceiver.key));
}

TEST(P256, NumbersThatAreNoSecretsAreRefused) {
    EXPECT_FALSE(p256_of_secret(std::string(32, '\0')));
    EXPECT_FALSE(p256_of_secret(std::string(32, '\xff')));  // beyond the order
    EXPECT_FALSE(p256_of_secret("short"));
}

TEST(P256, PointsBesideTheCurveAreRefused) {
    std::string beside = kReceiver.key;
    beside.back() = static_cast<char>(beside.back() ^ 1);
    std::string compressed = kReceiver.key.substr(0, 33);
    compressed[0] = 2;
    for (const std::string& key :
         {beside, compressed, std::string(65, '\0'), std::string(1, '\0'), std::string()}) {
        EXPECT_FALSE(is_p256_key(key));
        EXPECT_EQ(p256_shared(kSender, key).error().code, "p256.key");
    }
    EXPECT_TRUE(is_p256_key(kReceiver.key));
}

TEST(Es256, HoldsForItsMessageAndKeyAlone) {
    const std::string signature = sign_es256(kSender, "to whom it may concern");
    EXPECT_EQ(signature.size(), 64U);
    EXPECT_TRUE(verify_es256(kSender.key, "to whom it may concern", signature));
    EXPECT_FALSE(verify_es256(kSender.key, "to whom it may concern.", signature));
    EXPECT_FALSE(verify_es256(kReceiver.key, "to whom it may concern", signature));
    EXPECT_FALSE(verify_es256(kSender.key, "to whom it may concern", std::string(64, '\0')));
    EXPECT_FALSE(verify_es256(kSender.key, "to whom it may concern", signature.substr(1)));
}

// RFC 5869, A.1 (its first 32 bytes).
TEST(Hkdf, IsTheOneOfTheRfc) {
    std::string salt, info;
    for (char c = 0; c <= 0x0c; ++c) salt += c;
    for (int c = 0xf0; c <= 0xf9; ++c) info += static_cast<char>(c);
    const std::string out = hkdf_sha256(salt, std::string(22, '\x0b'), info, 32);
    EXPECT_EQ(hex({reinterpret_cast<const std::uint8_t*>(out.data()), out.size()}),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

RC_GTEST_PROP(Aes128Gcm, OpensWhatItSealedAndNothingElse, (const std::string& text)) {
    const std::string key = random_bytes(16), nonce = random_bytes(12);
    std::string sealed = seal_aes128_gcm(key, nonce, text);
    RC_ASSERT(*open_aes128_gcm(key, nonce, sealed) == text);
    const auto at = *rc::gen::inRange<std::size_t>(0, sealed.size());
    sealed[at] = static_cast<char>(sealed[at] ^ (1 << *rc::gen::inRange(0, 8)));
    RC_ASSERT(!open_aes128_gcm(key, nonce, sealed));
    RC_ASSERT(!open_aes128_gcm(key, nonce, sealed.substr(0, 15)));
}

RC_GTEST_PROP(P256, PairsAgreeWhoeverBegins, ()) {
    const P256Pair one = make_p256(), other = make_p256();
    RC_ASSERT(*p256_shared(one, other.key) == *p256_shared(other, one.key));
    RC_ASSERT(verify_es256(one.key, other.key, sign_es256(one, other.key)));
}

}  // namespace
}  // namespace vv
