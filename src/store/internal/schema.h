// store/internal/schema.h — brings a database to the program's version.
#pragma once

#include "base/result.h"
#include "store/internal/connection.h"

#include <functional>

namespace vv::store {

/// Applies what is missing in one transaction, which other processes that try the same wait for. `conflict`
/// (database.newer) for a database that knows more migrations than the program. `may_migrate` is asked first
/// when something is missing; its error stops it.
Result<Done> bring_up_to_date(Connection& connection, const std::function<Result<Done>()>& may_migrate);

}  // namespace vv::store
