#include "formats/web_push.h"

#include "base/crypto.h"
#include "base/text.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::formats {
namespace {

namespace json = boost::json;

std::string bytes(std::string_view text) {
    return *from_base64url(text);
}

// RFC 8291, appendix A.
const P256Pair kBrowser = *p256_of_secret(bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"));
const PushKeys kKeys{kBrowser.key, bytes("BTBZMqHH6r4Tts7J_aSIgg")};
const PushSeal kSeal{*p256_of_secret(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
                     bytes("DGv6ra1nlYgDCS1FRnbzlw")};
constexpr std::string_view kText = "When I grow up, I want to be a watermelon";

/// A browser's side, from the RFC alone.
Result<std::string> open(std::string_view body, const P256Pair& browser, std::string_view auth) {
    const std::string salt(body.substr(0, 16));
    const std::string sender(body.substr(21, 65));
    TRY(const std::string shared, p256_shared(browser, sender));
    const std::string secret =
        hkdf_sha256(auth, shared, std::string("WebPush: info") + '\0' + browser.key + sender, 32);
    const std::string key = hkdf_sha256(salt, secret, std::string("Content-Encoding: aes128gcm") + '\0', 16);
    const std::string nonce = hkdf_sha256(salt, secret, std::string("Content-Encoding: nonce") + '\0', 12);
    TRY(std::string text, open_aes128_gcm(key, nonce, body.substr(86)));
    while (text.ends_with('\0')) text.pop_back();
    if (!text.ends_with('\x02')) return Error(Fault::invalid, "test.padding");
    text.pop_back();
    return text;
}

TEST(SealPush, IsTheRfcsExampleToTheByte) {
    const auto body = seal_push(kText, kKeys, kSeal, kText.size());
    ASSERT_TRUE(body);
    EXPECT_EQ(
        base64url(*body),
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
        "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(SealPush, EveryMessageIsAsLong) {
    EXPECT_EQ(seal_push("", kKeys, kSeal)->size(), kPushBody);
    EXPECT_EQ(seal_push(kText, kKeys, kSeal)->size(), kPushBody);
    EXPECT_EQ(*open(*seal_push(kText, kKeys, kSeal), kBrowser, kKeys.secret), kText);
    EXPECT_LE(kPushBody, 4'096U);
}

TEST(SealPush, RefusesKeysThatAreNoneAndTextsThatAreTooLong) {
    EXPECT_EQ(seal_push(kText, {std::string(65, '\x04'), kKeys.secret}, kSeal).error().code, "push.keys");
    EXPECT_EQ(seal_push(kText, {kKeys.key, "short"}, kSeal).error().code, "push.keys");
    EXPECT_EQ(seal_push(std::string(kMostPushText + 1, 'x'), kKeys, kSeal).error().code, "push.length");
    EXPECT_EQ(seal_push("", kKeys, kSeal, 4'000).error().code, "push.length");
}

RC_GTEST_PROP(SealPush, IsOpenedByItsBrowserAlone, (const std::vector<char>& letters)) {
    const std::string text = std::string(letters.begin(), letters.end()).substr(0, kMostPushText);
    const P256Pair browser = make_p256(), other = make_p256();
    const std::string auth = random_bytes(16);
    const auto body = seal_push(text, {browser.key, auth}, {make_p256(), random_bytes(16)});
    RC_ASSERT(*open(*body, browser, auth) == text);
    RC_ASSERT(!open(*body, other, auth));
    RC_ASSERT(!open(*body, browser, random_bytes(16)));
}

TEST(VapidHeader, ProvesTheSenderToOneServiceForAWhile) {
    const P256Pair server = make_p256();
    const Instant until = *parse_rfc3339("2026-11-28T15:00:00Z");
    const std::string header =
        vapid_header(server, "https://push.example:8443/a/b?c", "mailto:\"o\\p\"@example.org", until);
    ASSERT_TRUE(header.starts_with("vapid t="));
    const std::size_t comma = header.find(", k=");
    EXPECT_EQ(header.substr(comma + 4), base64url(server.key));
    const std::string token = header.substr(8, comma - 8);
    const auto parts = split(token, '.');
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_TRUE(verify_es256(server.key, token.substr(0, token.rfind('.')), *from_base64url(parts[2])));
    EXPECT_EQ(json::parse(*from_base64url(parts[0])), json::parse(R"({"typ":"JWT","alg":"ES256"})"));
    const json::object claims = json::parse(*from_base64url(parts[1])).as_object();
    EXPECT_EQ(claims.at("aud"), "https://push.example:8443");
    EXPECT_EQ(claims.at("exp").as_int64(), millis(until) / 1'000);
    EXPECT_EQ(claims.at("sub"), "mailto:\"o\\p\"@example.org");
}

RC_GTEST_PROP(WritePushMessage, AlwaysFitsAndIsJson, (const std::string& title, const std::string& body)) {
    PushMessage message{scrub_utf8(title), scrub_utf8(body), "/people/1", "t", "en"};
    const int times = *rc::gen::inRange(1, 400);
    for (int i = 0; i < times; ++i) message.body += scrub_utf8(body) + "\x01";
    const std::string text = write_push_message(message);
    RC_ASSERT(text.size() <= kMostPushText);
    RC_ASSERT(json::parse(text).as_object().at("path") == "/people/1");
}

TEST(WritePushMessage, CutsAtALettersEnd) {
    std::string title;
    for (int i = 0; i < 200; ++i) title += "é";
    const auto text = json::parse(write_push_message({title, "", "/", "", "en"})).as_object();
    const std::string cut(text.at("title").as_string());
    EXPECT_TRUE(is_utf8(cut));
    EXPECT_TRUE(cut.ends_with("é…"));
    EXPECT_LE(cut.size(), 200U);
}

}  // namespace
}  // namespace vv::formats
