// app/reminders_mail.h — the weekly mail with what is open, and the link in it that stops it.
#pragma once

#include "app/outgoing_mail.h"
#include "app/reminders_making.h"
#include "core/accounts.h"
#include "core/reminders.h"
#include "store/reminders.h"

#include <string>
#include <vector>

namespace vv::app {

/// Pure.
OutgoingMail write_digest(const core::Account& account, const std::vector<store::reminders::Row>& open,
                          const ReminderDesk& desk, const std::string& stop_link);

/// Puts this week's mail into the outbox when its morning has come and something is open that no mail has
/// told yet. Only a proven address is written to, and none that asked to be left alone.
void mail_digest(store::Tx& tx, const Caller& caller, const core::ReminderSettings& settings,
                 const ReminderDesk& desk);

/// The secret of an account's link: it needs no row, and stops this mail and nothing else.
std::string digest_token(store::Tx& tx, core::AccountId owner);
/// Whether the link's account gets no weekly mail; `not_found` stop.unknown for a secret that this server did
/// not make.
Result<bool> is_digest_stopped(store::Tx& tx, std::string token);
/// Twice changes nothing.
Result<Done> set_digest_by_link(store::Tx& tx, std::string token, bool wanted);

}  // namespace vv::app
