#include "store/venues.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

#include <boost/json.hpp>
#include <map>
#include <set>
#include <unordered_map>

namespace vv::store::venues {
namespace {

using soci::into;
using soci::use;

/// A filter as parameters of kPasses.
struct Wanted {
    explicit Wanted(core::VenueFilter filter)
        : all(static_cast<int>(filter.all_of)),
          any(filter.any_of == 0 ? (1 << core::kVenueBits) - 1 : static_cast<int>(filter.any_of)) {}
    int all, any;
};
constexpr const char* kPasses =
    " AND (bits & CAST(:all AS INTEGER)) = CAST(:all AS INTEGER) AND (bits & CAST(:any AS INTEGER)) <> 0";

/// A row as it stands, with what tells whether it changed.
struct Standing {
    core::VenueId id;
    core::VenueEntry entry;
};

/// The columns of a venue, to be read into.
struct Columns {
    long long id = 0;
    std::string key, name, kind, address;
    double lat = 0, lng = 0;
    int bits = 0;

    [[nodiscard]] core::VenueEntry entry() const {
        core::VenueEntry made{name,
                              core::parse_venue_kind(kind).value_or(core::VenueKind::other),
                              address,
                              {lat, lng},
                              static_cast<std::uint32_t>(bits)};
        made.features &= ~core::bit_of(made.kind);
        return made;
    }
};

std::unordered_map<std::string, Standing> standing(Tx& tx, const std::string& data_set,
                                                   const std::map<std::string, const NewVenue*>& wanted) {
    boost::json::array list;
    for (const auto& [key, venue] : wanted) list.push_back({key});
    const std::string keys = boost::json::serialize(list);
    Columns row;
    Prepared select(tx,
                    "SELECT v.id, v.key, v.name, v.kind, v.address, v.lat, v.lng, v.bits FROM " +
                        json_rows(tx.dialect(), "keys") +
                        " AS k CROSS JOIN venues v WHERE v.data_set = :data_set AND v.key = k.value->>0",
                    into(row.id), into(row.key), into(row.name), into(row.kind), into(row.address),
                    into(row.lat), into(row.lng), into(row.bits), use(keys, "keys"),
                    use(data_set, "data_set"));
    std::unordered_map<std::string, Standing> found;
    for (bool more = select.execute(); more; more = select.fetch())
        found.emplace(row.key, Standing{core::VenueId{row.id}, row.entry()});
    return found;
}

/// Says anew what the venues of these cells have together.
void sum_up(Tx& tx, const std::set<core::VenueCell>& touched) {
    if (touched.empty()) return;
    std::string sum;
    for (int bit = 0; bit < core::kVenueBits; ++bit)
        sum += (bit ? " + max(v.bits & " : "max(v.bits & ") + std::to_string(1 << bit) + ")";
    boost::json::array list;
    for (const core::VenueCell& cell : touched) list.push_back({cell.row, cell.col, core::number_of(cell)});
    const std::string cells = boost::json::serialize(list);
    const auto part = [](int at) { return "CAST(k.value->>" + std::to_string(at) + " AS BIGINT)"; };
    run(tx,
        "INSERT INTO venue_cells (cell_row, cell_col, bits, venues) SELECT " + part(0) + ", " + part(1) +
            ", " + sum + ", count(*) FROM " + json_rows(tx.dialect(), "cells") +
            " AS k CROSS JOIN venues v WHERE v.cell = " + part(2) + " GROUP BY 1, 2" +
            " ON CONFLICT (cell_row, cell_col) DO UPDATE SET bits = excluded.bits, venues = excluded.venues",
        use(cells, "cells"));
}

/// The same where venues went, and perhaps the last of a cell.
void sum_up_after_removal(Tx& tx, const std::set<core::VenueCell>& touched) {
    int row = 0, col = 0;
    Prepared remove(tx, "DELETE FROM venue_cells WHERE cell_row = :row AND cell_col = :col", use(row, "row"),
                    use(col, "col"));
    for (const core::VenueCell& cell : touched) {
        row = cell.row, col = cell.col;
        remove.execute();
    }
    sum_up(tx, touched);
}

class Writer {
public:
    Writer(Tx& tx, const Reading& reading)
        : insert_(tx,
                  {{"id"},
                   {"data_set", Bulk::text},
                   {"key", Bulk::text},
                   {"name", Bulk::text},
                   {"kind", Bulk::text},
                   {"address", Bulk::text},
                   {"lat", Bulk::real},
                   {"lng", Bulk::real},
                   {"bits"},
                   {"cell"},
                   {"seen_in"}},
                  "INSERT INTO venues (id, data_set, key, name, kind, address, lat, lng, bits, cell, seen_in)"
                  " SELECT id, data_set, key, name, kind, address, lat, lng, bits, cell, seen_in FROM r"
                  " WHERE true ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
                  " address = excluded.address, lat = excluded.lat, lng = excluded.lng, bits = excluded.bits,"
                  " cell = excluded.cell, seen_in = excluded.seen_in"),
          reading_(reading) {}

