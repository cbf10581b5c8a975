#include "formats/archive/linkedin_owner.h"

#include "base/text.h"
#include "formats/dates.h"
#include "formats/owner_choice.h"
#include "formats/person_card.h"

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
    for (const auto item : items_of(row.at(table[Column::twitter])))
        add_new(attributes_.handles, formats::handle("twitter", labelled(item).second));
    for (const auto site : items_of(row.at(table[Column::websites])))
        add_new(attributes_.urls, labelled(site).second);
    for (const auto item : items_of(row.at(table[Column::messengers]))) {
        const auto [service, user] = labelled(item);
        add_new(attributes_.handles, formats::handle(service, user));
    }
}

bool LinkedInOwner::add_message(const std::vector<Party>& parties, bool whole) {
    ++messages_;
    remember_namesakes(parties);
    if (whole) narrow(parties);
    const bool named = attributes_.name.full.empty() || (namesakes_.size() == 1 && candidates_ == namesakes_);
    return candidates_.size() == 1 && named;
}

void LinkedInOwner::narrow(const std::vector<Party>& parties) {
    if (!any_message_) {
        for (const auto& party : parties)
            if (!party.slug.empty()) candidates_.emplace_back(party.slug, party.name);
        any_message_ = !candidates_.empty();
        return;
    }
    auto left = candidates_;
    std::erase_if(left, [&](const Candidate& candidate) {
        return std::none_of(parties.begin(), parties.end(),
                            [&](const Party& party) { return party.slug == candidate.first; });
    });
    // A message without any of them (an address since changed) proves nothing.
    if (!left.empty()) candidates_ = std::move(left);
}

void LinkedInOwner::remember_namesakes(const std::vector<Party>& parties) {
    for (const auto& party : parties) {
        if (party.slug.empty() || party.name.empty() || party.name != attributes_.name.full) continue;
        Candidate candidate(party.slug, party.name);
        if (namesakes_.size() < 10 &&
            std::find(namesakes_.begin(), namesakes_.end(), candidate) == namesakes_.end())
            namesakes_.push_back(std::move(candidate));
    }
}

// Of several of the owner's name the one in every message is the owner; of one, that one, if need be against
// the messages' count. Without a profile only the messages tell.
void LinkedInOwner::settle(const ParseOptions& options) {
    std::vector<Candidate> both;
    for (const auto& candidate : candidates_)
        if (std::any_of(namesakes_.begin(), namesakes_.end(),
                        [&](const auto& n) { return n.first == candidate.first; }))
            both.push_back(candidate);
    const auto& chosen = both.size() == 1 ? both : namesakes_.size() == 1 ? namesakes_ : candidates_;
    const auto* owner = chosen.size() == 1 ? &chosen.front() : nullptr;
    if (chosen.size() > 1) {
        std::vector<core::OwnerCandidate> candidates;
        for (const auto& [slug, name] : chosen)
            candidates.push_back(
                {{core::Network::linkedin, slug}, name, core::OwnerEvidence::everywhere, messages_});
        unsure_ = choose_owner(options, std::move(candidates));
        for (const auto& candidate : chosen)
            if (candidate.first == unsure_.taken) owner = &candidate;
    }
    if (!owner) return;
    slug_ = owner->first;
    if (attributes_.name.full.empty()) attributes_.name.full = owner->second;
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
