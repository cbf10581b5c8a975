#include "app/meetings.h"
#include "app/meetings_changes.h"
#include "app/meetings_invited.h"
#include "app/meetings_mail.h"
#include "app/meetings_view.h"
#include "app/texts.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/polls.h"

#include <utility>

namespace vv::app {
namespace {

using core::Side;
constexpr std::chrono::hours kDay{24};
constexpr int kStrangersADay = 5;
constexpr int kToOneADay = 10;

Result<core::Meeting> propose_to(const Invited& invited, const Caller& caller, const ProposeMeeting& input) {
    core::Proposal proposal = input.proposal;
    proposal.to_stranger = invited.is_stranger();
    if (proposal.zone.empty()) proposal.zone = caller.zone.name();
    if (!Zone::find(proposal.zone))
        return Error{Fault::invalid, "zone.unknown", "The time zone is a name like Europe/Paris."};
    return core::propose(proposal, {input.desk.ids->next(caller.now)}, random_token(18), caller.now);
}

Result<MeetingTable> lay_table(store::Tx& tx, const Invited& invited, const Caller& caller,
                               const ProposeMeeting& input) {
    const auto organiser = store::accounts::find(tx, caller.account);
    if (!organiser) return Error{Fault::not_found, "account.unknown", "There is no such account."};
    TRY(core::Meeting meeting, propose_to(invited, caller, input));
    return seat(tx, *organiser, invited, std::move(meeting));
}

Error used_up(std::string code, std::string detail) {
    Error error{Fault::too_many, "meeting." + std::move(code), std::move(detail)};
    error.retry_after = std::chrono::hours(1);
    return error;
}

Result<Done> check_day(store::Tx& tx, const Caller& caller, const MeetingTable& table) {
    const auto made = store::meetings::proposals_since(tx, caller.account, caller.now - kDay);
    if (table.home.meeting.to_stranger && made.to_strangers >= kStrangersADay)
        return used_up("many_strangers",
                       "You have written to five strangers in a day; the next one can wait a day.");
    const bool is_mailed = table.guest && !table.guest->email.empty();
    if (is_mailed &&
        made.to_guests + store::polls::mailed_since(tx, caller.account, caller.now - kDay) >= kGuestsADay)
        return used_up("many_mails",
                       "Twenty invitations by mail in a day are the limit; pass on a link instead.");
    if (!table.invitee) return Done{};
    if (store::meetings::proposed_since(tx, caller.account, table.invitee->id, caller.now - kDay) >=
        kToOneADay)
        return used_up("many_to_one",
                       "Ten proposals to one person in a day are the limit; the next one can wait a day.");
    if (!table.home.meeting.to_stranger) return Done{};
    if (store::meetings::has_open_proposal(tx, caller.account, table.invitee->id))
        return Error{Fault::conflict, "meeting.open_already", "You have asked already; wait for the answer."};
    return Done{};
}

}  // namespace

Result<MeetingView> propose_meeting(store::Tx& tx, Caller caller, ProposeMeeting input) {
    TRY(const Invited invited, find_invited(tx, caller, input.person, input.account, input.email));
    TRY(MeetingTable table, lay_table(tx, invited, caller, input));
    CHECK(check_day(tx, caller, table));
    start_meeting(tx, table, input.desk, caller.now);
    TRY(MeetingView view, view_meeting(tx, caller, table.home.meeting.id));
    if (table.guest) view.invitation_link = make_guest_link(tx, table, input.desk, caller.now);
    return view;
}

Result<MeetingPreview> preview_meeting(store::Tx& tx, Caller caller, ProposeMeeting input) {
    TRY(const Invited invited, find_invited(tx, caller, input.person, input.account, input.email));
    TRY(const MeetingTable table, lay_table(tx, invited, caller, input));
    // Behind a block there is no copy to write to; the letter is the same.
    MeetingTable seen = table;
    if (!seen.has(Side::invitee)) seen.theirs.emplace().meeting = core::mirrored(table.home.meeting);
    const Texts& texts = Texts::of(table.locale_of(Side::invitee));
    const std::string shown = texts.say("mail.link.preview");
    const OutgoingMail mail =
        write_letter(seen, {Side::invitee, MeetingNews::proposed, false, shown, table.guest ? shown : ""},
                     input.desk, caller.now);
    const std::string& name = table.name_of(Side::invitee);
    MeetingPreview preview;
    preview.to = invited.email.empty() ? name : name + " <" + invited.email + ">";
    preview.subject = mail.subject;
    preview.text = mail.text;
    preview.warnings = core::warnings(table.home.meeting, table.home.is_first, table.meeting_zone());
    return preview;
}

}  // namespace vv::app
