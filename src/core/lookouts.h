// core/lookouts.h — somebody goes to a meeting, and a friend looks out: where, with whom, until when; and
// what happens when no word comes afterwards.
//
// When the time is over its owner is asked "home safe?". Unanswered for as long as was said beforehand, the
// friend is told, and nobody else. Only the owner's own acts change a lookout: that the other side of the
// meeting cancels or moves it does not, so that nobody can silence it by that. What state it is in follows
// from the clock alone, whether or not a job has run.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "core/meetings.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

using LookoutId = Id<struct LookoutTag>;

/// watching → asking (the time is over) → raised (no word came: the friend is told); safe by the owner's
/// word, even late; called off with the meeting, by its owner.
enum class LookoutState { watching, asking, raised, safe, called_off };
std::string_view to_string(LookoutState state);

struct Lookout {
    LookoutId id;
    MeetingId meeting;
    std::string place;    // where, as the friend reads it
    std::string company;  // with whom
    std::string zone;     // of the place
    Instant start;
    Instant until;
    std::chrono::minutes grace{60};
    std::string friend_name;   // may be empty
    std::string friend_email;  // likewise: then the friend has the link alone
    Instant created_at;
    std::optional<Instant> asked_at;
    std::optional<Instant> raised_at;  // the friend was told
    std::optional<Instant> safe_at;
    std::optional<Instant> called_off_at;
    bool operator==(const Lookout&) const = default;

    /// From when on the friend is told.
    [[nodiscard]] Instant alarm_at() const { return until + grace; }
    [[nodiscard]] bool is_answered() const { return safe_at || called_off_at; }
};

struct LookoutLimits {
    std::size_t place = 500, company = 200, friend_name = 80;  // bytes
    std::chrono::minutes least_grace{15}, most_grace{240};
    std::chrono::hours after{24};          // at most so long after the meeting's end
    std::chrono::hours kept_answered{24};  // everything is deleted so long after the owner's word
    std::chrono::hours kept_raised{72};    // and so long after the friend was told, if none comes
};
inline constexpr LookoutLimits kLookoutLimits{};

/// A new one for a meeting that is agreed. Faults: `invalid` lookout.until (past, before the meeting begins
/// or a day after its end), lookout.grace, lookout.place, lookout.company, lookout.friend (empty where there
/// must be text, too long, or no plain line); those of check_email().
Result<Lookout> look_out(Lookout wanted, const Span& meeting, Instant now);

LookoutState state_of(const Lookout& lookout, Instant now);

/// The owner's word. Twice changes nothing; `conflict` lookout.over once it is called off.
Result<Lookout> come_home(Lookout lookout, Instant now);
/// It takes longer: `invalid` lookout.until unless it is later than before and within a day from now,
/// `conflict` lookout.over once it is answered or the friend is told.
Result<Lookout> stay_longer(Lookout lookout, Instant until, Instant now);
/// The owner has called the meeting off; what is answered stays as it is.
Lookout call_off(Lookout lookout, Instant now);

/// When it is to be looked at next; nothing once nobody is to be asked or told any more.
std::optional<Instant> due_next(const Lookout& lookout);
/// When all of it is deleted.
Instant gone_at(const Lookout& lookout);

}  // namespace vv::core
