#include "app/meetings_guest.h"

#include "app/meetings_changes.h"
#include "app/meetings_mail.h"
#include "app/meetings_table.h"
#include "app/stop_links.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "core/meetings_offers.h"
#include "core/no_shows.h"

#include <utility>

namespace vv::app {
namespace {

using core::MeetingState;
using core::Side;

Error unknown() {
    return {Fault::not_found, "invitation.unknown",
            "This link leads nowhere; copy it from the mail as a whole."};
}

Result<MeetingTable> table_of(store::Tx& tx, const std::string& token) {
    const auto linked = store::meetings::find_by_link(tx, sha256_hex(token));
    if (!linked) return unknown();
    Result<MeetingTable> table = load_table(tx, linked->owner, linked->meeting);
    if (!table || !table->guest) return unknown();
    return table;
}

GuestInvitation show(store::Tx& tx, const MeetingTable& table) {
    GuestInvitation shown;
    shown.meeting = table.copy_of(Side::invitee);
    shown.organiser = table.name_of(Side::organiser);
    shown.guest = table.name_of(Side::invitee);
    shown.title = table.title_for(Side::invitee);
    shown.locale = table.locale_of(Side::invitee);
    shown.zone = table.zone_of(Side::invitee);
    shown.meeting_zone = table.meeting_zone();
    shown.email = table.guest->email;
    if (!shown.email.empty()) shown.stop_token = stop_token(tx, shown.email);
    const MeetingState state = shown.meeting.state;
    const std::string email = table.email_of(Side::organiser);
    if ((state == MeetingState::scheduled || state == MeetingState::met) && !email.empty())
        shown.contact = MeetingContact{email};
    const std::vector<Span> taken = taken_from(tx, table, Side::invitee);
    for (const core::Slot& slot : shown.meeting.slots)
        if (core::is_taken(slot, taken)) shown.taken.push_back(slot.number);
    for (core::MeetingPlace& place : shown.meeting.places) {
        if (shown.meeting.shows_address_of(place)) continue;
        place.address.clear();
        place.at.reset();
    }
    return shown;
}

// The guest's own address, for who got the link by hand.
Result<Done> take_address(store::Tx& tx, MeetingTable& table, const AnswerInvitation& input) {
    if (input.email.empty() || !table.guest->email.empty()) return Done{};
    TRY(const std::string email, core::check_email(input.email));
    if (!count_try(tx, Throttle::guest_mail, email, input.now))
        return Error{Fault::too_many, "meeting.many_mails",
                     "This address has had enough mail today; try tomorrow."};
    table.guest->email = email;
    return Done{};
}

core::Outcome outcome_of(GuestReply reply) {
    switch (reply) {
        case GuestReply::met:
            return core::Outcome::met;
        case GuestReply::not_there:
            return core::Outcome::not_there;
        case GuestReply::absent:
            return core::Outcome::absent;
        case GuestReply::called_off:
            return core::Outcome::called_off;
        default:
            return core::Outcome::missed;
    }
}

Result<core::Meeting> say_outcome(core::Meeting mine, const AnswerInvitation& input) {
    TRY(mine, core::say_outcome(std::move(mine), outcome_of(input.reply), input.now));
    if (input.reply != GuestReply::absent || input.message.empty()) return mine;
    return core::excuse(std::move(mine), input.message);
}

MeetingChange change_for(const AnswerInvitation& input, std::vector<Span> taken) {
    return [&input, taken = std::move(taken)](core::Meeting mine) -> Result<core::Meeting> {
        switch (input.reply) {
            case GuestReply::accept: {
                TRY(const core::Acceptance free, core::still_free(mine, input.acceptance, taken));
                return core::accept(std::move(mine), free, input.now);
            }
            case GuestReply::decline:
                return core::decline(std::move(mine), input.now);
            case GuestReply::counter:
                return core::offer(std::move(mine), input.offer, input.now);
            case GuestReply::cancel:
                return core::cancel(std::move(mine), input.message, input.now);
            default:
                return say_outcome(std::move(mine), input);
        }
    };
}

}  // namespace

Result<GuestInvitation> open_invitation(store::Tx& tx, std::string token) {
    TRY(const MeetingTable table, table_of(tx, token));
    return show(tx, table);
}

Result<GuestInvitation> answer_invitation(store::Tx& tx, AnswerInvitation input) {
    TRY(MeetingTable table, table_of(tx, input.token));
    CHECK(count_try(tx, Throttle::guest_answers, to_string(table.home.meeting.id), input.now));
    if (Zone::find(input.zone)) table.guest->zone = input.zone;
    CHECK(take_address(tx, table, input));
    CHECK(change_meeting(tx, table, Side::invitee, change_for(input, taken_from(tx, table, Side::invitee)),
                         input.desk, input.now));
    save_table(tx, table);
    return show(tx, table);
}

Result<std::string> guest_calendar(store::Tx& tx, std::string token) {
    TRY(const MeetingTable table, table_of(tx, token));
    const formats::CalendarEvent event = calendar_event(
        table.copy_of(Side::invitee), table.title_for(Side::invitee), table.locale_of(Side::invitee));
    return formats::write_calendar(formats::CalendarMethod::publish, std::span(&event, 1));
}

}  // namespace vv::app
