#include "store/acts.h"

#include "store/attributes.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/people_lists.h"
#include "store/search.h"
#include "store/statements.h"

#include <boost/json.hpp>
#include <chrono>

namespace vv::store::acts {
namespace {

namespace json = boost::json;
using core::AccountId;
using core::IdentityId;
using core::PersonId;
using soci::into;
using soci::use;

constexpr std::chrono::days kKept{30};

json::value number(const std::optional<Instant>& time) {
    return time ? json::value(millis(*time)) : json::value(nullptr);
}
std::optional<Instant> instant(const json::value& value) {
    return value.is_null() ? std::nullopt : std::optional(from_millis(value.to_number<std::int64_t>()));
}

json::object to_json(const Written& w) {
    json::array lists;
    for (const auto list : w.lists) lists.emplace_back(list.value);
    return {{"note", w.note},
            {"next_step", w.next_step},
            {"relation", w.relation},
            {"relation_set_by", w.relation_set_by},
            {"account", w.account ? json::value(w.account->value) : json::value(nullptr)},
            {"blocked_at", number(w.blocked_at)},
            {"created_at", millis(w.created_at)},
            {"cadence_days", w.cadence ? json::value(w.cadence->days) : json::value(nullptr)},
            {"cadence_from", number(w.cadence ? w.cadence->from : std::nullopt)},
            {"tags", json::value_from(w.tags)},
            {"lists", std::move(lists)}};
}

Written written_from(const json::object& o) {
    Written w;
    w.note = o.at("note").as_string();
    w.next_step = o.at("next_step").as_string();
    w.relation = o.at("relation").as_string();
    w.relation_set_by = o.at("relation_set_by").as_string();
    if (!o.at("account").is_null()) w.account = AccountId{o.at("account").to_number<std::int64_t>()};
    w.blocked_at = instant(o.at("blocked_at"));
    w.created_at = from_millis(o.at("created_at").to_number<std::int64_t>());
    // Acts that were written before there were cadences have none.
    if (const auto* days = o.if_contains("cadence_days"); days && !days->is_null())
        w.cadence = core::Cadence{days->to_number<int>(), instant(o.at("cadence_from"))};
    w.tags = json::value_to<std::set<std::string>>(o.at("tags"));
    for (const auto& list : o.at("lists").as_array()) w.lists.insert({list.to_number<std::int64_t>()});
    return w;
}

// What few acts are about.
void add_others(json::object& object, const Picture& picture) {
    json::array encounters, absent, lists;
    for (const auto& [id, is_denied] : picture.encounters)
        encounters.push_back(json::array{id.value, is_denied});
    for (const auto& [encounter, identity] : picture.absent)
        absent.push_back(json::array{encounter.value, identity.value});
    for (const auto& [list, people] : picture.lists) {
        json::array in;
        for (const auto person : people) in.emplace_back(person.value);
        lists.push_back(json::array{list.id.value, list.name, list.search, std::move(in)});
    }
    if (!encounters.empty()) object["encounters"] = std::move(encounters);
    if (!absent.empty()) object["absent"] = std::move(absent);
    if (!lists.empty()) object["lists"] = std::move(lists);
}

std::string to_json(const Picture& picture) {
    json::array people, identities, by_hand, decisions, questions;
    for (const auto& [id, written] : picture.people) {
        auto one = to_json(written);
        one["id"] = id.value;
        people.push_back(std::move(one));
    }
    for (const auto& [id, person] : picture.identities)
        identities.push_back(json::array{id.value, person.value});
    for (const auto& [id, attributes] : picture.by_hand) by_hand.push_back(json::array{id.value, attributes});
    for (const auto& [d, at] : picture.decisions)
        decisions.push_back(json::array{d.a.value, d.b.value,
                                        d.verdict == core::Verdict::same ? "same" : "different", millis(at)});
    for (const auto& q : picture.questions)
        questions.push_back(
            json::array{q.a.value, q.b.value, q.probability, resolution::evidence_to_json(q.evidence)});
    json::object object{{"people", std::move(people)},
                        {"identities", std::move(identities)},
                        {"by_hand", std::move(by_hand)},
                        {"decisions", std::move(decisions)},
                        {"questions", std::move(questions)}};
    add_others(object, picture);
    return json::serialize(object);
}

IdentityId identity_of(const json::value& value) {
    return {value.to_number<std::int64_t>()};
}

const json::array& array_at(const json::object& object, const char* name) {
    static const json::array kNone;
    const json::value* const found = object.if_contains(name);
    return found ? found->as_array() : kNone;
}

void read_others(const json::object& object, Picture& picture) {
    for (const auto& one : array_at(object, "encounters"))
        picture.encounters[{one.at(0).to_number<std::int64_t>()}] = one.at(1).as_bool();
    for (const auto& one : array_at(object, "absent"))
        picture.absent.emplace_back(core::EncounterId{one.at(0).to_number<std::int64_t>()},
                                    identity_of(one.at(1)));
    for (const auto& one : array_at(object, "lists")) {
        KeptList kept;
        kept.list.id = {one.at(0).to_number<std::int64_t>()};
        kept.list.name = one.at(1).as_string();
        kept.list.search = one.at(2).as_string();
        for (const auto& person : one.at(3).as_array())
            kept.people.push_back({person.to_number<std::int64_t>()});
        picture.lists.push_back(std::move(kept));
    }
}

// Only what to_json() wrote comes here: anything else is a broken database, and throws.
Picture picture_from(const std::string& text) {
    const json::value parsed = json::parse(text);
    Picture picture;
    for (const auto& one : parsed.at("people").as_array())
        picture.people[{one.at("id").to_number<std::int64_t>()}] = written_from(one.as_object());
    for (const auto& one : parsed.at("identities").as_array())
        picture.identities[identity_of(one.at(0))] = {one.at(1).to_number<std::int64_t>()};
    for (const auto& one : parsed.at("by_hand").as_array())
        picture.by_hand[identity_of(one.at(0))] = one.at(1).as_string();
    for (const auto& one : parsed.at("decisions").as_array())
        picture.decisions.push_back(
            {{identity_of(one.at(0)), identity_of(one.at(1)),
              one.at(2).as_string() == "same" ? core::Verdict::same : core::Verdict::different},
             from_millis(one.at(3).to_number<std::int64_t>())});
    for (const auto& one : parsed.at("questions").as_array())
        picture.questions.push_back({identity_of(one.at(0)), identity_of(one.at(1)),
                                     one.at(2).to_number<double>(),
                                     resolution::evidence_from_json(std::string(one.at(3).as_string()))});
    read_others(parsed.as_object(), picture);
    return picture;
}

void look_at_people(Tx& tx, AccountId owner, std::span<const PersonId> people, Picture& picture) {
    for (auto& [id, row] : handwritten::load(tx, owner, people))
        picture.people[id] = {std::move(row), {}, {}};
    for (const auto& [person, tag] : people_lists::tags_of(tx, owner, people))
        if (const auto at = picture.people.find(person); at != picture.people.end())
            at->second.tags.insert(tag);
    for (const auto& [person, list] : people_lists::members_of(tx, owner, people))
        if (const auto at = picture.people.find(person); at != picture.people.end())
            at->second.lists.insert(list);
}

void look_at_identities(Tx& tx, AccountId owner, std::span<const PersonId> people, Picture& picture) {
    const std::string ids = id_list(people);
    IdentityId id;
    PersonId person;
    std::string network;
    std::string attributes;
    Prepared select(tx,
                    "SELECT id, person_id, network, attributes FROM identities WHERE owner_id = :owner"
                    " AND person_id <> 0 AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(id), into(person), into(network), into(attributes), use(owner, "owner"),
                    use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        picture.identities[id] = person;
        if (network == core::to_string(core::Network::manual)) picture.by_hand[id] = attributes;
    }
    std::vector<IdentityId> members;
    for (const auto& [member, whose] : picture.identities) members.push_back(member);
    picture.decisions = resolution::decisions_between(tx, owner, members);
    picture.questions = resolution::questions_about(tx, owner, members);
}

}  // namespace

Picture look(Tx& tx, AccountId owner, std::span<const PersonId> people, Depth depth) {
    Picture picture;
    look_at_people(tx, owner, people, picture);
    if (depth == Depth::identities) look_at_identities(tx, owner, people, picture);
    return picture;
}

void add(Tx& tx, AccountId owner, const Act& act) {
    const Instant old = act.at - kKept;
    run(tx, "DELETE FROM people_acts WHERE owner_id = :owner AND at < :old", use(owner, "owner"),
        use(old, "old"));
    const std::string before = to_json(act.before);
    const std::string after = to_json(act.after);
    run(tx, R"(INSERT INTO people_acts (owner_id, id, kind, at, before, after)
               VALUES (:owner, :id, :kind, :at, :before, :after))",
        use(owner, "owner"), use(act.id, "id"), use(act.kind, "kind"), use(act.at, "at"),
        use(before, "before"), use(after, "after"));
}

