#include "app/introductions.h"

#include "app/introductions_mail.h"
#include "app/introductions_table.h"
#include "app/outgoing_mail.h"
#include "app/ties.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/links.h"
#include "store/meetings.h"
#include "store/people.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using core::Consent;
using core::IntroductionId;
using core::Role;
using store::introductions::Row;
using store::meetings::Invitee;

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kLookedAt{365 * 24};  // for a meeting that came of it
constexpr int kMetAtOnce = 100;

Error too_many(std::string code, std::string detail) {
    Error error{Fault::too_many, "introduction." + std::move(code), std::move(detail)};
    error.retry_after = std::chrono::hours(1);
    return error;
}

Result<Done> check_not_blocked(const Invitee& person) {
    if (!person.is_blocked) return Done{};
    return Error{Fault::conflict, "introduction.you_blocked",
                 "You have blocked this person; unblock them first."};
}

/// For whom: who sent the ask, or the person with an account that the caller means.
Result<Done> find_asker(store::Tx& tx, const Caller& caller, const NewIntroduction& input, Row& row,
                        std::optional<core::AskId>& ask) {
    if (input.ask.has_value() == input.asker.has_value())
        return Error{Fault::invalid, "introduction.between",
                     "Say for which ask, or for which of your people."};
    if (input.asker) {
        TRY(const Invitee asker, store::meetings::invitee(tx, caller.account, *input.asker));
        CHECK(check_not_blocked(asker));
        if (!asker.account)
            return Error{Fault::invalid, "introduction.no_account",
                         "Who is asked first needs an account here that is linked with your person."};
        row.asker = asker.account;
        return Done{};
    }
    const auto sent = store::network_asks::find_shown(tx, caller.account, *input.ask, caller.now);
    if (!sent || sent->declined_at || sent->expires_at <= caller.now)
        return Error{Fault::not_found, "ask.unknown", "There is no such ask before you."};
    row.asker = sent->asker;
    ask = sent->ask;
    return Done{};
}

Result<Done> find_target(store::Tx& tx, const Caller& caller, const NewIntroduction& input, Row& row) {
    TRY(const Invitee target, store::meetings::invitee(tx, caller.account, input.person));
    CHECK(check_not_blocked(target));
    row.target = target.account;
    row.target_identity = target.identity;
    row.target_name = target.name;
    if (row.target == row.asker)
        return Error{Fault::invalid, "introduction.same", "The two are one: choose somebody else."};
    if (row.target || trim(input.email).empty()) return Done{};
    TRY(row.email, core::check_email(input.email));
    return Done{};
}

// Whether a person whom this account blocked has the address.
bool is_blocked_address(store::Tx& tx, core::AccountId account, const std::string& email) {
    if (email.empty()) return false;
    const auto people = store::links::people_with_email(tx, account, email, 20);
    return std::ranges::any_of(store::people::load(tx, account, people),
                               [](const core::Person& person) { return person.blocked_at.has_value(); });
}

// What keeps it from coming before the two, silently: a block anywhere between the three, a no said before,
// an address that is the asker's or the broker's own or wants no mail.
bool is_kept_away(store::Tx& tx, const Row& row) {
    if (store::blocks::between(tx, row.broker, *row.asker) || store::introductions::is_refused(tx, row))
        return true;
    std::optional<core::Account> target;
    if (row.target) target = store::accounts::find(tx, *row.target);
    if (!row.target && !row.email.empty()) {
        if (is_mail_stopped(tx, row.email)) return true;
        target = store::accounts::find_by_verified_email(tx, row.email);
    }
    const std::string email = target && target->email_verified_at ? target->email : row.email;
    if (is_blocked_address(tx, *row.asker, email)) return true;
    if (!target) return false;
    return target->id == *row.asker || target->id == row.broker ||
           store::blocks::between(tx, target->id, row.broker) ||
           store::blocks::between(tx, target->id, *row.asker);
}

/// The row, its words not yet checked.
struct Found {
    Row row;
    std::optional<core::AskId> ask;
};
Result<Found> find_three(store::Tx& tx, const Caller& caller, const NewIntroduction& input) {
    Found found;
    found.row.broker = caller.account;
    CHECK(find_asker(tx, caller, input, found.row, found.ask));
    CHECK(find_target(tx, caller, input, found.row));
    return found;
}

Result<Done> check_day(store::Tx& tx, const Caller& caller, const Row& row) {
    const auto made = store::introductions::made_since(tx, caller.account, caller.now - kDay);
    if (made.all >= core::kIntroductionLimits.a_day)
        return too_many("many", "Ten introductions in a day are the limit; the next one can wait a day.");
    if (!row.email.empty() && made.by_mail >= core::kIntroductionLimits.mails_a_day)
        return too_many("many_mails", "Five people without an account in a day; pass on a link instead.");
    if (store::introductions::is_under_way(tx, row, caller.now))
        return Error{Fault::conflict, "introduction.under_way",
                     "You have introduced these two already; wait for the answer."};
    return Done{};
}

