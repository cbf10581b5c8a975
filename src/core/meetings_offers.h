// core/meetings_offers.h — what may be put on the table: times, places and texts are checked here.
#pragma once

#include "core/meetings.h"

#include <span>

namespace vv::core {

enum class Links { allowed, refused };

/// Puts the times and places that `meeting.me` offers into the meeting, numbered after those it has had, and
/// says until when it is open. Faults: see propose().
Result<Meeting> lay_out(Meeting meeting, const MeetingOffer& offer, Links links, Instant now);

/// The texts that stay with the meeting. Faults: see propose().
Result<Done> check_words(const Proposal& proposal);

Result<Done> check_message(std::string_view message);

/// Whether a time on the table has gone to somebody else: `taken` is what the side that offered it has agreed
/// to meanwhile. A time of more than half a day has room for other meetings.
bool is_taken(const Slot& slot, std::span<const Span> taken);

/// The answer without its wishes for times that are taken by now. `conflict` meeting.slot_taken when nothing
/// that suits is left.
Result<Acceptance> still_free(const Meeting& mine, Acceptance answer, std::span<const Span> taken);

}  // namespace vv::core
