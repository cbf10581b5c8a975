#include "app/meetings_table.h"

#include "app/texts.h"
#include "store/accounts.h"

#include <utility>

namespace vv::app {

using core::Side;

core::Meeting MeetingTable::copy_of(Side side) const {
    if (side == Side::organiser) return home.meeting;
    if (theirs) return theirs->meeting;
    VV_ASSERT(guest.has_value());
    core::Meeting copy = core::mirrored(home.meeting);
    if (guest->declined_at && copy.state == core::MeetingState::proposed) {
        copy.state = core::MeetingState::declined;
        copy.history.push_back({*guest->declined_at, Side::invitee, core::MeetingEvent::declined});
    }
    return copy;
}

bool MeetingTable::has(Side side) const {
    return side == Side::organiser || theirs || guest;
}

void MeetingTable::put(Side side, const core::Meeting& changed) {
    if (side == Side::organiser) {
        home.meeting = changed;
        if (theirs) theirs->meeting = core::mirrored(changed, theirs->meeting);
    } else {
        if (theirs) theirs->meeting = changed;
        home.meeting = core::mirrored(changed, home.meeting);
    }
    if (!guest) return;
    const bool keeps_decline = side == Side::organiser && changed.state == core::MeetingState::proposed &&
                               changed.asked == Side::invitee;
    if (side == Side::invitee && changed.state == core::MeetingState::declined)
        guest->declined_at = changed.history.back().at;
    else if (!keeps_decline && changed.state != core::MeetingState::declined)
        guest->declined_at.reset();
}

const std::string& MeetingTable::name_of(Side side) const {
    if (side == Side::organiser) return organiser.full_name;
    return invitee ? invitee->full_name : home.with_name;
}

const core::Account* MeetingTable::account_of(Side side) const {
    if (side == Side::organiser) return &organiser;
    return invitee ? &*invitee : nullptr;
}

std::string MeetingTable::title_for(Side side) const {
    return meeting_title(home.meeting, name_of(core::other(side)), locale_of(side));
}

Zone MeetingTable::meeting_zone() const {
    return Zone::find(home.meeting.zone).ok() ? *Zone::find(home.meeting.zone) : organiser.zone;
}

Zone MeetingTable::zone_of(Side side) const {
    if (const core::Account* account = account_of(side)) return account->zone;
    const Result<Zone> chosen = guest ? Zone::find(guest->zone) : Zone::find(home.meeting.zone);
    return chosen ? *chosen : meeting_zone();
}

const std::string& MeetingTable::locale_of(Side side) const {
    const core::Account* account = account_of(side);
    return account ? account->locale : organiser.locale;
}

std::string MeetingTable::email_of(Side side) const {
    if (const core::Account* account = account_of(side))
        return account->email_verified_at ? account->email : std::string();
    return guest ? guest->email : std::string();
}

Result<MeetingTable> load_table(store::Tx& tx, core::AccountId owner, core::MeetingId meeting) {
    TRY(store::meetings::Record own, store::meetings::find(tx, owner, meeting));
    const bool is_organiser = own.meeting.me == Side::organiser;
    const core::AccountId home = is_organiser ? owner : own.with_account.value_or(core::AccountId{});
    const std::optional<core::Account> organiser = store::accounts::find(tx, home);
    if (!organiser)
        return Error{Fault::conflict, "meeting.closed",
                     "The other side is no longer here; this meeting is closed."};
    MeetingTable table;
    table.organiser = *organiser;
    if (is_organiser) {
        table.home = std::move(own);
        if (table.home.with_account) table.invitee = store::accounts::find(tx, *table.home.with_account);
        if (table.home.has_peer && table.invitee) {
            TRY(table.theirs, store::meetings::find(tx, table.invitee->id, meeting));
        }
        table.guest = store::meetings::find_guest(tx, owner, meeting);
        return table;
    }
    table.invitee = store::accounts::find(tx, owner);
    TRY(table.home, store::meetings::find(tx, home, meeting));
    table.theirs = std::move(own);
    return table;
}

void save_table(store::Tx& tx, const MeetingTable& table) {
    store::meetings::save(tx, table.organiser.id, table.home);
    if (table.theirs) store::meetings::save(tx, table.invitee->id, *table.theirs);
    if (table.guest) store::meetings::save_guest(tx, table.organiser.id, table.home.meeting.id, *table.guest);
}

std::string meeting_title(const core::Meeting& meeting, const std::string& other, const std::string& locale) {
    if (!meeting.title.empty()) return meeting.title;
    const std::string key = "kind." + std::string(to_string(meeting.kind)) + ".title";
    return Texts::of(locale).say(key, formats::Fields().set("name", other));
}

}  // namespace vv::app
