#include "formats/archive/facebook_text.h"

#include "base/text.h"
#include "formats/json_fields.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

constexpr std::int64_t kFirstInMilliseconds = 100'000'000'000;  // as seconds: the year 5138
constexpr std::int64_t kYear9999 = 253'402'300'799'000;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The code points as bytes; nothing when one of them is beyond U+00FF.
std::optional<std::string> as_bytes(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            bytes += text[i];
            continue;
        }
        if ((lead != 0xc2 && lead != 0xc3) || i + 1 == text.size()) return std::nullopt;
        const auto trail = static_cast<unsigned char>(text[++i]);
        if ((trail & 0xc0U) != 0x80) return std::nullopt;
        bytes += static_cast<char>(((lead & 0x03U) << 6U) | (trail & 0x3fU));
    }
    return bytes;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::string facebook_text(std::string_view written) {
    if (!is_ascii(written))
        if (auto bytes = as_bytes(written); bytes && is_utf8(*bytes)) return *std::move(bytes);
    return std::string(written);
}

std::string facebook_name(std::string_view written) {
    auto name = facebook_text(written);
    std::replace_if(name.begin(), name.end(), is_control, ' ');
    const auto whole = trim(name);
    if (whole.size() != name.size()) name = std::string(whole);
    return name;
}

bool is_facebook_nobody(std::string_view name) {
    static constexpr std::array<std::string_view, 19> kGone = {
        "Facebook User",        "Facebook user",          "Messenger User",      "Facebook-Nutzer",
        "Facebook-Nutzerin",    "Utilisateur Facebook",   "Usuario de Facebook", "Utilisateur de Facebook",
        "Utente di Facebook",   "Utilizador do Facebook", "Usuário do Facebook", "Facebook-gebruiker",
        "Użytkownik Facebooka", "Facebook-användare",     "Facebook-bruker",     "Facebook-bruger",
        "Facebook-käyttäjä",    "Пользователь Facebook",  "Facebook kullanıcısı"};
    return name.empty() || std::find(kGone.begin(), kGone.end(), name) != kGone.end();
}

core::IdentityKey facebook_key(std::string_view name) {
    return {core::Network::facebook, "name:" + std::string(name)};
}

std::optional<Instant> facebook_time(const boost::json::value& record, std::string_view member) {
    const auto written = whole_at(record, member);
    if (!written || *written <= 0 || *written > kYear9999) return std::nullopt;
    return from_millis(*written < kFirstInMilliseconds ? *written * 1'000 : *written);
}

}  // namespace vv::formats::archive
