#include "app/meetings_invited.h"

#include "store/accounts.h"
#include "store/blocks.h"

#include <utility>

namespace vv::app {
namespace {

using store::meetings::Invitee;
using store::meetings::Record;

Error you_blocked() {
    return {Fault::conflict, "meeting.you_blocked", "You have blocked this person; unblock them first."};
}
Error yourself() {
    return {Fault::invalid, "meeting.yourself", "A meeting takes somebody else."};
}

Result<Done> check_blocks(store::Tx& tx, const Caller& caller, Invited& invited) {
    if (invited.person && invited.person->is_blocked) return you_blocked();
    if (!invited.account) return Done{};
    if (invited.account->id == caller.account) return yourself();
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    if (blocks.is_mine(invited.account->id)) return you_blocked();
    invited.is_hidden = blocks.hides(invited.account->id);
    return Done{};
}

}  // namespace

bool Invited::is_stranger() const {
    if (account) return !person || person->account != account->id;
    return person->relation == core::Relation::stranger;
}

const std::string& Invited::name() const {
    return account ? account->full_name : person->name;
}

Result<Invited> find_invited(store::Tx& tx, const Caller& caller, const std::optional<core::PersonId>& person,
                             const std::string& account, const std::string& email) {
    if (person.has_value() == !account.empty())
        return Error{Fault::invalid, "meeting.nobody", "Say whom to meet: a person of yours, or an account."};
    Invited invited;
    if (person) {
        TRY(invited.person, store::meetings::invitee(tx, caller.account, *person));
        if (invited.person->account) invited.account = store::accounts::find(tx, *invited.person->account);
    } else {
        TRY(const std::string handle, core::check_handle(account));
        invited.account = store::accounts::find_by_handle(tx, handle);
        if (!invited.account)
            return Error{Fault::not_found, "account.unknown", "There is no account of this name."};
        invited.person = store::meetings::invitee(tx, caller.account, invited.account->id);
    }
    CHECK(check_blocks(tx, caller, invited));
    if (invited.account || email.empty()) return invited;
    TRY(invited.email, core::check_email(email));
    return invited;
}

MeetingTable seat(store::Tx& tx, core::Account organiser, const Invited& invited, core::Meeting meeting) {
    MeetingTable table;
    table.organiser = std::move(organiser);
    table.home.meeting = std::move(meeting);
    table.home.is_first = !invited.person || !invited.person->first_met;
    if (invited.person) table.home.identity = invited.person->identity;
    table.home.with_name = invited.name();
    if (!invited.account) {
        table.guest = store::meetings::Guest{invited.email, table.home.meeting.zone, {}, {}, {}};
        return table;
    }
    table.invitee = invited.account;
    table.home.with_account = invited.account->id;
    if (invited.is_hidden) return table;
    table.home.has_peer = true;
    Record theirs;
    theirs.meeting = core::mirrored(table.home.meeting);
    theirs.with_account = table.organiser.id;
    theirs.with_name = table.organiser.full_name;
    theirs.has_peer = true;
    const std::optional<Invitee> known =
        store::meetings::invitee(tx, invited.account->id, table.organiser.id);
    theirs.is_first = !known || !known->first_met;
    if (known) theirs.identity = known->identity;
    table.theirs = std::move(theirs);
    return table;
}

}  // namespace vv::app
