#include "formats/xml_repair.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <libxml/HTMLparser.h>
#include <optional>

namespace vv::formats {
namespace {

constexpr std::size_t kNeedMore = 0;           // step(): the next piece must complete this
constexpr std::size_t kLongestReference = 40;  // two surrogates, with leading zeros
constexpr int kMostAttributes = 256;
constexpr std::size_t kLongestMark = 9;  // "<![CDATA["

using Table = std::array<bool, 256>;

// Which bytes end a run of plain ones: control characters and those given.
constexpr Table stops_at(std::string_view special) {
    Table table{};
    for (std::size_t c = 0; c < 0x20; ++c) table.at(c) = c != '\t' && c != '\n' && c != '\r';
    for (const char c : special) table.at(static_cast<unsigned char>(c)) = true;
    return table;
}

constexpr Table kText = stops_at("<&");
constexpr Table kTag = stops_at(">\"'");
constexpr Table kDoubleQuoted = stops_at("\"<&");
constexpr Table kSingleQuoted = stops_at("'<&");
constexpr Table kControl = stops_at("");
constexpr Table kDeclaration = stops_at("[]>");

std::size_t plain(std::string_view text, const Table& stops) {
    std::size_t i = 0;
    while (i < text.size() && !stops[static_cast<unsigned char>(text[i])]) ++i;
    return i;
}

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

struct Reference {
    std::uint32_t point = 0;
    std::size_t size = 0;
};

// "&#128512;" or "&#x1F600;"
std::optional<Reference> numeric(std::string_view text) {
    if (!text.starts_with("&#")) return std::nullopt;
    const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const auto digits = text.substr(hex ? 3 : 2, 10);
    Reference found;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), found.point, hex ? 16 : 10);
    if (error != std::errc{} || end == digits.data() + digits.size() || *end != ';') return std::nullopt;
    found.size = static_cast<std::size_t>(end - text.data()) + 1;
    return found;
}

bool is_high_surrogate(std::uint32_t point) {
    return point >= 0xd800 && point < 0xdc00;
}
bool is_low_surrogate(std::uint32_t point) {
    return point >= 0xdc00 && point < 0xe000;
}
bool is_allowed(std::uint32_t point) {
    if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
    return point < 0xd800 || (point >= 0xe000 && point < 0xfffe) || (point >= 0x10000 && point <= 0x10ffff);
}

std::string utf8_of(std::uint32_t point) {
    std::string out;
    out += static_cast<char>(0xf0 | (point >> 18));
    out += static_cast<char>(0x80 | ((point >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
    return out;
}

bool is_predefined(std::string_view name) {
    return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

}  // namespace

Result<std::string_view> XmlRepair::next() {
    while (!ended_) {
        TRY(auto piece, text_.next());
        ended_ = piece.empty();
        if (!carried_.empty()) {
            joined_ = std::exchange(carried_, {});
            joined_ += piece;
            piece = joined_;
        }
        out_.clear();
        repair(piece, ended_);
        if (!out_.empty()) return std::string_view(out_);
    }
    return std::string_view{};
}

void XmlRepair::repair(std::string_view bytes, bool last) {
    out_.reserve(bytes.size() + kLongestReference);
    while (!bytes.empty()) {
        const auto taken = step(bytes, last);
        if (taken == kNeedMore) break;
        bytes.remove_prefix(taken);
    }
    carried_ = bytes;
}

std::size_t XmlRepair::step(std::string_view rest, bool last) {
    switch (state_) {
        case State::text:
            return step_text(rest, last);
        case State::tag:
            return step_tag(rest);
        case State::value:
            return step_value(rest, last);
        case State::surplus:
            return step_surplus(rest);
        case State::comment:
            return step_until(rest, "-->", last);
        case State::cdata:
            return step_until(rest, "]]>", last);
        case State::instruction:
            return step_until(rest, "?>", last);
        case State::declaration:
            return step_declaration(rest);
    }
    return rest.size();
}

std::size_t XmlRepair::step_text(std::string_view rest, bool last) {
    if (const auto run = plain(rest, kText); run > 0) {
        out_ += rest.substr(0, run);
        return run;
    }
    if (rest[0] == '<') return open_markup(rest, last);
    if (rest[0] == '&') return reference(rest, last);
    return 1;  // a control character
}

std::size_t XmlRepair::open_markup(std::string_view rest, bool last) {
    if (rest.size() < kLongestMark && !last) return kNeedMore;
    const auto begin = [&](State state, std::size_t size) {
        state_ = state;
        length_ = 0;
        brackets_ = 0;
        attributes_ = 0;
        if (state != State::comment) out_ += rest.substr(0, size);
        return size;
    };
    if (rest.starts_with("<!--")) return begin(State::comment, 4);
    if (rest.starts_with("<![CDATA[")) return begin(State::cdata, 9);
    if (rest.starts_with("<!")) return begin(State::declaration, 2);
    if (rest.starts_with("<?")) return begin(State::instruction, 2);
    if (rest.size() > 1 && (rest[1] == '/' || begins_name(rest[1]))) return begin(State::tag, 1);
    out_ += "&lt;";
    return 1;
}

std::size_t XmlRepair::step_tag(std::string_view rest) {
    if (const auto run = plain(rest, kTag); run > 0) {
        out_ += rest.substr(0, run);
        return run;
    }
    if (rest[0] == '>') state_ = State::text;
    if (rest[0] == '"' || rest[0] == '\'') return open_value(rest[0]);
    if (kControl[static_cast<unsigned char>(rest[0])]) return 1;
    out_ += rest[0];
    return 1;
}

std::size_t XmlRepair::open_value(char quote) {
    state_ = State::value;
    quote_ = quote;
    length_ = 0;
    new_line_ = false;
    out_ += quote;
    if (++attributes_ <= kMostAttributes) return 1;
    state_ = State::surplus;
    is_empty_ = false;
    out_ += quote;
    return 1;
}

// What is left out of a tag, up to its end.
std::size_t XmlRepair::step_surplus(std::string_view rest) {
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (quote_ != 0) {
            if (c == quote_) quote_ = 0;
        } else if (c == '>') {
            if (is_empty_) out_ += '/';
            state_ = State::tag;
            return i > 0 ? i : step_tag(rest);
        } else {
            if (c == '"' || c == '\'') quote_ = c;
            is_empty_ = c == '/';
        }
    }
    return rest.size();
}

std::size_t XmlRepair::step_value(std::string_view rest, bool last) {
    if (length_ >= longest_) {  // what is cut: only its end matters
        const auto end = rest.find(quote_);
        if (end == std::string_view::npos) return rest.size();
        if (end > 0) return end;
    }
    if (const auto run = plain(rest, quote_ == '"' ? kDoubleQuoted : kSingleQuoted); run > 0) {
        put(rest.substr(0, run));
        const auto end = rest.substr(0, run).find_last_not_of(" \t");
        if (end != std::string_view::npos) new_line_ = rest[end] == '\n';
        return run;
    }
    if (rest[0] == quote_) {
        state_ = State::tag;
        out_ += quote_;
        return 1;
    }
    if (rest[0] == '<') {
        if (rest.size() < 2 && !last) return kNeedMore;
        if (new_line_ && rest.size() > 1 && (rest[1] == '/' || begins_name(rest[1]))) {
            state_ = State::text;
            return step_text(rest, true);
        }
        put("&lt;");
    }
    new_line_ = false;
    return rest[0] == '&' ? reference(rest, last) : 1;
}

// A comment, a section or an instruction up to its end.
std::size_t XmlRepair::step_until(std::string_view rest, std::string_view end, bool last) {
    const auto at = rest.find(end);
    auto inside = rest.substr(0, at);
    if (at == std::string_view::npos && !last) {
        if (inside.size() < end.size()) return kNeedMore;
        inside.remove_suffix(end.size() - 1);
    }
    std::size_t taken = inside.size();
    if (state_ == State::comment) {
        out_.append(static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '\n')), '\n');
    } else {
        while (!inside.empty()) {
            const auto run = plain(inside, kControl);
            put(inside.substr(0, run));
            inside.remove_prefix(std::min(run + 1, inside.size()));
        }
    }
    if (at != std::string_view::npos) {
        if (state_ != State::comment) out_ += end;
        state_ = State::text;
        taken += end.size();
    }
    return taken;
}

