#include "base/zones.h"

#include "base/text.h"

#include <string>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace vv {
namespace {

std::optional<Zone> found(std::string_view name) {
    auto zone = Zone::find(name);
    return zone ? std::optional(*zone) : std::nullopt;
}

std::optional<Zone> by_windows_name(std::string_view name, std::string_view region) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString id;
    const auto windows =
        icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
    const std::string territory = region.empty() ? "001" : std::string(region);
    icu::TimeZone::getIDForWindowsID(windows, territory.c_str(), id, status);
    if (U_FAILURE(status) || id.isEmpty()) return std::nullopt;
    std::string iana;
    return found(id.toUTF8String(iana));
}

}  // namespace

std::optional<Zone> zone_by_any_name(std::string_view name, std::string_view region) {
    name = trim(name);
    if (name.empty() || name.size() > 200) return std::nullopt;
    if (const auto zone = found(name)) return zone;
    // A vendor's prefix: the zone is the last two or three parts of the path.
    for (auto rest = name; name.starts_with('/') && rest.find('/') != std::string_view::npos;) {
        rest.remove_prefix(rest.find('/') + 1);
        if (rest.find('/') == std::string_view::npos) break;
        if (const auto zone = found(rest)) return zone;
    }
    return by_windows_name(name, region);
}

}  // namespace vv
