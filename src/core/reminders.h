// core/reminders.h — nudges with a reason, and which of them an owner gets.
//
// A reminder is made once: `kind` and `about` together name its reason, and the same reason never comes
// twice. How many come is the owner's choice and holds for every seven days in a row, whatever waits: the
// best first, of several kinds rather than of one, and with a part kept for what cannot wait. Nothing counts
// in a row, nothing is lost by not answering. docs/reminders.md has the kinds and the weights.
#pragma once

#include "core/encounters.h"
#include "core/meetings.h"
#include "core/trips_hours.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

using ReminderId = Id<struct ReminderTag>;

/// Stored by name, so that a further kind is a name more.
enum class ReminderKind {
    prepare,    // a meeting is near: who is it, what was traded last, what was promised
    confirm,    // a meeting is past, and nobody has said what came of it
    follow_up,  // a next step was promised, and nothing has happened since
    birthday,   // within a week
    cold,       // longer silent than the two usually are, or than the owner wants
    pace,       // well behind the goal that the owner set
    trip,       // a tie's trip, which they share, meets the owner's home or trip
};
inline constexpr std::size_t kReminderKinds = 7;
std::string_view to_string(ReminderKind kind);
std::optional<ReminderKind> parse_reminder_kind(std::string_view name);
/// Whether it is too late after a day or two: a part of what an owner allows is kept for these.
bool cannot_wait(ReminderKind kind);

/// Whose trip gave the reason, as it was then: moved, or shared no more, it is none.
struct TripBehind {
    AccountId owner;
    TripId trip;
    Span when;
    std::optional<TripId> own;  // the reader's that it meets; nothing: their home
    auto operator<=>(const TripBehind&) const = default;
};

struct Reminder {
    ReminderKind kind = ReminderKind::cold;
    std::string about;  // the reason within its kind: "meeting/12/1764331200000", "birthday/34/2026"
    std::optional<PersonId> person;
    std::optional<MeetingId> meeting;
    std::optional<EncounterId> encounter;
    std::optional<Instant> at;       // of the meeting: one that was moved is another reason
    std::optional<Instant> touched;  // the last time of contact behind it: a later one answers it
    std::optional<TripBehind> trip;
    Instant due;
    Instant until;                 // pointless from then on
    std::string text;              // a plain sentence
    std::vector<std::string> why;  // and what it rests on, a sentence each
    double weight = 0;
    bool operator==(const Reminder&) const = default;
};

struct ReminderSettings {
    int a_week = 5;  // 0: none
    std::vector<ReminderKind> muted;
    bool digest = true;  // one mail a week with what is open
    std::chrono::weekday digest_day = std::chrono::Monday;
    std::optional<Instant> paused_until;
    bool operator==(const ReminderSettings&) const = default;

    [[nodiscard]] bool is_muted(ReminderKind kind) const;
    [[nodiscard]] bool is_paused(Instant now) const { return paused_until && *paused_until > now; }
};
inline constexpr int kMostRemindersAWeek = 50;

/// A reminder that was made before.
struct PastReminder {
    ReminderKind kind = ReminderKind::cold;
    Instant made;
};
inline constexpr std::chrono::days kReminderWeek{7};

/// Which of `candidates`, none of them made before, are made now: at most as many as the settings leave after
/// those made within the last seven days (`made`), none muted or past its time, no two about one person. Best
/// first, where each further one of a kind within the week counts half. The order given does not matter.
std::vector<Reminder> choose_reminders(std::vector<Reminder> candidates, const ReminderSettings& settings,
                                       std::span<const PastReminder> made, Instant now);

/// When reminders are made next: at seven in the morning of the owner's next day that has not come to it yet.
Instant next_morning(Instant now, const Zone& zone);
/// The latest such morning, not after `now`, of the weekday on which the mail goes out.
Instant latest_digest_morning(Instant now, std::chrono::weekday day, const Zone& zone);

/// Until when one rests that is put off.
enum class Snooze { tomorrow, week };
std::optional<Snooze> parse_snooze(std::string_view name);
/// The morning of the next day, or of the same weekday a week later.
Instant snoozed_until(Snooze snooze, Instant now, const Zone& zone);

}  // namespace vv::core
