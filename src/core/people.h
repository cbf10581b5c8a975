// core/people.h — people and the identities they are resolved from: types only.
//
// An identity is one key in one network as an archive shows it. A person is an owner's private record of one
// human being: a cluster of identities. Facts (ties, contacts, encounters) hang on identities, so that a
// merge or a split moves identities between people and loses nothing.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

using AccountId = Id<struct AccountTag>;
using PersonId = Id<struct PersonTag>;
using IdentityId = Id<struct IdentityTag>;

/// Where an identity's key lives; the contract's names. `email` and `phone` are keys from calendars, mail and
/// calls; `manual` is what an owner typed; `account` is an account on this or another server.
enum class Network {
    linkedin,
    facebook,
    twitter,
    foursquare,
    ning,
    blog,
    mastodon,
    vcard,
    google_contacts,
    outlook,
    email,
    phone,
    skype,
    whatsapp,
    manual,
    account,
};
std::string_view to_string(Network network);
std::optional<Network> parse_network(std::string_view name);

enum class Relation { colleague, competitor, customer, friend_, relative, acquaintance, stranger };
std::string_view to_string(Relation relation);  // `friend_` is "friend"
std::optional<Relation> parse_relation(std::string_view name);

/// known (in a network) → in touch (both sides have interacted) → planned (a meeting is agreed) → met.
enum class Stage { known, in_touch, planned, met };
std::string_view to_string(Stage stage);
std::optional<Stage> parse_stage(std::string_view name);

/// A name as written, with its parts where the source has them.
struct Name {
    std::string full;  // as it would be shown; never empty when any part is set
    std::string given, additional, family, prefix, suffix, nickname, maiden;
    bool operator==(const Name&) const = default;
};

/// A birthday; the year is 0 when the source leaves it out (Apple's 1604, RFC 6350's --0203).
struct Birthday {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    bool operator==(const Birthday&) const = default;
};

/// What an archive says about an identity, as written. Lists keep the source's order and hold no duplicates.
struct Attributes {
    Name name;
    std::vector<std::string> other_names;  // further display names seen for the same key
    std::vector<std::string> emails;       // as written
    std::vector<std::string> phones;       // as written
    std::vector<std::string> urls;         // profile and home pages
    std::vector<std::string> handles;      // "twitter:annlee", "skype:live:ann"
    std::string organisation;
    std::string title;
    std::string place;  // free text: city, address
    std::optional<LatLng> at;
    std::optional<Birthday> birthday;
    std::string note;
    std::string next_step;            // promised, in a file that this program wrote
    std::string photo_hash;           // SHA-256 of the picture as given, hex; store/photos has it small
    std::vector<std::string> labels;  // groups and categories of the address book
    bool operator==(const Attributes&) const = default;
};

struct Identity {
    IdentityId id;
    Network network = Network::manual;
    std::string key;  // by network, as docs/people.md says
    Attributes attributes;
};

}  // namespace vv::core
