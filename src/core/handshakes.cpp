#include "core/handshakes.h"

#include "base/crypto.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

extern "C" const char vv_words[];      // NOLINT(readability-identifier-naming): named by the embedding
extern "C" const char vv_words_end[];  // NOLINT(readability-identifier-naming)

namespace vv::core {
namespace {

constexpr std::string_view kOfferTitle = "visavis-handshake-offer-v1\n";
constexpr std::string_view kReceiptTitle = "visavis-handshake-v1\n";
constexpr std::string_view kWordsTitle = "visavis-handshake-words-v1\n";
constexpr std::string_view kKnown = "2~";
constexpr std::size_t kMostAddress = 320;

const std::vector<std::string_view>& word_list() {
    static const std::vector<std::string_view> words = [] {
        auto lines = split({vv_words, static_cast<std::size_t>(vv_words_end - vv_words)}, '\n');
        lines.resize(2048);
        return lines;
    }();
    return words;
}

Error bad_code() {
    return {Fault::invalid, "handshake.code", "This is not a handshake's code; ask for a new one."};
}

bool is_base64_of(std::string_view text, std::size_t bytes) {
    const auto decoded = from_base64url(text);
    return decoded && decoded->size() == bytes && base64url(*decoded) == text;
}

bool is_address(std::string_view text) {
    if (text.empty() || text.size() > kMostAddress || text.find('@') == std::string_view::npos) return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == '~' || c == 0x7f) return false;
    return true;
}

// Times in what is signed have whole seconds: one instant, one text.
Instant whole_seconds(Instant t) {
    return std::chrono::floor<std::chrono::seconds>(t);
}

bool is_signed(std::string_view key, std::string_view text, std::string_view signature) {
    const auto raw_key = from_base64url(key);
    const auto raw_signature = from_base64url(signature);
    return raw_key && raw_signature && verify_ed25519(*raw_key, text, *raw_signature);
}

std::string or_dash(const std::string& value) {
    return value.empty() ? "-" : value;
}

Error bad_line(std::string_view name) {
    return {Fault::invalid, "handshake.receipt",
            "The receipt's line '" + std::string(name) + "' is missing or not as it should be."};
}

// Takes "name: value\n" off the front of `text`.
Result<std::string> take_line(std::string_view& text, std::string_view name) {
    const auto end = text.find('\n');
    const std::string start = std::string(name) + ": ";
    if (end == std::string_view::npos || !text.substr(0, end).starts_with(start)) return bad_line(name);
    std::string value(text.substr(start.size(), end - start.size()));
    text.remove_prefix(end + 1);
    return value;
}

Result<Instant> take_time(std::string_view& text, std::string_view name) {
    TRY(const std::string value, take_line(text, name));
    const auto time = parse_rfc3339(value);
    if (!time) return bad_line(name);
    return *time;
}

Result<std::string> take_optional(std::string_view& text, std::string_view name) {
    TRY(std::string value, take_line(text, name));
    if (value == "-") value.clear();
    return value;
}

Error bad_receipt(const char* code, const char* detail) {
    return {Fault::invalid, code, detail};
}

}  // namespace

std::string offer_text(const Offer& offer) {
    return std::string(kOfferTitle) + "from: " + offer.from + "\nkey: " + offer.key +
           "\nnonce: " + offer.nonce + "\nissued: " + format_rfc3339(whole_seconds(offer.issued)) + "\n";
}

std::string encode_offer(const Offer& offer) {
    const auto seconds = millis(offer.issued) / 1000;
    return "1~" + offer.from + "~" + offer.key + "~" + offer.nonce + "~" + std::to_string(seconds) + "~" +
           offer.signature;
}

