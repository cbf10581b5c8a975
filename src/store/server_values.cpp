#include "store/server_values.h"

#include "store/statements.h"

namespace vv::store::server_values {

using soci::into;
using soci::use;

std::optional<std::string> find(Tx& tx, const std::string& name) {
    std::string value;
    if (!run(tx, "SELECT value FROM server_values WHERE name = :name", into(value), use(name, "name")))
        return std::nullopt;
    return value;
}

std::string find_or_add(Tx& tx, const std::string& name, const std::string& value) {
    std::string kept;
    run(tx,
        "INSERT INTO server_values (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING value",
        into(kept), use(name, "name"), use(value, "value"));
    return kept;
}

void put(Tx& tx, const std::string& name, const std::string& value) {
    run(tx,
        "INSERT INTO server_values (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        use(name, "name"), use(value, "value"));
}

}  // namespace vv::store::server_values
