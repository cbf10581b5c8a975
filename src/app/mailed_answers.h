// app/mailed_answers.h — answers that calendar programs send by mail to what was asked by mail.
//
// Anybody can write to the server's mailbox, and say to be anybody. An answer counts only when it comes to
// the address that this one reader's calendar entry named as its organiser: the mailbox's with a tag that
// nobody else can make, a keyed hash of the entry's UID and the side. Beside that its sender and its attendee
// must be who was asked, and it must be to what is on the table now (SEQUENCE).
#pragma once

#include "app/meetings.h"
#include "core/meetings.h"
#include "formats/calendar_reply.h"
#include "store/database.h"

#include <string>
#include <string_view>

namespace vv::app {

/// Where one side's calendar program sends its answers: "visavis+TAG@example.org" of the mailbox
/// "visavis@example.org". Empty without a mailbox.
std::string answers_address(store::Tx& tx, std::string_view mailbox, std::string_view uid, core::Side side);

/// What an answer did.
enum class MailedAnswer {
    taken,    // accepted, declined, cancelled, another time suggested, or noted as "if need be"
    known,    // it says what is so already
    outdated  // to an offer that is no longer on the table, or to a meeting that is over: nothing changed
};
std::string_view to_string(MailedAnswer what);

/// Does what the answer says as its side would on its page, under the same rules: ACCEPTED takes the time in
/// the entry, DECLINED says no or cancels what was agreed, TENTATIVE is kept as an "if need be", a COUNTER
/// suggests its time. Faults: `forbidden` reply.not_ours (another UID, address or tag than we gave out: all
/// look the same), `too_many` as a guest's.
Result<MailedAnswer> take_mailed_answer(store::Tx& tx, const formats::CalendarReply& reply,
                                        const MeetingDesk& desk, Instant now);

}  // namespace vv::app