    void add(core::VenueId id, const NewVenue& venue) {
        const core::VenueEntry& entry = venue.entry;
        insert_.add(id, reading_.data_set, venue.key, entry.name, core::to_string(entry.kind), entry.address,
                    entry.at.lat, entry.at.lng, static_cast<std::int64_t>(entry.bits()),
                    core::number_of(core::venue_cell_of(entry.at)), reading_.id);
    }
    void finish() { insert_.finish(); }

private:
    Bulk insert_;
    const Reading& reading_;
};

void mark_seen(Tx& tx, const Reading& reading, const std::vector<core::VenueId>& unchanged) {
    const std::string ids = id_list(unchanged);
    const long long reading_id = reading.id;
    run(tx, "UPDATE venues SET seen_in = :reading WHERE id IN " + ids_in(tx.dialect()),
        use(reading_id, "reading"), use(ids, "ids"));
}

}  // namespace

Written write(Tx& tx, const Reading& reading, std::span<const NewVenue> batch, IdSource& ids, Instant now) {
    std::map<std::string, const NewVenue*> wanted;
    for (const NewVenue& venue : batch) wanted[venue.key] = &venue;
    const auto known = standing(tx, reading.data_set, wanted);
    Written written;
    std::set<core::VenueCell> touched, left;
    std::vector<core::VenueId> unchanged;
    Writer writer(tx, reading);
    for (const auto& [key, venue] : wanted) {
        const auto before = known.find(key);
        if (before != known.end() && before->second.entry == venue->entry) {
            unchanged.push_back(before->second.id);
            continue;
        }
        touched.insert(core::venue_cell_of(venue->entry.at));
        if (before == known.end()) {
            ++written.created;
            writer.add(core::VenueId{ids.next(now)}, *venue);
        } else {
            ++written.changed;
            left.insert(core::venue_cell_of(before->second.entry.at));
            writer.add(before->second.id, *venue);
        }
    }
    writer.finish();
    mark_seen(tx, reading, unchanged);
    sum_up_after_removal(tx, left);
    sum_up(tx, touched);
    return written;
}

std::int64_t remove_unseen(Tx& tx, const Reading& reading, int limit) {
    long long reading_id = reading.id;
    Columns row;
    Prepared select(tx,
                    "SELECT id, lat, lng FROM venues WHERE data_set = :data_set AND (seen_in < :reading OR"
                    " seen_in > :reading) LIMIT :limit",
                    into(row.id), into(row.lat), into(row.lng), use(reading.data_set, "data_set"),
                    use(reading_id, "reading"), use(limit, "limit"));
    std::vector<core::VenueId> gone;
    std::set<core::VenueCell> touched;
    for (bool more = select.execute(); more; more = select.fetch()) {
        gone.push_back(core::VenueId{row.id});
        touched.insert(core::venue_cell_of({row.lat, row.lng}));
    }
    const std::string ids = id_list(gone);
    run(tx, "DELETE FROM venues WHERE id IN " + ids_in(tx.dialect()), use(ids, "ids"));
    sum_up_after_removal(tx, touched);
    return static_cast<std::int64_t>(gone.size());
}

void save_set(Tx& tx, const std::string& name, Instant now) {
    run(tx, "DELETE FROM venue_sets WHERE name = :name", use(name, "name"));
    run(tx,
        "INSERT INTO venue_sets (name, venues, read_at) SELECT :name, count(*), :now FROM venues"
        " WHERE data_set = :name HAVING count(*) > 0",
        use(name, "name"), use(now, "now"));
}

std::vector<Set> sets(Tx& tx) {
    Set row;
    long long venues = 0;
    Prepared select(tx, "SELECT name, venues, read_at FROM venue_sets ORDER BY name", into(row.name),
                    into(venues), into(row.read_at));
    std::vector<Set> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.venues = venues;
        found.push_back(row);
    }
    return found;
}

std::vector<core::VenueCellSummary> cells(Tx& tx, const core::CellRegion& region, core::VenueFilter filter) {
    const Wanted wanted(filter);
    std::vector<int> rows;
    for (int row = region.low.row; row <= region.high.row; ++row) rows.push_back(row);
    const std::string ids = id_list(rows);
    core::VenueCellSummary one;
    int bits = 0;
    Prepared select(tx,
                    "SELECT cell_row, cell_col, bits, venues FROM venue_cells WHERE cell_row IN " +
                        ids_in(tx.dialect()) + " AND cell_col BETWEEN :low AND :high" + kPasses,
                    into(one.cell.row), into(one.cell.col), into(bits), into(one.venues), use(ids, "ids"),
                    use(region.low.col, "low"), use(region.high.col, "high"), use(wanted.all, "all"),
                    use(wanted.any, "any"));
    std::vector<core::VenueCellSummary> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        one.features = static_cast<std::uint32_t>(bits);
        found.push_back(one);
    }
    return found;
}

std::vector<Point> in_cells(Tx& tx, std::span<const core::VenueCell> cells, core::VenueFilter filter) {
    std::vector<std::int64_t> numbers;
    for (const core::VenueCell& cell : cells) numbers.push_back(core::number_of(cell));
    const std::string ids = id_list(numbers);
    const Wanted wanted(filter);
    Columns row;
    Prepared select(tx,
                    "SELECT id, lat, lng, bits FROM venues WHERE cell IN " + ids_in(tx.dialect()) + kPasses,
                    into(row.id), into(row.lat), into(row.lng), into(row.bits), use(ids, "ids"),
                    use(wanted.all, "all"), use(wanted.any, "any"));
    std::vector<Point> found;
    for (bool more = select.execute(); more; more = select.fetch())
        found.push_back({core::VenueId{row.id}, {row.lat, row.lng}, static_cast<std::uint32_t>(row.bits)});
    return found;
}

std::vector<Venue> load(Tx& tx, std::span<const core::VenueId> wanted) {
    const std::string ids = id_list(wanted);
    Columns row;
    Prepared select(tx,
                    "SELECT id, key, name, kind, address, lat, lng, bits FROM venues WHERE id IN " +
                        ids_in(tx.dialect()) + " ORDER BY id",
                    into(row.id), into(row.key), into(row.name), into(row.kind), into(row.address),
                    into(row.lat), into(row.lng), into(row.bits), use(ids, "ids"));
    std::vector<Venue> found;
    for (bool more = select.execute(); more; more = select.fetch())
        found.push_back({core::VenueId{row.id}, row.key, row.entry()});
    return found;
}

}  // namespace vv::store::venues
