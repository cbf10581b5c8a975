// store/internal/backends.h — the two databases behind store/database.h.
#pragma once

#include "store/database.h"

#include <memory>
#include <string>

namespace vv::store {

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, const DatabaseOptions& options);
Result<std::unique_ptr<Database>> open_postgresql(const std::string& url, const DatabaseOptions& options);

}  // namespace vv::store
