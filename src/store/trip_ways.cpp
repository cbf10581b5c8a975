#include "store/trip_ways.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::trip_ways {

using core::AccountId;
using core::TravelTable;
using core::TripId;
using soci::into;
using soci::use;

TravelTable find(Tx& tx, AccountId owner, TripId trip) {
    std::string text;
    run(tx, "SELECT ways FROM trips WHERE owner_id = :owner AND id = :id", into(text), use(owner, "owner"),
        use(trip, "id"));
    return TravelTable::parse(text).value_or(TravelTable());
}

void want(Tx& tx, AccountId owner, TripId trip, const std::vector<LatLng>& places, Instant now) {
    const std::string text = TravelTable(places, {}).text();
    run(tx,
        "UPDATE trips SET ways_wanted = :wanted, ways_at = coalesce(ways_at, CAST(:now AS BIGINT))"
        " WHERE owner_id = :owner AND id = :id",
        use(text, "wanted"), use(now, "now"), use(owner, "owner"), use(trip, "id"));
}

void save(Tx& tx, AccountId owner, TripId trip, const TravelTable& table) {
    const std::string text = table.text();
    run(tx,
        "UPDATE trips SET ways = :ways, ways_wanted = '', ways_at = NULL"
        " WHERE owner_id = :owner AND id = :id",
        use(text, "ways"), use(owner, "owner"), use(trip, "id"));
}

std::optional<Wanted> next(Tx& tx, Instant now) {
    Wanted wanted;
    std::string text;
    if (!run(tx,
             "SELECT owner_id, id, ways_wanted FROM trips WHERE ways_at <= :now AND end_at > :now"
             " ORDER BY ways_at, id LIMIT 1",
             into(wanted.owner), into(wanted.trip), into(text), use(now, "now")))
        return std::nullopt;
    wanted.places = TravelTable::parse(text).value_or(TravelTable()).places();
    return wanted;
}

void put_off(Tx& tx, Instant now, Instant until) {
    run(tx, "UPDATE trips SET ways_at = :until WHERE ways_at <= :now", use(until, "until"), use(now, "now"));
}

}  // namespace vv::store::trip_ways
