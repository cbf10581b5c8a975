// app/reminders.h — the caller's reminders: what is open, what becomes of each, how many are wanted.
#pragma once

#include "app/caller.h"
#include "core/person.h"
#include "core/reminders.h"
#include "store/database.h"
#include "store/reminders_reasons.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct OpenReminder {
    core::ReminderId id;
    core::Reminder reminder;
    std::string person_name;            // empty without a person
    std::vector<core::Snooze> snoozes;  // until when it can be put off without missing its point
};
/// Those that are open now, best first; none of a muted kind, none while all are paused.
Result<std::vector<OpenReminder>> list_reminders(store::Tx& tx, Caller caller);
/// The same for Today, at most three: what waits to be confirmed stands there already.
std::vector<OpenReminder> reminders_today(store::Tx& tx, const Caller& caller);

/// Seen to: it doesn't come back. Twice changes nothing. `not_found` reminder.unknown.
Result<Done> finish_reminder(store::Tx& tx, Caller caller, core::ReminderId id);
/// `conflict` reminder.over when it would be pointless by then; `not_found` reminder.unknown.
Result<Done> snooze_reminder(store::Tx& tx, Caller caller, core::ReminderId id, core::Snooze snooze);
/// No more of its kind. `not_found` reminder.unknown.
Result<Done> mute_reminder_kind(store::Tx& tx, Caller caller, core::ReminderId id);

/// How the caller wants them.
struct ReminderWishes {
    int a_week = 0;
    std::vector<core::ReminderKind> muted;
    bool digest = false;
    std::chrono::weekday digest_day = std::chrono::Monday;
    std::optional<Date> paused_until;  // the first day on which they come again
};
Result<ReminderWishes> reminder_wishes(store::Tx& tx, Caller caller);
/// `invalid` reminders.a_week beyond core::kMostRemindersAWeek, reminders.day, reminders.paused_until more
/// than two years ahead. Returns them tidied.
Result<ReminderWishes> set_reminder_wishes(store::Tx& tx, Caller caller, ReminderWishes wishes);

/// How often the caller wants to be in touch with somebody: every so many days, or nothing in particular.
/// `invalid` person.cadence, `not_found` person.unknown.
Result<store::reminders::Cadences> set_cadence(store::Tx& tx, Caller caller, core::PersonId person,
                                               std::optional<int> days);
/// `not_found` person.unknown.
Result<store::reminders::Cadences> find_cadence(store::Tx& tx, Caller caller, core::PersonId person);

}  // namespace vv::app
