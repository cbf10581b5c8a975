// core/polls.h — a poll: several people say which of several times suit them, until who asked picks one.
//
// A poll stays open until its organiser picks a time, gives it up, or the last of its times begins. What a
// voter says may be changed while it is open. Every change is a pure function from the poll as it was to the
// poll as it is now. Picking makes meetings for two of it, one with each who can come: core/meetings.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "core/meetings.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

using PollId = Id<struct PollTag>;

/// open → picked | closed (given up) | expired (its last time began).
enum class PollState { open, picked, closed, expired };
std::string_view to_string(PollState state);
std::optional<PollState> parse_poll_state(std::string_view name);

struct PollTime {
    int number = 0;  // from 1, the earliest first
    Span when;
    auto operator<=>(const PollTime&) const = default;
};

/// What a voter says to one of the times.
struct PollWish {
    int time = 0;
    Wish wish = Wish::none;
    auto operator<=>(const PollWish&) const = default;
};

struct PollVoter {
    int number = 0;  // from 1
    bool must_come = false;
    std::vector<PollWish> wishes;  // one for each time that was answered, by number
    std::optional<Instant> answered_at;
    bool operator==(const PollVoter&) const = default;

    [[nodiscard]] Wish wish_for(int time) const;
};

struct Poll {
    PollId id;
    std::string uid;  // of the organiser's calendar entry, once a time is picked
    PollState state = PollState::open;
    MeetingKind kind = MeetingKind::coffee;
    std::string title, purpose, message;
    std::string zone;  // of the place: a name of the IANA database
    std::vector<PollTime> times;
    MeetingPlace place;
    std::vector<PollVoter> voters;
    Instant created_at;
    Instant closes_at;          // the start of the last time
    std::optional<int> picked;  // a time's number
    bool operator==(const Poll&) const = default;

    /// Null when there is no time of this number.
    [[nodiscard]] const PollTime* time(int number) const;
    [[nodiscard]] PollVoter* voter(int number);
    [[nodiscard]] const PollVoter* voter(int number) const;
    /// Whether all have said what suits them.
    [[nodiscard]] bool is_answered() const;
};

/// With the organiser fifty people, as many as common free time is sought for.
inline constexpr std::size_t kMostVoters = 49;

/// `asked` is a proposal with one place; its answer_by is not looked at. One voter for each element of
/// `must_come`. Faults: propose()'s; `invalid` poll.place, poll.voters (1 to 49).
Result<Poll> begin_poll(const Proposal& asked, const std::vector<bool>& must_come, PollId id, std::string uid,
                        Instant now);

/// Puts these wishes in place of those the voter had; none takes one back. Numbers that are no time of the
/// poll are ignored. Faults: `conflict` poll.closed, in kind words, once it is over; `not_found`
/// poll.unknown.
Result<Poll> vote(Poll poll, int voter, std::span<const PollWish> wishes, Instant now);

/// Faults: `conflict` poll.closed once it is over, poll.time_past when the time has begun; `invalid`
/// poll.time when there is none of this number.
Result<Poll> pick(Poll poll, int time, Instant now);
/// Gives it up. Faults: `conflict` poll.closed once it is over.
Result<Poll> close(Poll poll, Instant now);
/// Nobody picked in time. Faults: `conflict` poll.not_due.
Result<Poll> expire(Poll poll, Instant now);

/// What is known of free time besides the answers.
struct PollFreeTime {
    std::optional<std::vector<Span>> organiser;            // when the organiser would meet
    std::vector<std::optional<std::vector<Span>>> voters;  // in the poll's order; of those who share
};

/// How one of the times stands.
struct PollStanding {
    int time = 0;
    int yes = 0, if_need_be = 0, no = 0, unanswered = 0;
    int can = 0;             // voters who can come: who said so, and who hasn't answered but is known free
    bool suits_all = false;  // everyone who must come can, the organiser too
    bool suits_organiser = true;
    auto operator<=>(const PollStanding&) const = default;
};

/// The poll's times from best to worst, in the order of common free time (core/free_time): whom everyone who
/// must come can make; then where more can come; then where a yes counts twice an "if need be"; then the
/// earlier. Times that have begun come last.
std::vector<PollStanding> standings(const Poll& poll, const PollFreeTime& free, Instant now);

}  // namespace vv::core
