// app/meetings.h — meetings for two: proposing, answering, changing, and saying what came of them.
//
// The other side has an account here, or is a guest: someone reached by mail, or by a link that the organiser
// passes on. Each side with an account has a copy of its own; every change writes both in the caller's
// transaction, with the mails that tell of it, and what it means for people and encounters. Nobody sees a
// decline but the one who declined, and a block shows itself to nobody: to the other side both look like a
// proposal without an answer.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "core/accounts.h"
#include "core/meetings.h"
#include "store/database.h"
#include "store/meetings.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vv::app {

/// What the server lends to every use case here.
struct MeetingDesk {
    IdSource* ids = nullptr;
    std::string base_url;   // of the links in mails: "https://example.org"
    std::string mail_from;  // the address that mails come from; empty: this server sends none
    std::string
        mailbox{};  // where answers by mail come to (app/mailed_answers.h); empty: this server reads none
};

/// How to reach the other side: known once a time is agreed, if the address is proven.
struct MeetingContact {
    std::string email;
};

/// How an invitation by mail fares; for the organiser of a guest's meeting.
enum class MailState {
    by_hand,
    sent,
    refused,
    off
};  // no address; on its way; the address takes none; no mail here

/// A meeting as one side may see it: a private address that the other side named is left out until a time is
/// agreed.
struct MeetingView {
    store::meetings::Record record;
    std::string with_name;
    std::string with_handle;  // empty for a guest
    std::string title;        // never empty
    std::string locale;       // the caller's
    std::optional<MeetingContact> contact;
    std::optional<MailState> mail;
    std::string mail_to;          // the guest's address
    std::string invitation_link;  // only in the answer that made it: the server keeps no more than its hash
    std::vector<core::MeetingWarning> warnings;
};

/// To a person of the caller's, or to an account by its handle: exactly one of the two.
struct ProposeMeeting {
    std::optional<core::PersonId> person;
    std::string account;
    core::Proposal proposal;  // `to_stranger` is found out
    std::string email;        // for a person without an account: where the invitation goes; may be empty
    MeetingDesk desk;
};
/// Faults: core::propose()'s; `not_found` person.unknown, account.unknown; `invalid` meeting.nobody,
/// meeting.yourself, email.invalid, zone.unknown; `conflict` meeting.you_blocked, and meeting.open_already
/// when a stranger has not answered the last one; `too_many` meeting.many_strangers, meeting.many_mails, when
/// a day's number is used up.
Result<MeetingView> propose_meeting(store::Tx& tx, Caller caller, ProposeMeeting input);

/// What the other side would read, word for word, and what to mind first. Writes nothing.
struct MeetingPreview {
    std::string to;  // a name; or an address too, when it goes by mail
    std::string subject;
    std::string text;
    std::vector<core::MeetingWarning> warnings;
};
Result<MeetingPreview> preview_meeting(store::Tx& tx, Caller caller, ProposeMeeting input);

enum class MeetingReply { accept, decline, counter };
struct AnswerMeeting {
    core::MeetingId meeting;
    MeetingReply reply = MeetingReply::accept;
    core::Acceptance acceptance;  // accept
    core::MeetingOffer offer;     // counter: other times; also changes an open offer or moves what was agreed
    MeetingDesk desk;
};
/// Faults: core's, `not_found` meeting.unknown, `too_many` meeting.many_mails.
Result<MeetingView> answer_meeting(store::Tx& tx, Caller caller, AnswerMeeting input);

/// Both sides are told. Faults: core::cancel()'s, `not_found` meeting.unknown. Returns it as it is then.
struct CancelMeeting {
    core::MeetingId meeting;
    std::string message;
    MeetingDesk desk;
};
Result<MeetingView> cancel_meeting(store::Tx& tx, Caller caller, CancelMeeting input);

