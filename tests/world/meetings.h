// world/meetings.h — two accounts and a person without one, for everything about meetings.
#pragma once

#include "app/meetings.h"
#include "app/outgoing_mail.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace vv::world {

inline const Instant kNow = *parse_rfc3339("2026-11-20T18:28:00Z");
inline const core::AccountId kAnn{7};      // the organiser, in Toronto
inline const core::AccountId kBob{8};      // in Paris; not linked with Ann
inline const core::PersonId kMeiling{20};  // Ann's person, without an account

/// Adds them; the accounts' addresses are proven.
void add_people(store::Database& db);
/// The account says the same address, but nobody has proven it.
void unprove_address(store::Database& db, core::AccountId account);
app::Caller as(core::AccountId account, Instant now = kNow);
app::MeetingDesk desk();

/// A dinner on two evenings at two places, one of them private.
core::Proposal dinner();
app::ProposeMeeting to_bob();
app::ProposeMeeting to_meiling(std::string email = "meiling@example.com");
/// A yes to the times with these numbers, at the first place.
core::Acceptance yes_to(int slot, int place = 1);

/// Every mail written since the last call, by address, taken out of the outbox.
std::vector<app::OutgoingMail> take_mails(store::Database& db);
/// The token in a mail's link "…/m/TOKEN" or "…/stop/TOKEN".
std::string token_in(const std::string& text, const std::string& before);

}  // namespace vv::world
