#include "base/plain_line.h"

#include "base/text.h"

namespace vv {
namespace {

struct Astray {
    std::size_t bytes = 0;  // of the character at the front that has no place in a line; 0 when it has one
    bool is_space = false;  // it stood between words
};

// Told by the bytes alone, as nearly every text has none: U+0000–001F, 007F, 0080–009F, 2028, 2029, and the
// overrides 202A–202E and 2066–2069.
Astray astray_at(std::string_view rest) {
    const auto byte = [rest](std::size_t i) {
        return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0U;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7f) return {1, true};
    if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0) return {2, true};
    if (byte(0) != 0xe2) return {};
    if (byte(1) == 0x80 && (byte(2) == 0xa8 || byte(2) == 0xa9)) return {3, true};
    const bool is_override = (byte(1) == 0x80 && byte(2) >= 0xaa && byte(2) <= 0xae) ||
                             (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9);
    return is_override ? Astray{3, false} : Astray{};
}

}  // namespace

bool is_plain_line(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size(); ++at)
        if (astray_at(utf8.substr(at)).bytes > 0) return false;
    return true;
}

std::string plain_line(std::string_view utf8) {
    if (is_plain_line(utf8)) return std::string(utf8);
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const Astray astray = astray_at(utf8.substr(at));
        if (astray.bytes == 0)
            out += utf8[at++];
        else if (astray.is_space && !out.empty() && out.back() != ' ')
            out += ' ';
        at += astray.bytes;
    }
    return std::string(trim(out));
}

bool has_web_address(std::string_view text) {
    const std::string lower = ascii_lower(text);
    return lower.find("://") != std::string::npos || lower.find("www.") != std::string::npos;
}

}  // namespace vv
