// formats/web_push.h — a web push message: its words, sealed for one browser (RFC 8291), and the sender's
// proof (RFC 8292).
//
// The push service that carries it sees neither the words nor, as all are padded alike, how many they are.
#pragma once

#include "base/p256.h"
#include "base/result.h"
#include "base/time.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace vv::formats {

/// What the service worker shows, and where a tap leads.
struct PushMessage {
    std::string title, body;
    std::string path;  // "/meetings/12": a room of the page
    std::string tag;   // a later message with the same tag takes its place
    std::string locale;
};
/// As JSON of at most kMostPushText bytes; words that are too long are cut.
std::string write_push_message(const PushMessage& message);

/// Services must carry 4,096 bytes (RFC 8291, 4); every message of ours is as long as this once sealed.
inline constexpr std::size_t kMostPushText = 1'500;
inline constexpr std::size_t kPushBody = 86 + kMostPushText + 1 + 16;

/// A browser's side of a subscription, as bytes.
struct PushKeys {
    std::string key;     // p256dh: 65
    std::string secret;  // auth: 16
};
/// What is drawn anew for each message.
struct PushSeal {
    P256Pair sender;
    std::string salt;  // 16 bytes
};
/// The body of the request, one record of aes128gcm (RFC 8188), padded to `text_size` bytes of text.
/// `invalid` push.keys for a browser's keys that are none, push.length for a text longer than that.
Result<std::string> seal_push(std::string_view text, const PushKeys& keys, const PushSeal& seal,
                              std::size_t text_size = kMostPushText);

/// "vapid t=…, k=…": that this server sends it, to the service of `endpoint`, until `expires`. `contact` is a
/// mailto: or https: address.
std::string vapid_header(const P256Pair& server, std::string_view endpoint, std::string_view contact,
                         Instant expires);
/// "https://push.example.org" of an address there.
std::string_view origin_of(std::string_view url);

}  // namespace vv::formats
