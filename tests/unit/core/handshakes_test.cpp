#include "core/handshakes.h"

#include "base/crypto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

struct Phone {
    Ed25519Pair pair = make_ed25519();
    [[nodiscard]] std::string key() const { return base64url(pair.key); }
    [[nodiscard]] std::string sign(const std::string& text) const {
        return base64url(sign_ed25519(pair.seed, text));
    }
};

Offer offer_by(const Phone& phone, Instant at = kNow) {
    Offer offer{"ann@example.org", phone.key(), base64url(random_bytes(16)), at, {}};
    offer.signature = phone.sign(offer_text(offer));
    return offer;
}

SignedReceipt shaken(const Phone& a, const Phone& b) {
    const Offer offer = offer_by(a);
    SignedReceipt s{{offer.nonce, offer.issued, kNow + std::chrono::seconds(11), "ann@example.org", a.key(),
                     "ben@example.net", b.key(), "", "43.65,-79.35"},
                    {},
                    {}};
    s.a_signature = a.sign(receipt_text(s.receipt));
    s.b_signature = b.sign(receipt_text(s.receipt));
    return s;
}

std::string code_of(const Result<Done>& result) {
    return result ? "ok" : result.error().code;
}

TEST(Offer, GoesThroughItsCode) {
    const Offer offer = offer_by(Phone());
    const auto read = decode_offer(encode_offer(offer));
    ASSERT_TRUE(read);
    EXPECT_EQ(offer_text(*read), offer_text(offer));
    EXPECT_TRUE(check_offer(*read, kNow + std::chrono::seconds(5)));
    EXPECT_LT(encode_offer(offer).size(), 230U) << "the code must stay small enough to be read from a phone";
}

TEST(Offer, IsGoodForAMinute) {
    const Offer offer = offer_by(Phone());
    EXPECT_TRUE(check_offer(offer, kNow + std::chrono::seconds(60)));
    EXPECT_EQ(code_of(check_offer(offer, kNow + std::chrono::seconds(61))), "handshake.late");
    EXPECT_EQ(code_of(check_offer(offer, kNow - std::chrono::seconds(11))), "handshake.early");
}

TEST(Offer, OfAnotherKeyIsRefused) {
    Offer offer = offer_by(Phone());
    offer.key = Phone().key();
    EXPECT_EQ(code_of(check_offer(offer, kNow)), "handshake.signature");
}

RC_GTEST_PROP(Offer, DecodingNeverFailsBadly, (const std::string& text)) {
    const auto read = decode_offer("1~" + text);
    if (read) RC_ASSERT(encode_offer(*read) == "1~" + text);
}

TEST(Words, StandForTheCodeHoweverTheyAreTyped) {
    const auto words = words_of("AAAAAAAAAAAAAAAAAAAAAA");
    const std::string joined = words[0] + " " + words[1] + " " + words[2];
    EXPECT_EQ(*normalise_words("  " + words[0] + ", " + words[1] + "\n" + words[2] + " "), joined);
    EXPECT_EQ(
        *normalise_words(words[0].substr(0, 4) + " " + words[1].substr(0, 4) + " " + words[2].substr(0, 4)),
        joined);
    EXPECT_EQ(*normalise_words(words[0] + ", " + words[1] + ", and " + words[2]), joined)
        << "as it is read out";
    EXPECT_FALSE(normalise_words("one two"));
    EXPECT_FALSE(normalise_words("abandon ability zzzz"));
    EXPECT_FALSE(normalise_words(""));
}

TEST(Receipt, OfTwoPhonesVerifies) {
    EXPECT_EQ(code_of(verify(shaken(Phone(), Phone()))), "ok");
}

TEST(Receipt, WithAnyLineChangedDoesNot) {
    const Phone a;
    const Phone b;
    const SignedReceipt good = shaken(a, b);
    const auto refused = [&good](auto change, const char* code) {
        SignedReceipt bad = good;
        change(bad);
        EXPECT_EQ(code_of(verify(bad)), code);
    };
    refused([](SignedReceipt& s) { s.receipt.at += std::chrono::seconds(1); }, "handshake.a_signature");
    refused([](SignedReceipt& s) { s.receipt.place = "0.05,0.05"; }, "handshake.a_signature");
    refused([](SignedReceipt& s) { s.receipt.b = "eve@example.net"; }, "handshake.a_signature");
    refused([](SignedReceipt& s) { s.receipt.meeting = "m@x"; }, "handshake.a_signature");
    refused([](SignedReceipt& s) { s.b_signature = s.a_signature; }, "handshake.b_signature");
    refused([](SignedReceipt& s) { s.receipt.b = s.receipt.a; }, "handshake.oneself");
    refused([](SignedReceipt& s) { s.receipt.b_key = s.receipt.a_key; }, "handshake.oneself");
    refused([](SignedReceipt& s) { s.receipt.at += std::chrono::seconds(60); }, "handshake.late");
}

TEST(Receipt, ReadsBackOnlyInItsCanonicalForm) {
    const Receipt receipt = shaken(Phone(), Phone()).receipt;
    const std::string text = receipt_text(receipt);
    ASSERT_TRUE(parse_receipt(text));
    EXPECT_EQ(*parse_receipt(text), receipt);
    EXPECT_FALSE(parse_receipt(text + "\n"));
    EXPECT_FALSE(parse_receipt(text.substr(0, text.size() - 1)));
    EXPECT_FALSE(parse_receipt("x" + text));
    EXPECT_FALSE(parse_receipt(""));
}

TEST(KnownOffers, HoldTheNonceAlone) {
    const std::string nonce(22, 'A');
    EXPECT_EQ(decode_known_offer(encode_known_offer(nonce)), nonce);
    for (const char* other : {"", "2~", "2~AAAA", "1~AAAAAAAAAAAAAAAAAAAAAA", "2~AAAAAAAAAAAAAAAAAAAAAB",
                              "2~AAAAAAAAAAAAAAAAAAAAAA~", "AAAAAAAAAAAAAAAAAAAAAA"})
        EXPECT_FALSE(decode_known_offer(other)) << other;
}

}  // namespace
}  // namespace vv::core
