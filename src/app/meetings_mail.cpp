#include "app/meetings_mail.h"

#include "app/letters.h"
#include "app/mailed_answers.h"
#include "app/push.h"
#include "app/stop_links.h"
#include "app/texts.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/polls.h"

#include <algorithm>
#include <array>

namespace vv::app {
namespace {

using core::MeetingState;
using core::Side;
using formats::Fields;

std::string_view name_of(MeetingNews news) {
    constexpr std::array<std::string_view, 11> kNames{"proposed", "changed",  "countered", "moved",
                                                      "accepted", "declined", "cancelled", "expired",
                                                      "ended",    "outcome",  "picked"};
    return kNames[static_cast<std::size_t>(news)];
}

bool asks(MeetingNews news) {
    return news == MeetingNews::proposed || news == MeetingNews::changed || news == MeetingNews::countered ||
           news == MeetingNews::moved;
}

/// One letter being written.
struct Writer {
    const MeetingTable& table;
    const MeetingLetter& letter;
    const MeetingDesk& desk;
    Instant now;
    core::Meeting copy;
    const Texts& texts;
    Zone place_zone;
    Zone own_zone;

    Writer(const MeetingTable& t, const MeetingLetter& l, const MeetingDesk& d, Instant n)
        : table(t),
          letter(l),
          desk(d),
          now(n),
          copy(t.copy_of(l.to)),
          texts(Texts::of(t.locale_of(l.to))),
          place_zone(t.meeting_zone()),
          own_zone(t.zone_of(l.to)) {}

    [[nodiscard]] const std::string& other() const { return table.name_of(core::other(letter.to)); }

