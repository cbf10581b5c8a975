#include "app/reminders.h"

#include "core/reminders_reasons.h"
#include "store/people.h"
#include "store/reminders.h"

#include <algorithm>
#include <array>

namespace vv::app {
namespace {

using core::ReminderId;
using core::Snooze;
using std::chrono::days;
using std::chrono::local_days;

constexpr int kMostOpen = 200;
constexpr std::size_t kToday = 3;
constexpr days kLongestPause{731};

Error unknown_reminder() {
    return {Fault::not_found, "reminder.unknown", "There is no such reminder among yours."};
}

Result<core::Reminder> find(store::Tx& tx, const Caller& caller, ReminderId id) {
    auto row = store::reminders::find(tx, caller.account, id);
    if (!row) return unknown_reminder();
    return std::move(row->reminder);
}

OpenReminder opened(store::reminders::Row row, const Caller& caller) {
    OpenReminder open{row.id, std::move(row.reminder), std::move(row.person_name), {}};
    core::Reminder& shown = open.reminder;
    shown.text = core::as_of(std::move(shown.text), caller.now, caller.zone);
    for (std::string& why : shown.why) why = core::as_of(std::move(why), caller.now, caller.zone);
    for (const Snooze snooze : {Snooze::tomorrow, Snooze::week})
        if (core::snoozed_until(snooze, caller.now, caller.zone) < open.reminder.until)
            open.snoozes.push_back(snooze);
    return open;
}

std::vector<OpenReminder> all_open(store::Tx& tx, const Caller& caller) {
    const core::ReminderSettings settings = store::reminders::settings(tx, caller.account);
    if (settings.is_paused(caller.now)) return {};
    std::vector<OpenReminder> all;
    for (auto& row : store::reminders::open(tx, caller.account, caller.now, kMostOpen))
        if (!settings.is_muted(row.reminder.kind)) all.push_back(opened(std::move(row), caller));
    return all;
}

ReminderWishes wishes_of(const core::ReminderSettings& settings, const Caller& caller) {
    ReminderWishes wishes{settings.a_week, settings.muted, settings.digest, settings.digest_day, {}};
    if (settings.is_paused(caller.now)) wishes.paused_until = caller.zone.date_of(*settings.paused_until);
    return wishes;
}

Result<Done> check(const ReminderWishes& wishes, const Caller& caller) {
    if (wishes.a_week < 0 || wishes.a_week > core::kMostRemindersAWeek)
        return Error(Fault::invalid, "reminders.a_week", "Between 0 and 50 reminders can come in a week.");
    if (!wishes.digest_day.ok()) return Error(Fault::invalid, "reminders.day", "There is no such weekday.");
    if (!wishes.paused_until) return Done{};
    const local_days today{caller.zone.date_of(caller.now)};
    if (!wishes.paused_until->ok() || local_days(*wishes.paused_until) - today > kLongestPause)
        return Error(Fault::invalid, "reminders.paused_until", "Reminders can rest for two years at most.");
    return Done{};
}

}  // namespace

Result<std::vector<OpenReminder>> list_reminders(store::Tx& tx, Caller caller) {
    return all_open(tx, caller);
}

std::vector<OpenReminder> reminders_today(store::Tx& tx, const Caller& caller) {
    auto all = all_open(tx, caller);
    std::erase_if(all,
                  [](const OpenReminder& one) { return one.reminder.kind == core::ReminderKind::confirm; });
    if (all.size() > kToday) all.resize(kToday);
    return all;
}

Result<Done> finish_reminder(store::Tx& tx, Caller caller, ReminderId id) {
    TRY(const core::Reminder reminder, find(tx, caller, id));
    store::reminders::finish(tx, caller.account, id, caller.now);
    if (reminder.kind == core::ReminderKind::cold && reminder.person)
        store::reminders::begin_cadence(tx, caller.account, *reminder.person, caller.now);
    return Done{};
}

Result<Done> snooze_reminder(store::Tx& tx, Caller caller, ReminderId id, Snooze snooze) {
    TRY(const core::Reminder reminder, find(tx, caller, id));
    const Instant until = core::snoozed_until(snooze, caller.now, caller.zone);
    if (until >= reminder.until)
        return Error(Fault::conflict, "reminder.over", "By then this reminder would come too late.");
    store::reminders::snooze(tx, caller.account, id, until);
    return Done{};
}

Result<Done> mute_reminder_kind(store::Tx& tx, Caller caller, ReminderId id) {
    TRY(const core::Reminder reminder, find(tx, caller, id));
    core::ReminderSettings settings = store::reminders::settings(tx, caller.account);
    if (settings.is_muted(reminder.kind)) return Done{};
    settings.muted.push_back(reminder.kind);
    std::ranges::sort(settings.muted);
    store::reminders::save_settings(tx, caller.account, settings);
    return Done{};
}

Result<ReminderWishes> reminder_wishes(store::Tx& tx, Caller caller) {
    return wishes_of(store::reminders::settings(tx, caller.account), caller);
}

Result<ReminderWishes> set_reminder_wishes(store::Tx& tx, Caller caller, ReminderWishes wishes) {
    CHECK(check(wishes, caller));
    std::ranges::sort(wishes.muted);
    const auto [from, to] = std::ranges::unique(wishes.muted);
    wishes.muted.erase(from, to);
    core::ReminderSettings settings{wishes.a_week, wishes.muted, wishes.digest, wishes.digest_day, {}};
    if (wishes.paused_until) settings.paused_until = caller.zone.start_of(*wishes.paused_until);
    if (!settings.is_paused(caller.now)) settings.paused_until.reset();
    store::reminders::save_settings(tx, caller.account, settings);
    return wishes_of(settings, caller);
}

Result<store::reminders::Cadences> set_cadence(store::Tx& tx, Caller caller, core::PersonId person,
                                               std::optional<int> days) {
    if (days && (*days < core::kShortestCadence || *days > core::kLongestCadence))
        return Error(Fault::invalid, "person.cadence", "A cadence is between 3 days and 3 years.");
    TRY(auto cadences, find_cadence(tx, caller, person));
    if ((cadences.wanted ? std::optional(cadences.wanted->days) : std::nullopt) == days) return cadences;
    cadences.wanted = days ? std::optional(core::Cadence{*days, std::nullopt}) : std::nullopt;
    store::reminders::save_cadence(tx, caller.account, person, cadences.wanted);
    return cadences;
}

Result<store::reminders::Cadences> find_cadence(store::Tx& tx, Caller caller, core::PersonId person) {
    if (!store::people::exists(tx, caller.account, person))
        return Error(Fault::not_found, "person.unknown", "There is no such person among yours.");
    return store::reminders::cadences(tx, caller.account, person);
}

}  // namespace vv::app
