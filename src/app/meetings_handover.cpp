#include "app/meetings_handover.h"

#include "app/meetings_table.h"

#include <array>
#include <utility>

namespace vv::app {
namespace {

void hand_over(store::Tx& tx, MeetingTable& table, const core::Account& account) {
    const auto known = store::meetings::invitee(tx, account.id, table.organiser.id);
    store::meetings::Record theirs;
    theirs.meeting = table.copy_of(core::Side::invitee);
    theirs.with_account = table.organiser.id;
    theirs.with_name = table.organiser.full_name;
    theirs.has_peer = true;
    theirs.is_first = !known || !known->first_met;
    if (known) theirs.identity = known->identity;
    table.home.with_account = account.id;
    table.home.has_peer = true;
    table.invitee = account;
    table.theirs = std::move(theirs);
    save_table(tx, table);
}

}  // namespace

void hand_over_meetings(store::Tx& tx, core::AccountId organiser, core::PersonId person,
                        const core::Account& account) {
    const std::array people{person};
    for (const core::MeetingId id : store::meetings::open_with(tx, organiser, people, {})) {
        Result<MeetingTable> table = load_table(tx, organiser, id);
        const bool is_guests = table && table->organiser.id == organiser && table->guest && !table->invitee;
        if (is_guests) hand_over(tx, *table, account);
    }
}

}  // namespace vv::app
