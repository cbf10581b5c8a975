// core/meetings.h — the life of a meeting for two, from a proposal to what came of it.
//
// One side proposes times and places, the other accepts one, declines or names others; then they meet, or
// not. Each side holds its own copy. Every change is a pure function from a side's copy as it was to the copy
// as it is now, and mirrored() carries what changed over to the other side's copy. The two always say the
// same, with one exception that is meant: a decline is seen by nobody but the one who declined. To the other
// side the proposal stays open until it runs out, exactly as if nobody had answered, and even the decliner's
// copy forgets it then. Only where who is asked was told beforehand that a no is told (an hour of a trip,
// wanted back for somebody else) does a decline end the meeting for both.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

using MeetingId = Id<struct MeetingTag>;

enum class MeetingKind { coffee, lunch, dinner, walk, conference, gathering, visit };
std::string_view to_string(MeetingKind kind);
std::optional<MeetingKind> parse_meeting_kind(std::string_view name);

/// proposed → scheduled → met | missed | cancelled; a proposal may also run out (expired) or, on the
/// decliner's own copy, be declined.
enum class MeetingState { proposed, scheduled, met, missed, cancelled, declined, expired };
std::string_view to_string(MeetingState state);
std::optional<MeetingState> parse_meeting_state(std::string_view name);
/// Nothing but a second word on the outcome can follow.
bool is_over(MeetingState state);

enum class Side { organiser, invitee };
std::string_view to_string(Side side);
std::optional<Side> parse_side(std::string_view name);
constexpr Side other(Side side) {
    return side == Side::organiser ? Side::invitee : Side::organiser;
}

enum class Wish { none, yes, if_need_be, no };
std::string_view to_string(Wish wish);
std::optional<Wish> parse_wish(std::string_view name);

/// What a side says happened. `missed`: it fell through, whosever doing; the three after it say more, and are
/// forgotten in time (core/no_shows.h).
enum class Outcome {
    unsaid,
    met,
    missed,
    not_there,  // the other did not come
    absent,     // this side did not come
    called_off  // in time, by either
};
std::string_view to_string(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view name);

/// A time on the table. Numbers are never used again within a meeting, so that an answer given to an older
/// offer cannot hit a newer one.
struct Slot {
    int number = 0;
    Span when;
    Wish answer = Wish::none;  // of the side that was asked
    auto operator<=>(const Slot&) const = default;
};

struct MeetingPlace {
    int number = 0;
    std::string name;
    std::string address;
    std::optional<LatLng> at;
    bool is_public = true;  // a private address is shown to the other side only once a time is agreed
    Side named_by = Side::organiser;
    auto operator<=>(const MeetingPlace&) const = default;
};

struct Agreement {
    Span when;
    MeetingPlace place;
    auto operator<=>(const Agreement&) const = default;
};

enum class MeetingEvent {
    proposed,
    accepted,
    declined,
    countered,
    rescheduled,
    cancelled,
    expired,
    met,
    missed
};
std::string_view to_string(MeetingEvent event);
std::optional<MeetingEvent> parse_meeting_event(std::string_view name);

struct MeetingStep {
    Instant at;
    std::optional<Side> by;  // nobody: time did it
    MeetingEvent what = MeetingEvent::proposed;
    auto operator<=>(const MeetingStep&) const = default;
};

/// One side's copy.
struct Meeting {
    MeetingId id;
    std::string uid;  // of its calendar entry: the same for both sides, for ever
    Side me = Side::organiser;
    MeetingState state = MeetingState::proposed;
    Side asked = Side::invitee;  // whose answer is awaited while proposed
    MeetingKind kind = MeetingKind::coffee;
    std::string title;    // may be empty: then the kind and the other's name stand for it
    std::string purpose;  // why; a stranger has to say it
    std::string message;  // what the side that offered, or cancelled, wrote with it
    std::string zone;     // of the place: the wall times that both mean
    bool to_stranger = false;
    bool tells_decline = false;  // who is asked reads that a no is told to the organiser
    std::vector<Slot> slots;
    std::vector<MeetingPlace> places;
    std::optional<Agreement> agreed;
    Instant created_at;
    Instant expires_at;  // while proposed
    int sequence = 0;    // of the calendar entry: rises with each change that both sides see
    Outcome organiser_says = Outcome::unsaid;
    Outcome invitee_says = Outcome::unsaid;
    std::string organiser_excuse, invitee_excuse;  // of who did not come, for the other
    bool is_excused = false;                       // and the other says that it is all right
    std::vector<MeetingStep> history;
    bool operator==(const Meeting&) const = default;

    [[nodiscard]] Outcome said_by(Side side) const {
        return side == Side::organiser ? organiser_says : invitee_says;
    }
    [[nodiscard]] Outcome mine() const { return said_by(me); }
    [[nodiscard]] Outcome theirs() const { return said_by(other(me)); }
    /// Whether this side may read where a place is: a private address is kept from the other until both
    /// agreed.
    [[nodiscard]] bool shows_address_of(const MeetingPlace& place) const;
    /// Whether this side is asked for an answer to an offer.
    [[nodiscard]] bool is_mine_to_answer() const;
};

