#include "formats/web_push.h"

#include "base/crypto.h"
#include "base/text.h"

#include <boost/json.hpp>

namespace vv::formats {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostTitle = 200, kMostBody = 500, kMostPath = 200;  // bytes
constexpr char kLastRecord = 2;                                            // RFC 8188, 2

std::string cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    return std::string(truncate_utf8(text, most - 3)) + "…";
}

std::string serialised(const PushMessage& message, std::size_t title, std::size_t body) {
    json::object object;
    object["title"] = cut(message.title, title);
    object["body"] = cut(message.body, body);
    object["path"] = message.path.size() <= kMostPath ? message.path : "/";
    object["tag"] = std::string(truncate_utf8(message.tag, kMostPath));
    object["lang"] = std::string(truncate_utf8(message.locale, 35));
    return json::serialize(object);
}

/// 32 bits, the most significant first.
std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 255U);
    return bytes;
}

}  // namespace

std::string write_push_message(const PushMessage& message) {
    std::size_t title = kMostTitle, body = kMostBody;
    std::string text = serialised(message, title, body);
    // Escaping makes control characters six times as long; halved until it fits.
    while (text.size() > kMostPushText && body > 8) {
        title = std::max<std::size_t>(title / 2, 8);
        body /= 2;
        text = serialised(message, title, body);
    }
    return text.size() <= kMostPushText ? text : serialised({"", "", "/", "", ""}, 8, 8);
}

Result<std::string> seal_push(std::string_view text, const PushKeys& keys, const PushSeal& seal,
                              std::size_t text_size) {
    if (text.size() > text_size || text_size > 3'993)
        return Error(Fault::invalid, "push.length", "A push message is too long for its service.");
    const auto shared = p256_shared(seal.sender, keys.key);
    if (!shared || keys.secret.size() != 16)
        return Error(Fault::invalid, "push.keys", "These are not the keys of a push subscription.");
    const std::string info = std::string("WebPush: info\0", 14) + keys.key + seal.sender.key;
    const std::string secret = hkdf_sha256(keys.secret, *shared, info, 32);
    const std::string key =
        hkdf_sha256(seal.salt, secret, std::string_view("Content-Encoding: aes128gcm\0", 28), 16);
    const std::string nonce =
        hkdf_sha256(seal.salt, secret, std::string_view("Content-Encoding: nonce\0", 24), 12);
    std::string record(text);
    record += kLastRecord;
    record.resize(text_size + 1, '\0');
    std::string body = seal.salt + big_endian(4'096);
    body += static_cast<char>(seal.sender.key.size());
    return body + seal.sender.key + seal_aes128_gcm(key, nonce, record);
}

std::string_view origin_of(std::string_view url) {
    const std::size_t host = url.find("://");
    if (host == std::string_view::npos) return {};
    return url.substr(0, url.find_first_of("/?#", host + 3));
}

std::string vapid_header(const P256Pair& server, std::string_view endpoint, std::string_view contact,
                         Instant expires) {
    const json::object head{{"typ", "JWT"}, {"alg", "ES256"}};
    json::object claims;
    claims["aud"] = origin_of(endpoint);
    claims["exp"] = millis(expires) / 1'000;
    claims["sub"] = contact;
    const std::string token = base64url(json::serialize(head)) + "." + base64url(json::serialize(claims));
    return "vapid t=" + token + "." + base64url(sign_es256(server, token)) + ", k=" + base64url(server.key);
}

}  // namespace vv::formats
