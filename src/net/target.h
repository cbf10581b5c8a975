// net/target.h — the request line's target, taken apart.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::net {

struct Target {
    std::string encoded_path;                                // as it came, for the router
    std::string path;                                        // decoded
    std::vector<std::pair<std::string, std::string>> query;  // decoded, "+" as a blank
};

/// Reads origin-form ("/people?limit=3") and absolute-form, whose host is dropped. `invalid` for anything
/// else.
Result<Target> parse_target(std::string_view target);

/// A form as browsers send it (application/x-www-form-urlencoded): fields decoded, in order. What is no field
/// is left out.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view body);

}  // namespace vv::net