/// Times and places that one side puts on the table. A place with the number of one that is there stays as it
/// is, and in a later offer none at all means the same places; other numbers, and answers, are ignored.
struct MeetingOffer {
    std::vector<Slot> slots;
    std::vector<MeetingPlace> places;
    std::string message;
    std::optional<Instant> answer_by;  // else seven days, but never past the last slot's start
};

struct Proposal {
    MeetingKind kind = MeetingKind::coffee;
    std::string title;
    std::string purpose;
    std::string zone;  // a name of the IANA database; the caller has found it there
    MeetingOffer offer;
    bool to_stranger =
        false;  // no link between the two: a purpose is needed; web addresses wait until they agreed
    bool tells_decline = false;  // see Meeting
};

struct MeetingLimits {
    std::size_t slots = 10, places = 5, purpose_characters = 20;
    std::size_t title = 120, purpose = 500, message = 2000, place_name = 200, address = 300;  // bytes
    std::chrono::hours longest = std::chrono::hours(24 * 7);                                  // a conference
    std::chrono::hours farthest = std::chrono::hours(24 * 731);  // two years ahead
    std::chrono::hours open_for = std::chrono::hours(24 * 7);
    std::chrono::hours unsaid_for = std::chrono::hours(24 * 14);  // see lapse()
    int changes = 50;  // of one meeting, that is its highest sequence
};
inline constexpr MeetingLimits kMeetingLimits{};

/// The organiser's copy of a new meeting. Faults: `invalid`, naming the field: times (1 to 10, in the future,
/// distinct), places (1 to 5, each named), texts too long or with control characters; for a stranger no
/// purpose, or a web address in a text.
Result<Meeting> propose(const Proposal& proposal, MeetingId id, std::string uid, Instant now);

/// What the asked side answers: a wish for each slot it has one for, by number, and a place.
struct Acceptance {
    std::vector<Slot> wishes;  // number and answer are read
    std::optional<int> place;  // may be left out when there is one
};
/// Agrees on the earliest slot to come that suits: a yes, else an "if need be". One who has declined may
/// still change her mind while the proposal is open. Faults: `conflict` when this side is not asked, the slot
/// is no more on the table or has begun, or no wish suits.
Result<Meeting> accept(Meeting mine, const Acceptance& answer, Instant now);

/// No, without a reason and without a trace; or, where that was said beforehand, as the meeting's end for
/// both: see above. Faults: `conflict` when this side is not asked.
Result<Meeting> decline(Meeting mine, Instant now);
/// No without a trace, whatever was said beforehand: a block shows itself to nobody.
Result<Meeting> ignore(Meeting mine, Instant now);

/// "If need be" to the first of the times, which agrees to nothing: the other side sees it. Faults:
/// `conflict` when this side is not asked.
Result<Meeting> consider(Meeting mine, Instant now);

/// Puts other times and places on the table, in place of those there: the asked side counters, the other side
/// changes its open offer, and either side moves a meeting that is already agreed (which is then proposed
/// again). Faults: as propose(), and `conflict` once the meeting is over or has begun, `too_many` after 50
/// changes.
Result<Meeting> offer(Meeting mine, const MeetingOffer& offer, Instant now);

/// Faults: `conflict` when it is over, its agreed end has passed, or the open offer is the other side's
/// (decline it). The organiser may always take back a proposal.
Result<Meeting> cancel(Meeting mine, std::string_view message, Instant now);

/// A proposal that nobody answered in time. Faults: `conflict` while it is not due.
Result<Meeting> expire(Meeting mine, Instant now);

/// This side's word on whether the two met, from the agreed start on. One that says so is enough to make the
/// meeting `met` (claimed; both: mutual); it is `missed` when both say so. A word once given stays, but that
/// it was missed may be said more exactly, and of what is missed already a silent side may say so late.
Result<Meeting> say_outcome(Meeting mine, Outcome outcome, Instant now);

/// Proved in presence: both sides have met, whatever they had said.
Result<Meeting> prove(Meeting mine, Instant now);

/// One side has said "missed" and the other nothing for 14 days after the end: missed. Faults: `conflict` if
/// not due.
Result<Meeting> lapse(Meeting mine, Instant now);

/// The other side's copy after `mine` has changed: `theirs` as it was before, brought to the same content.
Meeting mirrored(const Meeting& mine, Meeting theirs);
/// The other side's first copy.
Meeting mirrored(const Meeting& mine);

/// What to mind before sending, in plain words; it warns and forbids nothing.
struct MeetingWarning {
    std::string code;  // private_place, late_hour
    std::string text;
    bool operator==(const MeetingWarning&) const = default;
};
/// Looks at first meetings only: a private address, and an hour outside 07:00 to 22:00 of the place's day.
std::vector<MeetingWarning> warnings(const Meeting& meeting, bool is_first, const Zone& zone);

}  // namespace vv::core
