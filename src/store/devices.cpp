#include "store/devices.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::devices {
namespace {

using soci::into;
using soci::use;

template <class... Uses>
std::vector<core::Device> select(Tx& tx, core::AccountId account, std::string_view condition,
                                 const Uses&... uses) {
    core::Device row;
    row.account = account;
    Prepared statement(tx,
                       std::string("SELECT id, name, public_key, created_at, seen_at FROM devices"
                                   " WHERE account_id = :account AND revoked_at IS NULL ")
                           .append(condition),
                       into(row.id), into(row.name), into(row.public_key), into(row.created_at),
                       into(row.seen_at), use(account, "account"), uses...);
    return statement.all(row);
}

std::optional<core::Device> first(std::vector<core::Device> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

bool add(Tx& tx, const core::Device& device) {
    Prepared insert(tx,
                    "INSERT INTO devices (account_id, id, name, public_key, created_at)"
                    " VALUES (:account, :id, :name, :key, :created) ON CONFLICT (public_key) DO NOTHING",
                    use(device.account, "account"), use(device.id, "id"), use(device.name, "name"),
                    use(device.public_key, "key"), use(device.created_at, "created"));
    insert.execute();
    return insert.affected_rows() == 1;
}

std::vector<core::Device> list(Tx& tx, core::AccountId account) {
    return select(tx, account, "ORDER BY id");
}

std::optional<core::Device> find(Tx& tx, core::AccountId account, core::DeviceId id) {
    return first(select(tx, account, "AND id = :id", use(id, "id")));
}

std::optional<core::Device> find_by_key(Tx& tx, core::AccountId account, const std::string& public_key) {
    return first(select(tx, account, "AND public_key = :key", use(public_key, "key")));
}

bool revoke(Tx& tx, core::AccountId account, core::DeviceId id, Instant now) {
    Prepared statement(tx,
                       "UPDATE devices SET revoked_at = :now WHERE account_id = :account AND id = :id"
                       " AND revoked_at IS NULL",
                       use(now, "now"), use(account, "account"), use(id, "id"));
    statement.execute();
    return statement.affected_rows() == 1;
}

void touch(Tx& tx, core::AccountId account, core::DeviceId id, Instant now) {
    run(tx, "UPDATE devices SET seen_at = :now WHERE account_id = :account AND id = :id", use(now, "now"),
        use(account, "account"), use(id, "id"));
}

}  // namespace vv::store::devices
