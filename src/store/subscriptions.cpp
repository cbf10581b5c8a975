#include "store/subscriptions.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::subscriptions {
namespace {

using core::AccountId;
using soci::into;
using soci::use;

template <class... Bindings>
std::vector<Subscription> select(Tx& tx, const std::string& rest, const Bindings&... bindings) {
    Subscription row;
    Prepared statement(
        tx,
        "SELECT owner_id, id, name, kind, url, user_name, password, every_minutes, etag, modified, token, "
        "items, content, import_id, next_at, checked_at, changed_at, failures, is_stopped, error_code, "
        "error, created_at FROM subscriptions WHERE " +
            rest,
        into(row.owner), into(row.id), into(row.name), into(row.kind), into(row.url), into(row.user),
        into(row.password), into(row.every_minutes), into(row.marks.etag), into(row.marks.modified),
        into(row.marks.token), into(row.marks.items), into(row.marks.content), into(row.import),
        into(row.next_at), into(row.checked_at), into(row.changed_at), into(row.failures),
        into(row.is_stopped), into(row.error_code), into(row.error), into(row.created_at), bindings...);
    return statement.all(row);
}

}  // namespace

void add(Tx& tx, const Subscription& s) {
    run(tx,
        "INSERT INTO subscriptions (owner_id, id, name, kind, url, user_name, password, every_minutes, "
        "next_at, created_at) VALUES (:owner, :id, :name, :kind, :url, :user_name, :password, :every, :next, "
        ":created)",
        use(s.owner, "owner"), use(s.id, "id"), use(s.name, "name"), use(s.kind, "kind"), use(s.url, "url"),
        use(s.user, "user_name"), use(s.password, "password"), use(s.every_minutes, "every"),
        use(s.next_at, "next"), use(s.created_at, "created"));
}

std::optional<Subscription> find(Tx& tx, AccountId owner, SubscriptionId id) {
    auto found = select(tx, "owner_id = :owner AND id = :id", use(owner, "owner"), use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Subscription> list(Tx& tx, AccountId owner) {
    return select(tx, "owner_id = :owner ORDER BY name, id", use(owner, "owner"));
}

void save(Tx& tx, const Subscription& s) {
    run(tx,
        "UPDATE subscriptions SET kind = :kind, etag = :etag, modified = :modified, token = :token, "
        "items = :items, content = :content, import_id = :import, next_at = :next, checked_at = :checked, "
        "changed_at = :changed, failures = :failures, is_stopped = :stopped, error_code = :code, "
        "error = :error WHERE owner_id = :owner AND id = :id",
        use(s.kind, "kind"), use(s.marks.etag, "etag"), use(s.marks.modified, "modified"),
        use(s.marks.token, "token"), use(s.marks.items, "items"), use(s.marks.content, "content"),
        use(s.import, "import"), use(s.next_at, "next"), use(s.checked_at, "checked"),
        use(s.changed_at, "changed"), use(s.failures, "failures"), use(s.is_stopped, "stopped"),
        use(s.error_code, "code"), use(s.error, "error"), use(s.owner, "owner"), use(s.id, "id"));
}

bool remove(Tx& tx, AccountId owner, SubscriptionId id) {
    Prepared gone(tx, "DELETE FROM subscriptions WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
                  use(id, "id"));
    gone.execute();
    return gone.affected_rows() > 0;
}

std::vector<Subscription> due(Tx& tx, AccountId owner, Instant now, int limit) {
    return select(tx,
                  "is_stopped = 0 AND next_at <= :now AND (CAST(:owner AS BIGINT) = 0 OR owner_id = :owner) "
                  "ORDER BY next_at, id LIMIT :limit",
                  use(now, "now"), use(owner, "owner"), use(limit, "limit"));
}

void put_off(Tx& tx, AccountId owner, SubscriptionId id, Instant until) {
    run(tx, "UPDATE subscriptions SET next_at = :until WHERE owner_id = :owner AND id = :id",
        use(until, "until"), use(owner, "owner"), use(id, "id"));
}

}  // namespace vv::store::subscriptions