Result<IntroductionView> view_of(store::Tx& tx, const Caller& caller, IntroductionId id) {
    std::vector<Row> rows;
    if (auto row = store::introductions::find(tx, id)) rows.push_back(*std::move(row));
    auto views = show_introductions(tx, caller, std::move(rows));
    if (views.empty()) return unknown_introduction();
    return std::move(views.front());
}

/// For a change: the table, once the caller may know of it.
struct Seat {
    IntroductionTable table;
    Role role;
};
Result<Seat> take_seat(store::Tx& tx, const Caller& caller, IntroductionId id) {
    TRY(const IntroductionView view, view_of(tx, caller, id));
    TRY(IntroductionTable table, lay_introduction(tx, *store::introductions::find(tx, id)));
    return Seat{std::move(table), view.role};
}

// Both sides are asked in turn; a side with many waiting reads of it here only.
void ask_next(store::Tx& tx, const IntroductionTable& table, const MeetingDesk& desk, Instant now) {
    const auto state = core::state_of(table.introduction(), now);
    if (state == core::IntroductionState::asker_asked)
        tell_of_introduction(tx, table, Role::asker, IntroductionNews::asked, desk, now);
    if (state != core::IntroductionState::target_asked) return;
    const bool has_many = table.target && store::introductions::waiting_for(tx, table.target->id, now) >
                                              core::kIntroductionLimits.shown_at_once;
    if (!has_many) tell_of_introduction(tx, table, Role::target, IntroductionNews::asked, desk, now);
}

std::string work_of(const core::Person& person) {
    if (person.title.empty() || person.organisation.empty()) return person.title + person.organisation;
    return person.title + ", " + person.organisation;
}

Result<core::Draft> draft(store::Tx& tx, const Caller& caller, const IntroductionTable& table,
                          const core::Person& target) {
    core::DraftAbout about;
    about.broker = table.broker.full_name;
    about.asker = table.name_of(Role::asker);
    about.target = target.name;
    about.target_is = work_of(target);
    if (const auto person = store::people::find_by_account(tx, caller.account, table.asker->id))
        about.asker_is = work_of(*store::people::find(tx, caller.account, *person));
    about.for_ask = table.ask.has_value();
    return core::draft_of(about);
}

std::vector<std::string> addresses_of(store::Tx& tx, core::AccountId owner, core::PersonId person) {
    std::vector<std::string> emails;
    for (const auto& sourced : store::people::identities(tx, owner, person)) {
        std::vector<std::string> own = sourced.identity.attributes.emails;
        if (sourced.identity.network == core::Network::email) own.push_back(sourced.identity.key);
        for (const std::string& typed : own)
            if (const auto email = core::check_email(typed);
                email && std::ranges::find(emails, *email) == emails.end())
                emails.push_back(*email);
    }
    return emails;
}

// It led to a meeting: the broker is trusted the more for it.
void trust_broker(store::Tx& tx, core::AccountId owner, core::AccountId broker, Instant now) {
    if (const auto person = store::people::find_by_account(tx, owner, broker))
        refresh_ties(tx, owner, {*person}, now);
}

}  // namespace

Result<Done> settle_answer(store::Tx& tx, IntroductionTable& table, Role role, Consent consent,
                           const MeetingDesk& desk, Instant now) {
    TRY(table.row.introduction, core::answer(table.introduction(), role, consent, now));
    // Somebody keeps somebody away, and nobody is to notice: it goes on looking unanswered.
    if (table.row.is_hidden) table.row.introduction.made_at.reset();
    if (table.introduction().made_at) {
        CHECK(bring_together(tx, table, *desk.ids, now));
    }
    store::introductions::save(tx, table.row);
    switch (core::state_of(table.introduction(), now)) {
        case core::IntroductionState::made:
            for (const Role side : {Role::broker, Role::asker, Role::target})
                tell_of_introduction(tx, table, side, IntroductionNews::made, desk, now);
            break;
        case core::IntroductionState::not_now:
            tell_of_introduction(tx, table, Role::broker, IntroductionNews::not_now, desk, now);
            break;
        default:
            ask_next(tx, table, desk, now);
    }
    return Done{};
}

