// app/meetings_guest.h — an invitation in the hands of someone without an account: whoever has the private
// link.
//
// The guest does what an invitee with an account does, on the same meeting, under the same rules. What the
// guest's page shows is what stands here: nothing of the organiser but the name before a time is agreed.
#pragma once

#include "app/meetings.h"
#include "core/accounts.h"
#include "core/meetings.h"
#include "formats/icalendar_write.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct GuestInvitation {
    core::Meeting meeting;   // the guest's copy, with private addresses withheld
    std::vector<int> taken;  // numbers of times that have gone to somebody else
    std::string organiser;   // the name
    std::string guest;
    std::string title;
    std::string locale;
    Zone zone;                              // in which the guest reads times
    Zone meeting_zone;                      // of the place
    std::string email;                      // the guest's own; may be empty
    std::optional<MeetingContact> contact;  // the organiser's, once a time is agreed
    std::string stop_token;                 // for a guest with an address
};

/// `not_found` invitation.unknown.
Result<GuestInvitation> open_invitation(store::Tx& tx, std::string token);

enum class GuestReply { accept, decline, counter, cancel, met, missed, not_there, absent, called_off };
struct AnswerInvitation {
    std::string token;
    GuestReply reply = GuestReply::accept;
    core::Acceptance acceptance;  // accept
    core::MeetingOffer offer;     // counter; also moves what was agreed
    std::string message;          // cancel; absent: an excuse
    std::string zone;             // IANA; empty or unknown: as before
    std::string email;  // for a guest whose address is not known yet, where changes are told; may be empty
    MeetingDesk desk;
    Instant now;
};
/// Faults: core's; `not_found` invitation.unknown; `invalid` email.invalid; `too_many` meeting.many_mails.
Result<GuestInvitation> answer_invitation(store::Tx& tx, AnswerInvitation input);

/// The meeting as a file for the guest's calendar.
Result<std::string> guest_calendar(store::Tx& tx, std::string token);

}  // namespace vv::app
