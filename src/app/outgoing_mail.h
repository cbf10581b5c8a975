// app/outgoing_mail.h — a mail as a use case hands it to the outbox: kind "mail", sent later by a job.
#pragma once

#include <string>

namespace vv::app {

/// One mail to one address. What is empty is left out of the message.
struct OutgoingMail {
    std::string to;                // an address, without a name
    std::string subject;           // one line, UTF-8
    std::string text;              // plain text, UTF-8, lines ended by "\n"
    std::string html;              // the same for programs that show it; never without `text`
    std::string ics;               // an iCalendar object (RFC 6047), with the method below
    std::string ics_method;        // "REQUEST", "CANCEL", "REPLY"
    std::string reply_to;          // an address
    std::string list_unsubscribe;  // an https URL that stops further mail with one POST (RFC 8058)
};

}  // namespace vv::app
