#include "app/lookouts_mail.h"

#include "app/letters.h"
#include "app/outgoing_mail.h"
#include "app/stop_links.h"
#include "app/texts.h"
#include "base/crypto.h"
#include "core/names.h"
#include "store/accounts.h"
#include "store/blocks.h"

#include <array>

namespace vv::app {
namespace {

using formats::Fields;
using store::lookouts::Row;

std::string_view name_of(LookoutNews news) {
    constexpr std::array<std::string_view, 4> kNames{"asked", "raised", "safe", "home"};
    return kNames[static_cast<std::size_t>(news)];
}

Zone zone_of(const core::Lookout& lookout) {
    const auto zone = Zone::find(lookout.zone);
    return zone ? *zone : Zone();
}

/// One letter being written: to the friend, or to the owner.
struct Writer {
    const core::Account& owner;
    const core::Lookout& lookout;
    LookoutNews news;
    Instant now;
    const Texts& texts;
    Zone zone;
    bool mails_friend = true;  // without an address the page alone tells

    Writer(const core::Account& o, const core::Lookout& l, LookoutNews what, Instant at)
        : owner(o), lookout(l), news(what), now(at), texts(Texts::of(o.locale)), zone(zone_of(l)) {}

    [[nodiscard]] bool is_to_owner() const { return news == LookoutNews::home; }
    [[nodiscard]] Fields gaps() const {
        Fields fields;
        fields.set("owner", owner.full_name).set("first", core::called(owner.full_name));
        fields.set("company", lookout.company);
        fields.set("friend",
                   lookout.friend_name.empty() ? texts.say("mail.lookout.friend") : lookout.friend_name);
        fields.set("until", say_moment(texts, lookout.until, zone, now));
        fields.set("alarm", say_moment(texts, lookout.alarm_at(), zone, now));
        return fields;
    }
    [[nodiscard]] std::string key() const { return "mail.lookout." + std::string(name_of(news)); }

    [[nodiscard]] std::string greeting() const {
        const std::string& name = is_to_owner() ? owner.full_name : lookout.friend_name;
        return name.empty() ? texts.say("mail.lookout.greeting")
                            : texts.say("mail.greeting", Fields().set("name", name));
    }
    // Where and until when: what the friend has to know, and what the owner knows.
    void set_meeting(Fields& fields) const {
        if (is_to_owner() || news == LookoutNews::safe) return;
        fields.set("why", texts.say("mail.lookout.with", gaps()));
        fields.set("has_times", true).set("times", std::vector{Fields().set("time", gaps_when())});
        fields.set("times_label", texts.say("mail.lookout.until", Fields().set("city", city_of(zone))));
        fields.set("has_places", true).set("places", std::vector{Fields().set("place", lookout.place)});
        fields.set("places_label", texts.say("mail.places"));
    }
    [[nodiscard]] std::string gaps_when() const {
        return say_when(texts, {lookout.start, lookout.until}, zone, now);
    }
    [[nodiscard]] OutgoingMail letter(const std::string& to, const std::string& link,
                                      const std::string& stop_link, const std::string& server) const {
        OutgoingMail mail;
        mail.to = to;
        mail.subject = texts.say(key() + ".subject", gaps());
        Fields fields;
        fields.set("subject", mail.subject).set("language", owner.locale).set("greeting", greeting());
        fields.set("lead", texts.say(key() + ".lead", gaps()));
        const bool is_by_page = is_to_owner() && !mails_friend;
        fields.set("note", texts.say(key() + (is_by_page ? ".note.page" : ".note"), gaps()));
        fields.set("action", texts.say(key() + ".action")).set("button", texts.say(key() + ".button"));
        fields.set("link", link);
        set_meeting(fields);
        const Fields about = Fields().set("organiser", owner.full_name).set("server", server);
        fields.set("footer", texts.say(is_to_owner() ? "mail.footer.account" : "mail.footer.guest", about));
        fields.set("stop", stop_link).set("stop_label", texts.say("mail.footer.stop"));
        set_letter(mail, fields);
        if (!is_to_owner()) mail.from_name = texts.say("mail.from", Fields().set("name", owner.full_name));
        mail.list_unsubscribe = stop_link;
        return mail;
    }
};

/// Whether the address is one whose account has blocked the owner, or the other way round: then nothing is
/// sent, and nobody can tell.
bool is_kept_away(store::Tx& tx, core::AccountId owner, const std::string& email) {
    const auto account = store::accounts::find_by_verified_email(tx, email);
    return account && store::blocks::between(tx, account->id, owner);
}

// The same news about the same hour is one mail, however often a job runs.
std::string key_of(const core::Lookout& lookout, LookoutNews news) {
    return "lookout/" + to_string(lookout.id) + "/" + std::string(name_of(news)) + "/" +
           std::to_string(millis(lookout.until));
}

void ask_owner(store::Tx& tx, const core::Account& owner, const Row& row, const MeetingDesk& desk,
               Instant now) {
    if (!owner.email_verified_at) return;
    const std::string link = make_lookout_address(tx, owner.id, row.lookout.id, true, desk, now);
    Writer writer(owner, row.lookout, LookoutNews::home, now);
    writer.mails_friend = row.mailed_at && !row.refused_at && !is_mail_stopped(tx, row.lookout.friend_email);
    send_mail(tx, key_of(row.lookout, LookoutNews::home), owner.id,
              writer.letter(owner.email, link, {}, host_of(desk.base_url)), Recipient::anyone, now);
}

}  // namespace

void tell_of_lookout(store::Tx& tx, const core::Account& owner, Row& row, LookoutNews news,
                     const MeetingDesk& desk, Instant now) {
    if (desk.mail_from.empty()) return;
    if (news == LookoutNews::home) return ask_owner(tx, owner, row, desk, now);
    const std::string& email = row.lookout.friend_email;
    if (email.empty() || row.refused_at || is_mail_stopped(tx, email)) return;
    row.mailed_at = now;
    if (is_kept_away(tx, owner.id, email)) return;
    const std::string link = make_lookout_address(tx, owner.id, row.lookout.id, false, desk, now);
    const std::string stop_link = desk.base_url + "/stop/" + stop_token(tx, email);
    const Writer writer(owner, row.lookout, news, now);
    OutgoingMail mail = writer.letter(email, link, stop_link, host_of(desk.base_url));
    mail.about = "lookout/" + to_string(owner.id) + "/" + to_string(row.lookout.id);
    send_mail(tx, key_of(row.lookout, news), owner.id, mail, Recipient::anyone, now);
}

std::string make_lookout_address(store::Tx& tx, core::AccountId owner, core::LookoutId id, bool is_owners,
                                 const MeetingDesk& desk, Instant now) {
    const std::string token = random_token();
    store::lookouts::add_link(tx, owner, id, sha256_hex(token), is_owners, now);
    return desk.base_url + "/s/" + token;
}

}  // namespace vv::app
