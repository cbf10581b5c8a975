// suggestions_members.h — of an owner's people, those who are members too and let their ties be told.
#pragma once

#include <string>

namespace vv::bench {

/// Gives `count` of those whom meeting is worth most, every third of them, an account, links it, and lets
/// each keep twenty others of them among its own people. `now` is when all of it happened. The program must
/// not run.
void add_members(const std::string& data, int count, const std::string& now);

}  // namespace vv::bench
