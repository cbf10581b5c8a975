// cli/review.h — `visavis people review`, `merge`, `split`: who is who by the owner's word.
#pragma once

namespace vv::cli {

class Command;

/// Below `people`.
void add_review_commands(Command& people);

}  // namespace vv::cli
