#include "app/introductions_mail.h"
#include "app/network_asks.h"
#include "app/push.h"
#include "app/texts.h"
#include "store/accounts.h"
#include "store/asks.h"
#include "store/blocks.h"
#include "store/introductions.h"
#include "store/people.h"

#include <algorithm>
#include <set>

namespace vv::app {
namespace {

using core::AccountId;
using core::Role;

/// A result on its way to all who helped.
struct Sharing {
    const core::Account& asker;
    const store::asks::StoredAsk& ask;
    const MeetingDesk& desk;
    Instant now;
};

std::string key_of(const Sharing& sharing, const std::string& to) {
    return "ask/" + to_string(sharing.ask.id) + "/result/" + to;
}

AccountLetter letter_of(const Sharing& sharing) {
    AccountLetter letter;
    letter.key = "mail.ask_result";
    letter.from = sharing.asker.full_name;
    letter.gaps.set("asker", sharing.asker.full_name).set("url", sharing.ask.result_url);
    letter.quote_by = sharing.asker.full_name;
    letter.quote = sharing.ask.ask.text;
    letter.link = sharing.ask.result_url;
    return letter;
}

void tell_accounts(store::Tx& tx, const Sharing& sharing, const std::set<AccountId>& helpers) {
    const core::Blocks blocks = store::blocks::around(tx, sharing.asker.id);
    for (const core::Account& account : store::accounts::load(tx, {helpers.begin(), helpers.end()})) {
        if (!account.email_verified_at || blocks.hides(account.id)) continue;
        send_mail(tx, key_of(sharing, to_string(account.id)), sharing.asker.id,
                  write_account_letter(account, letter_of(sharing), sharing.desk), Recipient::anyone,
                  sharing.now);
    }
}

// Who said yes of the asker's own people, with an account.
void add_own(store::Tx& tx, const Caller& caller, core::AskId ask, std::set<AccountId>& helpers) {
    const auto people = store::asks::people_of(tx, caller.account, std::vector{ask});
    std::vector<core::PersonId> helped;
    if (const auto said = people.find(ask); said != people.end())
        for (const core::Asked& one : said->second) {
            const core::AskedState state = core::state_now(one);
            if (state == core::AskedState::yes || state == core::AskedState::met)
                helped.push_back(one.person);
        }
    for (const core::Person& person : store::people::load(tx, caller.account, helped))
        if (person.account) helpers.insert(*person.account);
}

}  // namespace

Result<AskView> share_result(store::Tx& tx, Caller caller, core::AskId id, std::string url,
                             MeetingDesk desk) {
    auto ask = store::asks::find(tx, caller.account, id);
    const auto asker = store::accounts::find(tx, caller.account);
    if (!ask || !asker) return Error{Fault::not_found, "ask.unknown", "There is no such ask among yours."};
    TRY(ask->result_url, core::check_result(url));
    store::asks::save(tx, caller.account, *ask);
    if (!desk.mail_from.empty()) {
        const Sharing sharing{*asker, *ask, desk, caller.now};
        std::set<AccountId> helpers;
        add_own(tx, caller, id, helpers);
        for (const auto& row : store::introductions::made_for(tx, caller.account, {id})) {
            helpers.insert(row.broker);
            if (row.target) helpers.insert(*row.target);
            if (row.target || row.email.empty()) continue;
            TRY(const IntroductionTable table, lay_introduction(tx, row));
            tell_of_introduction(tx, table, Role::target, IntroductionNews::result, desk, caller.now);
        }
        tell_accounts(tx, sharing, helpers);
    }
    return find_ask(tx, caller, id);
}

Result<Done> deliver_ask(store::Tx& tx, core::AskSendId id, MeetingDesk desk, Instant now) {
    const auto send = store::network_asks::find(tx, id);
    if (!send || send->is_hidden || send->declined_at) return Done{};
    if (send->shown_at > now || send->expires_at <= now) return Done{};
    const auto asker = store::accounts::find(tx, send->asker);
    const auto reader = store::accounts::find(tx, send->to);
    const auto asks = store::network_asks::standing(tx, std::span(&send->asker, 1), std::span(&send->ask, 1));
    const bool is_wanted = !asks.empty() && asks.begin()->second.state == core::AskState::open;
    if (!asker || !reader || !is_wanted) return Done{};
    if (!store::network_asks::find_shown(tx, send->to, id, now)) return Done{};
    AccountLetter letter;
    letter.key = "mail.ask_sent";
    letter.from = asker->full_name;
    letter.gaps.set("asker", asker->full_name);
    letter.quote_by = asker->full_name;
    letter.quote = asks.begin()->second.ask.text;
    const std::string path = "/asks/received/" + to_string(id);
    letter.link = desk.base_url + path;
    const std::string subject = Texts::of(reader->locale).say("mail.ask_sent.subject", letter.gaps);
    push_notice(tx, reader->id, reader->zone, {"ask/sent/" + to_string(id), "ask", subject, path}, now);
    if (desk.mail_from.empty() || !reader->email_verified_at) return Done{};
    send_mail(tx, "ask/sent/" + to_string(id), asker->id, write_account_letter(*reader, letter, desk),
              Recipient::anyone, now);
    return Done{};
}

}  // namespace vv::app
