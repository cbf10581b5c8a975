// core/meetings_offers.h — what may be put on the table: times, places and texts are checked here.
#pragma once

#include "core/meetings.h"

namespace vv::core {

enum class Links { allowed, refused };

/// Puts the times and places that `meeting.me` offers into the meeting, numbered after those it has had, and
/// says until when it is open. Faults: see propose().
Result<Meeting> lay_out(Meeting meeting, const MeetingOffer& offer, Links links, Instant now);

/// The texts that stay with the meeting. Faults: see propose().
Result<Done> check_words(const Proposal& proposal);

Result<Done> check_message(std::string_view message);

}  // namespace vv::core
