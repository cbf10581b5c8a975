#include "app/meetings.h"
#include "app/meetings_changes.h"
#include "app/meetings_mail.h"
#include "app/meetings_view.h"
#include "app/texts.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/blocks.h"

#include <utility>

namespace vv::app {
namespace {

using core::Side;
using store::meetings::Invitee;
using store::meetings::Record;

constexpr std::chrono::hours kDay{24};
constexpr int kStrangersADay = 5;
constexpr int kGuestsADay = 20;

/// Whom the caller means, and what stands between the two.
struct Invited {
    std::optional<core::Account> account;
    std::optional<Invitee> person;
    std::string email;       // a guest's
    bool is_hidden = false;  // the invitee keeps the caller away; the caller must not notice
};

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

Result<Invited> find_invited(store::Tx& tx, const Caller& caller, const ProposeMeeting& input) {
    if (input.person.has_value() == !input.account.empty())
        return Error{Fault::invalid, "meeting.nobody", "Say whom to meet: a person of yours, or an account."};
    Invited invited;
    if (input.person) {
        TRY(invited.person, store::meetings::invitee(tx, caller.account, *input.person));
        if (invited.person->account) invited.account = store::accounts::find(tx, *invited.person->account);
    } else {
        TRY(const std::string handle, core::check_handle(input.account));
        invited.account = store::accounts::find_by_handle(tx, handle);
        if (!invited.account)
            return Error{Fault::not_found, "account.unknown", "There is no account of this name."};
        invited.person = store::meetings::invitee(tx, caller.account, invited.account->id);
    }
    CHECK(check_blocks(tx, caller, invited));
    if (invited.account || input.email.empty()) return invited;
    TRY(invited.email, core::check_email(input.email));
    return invited;
}

// A link is both sides' word that they know each other, so asking for a purpose without one tells nothing
// new.
bool is_stranger(const Invited& invited) {
    if (invited.account) return !invited.person || invited.person->account != invited.account->id;
    return invited.person->relation == core::Relation::stranger;
}

Result<core::Meeting> propose_to(const Invited& invited, const Caller& caller, const ProposeMeeting& input) {
    core::Proposal proposal = input.proposal;
    proposal.to_stranger = is_stranger(invited);
    if (proposal.zone.empty()) proposal.zone = caller.zone.name();
    if (!Zone::find(proposal.zone))
        return Error{Fault::invalid, "zone.unknown", "The time zone is a name like Europe/Paris."};
    return core::propose(proposal, {input.desk.ids->next(caller.now)}, random_token(18), caller.now);
}

Result<MeetingTable> lay_table(store::Tx& tx, const Invited& invited, const Caller& caller,
                               const ProposeMeeting& input) {
    const auto organiser = store::accounts::find(tx, caller.account);
    if (!organiser) return Error{Fault::not_found, "account.unknown", "There is no such account."};
    MeetingTable table;
    table.organiser = *organiser;
    TRY(table.home.meeting, propose_to(invited, caller, input));
    table.home.is_first = !invited.person || !invited.person->first_met;
    if (invited.person) table.home.identity = invited.person->identity;
    table.home.with_name = invited.account ? invited.account->full_name : invited.person->name;
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
    theirs.with_account = organiser->id;
    theirs.with_name = organiser->full_name;
    theirs.has_peer = true;
    const std::optional<Invitee> known = store::meetings::invitee(tx, invited.account->id, organiser->id);
    theirs.is_first = !known || !known->first_met;
    if (known) theirs.identity = known->identity;
    table.theirs = std::move(theirs);
    return table;
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
    if (table.guest && !table.guest->email.empty() && made.to_guests >= kGuestsADay)
        return used_up("many_mails",
                       "Twenty invitations by mail in a day are the limit; pass on a link instead.");
    if (!table.home.meeting.to_stranger || !table.invitee) return Done{};
    if (store::meetings::has_open_proposal(tx, caller.account, table.invitee->id))
        return Error{Fault::conflict, "meeting.open_already", "You have asked already; wait for the answer."};
    return Done{};
}

}  // namespace

Result<MeetingView> propose_meeting(store::Tx& tx, Caller caller, ProposeMeeting input) {
    TRY(const Invited invited, find_invited(tx, caller, input));
    TRY(MeetingTable table, lay_table(tx, invited, caller, input));
    CHECK(check_day(tx, caller, table));
    start_meeting(tx, table, input.desk, caller.now);
    TRY(MeetingView view, view_meeting(tx, caller, table.home.meeting.id));
    if (table.guest) view.invitation_link = make_guest_link(tx, table, input.desk, caller.now);
    return view;
}

Result<MeetingPreview> preview_meeting(store::Tx& tx, Caller caller, ProposeMeeting input) {
    TRY(const Invited invited, find_invited(tx, caller, input));
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
