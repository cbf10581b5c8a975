#include "core/person_card.h"

#include "base/text.h"
#include "core/cities.h"
#include "core/people_export.h"
#include "core/resolution/addresses.h"
#include "core/resolution/names.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace vv::core {
namespace {

using namespace resolution;

constexpr std::size_t kMostNames = 48;
constexpr std::size_t kMostWords = 200;
constexpr std::size_t kLongestWord = 60;  // bytes

// The order in which networks are believed.
constexpr std::array kOrder{Network::manual,   Network::account,    Network::linkedin,
                            Network::facebook, Network::vcard,      Network::google_contacts,
                            Network::outlook,  Network::ning,       Network::mastodon,
                            Network::blog,     Network::skype,      Network::whatsapp,
                            Network::email,    Network::foursquare, Network::twitter,
                            Network::phone};

std::size_t rank(Network network) {
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), network) - kOrder.begin());
}

std::vector<const Identity*> in_order(std::span<const Identity* const> identities) {
    std::vector<const Identity*> sorted(identities.begin(), identities.end());
    std::sort(sorted.begin(), sorted.end(), [](const Identity* a, const Identity* b) {
        return std::tuple(rank(a->network), a->id) < std::tuple(rank(b->network), b->id);
    });
    return sorted;
}

// 3: given and family name; 2: for two people or with a title only; 1: one word; 0: no name at all.
int fullness(const Attributes& attributes) {
    const auto reading = read_names(attributes);
    if (reading.forms.empty() || attributes.name.full.empty()) return 0;
    const auto& form = reading.forms.front();
    if (form.given.empty() || form.family.empty()) return form.given.empty() ? 2 : 1;
    return reading.couple ? 2 : 3;
}

std::string name_of(const std::vector<const Identity*>& sorted) {
    const Identity* best = nullptr;
    int most = 0;
    for (const auto* identity : sorted) {
        const bool is_settled = identity->network == Network::manual || is_exported(*identity);
        if (is_settled && !identity->attributes.name.full.empty())
            return std::string(trim(identity->attributes.name.full));
        if (const int found = fullness(identity->attributes); found > most) best = identity, most = found;
    }
    if (best != nullptr) return readable_name(best->attributes.name.full);
    for (const auto* identity : sorted)
        if (const auto name = trim(identity->attributes.name.full); !name.empty()) return std::string(name);
    for (const auto* identity : sorted)
        if (!identity->attributes.emails.empty()) return identity->attributes.emails.front();
    for (const auto* identity : sorted)
        if (!identity->attributes.phones.empty()) return identity->attributes.phones.front();
    return sorted.front()->key;
}

void set_work(PersonCard& card, const std::vector<const Identity*>& sorted) {
    for (const auto* identity : sorted) {
        const auto& a = identity->attributes;
        if (a.organisation.empty() && a.title.empty()) continue;
        if (!a.organisation.empty() && fold(a.organisation) == fold(a.name.full))
            continue;  // a company's own
        card.organisation = a.organisation;
        card.title = a.title;
        return;
    }
}

void set_place(PersonCard& card, const std::vector<const Identity*>& sorted) {
    for (const auto* identity : sorted) {
        const auto& a = identity->attributes;
        if (a.place.empty() && !a.at) continue;
        const auto city = city_of(a.place);
        card.city = city ? city->name : std::string(truncate_utf8(trim(a.place), 200));
        card.at = a.at ? a.at : city ? std::optional(city->at) : std::nullopt;
        return;
    }
}

struct Labelled {
    Relation relation;
    std::array<std::string_view, 9> words;
};
constexpr std::array<Labelled, 7> kLabels{{
    {Relation::relative,
     {"family", "familie", "famille", "familia", "famiglia", "rodzina", "relatives", "kin", "verwandte"}},
    {Relation::friend_,
     {"friends", "friend", "freunde", "amis", "amigos", "amici", "vrienden", "przyjaciele", "venner"}},
    {Relation::customer,
     {"customers", "customer", "clients", "client", "kunden", "clientes", "clienti", "klanten", "klienci"}},
    {Relation::colleague,
     {"colleagues", "coworkers", "work", "kollegen", "collegues", "colegas", "colleghi", "arbeit", "team"}},
    {Relation::acquaintance,
     {"acquaintances", "acquaintance", "bekannte", "connaissances", "conocidos", "conoscenti", "kennissen",
      "znajomi", ""}},
    {Relation::stranger,
     {"strangers", "stranger", "fremde", "inconnus", "desconocidos", "sconosciuti", "vreemden", "nieznajomi",
      ""}},
    {Relation::competitor,
     {"competitors", "competitor", "competition", "wettbewerber", "konkurrenz", "concurrents", "competidores",
      "", ""}},
}};

std::optional<Relation> labelled(const Attributes& attributes) {
    for (const auto& label : attributes.labels)
        for (const auto& word : folded_words(label))
            for (const auto& known : kLabels)
                if (std::find(known.words.begin(), known.words.end(), word) != known.words.end())
                    return known.relation;
    return std::nullopt;
}

