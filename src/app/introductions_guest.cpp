#include "app/introductions_guest.h"

#include "app/introductions_mail.h"
#include "app/introductions_table.h"
#include "app/stop_links.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/blocks.h"

namespace vv::app {
namespace {

using core::Consent;
using core::Role;

// A block that came between the broker and the asker since is as one that was there: nothing comes of an
// answer.
Result<IntroductionTable> table_of(store::Tx& tx, const std::string& token) {
    const auto id = store::introductions::find_by_link(tx, sha256_hex(token));
    if (!id) return unknown_introduction();
    auto row = store::introductions::find(tx, *id);
    if (!row) return unknown_introduction();
    TRY(IntroductionTable table, lay_introduction(tx, *std::move(row)));
    if (table.asker && store::blocks::between(tx, table.broker.id, table.asker->id))
        table.row.is_hidden = true;
    if (table.introduction().asker_says != Consent::yes) return unknown_introduction();
    return table;
}

GuestIntroduction show(store::Tx& tx, const IntroductionTable& table, Instant now) {
    const core::Introduction& introduction = table.introduction();
    GuestIntroduction shown;
    shown.broker = table.broker.full_name;
    shown.asker = table.name_of(Role::asker);
    shown.guest = table.row.target_name;
    shown.words = introduction.to_target;
    shown.ask = table.ask_text();
    shown.state = core::state_of(introduction, now);
    shown.answer = introduction.target_says;
    const bool is_made = shown.state == core::IntroductionState::made;
    if (is_made) shown.contact = table.email_of(Role::asker);
    if (is_made && table.ask) shown.result_url = table.ask->result_url;
    shown.is_thanked = !introduction.target_thanks.empty();
    shown.needs_email = table.row.email.empty();
    shown.expires_at = introduction.expires_at;
    shown.zone = table.broker.zone;
    shown.locale = table.broker.locale;
    if (!table.row.email.empty()) shown.stop_token = stop_token(tx, table.row.email);
    return shown;
}

Result<Done> take_email(IntroductionTable& table, const GuestConsent& input) {
    if (input.consent != Consent::yes || !table.row.email.empty()) return Done{};
    TRY(table.row.email, core::check_email(input.email));
    return Done{};
}

}  // namespace

Result<GuestIntroduction> open_introduction(store::Tx& tx, std::string token, Instant now) {
    TRY(const IntroductionTable table, table_of(tx, token));
    return show(tx, table, now);
}

Result<GuestIntroduction> answer_as_guest(store::Tx& tx, GuestConsent input) {
    TRY(IntroductionTable table, table_of(tx, input.token));
    if (input.consent == Consent::unsaid) {
        TRY(table.row.introduction,
            core::thank(table.introduction(), Role::target, std::move(input.thanks), input.now));
        store::introductions::save(tx, table.row);
        tell_of_introduction(tx, table, Role::broker, IntroductionNews::thanks, input.desk, input.now);
        return show(tx, table, input.now);
    }
    CHECK(take_email(table, input));
    CHECK(settle_answer(tx, table, Role::target, input.consent, input.desk, input.now));
    return show(tx, table, input.now);
}

}  // namespace vv::app