    // The gaps that any of the mails' texts may have.
    [[nodiscard]] Fields gaps() const {
        Fields fields;
        fields.set("by", other()).set("other", other()).set("title", table.title_for(letter.to));
        const std::string kind = "kind." + std::string(to_string(copy.kind));
        fields.set("invite", texts.say(kind + ".invite")).set("what", texts.say(kind + ".what"));
        fields.set("expires", say_moment(texts, copy.expires_at, own_zone, now));
        if (copy.agreed) fields.set("day", say_day(texts, copy.agreed->when.start, place_zone, now));
        return fields;
    }
    [[nodiscard]] std::string say(std::string_view part) const {
        const std::string own = letter.is_own_doing ? "own." : "";
        return texts.say("mail." + std::string(name_of(letter.news)) + "." + own + std::string(part), gaps());
    }
    // In the place's time, and in the reader's when that is another.
    [[nodiscard]] std::string say_time(const Span& when) const {
        std::string there = say_when(texts, when, place_zone, now);
        if (place_zone.to_local(when.start) == own_zone.to_local(when.start)) return there;
        return texts.say("mail.own_time", Fields()
                                              .set("when", there)
                                              .set("city", city_of(own_zone))
                                              .set("own", say_when(texts, when, own_zone, now)));
    }
    void set_times(Fields& fields) const {
        std::vector<Fields> times;
        if (copy.agreed) times.push_back(Fields().set("time", say_time(copy.agreed->when)));
        if (!copy.agreed && asks(letter.news))
            for (const core::Slot& slot : copy.slots)
                times.push_back(Fields().set("time", say_time(slot.when)));
        fields.set("has_times", !times.empty()).set("times", times);
        fields.set("times_label", texts.say("mail.times", Fields().set("city", city_of(place_zone))));
    }
    void set_places(Fields& fields) const {
        std::vector<Fields> places;
        const auto add = [&](const core::MeetingPlace& place) {
            places.push_back(Fields().set("place", say_place(copy, place, table.locale_of(letter.to))));
        };
        if (copy.agreed && letter.news != MeetingNews::cancelled) add(copy.agreed->place);
        if (!copy.agreed && asks(letter.news))
            for (const core::MeetingPlace& place : copy.places) add(place);
        fields.set("has_places", !places.empty()).set("places", places);
        fields.set("places_label", texts.say("mail.places"));
    }
    void set_words(Fields& fields) const {
        const bool is_message_theirs =
            !letter.is_own_doing && (asks(letter.news) || letter.news == MeetingNews::cancelled);
        const std::string message = is_message_theirs ? copy.message : "";
        std::vector<Fields> lines;
        if (!message.empty())
            for (const std::string_view line : split(message, '\n'))
                lines.push_back(Fields().set("line", trim(line)));
        fields.set("quote", !lines.empty()).set("lines", lines);
        fields.set("quote_label", texts.say("mail.quote", Fields().set("name", other())));
        const bool says_why = letter.to == Side::invitee && asks(letter.news) && !copy.purpose.empty();
        fields.set("why", says_why ? texts.say("mail.why", Fields().set("purpose", copy.purpose)) : "");
        const std::string email = table.email_of(core::other(letter.to));
        if (copy.state == MeetingState::scheduled && !email.empty())
            fields.set("contact",
                       texts.say("mail.contact", Fields().set("name", other()).set("email", email)));
    }
    void set_action(Fields& fields) const {
        fields.set("link", letter.link);
        if (letter.news == MeetingNews::outcome) {
            fields.set("action", texts.say("mail.outcome.action"))
                .set("button", texts.say("mail.outcome.button"));
        } else if (asks(letter.news) && !letter.is_own_doing) {
            fields.set("action", texts.say("mail.proposed.action"))
                .set("button", texts.say("mail.proposed.button"));
            const bool tells = copy.tells_decline && letter.to == Side::invitee;
            fields.set("note", texts.say(tells ? "mail.proposed.note.told" : "mail.proposed.note", gaps()));
        } else if (letter.news == MeetingNews::accepted || letter.news == MeetingNews::picked ||
                   asks(letter.news)) {
            fields.set("action", texts.say("mail.see.action")).set("button", texts.say("mail.see.button"));
        } else {
            fields.set("link", "");
        }
    }
    void set_footer(Fields& fields) const {
        Fields gaps;
        gaps.set("organiser", table.organiser.full_name).set("server", host_of(desk.base_url));
        const bool is_guest = letter.to == Side::invitee && !table.invitee;
        fields.set("footer", texts.say(is_guest ? "mail.footer.guest" : "mail.footer.account", gaps));
        fields.set("stop", letter.stop_link).set("stop_label", texts.say("mail.footer.stop"));
    }

