#include "app/calendar.h"

#include "app/accounts.h"
#include "app/meetings_mail.h"
#include "app/meetings_table.h"
#include "app/meetings_view.h"
#include "app/polls_mail.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/polls.h"

#include <map>
#include <utility>

namespace vv::app {
namespace {

constexpr int kMost = 1000;
constexpr std::chrono::hours kYear{24 * 365};
constexpr int kRefreshMinutes = 60;
constexpr std::size_t kEtagLength = 32;

formats::CalendarEvent event_of(const MeetingView& view, const std::string& base_url) {
    formats::CalendarEvent event = calendar_event(view.record.meeting, view.title, view.locale);
    event.url = base_url + "/meetings/" + to_string(view.record.meeting.id);
    return event;
}

// What came of one poll is one gathering, and one entry with everyone's name.
std::vector<MeetingView> gathered(store::Tx& tx, core::AccountId owner, std::vector<MeetingView> views) {
    std::map<core::PollId, std::vector<std::string>> names;
    for (const MeetingView& view : views)
        if (view.record.poll) names[*view.record.poll].push_back(view.with_name);
    std::vector<core::PollId> polls;
    for (const auto& [poll, with] : names) polls.push_back(poll);
    const auto uids = store::polls::uids(tx, owner, polls);
    std::vector<MeetingView> kept;
    for (MeetingView& view : views) {
        if (view.record.poll) {
            const auto found = names.find(*view.record.poll);
            if (found == names.end()) continue;
            core::Meeting& meeting = view.record.meeting;
            if (const auto uid = uids.find(*view.record.poll); uid != uids.end()) meeting.uid = uid->second;
            view.title = meeting_title(meeting, say_names(found->second, view.locale), view.locale);
            names.erase(found);
        }
        kept.push_back(std::move(view));
    }
    return kept;
}

Result<std::vector<formats::CalendarEvent>> events_of_feed(store::Tx& tx, std::string secret,
                                                           const std::string& base_url, Instant now) {
    TRY(const core::AccountId owner, account_of_feed(tx, std::move(secret)));
    const Caller caller{owner, now, Zone()};
    auto records = store::meetings::scheduled_since(tx, owner, now - kYear, kMost);
    std::vector<formats::CalendarEvent> events;
    for (const MeetingView& view : gathered(tx, owner, view_meetings(tx, caller, std::move(records))))
        events.push_back(event_of(view, base_url));
    return events;
}

}  // namespace

Result<std::string> meeting_calendar(store::Tx& tx, Caller caller, core::MeetingId meeting,
                                     std::string base_url) {
    TRY(const MeetingView view, view_meeting(tx, caller, meeting));
    const formats::CalendarEvent event = event_of(view, base_url);
    return formats::write_calendar(formats::CalendarMethod::publish, std::span(&event, 1));
}

Result<std::string> calendar_feed(store::Tx& tx, std::string secret, std::string base_url, Instant now) {
    TRY(const auto events, events_of_feed(tx, std::move(secret), base_url, now));
    return formats::write_calendar(formats::CalendarMethod::publish, events, {"Visavis", kRefreshMinutes});
}

Result<std::vector<CalendarItem>> calendar_items(store::Tx& tx, std::string secret, std::string base_url,
                                                 Instant now) {
    TRY(const auto events, events_of_feed(tx, std::move(secret), base_url, now));
    std::vector<CalendarItem> items;
    for (const formats::CalendarEvent& event : events) {
        // A stored entry has no METHOD (RFC 4791, 4.1).
        CalendarItem item{event.uid, {}, formats::write_stored_event(event), {event.start, event.end}};
        item.etag = sha256_hex(item.text).substr(0, kEtagLength);
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace vv::app
