#include "base/plain_line.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace vv {
namespace {

enum class Fate { keep, blank, drop };

// Goes through a text code point by code point and says what becomes of each.
class Walk {
public:
    explicit Walk(std::string_view text)
        : bytes_(reinterpret_cast<const std::uint8_t*>(text.data())), end_(text.size()) {}

    [[nodiscard]] bool is_over() const { return at_ >= end_; }
    [[nodiscard]] std::size_t at() const { return at_; }

    Fate next() {
        UChar32 point = bytes_[at_];
        if (point < 0x80) {
            ++at_;
            marks_ = 0;
            return point < 0x20 || point == 0x7f ? Fate::blank : Fate::keep;
        }
        U8_NEXT(bytes_, at_, end_, point);
        return point < 0 ? Fate::keep : fate_of(point);  // a sequence cut short is another's matter
    }

private:
    Fate fate_of(UChar32 point) {
        if (point < 0xa0 || point == 0x2028 || point == 0x2029) return Fate::blank;
        if ((point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)) return Fate::drop;
        const auto type = u_charType(point);
        if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK)
            return ++marks_ > kMostMarks ? Fate::drop : Fate::keep;
        if (type != U_FORMAT_CHAR) marks_ = 0;  // what is invisible carries no marks: they go on piling up
        return Fate::keep;
    }

    const std::uint8_t* bytes_;
    std::size_t at_ = 0;
    std::size_t end_;
    int marks_ = 0;  // on the letter before
};

bool is_visible_point(UChar32 point) {
    constexpr UChar32 kBlankBraille = 0x2800;
    if (point < 0 || point == kBlankBraille || u_isUWhiteSpace(point)) return false;
    if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return false;
    const auto type = u_charType(point);
    return type != U_CONTROL_CHAR && type != U_FORMAT_CHAR && type != U_NON_SPACING_MARK &&
           type != U_ENCLOSING_MARK;
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The endings of which mail programs make links: a country's two letters, and those that are sold the most.
bool is_top_level(std::string_view ending) {
    constexpr std::array<std::string_view, 40> kKnown{
        "app",   "biz",  "blog",   "click", "cloud", "club",    "com",  "dev",   "email",  "fun",
        "gov",   "icu",  "info",   "life",  "link",  "live",    "mobi", "name",  "net",    "network",
        "news",  "one",  "online", "org",   "page",  "pro",     "shop", "site",  "social", "space",
        "store", "tech", "today",  "top",   "vip",   "website", "work", "world", "xyz",    "zone"};
    constexpr std::array<std::string_view, 3> kPrograms{"js", "ts", "vs"};  // Node.js/React
    const bool is_letters = std::ranges::all_of(ending, [](char c) { return c >= 'a' && c <= 'z'; });
    if (ending.size() == 2) return is_letters && std::ranges::find(kPrograms, ending) == kPrograms.end();
    return ending.starts_with("xn--") || std::ranges::find(kKnown, ending) != kKnown.end();
}

// "evil.com/x": a host's name with something behind it. A name alone may be a company's: Booking.com.
bool has_bare_address(std::string_view lower) {
    for (std::size_t at = lower.find_first_of("/?#:"); at != std::string_view::npos;
         at = lower.find_first_of("/?#:", at + 1)) {
        if (at + 1 >= lower.size() || !is_word(lower[at + 1])) continue;
        const std::size_t dot = lower.substr(0, at).rfind('.');
        if (dot == std::string_view::npos || dot == 0 || !is_word(lower[dot - 1])) continue;
        if (is_top_level(lower.substr(dot + 1, at - dot - 1))) return true;
    }
    return false;
}

}  // namespace

bool is_plain_line(std::string_view utf8) {
    for (Walk walk(utf8); !walk.is_over();)
        if (walk.next() != Fate::keep) return false;
    return true;
}

std::string plain_line(std::string_view utf8) {
    if (is_plain_line(utf8)) return std::string(utf8);
    std::string out;
    for (Walk walk(utf8); !walk.is_over();) {
        const std::size_t from = walk.at();
        const Fate fate = walk.next();
        if (fate == Fate::keep)
            out += utf8.substr(from, walk.at() - from);
        else if (fate == Fate::blank && !out.empty() && out.back() != ' ')
            out += ' ';
    }
    return std::string(trim(out));
}

bool is_visible(std::string_view utf8) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    for (std::size_t at = 0; at < utf8.size();) {
        UChar32 point = 0;
        U8_NEXT(bytes, at, utf8.size(), point);
        if (is_visible_point(point)) return true;
    }
    return false;
}

bool has_web_address(std::string_view text) {
    const std::string lower = ascii_lower(text);
    return lower.find("://") != std::string::npos || lower.find("www.") != std::string::npos ||
           has_bare_address(lower);
}

}  // namespace vv