struct SayOutcome {
    core::MeetingId meeting;
    core::Outcome outcome = core::Outcome::met;
    std::string feel;  // "", fine, not_fine: kept for the caller alone
    MeetingDesk desk;
    std::optional<std::string> excuse{};  // of who says that they did not come, for the other to read
};
/// One side's word writes the encounter into that side's record (claimed); both sides' words make it mutual.
/// Faults: core::say_outcome()'s, core::excuse()'s; `not_found` meeting.unknown.
Result<MeetingView> say_outcome(store::Tx& tx, Caller caller, SayOutcome input);
/// The caller waited, and it is all right: no no-show. Faults: core::accept_excuse()'s.
Result<MeetingView> accept_excuse(store::Tx& tx, Caller caller, core::MeetingId meeting, MeetingDesk desk);

/// A new private link for the guest, to pass on by hand; those before it go on working. `conflict`
/// meeting.no_guest when the other side has an account.
Result<MeetingView> make_invitation_link(store::Tx& tx, Caller caller, core::MeetingId meeting,
                                         MeetingDesk desk);

/// `not_found` meeting.unknown, for one that is another's too.
Result<MeetingView> find_meeting(store::Tx& tx, Caller caller, core::MeetingId meeting);
/// The caller's meetings in the order of store::meetings::Place, after the page's cursor.
struct MeetingPage {
    std::vector<MeetingView> items;
    bool has_more = false;
};
Result<MeetingPage> list_meetings(store::Tx& tx, Caller caller, store::meetings::Page page);
/// What Today shows: to answer, to confirm, and the next one agreed.
struct MeetingsToday {
    std::vector<MeetingView> to_answer;
    std::vector<MeetingView> to_confirm;
    std::optional<MeetingView> next;
};
Result<MeetingsToday> meetings_today(store::Tx& tx, Caller caller);

// ---- what other use cases tell meetings ----

struct ProveMeeting {
    core::MeetingId meeting;
    core::EncounterId mine;    // the proven encounter in the caller's record
    core::EncounterId theirs;  // and in the other side's
    MeetingDesk desk;
};
/// The two proved that they are face to face: the meeting is met for both, and the proven encounters stand
/// for it. `not_found` meeting.unknown, `conflict` meeting.not_agreed.
Result<Done> prove_meeting(store::Tx& tx, Caller caller, ProveMeeting input);
/// The caller's meeting with that account that is agreed and begins or ends within two hours of now, if there
/// is one: the one that a handshake proves.
Result<std::optional<core::MeetingId>> meeting_to_prove(store::Tx& tx, Caller caller, core::AccountId other);

/// The guest's address takes no mail: the organiser sees it. `about` is the mail's (app/outgoing_mail.h);
/// what is none of ours, or gone, is no error.
Result<Done> note_refused_mail(store::Tx& tx, std::string about, Instant now);

/// The job that looks at a meeting when something falls due: its kind.
inline constexpr const char* kMeetingJob = "meeting";
/// What has fallen due by `now`: the proposal's end, the question "did you meet?", the end of waiting for a
/// word. Saying it again changes nothing. A meeting that is gone is no error.
Result<Done> settle_due_meeting(store::Tx& tx, core::AccountId organiser, core::MeetingId meeting,
                                MeetingDesk desk, Instant now);

/// The caller has blocked these people of the caller's and these accounts: what is agreed with them is
/// cancelled, as anybody might cancel; the caller's proposals are taken back, and the others' look unanswered
/// until they run out.
Result<Done> end_meetings_with(store::Tx& tx, Caller caller, std::vector<core::PersonId> people,
                               std::vector<core::AccountId> accounts, MeetingDesk desk);
/// The caller leaves this server: what is agreed is cancelled, the caller's proposals are taken back, and the
/// other's run out at once. What is past is left as it is.
Result<Done> leave_meeting(store::Tx& tx, Caller caller, core::MeetingId meeting, MeetingDesk desk);

}  // namespace vv::app
