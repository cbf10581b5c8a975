// app/people_lists.h — tags, lists chosen by hand, and searches kept under a name.
#pragma once

#include "app/acts.h"
#include "app/caller.h"
#include "base/ids.h"
#include "store/database.h"
#include "store/people_lists.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct Sorting {
    std::vector<store::people_lists::List> lists;  // by name
    std::vector<store::people_lists::Tag> tags;    // the most used first, at most 200
};
/// Two statements.
Result<Sorting> list_sorting(store::Tx& tx, Caller caller);

struct ListWanted {
    std::string name;
    std::string search;  // the page's filters as they stand in its address; empty: people are chosen by hand
};
/// A new list, or another name or search for one. At most 200. `invalid` list.name, list.search; `conflict`
/// list.name_taken, list.count; `not_found` list.unknown.
Result<store::people_lists::List> save_list(store::Tx& tx, Caller caller, std::optional<core::ListId> id,
                                            ListWanted wanted, IdSource* ids);
/// The people in it stay. `not_found` list.unknown.
Result<core::ActId> remove_list(store::Tx& tx, Caller caller, core::ListId id, IdSource* ids);

}  // namespace vv::app
