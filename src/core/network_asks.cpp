#include "core/network_asks.h"

#include "base/plain_line.h"
#include "base/text.h"

#include <algorithm>

namespace vv::core {
namespace {

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kLongestSilence{365 * 24};
constexpr std::size_t kLongestAddress = 2'000;

Error bad_result(std::string detail) {
    return Error{Fault::invalid, "ask.result", std::move(detail)}.at("url");
}

}  // namespace

Result<Brokering> check_brokering(Brokering brokering, Instant now) {
    if (brokering.a_day < 0 || brokering.a_day > kNetworkAskLimits.most_welcome)
        return Error{Fault::invalid, "broker.a_day", "From 0 to 50 asks a day may be welcome."}.at("a_day");
    if (brokering.silent_until)
        brokering.silent_until = std::min<Instant>(*brokering.silent_until, now + kLongestSilence);
    return brokering;
}

std::optional<Instant> comes_at(const Brokering& recipient, std::span<const Instant> shown,
                                int sent_this_week, Instant now) {
    if (recipient.a_day <= 0) return std::nullopt;
    const int many = std::max(0, sent_this_week - kNetworkAskLimits.free_a_week);
    Instant at = now + std::min(kNetworkAskLimits.slowest, many * kNetworkAskLimits.slower_by);
    if (recipient.silent_until) at = std::max(at, *recipient.silent_until);
    const auto budget = static_cast<std::size_t>(recipient.a_day);
    if (shown.size() >= budget) at = std::max<Instant>(at, shown[budget - 1] + kDay);
    return at;
}

Result<std::string> check_result(std::string_view typed) {
    const std::string address(trim(typed));
    const std::string low = ascii_lower(address);
    const std::size_t scheme = low.starts_with("https://") ? 8 : low.starts_with("http://") ? 7 : 0;
    if (scheme == 0) return bad_result("An address begins with https:// or http://.");
    if (address.size() > kLongestAddress) return bad_result("This address is too long.");
    const std::string host = address.substr(scheme, address.find_first_of("/?#", scheme) - scheme);
    if (host.empty() || host.find('@') != std::string::npos)
        return bad_result("Copy the address as a whole, as the browser shows it.");
    const bool is_whole = std::ranges::none_of(address, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' ||
               c == '`' || static_cast<unsigned char>(c) == 0x7f;
    });
    if (!is_whole || !is_utf8(address) || !is_plain_line(address))
        return bad_result("Copy the address as a whole, as the browser shows it.");
    return address;
}

}  // namespace vv::core
