// store/attributes.h — core::Attributes as the JSON that identities and their sources hold. Empty fields are
// left out.
#pragma once

#include "core/people.h"

#include <string>
#include <string_view>

namespace vv::store {

std::string attributes_to_json(const core::Attributes& attributes);
/// What attributes_to_json() wrote; fields of another shape are passed over.
core::Attributes attributes_from_json(std::string_view json);

}  // namespace vv::store
