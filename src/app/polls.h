// app/polls.h — polls: asking several people which of several times suit, answering, and picking one.
//
// Who is asked has an account here, or is a guest with a private link. A poll is for people the caller knows:
// a stranger is asked alone first. The organiser sees who answered what; a voter sees who else is asked, and
// nobody's answers but their own. Whoever keeps another away is not shown to them here either.
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "core/polls.h"
#include "store/database.h"
#include "store/polls.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// A person of the caller's, or an account by its handle: exactly one of the two.
struct PollInvitee {
    std::optional<core::PersonId> person;
    std::string account;
    std::string email;  // for a person without an account: where the question goes; may be empty
    bool must_come = false;
};
struct MakePoll {
    std::vector<PollInvitee> invitees;
    core::Proposal proposal;  // with one place
    MeetingDesk desk;
};

struct PollVoterView {
    core::PollVoter vote;  // without the answers, to another voter
    std::string name;
    std::string handle;             // empty for a guest
    std::optional<MailState> mail;  // how the question fares; for the organiser, of a guest
    std::string mail_to;
    std::string link;  // only in the answer that made it
    std::optional<core::MeetingId> meeting;
};

/// A poll as its organiser or one of its voters may see it: to the latter a private address is left out until
/// a time is picked.
struct PollView {
    core::Poll poll;
    bool is_mine = false;
    int me = 0;  // which voter the caller is; 0 for the organiser
    std::string organiser;
    std::string title;  // never empty
    std::vector<PollVoterView> voters;
    std::vector<core::PollStanding> standings;  // best first; for the organiser
    bool has_kept_away = false;                 // someone whom the caller blocked is asked too
    std::optional<core::MeetingId> meeting;     // what became of it for the voter
};

/// Faults: core::begin_poll()'s; find_invited()'s (app/meetings_invited.h); `invalid` poll.stranger,
/// poll.twice, zone.unknown; `too_many` poll.many (twenty in a day), meeting.many_mails.
Result<PollView> make_poll(store::Tx& tx, Caller caller, MakePoll input);

/// The caller's own, and those open in which the caller is asked.
struct PollList {
    std::vector<PollView> asked;
    std::vector<PollView> mine;
};
Result<PollList> list_polls(store::Tx& tx, Caller caller);
/// Those open that wait for the caller's answer, soonest to close first, ten at most.
Result<std::vector<PollView>> polls_today(store::Tx& tx, Caller caller);
/// `not_found` poll.unknown, for one that is another's too.
Result<PollView> find_poll(store::Tx& tx, Caller caller, core::PollId poll);

/// Faults: core::vote()'s, `not_found` poll.unknown.
Result<PollView> vote_in_poll(store::Tx& tx, Caller caller, core::PollId poll,
                              std::vector<core::PollWish> wishes, MeetingDesk desk);

/// Picks a time: who said yes, or "if need be", has a meeting agreed; who hasn't answered is asked; who said
/// no is told, and nothing asked of them. Faults: core::pick()'s, `not_found` poll.unknown, `conflict`
/// poll.nobody when all who were asked have said no.
Result<PollView> pick_in_poll(store::Tx& tx, Caller caller, core::PollId poll, int time, MeetingDesk desk);
/// Gives it up; voters are told. Faults: core::close()'s, `not_found` poll.unknown.
Result<PollView> close_poll(store::Tx& tx, Caller caller, core::PollId poll, MeetingDesk desk);

/// A new private link for a guest, to pass on by hand; those before it go on working. `conflict`
/// meeting.no_guest when the voter has an account.
Result<PollView> make_poll_link(store::Tx& tx, Caller caller, core::PollId poll, int voter, MeetingDesk desk);

/// The job that looks at a poll when its last time begins: its kind.
inline constexpr const char* kPollJob = "poll";
/// Saying it again changes nothing; a poll that is gone is no error.
Result<Done> settle_due_poll(store::Tx& tx, core::AccountId owner, core::PollId poll, MeetingDesk desk,
                             Instant now);

/// The voter's address takes no mail: the organiser sees it. What is none of ours, or gone, is no error.
Result<Done> note_refused_poll_mail(store::Tx& tx, const std::string& about, Instant now);

// ---- for whoever has a voter's private link ----

struct GuestPoll {
    PollView view;
    std::string guest;
    std::string locale;
    Zone zone;          // in which the guest reads times
    Zone poll_zone;     // of the place
    std::string email;  // the guest's own; may be empty
    std::string stop_token;
};
/// `not_found` invitation.unknown.
Result<GuestPoll> open_poll_link(store::Tx& tx, std::string token);

struct VoteByLink {
    std::string token;
    std::vector<core::PollWish> wishes;
    std::string zone;   // IANA; empty or unknown: as before
    std::string email;  // for a guest whose address is not known yet; may be empty
    MeetingDesk desk;
    Instant now;
};
/// Faults: core::vote()'s; `not_found` invitation.unknown; `invalid` email.invalid; `too_many`
/// throttle.guest_answers, meeting.many_mails.
Result<GuestPoll> vote_by_link(store::Tx& tx, VoteByLink input);

}  // namespace vv::app
