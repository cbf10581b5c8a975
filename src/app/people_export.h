// app/people_export.h — every person with all that is known, as one file.
#pragma once

#include "app/caller.h"
#include "store/database.h"

#include <string>

namespace vv::app {

enum class PeopleFormat { vcard, csv };

/// By name, blocked people left out. Four statements.
Result<std::string> export_people(store::Tx& tx, Caller caller, PeopleFormat format);

}  // namespace vv::app
