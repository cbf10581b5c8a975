// store/gatherings.h — what files say of gatherings; encounters are settled from the newest word on each.
#pragma once

#include "core/encounters.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::store::gatherings {

std::string to_json(const core::Gathering& gathering);
/// What to_json() wrote.
core::Gathering from_json(std::string_view json);

struct Series {
    std::string source;
    std::string name;
};
/// The series that these files speak of.
std::vector<Series> in_files(Tx& tx, core::AccountId owner, const std::vector<std::int64_t>& files);
std::vector<Series> all(Tx& tx, core::AccountId owner);

struct Row {
    core::Word word;
    std::string source;
    std::int64_t line = 0;
    std::string record;  // JSON, or empty when nobody else took part
};
/// Every word on these series, but those on meetings made here, which come back in an export of the owner's
/// calendar.
std::vector<Row> load(Tx& tx, core::AccountId owner, const std::vector<Series>& series);

/// These words no longer hold: nobody took part, the time is free. The files that said them are read again
/// should they come again.
void take_back(Tx& tx, core::AccountId owner, const std::vector<Row>& rows);

}  // namespace vv::store::gatherings
