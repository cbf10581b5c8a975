// app/lookouts_mail.h — what is written to the friend who looks out, and to the one who is looked out for.
#pragma once

#include "app/meetings.h"
#include "core/accounts.h"
#include "store/lookouts.h"

#include <string>

namespace vv::app {

/// `asked` and what follows are the friend's; `home` is the question to the owner.
enum class LookoutNews { asked, raised, safe, home };

/// Tells the friend, if there is an address that may be written to, or asks the owner at the proven address.
/// `row` notes that a mail is on its way; save it.
void tell_of_lookout(store::Tx& tx, const core::Account& owner, store::lookouts::Row& row, LookoutNews news,
                     const MeetingDesk& desk, Instant now);

/// A new link: the address as a whole. `is_owners`: one that may answer.
std::string make_lookout_address(store::Tx& tx, core::AccountId owner, core::LookoutId id, bool is_owners,
                                 const MeetingDesk& desk, Instant now);

}  // namespace vv::app
