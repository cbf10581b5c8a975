#include "formats/archive/linkedin_parties.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

constexpr std::string_view kProfile = "linkedin.com/in/";
constexpr std::size_t kKnown = 200'000;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::string_view slug_in(std::string_view url, std::string& scratch) {
    const auto at = url.find(kProfile);
    if (at == std::string_view::npos) return {};
    auto slug = url.substr(at + kProfile.size());
    slug = trim(slug.substr(0, slug.find_first_of("/?#")));
    const bool plain = std::none_of(slug.begin(), slug.end(), [](char c) {
        return c == '%' || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
    });
    if (plain) return slug;
    scratch = lower(scrub_utf8(percent_decoded(slug)));
    return scratch;
}

bool is_nobody(std::string_view name) {
    static constexpr std::array<std::string_view, 9> kNobody = {
        "LinkedIn Member",      "LinkedIn-Mitglied",   "Membre de LinkedIn",
        "Utilisateur LinkedIn", "Miembro de LinkedIn", "Utente LinkedIn",
        "Membro di LinkedIn",   "Usuário do LinkedIn", "LinkedIn-lid"};
    return name.empty() || std::find(kNobody.begin(), kNobody.end(), name) != kNobody.end();
}

core::IdentityKey key_of(const Party& party) {
    return {core::Network::linkedin,
            party.slug.empty() ? "name:" + std::string(party.name) : std::string(party.slug)};
}

void Parties::read(std::string_view from, std::string_view from_url, std::string_view to,
                   std::string_view to_urls) {
    all_.clear();
    names_ = 1 + static_cast<std::size_t>(std::count(to.begin(), to.end(), ','));
    all_.push_back({trim(from), slug_in(from_url, scratch_[0])});
    std::size_t used = 1;
    while (!to_urls.empty()) {
        const auto end = to_urls.find_first_of(",;");
        if (const auto url = trim(to_urls.substr(0, end)); !url.empty()) {
            if (used == scratch_.size()) scratch_.emplace_back();
            all_.push_back({{}, slug_in(url, scratch_[used++])});
        }
        to_urls = end == std::string_view::npos ? std::string_view{} : to_urls.substr(end + 1);
    }
    name_recipients(to);
}

// Names may hold commas ("Smith, PhD"), so they are told apart only when there are as many as addresses.
void Parties::name_recipients(std::string_view to) {
    if (all_.size() == 2) {
        all_[1].name = trim(to);
    } else if (all_.size() == 1 && !trim(to).empty()) {
        for (const auto name : split(to, ',')) all_.push_back({trim(name), {}});
    } else if (all_.size() == 1 + names_) {
        std::size_t i = 1;
        for (const auto name : split(to, ',')) all_[i++].name = trim(name);
    }
}

void KnownSlugs::add(const Party& party) {
    if (party.name.empty() || party.slug.empty() || by_name_.size() >= kKnown) return;
    const auto [at, added] = by_name_.try_emplace(std::string(party.name), party.slug);
    if (!added && at->second != party.slug) at->second.clear();
}

std::string_view KnownSlugs::find(std::string_view name) const {
    if (by_name_.empty()) return {};
    const auto at = by_name_.find(std::string(name));
    return at == by_name_.end() ? std::string_view{} : std::string_view(at->second);
}

}  // namespace vv::formats::archive
