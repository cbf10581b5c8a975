#include "api/visavis/guest_page.h"

#include "api/visavis/guest_parts.h"
#include "app/texts.h"
#include "base/text.h"
#include "formats/template.h"

#include <algorithm>

namespace vv::api::visavis {
namespace {

using core::MeetingState;
using core::Outcome;
using formats::Fields;

/// One page being drawn.
struct Drawing {
    const app::GuestInvitation& invitation;
    const GuestView& view;
    const core::Meeting& meeting;
    const app::Texts& texts;
    Fields gaps;

    Drawing(const app::GuestInvitation& i, const GuestView& v)
        : invitation(i), view(v), meeting(i.meeting), texts(app::Texts::of(i.locale)) {
        gaps.set("by", i.organiser).set("name", i.guest);
        gaps.set("expires", app::say_moment(texts, meeting.expires_at, v.zone, v.now));
        gaps.set("excuse", meeting.organiser_excuse);
    }

    [[nodiscard]] std::string say(const std::string& key) const { return texts.say("guest." + key, gaps); }
    [[nodiscard]] bool is_open_to_answer() const {
        return meeting.is_mine_to_answer() ||
               (meeting.state == MeetingState::declined && view.now < meeting.expires_at);
    }
    [[nodiscard]] bool is_taken(const core::Slot& slot) const {
        return std::ranges::find(invitation.taken, slot.number) != invitation.taken.end();
    }
    [[nodiscard]] bool has_begun() const { return meeting.agreed && view.now >= meeting.agreed->when.start; }
    [[nodiscard]] bool has_ended() const { return meeting.agreed && view.now >= meeting.agreed->when.end; }
    [[nodiscard]] bool is_planned() const { return meeting.state == MeetingState::scheduled && !has_begun(); }
    [[nodiscard]] Fields when(const Span& span) const {
        return when_fields(texts, span, view.zone, view.now);
    }
    [[nodiscard]] Fields where(const core::MeetingPlace& place) const {
        const bool is_hidden = !meeting.shows_address_of(place) && !place.is_public;
        return Fields()
            .set("place", place.name)
            .set("address", is_hidden ? say("place.private") : place.address);
    }
};

void set_words(Fields& page, const Drawing& d) {
    std::vector<Fields> lines;
    const bool is_theirs = d.meeting.state == MeetingState::cancelled || d.is_open_to_answer();
    if (is_theirs && !d.meeting.message.empty())
        for (const std::string_view line : split(d.meeting.message, '\n'))
            lines.push_back(Fields().set("line", trim(line)));
    page.set("quote", !lines.empty()).set("lines", lines).set("purpose", d.meeting.purpose);
}

std::string state_key(const Drawing& d) {
    switch (d.meeting.state) {
        case MeetingState::proposed:
            return d.meeting.is_mine_to_answer() ? "" : "countered";
        case MeetingState::scheduled:
            return !d.has_begun() ? "scheduled" : d.has_ended() ? "confirm" : "now";
        case MeetingState::met:
            return d.meeting.mine() == Outcome::unsaid ? "confirm" : "met";
        case MeetingState::cancelled:
            return d.meeting.history.back().what == core::MeetingEvent::declined ? "said_no" : "cancelled";
        default:
            return std::string(to_string(d.meeting.state));
    }
}

std::string state_text(const Drawing& d, const std::string& key) {
    if (key == "scheduled") return "";
    const std::string excuse = d.meeting.organiser_excuse.empty() ? "" : ".excuse";
    if (d.meeting.theirs() == Outcome::absent && d.meeting.mine() != Outcome::met)
        return d.say("absent" + excuse);
    if (key != "confirm" || d.meeting.mine() == Outcome::unsaid) return d.say(key + ".text");
    const bool is_met = d.meeting.mine() == Outcome::met;
    const std::string excused = d.meeting.mine() == Outcome::absent && d.meeting.is_excused ? ".excused" : "";
    return d.say(is_met ? "said.met" : "said." + std::string(to_string(d.meeting.mine())) + excused);
}

// The mark of where the two stand: apart, planned, met.
void set_stage(Fields& page, const Drawing& d) {
    const bool is_met = d.meeting.state == MeetingState::met;
    const bool is_planned = d.meeting.state == MeetingState::scheduled;
    page.set("stage", is_met ? "met" : is_planned ? "planned" : "in_touch").set("met", is_met);
    page.set("lens", is_met || is_planned);
    page.set("left", is_met || is_planned ? "11.5" : "9.4")
        .set("right", is_met || is_planned ? "18.5" : "20.6");
}

void set_agreed(Fields& page, const Drawing& d) {
    const bool suggests = d.meeting.state == MeetingState::proposed && !d.meeting.is_mine_to_answer();
    std::vector<Fields> whens;
    std::vector<Fields> wheres;
    if (d.meeting.agreed) {
        whens.push_back(d.when(d.meeting.agreed->when));
        wheres.push_back(d.where(d.meeting.agreed->place));
    } else if (suggests) {
        for (const core::Slot& slot : d.meeting.slots) whens.push_back(d.when(slot.when));
        for (const core::MeetingPlace& place : d.meeting.places) wheres.push_back(d.where(place));
    }
    page.set("has_when", !whens.empty()).set("whens", whens);
    page.set("has_where", !wheres.empty()).set("wheres", wheres);
    if (d.invitation.contact) set_contact(page, d.invitation.contact->email);
    if (d.is_planned()) page.set("calendar_link", "/m/" + d.view.token + "/meeting.ics");
}

void set_state(Fields& page, const Drawing& d) {
    const std::string key = state_key(d);
    if (key.empty()) return;
    page.set("state_title", d.say(key + ".title")).set("state_text", state_text(d, key));
    page.set("confirm", key == "confirm" && d.meeting.mine() == Outcome::unsaid);
    page.set("excuse_typed", key == "confirm" ? d.view.typed.value("message") : "");
    set_stage(page, d);
    set_agreed(page, d);
}

Fields slot_fields(const Drawing& d, const core::Slot& slot) {
    Fields fields = d.when(slot.when);
    set_wish(fields, d.view.typed, slot.number, slot.answer);
    fields.set("past", slot.when.start <= d.view.now ? d.say("past")
                       : d.is_taken(slot)            ? d.say("taken")
                                                     : "");
    return fields;
}

void set_places(Fields& page, const Drawing& d) {
    const std::string_view typed = d.view.typed.value("place");
    std::vector<Fields> choices;
    for (const core::MeetingPlace& place : d.meeting.places) {
        const std::string number = std::to_string(place.number);
        const bool is_chosen = typed.empty() ? choices.empty() : typed == number;
        choices.push_back(d.where(place).set("number", number).set("chosen", is_chosen));
    }
    page.set("places", choices.size() > 1).set("choices", choices);
    page.set("only_place", choices.size() == 1 ? std::vector<Fields>{d.where(d.meeting.places.front())}
                                               : std::vector<Fields>{});
}

void set_answer(Fields& page, const Drawing& d) {
    const std::string told = d.meeting.tells_decline ? ".told" : "";
    page.set("how_declined", d.say("decline.hint" + told)).set("who_hears", d.say("private.decline" + told));
    page.set("answering", d.is_open_to_answer());
    if (!d.is_open_to_answer()) return;
    std::vector<Fields> slots;
    for (const core::Slot& slot : d.meeting.slots) slots.push_back(slot_fields(d, slot));
    page.set("slots", slots).set("question", d.say(slots.size() == 1 ? "question.one" : "question.many"));
    set_places(page, d);
    page.set("may_decline", d.meeting.state == MeetingState::proposed);
    page.set("asks_email", d.invitation.email.empty()).set("email_typed", d.view.typed.value("email"));
}

std::vector<Fields> counter_rows(const Drawing& d) {
    std::vector<Fields> rows;
    for (int n = 1; n <= kGuestTimes; ++n) {
        const std::string number = std::to_string(n);
        Fields row;
        row.set("n", number).set("needed", n == 1).set("date", d.view.typed.value("date" + number));
        row.set("start", d.view.typed.value("start" + number)).set("end", d.view.typed.value("end" + number));
        row.set("row", d.texts.say("guest.counter.row", Fields().set("n", number)));
        row.set("today", format_date(d.view.zone.date_of(d.view.now)));
        rows.push_back(std::move(row));
    }
    return rows;
}

void set_counter(Fields& page, const Drawing& d) {
    const bool is_own_offer = d.meeting.state == MeetingState::proposed && !d.meeting.is_mine_to_answer();
    page.set("withdrawing", is_own_offer).set("cancelling", d.is_planned());
    page.set("countering", d.meeting.is_mine_to_answer() || d.is_planned());
    page.set("counter_title", d.say(d.is_planned() ? "move" : "counter")).set("rows", counter_rows(d));
    page.set("counter_open", d.view.typed.value("reply") == "counter");
    const std::string_view typed = d.view.typed.value("newplace");
    const auto& places = d.meeting.places;
    const std::string known = d.meeting.agreed ? d.meeting.agreed->place.name
                              : places.empty() ? ""
                                               : places.front().name;
    page.set("place_typed", typed.empty() ? std::string_view(known) : typed);
    page.set("message_typed", d.view.typed.value("message"));
}

void set_people(Fields& page, const Drawing& d) {
    const bool is_agreed = d.meeting.agreed.has_value() && d.meeting.state != MeetingState::cancelled;
    const bool is_own_offer = d.meeting.state == MeetingState::proposed && !d.meeting.is_mine_to_answer();
    page.set("by", d.invitation.organiser).set("guest_comes", is_agreed);
    page.set("organiser_does", d.say(is_own_offer ? "who.waiting" : "who.invites"));
    page.set("guest_does", is_own_offer            ? d.say("who.suggested")
                           : is_agreed             ? d.say("who.answered")
                           : d.is_open_to_answer() ? d.say("who.unanswered")
                                                   : std::string());
}

void set_zones(Fields& page, const Drawing& d) {
    const auto& slots = d.meeting.slots;
    const Instant first = d.meeting.agreed ? d.meeting.agreed->when.start
                          : slots.empty()  ? d.view.now
                                           : slots.front().when.start;
    set_zone_choice(page, d.texts, {d.view.zone, d.invitation.meeting_zone, first, d.view.now});
}

// A page of a title, a sentence and at most one button.
Fields short_page(const app::Texts& texts, const std::string& title, const std::string& text) {
    Fields page;
    set_frame(page, texts, title, std::nullopt);
    page.set("note_title", title).set("note_text", text);
    return page;
}

}  // namespace

std::string_view Form::value(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::string render_invitation(const app::GuestInvitation& invitation, const GuestView& view) {
    const Drawing d(invitation, view);
    Fields page;
    set_texts(page, d.texts, d.gaps, "guest.");
    set_frame(page, d.texts, invitation.title, view.error);
    page.set("invitation", true).set("title", invitation.title).set("note_title", false);
    page.set("email_label", d.say("email")).set("email_hint", d.say("email.hint"));
    set_words(page, d);
    set_state(page, d);
    set_answer(page, d);
    set_counter(page, d);
    set_people(page, d);
    set_zones(page, d);
    set_stop_link(page, d.texts, invitation.stop_token);
    return fill_guest_page(page);
}

std::string render_unknown(std::string_view prefix) {
    const app::Texts& texts = app::Texts::of("en");
    const std::string key = std::string(prefix) + ".unknown.";
    return fill_guest_page(short_page(texts, texts.say(key + "title"), texts.say(key + "text")));
}

std::string render_stop(std::string_view prefix, StopPage shown, const std::string& server) {
    const app::Texts& texts = app::Texts::of("en");
    const std::string own = std::string(prefix) + ".";
    const std::string part = own + (shown == StopPage::asks      ? ""
                                    : shown == StopPage::stopped ? "done."
                                                                 : "undone.");
    const Fields gaps = Fields().set("server", server);
    Fields page = short_page(texts, texts.say(part + "title"), texts.say(part + "text", gaps));
    const bool is_stopped = shown == StopPage::stopped;
    page.set("stop_form", true).set("stop_value", is_stopped ? "resume" : "stop");
    page.set("stop_look", is_stopped ? "quiet" : "do big");
    page.set("stop_label", texts.say(own + (is_stopped ? "undo" : "do")));
    return fill_guest_page(page);
}

}  // namespace vv::api::visavis