bool named_as_kin(const Attributes& attributes) {
    const auto words = folded_words(attributes.name.full);
    return !words.empty() && kind_of(words.front()) == WordKind::kin;
}

bool at_owners_employer(const Attributes& attributes, const OwnerHints& owner) {
    std::set<std::string> employers;
    for (const auto& address : owner.emails)
        if (const auto email = read_email(address)) employers.insert(employer_of_domain(email->domain));
    employers.erase("");
    if (employers.contains(joined(employer_words(attributes.organisation)))) return true;
    return std::any_of(attributes.emails.begin(), attributes.emails.end(), [&](const std::string& address) {
        const auto email = read_email(address);
        return email && employers.contains(employer_of_domain(email->domain));
    });
}

// A label is the owner's own word; then kin; an employer in common comes last.
std::optional<Relation> relation_of(const std::vector<const Identity*>& sorted, const OwnerHints& owner) {
    for (const auto* identity : sorted)
        if (const auto relation = labelled(identity->attributes)) return relation;
    for (const auto* identity : sorted)
        if (named_as_kin(identity->attributes)) return Relation::relative;
    for (const auto* identity : sorted)
        if (at_owners_employer(identity->attributes, owner)) return Relation::colleague;
    return std::nullopt;
}

// The first that is told with its year, else the first.
std::optional<Birthday> birthday_of(const std::vector<const Identity*>& sorted) {
    std::optional<Birthday> found;
    for (const auto* identity : sorted) {
        const auto& birthday = identity->attributes.birthday;
        if (birthday && identity->network == Network::manual) return birthday;
        if (birthday && (!found || (found->year == 0 && birthday->year != 0))) found = birthday;
    }
    return found;
}

// Words once each, in order, until there are enough.
class Words {
public:
    explicit Words(std::size_t most) : most_(most) {}
    void add(const std::vector<std::string>& found) {
        for (const auto& word : found)
            if (words_.size() < most_ && word.size() <= kLongestWord && seen_.insert(word).second)
                words_.push_back(word);
    }
    void add(std::string_view text) { add(folded_words(text)); }
    std::vector<std::string> take() { return std::move(words_); }

private:
    std::size_t most_;
    std::set<std::string> seen_;
    std::vector<std::string> words_;
};

std::vector<std::string> names_of(const std::vector<const Identity*>& sorted, const std::string& shown) {
    Words words(kMostNames);
    words.add(shown);
    for (const auto* identity : sorted) {
        const auto& a = identity->attributes;
        for (const auto* text : {&a.name.full, &a.name.nickname, &a.name.maiden}) words.add(*text);
        for (const auto& name : a.other_names) words.add(name);
        if (identity->network == Network::linkedin) words.add(slug_words(identity->key));
    }
    return words.take();
}

std::string digits_of(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

std::vector<std::string> words_of(const std::vector<const Identity*>& sorted) {
    Words words(kMostWords);
    for (const auto* identity : sorted) {
        const auto& a = identity->attributes;
        for (const auto* text : {&a.organisation, &a.title, &a.place}) words.add(*text);
        for (const auto& handle : a.handles) words.add(std::string_view(handle).substr(handle.find(':') + 1));
        for (const auto& address : a.emails)
            words.add(std::string_view(address).substr(0, address.find('@')));
        for (const auto& phone : a.phones) words.add(digits_of(phone));
        for (const auto& label : a.labels) words.add(label);
        if (identity->network == Network::mastodon || identity->network == Network::account)
            words.add(identity->key);
    }
    for (const auto* identity : sorted) words.add(identity->attributes.note);
    return words.take();
}

}  // namespace

std::vector<const Identity*> most_believed_first(std::span<const Identity* const> identities) {
    return in_order(identities);
}

PersonCard card_of(std::span<const Identity* const> identities, const OwnerHints& owner) {
    VV_ASSERT(!identities.empty());
    const auto sorted = in_order(identities);
    PersonCard card;
    card.name = name_of(sorted);
    set_work(card, sorted);
    set_place(card, sorted);
    card.relation = relation_of(sorted, owner);
    card.birthday = birthday_of(sorted);
    for (const auto* identity : sorted)
        if (card.next_step.empty() && is_exported(*identity)) card.next_step = identity->attributes.next_step;
    for (const auto* identity : sorted)
        if (card.photo_hash.empty()) card.photo_hash = identity->attributes.photo_hash;
    card.names = names_of(sorted, card.name);
    card.words = words_of(sorted);
    return card;
}

std::optional<Relation> suggested_relation(std::span<const Identity* const> identities,
                                           const OwnerHints& owner) {
    return relation_of(in_order(identities), owner);
}

std::optional<Birthday> told_birthday(std::span<const Identity* const> identities) {
    return birthday_of(in_order(identities));
}

}  // namespace vv::core
