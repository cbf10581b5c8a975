#include "app/leaving.h"

#include "app/account_mails.h"
#include "app/accounts.h"
#include "app/keyed_hash.h"
#include "app/outgoing_mail.h"
#include "app/polls.h"
#include "store/accounts.h"
#include "store/leaving.h"
#include "store/polls.h"

#include <limits>
#include <utility>

namespace vv::app {
namespace {

constexpr int kAll = std::numeric_limits<int>::max();
constexpr int kErasedAtOnce = 10;

std::string handle_hash(store::Tx& tx, const std::string& handle) {
    return keyed_hash(tx, "retired_handle", handle);
}

// A poll is given up by its organiser; who was asked can't come.
Result<Done> end_polls(store::Tx& tx, const Caller& caller, const MeetingDesk& desk) {
    for (const auto& record : store::polls::list(tx, caller.account, kAll))
        if (record.poll.state == core::PollState::open) CHECK(close_poll(tx, caller, record.poll.id, desk));
    for (const auto& seat : store::polls::asking(tx, caller.account, caller.now, kAll)) {
        TRY(const auto record, store::polls::find(tx, seat.owner, seat.poll));
        std::vector<core::PollWish> wishes;
        for (const core::PollTime& time : record.poll.times) wishes.push_back({time.number, core::Wish::no});
        // One that keeps the caller away can't be answered, and needn't be.
        [[maybe_unused]] const auto answered = vote_in_poll(tx, caller, seat.poll, std::move(wishes), desk);
    }
    return Done{};
}

Result<Instant> leave(store::Tx& tx, const Caller& caller, Instant at, const MeetingDesk& desk) {
    CHECK(end_polls(tx, caller, desk));
    for (const core::MeetingId meeting : store::leaving::open_meetings(tx, caller.account))
        CHECK(leave_meeting(tx, caller, meeting, desk));
    store::leaving::withdraw(tx, caller.account, caller.now);
    store::leaving::set(tx, caller.account, at);
    return at;
}

}  // namespace

Result<Done> may_leave(store::Tx& tx, Caller caller) {
    if (store::leaving::leaves_at(tx, caller.account))
        return Error(Fault::conflict, "account.leaving", "This account is on its way out already.");
    if (store::leaving::is_only_admin(tx, caller.account))
        return Error(
            Fault::conflict, "account.only_admin",
            "Nobody else runs this server, and others have accounts here; whoever has the machine can "
            "delete yours with \"visavis account delete\".");
    return Done{};
}

Result<Instant> leave_account(store::Tx& tx, Caller caller, LeaveAccount input) {
    CHECK(may_leave(tx, caller));
    TRY(const core::Account account, find_account(tx, caller));
    if (store::accounts::password_hash(tx, caller.account) != input.password_hash)
        return Error(Fault::conflict, "account.password_changed",
                     "The password has been changed meanwhile; type the new one.");
    TRY(const Instant at, leave(tx, caller, caller.now + kLeavingTakes, input.desk));
    const Recipient recipient = account.email_verified_at ? Recipient::holder : Recipient::anyone;
    send_mail(tx, "account/" + to_string(account.id) + "/leaving/" + std::to_string(millis(at)), account.id,
              leaving_mail(account, at, input.desk.base_url), recipient, caller.now);
    return at;
}

Result<Instant> dismiss_account(store::Tx& tx, Caller caller, DismissAccount input) {
    TRY(const core::Account account, find_account(tx, caller));
    const auto before = store::leaving::leaves_at(tx, caller.account);
    if (before && !input.at_once) return *before;
    return leave(tx, caller, input.at_once ? caller.now : caller.now + kLeavingTakes, input.desk);
}

Result<OwnAccount> find_own_account(store::Tx& tx, Caller caller) {
    TRY(core::Account account, find_account(tx, caller));
    const auto at = store::leaving::leaves_at(tx, caller.account);
    return OwnAccount{std::move(account), at};
}

Result<std::optional<Instant>> leaving_at(store::Tx& tx, Caller caller) {
    return store::leaving::leaves_at(tx, caller.account);
}

Result<Done> keep_account(store::Tx& tx, Caller caller) {
    const auto at = store::leaving::leaves_at(tx, caller.account);
    if (!at) return Error(Fault::conflict, "account.not_leaving", "This account stays anyway.");
    if (*at <= caller.now)
        return Error(Fault::conflict, "account.gone", "It is too late: this account is being deleted.");
    store::leaving::set(tx, caller.account, std::nullopt);
    store::leaving::restore(tx, caller.account);
    return Done{};
}

Result<std::vector<core::AccountId>> accounts_to_erase(store::Tx& tx, Instant now) {
    return store::leaving::due(tx, now, kErasedAtOnce);
}

// Looked at in every step: who has chosen to stay meanwhile, or is gone, is left alone.
Result<Erased> erase_step(store::Tx& tx, core::AccountId account, Instant now) {
    const auto at = store::leaving::leaves_at(tx, account);
    const auto found = store::accounts::find(tx, account);
    if (!found || !at || *at > now) return Erased{true, {}};
    if (store::leaving::erase_some(tx, account)) return Erased{};
    return Erased{true, store::leaving::erase(tx, account, handle_hash(tx, found->handle))};
}

bool is_handle_retired(store::Tx& tx, const std::string& handle) {
    return store::leaving::is_retired(tx, handle_hash(tx, handle));
}

}  // namespace vv::app
