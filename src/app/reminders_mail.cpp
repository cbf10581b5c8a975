#include "app/reminders_mail.h"

#include "app/keyed_hash.h"
#include "app/letters.h"
#include "app/push.h"
#include "app/texts.h"
#include "base/crypto.h"
#include "store/accounts.h"

#include <algorithm>

namespace vv::app {
namespace {

using formats::Fields;

constexpr int kMostRead = 100;
constexpr std::size_t kMostTold = 10;  // in one mail; the page has the others

Fields item(const core::Reminder& reminder, const std::string& base_url) {
    std::string why;
    for (const std::string& sentence : reminder.why) why += (why.empty() ? "" : " ") + sentence;
    Fields fields;
    fields.set("item_text", reminder.text).set("item_why", why);
    fields.set("item_link", base_url + room_of(reminder));
    return fields;
}

std::string proof_of(store::Tx& tx, std::string_view owner) {
    return keyed_hash(tx, "digest_link", owner);
}

Result<core::AccountId> owner_in(store::Tx& tx, const std::string& token) {
    const std::size_t dot = token.find('.');
    const auto owner = parse_id(token.substr(0, dot));
    if (dot == std::string::npos || !owner ||
        !equal_secrets(token.substr(dot + 1), proof_of(tx, token.substr(0, dot))))
        return Error(Fault::not_found, "stop.unknown",
                     "This link leads nowhere; copy it from the mail as a whole.");
    return core::AccountId{*owner};
}

/// What is open, and neither a mail nor a browser has told.
std::vector<store::reminders::Row> untold(store::Tx& tx, const Caller& caller,
                                          const core::ReminderSettings& settings) {
    auto open = store::reminders::open(tx, caller.account, caller.now, kMostRead);
    std::erase_if(open, [&](const store::reminders::Row& row) {
        return row.mailed_at || row.pushed_at || settings.is_muted(row.reminder.kind);
    });
    if (open.size() > kMostTold) open.resize(kMostTold);
    return open;
}

}  // namespace

OutgoingMail write_digest(const core::Account& account, const std::vector<store::reminders::Row>& open,
                          const ReminderDesk& desk, const std::string& stop_link) {
    const Texts& texts = Texts::of(account.locale);
    std::vector<Fields> items;
    for (const auto& row : open) items.push_back(item(row.reminder, desk.base_url));
    OutgoingMail mail;
    mail.to = account.email;
    mail.subject = texts.say(open.size() == 1 ? "mail.digest.subject.one" : "mail.digest.subject.many");
    Fields fields;
    fields.set("subject", mail.subject).set("language", account.locale);
    fields.set("greeting", texts.say("mail.greeting", Fields().set("name", account.full_name)));
    fields.set("lead", texts.say("mail.digest.lead"));
    fields.set("has_items", true).set("items", items);
    fields.set("link", desk.base_url + "/").set("action", texts.say("mail.digest.action"));
    fields.set("button", texts.say("mail.digest.button"));
    fields.set("note", texts.say("mail.digest.note",
                                 Fields().set("settings", desk.base_url + "/settings/reminders")));
    fields.set("footer", texts.say("mail.digest.footer", Fields().set("server", host_of(desk.base_url))));
    fields.set("stop", stop_link).set("stop_label", texts.say("mail.digest.stop"));
    set_letter(mail, fields);
    mail.list_unsubscribe = stop_link;
    return mail;
}

void mail_digest(store::Tx& tx, const Caller& caller, const core::ReminderSettings& settings,
                 const ReminderDesk& desk) {
    const Instant morning = core::latest_digest_morning(caller.now, settings.digest_day, caller.zone);
    if (store::reminders::digest_at(tx, caller.account) >= morning) return;
    store::reminders::save_digest_at(tx, caller.account, morning);
    if (!settings.digest || settings.is_paused(caller.now) || desk.mail_from.empty()) return;
    const auto account = store::accounts::find(tx, caller.account);
    if (!account || !account->email_verified_at || account->created_at > morning) return;
    const auto open = untold(tx, caller, settings);
    if (open.empty()) return;
    const std::string stop_link = desk.base_url + "/stop/digest/" + digest_token(tx, caller.account);
    const std::string key = "reminders/" + to_string(caller.account) + "/" + std::to_string(millis(morning));
    if (!send_mail(tx, key, caller.account, write_digest(*account, open, desk, stop_link), Recipient::anyone,
                   caller.now))
        return;
    std::vector<core::ReminderId> told;
    for (const auto& row : open) told.push_back(row.id);
    store::reminders::note_mailed(tx, caller.account, told, caller.now);
}

std::string digest_token(store::Tx& tx, core::AccountId owner) {
    const std::string id = to_string(owner);
    return id + "." + proof_of(tx, id);
}

Result<bool> is_digest_stopped(store::Tx& tx, std::string token) {
    TRY(const core::AccountId owner, owner_in(tx, token));
    return !store::reminders::settings(tx, owner).digest;
}

Result<Done> set_digest_by_link(store::Tx& tx, std::string token, bool wanted) {
    TRY(const core::AccountId owner, owner_in(tx, token));
    if (!store::accounts::find(tx, owner))
        return Error(Fault::not_found, "stop.unknown", "This account is no longer here.");
    core::ReminderSettings settings = store::reminders::settings(tx, owner);
    settings.digest = wanted;
    store::reminders::save_settings(tx, owner, settings);
    return Done{};
}

}  // namespace vv::app
