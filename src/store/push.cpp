#include "store/push.h"

#include "base/crypto.h"
#include "store/bind.h"
#include "store/server_values.h"
#include "store/statements.h"

namespace vv::store::push {
namespace {

using core::AccountId;
using core::PushDevice;
using core::PushDeviceId;
using soci::into;
using soci::use;

constexpr const char* kServerKey = "push_key";  // the secret, base64url

std::vector<PushDevice> select(Tx& tx, AccountId owner, Instant now, const std::string& condition,
                               const auto&... uses) {
    PushDevice row;
    row.owner = owner;
    std::string shows;
    Prepared statement(tx,
                       "SELECT d.id, d.name, d.endpoint, d.public_key, d.auth, d.shows, d.reminders,"
                       " d.notices, d.created_at, d.told_at FROM push_devices d"
                       " JOIN sessions s ON s.id = d.session_id AND s.expires_at > :now"
                       " WHERE d.owner_id = :owner" +
                           condition + " ORDER BY d.id",
                       into(row.id), into(row.name), into(row.endpoint), into(row.public_key), into(row.auth),
                       into(shows), into(row.wishes.reminders), into(row.wishes.notices),
                       into(row.created_at), into(row.told_at), use(now, "now"), use(owner, "owner"),
                       uses...);
    std::vector<PushDevice> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        row.wishes.shows = core::parse_push_shows(shows).value_or(core::PushShows::kind);
        found.push_back(row);
    }
    return found;
}

}  // namespace

P256Pair server_key(Tx& tx) {
    auto kept = server_values::find(tx, kServerKey);
    if (!kept) kept = server_values::find_or_add(tx, kServerKey, base64url(make_p256().secret));
    const auto secret = from_base64url(*kept);
    VV_ASSERT(secret);
    auto pair = p256_of_secret(*secret);
    VV_ASSERT(pair);
    return *std::move(pair);
}

void save(Tx& tx, const PushDevice& device, const std::string& session_hash) {
    const std::string shows(core::to_string(device.wishes.shows));
    run(tx, "DELETE FROM push_devices WHERE endpoint = :endpoint", use(device.endpoint, "endpoint"));
    run(tx,
        "INSERT INTO push_devices (owner_id, id, session_id, name, endpoint, public_key, auth, shows,"
        " reminders, notices, created_at) SELECT account_id, :id, id, :name, :endpoint, :key, :auth, :shows,"
        " :reminders, :notices, CAST(:created AS BIGINT) FROM sessions"
        " WHERE token_hash = :session AND account_id = :owner",
        use(device.id, "id"), use(device.name, "name"), use(device.endpoint, "endpoint"),
        use(device.public_key, "key"), use(device.auth, "auth"), use(shows, "shows"),
        use(device.wishes.reminders, "reminders"), use(device.wishes.notices, "notices"),
        use(device.created_at, "created"), use(session_hash, "session"), use(device.owner, "owner"));
}

std::vector<PushDevice> list(Tx& tx, AccountId owner, Instant now) {
    return select(tx, owner, now, "");
}

std::optional<PushDevice> find(Tx& tx, AccountId owner, PushDeviceId id, Instant now) {
    auto found = select(tx, owner, now, " AND d.id = :id", use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void save_wishes(Tx& tx, AccountId owner, PushDeviceId id, const core::PushWishes& wishes) {
    const std::string shows(core::to_string(wishes.shows));
    run(tx,
        "UPDATE push_devices SET shows = :shows, reminders = :reminders, notices = :notices"
        " WHERE owner_id = :owner AND id = :id",
        use(shows, "shows"), use(wishes.reminders, "reminders"), use(wishes.notices, "notices"),
        use(owner, "owner"), use(id, "id"));
}

bool remove(Tx& tx, AccountId owner, PushDeviceId id) {
    Prepared statement(tx, "DELETE FROM push_devices WHERE owner_id = :owner AND id = :id",
                       use(owner, "owner"), use(id, "id"));
    statement.execute();
    return statement.affected_rows() == 1;
}

void note_told(Tx& tx, AccountId owner, PushDeviceId id, Instant now) {
    run(tx, "UPDATE push_devices SET told_at = :now WHERE owner_id = :owner AND id = :id", use(now, "now"),
        use(owner, "owner"), use(id, "id"));
}

}  // namespace vv::store::push
