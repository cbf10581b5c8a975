#include "store/circles.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <boost/json.hpp>

namespace vv::store::circles {
namespace {

namespace json = boost::json;
using soci::into;
using soci::use;

template <class AnyId>
std::vector<AnyId> ids_at(const json::object& object, const char* name) {
    std::vector<AnyId> ids;
    for (const json::value& id : object.at(name).as_array()) ids.push_back(AnyId{id.as_int64()});
    return ids;
}

template <class AnyId>
json::array array_of(const std::vector<AnyId>& ids) {
    json::array list;
    for (const AnyId id : ids) list.push_back(id.value);
    return list;
}

/// Relations by name, as a condition: the names are the program's own.
std::string relations_in(const std::vector<core::Relation>& relations) {
    std::string names;
    for (const core::Relation relation : relations)
        names += (names.empty() ? "'" : ", '") + std::string(core::to_string(relation)) + "'";
    return names.empty() ? "('')" : "(" + names + ")";
}

}  // namespace

std::string to_json(const core::Circles& circles) {
    json::array relations;
    for (const core::Relation relation : circles.relations) relations.emplace_back(core::to_string(relation));
    return json::serialize(json::object{{"relations", std::move(relations)},
                                        {"lists", array_of(circles.lists)},
                                        {"people", array_of(circles.people)}});
}

core::Circles from_json(std::string_view text) {
    const json::object object = json::parse(text).as_object();
    core::Circles circles;
    for (const json::value& name : object.at("relations").as_array())
        if (const auto relation = core::parse_relation(std::string_view(name.as_string())))
            circles.relations.push_back(*relation);
    circles.lists = ids_at<core::ListId>(object, "lists");
    circles.people = ids_at<core::PersonId>(object, "people");
    return circles;
}

std::vector<core::AccountId> accounts_in(Tx& tx, core::AccountId owner, const core::Circles& circles) {
    const std::string people = id_list(circles.people), lists = id_list(circles.lists);
    core::AccountId row;
    Prepared select(tx,
                    "SELECT DISTINCT p.account_id FROM people p WHERE p.owner_id = :owner"
                    " AND p.account_id IS NOT NULL AND p.blocked_at IS NULL AND (p.relation IN " +
                        relations_in(circles.relations) + " OR p.id IN " + ids_in(tx.dialect(), "people") +
                        " OR p.id IN (SELECT m.person_id FROM people_list_members m WHERE m.owner_id = :owner"
                        " AND m.list_id IN " +
                        ids_in(tx.dialect(), "lists") + ")) ORDER BY p.account_id",
                    into(row), use(owner, "owner"), use(people, "people"), use(lists, "lists"));
    return select.all(row);
}

std::map<core::AccountId, core::Standing> standing(Tx& tx, std::span<const core::AccountId> owners,
                                                   core::AccountId account) {
    const std::string ids = id_list(owners);
    core::AccountId owner;
    core::PersonId person;
    std::string relation;
    std::optional<core::ListId> list;
    Prepared select(tx,
                    "SELECT p.owner_id, p.id, p.relation, m.list_id FROM people p LEFT JOIN"
                    " people_list_members m ON m.owner_id = p.owner_id AND m.person_id = p.id"
                    " WHERE p.owner_id IN " +
                        ids_in(tx.dialect()) +
                        " AND p.account_id = :account AND p.blocked_at IS NULL ORDER BY p.owner_id, p.id",
                    into(owner), into(person), into(relation), into(list), use(ids, "ids"),
                    use(account, "account"));
    std::map<core::AccountId, core::Standing> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        core::Standing& one =
            found
                .try_emplace(
                    owner,
                    core::Standing{
                        person, core::parse_relation(relation).value_or(core::Relation::acquaintance), {}})
                .first->second;
        if (list) one.lists.push_back(*list);
    }
    return found;
}

}  // namespace vv::store::circles
