// core/facts.h — what every archive becomes: a small closed set of facts, each with where it was read.
//
// A parser emits facts in file order to a FactSink and holds no file in memory. People are named by (network,
// key); the importer turns keys into identities. The owner is never the subject of a fact: parsers leave the
// owner out of participants and use `direction` instead.
#pragma once

#include "core/free_time_hours.h"
#include "core/people.h"
#include "core/venues.h"

#include <cstdint>
#include <variant>

namespace vv::core {

/// One key in one network: how facts name a person.
struct IdentityKey {
    Network network = Network::manual;
    std::string key;
    auto operator<=>(const IdentityKey&) const = default;
};

/// The file inside the archive and the line (text) or record number (else), from 1; 0 when it has no meaning.
struct Provenance {
    std::string file;
    std::int64_t line = 0;
};

struct IdentitySeen {
    IdentityKey who;
    Attributes attributes;
};

enum class TieKind { connected, follows, followed_by, invited, invited_by, member };
std::string_view to_string(TieKind kind);
std::optional<TieKind> parse_tie_kind(std::string_view name);
struct TieDeclared {
    IdentityKey who;
    TieKind kind = TieKind::connected;
    std::optional<Instant> since;
};

enum class Channel {
    message,
    mention,
    comment,
    call,
    video_call,
    text,
    mail,
    reaction,
    invitation,
    endorsement
};
std::string_view to_string(Channel channel);
enum class Direction { in, out };  // in: from them to the owner

/// One contact. Bodies are not kept: an archive holds other people's words. `content_hash` (of the record's
/// natural key) tells two contacts of one second apart and makes a re-import change nothing.
struct ContactMade {
    IdentityKey who;
    Channel channel = Channel::message;
    Direction direction = Direction::in;
    Instant at;
    int people = 2;  // how many took part, the owner among them; more than 2 is a group
    std::uint64_t content_hash = 0;
};

enum class Response { accepted, declined, tentative, none };
struct Participant {
    IdentityKey who;
    std::string name;
    Response response = Response::none;
};

enum class Presence { physical, video, unknown };
/// A calendar event, a check-in, an RSVP: a candidate encounter. core/encounters decides.
struct GatheringRecorded {
    std::string key;            // stable across exports: UID and "/" recurrence instant, check-in id
    std::int64_t revision = 0;  // higher is newer (milliseconds of its last change); 0: the file does not say
    std::string title;
    Instant start;
    std::optional<Instant> end;
    bool all_day = false;
    std::string place;
    std::optional<LatLng> at;
    Presence presence = Presence::unknown;
    bool cancelled = false;
    Response owner = Response::accepted;
    std::vector<Participant> participants;
    std::string source;  // "calendar", "check-in", "rsvp"
};

/// An interval in which the owner is not free; recurrence already resolved. An empty one takes back what an
/// earlier file said of the same key.
struct Busy {
    std::string key;
    Span when;
    std::optional<DayRange> days;  // of what takes whole days, wherever the owner is then
};

/// An embedded picture of somebody, before the IdentitySeen that has its hash; decoded by nobody yet.
struct PhotoSeen {
    std::string hash;  // SHA-256 of the bytes, in hex
    std::string bytes;
};

/// A place where the owner checked in. Said once for a file, and never when or how often.
struct VenueSeen {
    std::string key;  // "foursquare:ID"
    VenueEntry venue;
};

struct PostWritten {
    std::string key;
    Instant at;
    std::string text;
    std::string url;
};

struct BlockRecorded {
    IdentityKey who;
};

/// Why somebody in an archive may be its owner.
enum class OwnerEvidence {
    stated,      // the archive says that it is theirs
    named,       // they have the account's name, as others have
    creator,     // they made the network
    everywhere,  // they take part in every conversation
    most,        // `count` of the archive's posts, chats or letters are theirs
};
std::string_view to_string(OwnerEvidence evidence);
std::optional<OwnerEvidence> parse_owner_evidence(std::string_view name);
struct OwnerCandidate {
    IdentityKey key;
    std::string name;  // may be empty
    OwnerEvidence evidence = OwnerEvidence::stated;
    std::int64_t count = 0;
};
/// It can't be told which of these the owner is, or the one named is nobody the account knows itself as: a
/// question for the account. Put out before OwnerSeen.
struct OwnerUnsure {
    std::vector<OwnerCandidate> candidates;
    std::string taken;  // the key of the one read as the owner meanwhile; empty: none
};

/// What an archive says of its owner: used to leave the owner out and to know the owner's region.
struct OwnerSeen {
    Attributes attributes;
    std::vector<IdentityKey> keys;
};

/// A record that could not be read; the others go in. `error` says what is wrong and what to do; `excerpt` is
/// at most 200 bytes.
struct Rejected {
    std::string error;
    std::string excerpt;
};

using FactBody = std::variant<IdentitySeen, PhotoSeen, TieDeclared, ContactMade, GatheringRecorded, Busy,
                              VenueSeen, PostWritten, BlockRecorded, OwnerUnsure, OwnerSeen, Rejected>;
struct Fact {
    FactBody body;
    Provenance from;
};

/// Where parsers put facts. Returning false asks the parser to stop soon (cancelled).
class FactSink {
public:
    virtual ~FactSink() = default;
    virtual bool take(Fact fact) = 0;
};

}  // namespace vv::core
