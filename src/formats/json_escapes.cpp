#include "formats/json_escapes.h"

#include <charconv>
#include <cstring>
#include <optional>

namespace vv::formats {
namespace {

constexpr std::size_t kEscape = 6;  // \uXXXX

struct Unit {
    std::uint32_t value = 0;
    [[nodiscard]] bool high() const { return value >= 0xd800 && value < 0xdc00; }
    [[nodiscard]] bool low() const { return value >= 0xdc00 && value < 0xe000; }
};

// The UTF-16 unit that `text` begins with as \uXXXX.
std::optional<Unit> unit_at(std::string_view text) {
    if (text.size() < kEscape || text[0] != '\\' || text[1] != 'u') return std::nullopt;
    Unit unit;
    const char* const end = text.data() + kEscape;
    const auto [stopped, fault] = std::from_chars(text.data() + 2, end, unit.value, 16);
    if (fault != std::errc() || stopped != end) return std::nullopt;
    return unit;
}

// Whether more bytes are needed to tell what stands here: an escape, or a high surrogate's other half.
bool is_cut(std::string_view text) {
    if (text.size() < 2) return true;
    if (text[1] != 'u') return false;
    if (text.size() < kEscape) return true;
    const auto unit = unit_at(text);
    return unit && unit->high() && text.size() < 2 * kEscape;
}

}  // namespace

Result<std::string_view> WholeEscapes::next() {
    while (true) {
        TRY(const auto piece, source_.next());
        if (piece.empty() && carried_.empty()) return piece;
        const auto whole = take(piece, piece.empty());
        if (!whole.empty() || piece.empty()) return whole;
    }
}

std::string_view WholeEscapes::take(std::string_view piece, bool last) {
    bool ours = !carried_.empty();  // joined_ holds what `text` shows, and may be changed
    if (ours) {
        joined_.assign(carried_).append(piece);
        carried_.clear();
    }
    std::string_view text = ours ? std::string_view(joined_) : piece;
    std::size_t at = 0;
    while ((at = text.find('\\', at)) != std::string_view::npos) {
        const auto rest = text.substr(at);
        if (!last && is_cut(rest)) {
            carried_ = rest;
            return text.substr(0, at);
        }
        const auto unit = unit_at(rest);
        if (!unit || !(unit->high() || unit->low())) {
            at += 2;
            continue;
        }
        const auto other = unit->high() ? unit_at(rest.substr(kEscape)) : std::nullopt;
        if (other && other->low()) {
            at += 2 * kEscape;
            continue;
        }
        if (!ours) {
            joined_.assign(text);
            text = joined_;
            ours = true;
        }
        std::memcpy(joined_.data() + at, "\\ufffd", kEscape);
        at += kEscape;
    }
    return text;
}

}  // namespace vv::formats
