// core/person.h — a person as the owner's record has them: the card, the tie's summary, and what the owner
// wrote.
#pragma once

#include "core/people.h"
#include "core/ties.h"

namespace vv::core {

/// A list of the owner's: people chosen by hand, or a search under a name.
using ListId = Id<struct PeopleListTag>;
/// Something that the owner did to people and can undo.
using ActId = Id<struct ActTag>;

/// Who said what relation a person is: guessed from evidence, or the owner, whose word wins.
enum class SetBy { evidence, owner };

/// How often the owner wants to be in touch with somebody.
struct Cadence {
    int days = 0;
    std::optional<Instant> from;  // when the owner last said that it was seen to, contact or not
    bool operator==(const Cadence&) const = default;
};
inline constexpr int kShortestCadence = 3, kLongestCadence = 1'100;  // days

struct Person {
    PersonId id;
    std::string name;
    std::string organisation;
    std::string title;
    std::string city;
    std::optional<LatLng> at;
    std::string photo_hash;  // of the picture that store/photos has of them; empty without one
    Relation relation = Relation::acquaintance;
    SetBy relation_set_by = SetBy::evidence;
    Stage stage = Stage::known;
    double trust = 0;  // as of `trust_at`; core::faded_trust brings it to now
    Instant trust_at;
    std::optional<Instant> tied_since;
    std::optional<Instant> first_contact;
    std::optional<Instant> last_contact;
    std::optional<Instant> first_met;
    std::optional<Instant> last_met;
    int encounters = 0;
    int contacts_in = 0;
    int contacts_out = 0;
    std::string note;
    std::string next_step;
    std::vector<std::string> tags;     // the owner's own words, sorted
    std::optional<AccountId> account;  // linked after both agreed
    std::string account_handle;        // its handle; empty without one
    std::optional<Instant> blocked_at;
    int contacts_year = 0;          // as last counted
    std::optional<Days> usual_gap;  // between weeks in touch, when they have a rhythm of their own
    double pull = 0;  // the most that meeting them can be worth, until facts change (core/suggestions)
    Instant created_at;
};

}  // namespace vv::core
