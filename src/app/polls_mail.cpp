#include "app/polls_mail.h"

#include "app/letters.h"
#include "app/meetings_mail.h"
#include "app/push.h"
#include "app/stop_links.h"
#include "app/texts.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/blocks.h"

#include <algorithm>
#include <array>

namespace vv::app {
namespace {

using formats::Fields;

constexpr std::size_t kMostNames = 4;

std::string_view name_of(VoterNews news) {
    constexpr std::array<std::string_view, 3> kNames{"asked", "elsewhere", "closed"};
    return kNames[static_cast<std::size_t>(news)];
}
std::string_view name_of(OrganiserNews news) {
    constexpr std::array<std::string_view, 3> kNames{"answered", "picked", "expired"};
    return kNames[static_cast<std::size_t>(news)];
}

/// One letter being written, to anybody.
struct Writer {
    const PollTable& table;
    std::string locale;
    const Texts& texts;
    Zone place_zone;
    Zone own_zone;
    Instant now;
    std::string part;  // of the texts: "mail.poll.asked."
    Fields gaps;

    Writer(const PollTable& t, std::string l, Zone own, std::string_view news, Instant n)
        : table(t),
          locale(std::move(l)),
          texts(Texts::of(locale)),
          place_zone(t.zone()),
          own_zone(own),
          now(n),
          part("mail.poll." + std::string(news) + ".") {
        const std::string kind = "kind." + std::string(core::to_string(poll().kind));
        gaps.set("by", table.organiser.full_name).set("invite", texts.say(kind + ".invite"));
        gaps.set("what", texts.say(kind + ".what"));
    }

