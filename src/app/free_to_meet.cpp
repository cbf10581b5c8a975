#include "app/free_to_meet.h"

#include "app/letters.h"
#include "app/push.h"
#include "app/texts.h"
#include "store/accounts.h"
#include "store/blocks.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using formats::Fields;
using store::free_to_meet::Mine;
using store::free_to_meet::Shown;

constexpr std::size_t kMostWindows = 20;

bool is_shown_to(const Mine& mine, core::AccountId account) {
    return std::ranges::find(mine.shown_to, account, &core::AccountName::id) != mine.shown_to.end();
}

std::vector<FreeOverlap> overlaps_of(const Mine& mine, const std::vector<Shown>& shown) {
    std::vector<FreeOverlap> found;
    for (const Shown& other : shown) {
        if (!is_shown_to(mine, other.who.account)) continue;
        if (const auto both = core::overlap(mine.window, other.window))
            found.push_back({other.who, *both, other.window.kind});
    }
    std::ranges::stable_sort(found, {}, [](const FreeOverlap& one) { return one.when.start; });
    return found;
}

OutgoingMail write_mail(const core::Account& to, const std::string& other, Span when,
                        const std::optional<core::MeetingKind>& kind, const MeetingDesk& desk, Instant now) {
    const Texts& texts = Texts::of(to.locale);
    OutgoingMail mail;
    mail.to = to.email;
    mail.subject =
        texts.say("mail.free.subject",
                  Fields().set("other", other).set("day", say_day(texts, when.start, to.zone, now)));
    Fields fields;
    fields.set("subject", mail.subject).set("language", to.locale);
    fields.set("greeting", texts.say("mail.greeting", Fields().set("name", to.full_name)));
    fields.set("lead",
               texts.say("mail.free.lead",
                         Fields().set("other", other).set("when", say_when(texts, when, to.zone, now))));
    if (kind) {
        const std::string what = texts.say("kind." + std::string(core::to_string(*kind)) + ".what");
        fields.set("note", texts.say("mail.free.kind", Fields().set("other", other).set("kind", what)));
    }
    fields.set("link", desk.base_url + "/around").set("action", texts.say("mail.free.action"));
    fields.set("button", texts.say("mail.free.button"));
    fields.set("footer", texts.say("mail.free.footer", Fields().set("server", host_of(desk.base_url))));
    set_letter(mail, fields);
    return mail;
}

void tell(store::Tx& tx, core::AccountId to, core::AccountId about, const FreeOverlap& overlap,
          std::optional<core::MeetingKind> kind, const std::string& key, const Caller& caller,
          const MeetingDesk& desk) {
    const auto reader = store::accounts::find(tx, to);
    const auto other = store::accounts::find(tx, about);
    if (!reader || !other) return;
    const OutgoingMail mail = write_mail(*reader, other->full_name, overlap.when, kind, desk, caller.now);
    push_notice(tx, to, reader->zone, {key, "free", mail.subject, "/around"}, caller.now);
    if (desk.mail_from.empty() || !reader->email_verified_at) return;
    send_mail(tx, key + "/" + to_string(to), to, mail, Recipient::anyone, caller.now);
}

/// Both sides of each overlap of a new window.
void tell_both(store::Tx& tx, const Caller& caller, const OwnWindow& window, const MeetingDesk& desk) {
    for (const FreeOverlap& overlap : window.overlaps) {
        const std::string key =
            "free/" + to_string(window.window.window.id) + "/" + to_string(overlap.who.account);
        tell(tx, caller.account, overlap.who.account, overlap, overlap.kind, key, caller, desk);
        tell(tx, overlap.who.account, caller.account, overlap, window.window.window.kind, key, caller, desk);
    }
}

}  // namespace

Result<FreeToMeet> free_to_meet(store::Tx& tx, Caller caller) {
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    FreeToMeet found;
    found.shown = store::free_to_meet::shown_to(tx, caller.account, caller.now);
    std::erase_if(found.shown, [&](const Shown& one) { return blocks.hides(one.who.account); });
    for (Mine& mine : store::free_to_meet::mine(tx, caller.account, caller.now)) {
        auto overlaps = overlaps_of(mine, found.shown);
        found.mine.push_back({std::move(mine), std::move(overlaps)});
    }
    return found;
}

Result<FreeToMeet> be_free_to_meet(store::Tx& tx, Caller caller, FreeWindowWanted wanted) {
    TRY(core::FreeWindow window, core::make_free_window(std::move(wanted.window), caller.now));
    TRY(const auto shown_to, accounts_of_circles(tx, caller, wanted.circles));
    if (store::free_to_meet::mine(tx, caller.account, caller.now).size() >= kMostWindows)
        return Error(Fault::conflict, "free_to_meet.many", "Twenty at once are enough; take one back first.");
    window.id = {wanted.desk.ids->next(caller.now)};
    store::free_to_meet::save(tx, caller.account, window, shown_to);
    TRY(const FreeToMeet now_free, free_to_meet(tx, caller));
    for (const OwnWindow& one : now_free.mine)
        if (one.window.window.id == window.id) tell_both(tx, caller, one, wanted.desk);
    return now_free;
}

Result<Done> remove_free_window(store::Tx& tx, Caller caller, core::FreeWindowId id) {
    if (!store::free_to_meet::remove(tx, caller.account, id))
        return Error(Fault::not_found, "free_to_meet.unknown", "It is over, or was taken back.");
    return Done{};
}

}  // namespace vv::app
