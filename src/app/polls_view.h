// app/polls_view.h — a poll as its organiser and its voters may see it.
#pragma once

#include "app/polls.h"
#include "app/polls_mail.h"
#include "core/visibility.h"

#include <string>
#include <vector>

namespace vv::app {

/// A poll and its organiser. `not_found` poll.unknown.
Result<PollTable> load_poll(store::Tx& tx, core::AccountId owner, core::PollId poll);

/// With how the times stand, while it is open.
PollView view_as_organiser(store::Tx& tx, const Caller& caller, const PollTable& table);
/// A list of polls of the organiser's: without how their times stand, for which everybody's free time is
/// read.
std::vector<PollView> view_as_organiser(store::Tx& tx, const core::Account& organiser,
                                        std::vector<store::polls::Record> records);
/// Whom the voter's account keeps away, or who keeps it away, is not named.
PollView view_as_voter(store::Tx& tx, const PollTable& table, int voter);
/// The same of all seats of an account, in their order. Up to five statements.
std::vector<PollView> view_as_voter(store::Tx& tx, const core::Account& account, const core::Blocks& blocks,
                                    const std::vector<store::polls::Seat>& seats);

/// How the times stand: the answers, the organiser's appointments, and the free time of who shares it.
std::vector<core::PollStanding> poll_standings(store::Tx& tx, const Caller& organiser,
                                               const PollTable& table);

/// The names of the others who are asked, as the voter at this place in the record may read them.
std::vector<std::string> company_of(store::Tx& tx, const PollTable& table, std::size_t at);

}  // namespace vv::app
