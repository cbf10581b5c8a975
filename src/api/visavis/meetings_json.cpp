#include "api/http/json.h"
#include "api/visavis/meetings.h"
#include "core/no_shows.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using core::MeetingEvent;
using core::Outcome;
using core::Wish;

json::value render(const core::Slot& slot) {
    json::object body;
    body["id"] = std::to_string(slot.number);
    body["start"] = format_rfc3339(slot.when.start);
    body["end"] = format_rfc3339(slot.when.end);
    body["answer"] =
        slot.answer == Wish::none ? json::value(nullptr) : json::value(core::to_string(slot.answer));
    return body;
}

json::value render_agreed(const core::Meeting& meeting) {
    if (!meeting.agreed) return nullptr;
    json::object body;
    body["start"] = format_rfc3339(meeting.agreed->when.start);
    body["end"] = format_rfc3339(meeting.agreed->when.end);
    body["place"] = render_place(meeting.agreed->place);
    return body;
}

json::value render_with(const app::MeetingView& view) {
    json::object body;
    body["person"] = nullptr;
    if (view.record.person) {
        json::object person;
        person["id"] = to_string(*view.record.person);
        person["name"] = view.record.person_name;
        body["person"] = std::move(person);
    }
    body["account"] = text_or_null(view.with_handle);
    body["name"] = view.with_name;
    return body;
}

// Whosever doing it was is its speaker's word, and for the other's eyes only where they speak of themselves.
json::value render(Outcome outcome) {
    if (outcome == Outcome::unsaid) return nullptr;
    return core::is_missed(outcome) ? "missed" : "met";
}

json::value render_absence(const core::Meeting& meeting) {
    const bool is_theirs = meeting.theirs() == Outcome::absent;
    if (!is_theirs && meeting.mine() != Outcome::absent) return nullptr;
    const bool is_organisers = is_theirs == (meeting.me == core::Side::invitee);
    json::object body;
    body["who"] = is_theirs ? "them" : "you";
    body["excuse"] = text_or_null(is_organisers ? meeting.organiser_excuse : meeting.invitee_excuse);
    body["excused"] = meeting.is_excused;
    return body;
}

json::object render_outcome(const core::Meeting& meeting) {
    json::object outcome;
    outcome["mine"] = render(meeting.mine());
    outcome["theirs"] = render(meeting.theirs());
    const bool is_said = meeting.mine() != Outcome::unsaid;
    outcome["what"] = is_said ? json::value(core::to_string(meeting.mine())) : json::value(nullptr);
    outcome["absence"] = render_absence(meeting);
    return outcome;
}

// Whoever put times on the table last has countered: that an open offer was changed says no more.
std::string_view name_of(MeetingEvent what) {
    return core::to_string(what == MeetingEvent::rescheduled ? MeetingEvent::countered : what);
}

json::array render_history(const core::Meeting& meeting) {
    json::array steps;
    for (const core::MeetingStep& step : meeting.history) {
        json::object body;
        body["at"] = format_rfc3339(step.at);
        body["by"] = !step.by ? "nobody" : *step.by == meeting.me ? "you" : "them";
        body["what"] = name_of(step.what);
        steps.push_back(std::move(body));
    }
    return steps;
}

json::value render_contact(const app::MeetingView& view) {
    if (!view.contact) return nullptr;
    json::object body;
    body["email"] = text_or_null(view.contact->email);
    body["phone"] = nullptr;
    return body;
}

json::value render_mail(const app::MeetingView& view) {
    if (!view.mail) return nullptr;
    json::object body;
    body["to"] = text_or_null(view.mail_to);
    body["state"] = *view.mail == app::MailState::refused ? "refused"
                    : *view.mail == app::MailState::sent  ? "sent"
                                                          : "by_hand";
    return body;
}

json::value render_awaits(const core::Meeting& meeting) {
    if (meeting.state != core::MeetingState::proposed) return nullptr;
    return meeting.is_mine_to_answer() ? "you" : "them";
}

void render_offer(json::object& body, const core::Meeting& meeting) {
    json::array slots;
    for (const core::Slot& slot : meeting.slots) slots.push_back(render(slot));
    json::array places;
    for (const core::MeetingPlace& place : meeting.places) places.push_back(render_place(place));
    body["slots"] = std::move(slots);
    body["places"] = std::move(places);
    body["agreed"] = render_agreed(meeting);
    body["zone"] = meeting.zone;
    body["purpose"] = text_or_null(meeting.purpose);
    body["message"] = text_or_null(meeting.message);
    const bool is_open =
        meeting.state == core::MeetingState::proposed || meeting.state == core::MeetingState::declined;
    body["expires_at"] = is_open ? json::value(format_rfc3339(meeting.expires_at)) : json::value(nullptr);
}

}  // namespace

json::object render_place(const core::MeetingPlace& place) {
    json::object body;
    body["id"] = std::to_string(place.number);
    body["name"] = place.name;
    body["address"] = text_or_null(place.address);
    body["at"] = to_json(place.at);
    body["public"] = place.is_public;
    return body;
}

json::object render_meeting(const app::MeetingView& view) {
    const core::Meeting& meeting = view.record.meeting;
    json::object body;
    body["id"] = to_string(meeting.id);
    body["kind"] = core::to_string(meeting.kind);
    body["title"] = view.title;
    body["state"] = core::to_string(meeting.state);
    body["role"] = core::to_string(meeting.me);
    body["awaits"] = render_awaits(meeting);
    body["with"] = render_with(view);
    body["first_meeting"] = view.record.is_first;
    body["tells_decline"] = meeting.tells_decline;
    render_offer(body, meeting);
    body["contact"] = render_contact(view);
    body["mail"] = render_mail(view);
    body["sequence"] = meeting.sequence;
    body["outcome"] = render_outcome(meeting);
    json::array warned;
    for (const core::MeetingWarning& warning : view.warnings)
        warned.push_back({{"code", warning.code}, {"text", warning.text}});
    body["warnings"] = std::move(warned);
    body["history"] = render_history(meeting);
    body["encounter"] =
        view.record.encounter ? json::value(to_string(*view.record.encounter)) : json::value(nullptr);
    body["invitation_link"] = text_or_null(view.invitation_link);
    return body;
}

json::object render_preview(const app::MeetingPreview& preview) {
    json::object mail;
    mail["to"] = preview.to;
    mail["subject"] = preview.subject;
    mail["text"] = preview.text;
    json::array warned;
    for (const core::MeetingWarning& warning : preview.warnings)
        warned.push_back({{"code", warning.code}, {"text", warning.text}});
    json::object body;
    body["mail"] = std::move(mail);
    body["warnings"] = std::move(warned);
    return body;
}

}  // namespace vv::api::visavis
