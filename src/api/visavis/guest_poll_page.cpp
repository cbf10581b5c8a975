#include "api/visavis/guest_page.h"
#include "api/visavis/guest_parts.h"
#include "base/text.h"

namespace vv::api::visavis {
namespace {

using core::PollState;
using formats::Fields;

/// One page being drawn.
struct Drawing {
    const app::GuestPoll& guest;
    const GuestView& view;
    const core::Poll& poll;
    const app::Texts& texts;
    Fields gaps;

    Drawing(const app::GuestPoll& g, const GuestView& v)
        : guest(g), view(v), poll(g.view.poll), texts(app::Texts::of(g.locale)) {
        gaps.set("by", g.view.organiser).set("name", g.guest);
        gaps.set("expires", app::say_moment(texts, poll.closes_at, v.zone, v.now));
    }

    [[nodiscard]] std::string say(const std::string& key) const {
        return texts.say("guest.poll." + key, gaps);
    }
    [[nodiscard]] const core::PollVoter& mine() const { return *poll.voter(guest.view.me); }
    [[nodiscard]] bool is_open() const { return poll.state == PollState::open && view.now < poll.closes_at; }
};

// Where it stands: answered, or over.
void set_state(Fields& page, const Drawing& d) {
    std::string key;
    if (d.poll.state != PollState::open)
        key = core::to_string(d.poll.state);
    else if (!d.is_open())
        key = "expired";
    else if (d.mine().answered_at)
        key = "thanks";
    if (key.empty()) return;
    page.set("state_title", d.say(key + ".title")).set("state_text", d.say(key + ".text"));
    page.set("stage", "in_touch").set("left", "9.4").set("right", "20.6");
    page.set("confirm", false).set("has_when", false).set("calendar_link", "");
}

void set_answer(Fields& page, const Drawing& d) {
    page.set("answering", d.is_open());
    if (!d.is_open()) return;
    std::vector<Fields> slots;
    for (const core::PollTime& time : d.poll.times) {
        Fields fields = when_fields(d.texts, time.when, d.view.zone, d.view.now);
        set_wish(fields, d.view.typed, time.number, d.mine().wish_for(time.number));
        fields.set("past", time.when.start <= d.view.now ? d.texts.say("guest.past") : std::string());
        slots.push_back(std::move(fields));
    }
    page.set("slots", slots).set("places", false);
    page.set("question", d.texts.say(slots.size() == 1 ? "guest.question.one" : "guest.question.many"));
    const core::MeetingPlace& place = d.poll.place;
    page.set("only_place",
             std::vector<Fields>{Fields()
                                     .set("place", place.name)
                                     .set("address", place.is_public ? place.address : d.say("address"))});
    page.set("may_decline", true).set("how_declined", d.say("answers"));
    page.set("answer_hint", d.say("next")).set("open_until", "");
    page.set("asks_email", d.guest.email.empty()).set("email_typed", d.view.typed.value("email"));
}

void set_people(Fields& page, const Drawing& d) {
    std::vector<Fields> others;
    for (const app::PollVoterView& voter : d.guest.view.voters)
        if (voter.vote.number != d.guest.view.me)
            others.push_back(Fields().set("other", voter.name).set("other_does", d.say("who.asked")));
    page.set("by", d.guest.view.organiser).set("organiser_does", d.say("who.asks"));
    page.set("guest_comes", false).set("others", others);
    page.set("guest_does", d.say(d.mine().answered_at ? "who.answered" : "who.unanswered"));
    page.set("who", d.say("who"));
    page.set("private_address", d.say("address")).set("private_contact", d.say("answers"));
    page.set("who_hears", d.say("mail"));
}

void set_words(Fields& page, const Drawing& d) {
    std::vector<Fields> lines;
    if (!d.poll.message.empty())
        for (const std::string_view line : split(d.poll.message, '\n'))
            lines.push_back(Fields().set("line", trim(line)));
    page.set("quote", !lines.empty()).set("lines", lines).set("purpose", d.poll.purpose);
}

}  // namespace

std::string render_guest_poll(const app::GuestPoll& poll, const GuestView& view) {
    const Drawing d(poll, view);
    Fields page;
    set_texts(page, d.texts, d.gaps, "guest.");
    set_frame(page, d.texts, poll.view.title, view.error);
    page.set("invitation", true).set("title", poll.view.title).set("note_title", false);
    page.set("invites", d.say("invites"));
    page.set("email_label", d.texts.say("guest.email")).set("email_hint", d.texts.say("guest.email.hint"));
    page.set("countering", false).set("withdrawing", false);
    set_words(page, d);
    set_state(page, d);
    set_answer(page, d);
    set_people(page, d);
    set_zone_choice(page, d.texts, {view.zone, poll.poll_zone, d.poll.times.front().when.start, view.now});
    set_stop_link(page, d.texts, poll.stop_token);
    return fill_guest_page(page);
}

}  // namespace vv::api::visavis