    [[nodiscard]] Fields page(const std::string& subject) const {
        Fields fields;
        fields.set("subject", subject).set("language", table.locale_of(letter.to));
        fields.set("greeting", texts.say("mail.greeting", Fields().set("name", table.name_of(letter.to))));
        fields.set("lead", say("lead"));
        set_words(fields);
        set_times(fields);
        set_places(fields);
        set_action(fields);
        set_footer(fields);
        return fields;
    }
};

formats::CalendarMethod method_of(MeetingNews news) {
    const bool is_over = news == MeetingNews::declined || news == MeetingNews::cancelled ||
                         news == MeetingNews::expired || news == MeetingNews::ended;
    return is_over ? formats::CalendarMethod::cancel : formats::CalendarMethod::request;
}

formats::EventStatus status_of(MeetingState state) {
    switch (state) {
        case MeetingState::proposed:
        case MeetingState::declined:
            return formats::EventStatus::tentative;
        case MeetingState::cancelled:
        case MeetingState::expired:
            return formats::EventStatus::cancelled;
        default:
            return formats::EventStatus::confirmed;
    }
}

/// Whether the guest's address is one whose account has blocked the organiser, or the other way round: then
/// the mail is not sent, and nobody can tell.
bool is_kept_away(store::Tx& tx, const MeetingTable& table) {
    const auto account = store::accounts::find_by_verified_email(tx, table.guest->email);
    return account && store::blocks::between(tx, account->id, table.organiser.id);
}

bool may_write_to_guest(store::Tx& tx, MeetingTable& table, MeetingNews news, Instant now) {
    store::meetings::Guest& guest = *table.guest;
    if (guest.email.empty() || guest.refused_at || guest.declined_at) return false;
    guest.mailed_at = now;
    if (is_kept_away(tx, table)) return false;
    // What tells of an end must arrive; what asks is limited for each address, whoever asks.
    return !asks(news) || count_try(tx, Throttle::guest_mail, guest.email, now).ok();
}

// The organiser's calendar has one entry for all that came of a poll (app/polls_mail): it goes with the last
// of them, and what happens to another leaves it alone.
void set_gathering(store::Tx& tx, const MeetingTable& table, const MeetingDesk& desk, OutgoingMail& mail) {
    const auto all = store::meetings::of_poll(tx, table.organiser.id, *table.home.poll);
    const bool is_over = std::ranges::all_of(all, [&](const store::meetings::Record& one) {
        return one.meeting.id == table.home.meeting.id || core::is_over(one.meeting.state);
    });
    const auto poll = store::polls::find(tx, table.organiser.id, *table.home.poll);
    const bool ends = mail.ics_method == formats::method_name(formats::CalendarMethod::cancel);
    mail.ics.clear();
    mail.ics_method.clear();
    if (!is_over || !poll || !ends) return;
    formats::CalendarEvent event = calendar_message(table, Side::organiser, mail.to, desk.mail_from);
    event.uid = poll->poll.uid;
    mail.ics = formats::write_calendar(formats::CalendarMethod::cancel, std::span(&event, 1));
    mail.ics_method = formats::method_name(formats::CalendarMethod::cancel);
}

std::string key_of(const MeetingTable& table, MeetingNews news, Side to) {
    return "meeting/" + to_string(table.organiser.id) + "/" + to_string(table.home.meeting.id) + "/" +
           std::to_string(table.home.meeting.sequence) + "/" + std::string(name_of(news)) + "/" +
           std::string(to_string(to));
}

// What the other side did. That a meeting is past is a reminder's to say, and one's own doing is known.
void push_news(store::Tx& tx, const MeetingTable& table, const MeetingLetter& letter, const MeetingDesk& desk,
               Instant now) {
    const core::Account* account = table.account_of(letter.to);
    if (!account || letter.is_own_doing || letter.news == MeetingNews::outcome) return;
    const Writer writer(table, letter, desk, now);
    push_notice(tx, account->id, account->zone,
                {key_of(table, letter.news, letter.to), "meeting", writer.say("subject"),
                 "/meetings/" + to_string(table.home.meeting.id)},
                now);
}

}  // namespace

OutgoingMail write_letter(const MeetingTable& table, const MeetingLetter& letter, const MeetingDesk& desk,
                          Instant now) {
    const Writer writer(table, letter, desk, now);
    OutgoingMail mail;
    mail.to = table.email_of(letter.to);
    mail.subject = writer.say("subject");
    set_letter(mail, writer.page(mail.subject));
    if (!letter.is_own_doing)
        mail.from_name = writer.texts.say("mail.from", Fields().set("name", writer.other()));
    if (writer.copy.agreed) mail.reply_to = table.email_of(core::other(letter.to));
    if (letter.to == Side::invitee && table.guest && !table.invitee)
        mail.about = "meeting/" + to_string(table.organiser.id) + "/" + to_string(table.home.meeting.id);
    mail.list_unsubscribe = letter.stop_link;
    if (letter.news == MeetingNews::outcome) return mail;
    const formats::CalendarMethod method = method_of(letter.news);
    const std::string& answers = letter.answer_to.empty() ? desk.mail_from : letter.answer_to;
    formats::CalendarEvent event = calendar_message(table, letter.to, mail.to, answers);
    event.attendees.front().asked_to_answer = !letter.answer_to.empty() && writer.copy.is_mine_to_answer();
    mail.ics = formats::write_calendar(method, std::span(&event, 1));
    mail.ics_method = formats::method_name(method);
    return mail;
}

void tell(store::Tx& tx, MeetingTable& table, Side to, MeetingNews news, bool is_own_doing,
          const MeetingDesk& desk, Instant now) {
    if (!table.has(to)) return;
    MeetingLetter letter{to, news, is_own_doing, {}, {}};
    push_news(tx, table, letter, desk, now);
    if (desk.mail_from.empty()) return;
    const core::Account* account = table.account_of(to);
    if (account) {
        if (!account->email_verified_at) return;
        letter.link = desk.base_url + "/meetings/" + to_string(table.home.meeting.id);
    } else {
        if (!may_write_to_guest(tx, table, news, now)) return;
        letter.link = make_guest_link(tx, table, desk, now);
        letter.stop_link = desk.base_url + "/stop/" + stop_token(tx, table.guest->email);
    }
    letter.answer_to = answers_address(tx, desk.mailbox, table.home.meeting.uid, to);
    OutgoingMail mail = write_letter(table, letter, desk, now);
    if (to == Side::organiser && table.home.poll) set_gathering(tx, table, desk, mail);
    const bool is_written =
        send_mail(tx, key_of(table, news, to), table.organiser.id, mail, Recipient::anyone, now);
    if (!is_written && !account && is_mail_stopped(tx, mail.to)) table.guest->refused_at = now;
}

std::string make_guest_link(store::Tx& tx, const MeetingTable& table, const MeetingDesk& desk, Instant now) {
    const std::string token = random_token();
    store::meetings::add_link(tx, table.organiser.id, table.home.meeting.id, sha256_hex(token), now);
    return desk.base_url + "/m/" + token;
}

formats::CalendarEvent calendar_event(const core::Meeting& copy, const std::string& title,
                                      std::string_view locale) {
    formats::CalendarEvent event;
    event.uid = copy.uid;
    event.sequence = copy.sequence;
    event.stamp = copy.history.back().at;
    const Span when = copy.agreed ? copy.agreed->when : copy.slots.front().when;
    event.start = when.start;
    event.end = when.end;
    event.zone = copy.zone;
    event.summary = title;
    event.status = status_of(copy.state);
    event.busy = event.status == formats::EventStatus::confirmed;
    const core::MeetingPlace& place = copy.agreed ? copy.agreed->place : copy.places.front();
    event.location = say_place(copy, place, locale);
    if (copy.shows_address_of(place)) event.at = place.at;
    return event;
}

formats::CalendarEvent calendar_message(const MeetingTable& table, Side side, const std::string& attendee,
                                        const std::string& organiser) {
    const core::Meeting copy = table.copy_of(side);
    const Texts& texts = Texts::of(table.locale_of(side));
    formats::CalendarEvent event = calendar_event(copy, table.title_for(side), table.locale_of(side));
    if (event.status == formats::EventStatus::tentative)
        event.description =
            texts.say("mail.event.answer", Fields().set("by", table.name_of(core::other(copy.asked))));
    else if (event.status == formats::EventStatus::confirmed)
        event.description = texts.say("mail.event.change");
    event.organizer = formats::CalendarAddress{organiser, table.organiser.full_name};
    const auto answer =
        copy.is_mine_to_answer() ? formats::Attendance::needs_action : formats::Attendance::accepted;
    event.attendees.push_back({{attendee, table.name_of(side)}, answer, false});
    return event;
}

std::string say_place(const core::Meeting& copy, const core::MeetingPlace& place, std::string_view locale) {
    if (!copy.shows_address_of(place))
        return Texts::of(locale).say("mail.private_place", Fields().set("name", place.name));
    return place.address.empty() ? place.name : place.name + ", " + place.address;
}

}  // namespace vv::app
