// app/account_mails.h — what the server writes to people about their own account. Plain words, no more than
// needed, and never anything that a stranger who asked for the mail could use.
#pragma once

#include "app/outgoing_mail.h"
#include "core/accounts.h"

#include <string>

namespace vv::app {

/// "Confirm your e-mail address": to `address`, which may be one that the account means to change to.
OutgoingMail confirm_address_mail(const core::Account& account, const std::string& address,
                                  const std::string& link);
/// To who has an account with this address already, when somebody made another one with it.
OutgoingMail address_in_use_mail(const core::Account& account, const std::string& base_url);
/// "Choose a new password", to who asked for it or somebody in their name.
OutgoingMail reset_password_mail(const core::Account& account, const std::string& link);
/// Told after every change, so that one that was not theirs does not go unseen.
OutgoingMail password_changed_mail(const core::Account& account, const std::string& base_url);
/// "Your account is on its way out": until when it can be kept, and how.
OutgoingMail leaving_mail(const core::Account& account, Instant at, const std::string& base_url);
/// To the old address, when a new one has been asked for.
OutgoingMail address_changing_mail(const core::Account& account, const std::string& base_url);

}  // namespace vv::app
