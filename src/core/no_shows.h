// core/no_shows.h — who did not come to a meeting, as its two sides say, what excuses it, and when it is
// forgotten.
//
// Both sides say what happened. A no-show is the other's not having come, in the record of who waited and of
// nobody else: it stands once the meeting is missed, the other has not said otherwise, and no excuse was
// accepted. Whoever calls off beforehand, even late, is none.
#pragma once

#include "core/meetings.h"

namespace vv::core {

/// Any word but that they met.
bool is_missed(Outcome outcome);
/// A word that says whose doing it was, so that it is forgotten in time.
bool says_whose(Outcome outcome);

struct NoShowLimits {
    std::size_t excuse = 300;                                // bytes
    std::chrono::hours kept = std::chrono::hours(24 * 180);  // after the meeting's end
};
inline constexpr NoShowLimits kNoShowLimits{};

/// Why this side did not come, for the other to read; in place of what it said before. Faults: `conflict`
/// meeting.not_absent unless this side says that it did not come; `invalid` meeting.excuse (too long, no
/// plain line).
Result<Meeting> excuse(Meeting mine, std::string_view words);
/// This side waited, and it is all right. Twice changes nothing. Faults: `conflict` meeting.no_absence unless
/// the other says that it did not come.
Result<Meeting> accept_excuse(Meeting mine);

/// Whether it stands for this side that the other did not come.
bool stayed_away(const Meeting& mine);

/// When whose doing it was is forgotten; nothing when nobody has said.
std::optional<Instant> faults_until(const Meeting& meeting);

}  // namespace vv::core
