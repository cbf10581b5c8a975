#include "store/accounts.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>

namespace vv::store::accounts {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kSelect =
    "SELECT id, handle, email, email_verified_at, full_name, zone, home_name, home_lat, home_lng, region, "
    "is_admin,"
    " findable, locale, created_at FROM accounts ";

// An account on its way out of the database.
struct Row {
    core::Account account;
    std::string zone;
    std::optional<std::string> home_name, region;
    std::optional<double> home_lat, home_lng;

    core::Account take() {
        // A zone that a newer system knew and this one doesn't must not lock anybody out.
        if (auto found = Zone::find(zone)) account.zone = *found;
        if (home_lat && home_lng)
            account.home = core::Home{home_name.value_or(""), {*home_lat, *home_lng}};
        else
            account.home.reset();
        account.region = region.value_or("");
        return account;
    }
};

template <class... Uses>
std::vector<core::Account> select(Tx& tx, std::string_view condition, const Uses&... uses) {
    Row r;
    core::Account& a = r.account;
    Prepared statement(tx, std::string(kSelect).append(condition), into(a.id), into(a.handle), into(a.email),
                       into(a.email_verified_at), into(a.full_name), into(r.zone), into(r.home_name),
                       into(r.home_lat), into(r.home_lng), into(r.region), into(a.is_admin), into(a.findable),
                       into(a.locale), into(a.created_at), uses...);
    std::vector<core::Account> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) found.push_back(r.take());
    return found;
}

std::optional<core::Account> first(std::vector<core::Account> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

// A core::Account's home and region as columns.
struct Place {
    explicit Place(const core::Account& account) {
        if (account.home) {
            name = account.home->name;
            lat = account.home->at.lat;
            lng = account.home->at.lng;
        }
        if (!account.region.empty()) region = account.region;
    }
    std::optional<std::string> name, region;
    std::optional<double> lat, lng;
};

}  // namespace

bool add(Tx& tx, const core::Account& account, const std::string& password_hash) {
    const Place place(account);
    Prepared insert(
        tx,
        "INSERT INTO accounts (id, handle, email, email_verified_at, password_hash, full_name, zone,"
        " home_name, home_lat, home_lng, region, is_admin, findable, locale, created_at) VALUES (:id, "
        ":handle,"
        " :email, :verified, :password, :name, :zone, :home, :lat, :lng, :region, :admin, :findable, :locale,"
        " :created) ON CONFLICT (handle) DO NOTHING",
        use(account.id, "id"), use(account.handle, "handle"), use(account.email, "email"),
        use(account.email_verified_at, "verified"), use(password_hash, "password"),
        use(account.full_name, "name"), use(account.zone.name(), "zone"), use(place.name, "home"),
        use(place.lat, "lat"), use(place.lng, "lng"), use(place.region, "region"),
        use(account.is_admin, "admin"), use(account.findable, "findable"), use(account.locale, "locale"),
        use(account.created_at, "created"));
    insert.execute();
    return insert.affected_rows() == 1;
}

bool any(Tx& tx) {
    int one = 0;
    return run(tx, "SELECT 1 FROM accounts LIMIT 1", into(one));
}

std::optional<core::Account> find(Tx& tx, core::AccountId id) {
    return first(select(tx, "WHERE id = :id", use(id, "id")));
}

std::optional<core::Account> find_by_handle(Tx& tx, const std::string& handle) {
    return first(select(tx, "WHERE handle = :handle AND leaves_at IS NULL", use(handle, "handle")));
}

std::optional<core::Account> find_any(Tx& tx, const std::string& handle) {
    return first(select(tx, "WHERE handle = :handle", use(handle, "handle")));
}

bool is_taken(Tx& tx, const std::string& handle) {
    int one = 0;
    return run(tx, "SELECT 1 FROM accounts WHERE handle = :handle", into(one), use(handle, "handle"));
}

std::optional<core::Account> find_by_email(Tx& tx, const std::string& email) {
    return first(select(
        tx, "WHERE email = :email ORDER BY CASE WHEN email_verified_at IS NULL THEN 1 ELSE 0 END, id LIMIT 1",
        use(email, "email")));
}

