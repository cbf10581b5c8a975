#include "app/meetings_view.h"

#include "app/meetings_table.h"
#include "store/meetings.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using core::MeetingState;
using store::meetings::Guest;
using store::meetings::Other;
using store::meetings::Record;

// Until a time is agreed, where somebody lives is between them and the one they tell.
void withhold_addresses(core::Meeting& meeting) {
    for (core::MeetingPlace& place : meeting.places) {
        if (meeting.shows_address_of(place)) continue;
        place.address.clear();
        place.at.reset();
    }
}

bool knows_contact(const core::Meeting& meeting) {
    return meeting.state == MeetingState::scheduled || meeting.state == MeetingState::met;
}

void show_account(MeetingView& view, const Other& other) {
    view.with_name = other.name;
    view.with_handle = other.handle;
    if (knows_contact(view.record.meeting) && !other.email.empty())
        view.contact = MeetingContact{other.email};
}

void show_guest(MeetingView& view, const Guest& guest) {
    view.mail_to = guest.email;
    view.mail = guest.refused_at  ? MailState::refused
                : guest.mailed_at ? MailState::sent
                                  : MailState::by_hand;
    if (knows_contact(view.record.meeting) && !guest.email.empty())
        view.contact = MeetingContact{guest.email};
}

void show_warnings(MeetingView& view) {
    const core::Meeting& meeting = view.record.meeting;
    if (core::is_over(meeting.state)) return;
    const Result<Zone> zone = Zone::find(meeting.zone);
    view.warnings = core::warnings(meeting, view.record.is_first, zone ? *zone : Zone());
}

}  // namespace

std::vector<MeetingView> view_meetings(store::Tx& tx, const Caller& caller, std::vector<Record> records) {
    std::vector<core::AccountId> accounts{caller.account};
    std::vector<core::MeetingId> with_guests;
    for (const Record& record : records) {
        if (record.with_account)
            accounts.push_back(*record.with_account);
        else if (record.meeting.me == core::Side::organiser)
            with_guests.push_back(record.meeting.id);
    }
    std::unordered_map<core::AccountId, Other> others;
    std::unordered_map<core::MeetingId, Guest> guests;
    if (!records.empty()) others = store::meetings::others(tx, accounts);
    if (!with_guests.empty()) guests = store::meetings::guests(tx, caller.account, with_guests);
    std::vector<MeetingView> views;
    for (Record& record : records) {
        MeetingView view;
        view.record = std::move(record);
        view.with_name = view.record.with_name;
        core::Meeting& meeting = view.record.meeting;
        if (view.record.with_account && others.contains(*view.record.with_account))
            show_account(view, others.at(*view.record.with_account));
        if (guests.contains(meeting.id)) show_guest(view, guests.at(meeting.id));
        view.locale = others[caller.account].locale;
        view.title = meeting_title(meeting, view.with_name, view.locale);
        show_warnings(view);
        withhold_addresses(meeting);
        views.push_back(std::move(view));
    }
    return views;
}

Result<MeetingView> view_meeting(store::Tx& tx, const Caller& caller, core::MeetingId meeting) {
    TRY(Record record, store::meetings::find(tx, caller.account, meeting));
    std::vector<Record> records;
    records.push_back(std::move(record));
    return std::move(view_meetings(tx, caller, std::move(records)).front());
}

}  // namespace vv::app
