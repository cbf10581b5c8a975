#include "formats/html_text.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace vv::formats {
namespace {

constexpr std::size_t kLongestReference = 12;

struct Named {
    std::string_view name;
    std::string_view text;
};
constexpr auto kNames = std::to_array<Named>({{"amp", "&"},
                                              {"lt", "<"},
                                              {"gt", ">"},
                                              {"quot", "\""},
                                              {"apos", "'"},
                                              {"nbsp", " "},
                                              {"hellip", "…"},
                                              {"ndash", "–"},
                                              {"mdash", "—"},
                                              {"lsquo", "‘"},
                                              {"rsquo", "’"},
                                              {"ldquo", "“"},
                                              {"rdquo", "”"},
                                              {"laquo", "«"},
                                              {"raquo", "»"}});

void append_code_point(std::string& out, std::uint32_t c) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            put(0xe0 | c >> 12);
        } else {
            put(0xf0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3f));
        }
        put(0x80 | (c >> 6 & 0x3f));
    }
    put(0x80 | (c & 0x3f));
}

std::optional<std::uint32_t> numbered(std::string_view digits) {
    const int base = digits.starts_with('x') || digits.starts_with('X') ? 16 : 10;
    if (base == 16) digits.remove_prefix(1);
    std::uint32_t c = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c, base);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    const bool is_character = c != 0 && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
    return whole && is_character ? std::optional(c) : std::nullopt;
}

// Appends what "&name;" at the beginning of `text` stands for and gives its length; a bare "&" is itself.
std::size_t append_reference(std::string& out, std::string_view text) {
    const auto end = text.substr(0, kLongestReference).find(';');
    const auto name = end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
    if (name.starts_with('#')) {
        if (const auto c = numbered(name.substr(1))) {
            append_code_point(out, *c);
            return end + 1;
        }
    } else if (const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                                [&](const Named& one) { return one.name == name; });
               found != kNames.end()) {
        out += found->text;
        return end + 1;
    }
    out += '&';
    return 1;
}

bool breaks_line(std::string_view tag) {
    static constexpr auto kBreaking = std::to_array<std::string_view>(
        {"br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"});
    if (tag.starts_with('/')) tag.remove_prefix(1);
    const auto name = ascii_lower(tag.substr(0, tag.find_first_of(" \t\r\n/>")));
    return std::find(kBreaking.begin(), kBreaking.end(), name) != kBreaking.end();
}

void break_line(std::string& out) {
    if (!out.empty() && !out.ends_with("\n\n")) out += '\n';
}

}  // namespace

std::string unescape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto plain = std::min(text.find('&'), text.size());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (!text.empty()) text.remove_prefix(append_reference(out, text));
    }
    return out;
}

std::string html_to_text(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    while (!html.empty()) {
        const auto plain = std::min(html.find_first_of("<&"), html.size());
        out += html.substr(0, plain);
        html.remove_prefix(plain);
        if (html.empty()) break;
        if (html[0] == '&') {
            html.remove_prefix(append_reference(out, html));
            continue;
        }
        const auto end = html.find('>');
        if (end == std::string_view::npos) break;
        if (breaks_line(html.substr(1, end - 1))) break_line(out);
        html.remove_prefix(end + 1);
    }
    return std::string(trim(out));
}

}  // namespace vv::formats
