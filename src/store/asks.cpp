#include "store/asks.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <boost/json.hpp>
#include <limits>

namespace vv::store::asks {
namespace {

namespace json = boost::json;

using core::AccountId;
using core::AskId;
using core::PersonId;
using soci::into;
using soci::use;

json::array to_array(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& one : list) out.emplace_back(one);
    return out;
}

std::string to_json(const core::Ask& ask) {
    json::object out;
    out["text"] = ask.text;
    out["titles"] = to_array(ask.titles);
    out["topics"] = to_array(ask.topics);
    out["organisations"] = to_array(ask.organisations);
    json::array relations;
    for (const auto relation : ask.relations) relations.emplace_back(core::to_string(relation));
    out["relations"] = std::move(relations);
    out["purpose"] = ask.purpose;
    out["in_return"] = ask.in_return;
    if (ask.by) out["by"] = format_date(*ask.by);
    if (ask.place)
        out["place"] = {{"name", ask.place->name},
                        {"at", {ask.place->at.lat, ask.place->at.lng}},
                        {"country", ask.place->country}};
    return json::serialize(out);
}

std::string text_at(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> texts_at(const json::object& object, const char* name) {
    std::vector<std::string> out;
    if (const auto* list = object.if_contains(name); list != nullptr && list->is_array())
        for (const auto& one : list->as_array())
            if (one.is_string()) out.emplace_back(one.as_string());
    return out;
}

// What to_json() wrote.
core::Ask from_json(const std::string& text) {
    core::Ask ask;
    const json::value parsed = json::parse(text);
    const auto& parts = parsed.as_object();
    ask.text = text_at(parts, "text");
    ask.titles = texts_at(parts, "titles");
    ask.topics = texts_at(parts, "topics");
    ask.organisations = texts_at(parts, "organisations");
    for (const auto& name : texts_at(parts, "relations"))
        if (const auto relation = core::parse_relation(name)) ask.relations.push_back(*relation);
    ask.purpose = text_at(parts, "purpose");
    ask.in_return = text_at(parts, "in_return");
    if (const auto by = parse_date(text_at(parts, "by"))) ask.by = *by;
    if (const auto* place = parts.if_contains("place"); place != nullptr && place->is_object()) {
        const auto& fields = place->as_object();
        const auto& at = fields.at("at").as_array();
        ask.place = core::AskPlace{text_at(fields, "name"),
                                   {at.at(0).to_number<double>(), at.at(1).to_number<double>()},
                                   text_at(fields, "country")};
    }
    return ask;
}

std::vector<std::pair<AccountId, StoredAsk>> select_all(Tx& tx, const std::string& where,
                                                        const auto&... bindings) {
    AccountId owner;
    StoredAsk row;
    std::string parts;
    std::optional<int> wanted;
    std::vector<std::pair<AccountId, StoredAsk>> found;
    Prepared select(
        tx, "SELECT owner_id, id, parts, wanted, created_at, closed_at, result_url FROM asks WHERE " + where,
        into(owner), into(row.id), into(parts), into(wanted), into(row.created_at), into(row.closed_at),
        into(row.result_url), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.ask = from_json(parts);
        row.ask.count = wanted;
        found.emplace_back(owner, row);
    }
    return found;
}

std::vector<StoredAsk> select(Tx& tx, const std::string& where, const auto&... bindings) {
    std::vector<StoredAsk> found;
    for (auto& [owner, ask] : select_all(tx, "owner_id = :owner" + where, bindings...))
        found.push_back(std::move(ask));
    return found;
}

std::map<AskId, std::vector<core::Asked>> select_people(Tx& tx, const std::string& where,
                                                        const auto&... bindings) {
    std::map<AskId, std::vector<core::Asked>> found;
    AskId ask;
    core::Asked row;
    std::string state;
    Prepared select(
        tx,
        "SELECT a.ask_id, a.person_id, a.state, a.asked_at, a.changed_at, p.last_met FROM ask_people a"
        " JOIN people p ON p.owner_id = a.owner_id AND p.id = a.person_id"
        " WHERE p.blocked_at IS NULL AND " +
            where + " ORDER BY a.changed_at DESC, a.person_id",
        into(ask), into(row.person), into(state), into(row.asked_at), into(row.changed_at),
        into(row.last_met), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.state = core::parse_asked_state(state).value_or(core::AskedState::asked);
        found[ask].push_back(row);
    }
    return found;
}

}  // namespace

int count(Tx& tx, AccountId owner) {
    int asks = 0;
    run(tx, "SELECT count(*) FROM asks WHERE owner_id = :owner", into(asks), use(owner, "owner"));
    return asks;
}

void add(Tx& tx, AccountId owner, const StoredAsk& ask) {
    const std::string parts = to_json(ask.ask);
    run(tx,
        "INSERT INTO asks (owner_id, id, parts, wanted, created_at) VALUES (:owner, :id, :parts, :wanted, "
        ":now)",
        use(owner, "owner"), use(ask.id, "id"), use(parts, "parts"), use(ask.ask.count, "wanted"),
        use(ask.created_at, "now"));
}

void save(Tx& tx, AccountId owner, const StoredAsk& ask) {
    const std::string parts = to_json(ask.ask);
    run(tx,
        "UPDATE asks SET parts = :parts, wanted = :wanted, closed_at = :closed, result_url = :result"
        " WHERE owner_id = :owner AND id = :id",
        use(parts, "parts"), use(ask.ask.count, "wanted"), use(ask.closed_at, "closed"),
        use(ask.result_url, "result"), use(owner, "owner"), use(ask.id, "id"));
}

bool remove(Tx& tx, AccountId owner, AskId id) {
    Prepared statement(tx, "DELETE FROM asks WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
                       use(id, "id"));
    statement.execute();
    return statement.affected_rows() > 0;
}

std::optional<StoredAsk> find(Tx& tx, AccountId owner, AskId id) {
    auto found = select(tx, " AND id = :id", use(owner, "owner"), use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<StoredAsk> list(Tx& tx, AccountId owner, std::optional<AskId> before, int limit) {
    const AskId last = before.value_or(AskId{std::numeric_limits<std::int64_t>::max()});
    return select(tx, " AND id < :before ORDER BY id DESC LIMIT :limit", use(owner, "owner"),
                  use(last, "before"), use(limit, "limit"));
}

std::map<AskId, std::vector<core::Asked>> people_of(Tx& tx, AccountId owner, std::span<const AskId> asks) {
    if (asks.empty()) return {};
    const std::string ids = id_list(asks);
    return select_people(tx, "a.owner_id = :owner AND a.ask_id IN " + ids_in(tx.dialect()),
                         use(owner, "owner"), use(ids, "ids"));
}

std::map<AskId, std::vector<core::Asked>> people_of(Tx& tx, std::span<const AccountId> owners,
                                                    std::span<const AskId> asks) {
    if (asks.empty()) return {};
    const std::string who = id_list(owners), ids = id_list(asks);
    return select_people(
        tx, "a.owner_id IN " + ids_in(tx.dialect(), "owners") + " AND a.ask_id IN " + ids_in(tx.dialect()),
        use(who, "owners"), use(ids, "ids"));
}

std::vector<std::pair<AccountId, StoredAsk>> load(Tx& tx, std::span<const AccountId> owners,
                                                  std::span<const AskId> asks) {
    if (asks.empty()) return {};
    const std::string who = id_list(owners), ids = id_list(asks);
    return select_all(tx,
                      "owner_id IN " + ids_in(tx.dialect(), "owners") + " AND id IN " + ids_in(tx.dialect()),
                      use(who, "owners"), use(ids, "ids"));
}

void set(Tx& tx, AccountId owner, AskId ask, const core::Asked& asked) {
    const std::string state(core::to_string(asked.state));
    run(tx,
        "INSERT INTO ask_people (owner_id, ask_id, person_id, state, asked_at, changed_at)"
        " VALUES (:owner, :ask, :person, :state, :asked, :changed) ON CONFLICT (owner_id, ask_id, person_id)"
        " DO UPDATE SET state = excluded.state, asked_at = coalesce(ask_people.asked_at, excluded.asked_at),"
        " changed_at = excluded.changed_at",
        use(owner, "owner"), use(ask, "ask"), use(asked.person, "person"), use(state, "state"),
        use(asked.asked_at, "asked"), use(asked.changed_at, "changed"));
}

bool forget(Tx& tx, AccountId owner, AskId ask, PersonId person) {
    Prepared statement(
        tx, "DELETE FROM ask_people WHERE owner_id = :owner AND ask_id = :ask AND person_id = :person",
        use(owner, "owner"), use(ask, "ask"), use(person, "person"));
    statement.execute();
    return statement.affected_rows() > 0;
}

}  // namespace vv::store::asks
