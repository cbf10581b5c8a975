#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <vector>

namespace vv {
namespace {

// How many bytes are ASCII before the first that is not, eight at a time: all text of all archives comes by
// here.
std::size_t ascii_run(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + i, 8);
        if ((eight & 0x8080808080808080ULL) != 0) break;
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

bool is_ascii(std::string_view text) {
    return ascii_run(text) == text.size();
}

std::string squeeze(std::string text) {
    std::size_t size = 0;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
        if (!blank)
            text[size++] = c;
        else if (size > 0 && text[size - 1] != ' ')
            text[size++] = ' ';
    }
    if (size > 0 && text[size - 1] == ' ') --size;
    text.resize(size);
    return text;
}

// Transliterators are costly to make and not safe to share between threads: one a thread.
const icu::Transliterator& to_plain_latin() {
    thread_local const std::unique_ptr<icu::Transliterator> latin = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            "NFKC; Any-Latin; NFD; [:Mn:] Remove; Latin-ASCII; NFC", UTRANS_FORWARD, status));
        VV_ASSERT(U_SUCCESS(status));
        return made;
    }();
    return *latin;
}

std::string encode(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string fold_any(icu::UnicodeString text) {
    to_plain_latin().transliterate(text);
    text.foldCase();
    return encode(text);
}

// Latin letters with their marks, U+00C0 … U+024F: each folds by itself, so that most names of Europe need no
// transliterator, which takes some 5 µs a name.
constexpr char32_t kFirstMarked = 0xc0, kPastMarked = 0x250;

const std::vector<std::string>& marked_letters() {
    static const auto table = [] {
        std::vector<std::string> letters;
        for (char32_t point = kFirstMarked; point < kPastMarked; ++point)
            letters.push_back(fold_any(icu::UnicodeString(static_cast<UChar32>(point))));
        return letters;
    }();
    return table;
}

// Nothing where another letter stands.
std::optional<std::string> fold_latin(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        if (lead < 0x80) {
            out += static_cast<char>(lead >= 'A' && lead <= 'Z' ? lead - 'A' + 'a' : lead);
            continue;
        }
        const auto next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0;
        const char32_t point = (static_cast<char32_t>(lead & 0x1f) << 6) | (next & 0x3f);
        if (lead < 0xc2 || lead > 0xdf || (next & 0xc0) != 0x80 || point < kFirstMarked ||
            point >= kPastMarked)
            return {};
        out += marked_letters()[point - kFirstMarked];
        ++i;
    }
    return out;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            i += ascii_run(bytes.substr(i));
            continue;
        }
        const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
        if (length == 0 || lead > 0xf4 || i + length > bytes.size()) return false;
        unsigned point = lead & (0x7fu >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            point = (point << 6) | (next & 0x3f);
        }
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += length;
    }
    return true;
}

std::string scrub_utf8(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    return encode(
        icu::UnicodeString::fromUTF8(icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size()))));
}

Result<std::string> to_utf8(std::string_view bytes, std::string_view charset) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(
        ucnv_open(std::string(charset).c_str(), &status), ucnv_close);
    if (U_FAILURE(status))
        return Error(Fault::invalid, "charset.unknown",
                     "No character set is called '" + std::string(charset) + "'.");
    icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), status);
    return encode(text);
}

std::string decode_text(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return scrub_utf8(bytes.substr(3));
    if (bytes.starts_with("\xFF\xFE")) return *to_utf8(bytes.substr(2), "UTF-16LE");
    if (bytes.starts_with("\xFE\xFF")) return *to_utf8(bytes.substr(2), "UTF-16BE");
    if (is_utf8(bytes)) return std::string(bytes);
    return *to_utf8(bytes, "windows-1252");
}

std::string fold(std::string_view utf8) {
    if (auto latin = fold_latin(utf8)) return squeeze(*std::move(latin));
    return squeeze(fold_any(
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())))));
}

std::vector<std::string_view> words_of_folded(std::string_view folded) {
    const auto is_letter = [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u >= 'a' && u <= 'z') || (u >= '0' && u <= '9') || u >= 0x80;
    };
    std::vector<std::string_view> words;
    words.reserve(4);
    for (std::size_t at = 0; at < folded.size();) {
        const auto begin = at;
        while (at < folded.size() && is_letter(folded[at])) ++at;
        if (at > begin)
            words.push_back(folded.substr(begin, at - begin));
        else
            ++at;
    }
    return words;
}

std::vector<std::string> folded_words(std::string_view utf8) {
    const std::string folded = fold(utf8);
    const auto words = words_of_folded(folded);
    return {words.begin(), words.end()};
}

std::string lower(std::string_view utf8) {
    if (is_ascii(utf8)) return ascii_lower(utf8);
    return encode(
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())))
            .toLower(icu::Locale::getRoot()));
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trim(std::string_view text) {
    // Not find_first_not_of(), which asks memchr about every byte: every field of every archive comes by
    // here.
    const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    parts.reserve(1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), separator)));
    for (std::size_t at = 0;;) {
        const auto next = text.find(separator, at);
        parts.push_back(text.substr(at, next == std::string_view::npos ? next : next - at));
        if (next == std::string_view::npos) return parts;
        at = next + 1;
    }
}

std::string_view truncate_utf8(std::string_view utf8, std::size_t bytes) {
    if (utf8.size() <= bytes) return utf8;
    while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xc0) == 0x80) --bytes;
    return utf8.substr(0, bytes);
}

}  // namespace vv
