#include "cli/caller.h"

#include "app/accounts.h"
#include "store/database.h"

namespace vv::cli {

Result<app::Caller> caller_of(Environment& env, const std::string& handle) {
    TRY(store::Database * db, env.database());
    TRY(const core::Account account,
        db->read_now([&handle](store::Tx& tx) { return app::account_of_any_handle(tx, handle); }));
    return app::Caller{account.id, env.now(), account.zone};
}

}  // namespace vv::cli
