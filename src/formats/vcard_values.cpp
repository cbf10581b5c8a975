#include "formats/vcard_values.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace vv::formats {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '=' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        out += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
        if (low >= 0) i += 2;
    }
    return out;
}

std::string base64_text(std::string_view text) {
    std::string alphabet;
    for (const char c : text)
        if (c == '+' || c == '/' || (c != '=' && c != ' ')) alphabet += c == '+' ? '-' : c == '/' ? '_' : c;
    auto bytes = from_base64url(alphabet);
    return bytes ? *std::move(bytes) : std::string{};
}

// One component's bytes as UTF-8, by the transfer encoding and the charset that the line names.
std::string decoded(std::string_view raw, const ContentProperty& property) {
    std::string bytes(raw);
    if (property.has("ENCODING", "QUOTED-PRINTABLE"))
        bytes = quoted_printable(raw);
    else if (property.has("ENCODING", "B") || property.has("ENCODING", "BASE64"))
        bytes = base64_text(raw);
    const auto charset = property.parameter("CHARSET");
    if (!charset.empty() && !same_word(charset, "UTF-8")) {
        if (auto text = to_utf8(bytes, charset)) return *std::move(text);
    }
    return decode_text(bytes);
}

// vCard 2.1 escapes nothing but semicolons.
std::string unescaped(std::string_view text, CardVersion version) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto plain = text.substr(i, text.find('\\', i) - i);
        out += plain;
        i += plain.size();
        if (i == text.size()) break;
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        const bool newline = (next == 'n' || next == 'N') && version != CardVersion::v21;
        const bool literal =
            next == ';' || (version != CardVersion::v21 && (next == ',' || next == '\\' || next == ':'));
        out += newline ? '\n' : literal ? next : text[i];
        if (newline || literal) ++i;
    }
    return std::string(trim(out));
}

std::vector<std::string_view> split_unescaped(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == separator) {
            parts.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    parts.push_back(text.substr(std::min(begin, text.size())));
    return parts;
}

std::vector<std::string> decoded_parts(const ContentProperty& property, CardVersion version, char separator) {
    std::vector<std::string> out;
    for (const auto part : split_unescaped(property.value, separator)) {
        if (out.size() == 200) break;
        out.push_back(unescaped(decoded(part, property), version));
    }
    return out;
}

int number(std::string_view digits) {
    int value = 0;
    const auto end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    return error == std::errc() && stop == end ? value : -1;
}

std::optional<double> coordinate(std::string_view text) {
    text = trim(text);
    double value = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string card_text(const ContentProperty& property, CardVersion version) {
    return unescaped(decoded(property.value, property), version);
}

std::vector<std::string> card_components(const ContentProperty& property, CardVersion version) {
    return decoded_parts(property, version, ';');
}

std::vector<std::string> card_list(const ContentProperty& property, CardVersion version) {
    return decoded_parts(property, version, ',');
}

std::optional<core::Birthday> card_birthday(std::string_view value) {
    std::string digits;
    value = value.substr(0, value.find_first_of("T "));
    const bool no_year = value.starts_with("--");
    for (const char c : value) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != '-')
            return std::nullopt;
    }
    if (digits.size() != (no_year ? 4U : 8U)) return std::nullopt;
    const std::string_view all(digits);
    core::Birthday day;
    day.year = no_year ? 0 : number(all.substr(0, 4));
    if (day.year == 1604) day.year = 0;
    day.month = static_cast<unsigned>(number(all.substr(all.size() - 4, 2)));
    day.day = static_cast<unsigned>(number(all.substr(all.size() - 2)));
    // 2000 is a leap year: the 29th of February stands where the year is not known.
    const Date date(std::chrono::year(day.year == 0 ? 2000 : day.year), std::chrono::month(day.month),
                    std::chrono::day(day.day));
    return date.ok() ? std::optional(day) : std::nullopt;
}

std::optional<LatLng> card_place(std::string_view value) {
    if (value.starts_with("geo:")) value.remove_prefix(4);
    const auto comma = value.find_first_of(",;");
    if (comma == std::string_view::npos) return std::nullopt;
    const auto rest = value.substr(comma + 1);
    const auto lat = coordinate(value.substr(0, comma));
    const auto lng = coordinate(rest.substr(0, rest.find_first_of(",;")));
    if (!lat || !lng) return std::nullopt;
    const LatLng at{*lat, *lng};
    return at.is_valid() ? std::optional(at) : std::nullopt;
}

}  // namespace vv::formats
