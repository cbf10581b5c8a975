// store/lists.h — many values as one parameter: a JSON array, which both databases can read as rows.
//
//     const std::string ids = id_list(people);
//     run(tx, "… WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()), …, use(ids, "ids"));
#pragma once

#include "base/ids.h"
#include "store/database.h"

#include <string>

namespace vv::store {

/// "[1,2,3]"
template <class Ids>
std::string id_list(const Ids& ids) {
    std::string text = "[";
    for (const auto& id : ids) {
        if (text.size() > 1) text += ',';
        if constexpr (requires { id.value; })
            text += std::to_string(id.value);
        else
            text += std::to_string(id);
    }
    return text += ']';
}

/// The set of whole numbers that the parameter `:ids` holds.
inline std::string ids_in(Dialect dialect, const std::string& parameter = "ids") {
    if (dialect == Dialect::sqlite) return "(SELECT value FROM json_each(:" + parameter + "))";
    return "(SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:" + parameter + " AS json)))";
}

/// A relation of the array's elements: `key`, from 0, and `value`, JSON. Write it first and CROSS JOIN a
/// table to it: SQLite then walks the list and looks each element up. Left to itself it knows neither's size,
/// and walks all that the owner has once for each element.
inline std::string json_rows(Dialect dialect, const std::string& parameter) {
    if (dialect == Dialect::sqlite) return "json_each(:" + parameter + ")";
    return "(SELECT ordinality - 1 AS key, value FROM json_array_elements(CAST(:" + parameter +
           " AS json)) WITH ORDINALITY)";
}

}  // namespace vv::store
