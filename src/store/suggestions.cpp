#include "store/suggestions.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace vv::store::suggestions {
namespace {

using soci::into;
using soci::use;

// A box around a place; near the poles and the date line it is the whole circle of longitudes, which is only
// wider.
struct Box {
    double south = -90, north = 90, west = -180, east = 180;
};

Box box_around(LatLng near, double km) {
    constexpr double kKmPerDegree = 111.2;
    const double dlat = km / kKmPerDegree;
    Box box{std::max(-90.0, near.lat - dlat), std::min(90.0, near.lat + dlat)};
    const double shrink =
        std::cos(std::max(std::abs(box.south), std::abs(box.north)) * std::numbers::pi / 180);
    const double dlng = shrink > 0.01 ? dlat / shrink : 360;
    if (near.lng - dlng > -180 && near.lng + dlng < 180) {
        box.west = near.lng - dlng;
        box.east = near.lng + dlng;
    }
    return box;
}

std::string relation_condition(const std::vector<core::Relation>& relations) {
    if (relations.empty()) return {};
    std::string list;
    for (const core::Relation relation : relations)
        list += (list.empty() ? "'" : ", '") + std::string(core::to_string(relation)) + "'";
    return " AND p.relation IN (" + list + ")";
}

constexpr const char* kColumns = R"(
    SELECT p.id, p.name, p.relation, p.stage, p.city, p.lat, p.lng, p.first_contact, p.last_contact, p.first_met,
           p.last_met, p.encounters, p.contacts_in, p.contacts_out, p.contacts_year, p.half_life, p.gap_log, p.pull
    FROM people p)";

// Everything but the box and the relations, which are only there when asked for.
constexpr const char* kOpen = R"(
    LEFT JOIN dismissals d ON d.owner_id = p.owner_id AND d.person_id = p.id
    WHERE p.owner_id = :owner AND (p.pull, p.id) < (:pull, :person) AND p.blocked_at IS NULL AND p.stage <> 'planned'
      AND (d.person_id IS NULL OR d.until_at <= :now)
      AND p.id NOT IN (SELECT i.person_id
                       FROM meetings m JOIN identities i ON i.owner_id = m.owner_id AND i.id = m.identity_id
                       WHERE m.owner_id = :owner AND m.state IN ('proposed', 'scheduled'))
      AND p.id NOT IN (SELECT i.person_id FROM identities i WHERE i.owner_id = :owner AND i.blocked_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM account_blocks b
                      WHERE (b.account_id = p.owner_id AND b.blocked_id = p.account_id)
                         OR (b.account_id = p.account_id AND b.blocked_id = p.owner_id)))";

std::vector<Pulled> select_pulled(Tx& tx, const std::string& sql, const auto& bind) {
    Pulled row;
    core::Candidate& c = row.candidate;
    std::string relation;
    std::string stage;
    std::optional<std::string> city;
    std::optional<double> lat;
    std::optional<double> lng;
    double half_life = 0;
    std::optional<double> gap_log;
    std::vector<Pulled> found;
    Prepared select(tx, sql, into(c.person), into(c.name), into(relation), into(stage), into(city), into(lat),
                    into(lng), into(c.known_since), into(c.last_contact), into(c.first_met), into(c.last_met),
                    into(c.encounters), into(c.contacts_in), into(c.contacts_out), into(c.contacts_year),
                    into(half_life), into(gap_log), into(row.pull));
    bind(select);
    for (bool more = select.execute(); more; more = select.fetch()) {
        c.relation = core::parse_relation(relation).value_or(core::Relation::acquaintance);
        c.stage = core::parse_stage(stage).value_or(core::Stage::known);
        c.city = city.value_or("");
        c.at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        c.usual_gap = gap_log ? std::optional(core::usual_gap_of(core::Days(half_life))) : std::nullopt;
        found.push_back(row);
    }
    return found;
}

}  // namespace

std::vector<Pulled> by_pull(Tx& tx, core::AccountId owner, const Filter& filter, std::optional<Cursor> after,
                            Instant now, std::size_t limit) {
    std::string sql = kColumns + (kOpen + relation_condition(filter.relations));
    if (filter.has_met) sql += *filter.has_met ? " AND p.encounters > 0" : " AND p.encounters = 0";
    // By its own index: a row of people_by_pull does not tell where its person lives.
    if (filter.within_km)
        sql +=
            " AND p.id IN (SELECT h.id FROM people h WHERE h.owner_id = :owner AND h.lat IS NOT NULL"
            " AND h.lat BETWEEN :south AND :north AND h.lng BETWEEN :west AND :east)";
    if (filter.only) sql += " AND p.id IN " + ids_in(tx.dialect());
    sql += " ORDER BY p.pull DESC, p.id DESC LIMIT :limit";

    const Cursor start = after.value_or(Cursor{1e300, {std::numeric_limits<std::int64_t>::max()}});
    const Box box = filter.within_km ? box_around(filter.near, *filter.within_km) : Box{};
    const auto most = static_cast<long long>(limit);
    const std::string ids = filter.only ? id_list(*filter.only) : std::string();
    return select_pulled(tx, sql, [&](Prepared& select) {
        select.bind(use(owner, "owner"));
        select.bind(use(start.pull, "pull"));
        select.bind(use(start.person, "person"));
        select.bind(use(now, "now"));
        select.bind(use(most, "limit"));
        if (filter.only) select.bind(use(ids, "ids"));
        if (!filter.within_km) return;
        select.bind(use(box.south, "south"));
        select.bind(use(box.north, "north"));
        select.bind(use(box.west, "west"));
        select.bind(use(box.east, "east"));
    });
}

std::vector<core::Candidate> candidates(Tx& tx, core::AccountId owner,
                                        std::span<const core::PersonId> people) {
    const std::string ids = id_list(people);
    const std::string sql =
        std::string(kColumns) + " WHERE p.owner_id = :owner AND p.id IN " + ids_in(tx.dialect());
    std::vector<core::Candidate> found;
    const auto rows = select_pulled(tx, sql, [&](Prepared& select) {
        select.bind(use(owner, "owner"));
        select.bind(use(ids, "ids"));
    });
    for (const Pulled& row : rows) found.push_back(row.candidate);
    return found;
}

void dismiss(Tx& tx, core::AccountId owner, core::PersonId person, std::optional<Instant> until,
             Instant now) {
    run(tx,
        R"(INSERT INTO dismissals (owner_id, person_id, until_at, at) VALUES (:owner, :person, :until, :now)
               ON CONFLICT (owner_id, person_id) DO UPDATE SET until_at = excluded.until_at, at = excluded.at)",
        use(owner, "owner"), use(person, "person"), use(until, "until"), use(now, "now"));
}

}  // namespace vv::store::suggestions