Result<IntroductionView> introduce_people(store::Tx& tx, Caller caller, NewIntroduction input) {
    TRY(Found found, find_three(tx, caller, input));
    CHECK(check_day(tx, caller, found.row));
    TRY(found.row.introduction,
        core::introduce({input.desk.ids->next(caller.now)}, found.ask, std::move(input.to_target),
                        std::move(input.to_asker), caller.now));
    found.row.is_hidden = is_kept_away(tx, found.row);
    TRY(const IntroductionTable table, lay_introduction(tx, found.row));
    if (table.introduction().is_over)
        return Error{Fault::conflict, "ask.done", "This ask is done; nobody is looked for any more."};
    store::introductions::add(tx, found.row);
    ask_next(tx, table, input.desk, caller.now);
    TRY(IntroductionView view, view_of(tx, caller, table.introduction().id));
    if (!table.target) view.link = make_introduction_link(tx, table, input.desk, caller.now);
    return view;
}

Result<IntroductionPreview> preview_introduction(store::Tx& tx, Caller caller, NewIntroduction input) {
    TRY(Found found, find_three(tx, caller, input));
    found.row.introduction.ask = found.ask;
    found.row.introduction.expires_at = caller.now + core::kIntroductionLimits.open_for;
    TRY(IntroductionTable table, lay_introduction(tx, std::move(found.row)));
    if (!table.asker) return unknown_introduction();
    const auto person = store::people::find(tx, caller.account, input.person);
    IntroductionPreview preview;
    TRY(preview.words, draft(tx, caller, table, *person));
    if (!trim(input.to_target).empty()) preview.words.to_target = std::move(input.to_target);
    if (!trim(input.to_asker).empty()) preview.words.to_asker = std::move(input.to_asker);
    table.row.introduction.to_target = preview.words.to_target;
    table.row.introduction.asker_says = Consent::yes;
    preview.has_account = table.target.has_value();
    const std::string link = input.desk.base_url + (preview.has_account ? "/introductions/…" : "/i/…");
    const OutgoingMail mail = write_introduction_letter(table, Role::target, IntroductionNews::asked,
                                                        input.desk, link, "", caller.now);
    preview.subject = mail.subject;
    preview.text = mail.text;
    preview.to = table.row.target_name + (table.row.email.empty() ? "" : " <" + table.row.email + ">");
    if (!preview.has_account) preview.emails = addresses_of(tx, caller.account, input.person);
    return preview;
}

Result<IntroductionPage> list_introductions(store::Tx& tx, Caller caller,
                                            std::optional<IntroductionId> before, int limit) {
    auto rows = store::introductions::list(tx, caller.account, before, limit);
    IntroductionPage page;
    if (rows.size() == static_cast<std::size_t>(limit)) page.next = rows.back().introduction.id;
    page.items = show_introductions(tx, caller, std::move(rows));
    return page;
}

Result<IntroductionView> find_introduction(store::Tx& tx, Caller caller, IntroductionId id) {
    return view_of(tx, caller, id);
}

Result<IntroductionView> answer_introduction(store::Tx& tx, Caller caller, IntroductionId id, Consent consent,
                                             MeetingDesk desk) {
    TRY(Seat seat, take_seat(tx, caller, id));
    CHECK(settle_answer(tx, seat.table, seat.role, consent, desk, caller.now));
    return view_of(tx, caller, id);
}

Result<IntroductionView> take_back_introduction(store::Tx& tx, Caller caller, IntroductionId id) {
    TRY(Seat seat, take_seat(tx, caller, id));
    if (seat.role != Role::broker) return unknown_introduction();
    TRY(seat.table.row.introduction, core::take_back(seat.table.introduction(), caller.now));
    store::introductions::save(tx, seat.table.row);
    return view_of(tx, caller, id);
}

Result<IntroductionView> thank_for_introduction(store::Tx& tx, Caller caller, IntroductionId id,
                                                std::string words, MeetingDesk desk) {
    TRY(Seat seat, take_seat(tx, caller, id));
    TRY(seat.table.row.introduction,
        core::thank(seat.table.introduction(), seat.role, std::move(words), caller.now));
    store::introductions::save(tx, seat.table.row);
    tell_of_introduction(tx, seat.table, Role::broker, IntroductionNews::thanks, desk, caller.now);
    return view_of(tx, caller, id);
}

Result<int> note_introductions_met(store::Tx& tx, MeetingDesk desk, Instant now) {
    int noted = 0;
    for (const IntroductionId id : store::introductions::newly_met(tx, now - kLookedAt, kMetAtOnce)) {
        TRY(IntroductionTable table, lay_introduction(tx, *store::introductions::find(tx, id)));
        table.row.introduction.met_at = now;
        store::introductions::save(tx, table.row);
        tell_of_introduction(tx, table, Role::broker, IntroductionNews::met, desk, now);
        for (const auto& account : {table.row.asker, table.row.target})
            if (account) trust_broker(tx, *account, table.row.broker, now);
        ++noted;
    }
    return noted;
}

Result<bool> are_introductions_met(store::Tx& tx, Instant now) {
    return !store::introductions::newly_met(tx, now - kLookedAt, 1).empty();
}

}  // namespace vv::app
