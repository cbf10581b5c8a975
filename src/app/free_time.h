// app/free_time.h — when the caller has time to meet, alone and in common with who shares theirs.
//
// Sharing is off until somebody shares with a chosen account, and tells that account free or busy, nothing
// else: of an account that shares nothing, keeps the caller away, or is kept away, there is no more to see
// than that it shares nothing.
#pragma once

#include "app/caller.h"
#include "core/accounts.h"
#include "core/free_time.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace vv::app {

struct FreeTimeWanted {
    std::optional<Date> from;  // of the caller's zone; tomorrow when not set
    std::optional<Date> to;    // four weeks later
    std::chrono::minutes duration = std::chrono::hours(1);
    std::optional<core::MeetingKind> kind;  // its usual hours come first
    std::optional<core::PersonId> person;   // of the caller's: the account that it is, if it is one
    std::vector<std::string> with;          // handles
    std::size_t limit = 10;
};

struct FreeTimeOther {
    core::AccountName account;
    std::optional<Zone> zone;  // of who shares
};

struct FreeSlot {
    Span when;
    std::vector<std::string> can;  // handles of those who share
    std::vector<std::string> cannot;
};

struct FreeTime {
    std::vector<FreeTimeOther> others;
    std::vector<FreeSlot> slots;  // best first; the caller can come to each
};

/// Faults: core::common_free_time()'s; `not_found` person.unknown, account.unknown.
Result<FreeTime> find_free_time(store::Tx& tx, Caller caller, FreeTimeWanted wanted);

/// Of these people of the caller's, those whose account shares its free time with the caller's: when they
/// would meet, in no case more of them than that.
std::unordered_map<core::PersonId, std::vector<Span>> shared_free_times(
    store::Tx& tx, const Caller& caller, const std::vector<core::PersonId>& people, Span within);

/// When the caller has no appointment, whatever hours and pace say.
std::vector<Span> time_without_appointments(store::Tx& tx, const Caller& caller, Span within);

Result<core::MeetingHabits> meeting_habits(store::Tx& tx, Caller caller);
/// As core::tidy() leaves them; its faults.
Result<core::MeetingHabits> set_meeting_habits(store::Tx& tx, Caller caller, core::MeetingHabits habits);

/// Whom the caller lets see free or busy.
Result<std::vector<core::AccountName>> list_free_time_shares(store::Tx& tx, Caller caller);
/// `not_found` account.unknown; `invalid` free_time.yourself; `conflict` free_time.you_blocked.
Result<Done> share_free_time(store::Tx& tx, Caller caller, std::string handle);
Result<Done> unshare_free_time(store::Tx& tx, Caller caller, std::string handle);

/// The private address of the caller's free and busy time: whoever has it sees when, and nothing else. The
/// secret is told once; making one ends the one before.
Result<std::string> make_free_busy_link(store::Tx& tx, Caller caller);
Result<bool> has_free_busy_link(store::Tx& tx, Caller caller);
Result<Done> remove_free_busy_link(store::Tx& tx, Caller caller);
/// What is found there (iCalendar, VFREEBUSY): from the day before to a year ahead. `not_found` feed.unknown.
Result<std::string> free_busy(store::Tx& tx, std::string secret, Instant now);

}  // namespace vv::app
