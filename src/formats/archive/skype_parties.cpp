#include "formats/archive/skype_parties.h"

#include "base/phone.h"
#include "base/text.h"
#include "formats/html_text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kMostParties = 1'000;
constexpr double kLongestCall = 7 * 86'400;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "8" of "8:live:ann"; empty where the id has no kind.
std::string_view kind_of(std::string_view id) {
    const auto colon = id.find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    const auto kind = id.substr(0, colon);
    return std::all_of(kind.begin(), kind.end(), is_digit) ? kind : std::string_view{};
}

// What stands between `open` and `close` from `at` on, which moves behind it; nothing when there is no more.
std::optional<std::string_view> between(std::string_view text, std::size_t& at, std::string_view open,
                                        std::string_view close) {
    const auto begin = text.find(open, at);
    if (begin == std::string_view::npos) return std::nullopt;
    const auto inner = begin + open.size();
    const auto end = text.find(close, inner);
    if (end == std::string_view::npos) return std::nullopt;
    at = end + close.size();
    return text.substr(inner, end - inner);
}

std::string_view first_between(std::string_view text, std::string_view open, std::string_view close) {
    std::size_t at = 0;
    return between(text, at, open, close).value_or(std::string_view{});
}

std::string attribute(std::string_view tag, std::string_view name) {
    const std::string open = " " + std::string(name) + "=";
    const auto at = tag.find(open);
    if (at == std::string_view::npos || at + open.size() >= tag.size()) return {};
    const char quote = tag[at + open.size()];
    if (quote != '"' && quote != '\'') return {};
    const auto value = tag.substr(at + open.size() + 1);
    return unescape_html(value.substr(0, value.find(quote)));
}

// "6", "6.25", "\n6\n".
std::chrono::milliseconds duration_of(std::string_view text) {
    const std::string number(trim(text));
    const double seconds = std::strtod(number.c_str(), nullptr);
    if (!std::isfinite(seconds) || seconds < 0 || seconds > kLongestCall) return {};
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1'000));
}

}  // namespace

std::string skype_id(std::string_view written) {
    auto id = trim(written);
    if (const auto slash = id.rfind('/'); slash != std::string_view::npos) id.remove_prefix(slash + 1);
    if (id.empty() || !kind_of(id).empty()) return std::string(id);
    return (id[0] == '+' ? "4:" : "8:") + std::string(id);
}

bool is_skype_group(std::string_view id) {
    return kind_of(id) == "19";
}

std::optional<core::IdentityKey> skype_key(std::string_view id, const std::string& region) {
    const auto kind = kind_of(id);
    const auto rest = kind.empty() ? id : id.substr(kind.size() + 1);
    if (rest.empty() || kind == "19" || kind == "28" || kind == "48") return std::nullopt;
    if (kind == "8" && rest == "echo123") return std::nullopt;  // the robot that tests a microphone
    if (kind == "8") return core::IdentityKey{core::Network::skype, std::string(rest)};
    if (kind != "4") return core::IdentityKey{core::Network::skype, std::string(id)};
    auto number = to_e164(rest, region);
    return core::IdentityKey{core::Network::phone, number ? *std::move(number) : std::string(rest)};
}

std::vector<std::string> skype_members(std::string_view list) {
    std::vector<std::string> ids;
    std::size_t at = 0;
    while (ids.size() < kMostParties) {
        const auto id = between(list, at, "\"", "\"");
        if (!id) break;
        if (!id->empty()) ids.push_back(skype_id(*id));
    }
    return ids;
}

SkypeCall read_skype_call(std::string_view content) {
    SkypeCall call;
    const auto begin = content.find("<partlist");
    if (begin == std::string_view::npos) return call;
    const auto head = content.substr(begin, content.find('>', begin) - begin);
    const auto type = attribute(head, "type");
    call.event = type == "started"  ? CallEvent::started
                 : type == "ended"  ? CallEvent::ended
                 : type == "missed" ? CallEvent::missed
                                    : CallEvent::other;
    call.video = ascii_lower(head).find("video") != std::string::npos;
    std::size_t at = begin + head.size();
    while (call.parts.size() < kMostParties) {
        const auto part = between(content, at, "<part ", "</part>");
        if (!part) break;
        const auto id = skype_id(attribute(" " + std::string(part->substr(0, part->find('>'))), "identity"));
        const auto name = unescape_html(trim(first_between(*part, "<name>", "</name>")));
        call.duration =
            std::max(call.duration, duration_of(first_between(*part, "<duration>", "</duration>")));
        if (!id.empty()) call.parts.push_back({id, name});
    }
    return call;
}

}  // namespace vv::formats::archive
