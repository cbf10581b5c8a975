// store/import_report.h — an import's report and a file's counts as JSON text.
#pragma once

#include "store/imports.h"

#include <string>
#include <string_view>

namespace vv::store::imports {

std::string to_json(const Report& report);
Report parse_report(std::string_view json);

/// The counts alone: where they come from stands in the file's row.
std::string to_json(const Line& counts);
Line parse_counts_line(std::string_view json);

}  // namespace vv::store::imports
