#include "core/reminders.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;

constexpr std::array<std::string_view, kReminderKinds> kNames{"prepare", "confirm", "follow_up", "birthday",
                                                              "cold",    "pace",    "trip"};
constexpr hours kMorning{7};
/// What a further reminder of a kind is worth beside one that the week has already.
constexpr double kOneMoreOfAKind = 0.5;
/// One part in so many is kept for what cannot wait, once there are that many.
constexpr int kPartKept = 3;

std::size_t index(ReminderKind kind) {
    return static_cast<std::size_t>(kind);
}

Instant morning_of(local_days day, const Zone& zone) {
    return zone.to_utc(WallTime(day) + kMorning);
}

/// What the week leaves, and what it holds already.
struct Room {
    int all = 0;
    int for_what_waits = 0;
    std::array<int, kReminderKinds> of_kind{};

    Room(const ReminderSettings& settings, std::span<const PastReminder> made, Instant now)
        : all(settings.a_week), for_what_waits(settings.a_week - settings.a_week / kPartKept) {
        for (const PastReminder& past : made)
            if (past.made > now - kReminderWeek) take(past.kind);
    }
    void take(ReminderKind kind) {
        --all;
        if (!cannot_wait(kind)) --for_what_waits;
        ++of_kind[index(kind)];
    }
    [[nodiscard]] bool fits(ReminderKind kind) const {
        return all > 0 && (cannot_wait(kind) || for_what_waits > 0);
    }
    [[nodiscard]] double worth(const Reminder& reminder) const {
        double worth = reminder.weight;
        for (int n = 0; n < of_kind[index(reminder.kind)]; ++n) worth *= kOneMoreOfAKind;
        return worth;
    }
};

}  // namespace

std::string_view to_string(ReminderKind kind) {
    return kNames[index(kind)];
}

std::optional<ReminderKind> parse_reminder_kind(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<ReminderKind>(at - kNames.begin());
}

bool cannot_wait(ReminderKind kind) {
    return kind == ReminderKind::prepare || kind == ReminderKind::confirm;
}

bool ReminderSettings::is_muted(ReminderKind kind) const {
    return std::ranges::find(muted, kind) != muted.end();
}

std::vector<Reminder> choose_reminders(std::vector<Reminder> candidates, const ReminderSettings& settings,
                                       std::span<const PastReminder> made, Instant now) {
    if (settings.is_paused(now)) return {};
    Room room(settings, made, now);
    std::erase_if(candidates, [&](const Reminder& r) {
        return settings.is_muted(r.kind) || r.until <= now || r.due > now;
    });
    std::ranges::sort(candidates, {}, [](const Reminder& r) { return std::tie(r.kind, r.about); });
    std::vector<Reminder> chosen;
    while (true) {
        const auto best = std::ranges::max_element(
            candidates, {}, [&](const Reminder& r) { return room.fits(r.kind) ? room.worth(r) : -1; });
        if (best == candidates.end() || !room.fits(best->kind)) return chosen;
        room.take(best->kind);
        chosen.push_back(*best);
        std::erase_if(candidates, [&](const Reminder& r) {
            const Reminder& taken = chosen.back();
            const bool is_same = r.kind == taken.kind && r.about == taken.about;
            return is_same || (r.person && r.person == taken.person);
        });
    }
}

Instant next_morning(Instant now, const Zone& zone) {
    const local_days today{zone.date_of(now)};
    const Instant morning = morning_of(today, zone);
    return morning > now ? morning : morning_of(today + days(1), zone);
}

Instant latest_digest_morning(Instant now, std::chrono::weekday day, const Zone& zone) {
    const local_days today{zone.date_of(now)};
    const local_days latest = today - (std::chrono::weekday(today) - day);
    const Instant morning = morning_of(latest, zone);
    return morning <= now ? morning : morning_of(latest - days(7), zone);
}

std::optional<Snooze> parse_snooze(std::string_view name) {
    if (name == "tomorrow") return Snooze::tomorrow;
    if (name == "week") return Snooze::week;
    return std::nullopt;
}

Instant snoozed_until(Snooze snooze, Instant now, const Zone& zone) {
    const local_days today{zone.date_of(now)};
    return morning_of(today + (snooze == Snooze::week ? days(7) : days(1)), zone);
}

}  // namespace vv::core
