// core/names.h — what somebody is called in a sentence.
#pragma once

#include <string>
#include <string_view>

namespace vv::core {

/// "Ann" of Ann Lee, but all of "Uncle Bob" and "Dr. Osei": such a word alone is nobody's name. The page's
/// first_name.ts does the same.
std::string called(std::string_view name);

}  // namespace vv::core