std::optional<core::Account> find_by_verified_email(Tx& tx, const std::string& email) {
    return first(select(tx, "WHERE email = :email AND email_verified_at IS NOT NULL", use(email, "email")));
}

std::vector<core::Account> list(Tx& tx, const std::string& after, int limit) {
    return select(tx, "WHERE handle > :after ORDER BY handle LIMIT :limit", use(after, "after"),
                  use(limit, "limit"));
}

std::vector<core::Account> load(Tx& tx, const std::vector<core::AccountId>& ids) {
    if (ids.empty()) return {};
    const std::string wanted = id_list(ids);
    return select(tx, "WHERE id IN " + ids_in(tx.dialect()) + " ORDER BY id", use(wanted, "ids"));
}

std::vector<core::AccountName> names(Tx& tx, const std::vector<core::AccountId>& ids) {
    if (ids.empty()) return {};
    const std::string wanted = id_list(ids);
    core::AccountName row;
    Prepared select(
        tx, "SELECT id, handle, full_name FROM accounts WHERE id IN " + ids_in(tx.dialect()) + " ORDER BY id",
        into(row.id), into(row.handle), into(row.name), use(wanted, "ids"));
    return select.all(row);
}

std::optional<Credentials> credentials(Tx& tx, const std::string& login) {
    Credentials found;
    // A handle has no @, so at most one of the halves brings a row.
    if (!run(tx,
             "SELECT id, password_hash FROM accounts WHERE handle = :login UNION ALL SELECT id, "
             "password_hash FROM"
             " (SELECT id, password_hash FROM accounts WHERE email = :login"
             " ORDER BY CASE WHEN email_verified_at IS NULL THEN 1 ELSE 0 END, id LIMIT 1) AS by_email LIMIT "
             "1",
             into(found.account), into(found.password_hash), use(login, "login")))
        return std::nullopt;
    return found;
}

std::string password_hash(Tx& tx, core::AccountId id) {
    std::string hash;
    run(tx, "SELECT password_hash FROM accounts WHERE id = :id", into(hash), use(id, "id"));
    return hash;
}

void save_profile(Tx& tx, const core::Account& account) {
    const Place place(account);
    run(tx,
        "UPDATE accounts SET full_name = :name, zone = :zone, home_name = :home, home_lat = :lat, home_lng = "
        ":lng,"
        " region = :region, findable = :findable, locale = :locale WHERE id = :id",
        use(account.full_name, "name"), use(account.zone.name(), "zone"), use(place.name, "home"),
        use(place.lat, "lat"), use(place.lng, "lng"), use(place.region, "region"),
        use(account.findable, "findable"), use(account.locale, "locale"), use(account.id, "id"));
}

void save_email(Tx& tx, core::AccountId id, const std::string& email, std::optional<Instant> verified_at) {
    run(tx, "UPDATE accounts SET email = :email, email_verified_at = :verified WHERE id = :id",
        use(email, "email"), use(verified_at, "verified"), use(id, "id"));
}

void save_password(Tx& tx, core::AccountId id, const std::string& password_hash) {
    run(tx, "UPDATE accounts SET password_hash = :hash WHERE id = :id", use(password_hash, "hash"),
        use(id, "id"));
}

void save_feed(Tx& tx, core::AccountId id, const std::optional<std::string>& token_hash) {
    run(tx, "UPDATE accounts SET feed_token_hash = :hash WHERE id = :id", use(token_hash, "hash"),
        use(id, "id"));
}

bool has_feed(Tx& tx, core::AccountId id) {
    int one = 0;
    return run(tx, "SELECT 1 FROM accounts WHERE id = :id AND feed_token_hash IS NOT NULL", into(one),
               use(id, "id"));
}

std::optional<core::AccountId> find_by_feed(Tx& tx, const std::string& token_hash) {
    core::AccountId id;
    if (!run(tx, "SELECT id FROM accounts WHERE feed_token_hash = :hash", into(id), use(token_hash, "hash")))
        return std::nullopt;
    return id;
}

}  // namespace vv::store::accounts
