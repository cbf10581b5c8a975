// core/handshakes.h — the proof that two people stood face to face.
//
// One phone shows an offer, signed by its device and good for a minute; the other reads it; both devices sign
// one receipt. Everything that is signed is a canonical text of "name: value" lines, so that it can be
// checked anywhere, long afterwards and without this program (docs/handshake.md has the protocol and its
// threat model). Pure: the clock and the keys' owners are arguments.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

/// A page shows a new offer this often; an offer is good for kOfferLife from its own time.
constexpr std::chrono::seconds kOfferEvery{30};
constexpr std::chrono::seconds kOfferLife{60};
/// How far a device's clock may run ahead of the server's.
constexpr std::chrono::seconds kClockSkew{10};
/// Both signatures must be there this long after the offer was read.
constexpr std::chrono::seconds kConfirmWithin{300};

/// What a phone shows. Addresses are "handle@host"; keys, nonce and signatures base64url (32, 16 and 64
/// bytes).
struct Offer {
    std::string from;
    std::string key;
    std::string nonce;
    Instant issued;
    std::string signature;  // by `key` over offer_text()
};

/// The text that an offer's device signs.
std::string offer_text(const Offer& offer);

/// The offer as one word for a QR code or a link: "1~from~key~nonce~seconds~signature".
std::string encode_offer(const Offer& offer);
/// `invalid` handshake.code when it isn't one.
Result<Offer> decode_offer(std::string_view code);

/// The short form of an offer that its server knows, for a code that is read quickly: "2~nonce". Whoever can
/// read the one could read the other; neither can be guessed.
std::string encode_known_offer(std::string_view nonce);
/// The nonce of such a code; nothing for any other text.
std::optional<std::string> decode_known_offer(std::string_view code);

/// Whether the offer's form and signature hold and it is neither early nor late.
/// Faults: `invalid` handshake.code, handshake.signature; `conflict` handshake.late, handshake.early.
Result<Done> check_offer(const Offer& offer, Instant now);

/// Three words that stand for the nonce, for when no camera can read the code (33 bits of its SHA-256).
std::array<std::string, 3> words_of(std::string_view nonce);
/// What someone typed as those words, in the form that words_of() joins with blanks: lower case, single
/// blanks. Each word may be cut to its first four letters. `invalid` handshake.words when it isn't three
/// words of the list.
Result<std::string> normalise_words(std::string_view typed);

/// Who, when and where, as both devices sign it.
struct Receipt {
    std::string nonce;
    Instant offered;
    Instant at;     // when the code was read, by the server's clock
    std::string a;  // who showed the code
    std::string a_key;
    std::string b;  // who read it
    std::string b_key;
    std::string meeting;  // its UID, or empty
    std::string place;    // "43.65,-79.35": a 0.1 degree cell's centre, when both agreed to keep it; or empty
    bool operator==(const Receipt&) const = default;
};

std::string receipt_text(const Receipt& receipt);
/// Reads the canonical text back; `invalid` handshake.receipt names the line that is wrong. Only text that
/// receipt_text() would write again is accepted.
Result<Receipt> parse_receipt(std::string_view text);

struct SignedReceipt {
    Receipt receipt;
    std::string a_signature;
    std::string b_signature;
};

/// Whether both keys signed this receipt, two different people and two different keys stand in it, and its
/// times agree. It says that the holders of the keys signed, not whose keys they are. Faults: `invalid` with
/// a code that names what fails.
Result<Done> verify(const SignedReceipt& receipt);

}  // namespace vv::core
