// store/meetings.h — meetings as rows: each side's copy, the guest's side, and the guest's private links.
#pragma once

#include "core/encounters.h"
#include "core/meetings.h"
#include "core/people.h"
#include "core/polls.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vv::store::meetings {

/// One side's copy with what only its owner knows.
struct Record {
    core::Meeting meeting;
    std::optional<core::AccountId> with_account;  // the other side, when it has an account here
    std::string with_name;                        // as the owner knows them
    std::optional<core::IdentityId> identity;     // the owner's person, through one of its identities
    std::optional<core::PersonId> person;         // read only: whose identity that is now, and the name
    std::string person_name;
    bool has_peer = false;  // the other side holds a copy
    bool is_first = false;  // the two had not met when it was proposed
    std::optional<core::EncounterId> encounter;
    std::string feel;                  // "", fine, not_fine: for the owner alone
    std::optional<Instant> asked_at;   // when the mail "did you meet?" went out
    std::optional<core::PollId> poll;  // on the organiser's copy: of which poll's picked time it is a part
};

/// Writes a copy, new or changed.
void save(Tx& tx, core::AccountId owner, const Record& record);
/// `not_found` meeting.unknown. Up to four statements.
Result<Record> find(Tx& tx, core::AccountId owner, core::MeetingId id);

/// Where a meeting stands in the list: first those still to be held or answered, soonest first, then those
/// that are over, latest first.
struct Place {
    int part = 0;         // 0 open, 1 over
    std::int64_t at = 0;  // of the agreed start, else the first time on the table; negative in part 1
    core::MeetingId meeting;
};
Place place_of(const core::Meeting& meeting);
struct Page {
    std::optional<core::MeetingState> state;  // only those
    std::optional<core::PersonId> person;     // only those with this person
    std::optional<Place> after;
    int limit = 100;
};
std::vector<Record> list(Tx& tx, core::AccountId owner, const Page& page);

/// What waits for the owner: proposals to answer, and meetings past their end whose outcome the owner has not
/// said.
std::vector<Record> to_answer(Tx& tx, core::AccountId owner, int limit);
std::vector<Record> to_confirm(Tx& tx, core::AccountId owner, Instant now, int limit);
/// The next one agreed that is not over at `now`.
std::optional<Record> next_scheduled(Tx& tx, core::AccountId owner, Instant now);
/// Those agreed that end at or after `since`, soonest first, for the calendar feed.
std::vector<Record> scheduled_since(Tx& tx, core::AccountId owner, Instant since, int limit);
/// With whom the owner has agreed to meet at a time that begins in the span. One statement.
std::vector<core::PersonId> agreed_people(Tx& tx, core::AccountId owner, Span span);
/// The owner's meetings with one of these people or accounts that are proposed or scheduled. One statement.
std::vector<core::MeetingId> open_with(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
                                       std::span<const core::AccountId> accounts);

/// The one agreed with an account that is going on at some moment of `span`, if there is one.
std::optional<core::MeetingId> agreed_within(Tx& tx, core::AccountId owner, core::AccountId other, Span span);

/// The owner's meetings that one picked time made.
std::vector<Record> of_poll(Tx& tx, core::AccountId owner, core::PollId poll);

/// How many proposals the owner has made since: to strangers only, or to guests by mail only.
struct Proposals {
    int to_strangers = 0;
    int to_guests = 0;
};
Proposals proposals_since(Tx& tx, core::AccountId owner, Instant since);

/// How many meetings the owner has proposed to this account since.
int proposed_since(Tx& tx, core::AccountId owner, core::AccountId other, Instant since);
/// Whether the owner has proposed to this account and waits for the answer.
bool has_open_proposal(Tx& tx, core::AccountId owner, core::AccountId other);

/// The invitee without an account.
struct Guest {
    std::string email;  // empty: the link is passed on by hand
    std::string zone;
    std::optional<Instant> mailed_at;    // when the last mail to it was put on its way
    std::optional<Instant> declined_at;  // for nobody's eyes but the guest's
    std::optional<Instant> refused_at;   // the address takes no mail
};
void save_guest(Tx& tx, core::AccountId owner, core::MeetingId id, const Guest& guest);
std::optional<Guest> find_guest(Tx& tx, core::AccountId owner, core::MeetingId id);
/// Those of the owner's meetings, whatever their number, in one statement.
std::unordered_map<core::MeetingId, Guest> guests(Tx& tx, core::AccountId owner,
                                                  const std::vector<core::MeetingId>& ids);

/// An account as the other side of a meeting may come to know it.
struct Other {
    std::string handle;
    std::string name;
    std::string email;  // empty until it is proven
    std::string locale;
};
std::unordered_map<core::AccountId, Other> others(Tx& tx, const std::vector<core::AccountId>& ids);

void add_link(Tx& tx, core::AccountId owner, core::MeetingId id, const std::string& token_hash, Instant now);
struct Linked {
    core::AccountId owner;
    core::MeetingId meeting;
};
/// The one query that starts from the secret instead of the owner.
std::optional<Linked> find_by_link(Tx& tx, const std::string& token_hash);
/// The organiser's copy of the meeting whose calendar entry has this UID.
std::optional<Linked> find_by_uid(Tx& tx, const std::string& uid);

/// Whom an owner is about to invite, as the owner's own records know them; `not_found` person.unknown.
struct Invitee {
    core::PersonId person;
    std::string name;
    core::Relation relation = core::Relation::acquaintance;
    std::optional<core::AccountId> account;  // linked
    std::optional<Instant> first_met;
    bool is_blocked = false;
    core::IdentityId identity;  // to hang the meeting on: the account's if there is one, else the oldest
};
Result<Invitee> invitee(Tx& tx, core::AccountId owner, core::PersonId person);
/// The person that an owner has linked with an account.
std::optional<Invitee> invitee(Tx& tx, core::AccountId owner, core::AccountId account);

}  // namespace vv::store::meetings
