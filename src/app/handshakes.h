// app/handshakes.h — showing a code, reading it, signing the receipt on both sides.
//
// docs/handshake.md has the protocol. Both sides live on this server here; what each use case takes and gives
// is what would go over the wire between two servers.
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "core/accounts.h"
#include "core/devices.h"
#include "core/handshakes.h"
#include "store/database.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// What the showing device signed (core::offer_text); the key is the device's, the address the caller's.
struct ShowOffer {
    core::DeviceId device;
    std::string nonce;
    Instant issued;
    std::string signature;
    std::string host;             // of this server, behind the @ of the address
    std::optional<LatLng> place;  // given when the one who shows agrees to keep a coarse place
};
struct ShownCode {
    std::string nonce;
    std::string code;  // core::encode_offer: all of it, for where the server is not asked
    std::array<std::string, 3> words;
    Instant expires;
};
/// Registers the code that the caller's device shows. Faults: core::check_offer's; `forbidden`
/// handshake.device when the device is none of the caller's in use; `conflict` handshake.used; `too_many`
/// handshake.offers past 20 in five minutes.
Result<ShownCode> show_offer(store::Tx& tx, Caller caller, ShowOffer input);

struct ReadOffer {
    std::string code;   // what the camera read, the whole link or what stands behind its #; or
    std::string words;  // what was typed
    core::DeviceId device;
    bool keep_place = false;
    std::string host;
};
struct ReadCode {
    std::string nonce;
    core::AccountName with;
    std::string receipt;  // the canonical text, for the caller's device to sign
};
/// Claims a code for the caller; one whose phone had no network is registered by being read. A code of an
/// account that blocked the caller, or that the caller blocked, answers like one that does not exist. Faults:
/// core::check_offer's; `not_found` handshake.code; `conflict` handshake.used, handshake.words (two codes
/// with the same words: wait for the next); `invalid` handshake.oneself; `forbidden` handshake.device.
Result<ReadCode> read_offer(store::Tx& tx, Caller caller, ReadOffer input);

enum class HandshakeState { waiting, read, signed_, done, expired };
/// As the API says it; `signed_` is "signed".
std::string_view to_string(HandshakeState state);

/// One side's handshake.
struct HandshakeRow {
    std::int64_t id = 0;
    Instant at;
    core::AccountName with;
    std::optional<core::PersonId> person;  // who stands for that account among the owner's people
    std::string person_name;
    std::int64_t encounter = 0;
    bool is_first = false;  // the first time that the two met
    core::SignedReceipt receipt;
};

struct HandshakeProgress {
    HandshakeState state = HandshakeState::waiting;
    std::optional<core::AccountName> with;  // the other side, once there is one
    std::string receipt;                    // once read
    std::optional<HandshakeRow> handshake;  // once done: the caller's own
};
/// How far a code has come, for its two sides; `not_found` handshake.code for anyone else.
Result<HandshakeProgress> handshake_progress(store::Tx& tx, Caller caller, std::string nonce);

/// The caller's signature over the receipt: first the reader's, then that of the one who showed the code,
/// which makes the handshake: a receipt, an encounter and a link at both sides, and the meeting that was
/// agreed for now is met. Saying it again changes nothing. Faults: `not_found` handshake.code; `conflict`
/// handshake.unread, handshake.unsigned, handshake.late (five minutes after it was read); `invalid`
/// handshake.signature; `forbidden` handshake.device when the device was revoked meanwhile.
Result<HandshakeProgress> sign_receipt(store::Tx& tx, Caller caller, std::string nonce, std::string signature,
                                       MeetingDesk desk);

/// The caller's handshakes, newest first, before the id `before`.
Result<std::vector<HandshakeRow>> list_handshakes(store::Tx& tx, Caller caller,
                                                  std::optional<std::int64_t> before, int limit);
/// One receipt; `not_found` handshake.unknown.
Result<HandshakeRow> find_handshake(store::Tx& tx, Caller caller, std::int64_t id);

}  // namespace vv::app
