#include "app/blocks.h"

#include "app/accounts.h"

#include <utility>

namespace vv::app {

Result<Done> block_account(store::Tx& tx, Caller caller, core::AccountId account, MeetingDesk desk) {
    if (account == caller.account)
        return Error(Fault::invalid, "block.self", "You can't block yourself; choose another account.");
    store::blocks::add(tx, caller.account, std::vector{account}, caller.now);
    store::blocks::mark_people(tx, caller.account, account, caller.now);
    return end_meetings_with(tx, std::move(caller), {}, {account}, std::move(desk));
}

Result<Done> unblock_account(store::Tx& tx, Caller caller, core::AccountId account) {
    store::blocks::remove(tx, caller.account, std::vector{account});
    store::blocks::mark_people(tx, caller.account, account, std::nullopt);
    return Done{};
}

Result<Done> block_handle(store::Tx& tx, Caller caller, std::string handle, MeetingDesk desk) {
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    return block_account(tx, std::move(caller), account.id, std::move(desk));
}

Result<Done> unblock_handle(store::Tx& tx, Caller caller, std::string handle) {
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    return unblock_account(tx, std::move(caller), account.id);
}

Result<std::vector<store::blocks::Block>> list_blocks(store::Tx& tx, Caller caller) {
    return store::blocks::list(tx, caller.account);
}

}  // namespace vv::app
