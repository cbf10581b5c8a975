// world/plans.h — holds every statement that a test runs on SQLite against what a plan may do.
//
// The program never runs ANALYZE, so a plan follows from the statement and the schema alone: what walks too
// much over a test's ten rows walks too much over a million. A step that is repeated for each row of another
// must not be a walk over a whole table, over all that an owner has, or over a list that was passed in.
#pragma once

#include <string>

namespace vv::world {

/// From now on the texts of statements are noted, in whatever connection of this process they run.
void note_statements();

/// Fails the test for each statement noted since the last call whose plan in this database's schema repeats
/// such a walk.
void expect_good_plans(const std::string& database_file);

}  // namespace vv::world
