// store/reminders.h — reminders that were made, and how an owner wants them.
#pragma once

#include "core/reminders.h"
#include "store/database.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace vv::store::reminders {

/// The usual ones of an owner who has not said.
core::ReminderSettings settings(Tx& tx, core::AccountId owner);
void save_settings(Tx& tx, core::AccountId owner, const core::ReminderSettings& settings);

/// An account whose reminders are to be made.
struct Due {
    core::AccountId owner;
    std::string zone;
};
/// Whose time has come by `now`, the longest waiting first. Over all owners, by an index of that time.
std::vector<Due> due(Tx& tx, Instant now, int limit);
/// Takes an account for this transaction and says when it is next; false when somebody else was there first.
bool claim(Tx& tx, core::AccountId owner, Instant now, Instant next);
/// An account that never had a reminder gets its first at once rather than the next morning.
void make_first_soon(Tx& tx, core::AccountId owner);
/// When the last weekly mail was; noted by the second.
Instant digest_at(Tx& tx, core::AccountId owner);
void save_digest_at(Tx& tx, core::AccountId owner, Instant at);

struct Row {
    core::ReminderId id;
    core::Reminder reminder;
    std::string person_name;  // as it is now; empty without a person
    std::optional<Instant> mailed_at;
    std::optional<Instant> pushed_at;  // it went out by web push
};
/// New ones; one whose reason is there already is left out.
void add(Tx& tx, core::AccountId owner, const std::vector<Row>& rows, Instant now);
/// What `add` would leave out: kind and about.
using Reason = std::pair<std::string, std::string>;
std::set<Reason> known(Tx& tx, core::AccountId owner, const std::vector<core::Reminder>& candidates);
std::vector<core::PastReminder> made_since(Tx& tx, core::AccountId owner, Instant since);

/// Those that are open and still true, most weighty first: neither done nor put off nor over, nobody kept
/// away, no contact since, the meeting still as it was. One statement.
std::vector<Row> open(Tx& tx, core::AccountId owner, Instant now, int limit);
/// Whatever has become of it.
std::optional<Row> find(Tx& tx, core::AccountId owner, core::ReminderId id);

void finish(Tx& tx, core::AccountId owner, core::ReminderId id, Instant now);
void snooze(Tx& tx, core::AccountId owner, core::ReminderId id, Instant until);
void note_mailed(Tx& tx, core::AccountId owner, const std::vector<core::ReminderId>& ids, Instant now);
/// Or, without a time, that none took it.
void note_pushed(Tx& tx, core::AccountId owner, const std::vector<core::ReminderId>& ids,
                 std::optional<Instant> at);
/// All that are open of a kind are done with.
void finish_kind(Tx& tx, core::AccountId owner, core::ReminderKind kind, Instant now);

/// Those about people who are absorbed are about who absorbs them; those about people who go, go with them.
void absorb(Tx& tx, core::AccountId owner,
            std::span<const std::pair<core::PersonId, core::PersonId>> gone_into);
void forget(Tx& tx, core::AccountId owner, const std::string& people);  // store/lists.h

}  // namespace vv::store::reminders