    [[nodiscard]] const core::Poll& poll() const { return table.record.poll; }
    [[nodiscard]] std::string say(std::string_view key) const {
        return texts.say(part + std::string(key), gaps);
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
    void name_time(int number) {
        const core::PollTime* const time = poll().time(number);
        if (!time) return;
        gaps.set("time", say_time(time->when)).set("day", say_day(texts, time->when.start, place_zone, now));
    }
    [[nodiscard]] std::string say_place(bool shows_address) const {
        const core::MeetingPlace& place = poll().place;
        if (!place.is_public && !shows_address)
            return texts.say("mail.private_place", Fields().set("name", place.name));
        return place.address.empty() ? place.name : place.name + ", " + place.address;
    }
    [[nodiscard]] Fields page(const std::string& subject, const std::string& name) const {
        Fields fields;
        fields.set("subject", subject).set("language", locale);
        fields.set("greeting", texts.say("mail.greeting", Fields().set("name", name)));
        fields.set("lead", say("lead")).set("quote", false).set("has_times", false).set("has_places", false);
        return fields;
    }
    void set_times(Fields& fields, const std::vector<Span>& times) const {
        std::vector<Fields> lines;
        for (const Span& when : times) lines.push_back(Fields().set("time", say_time(when)));
        fields.set("has_times", !lines.empty()).set("times", lines);
        fields.set("times_label", texts.say("mail.times", Fields().set("city", city_of(place_zone))));
    }
    void set_place(Fields& fields, bool shows_address) const {
        fields.set("has_places", true).set("places_label", texts.say("mail.places"));
        fields.set("places", std::vector<Fields>{Fields().set("place", say_place(shows_address))});
    }
    void set_words(Fields& fields) const {
        std::vector<Fields> lines;
        if (!poll().message.empty())
            for (const std::string_view line : split(poll().message, '\n'))
                lines.push_back(Fields().set("line", trim(line)));
        fields.set("quote", !lines.empty()).set("lines", lines);
        fields.set("quote_label", texts.say("mail.quote", Fields().set("name", table.organiser.full_name)));
        if (!poll().purpose.empty())
            fields.set("why", texts.say("mail.why", Fields().set("purpose", poll().purpose)));
    }
    void set_link(Fields& fields, const std::string& link) const {
        fields.set("link", link).set("action", say("action")).set("button", say("button"));
    }
    void set_footer(Fields& fields, const std::string& base_url, const std::string& stop_link) const {
        const Fields who =
            Fields().set("organiser", table.organiser.full_name).set("server", host_of(base_url));
        fields.set("footer", texts.say(stop_link.empty() ? "mail.footer.account" : "mail.footer.guest", who));
        fields.set("stop", stop_link).set("stop_label", texts.say("mail.footer.stop"));
    }
};

std::vector<Span> spans_of(const core::Poll& poll) {
    std::vector<Span> spans;
    for (const core::PollTime& time : poll.times) spans.push_back(time.when);
    return spans;
}

/// How a voter is reached.
struct Reach {
    std::string to, name, locale, link, stop_link;
    Zone zone;
};

// As to a meeting's guest (app/meetings_mail): never to who stopped mail or keeps the organiser away, and the
// organiser can't tell.
bool may_write(store::Tx& tx, const PollTable& table, store::polls::Voter& voter, VoterNews news,
               Instant now) {
    if (voter.email.empty() || voter.refused_at) return false;
    voter.mailed_at = now;
    const auto account = store::accounts::find_by_verified_email(tx, voter.email);
    if (account && store::blocks::between(tx, account->id, table.organiser.id)) return false;
    return news != VoterNews::asked || count_try(tx, Throttle::guest_mail, voter.email, now).ok();
}

std::optional<Reach> reach(store::Tx& tx, PollTable& table, std::size_t at, VoterNews news,
                           const MeetingDesk& desk, Instant now) {
    store::polls::Voter& voter = table.record.voters[at];
    Reach found{voter.email, voter.name, table.organiser.locale, {}, {}, table.zone()};
    if (voter.account) {
        const auto account = store::accounts::find(tx, *voter.account);
        const bool is_open = account && account->email_verified_at &&
                             !store::blocks::between(tx, account->id, table.organiser.id);
        if (!is_open) return std::nullopt;
        found = {account->email, account->full_name, account->locale, {}, {}, account->zone};
        found.link = desk.base_url + "/polls/" + to_string(table.record.poll.id);
        return found;
    }
    if (!may_write(tx, table, voter, news, now)) return std::nullopt;
    if (const auto zone = Zone::find(voter.zone)) found.zone = *zone;
    found.link = make_voter_link(tx, table, at, desk, now);
    found.stop_link = desk.base_url + "/stop/" + stop_token(tx, voter.email);
    return found;
}

std::string key_of(const PollTable& table, std::string_view news, int number) {
    return "poll/" + to_string(table.organiser.id) + "/" + to_string(table.record.poll.id) + "/" +
           std::string(news) + "/" + std::to_string(number);
}

std::string path_of(const PollTable& table) {
    return "/polls/" + to_string(table.record.poll.id);
}

void push_to_voter(store::Tx& tx, const PollTable& table, std::size_t at, VoterNews news, Instant now) {
    const auto& to = table.record.voters[at].account;
    const auto account = to ? store::accounts::find(tx, *to) : std::nullopt;
    if (!account || store::blocks::between(tx, account->id, table.organiser.id)) return;
    Writer writer(table, account->locale, account->zone, name_of(news), now);
    writer.gaps.set("title", table.title_for_voter(account->locale));
    if (table.record.poll.picked) writer.name_time(*table.record.poll.picked);
    const int number = table.record.poll.voters[at].number;
    push_notice(tx, account->id, account->zone,
                {key_of(table, name_of(news), number), "poll", writer.say("subject"), path_of(table)}, now);
}

formats::CalendarEvent gathering_event(const PollTable& table, const Texts& texts, const MeetingDesk& desk,
                                       Instant now) {
    const core::Poll& poll = table.record.poll;
    const core::PollTime* const time = poll.time(*poll.picked);
    formats::CalendarEvent event;
    event.uid = poll.uid;
    event.stamp = now;
    event.start = time->when.start;
    event.end = time->when.end;
    event.zone = poll.zone;
    event.summary = table.title_for_organiser();
    event.location =
        poll.place.address.empty() ? poll.place.name : poll.place.name + ", " + poll.place.address;
    event.at = poll.place.at;
    event.description = texts.say("mail.event.change");
    event.organizer = formats::CalendarAddress{desk.mail_from, table.organiser.full_name};
    event.attendees.push_back(
        {{table.organiser.email, table.organiser.full_name}, formats::Attendance::accepted, false});
    return event;
}

}  // namespace

Zone PollTable::zone() const {
    const Result<Zone> known = Zone::find(record.poll.zone);
    return known ? *known : organiser.zone;
}

std::string PollTable::title_for_voter(const std::string& locale) const {
    core::Meeting meeting;
    meeting.kind = record.poll.kind;
    meeting.title = record.poll.title;
    return meeting_title(meeting, organiser.full_name, locale);
}

std::string PollTable::title_for_organiser() const {
    core::Meeting meeting;
    meeting.kind = record.poll.kind;
    meeting.title = record.poll.title;
    std::vector<std::string> names;
    for (const store::polls::Voter& voter : record.voters) names.push_back(voter.name);
    return meeting_title(meeting, say_names(names, organiser.locale), organiser.locale);
}

std::string say_names(const std::vector<std::string>& names, const std::string& locale) {
    const Texts& texts = Texts::of(locale);
    const std::size_t shown = names.size() > kMostNames ? kMostNames - 1 : names.size();
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool is_last = shown == names.size() && i + 1 == shown && i > 0;
        text = text.empty() ? names[i]
                            : texts.say(is_last ? "poll.names.last" : "poll.names.more",
                                        Fields().set("names", text).set("name", names[i]));
    }
    if (shown == names.size()) return text;
    return texts.say("poll.names.others",
                     Fields().set("names", text).set("count", std::to_string(names.size() - shown)));
}

std::string make_voter_link(store::Tx& tx, const PollTable& table, std::size_t at, const MeetingDesk& desk,
                            Instant now) {
    const std::string token = random_token();
    const store::polls::Seat seat{table.organiser.id, table.record.poll.id,
                                  table.record.poll.voters[at].number};
    store::polls::add_link(tx, seat, sha256_hex(token), now);
    return desk.base_url + "/p/" + token;
}

void tell_voter(store::Tx& tx, PollTable& table, std::size_t at, VoterNews news,
                const std::vector<std::string>& company, const MeetingDesk& desk, Instant now) {
    push_to_voter(tx, table, at, news, now);
    if (desk.mail_from.empty()) return;
    const std::optional<Reach> to = reach(tx, table, at, news, desk, now);
    if (!to) return;
    Writer writer(table, to->locale, to->zone, name_of(news), now);
    writer.gaps.set("title", table.title_for_voter(to->locale));
    if (table.record.poll.picked) writer.name_time(*table.record.poll.picked);
    OutgoingMail mail;
    mail.to = to->to;
    mail.subject = writer.say("subject");
    mail.from_name = writer.texts.say("mail.from", Fields().set("name", table.organiser.full_name));
    Fields page = writer.page(mail.subject, to->name);
    if (news == VoterNews::asked) {
        writer.gaps.set("names", say_names(company, to->locale));
        page.set("note", writer.say(company.empty() ? "note.alone" : "note"));
        writer.set_words(page);
        writer.set_times(page, spans_of(table.record.poll));
        writer.set_place(page, false);
        writer.set_link(page, to->link);
    }
    writer.set_footer(page, desk.base_url, to->stop_link);
    set_letter(mail, page);
    const int number = table.record.poll.voters[at].number;
    if (!table.record.voters[at].account)
        mail.about = "poll/" + to_string(table.organiser.id) + "/" + to_string(table.record.poll.id) + "/" +
                     std::to_string(number);
    mail.list_unsubscribe = to->stop_link;
    const bool is_written =
        send_mail(tx, key_of(table, name_of(news), number), table.organiser.id, mail, Recipient::anyone, now);
    if (!is_written && is_mail_stopped(tx, mail.to)) table.record.voters[at].refused_at = now;
}

void tell_organiser(store::Tx& tx, const PollTable& table, OrganiserNews news,
                    const std::vector<std::string>& names, std::optional<int> best, const MeetingDesk& desk,
                    Instant now) {
    const core::Account& organiser = table.organiser;
    Writer writer(table, organiser.locale, organiser.zone, name_of(news), now);
    const core::Poll& poll = table.record.poll;
    writer.gaps.set("title", table.title_for_organiser()).set("names", say_names(names, organiser.locale));
    if (best) writer.name_time(*best);
    if (poll.picked) writer.name_time(*poll.picked);
    // Answers that were taken back and given again are said again only with the next day.
    const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    const std::string key =
        key_of(table, name_of(news), news == OrganiserNews::answered ? static_cast<int>(day) : 0);
    if (news != OrganiserNews::picked)  // that is the organiser's own doing
        push_notice(tx, organiser.id, organiser.zone, {key, "poll", writer.say("subject"), path_of(table)},
                    now);
    if (desk.mail_from.empty() || !organiser.email_verified_at) return;
    OutgoingMail mail;
    mail.to = organiser.email;
    mail.subject = writer.say("subject");
    Fields page = writer.page(mail.subject, organiser.full_name);
    if (news == OrganiserNews::picked) writer.set_place(page, true);
    writer.set_link(page, desk.base_url + "/polls/" + to_string(poll.id));
    writer.set_footer(page, desk.base_url, {});
    set_letter(mail, page);
    if (news == OrganiserNews::picked) {
        const formats::CalendarEvent event = gathering_event(table, writer.texts, desk, now);
        mail.ics = formats::write_calendar(formats::CalendarMethod::request, std::span(&event, 1));
        mail.ics_method = formats::method_name(formats::CalendarMethod::request);
    }
    send_mail(tx, key, organiser.id, mail, Recipient::anyone, now);
}

}  // namespace vv::app
