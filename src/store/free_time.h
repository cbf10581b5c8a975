// store/free_time.h — when owners have no time, their habits, and whom they let see it.
#pragma once

#include "core/accounts.h"
#include "core/free_time_hours.h"
#include "core/meetings.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vv::store::free_time {

/// Nothing of an owner who has not said.
std::optional<core::MeetingHabits> find_habits(Tx& tx, core::AccountId owner);
void save_habits(Tx& tx, core::AccountId owner, const core::MeetingHabits& habits);

/// Intervals read for one owner at most: two years of a full calendar are far fewer.
inline constexpr int kMostBusy = 100'000;

struct Busy {
    std::vector<Span> spans;
    std::vector<core::DayRange> days;
};
/// What calendars say of an owner's time in a span, each event as the newest file has it; intervals by their
/// start, kMostBusy at most.
Busy busy(Tx& tx, core::AccountId owner, Span within);
/// The owner's meetings: those agreed here, and what else puts people face to face.
std::vector<Span> meetings(Tx& tx, core::AccountId owner, Span within);
/// What the owner has agreed to but this one meeting, and those of the same poll: they are one gathering.
std::vector<Span> agreed_but(Tx& tx, core::AccountId owner, core::MeetingId meeting, Span within);
/// Times that the owner has on the table, not answered yet: proposed to somebody, of an open poll of the
/// owner's, or of another's where the owner said that they suit.
std::vector<Span> offered(Tx& tx, core::AccountId owner, Span within);

/// Those to come of these calendar events, which are no longer there, take no time any more. The files that
/// said so are read again should they come again.
void forget(Tx& tx, core::AccountId owner, const std::vector<std::string>& uids, Instant now);

/// Sharing twice changes nothing.
void share(Tx& tx, core::AccountId owner, core::AccountId with, Instant now);
void unshare(Tx& tx, core::AccountId owner, core::AccountId with);
/// With whom the owner shares, by name.
std::vector<core::AccountName> shared_with(Tx& tx, core::AccountId owner);
bool shares(Tx& tx, core::AccountId owner, core::AccountId with);

/// Which of the viewer's people are accounts that share with the viewer. One statement.
std::vector<std::pair<core::PersonId, core::AccountId>> sharing(Tx& tx, core::AccountId viewer,
                                                                const std::vector<core::PersonId>& people);

/// The private address of the owner's free and busy time: the hash of its secret, or none.
void save_link(Tx& tx, core::AccountId owner, const std::optional<std::string>& token_hash);
bool has_link(Tx& tx, core::AccountId owner);
std::optional<core::AccountId> find_by_link(Tx& tx, const std::string& token_hash);

}  // namespace vv::store::free_time