std::size_t XmlRepair::step_declaration(std::string_view rest) {
    if (const auto run = plain(rest, kDeclaration); run > 0) {
        out_ += rest.substr(0, run);
        return run;
    }
    if (kControl[static_cast<unsigned char>(rest[0])]) return 1;
    if (rest[0] == '[') ++brackets_;
    if (rest[0] == ']') --brackets_;
    if (rest[0] == '>' && brackets_ <= 0) state_ = State::text;
    out_ += rest[0];
    return 1;
}

std::size_t XmlRepair::reference(std::string_view rest, bool last) {
    if (rest.size() < kLongestReference && !last) return kNeedMore;
    if (const auto taken = numeric_reference(rest); taken > 0) return taken;
    std::size_t size = 1;
    while (size < std::min(rest.size(), kLongestReference) && is_letter_or_digit(rest[size])) ++size;
    const std::string name(rest.substr(1, size - 1));
    if (size > 1 && size < rest.size() && rest[size] == ';') {
        if (is_predefined(name)) {
            put(rest.substr(0, size + 1));
            return size + 1;
        }
        const auto* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
        if (entity != nullptr) {
            put("&#" + std::to_string(entity->value) + ";");
            return size + 1;
        }
    }
    put("&amp;");
    return 1;
}

std::size_t XmlRepair::numeric_reference(std::string_view rest) {
    const auto first = numeric(rest);
    if (!first) return 0;
    if (is_allowed(first->point)) {
        put(rest.substr(0, first->size));
        return first->size;
    }
    const bool high = is_high_surrogate(first->point);
    const auto second = high ? numeric(rest.substr(first->size)) : std::nullopt;
    if (second && is_low_surrogate(second->point)) {
        put(utf8_of(0x10000 + ((first->point - 0xd800) << 10) + (second->point - 0xdc00)));
        return first->size + second->size;
    }
    if (high || is_low_surrogate(first->point)) put("\ufffd");
    return first->size;
}

// Within a value or a section, up to its limit; never a part of a character or a reference.
void XmlRepair::put(std::string_view bytes) {
    const bool limited = state_ == State::value || state_ == State::cdata;
    if (limited && length_ + bytes.size() > longest_) {
        auto room = longest_ > length_ ? longest_ - length_ : 0;
        if (bytes.starts_with('&')) room = 0;
        while (room > 0 && (static_cast<unsigned char>(bytes[room]) & 0xc0) == 0x80) --room;
        bytes = bytes.substr(0, room);
        length_ = longest_;
    }
    length_ += bytes.size();
    out_ += bytes;
}

}  // namespace vv::formats
