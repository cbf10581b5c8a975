#include "formats/archive/linkedin_owner.h"

#include "base/text.h"
#include "formats/dates.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

// "[a,b]" → its items; a bare "a" is a list of one.
std::vector<std::string_view> items_of(std::string_view list) {
    list = trim(list);
    if (list.starts_with('[') && list.ends_with(']')) list = list.substr(1, list.size() - 2);
    std::vector<std::string_view> items;
    for (const auto item : split(list, ','))
        if (const auto text = trim(item); !text.empty()) items.push_back(text);
    return items;
}

// "COMPANY:http://…" → the address; "SKYPE:ann" → kind and name.
std::pair<std::string_view, std::string_view> labelled(std::string_view item) {
    const auto colon = item.find(':');
    if (colon == std::string_view::npos || item.substr(colon).starts_with("://")) return {"", item};
    return {item.substr(0, colon), item.substr(colon + 1)};
}

void add_new(std::vector<std::string>& list, std::string_view item) {
    if (!item.empty() && std::find(list.begin(), list.end(), item) == list.end()) list.emplace_back(item);
}

}  // namespace

void LinkedInOwner::add(const Table& table, const CsvRow& row) {
    if (table.role == Role::profile) add_profile(table, row);
    if (table.role == Role::email_addresses) add_new(attributes_.emails, trim(row.at(table[Column::email])));
    if (table.role == Role::phone_numbers) add_new(attributes_.phones, trim(row.at(table[Column::number])));
}

void LinkedInOwner::add_profile(const Table& table, const CsvRow& row) {
    auto& name = attributes_.name;
    name.given = trim(row.at(table[Column::first_name]));
    name.family = trim(row.at(table[Column::last_name]));
    name.maiden = trim(row.at(table[Column::maiden_name]));
    name.full = trim(name.given + " " + name.family);
    attributes_.title = trim(row.at(table[Column::position]));
    attributes_.place = trim(row.at(table[Column::geo_location]));
    if (attributes_.place.empty()) attributes_.place = trim(row.at(table[Column::address]));
    if (const auto born = parse_anniversary(row.at(table[Column::birth_date])))
        attributes_.birthday = core::Birthday{born->year, born->month, born->day};
    for (const auto handle : items_of(row.at(table[Column::twitter])))
        add_new(attributes_.handles, "twitter:" + ascii_lower(labelled(handle).second));
    for (const auto site : items_of(row.at(table[Column::websites])))
        add_new(attributes_.urls, labelled(site).second);
    for (const auto item : items_of(row.at(table[Column::messengers]))) {
        const auto [kind, handle] = labelled(item);
        add_new(attributes_.handles, ascii_lower(kind) + ":" + std::string(handle));
    }
}

bool LinkedInOwner::add_message(const std::vector<Party>& parties) {
    const auto holds = [&](std::string_view slug) {
        return std::any_of(parties.begin(), parties.end(), [&](const Party& p) { return p.slug == slug; });
    };
    if (!any_message_) {
        for (const auto& party : parties)
            if (!party.slug.empty()) candidates_.emplace_back(party.slug, party.name);
        any_message_ = !candidates_.empty();
    } else {
        auto left = candidates_;
        std::erase_if(left, [&](const auto& candidate) { return !holds(candidate.first); });
        // A message without any of them (an address since changed) proves nothing.
        if (!left.empty()) candidates_ = std::move(left);
    }
    const bool named =
        attributes_.name.full.empty() ||
        (candidates_.size() == 1 && fold(candidates_[0].second) == fold(attributes_.name.full));
    return candidates_.size() == 1 && named;
}

void LinkedInOwner::settle() {
    if (candidates_.size() > 1 && !attributes_.name.full.empty())
        std::erase_if(candidates_, [name = fold(attributes_.name.full)](const auto& candidate) {
            return fold(candidate.second) != name;
        });
    if (candidates_.size() != 1) return;
    slug_ = candidates_[0].first;
    if (attributes_.name.full.empty()) attributes_.name.full = candidates_[0].second;
}

bool LinkedInOwner::is(const Party& party) const {
    if (!slug_.empty() && !party.slug.empty()) return party.slug == slug_;
    return party.slug.empty() && !party.name.empty() && party.name == attributes_.name.full;
}

core::OwnerSeen LinkedInOwner::fact() const {
    core::OwnerSeen seen{attributes_, {}};
    if (!slug_.empty()) {
        seen.keys.push_back({core::Network::linkedin, slug_});
        seen.attributes.urls.insert(seen.attributes.urls.begin(), "https://www.linkedin.com/in/" + slug_);
    }
    return seen;
}

}  // namespace vv::formats::archive