std::optional<Act> find(Tx& tx, AccountId owner, ActId id) {
    Act act;
    act.id = id;
    std::string before;
    std::string after;
    if (!run(tx, "SELECT kind, at, before, after FROM people_acts WHERE owner_id = :owner AND id = :id",
             into(act.kind), into(act.at), into(before), into(after), use(owner, "owner"), use(id, "id")))
        return std::nullopt;
    act.before = picture_from(before);
    act.after = picture_from(after);
    return act;
}

void remove(Tx& tx, AccountId owner, ActId id) {
    run(tx, "DELETE FROM people_acts WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
        use(id, "id"));
}

std::vector<Act> latest(Tx& tx, AccountId owner, int limit) {
    Act act;
    Prepared select(
        tx, "SELECT id, kind, at FROM people_acts WHERE owner_id = :owner ORDER BY id DESC LIMIT :limit",
        into(act.id), into(act.kind), into(act.at), use(owner, "owner"), use(limit, "limit"));
    return select.all(act);
}

void replace_decisions(Tx& tx, AccountId owner, std::span<const IdentityId> identities,
                       const std::vector<resolution::Word>& words) {
    const std::string ids = id_list(identities);
    run(tx,
        "DELETE FROM decisions WHERE owner_id = :owner AND a IN " + ids_in(tx.dialect()) + " AND b IN " +
            ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
    Bulk insert(
        tx, {{"owner_id"}, {"a"}, {"b"}, {"verdict", Bulk::text}, {"at"}},
        "INSERT INTO decisions (owner_id, a, b, verdict, at) SELECT owner_id, a, b, verdict, at FROM r");
    for (const auto& [d, at] : words)
        insert.add(owner, d.a, d.b, d.verdict == core::Verdict::same ? "same" : "different", at);
    insert.finish();
}

void write(Tx& tx, AccountId owner, const std::map<PersonId, Written>& people) {
    if (people.empty()) return;
    std::map<PersonId, const handwritten::Row*> rows;
    std::vector<PersonId> ids;
    people_lists::Tags tags;
    people_lists::Members members;
    for (const auto& [id, w] : people) {
        ids.push_back(id);
        rows.emplace(id, &w);
        for (const auto& tag : w.tags) tags.emplace_back(id, tag);
        for (const auto list : w.lists) members.emplace_back(id, list);
    }
    handwritten::save(tx, owner, rows);
    people_lists::replace_tags(tx, owner, ids, tags);
    people_lists::replace_members(tx, owner, ids, members);
    search::save_own(tx, owner, ids);
}

void write_by_hand(Tx& tx, AccountId owner, const std::map<IdentityId, std::optional<std::string>>& by_hand) {
    if (by_hand.empty()) return;
    std::vector<IdentityId> gone;
    Bulk update(
        tx, {{"owner_id"}, {"id"}, {"name", Bulk::text}, {"attributes", Bulk::text}},
        "UPDATE identities SET name = r.name, attributes = r.attributes FROM r"
        " WHERE identities.owner_id = r.owner_id AND identities.id = r.id AND identities.network = 'manual'");
    Bulk sources(
        tx, {{"owner_id"}, {"id"}, {"attributes", Bulk::text}},
        "UPDATE identity_sources SET attributes = r.attributes FROM r WHERE identity_sources.owner_id ="
        " r.owner_id AND identity_sources.identity_id = r.id AND identity_sources.file_id = 0");
    for (const auto& [id, attributes] : by_hand) {
        if (!attributes) gone.push_back(id);
        if (!attributes) continue;
        update.add(owner, id, attributes_from_json(*attributes).name.full, *attributes);
        sources.add(owner, id, *attributes);
    }
    update.finish();
    sources.finish();
    const std::string ids = id_list(gone);
    for (const char* const rows : {"identity_sources WHERE owner_id = :owner AND identity_id IN ",
                                   "identities WHERE owner_id = :owner AND network = 'manual' AND id IN "})
        run(tx, std::string("DELETE FROM ") + rows + ids_in(tx.dialect()), use(owner, "owner"),
            use(ids, "ids"));
}

}  // namespace vv::store::acts
