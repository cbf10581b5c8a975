#include "store/photos.h"

#include "base/crypto.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/statements.h"

namespace vv::store::photos {
namespace {

using core::AccountId;
using soci::into;
using soci::use;

}  // namespace

void keep(Tx& tx, AccountId owner, const std::vector<Photo>& photos, Instant kept_until) {
    if (photos.empty()) return;
    Bulk insert(tx, {{"owner_id"}, {"hash", Bulk::text}, {"picture", Bulk::text}, {"look"}, {"kept_until"}},
                "INSERT INTO photos (owner_id, hash, picture, look, kept_until)"
                " SELECT owner_id, hash, picture, look, kept_until FROM r WHERE true"
                " ON CONFLICT (owner_id, hash) DO UPDATE SET kept_until ="
                " CASE WHEN excluded.kept_until > photos.kept_until THEN excluded.kept_until"
                " ELSE photos.kept_until END");
    for (const Photo& one : photos)
        insert.add(owner, one.hash, base64url(one.jpeg), static_cast<std::int64_t>(one.look), kept_until);
    insert.finish();
}

std::set<std::string> hashes(Tx& tx, AccountId owner) {
    std::string hash;
    Prepared select(tx, "SELECT hash FROM photos WHERE owner_id = :owner", into(hash), use(owner, "owner"));
    std::set<std::string> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.insert(hash);
    return found;
}

std::unordered_map<std::string, std::uint64_t> looks(Tx& tx, AccountId owner) {
    std::string hash;
    std::int64_t look = 0;
    Prepared select(tx, "SELECT hash, look FROM photos WHERE owner_id = :owner AND look <> 0", into(hash),
                    into(look), use(owner, "owner"));
    std::unordered_map<std::string, std::uint64_t> found;
    for (bool more = select.execute(); more; more = select.fetch())
        found.emplace(hash, static_cast<std::uint64_t>(look));
    return found;
}

std::optional<Photo> of_person(Tx& tx, AccountId owner, core::PersonId person) {
    Photo photo;
    std::string picture;
    if (!run(tx,
             "SELECT f.hash, f.picture FROM people p JOIN photos f ON f.owner_id = p.owner_id AND f.hash = "
             "p.photo_hash WHERE p.owner_id = :owner AND p.id = :person",
             into(photo.hash), into(picture), use(owner, "owner"), use(person, "person")))
        return std::nullopt;
    auto jpeg = from_base64url(picture);
    if (!jpeg) return std::nullopt;
    photo.jpeg = *std::move(jpeg);
    return photo;
}

std::vector<AccountId> owners(Tx& tx) {
    AccountId owner;
    Prepared select(tx, "SELECT DISTINCT owner_id FROM photos", into(owner));
    std::vector<AccountId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(owner);
    return found;
}

void forget_unused(Tx& tx, AccountId owner, Instant now) {
    int one = 0;
    if (!run(tx, "SELECT 1 FROM photos WHERE owner_id = :owner LIMIT 1", into(one), use(owner, "owner")))
        return;
    const std::string hash = tx.dialect() == Dialect::sqlite ? "json_extract(s.attributes, '$.photo')"
                                                             : "CAST(s.attributes AS json) ->> 'photo'";
    run(tx,
        "DELETE FROM photos WHERE owner_id = :owner AND kept_until <= :now AND hash NOT IN (SELECT " + hash +
            " FROM identity_sources s WHERE s.owner_id = :owner AND " + hash + " IS NOT NULL)",
        use(owner, "owner"), use(now, "now"));
}

}  // namespace vv::store::photos
