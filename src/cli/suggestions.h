// cli/suggestions.h — `visavis meet`: whom to meet, best first, with reasons.
#pragma once

namespace vv::cli {

class Command;
void add_suggestions_commands(Command& root);

}  // namespace vv::cli
