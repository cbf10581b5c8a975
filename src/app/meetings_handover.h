// app/meetings_handover.h — a guest who turns out to have an account gets the meeting on their page.
#pragma once

#include "core/accounts.h"
#include "core/people.h"
#include "store/database.h"

namespace vv::app {

/// Whatever the organiser has open with this person as a guest: the person's account holds a copy of it from
/// now on, with what the guest has answered so far, and is written to as an account. The guest's links go on
/// working. Called when the two are linked.
void hand_over_meetings(store::Tx& tx, core::AccountId organiser, core::PersonId person,
                        const core::Account& account);

}  // namespace vv::app
