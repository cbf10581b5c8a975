// app/introductions_mail.h — what is written to the three of an introduction, and to ties who are asked.
#pragma once

#include "app/introductions_table.h"
#include "app/outgoing_mail.h"
#include "formats/template.h"

#include <string>
#include <string_view>

namespace vv::app {

enum class IntroductionNews { asked, made, not_now, met, thanks, result };

/// The letter to one side; `link` is what its button leads to. Pure.
OutgoingMail write_introduction_letter(const IntroductionTable& table, core::Role to, IntroductionNews news,
                                       const MeetingDesk& desk, const std::string& link,
                                       const std::string& stop_link, Instant now);

/// Tells one side by mail, if it has an address that may be written to.
void tell_of_introduction(store::Tx& tx, const IntroductionTable& table, core::Role to, IntroductionNews news,
                          const MeetingDesk& desk, Instant now);

/// A new private link for a target without an account: the address as a whole.
std::string make_introduction_link(store::Tx& tx, const IntroductionTable& table, const MeetingDesk& desk,
                                   Instant now);

/// A letter to an account: its texts are those of `key` ("mail.ask_sent": subject, lead, action, button, and
/// note if there is one). Empty parts are left out.
struct AccountLetter {
    std::string key;
    std::string from;  // whom the reader knows
    formats::Fields gaps;
    std::string quote_by, quote;
    std::string link;
};
OutgoingMail write_account_letter(const core::Account& to, const AccountLetter& letter,
                                  const MeetingDesk& desk);

}  // namespace vv::app
