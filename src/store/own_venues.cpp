#include "store/own_venues.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::own_venues {
namespace {

using soci::into;
using soci::use;

constexpr const char* kColumns = "id, source, set_by, name, kind, address, lat, lng, bits";

/// Reads rows of kColumns.
struct Row {
    core::VenueId id;
    std::string source, set_by, name, kind, address;
    double lat = 0, lng = 0;
    int bits = 0;

    void bind(Prepared& select) {
        select.bind(into(id));
        select.bind(into(source));
        select.bind(into(set_by));
        select.bind(into(name));
        select.bind(into(kind));
        select.bind(into(address));
        select.bind(into(lat));
        select.bind(into(lng));
        select.bind(into(bits));
    }
    [[nodiscard]] OwnVenue venue() const {
        core::VenueEntry entry{name,
                               core::parse_venue_kind(kind).value_or(core::VenueKind::other),
                               address,
                               {lat, lng},
                               static_cast<std::uint32_t>(bits)};
        entry.features &= ~core::bit_of(entry.kind);
        return {id, std::move(entry), source == "check-in", set_by == "owner"};
    }
};

std::vector<OwnVenue> read(Prepared& select) {
    Row row;
    row.bind(select);
    std::vector<OwnVenue> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(row.venue());
    return found;
}

}  // namespace

std::vector<OwnVenue> list(Tx& tx, core::AccountId owner, int limit) {
    Prepared select(tx,
                    std::string("SELECT ") + kColumns +
                        " FROM own_venues WHERE owner_id = :owner AND is_hidden = 0"
                        " ORDER BY name, id LIMIT :limit",
                    use(owner, "owner"), use(limit, "limit"));
    return read(select);
}

Result<OwnVenue> find(Tx& tx, core::AccountId owner, core::VenueId id) {
    Prepared select(tx,
                    std::string("SELECT ") + kColumns +
                        " FROM own_venues WHERE owner_id = :owner AND id = :id AND is_hidden = 0",
                    use(owner, "owner"), use(id, "id"));
    auto found = read(select);
    if (found.empty()) return Error(Fault::not_found, "venue.unknown", "There is no such place.");
    return std::move(found.front());
}

std::int64_t count_by_hand(Tx& tx, core::AccountId owner) {
    long long count = 0;
    run(tx, "SELECT count(*) FROM own_venues WHERE owner_id = :owner AND set_by = 'owner'", into(count),
        use(owner, "owner"));
    return count;
}

void save(Tx& tx, core::AccountId owner, core::VenueId id, const core::VenueEntry& entry) {
    const std::string key = to_string(id), kind(core::to_string(entry.kind));
    const int bits = static_cast<int>(entry.bits());
    run(tx,
        "INSERT INTO own_venues (owner_id, id, source, key, name, kind, address, lat, lng, bits, set_by)"
        " VALUES (:owner, :id, 'owner', :key, :name, :kind, :address, :lat, :lng, :bits, 'owner')"
        " ON CONFLICT (owner_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind, address ="
        " excluded.address, lat = excluded.lat, lng = excluded.lng, bits = excluded.bits, set_by = 'owner'",
        use(owner, "owner"), use(id, "id"), use(key, "key"), use(entry.name, "name"), use(kind, "kind"),
        use(entry.address, "address"), use(entry.at.lat, "lat"), use(entry.at.lng, "lng"), use(bits, "bits"));
}

void remove(Tx& tx, core::AccountId owner, const OwnVenue& venue) {
    if (venue.is_check_in)
        run(tx, "UPDATE own_venues SET is_hidden = 1, set_by = 'owner' WHERE owner_id = :owner AND id = :id",
            use(owner, "owner"), use(venue.id, "id"));
    else
        run(tx, "DELETE FROM own_venues WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
            use(venue.id, "id"));
}

std::vector<OwnVenue> in_region(Tx& tx, core::AccountId owner, const core::CellRegion& region) {
    const double south = region.low.row / 100.0, north = (region.high.row + 1) / 100.0;
    const double west = region.low.col / 100.0, east = (region.high.col + 1) / 100.0;
    Prepared select(tx,
                    std::string("SELECT ") + kColumns +
                        " FROM own_venues WHERE owner_id = :owner AND lat BETWEEN :south AND :north"
                        " AND lng BETWEEN :west AND :east AND is_hidden = 0"
                        " AND (kind <> 'other' OR set_by = 'owner') ORDER BY id",
                    use(owner, "owner"), use(south, "south"), use(north, "north"), use(west, "west"),
                    use(east, "east"));
    return read(select);
}

void write(Tx& tx, core::AccountId owner, std::span<const CheckedIn> rows, IdSource& ids, Instant now) {
    Bulk insert(tx,
                {{"owner_id"},
                 {"id"},
                 {"key", Bulk::text},
                 {"name", Bulk::text},
                 {"kind", Bulk::text},
                 {"address", Bulk::text},
                 {"lat", Bulk::real},
                 {"lng", Bulk::real},
                 {"bits"}},
                "INSERT INTO own_venues (owner_id, id, source, key, name, kind, address, lat, lng, bits, "
                "set_by) SELECT owner_id, id, 'check-in', key, name, kind, address, lat, lng, bits,"
                " 'evidence' FROM r WHERE true ON CONFLICT DO NOTHING");
    for (const CheckedIn& row : rows)
        insert.add(owner, core::VenueId{ids.next(now)}, row.key, row.entry.name,
                   core::to_string(row.entry.kind), row.entry.address, row.entry.at.lat, row.entry.at.lng,
                   static_cast<std::int64_t>(row.entry.bits()));
    insert.finish();
    Bulk files(tx, {{"owner_id"}, {"key", Bulk::text}, {"file_id"}},
               "INSERT INTO own_venue_files (owner_id, venue_id, file_id) SELECT r.owner_id, v.id, r.file_id"
               " FROM r JOIN own_venues v ON v.owner_id = r.owner_id AND v.source = 'check-in'"
               " AND v.key = r.key WHERE true ON CONFLICT DO NOTHING");
    for (const CheckedIn& row : rows) files.add(owner, row.key, row.file);
    files.finish();
}

void take_out(Tx& tx, core::AccountId owner, const std::vector<std::int64_t>& files) {
    const std::string ids = id_list(files);
    const std::string these = ids_in(tx.dialect());
    run(tx,
        "DELETE FROM own_venues WHERE owner_id = :owner AND set_by = 'evidence' AND id IN (SELECT f.venue_id"
        " FROM own_venue_files f WHERE f.owner_id = :owner AND f.file_id IN " +
            these +
            ") AND NOT EXISTS (SELECT 1 FROM own_venue_files o WHERE o.owner_id = own_venues.owner_id"
            " AND o.venue_id = own_venues.id AND o.file_id NOT IN " +
            these + ")",
        use(owner, "owner"), use(ids, "ids"));
    run(tx, "DELETE FROM own_venue_files WHERE owner_id = :owner AND file_id IN " + these,
        use(owner, "owner"), use(ids, "ids"));
}

}  // namespace vv::store::own_venues
