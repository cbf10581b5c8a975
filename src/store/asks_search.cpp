#include "store/asks_search.h"

#include "base/phone.h"
#include "core/cities.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <limits>
#include <unordered_map>

namespace vv::store::asks {
namespace {

using core::AccountId;
using core::PersonId;
using core::asks::Evidence;
using core::asks::Known;
using soci::into;
using soci::use;

constexpr double kInTownKm = 30;
constexpr std::chrono::days kYear{365};

using Alternatives = std::vector<std::vector<std::string>>;

// FTS5: {words own} : (("chief" AND "executive") OR "ceo"). Folded words hold letters and digits only, so
// nothing needs escaping.
std::string fts(AccountId owner, const Alternatives& alternatives) {
    std::string text;
    for (const auto& words : alternatives) {
        text += text.empty() ? "(" : " OR (";
        for (std::size_t i = 0; i < words.size(); ++i) text += (i > 0 ? " AND \"" : "\"") + words[i] + "\"";
        text += ")";
    }
    return "owner_id : \"" + to_string(owner) + "\" AND {words own} : (" + text + ")";
}

// The same as a tsquery: B are words of archives, C the owner's, D the owner's id.
std::string tsquery(AccountId owner, const Alternatives& alternatives) {
    std::string text;
    for (const auto& words : alternatives) {
        text += text.empty() ? "(" : " | (";
        for (std::size_t i = 0; i < words.size(); ++i) text += (i > 0 ? " & '" : "'") + words[i] + "':BC";
        text += ")";
    }
    return "'" + to_string(owner) + "':D & (" + text + ")";
}

std::string match_of(Tx& tx, AccountId owner, const Find& find) {
    return tx.dialect() == Dialect::sqlite ? fts(owner, find.words) : tsquery(owner, find.words);
}

std::string columns() {
    return "SELECT p.id, p.name, p.title, p.organisation, p.city, p.lat, p.lng, p.relation, p.trust, "
           "p.trust_at,"
           " p.encounters, p.contacts_in, p.contacts_out, p.last_contact, p.last_met, t.words, t.own, "
           "p.warmth ";
}

// Nobody's who is blocked.
std::string not_blocked(const Find& find) {
    std::string sql =
        " AND p.blocked_at IS NULL"
        " AND p.id NOT IN (SELECT i.person_id FROM identities i WHERE i.owner_id = :owner AND i.blocked_at IS"
        " NOT NULL) AND NOT EXISTS (SELECT 1 FROM account_blocks b"
        " WHERE (b.account_id = p.owner_id AND b.blocked_id = p.account_id)"
        " OR (b.account_id = p.account_id AND b.blocked_id = p.owner_id))";
    std::string list;
    for (const core::Relation relation : find.relations)
        list += (list.empty() ? "'" : ", '") + std::string(core::to_string(relation)) + "'";
    if (!list.empty()) sql += " AND p.relation IN (" + list + ")";
    return sql;
}

std::vector<Warm> select(Tx& tx, const std::string& sql, Instant now, const auto&... bindings) {
    Warm row;
    Known& k = row.known;
    std::string relation;
    Instant trust_at;
    std::optional<std::string> title, organisation, city, words, own;
    std::optional<double> lat, lng;
    std::vector<Warm> found;
    Prepared select(tx, sql, into(k.person), into(k.name), into(title), into(organisation), into(city),
                    into(lat), into(lng), into(relation), into(k.trust), into(trust_at), into(k.encounters),
                    into(k.contacts_in), into(k.contacts_out), into(k.last_contact), into(k.last_met),
                    into(words), into(own), into(row.warmth), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        k.title = title.value_or("");
        k.organisation = organisation.value_or("");
        k.city = city.value_or("");
        k.words = words.value_or("");
        k.own = own.value_or("");
        k.at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        k.relation = core::parse_relation(relation).value_or(core::Relation::acquaintance);
        found.push_back(row);
        found.back().known.trust = core::faded_trust(k.trust, trust_at, now);
    }
    return found;
}

// Which of them say themselves what their title is, or the owner does.
void add_own_words(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids) {
    PersonId person;
    for (auto& [id, one] : all) one.is_own_word = false;
    Prepared select(tx,
                    "SELECT DISTINCT person_id FROM identities WHERE owner_id = :owner AND network IN"
                    " ('linkedin', 'account', 'mastodon', 'manual') AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(person), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) all.at(person).is_own_word = true;
}

void add_phones(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids,
                std::string_view region) {
    PersonId person;
    std::string attributes;
    Prepared select(tx,
                    "SELECT person_id, attributes FROM identities WHERE owner_id = :owner AND attributes LIKE"
                    " '%\"phones\"%' AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(person), into(attributes), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        for (const auto& written : attributes_from_json(attributes).phones)
            if (const auto e164 = to_e164(written, region))
                if (auto of = region_of(*e164); !of.empty())
                    all.at(person).phone_regions.push_back(std::move(of));
}

bool is_in(const std::optional<LatLng>& at, const std::string& place, const core::AskPlace& wanted) {
    if (at) return distance_km(*at, wanted.at) <= kInTownKm;
    const auto city = core::city_of(place);
    return city && distance_km(city->at, wanted.at) <= kInTownKm;
}

// Where the owner met them before.
void add_encounters(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids,
                    const core::AskPlace& wanted, Instant now) {
    PersonId person;
    std::optional<std::string> place;
    std::optional<double> lat, lng;
    int count = 0;
    std::unordered_map<std::string, bool> known;  // places that bear no coordinates
    Prepared select(
        tx,
        "SELECT i.person_id, e.place, e.lat, e.lng, count(DISTINCT e.id) FROM identities i"
        " JOIN encounter_people x ON x.owner_id = i.owner_id AND x.identity_id = i.id"
        " JOIN encounters e ON e.owner_id = x.owner_id AND e.id = x.encounter_id"
        " WHERE i.owner_id = :owner AND e.denied_at IS NULL AND e.start_at <= :now AND i.person_id IN " +
            ids_in(tx.dialect()) + " GROUP BY i.person_id, e.place, e.lat, e.lng",
        into(person), into(place), into(lat), into(lng), into(count), use(owner, "owner"), use(now, "now"),
        use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        if (!place && !lat) continue;
        const auto at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        bool there = false;
        if (at) {
            there = is_in(at, {}, wanted);
        } else {
            const auto [told, is_new] = known.try_emplace(*place);
            if (is_new) told->second = is_in(at, *place, wanted);
            there = told->second;
        }
        (there ? all.at(person).met_there : all.at(person).met_elsewhere) += count;
    }
}

void add_promises(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids,
                  Instant now) {
    PersonId person;
    std::string state;
    int count = 0;
    Prepared meetings(
        tx,
        "SELECT i.person_id, m.state, count(*) FROM identities i JOIN meetings m"
        " ON m.owner_id = i.owner_id AND m.identity_id = i.id WHERE i.owner_id = :owner"
        " AND (m.state = 'met' OR (m.no_show = 1 AND m.faults_until > :now)) AND i.person_id IN " +
            ids_in(tx.dialect()) + " GROUP BY i.person_id, m.state",
        into(person), into(state), into(count), use(owner, "owner"), use(now, "now"), use(ids, "ids"));
    for (bool more = meetings.execute(); more; more = meetings.fetch())
        (state == "met" ? all.at(person).kept : all.at(person).missed) = count;
    const Instant since = now - kYear;
    Prepared asked(tx,
                   "SELECT person_id, count(*) FROM ask_people WHERE owner_id = :owner AND asked_at > :since"
                   " AND person_id IN " +
                       ids_in(tx.dialect()) + " GROUP BY person_id",
                   into(person), into(count), use(owner, "owner"), use(since, "since"), use(ids, "ids"));
    for (bool more = asked.execute(); more; more = asked.fetch()) all.at(person).asked = count;
}

}  // namespace

bool are_many(Tx& tx, AccountId owner, const Find& find, int limit) {
    if (find.words.empty()) return true;
    const std::string match = match_of(tx, owner, find);
    int count = 0;
    const std::string rows = tx.dialect() == Dialect::sqlite
                                 ? "SELECT 1 FROM people_index WHERE people_index MATCH :match"
                                 : "SELECT 1 FROM people_texts WHERE found_by @@ CAST(:match AS tsquery)";
    run(tx, "SELECT count(*) FROM (" + rows + " LIMIT :limit) found", into(count), use(match, "match"),
        use(limit, "limit"));
    return count == limit;
}

std::vector<Known> found(Tx& tx, AccountId owner, const Find& find, Instant now) {
    const std::string match = match_of(tx, owner, find);
    const std::string from =
        tx.dialect() == Dialect::sqlite
            ? "FROM people_index x CROSS JOIN people_texts t ON t.number = x.rowid CROSS JOIN people p"
              " ON p.owner_id = t.owner_id AND p.id = t.person_id WHERE people_index MATCH :match AND"
              " t.owner_id = :owner"
            : "FROM people_texts t JOIN people p ON p.owner_id = t.owner_id AND p.id = t.person_id"
              " WHERE t.found_by @@ CAST(:match AS tsquery) AND t.owner_id = :owner";
    std::vector<Known> known;
    for (auto& one :
         select(tx, columns() + from + not_blocked(find), now, use(owner, "owner"), use(match, "match")))
        known.push_back(std::move(one.known));
    return known;
}

std::vector<Warm> by_warmth(Tx& tx, AccountId owner, const Find& find, std::optional<Cursor> after,
                            Instant now, std::size_t limit) {
    const Cursor start = after.value_or(Cursor{1e300, {std::numeric_limits<std::int64_t>::max()}});
    const auto most = static_cast<long long>(limit);
    std::string sql =
        columns() +
        "FROM people p LEFT JOIN people_texts t ON t.owner_id = p.owner_id AND t.person_id = p.id"
        " WHERE p.owner_id = :owner AND (p.warmth, p.id) < (:warmth, :person)" +
        not_blocked(find);
    const std::string order = " ORDER BY p.warmth DESC, p.id DESC LIMIT :limit";
    if (find.words.empty())
        return select(tx, sql + order, now, use(owner, "owner"), use(start.warmth, "warmth"),
                      use(start.person, "person"), use(most, "limit"));
    // Asked of each person in turn the matches are found once and kept.
    sql += tx.dialect() == Dialect::sqlite
               ? " AND t.number IN (SELECT rowid FROM people_index WHERE people_index MATCH :match)"
               : " AND t.found_by @@ CAST(:match AS tsquery)";
    const std::string match = match_of(tx, owner, find);
    return select(tx, sql + order, now, use(owner, "owner"), use(start.warmth, "warmth"),
                  use(start.person, "person"), use(match, "match"), use(most, "limit"));
}

std::map<PersonId, Evidence> evidence(Tx& tx, AccountId owner, std::span<const PersonId> people,
                                      const std::optional<core::AskPlace>& place, std::string_view region,
                                      Instant now) {
    std::map<PersonId, Evidence> all;
    for (const PersonId person : people) all.try_emplace(person);
    if (all.empty()) return all;
    const std::string ids = id_list(people);
    add_own_words(all, tx, owner, ids);
    add_promises(all, tx, owner, ids, now);
    if (!place) return all;
    add_phones(all, tx, owner, ids, region);
    add_encounters(all, tx, owner, ids, *place, now);
    return all;
}

}  // namespace vv::store::asks
