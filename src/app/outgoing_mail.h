// app/outgoing_mail.h — a mail as a use case hands it to the outbox: kind "mail", sent later by a job.
//
// Every mail of the server passes send_mail(), which is where the promise is kept that an address that asked
// to be left alone is never written to again by anyone here.
#pragma once

#include "base/result.h"
#include "core/people.h"
#include "store/database.h"
#include "store/payload.h"

#include <string>
#include <string_view>

namespace vv::app {

inline constexpr const char* kMailEffect = "mail";

/// One mail to one address. What is empty is left out of the message.
struct OutgoingMail {
    std::string to;          // an address, without a name
    std::string subject;     // one line, UTF-8
    std::string text;        // plain text, UTF-8, lines ended by "\n"
    std::string html;        // the same for programs that show it; never without `text`
    std::string ics;         // an iCalendar object (RFC 6047), with the method below
    std::string ics_method;  // "REQUEST", "CANCEL", "REPLY"
    std::string reply_to;    // an address
    std::string from_name;   // whom the reader knows: "Ann Lee via Visavis"; the address is the server's
    std::string about;       // whom to tell when the address takes no mail: "meeting/OWNER/ID"
    std::string list_unsubscribe;  // an https URL that stops further mail with one POST (RFC 8058)
};

/// To whom: a person without an account or with an unproven address, or the account that proved the address,
/// for which mail about itself (a new password) is not what it stopped.
enum class Recipient { anyone, holder };

/// What the outbox carries, and back: `invalid` mail.payload without a recipient.
store::Payload to_payload(const OutgoingMail& mail);
Result<OutgoingMail> mail_of(const store::Payload& payload);

/// Puts the mail into the outbox; false when the address asked not to be written to, or a mail with this key
/// is there already (store/outbox.h).
bool send_mail(store::Tx& tx, const std::string& key, core::AccountId owner, const OutgoingMail& mail,
               Recipient recipient, Instant now);

/// Whether what the outbox carries was for Recipient::anyone: then the address is asked again before it is
/// sent.
bool is_for_anyone(const store::Payload& payload);

/// Whether the address, in whatever form, is among those that are never written to again (app/stop_links.h).
bool is_mail_stopped(store::Tx& tx, std::string_view address);
/// What is kept of an address that stopped.
std::string stop_hash(store::Tx& tx, std::string_view address);

}  // namespace vv::app
