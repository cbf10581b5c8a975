#include "store/people_lists.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/search.h"
#include "store/statements.h"

namespace vv::store::people_lists {
namespace {

using core::AccountId;
using core::ListId;
using core::PersonId;
using soci::into;
using soci::use;

void delete_of(Tx& tx, const char* table, AccountId owner, const std::string& ids) {
    run(tx,
        std::string("DELETE FROM ") + table + " WHERE owner_id = :owner AND person_id IN " +
            ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
}

void move_rows(Tx& tx, AccountId owner, const char* table, const std::string& column,
               std::span<const std::pair<PersonId, PersonId>> gone_into) {
    Bulk insert(
        tx, {{"owner_id"}, {"gone"}, {"person_id"}},
        std::string("INSERT INTO ") + table + " (owner_id, person_id, " + column +
            ") SELECT r.owner_id, r.person_id, x." + column + " FROM r JOIN " + table +
            " x ON x.owner_id = r.owner_id AND x.person_id = r.gone WHERE true ON CONFLICT DO NOTHING");
    for (const auto& [gone, person] : gone_into) insert.add(owner, gone, person);
    insert.finish();
}

}  // namespace

void replace_tags(Tx& tx, AccountId owner, std::span<const PersonId> people, const Tags& tags) {
    delete_of(tx, "people_tags", owner, id_list(people));
    Bulk insert(tx, {{"owner_id"}, {"person_id"}, {"tag", Bulk::text}},
                "INSERT INTO people_tags (owner_id, person_id, tag) SELECT owner_id, person_id, tag FROM r"
                " WHERE true ON CONFLICT DO NOTHING");
    for (const auto& [person, tag] : tags) insert.add(owner, person, tag);
    insert.finish();
}

void replace_members(Tx& tx, AccountId owner, std::span<const PersonId> people, const Members& members) {
    delete_of(tx, "people_list_members", owner, id_list(people));
    Bulk insert(
        tx, {{"owner_id"}, {"person_id"}, {"list_id"}},
        "INSERT INTO people_list_members (owner_id, person_id, list_id)"
        " SELECT r.owner_id, r.person_id, r.list_id FROM r JOIN people_lists l ON l.owner_id = r.owner_id"
        " AND l.id = r.list_id WHERE true ON CONFLICT DO NOTHING");
    for (const auto& [person, list] : members) insert.add(owner, person, list);
    insert.finish();
}

Tags tags_of(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    const std::string ids = id_list(people);
    PersonId person;
    std::string tag;
    Tags found;
    Prepared select(tx,
                    "SELECT person_id, tag FROM people_tags WHERE owner_id = :owner AND person_id IN " +
                        ids_in(tx.dialect()) + " ORDER BY person_id, tag",
                    into(person), into(tag), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace_back(person, tag);
    return found;
}

Members members_of(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    const std::string ids = id_list(people);
    PersonId person;
    ListId list;
    Members found;
    Prepared select(
        tx,
        "SELECT person_id, list_id FROM people_list_members WHERE owner_id = :owner AND person_id IN " +
            ids_in(tx.dialect()) + " ORDER BY person_id, list_id",
        into(person), into(list), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace_back(person, list);
    return found;
}

std::vector<Tag> tags(Tx& tx, AccountId owner, int limit) {
    Tag row;
    Prepared select(tx, R"(SELECT tag, count(*) FROM people_tags WHERE owner_id = :owner
                           GROUP BY tag ORDER BY count(*) DESC, tag LIMIT :limit)",
                    into(row.name), into(row.people), use(owner, "owner"), use(limit, "limit"));
    return select.all(row);
}

std::vector<List> lists(Tx& tx, AccountId owner) {
    List row;
    Prepared select(tx, R"(
        SELECT l.id, l.name, l.search, (SELECT count(*) FROM people_list_members m
                                        WHERE m.owner_id = l.owner_id AND m.list_id = l.id)
        FROM people_lists l WHERE l.owner_id = :owner ORDER BY l.name, l.id)",
                    into(row.id), into(row.name), into(row.search), into(row.people), use(owner, "owner"));
    return select.all(row);
}

void save(Tx& tx, AccountId owner, const List& list, Instant now) {
    run(tx, R"(INSERT INTO people_lists (owner_id, id, name, search, created_at)
               VALUES (:owner, :id, :name, :search, :now)
               ON CONFLICT (owner_id, id) DO UPDATE SET name = excluded.name, search = excluded.search)",
        use(owner, "owner"), use(list.id, "id"), use(list.name, "name"), use(list.search, "search"),
        use(now, "now"));
    search::save_own(tx, owner, members(tx, owner, list.id));
}

bool remove(Tx& tx, AccountId owner, ListId list) {
    const auto were = members(tx, owner, list);
    Prepared gone(tx, "DELETE FROM people_lists WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
                  use(list, "id"));
    gone.execute();
    search::save_own(tx, owner, were);
    return gone.affected_rows() > 0;
}

std::vector<PersonId> members(Tx& tx, AccountId owner, ListId list) {
    PersonId person;
    Prepared select(
        tx,
        "SELECT person_id FROM people_list_members WHERE owner_id = :owner AND list_id = :list ORDER BY 1",
        into(person), use(owner, "owner"), use(list, "list"));
    return select.all(person);
}

void absorb(Tx& tx, AccountId owner, std::span<const std::pair<PersonId, PersonId>> gone_into) {
    move_rows(tx, owner, "people_tags", "tag", gone_into);
    move_rows(tx, owner, "people_list_members", "list_id", gone_into);
}

void forget(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    const std::string ids = id_list(people);
    delete_of(tx, "people_tags", owner, ids);
    delete_of(tx, "people_list_members", owner, ids);
}

}  // namespace vv::store::people_lists
