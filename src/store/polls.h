// store/polls.h — polls as rows: the organiser's, with who is asked and what they said.
#pragma once

#include "core/people.h"
#include "core/polls.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace vv::store::polls {

/// Who is asked, besides the answers.
struct Voter {
    std::string name;                          // as the owner knows them
    std::optional<core::AccountId> account;    // when they have one here
    std::optional<core::IdentityId> identity;  // the owner's person, through one of its identities
    std::optional<core::PersonId> person;      // read only: whose identity that is now
    std::string email;                         // of who has no account; empty: by hand
    std::string zone;                          // in which who has no account reads times
    std::optional<Instant> mailed_at;          // when the last mail was put on its way
    std::optional<Instant> refused_at;         // the address takes no mail
    std::optional<core::MeetingId> meeting;    // what became of it for this one
    bool operator==(const Voter&) const = default;
};

struct Record {
    core::AccountId owner;
    core::Poll poll;
    std::vector<Voter> voters;  // in the order of poll.voters
    bool operator==(const Record&) const = default;
};

/// Writes it, new or changed.
void save(Tx& tx, const Record& record);
/// `not_found` poll.unknown. Up to four statements.
Result<Record> find(Tx& tx, core::AccountId owner, core::PollId id);

/// The calendar ids of the owner's polls.
std::unordered_map<core::PollId, std::string> uids(Tx& tx, core::AccountId owner,
                                                   std::span<const core::PollId> polls);

/// A voter's place: whose poll, and which number.
struct Seat {
    core::AccountId owner;
    core::PollId poll;
    int voter = 0;
};
/// Where an account is asked, if it is.
std::optional<Seat> seat_of(Tx& tx, core::AccountId account, core::PollId id);

/// The owner's polls: those open, soonest to close first, then those over, latest first.
std::vector<Record> list(Tx& tx, core::AccountId owner, int limit);
/// The open ones in which an account is asked, soonest to close first.
std::vector<Seat> asking(Tx& tx, core::AccountId account, Instant now, int limit);
/// The polls of these seats, each once, in no order. Up to four statements.
std::vector<Record> load(Tx& tx, std::span<const Seat> seats);

/// How many polls an owner has made since.
int made_since(Tx& tx, core::AccountId owner, Instant since);
/// How many voters an owner has had written to by mail since.
int mailed_since(Tx& tx, core::AccountId owner, Instant since);

void add_link(Tx& tx, const Seat& seat, const std::string& token_hash, Instant now);
/// The one query that starts from the secret instead of the owner.
std::optional<Seat> find_by_link(Tx& tx, const std::string& token_hash);
/// From now on a voter's links open the meeting as well.
void hand_over_links(Tx& tx, const Seat& seat, core::MeetingId meeting);

}  // namespace vv::store::polls
