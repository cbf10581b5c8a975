// core/encounters.h — times of being face to face, and which records of a calendar are such times.
//
// A gathering is what an archive recorded: an event with attendees, a check-in with companions. It is an
// encounter when it was to happen in the flesh, was neither cancelled nor declined by the owner, and somebody
// else did not decline. A video or phone call is contact, never an encounter. Whether an encounter has
// happened yet is decided by whoever asks, with their `now`; one that is still to come is planned.
#pragma once

#include "core/facts.h"
#include "core/people.h"

#include <span>

namespace vv::core {

using EncounterId = Id<struct EncounterTag>;

enum class EncounterKind { coffee, lunch, dinner, walk, conference, gathering, visit, chance };
std::string_view to_string(EncounterKind kind);
std::optional<EncounterKind> parse_encounter_kind(std::string_view name);

/// How well an encounter is known, the weakest first: one side says so; an archive says so; both say so;
/// proved in presence.
enum class Evidence { claimed, imported, mutual, handshake };
std::string_view to_string(Evidence evidence);
std::optional<Evidence> parse_evidence(std::string_view name);

struct Attendee {
    IdentityId who;
    Response response = Response::none;
    bool operator==(const Attendee&) const = default;
};

/// A recorded gathering whose participants are identities; who of them is the owner may become known later.
struct Gathering {
    std::string title;
    Instant start;
    std::optional<Instant> end;
    bool all_day = false;
    std::string place;
    std::optional<LatLng> at;
    Presence presence = Presence::unknown;
    bool cancelled = false;
    Response owner = Response::accepted;
    std::vector<Attendee> attendees;
    bool operator==(const Gathering&) const = default;
};

/// Whom this gathering brought, or will bring, face to face with the owner: sorted, without doubles; empty
/// when it is no encounter. `owner` are identities that are the owner's own: one of them that declined means
/// that the owner did.
std::vector<IdentityId> met_at(const Gathering& gathering, std::span<const IdentityId> owner);

/// What one file said of one occurrence of a gathering.
struct Word {
    std::string series;         // the event, with all its recurrences
    std::string key;            // the occurrence
    std::int64_t file = 0;      // rises with the time of import
    std::int64_t revision = 0;  // higher is newer; 0 when the file does not say
};

/// Which words count, as indices in rising order. Of a series, the newest file's word counts, by revision,
/// then by import: an occurrence that it no longer holds was called off. But a file with one occurrence alone
/// (an invitation sent by mail) says nothing of the others.
std::vector<std::size_t> newest_words(std::span<const Word> words);

/// Whether a place's text says that nobody goes anywhere: a call, a link, the name of a conference service.
bool is_online_place(std::string_view place);
/// Whether an e-mail address is a room's, a calendar's or a machine's rather than a person's.
bool is_resource_address(std::string_view address);

/// The kind that a title and an hour suggest ("Lunch w/ Jon"; an untitled hour at noon), else gathering. A
/// title that names work or an entertainment is a gathering at any hour.
EncounterKind guess_kind(const Gathering& gathering, const Zone& zone);

/// One time of being face to face, as its owner knows it.
struct Encounter {
    EncounterId id;
    EncounterKind kind = EncounterKind::gathering;
    std::string title;
    Instant start;
    std::optional<Instant> end;
    std::string place;
    std::optional<LatLng> at;
    std::vector<PersonId> people;  // sorted
    Evidence evidence = Evidence::imported;
    std::vector<std::string> sources;  // "calendar", "check-in", "meeting", "handshake", "owner"
    std::string ideas;
    std::string next_step;
    std::vector<EncounterId> parts;  // the records that were joined, itself among them; sorted
    bool operator==(const Encounter&) const = default;
};

/// When it counts as over: its end, else its start.
inline Instant over_at(const Encounter& encounter) {
    return encounter.end.value_or(encounter.start);
}

/// Records of one and the same time become one: two that overlap and come from different sources (the lunch
/// in the calendar, its check-in, its handshake) and share a person or a place; two check-ins at one place;
/// one event in two calendars, with the same start and end. What has no end is taken for an hour. The
/// best-evidenced record gives id and kind; people and sources are joined. Answers by start, then id; the
/// order given does not matter. O(n log n + pairs that overlap).
std::vector<Encounter> join_encounters(std::vector<Encounter> encounters);

}  // namespace vv::core
