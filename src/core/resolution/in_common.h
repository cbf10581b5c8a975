// core/resolution/in_common.h — small questions about two profiles that comparing and fitting both ask.
#pragma once

#include "core/resolution/profile.h"

#include <cstdint>
#include <vector>

namespace vv::core::resolution {

bool shares(const Few<Word>& a, const Few<Word>& b);
/// A number of one's own that both have.
bool shares_number(const Profile& a, const Profile& b);
/// Two cards that each have a number of their own, and none in common. A call is of one number only.
bool numbers_differ(const Profile& a, const Profile& b);
/// The same of private addresses.
bool emails_differ(const Profile& a, const Profile& b);

inline constexpr Word kLabel = 0xffffffff;  // in place of a family name: the key of a label
inline std::uint64_t name_key(Word given, Word family) {
    return (static_cast<std::uint64_t>(given) << 32) | family;
}

}  // namespace vv::core::resolution
