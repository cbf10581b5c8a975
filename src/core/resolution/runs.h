// core/resolution/runs.h — names run together in addresses, where they speak against a name that is shown.
#pragma once

#include "core/resolution/profile.h"

namespace vv::core::resolution {

/// "soojinkim" of a Kim is Soo-jin's, and not Hye-jin's, whom her friends call Jin as well.
bool runs_another(Word compact, const Form& shown, const Background& background);

/// "kohanlon@" is no Catherine's, whom her friends call Kate.
bool another_initial(const Profile& a, const Profile& b, const Background& background);

}  // namespace vv::core::resolution
