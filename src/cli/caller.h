// cli/caller.h — the account that `--account` names, as a use case's caller.
#pragma once

#include "app/caller.h"
#include "cli/environment.h"

namespace vv::cli {

/// At the command's time and in the account's zone. `not_found` account.unknown.
Result<app::Caller> caller_of(Environment& env, const std::string& handle);

}  // namespace vv::cli
