#include "app/papers.h"

#include "app/meetings_mail.h"
#include "app/meetings_view.h"
#include "app/people.h"
#include "app/texts.h"
#include "app/trips.h"
#include "store/accounts.h"

#include <utility>

namespace vv::app {
namespace {

using core::MeetingState;
using formats::Fields;
using formats::paper::Document;
using formats::paper::Entry;
using formats::paper::Section;

constexpr std::size_t kLastTimes = 5;  // of the times that two have met

std::string joined(const std::string& first, std::string_view between, const std::string& second) {
    if (first.empty() || second.empty()) return first + second;
    return first + std::string(between) + second;
}

const Texts& texts_of(store::Tx& tx, const Caller& caller) {
    const auto account = store::accounts::find(tx, caller.account);
    return Texts::of(account ? account->locale : "en");
}

std::string foot(const Texts& texts, const Caller& caller) {
    return texts.say("paper.foot", Fields().set("day", say_day(texts, caller.now, caller.zone, caller.now)));
}

void add(Entry& entry, const std::string& line) {
    if (!line.empty()) entry.lines.push_back(line);
}

std::string_view state_of(const store::trips::Part& part) {
    if (!part.proposed) return "paper.trip.planned";
    const MeetingState state = part.proposed->state;
    if (state == MeetingState::scheduled) return "paper.trip.confirmed";
    return state == MeetingState::met ? "paper.trip.met" : "paper.trip.proposed";
}

Entry entry_of(const TripPerson& one, const core::TripFrame& frame, const Texts& texts, Instant now) {
    Entry entry;
    const std::string kind = "kind." + std::string(core::to_string(one.part.kind)) + ".title";
    entry.title = texts.say(kind, Fields().set("name", one.person.name));
    if (one.part.when) entry.when = say_hours(texts, *one.part.when, frame.zone, now);
    add(entry, one.place);
    add(entry, texts.say(state_of(one.part)));
    add(entry, joined(one.person.title, ", ", one.person.organisation));
    if (!one.suggestion.reasons.empty()) add(entry, one.suggestion.reasons.front().text);
    const auto minutes = one.part.travel.count();
    if (minutes > 0)
        add(entry, texts.say("paper.trip.travel", Fields().set("minutes", std::to_string(minutes))));
    return entry;
}

Section left_out_of(const TripView& view, const Texts& texts) {
    Section section{texts.say("paper.trip.left_out"), {}};
    for (const TripPerson& one : view.people)
        if (!one.part.when)
            section.entries.push_back(
                {"", one.person.name, {joined(one.person.title, ", ", one.person.organisation)}});
    return section;
}

// Who the other is and what the owner has of them, as their page tells it.
Section who_section(const PersonPage& page, const MeetingView& view, const Texts& texts) {
    Entry entry{"", view.with_name, {}};
    add(entry, joined(page.person.title, ", ", page.person.organisation));
    add(entry, page.person.city);
    if (view.contact) add(entry, view.contact->email);
    return {texts.say("paper.brief.who"), {std::move(entry)}};
}

Section promised_section(const PersonPage& page, const Texts& texts) {
    return {texts.say("paper.brief.promised"), {{"", page.person.next_step, {}}}};
}

Section met_section(const PersonPage& page, const Caller& caller, const Texts& texts) {
    Section section{texts.say("paper.brief.met"), {}};
    for (const core::Encounter& encounter : page.encounters.encounters) {
        if (core::over_at(encounter) > caller.now || section.entries.size() == kLastTimes) continue;
        Entry entry{say_day(texts, encounter.start, caller.zone, caller.now),
                    encounter.title.empty() ? encounter.place : encounter.title,
                    {}};
        if (!encounter.title.empty()) add(entry, encounter.place);
        add(entry, encounter.ideas);
        add(entry, encounter.next_step);
        section.entries.push_back(std::move(entry));
    }
    return section;
}

Section when_section(const MeetingView& view, const Caller& caller, const Texts& texts) {
    const core::Meeting& meeting = view.record.meeting;
    Section section{texts.say("paper.brief.when"), {}};
    const auto place_of = [&](const core::MeetingPlace& place) {
        return say_place(meeting, place, view.locale);
    };
    if (meeting.agreed) {
        section.entries.push_back({say_hours(texts, meeting.agreed->when, caller.zone, caller.now),
                                   say_day(texts, meeting.agreed->when.start, caller.zone, caller.now),
                                   {place_of(meeting.agreed->place)}});
        return section;
    }
    for (const core::Slot& slot : meeting.slots)
        section.entries.push_back({say_hours(texts, slot.when, caller.zone, caller.now),
                                   say_day(texts, slot.when.start, caller.zone, caller.now),
                                   {texts.say("paper.brief.open")}});
    for (const core::MeetingPlace& place : meeting.places)
        section.entries.push_back({"", place_of(place), {}});
    return section;
}

}  // namespace

Result<Document> trip_paper(store::Tx& tx, Caller caller, core::TripId trip) {
    TRY(const TripView view, find_trip(tx, caller, trip));
    const core::TripFrame& frame = view.trip.frame;
    const Texts& texts = texts_of(tx, caller);
    Document document;
    document.title = frame.place.empty() ? city_of(frame.zone) : frame.place;
    document.lead = texts.say("paper.trip.lead",
                              Fields()
                                  .set("first", say_day(texts, frame.when.start, frame.zone, caller.now))
                                  .set("last", say_day(texts, frame.when.end, frame.zone, caller.now))
                                  .set("city", city_of(frame.zone)));
    document.foot = foot(texts, caller);
    for (const TripPerson& one : view.people) {
        if (!one.part.when) continue;
        const std::string day = say_day(texts, one.part.when->start, frame.zone, caller.now);
        if (document.sections.empty() || document.sections.back().heading != day)
            document.sections.push_back({day, {}});
        document.sections.back().entries.push_back(entry_of(one, frame, texts, caller.now));
    }
    Section left_out = left_out_of(view, texts);
    if (!left_out.entries.empty()) document.sections.push_back(std::move(left_out));
    return document;
}

Result<Document> brief_paper(store::Tx& tx, Caller caller, core::MeetingId meeting) {
    TRY(const MeetingView view, view_meeting(tx, caller, meeting));
    const Texts& texts = texts_of(tx, caller);
    Document document{view.title, "", {}, foot(texts, caller)};
    document.sections.push_back(when_section(view, caller, texts));
    if (!view.record.person) return document;
    TRY(const PersonPage page, person_page(tx, caller, *view.record.person));
    document.sections.push_back(who_section(page, view, texts));
    if (!page.person.next_step.empty()) document.sections.push_back(promised_section(page, texts));
    Section met = met_section(page, caller, texts);
    if (!met.entries.empty()) document.sections.push_back(std::move(met));
    if (!page.person.note.empty())
        document.sections.push_back({texts.say("paper.brief.note"), {{"", "", {page.person.note}}}});
    return document;
}

Result<std::string> trip_pdf(store::Tx& tx, Caller caller, core::TripId trip, formats::paper::Size size) {
    TRY(const Document document, trip_paper(tx, caller, trip));
    return formats::paper::write_document(document, size, caller.now);
}

Result<std::string> brief_pdf(store::Tx& tx, Caller caller, core::MeetingId meeting,
                              formats::paper::Size size) {
    TRY(const Document document, brief_paper(tx, caller, meeting));
    return formats::paper::write_document(document, size, caller.now);
}

}  // namespace vv::app
