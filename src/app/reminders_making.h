// app/reminders_making.h — an account's reminders of a morning, and its weekly mail.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "store/database.h"

#include <string>

namespace vv::app {

/// What the server lends to it.
struct ReminderDesk {
    IdSource* ids = nullptr;
    std::string base_url;   // of the links in mails: "https://example.org"
    std::string mail_from;  // the address that mails come from; empty: this server sends none
};

/// Makes what is due for one account and says when it is next; with the weekly mail, when its day has come.
/// Nothing happens when another server was there first. A constant number of statements, whatever the account
/// holds.
Result<Done> make_reminders(store::Tx& tx, core::AccountId owner, const std::string& zone,
                            const ReminderDesk& desk, Instant now);

/// Looks up birthdays of people whose card was written before it held one, some thousand at a time; whether
/// there are more.
Result<bool> catch_up_birthdays(store::Tx& tx, core::AccountId owner);

}  // namespace vv::app
