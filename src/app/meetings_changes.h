// app/meetings_changes.h — one change of a meeting with everything that follows from it.
#pragma once

#include "app/meetings_table.h"

#include <functional>
#include <vector>

namespace vv::app {

using MeetingChange = std::function<Result<core::Meeting>(core::Meeting mine)>;

/// Applies the change to `actor`'s copy, carries it over to the other side's, saves both, and does what it
/// means: who agreed are linked, who say that they met have an encounter, both sides are told, and what falls
/// due next is planned. A change that changes nothing does none of this.
Result<Done> change_meeting(store::Tx& tx, MeetingTable& table, core::Side actor, const MeetingChange& change,
                            const MeetingDesk& desk, Instant now);

/// What the side that offered its times to `asked` has agreed to meanwhile, elsewhere, while they last; of a
/// guest nothing is known.
std::vector<Span> taken_from(store::Tx& tx, const MeetingTable& table, core::Side asked);

/// change_meeting() for a meeting that has just been proposed and has no rows yet.
void start_meeting(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now);

/// start_meeting() for one to which the invitee has said yes beforehand, at its only time and place. The
/// invitee alone is written to.
void start_agreed_meeting(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now);

/// Nobody will answer an open proposal: its time ends now.
Result<Done> run_out_meeting(store::Tx& tx, MeetingTable& table, const MeetingDesk& desk, Instant now);

/// The two proved it: `side` is who `proof` calls "mine".
Result<Done> settle_proof(store::Tx& tx, MeetingTable& table, core::Side side, const ProveMeeting& proof,
                          Instant now);

}  // namespace vv::app
