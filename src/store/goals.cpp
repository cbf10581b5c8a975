#include "store/goals.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/statements.h"

namespace vv::store::goals {
namespace {

using soci::into;
using soci::use;

void remove_relations(Tx& tx, core::AccountId owner, int year) {
    run(tx, "DELETE FROM goals_by_relation WHERE owner_id = :owner AND year = :year", use(owner, "owner"),
        use(year, "year"));
}

}  // namespace

std::optional<core::YearGoal> find(Tx& tx, core::AccountId owner, int year) {
    core::YearGoal goal;
    long long paused_for = 0;
    std::optional<std::string> relation;
    std::optional<int> target;
    Prepared select(tx,
                    "SELECT g.target, g.paused_at, g.paused_for, r.relation, r.target FROM goals g"
                    " LEFT JOIN goals_by_relation r ON r.owner_id = g.owner_id AND r.year = g.year"
                    " WHERE g.owner_id = :owner AND g.year = :year",
                    into(goal.target), into(goal.paused_at), into(paused_for), into(relation), into(target),
                    use(owner, "owner"), use(year, "year"));
    bool is_found = false;
    for (bool more = select.execute(); more; more = select.fetch()) {
        is_found = true;
        const auto known = core::parse_relation(relation.value_or(""));
        if (known && target) goal.by_relation[*known] = *target;
    }
    if (!is_found) return std::nullopt;
    goal.paused_for = std::chrono::milliseconds(paused_for);
    return goal;
}

void save(Tx& tx, core::AccountId owner, int year, const core::YearGoal& goal) {
    const auto paused_for = static_cast<long long>(goal.paused_for.count());
    run(tx,
        "INSERT INTO goals (owner_id, year, target, paused_at, paused_for)"
        " VALUES (:owner, :year, :target, :paused_at, :paused_for)"
        " ON CONFLICT (owner_id, year) DO UPDATE SET target = excluded.target,"
        " paused_at = excluded.paused_at, paused_for = excluded.paused_for",
        use(owner, "owner"), use(year, "year"), use(goal.target, "target"), use(goal.paused_at, "paused_at"),
        use(paused_for, "paused_for"));
    remove_relations(tx, owner, year);
    Bulk insert(tx, {{"owner_id"}, {"year"}, {"relation", Bulk::text}, {"target"}},
                "INSERT INTO goals_by_relation (owner_id, year, relation, target)"
                " SELECT owner_id, year, relation, target FROM r");
    for (const auto& [relation, target] : goal.by_relation)
        insert.add(owner, year, core::to_string(relation), target);
    insert.finish();
}

void remove(Tx& tx, core::AccountId owner, int year) {
    remove_relations(tx, owner, year);
    run(tx, "DELETE FROM goals WHERE owner_id = :owner AND year = :year", use(owner, "owner"),
        use(year, "year"));
}

}  // namespace vv::store::goals
