#include "app/introductions_mail.h"

#include "app/letters.h"
#include "app/push.h"
#include "app/stop_links.h"
#include "app/texts.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/blocks.h"

#include <array>

namespace vv::app {
namespace {

using core::Role;
using formats::Fields;

std::string_view name_of(IntroductionNews news) {
    constexpr std::array<std::string_view, 6> kNames{"asked", "made", "not_now", "met", "thanks", "result"};
    return kNames[static_cast<std::size_t>(news)];
}

void set_quote(Fields& fields, const Texts& texts, const std::string& by, const std::string& words) {
    if (words.empty()) return;
    std::vector<Fields> lines;
    for (const std::string_view line : split(words, '\n')) lines.push_back(Fields().set("line", trim(line)));
    fields.set("quote", true).set("lines", lines);
    fields.set("quote_label", texts.say("mail.quote", Fields().set("name", by)));
}

// Every text that the key has a part for.
void set_parts(Fields& fields, const Texts& texts, const std::string& key, const Fields& gaps) {
    for (const char* part : {"lead", "action", "button", "note", "contact"})
        if (texts.all().contains(key + "." + part)) fields.set(part, texts.say(key + "." + part, gaps));
}

Fields gaps_of(const IntroductionTable& table, Role to, const Texts& texts, Instant now) {
    Fields gaps;
    gaps.set("broker", table.broker.full_name).set("asker", table.name_of(Role::asker));
    gaps.set("target", table.row.target_name);
    if (to != Role::broker) gaps.set("target", table.name_of(Role::target));
    gaps.set("expires", say_day(texts, table.introduction().expires_at, table.zone_of(to), now));
    gaps.set("url", table.ask ? table.ask->result_url : std::string());
    gaps.set("email", to == Role::asker ? table.email_of(Role::target) : table.email_of(Role::asker));
    return gaps;
}

/// The broker's words to the reader, or the reader's thanks to the broker.
std::string words_to(const IntroductionTable& table, Role to, IntroductionNews news) {
    const core::Introduction& introduction = table.introduction();
    if (news == IntroductionNews::thanks)
        return introduction.asker_thanks.empty() ? introduction.target_thanks : introduction.asker_thanks;
    if (to == Role::target && news == IntroductionNews::asked) return introduction.to_target;
    const bool for_asker = news == IntroductionNews::asked || news == IntroductionNews::made;
    return to == Role::asker && for_asker ? introduction.to_asker : std::string();
}

std::string quote_by(const IntroductionTable& table, IntroductionNews news) {
    if (news != IntroductionNews::thanks) return table.broker.full_name;
    return table.name_of(table.introduction().asker_thanks.empty() ? Role::target : Role::asker);
}

// "mail.introduction.asked.target"; what came of the broker's own idea has texts of its own.
std::string key_of(const IntroductionTable& table, Role to, IntroductionNews news) {
    std::string key = "mail.introduction." + std::string(name_of(news)) + "." + std::string(to_string(to));
    if (to == Role::target && news == IntroductionNews::asked && !table.ask_text().empty()) key += ".for_ask";
    return key;
}

void set_footer(Fields& fields, const IntroductionTable& table, Role to, const Texts& texts,
                const MeetingDesk& desk, const std::string& stop_link) {
    Fields gaps;
    gaps.set("organiser", table.broker.full_name).set("server", host_of(desk.base_url));
    const bool is_guest = table.account_of(to) == nullptr;
    fields.set("footer", texts.say(is_guest ? "mail.footer.guest" : "mail.footer.account", gaps));
    fields.set("stop", stop_link).set("stop_label", texts.say("mail.footer.stop"));
}

/// Whether the account that proved the address of a target without one is kept away from the two others.
bool may_write_to_guest(store::Tx& tx, const IntroductionTable& table, IntroductionNews news, Instant now) {
    if (table.row.is_hidden || table.row.email.empty()) return false;
    return news != IntroductionNews::asked || count_try(tx, Throttle::guest_mail, table.row.email, now).ok();
}

std::string effect_key(const IntroductionTable& table, Role to, IntroductionNews news) {
    std::string key = "introduction/" + to_string(table.introduction().id) + "/" +
                      std::string(name_of(news)) + "/" + std::string(to_string(to));
    if (news != IntroductionNews::thanks) return key;
    return key + (table.introduction().target_thanks.empty() ? "/1" : "/2");
}

void push_news(store::Tx& tx, const IntroductionTable& table, Role to, IntroductionNews news, Instant now) {
    const core::Account* account = table.account_of(to);
    if (!account) return;
    const Texts& texts = Texts::of(account->locale);
    push_notice(tx, account->id, account->zone,
                {effect_key(table, to, news), "introduction",
                 texts.say(key_of(table, to, news) + ".subject", gaps_of(table, to, texts, now)),
                 "/introductions/" + to_string(table.introduction().id)},
                now);
}

}  // namespace

OutgoingMail write_introduction_letter(const IntroductionTable& table, Role to, IntroductionNews news,
                                       const MeetingDesk& desk, const std::string& link,
                                       const std::string& stop_link, Instant now) {
    const Texts& texts = Texts::of(table.locale_of(to));
    const Fields gaps = gaps_of(table, to, texts, now);
    const std::string key = key_of(table, to, news);
    OutgoingMail mail;
    mail.to = table.email_of(to);
    mail.subject = texts.say(key + ".subject", gaps);
    const std::string from =
        news == IntroductionNews::thanks ? quote_by(table, news) : table.broker.full_name;
    if (to != Role::broker || news == IntroductionNews::thanks)
        mail.from_name = texts.say("mail.from", Fields().set("name", from));
    Fields fields;
    fields.set("subject", mail.subject).set("language", table.locale_of(to));
    fields.set("greeting", texts.say("mail.greeting", Fields().set("name", table.name_of(to))));
    set_parts(fields, texts, key, gaps);
    if (table.email_of(to == Role::asker ? Role::target : Role::asker).empty()) fields.set("contact", "");
    if (to == Role::target && news == IntroductionNews::asked && !table.ask_text().empty())
        fields.set("why",
                   texts.say("mail.introduction.ask",
                             Fields().set("asker", table.name_of(Role::asker)).set("ask", table.ask_text())));
    set_quote(fields, texts, quote_by(table, news), words_to(table, to, news));
    fields.set("link", link);
    set_footer(fields, table, to, texts, desk, stop_link);
    set_letter(mail, fields);
    mail.list_unsubscribe = stop_link;
    if (news == IntroductionNews::made && to != Role::broker)
        mail.reply_to = table.email_of(to == Role::asker ? Role::target : Role::asker);
    return mail;
}

void tell_of_introduction(store::Tx& tx, const IntroductionTable& table, Role to, IntroductionNews news,
                          const MeetingDesk& desk, Instant now) {
    if (table.row.is_hidden && to != Role::broker) return;
    push_news(tx, table, to, news, now);
    if (desk.mail_from.empty() || table.email_of(to).empty()) return;
    std::string link = desk.base_url + "/introductions/" + to_string(table.introduction().id);
    std::string stop_link;
    if (table.account_of(to) == nullptr) {
        if (!may_write_to_guest(tx, table, news, now)) return;
        link = make_introduction_link(tx, table, desk, now);
        stop_link = desk.base_url + "/stop/" + stop_token(tx, table.row.email);
    }
    send_mail(tx, effect_key(table, to, news), table.broker.id,
              write_introduction_letter(table, to, news, desk, link, stop_link, now), Recipient::anyone, now);
}

std::string make_introduction_link(store::Tx& tx, const IntroductionTable& table, const MeetingDesk& desk,
                                   Instant now) {
    const std::string token = random_token();
    store::introductions::add_link(tx, table.row, sha256_hex(token), now);
    return desk.base_url + "/i/" + token;
}

OutgoingMail write_account_letter(const core::Account& to, const AccountLetter& letter,
                                  const MeetingDesk& desk) {
    const Texts& texts = Texts::of(to.locale);
    OutgoingMail mail;
    mail.to = to.email;
    mail.subject = texts.say(letter.key + ".subject", letter.gaps);
    mail.from_name = texts.say("mail.from", Fields().set("name", letter.from));
    Fields fields;
    fields.set("subject", mail.subject).set("language", to.locale);
    fields.set("greeting", texts.say("mail.greeting", Fields().set("name", to.full_name)));
    set_parts(fields, texts, letter.key, letter.gaps);
    set_quote(fields, texts, letter.quote_by, letter.quote);
    fields.set("link", letter.link);
    fields.set("footer", texts.say("mail.footer.account", Fields().set("server", host_of(desk.base_url))));
    set_letter(mail, fields);
    return mail;
}

}  // namespace vv::app