Result<Offer> decode_offer(std::string_view code) {
    const auto parts = split(code, '~');
    if (parts.size() != 6 || parts[0] != "1" || !is_address(parts[1]) || !is_base64_of(parts[2], 32) ||
        !is_base64_of(parts[3], 16) || !is_base64_of(parts[5], 64))
        return bad_code();
    std::int64_t seconds = 0;
    const auto [end, ec] = std::from_chars(parts[4].data(), parts[4].data() + parts[4].size(), seconds);
    if (ec != std::errc{} || end != parts[4].data() + parts[4].size() || seconds < 0 ||
        seconds > 253'402'300'799)
        return bad_code();
    return Offer{std::string(parts[1]), std::string(parts[2]), std::string(parts[3]),
                 from_millis(seconds * 1000), std::string(parts[5])};
}

std::string encode_known_offer(std::string_view nonce) {
    return std::string(kKnown) + std::string(nonce);
}

std::optional<std::string> decode_known_offer(std::string_view code) {
    if (!code.starts_with(kKnown)) return std::nullopt;
    code.remove_prefix(kKnown.size());
    return is_base64_of(code, 16) ? std::optional(std::string(code)) : std::nullopt;
}

Result<Done> check_offer(const Offer& offer, Instant now) {
    if (!is_address(offer.from) || !is_base64_of(offer.nonce, 16)) return bad_code();
    if (!is_signed(offer.key, offer_text(offer), offer.signature))
        return Error(Fault::invalid, "handshake.signature",
                     "The code's signature does not hold; ask for a new one.");
    if (now > offer.issued + kOfferLife)
        return Error(Fault::conflict, "handshake.late", "The code had run out. Ask for the one shown now.");
    if (offer.issued > now + kClockSkew)
        return Error(Fault::conflict, "handshake.early",
                     "The code comes from the future: set that phone's clock.");
    return Done{};
}

std::array<std::string, 3> words_of(std::string_view nonce) {
    const Digest digest = sha256(std::string(kWordsTitle) + std::string(nonce));
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = (bits << 8) | digest[i];
    std::array<std::string, 3> words;
    for (std::string& word : words) {
        word = word_list()[bits >> 53];
        bits <<= 11;
    }
    return words;
}

Result<std::string> normalise_words(std::string_view typed) {
    std::string joined;
    auto words = folded_words(typed);
    std::erase(words, "and");  // as they are read out
    for (const std::string& word : words) {
        const auto stands_for = [&word](std::string_view listed) {
            return listed == word || (word.size() >= 4 && word == listed.substr(0, 4));
        };
        const auto found = std::ranges::find_if(word_list(), stands_for);
        if (found == word_list().end() || words.size() != 3)
            return Error(Fault::invalid, "handshake.words",
                         "Type the three words as they stand under the code.");
        joined += (joined.empty() ? "" : " ") + std::string(*found);
    }
    if (joined.empty())
        return Error(Fault::invalid, "handshake.words", "Type the three words under the code.");
    return joined;
}

std::string receipt_text(const Receipt& r) {
    return std::string(kReceiptTitle) + "nonce: " + r.nonce +
           "\noffered: " + format_rfc3339(whole_seconds(r.offered)) +
           "\nat: " + format_rfc3339(whole_seconds(r.at)) + "\na: " + r.a + "\na-key: " + r.a_key +
           "\nb: " + r.b + "\nb-key: " + r.b_key + "\nmeeting: " + or_dash(r.meeting) +
           "\nplace: " + or_dash(r.place) + "\n";
}

Result<Receipt> parse_receipt(std::string_view text) {
    std::string_view rest = text;
    if (!rest.starts_with(kReceiptTitle))
        return bad_receipt("handshake.receipt", "The receipt does not begin with 'visavis-handshake-v1'.");
    rest.remove_prefix(kReceiptTitle.size());
    Receipt r;
    TRY(r.nonce, take_line(rest, "nonce"));
    TRY(r.offered, take_time(rest, "offered"));
    TRY(r.at, take_time(rest, "at"));
    TRY(r.a, take_line(rest, "a"));
    TRY(r.a_key, take_line(rest, "a-key"));
    TRY(r.b, take_line(rest, "b"));
    TRY(r.b_key, take_line(rest, "b-key"));
    TRY(r.meeting, take_optional(rest, "meeting"));
    TRY(r.place, take_optional(rest, "place"));
    if (receipt_text(r) != text)
        return bad_receipt("handshake.receipt", "The receipt is not in its canonical form.");
    return r;
}

Result<Done> verify(const SignedReceipt& s) {
    const Receipt& r = s.receipt;
    if (!is_address(r.a) || !is_address(r.b) || !is_base64_of(r.nonce, 16))
        return bad_receipt("handshake.receipt", "The receipt names no two people or no code.");
    if (r.a == r.b || r.a_key == r.b_key)
        return bad_receipt("handshake.oneself", "Nobody shakes hands with oneself.");
    if (r.at + kClockSkew < r.offered || r.at > r.offered + kOfferLife)
        return bad_receipt("handshake.late", "The code was read outside the minute in which it was good.");
    const std::string text = receipt_text(r);
    if (!is_signed(r.a_key, text, s.a_signature))
        return bad_receipt("handshake.a_signature",
                           "The signature of the one who showed the code does not hold.");
    if (!is_signed(r.b_key, text, s.b_signature))
        return bad_receipt("handshake.b_signature",
                           "The signature of the one who read the code does not hold.");
    return Done{};
}

}  // namespace vv::core
