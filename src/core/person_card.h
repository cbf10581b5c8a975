// core/person_card.h — what a person's identities say together: name, employer, place, and words to be found
// by.
//
// Recomputed whenever the cluster changes. What the owner wrote by hand (network `manual`) goes first, then
// what people say of themselves (an account, LinkedIn), then address books, then calendars and calls.
#pragma once

#include "core/people.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::core {

/// What is known of the owner, to guess how people relate to them.
struct OwnerHints {
    std::vector<std::string> emails;  // own addresses: a domain may name the employer
};

struct PersonCard {
    std::string name;  // never empty: an address or a number where nobody wrote a name
    std::string organisation;
    std::string title;
    std::string city;  // of the world's list when the place is in it, else as written
    std::optional<LatLng> at;
    /// Only where something says so: a label ("Family"), a kin word ("Uncle Judy"), the owner's employer.
    std::optional<Relation> relation;
    std::optional<Birthday> birthday;
    std::string next_step;           // as an export of this program tells it; anybody else's word is none
    std::string photo_hash;          // of the most believed identity that has a photo; may be empty
    std::vector<std::string> names;  // folded words of every name, nickname and maiden name
    std::vector<std::string>
        words;  // folded words of all else: employer, title, place, handles, addresses, numbers
    bool operator==(const PersonCard&) const = default;
};

/// `identities` are one person's, at least one, in any order. O(words).
PersonCard card_of(std::span<const Identity* const> identities, const OwnerHints& owner);

/// The card's relation and birthday without the rest of it, whose words are most of the work.
std::optional<Relation> suggested_relation(std::span<const Identity* const> identities,
                                           const OwnerHints& owner);
std::optional<Birthday> told_birthday(std::span<const Identity* const> identities);

}  // namespace vv::core
