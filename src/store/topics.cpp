#include "store/topics.h"

#include "store/attributes.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <string>

namespace vv::store::topics {
namespace {

using core::AccountId;
using core::PersonId;
using core::Topic;
using core::TopicKind;
using soci::into;
using soci::use;

constexpr std::size_t kAtOnce = 5'000;
constexpr std::size_t kMostWords = 200;  // of a person
constexpr std::size_t kLongestWord = 60;

// CROSS JOIN: the people first, whatever SQLite knows of the tables' sizes.
constexpr std::string_view kOfPeople =
    "SELECT i.person_id, t.kind, t.topic FROM identities i CROSS JOIN topics t WHERE t.owner_id = i.owner_id"
    " AND t.key = i.key AND t.network = i.network AND i.owner_id = :owner AND i.person_id IN ";

// Calls take(PersonId, const Topic&) for each, in an order within a person of columns of `t`.
void for_each(Tx& tx, AccountId owner, const std::string& ids, const std::string& order, const auto& take) {
    PersonId person;
    std::string kind;
    Topic topic;
    Prepared select(tx, std::string(kOfPeople) + ids_in(tx.dialect()) + " ORDER BY i.person_id, " + order,
                    into(person), into(kind), into(topic.text), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        topic.kind = core::parse_topic_kind(kind).value_or(TopicKind::wrote);
        take(person, topic);
    }
}

// Each person's words once, in the order of their topics.
class Words {
public:
    void add(const Topic& topic) {
        for (auto& word : core::topic_words(topic)) {
            if (count_ >= kMostWords || word.size() > kLongestWord || !seen_.insert(word).second) continue;
            text_ += (text_.empty() ? "" : " ") + word;
            ++count_;
        }
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::set<std::string> seen_;
    std::string text_;
    std::size_t count_ = 0;
};

// Whoever has words already begins without any.
std::map<PersonId, Words> words_of(Tx& tx, AccountId owner, const std::string& ids) {
    std::map<PersonId, Words> words;
    PersonId person;
    Prepared before(tx,
                    "SELECT person_id FROM people_texts WHERE owner_id = :owner AND topics <> ''"
                    " AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(person), use(owner, "owner"), use(ids, "ids"));
    for (bool more = before.execute(); more; more = before.fetch()) words.try_emplace(person);
    for_each(tx, owner, ids, "t.topic", [&](PersonId of, const Topic& topic) { words[of].add(topic); });
    return words;
}

// One statement, as each that touches the index writes what it has of it.
void save(Tx& tx, AccountId owner, const std::map<PersonId, Words>& words) {
    if (words.empty()) return;
    boost::json::array list;
    list.reserve(words.size());
    for (const auto& [person, of] : words) list.push_back({person.value, of.text()});
    const std::string rows = boost::json::serialize(list);
    run(tx,
        "INSERT INTO people_texts (owner_id, person_id, topics) SELECT CAST(:owner AS BIGINT),"
        " CAST(value->>0 AS BIGINT), value->>1 FROM " +
            json_rows(tx.dialect(), "rows") +
            " AS r WHERE true ON CONFLICT (owner_id, person_id) DO UPDATE SET topics = excluded.topics",
        use(owner, "owner"), use(rows, "rows"));
}

// A network's groups are the owner's as well; other labels are the owner's own, or an address book's.
void add_labels(std::map<PersonId, std::vector<Topic>>& all, Tx& tx, AccountId owner,
                const std::string& ids) {
    PersonId person;
    std::string network, attributes;
    Prepared select(tx,
                    "SELECT person_id, network, attributes FROM identities WHERE owner_id = :owner AND"
                    " attributes LIKE '%\"labels\"%' AND person_id IN " +
                        ids_in(tx.dialect()) + " ORDER BY id",
                    into(person), into(network), into(attributes), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        const bool is_group = network == core::to_string(core::Network::ning);
        for (auto& label : attributes_from_json(attributes).labels)
            all[person].push_back({is_group ? TopicKind::group : TopicKind::listed, std::move(label)});
    }
}

}  // namespace

void write(Tx& tx, AccountId owner, const std::vector<facts::TopicRow>& rows) {
    Bulk insert(tx,
                {{"owner_id"},
                 {"key", Bulk::text},
                 {"network", Bulk::text},
                 {"kind", Bulk::text},
                 {"topic", Bulk::text},
                 {"file_id"}},
                "INSERT INTO topics (owner_id, key, network, kind, topic, file_id)"
                " SELECT owner_id, key, network, kind, topic, file_id FROM r WHERE true"
                " ON CONFLICT DO NOTHING");
    std::set<core::IdentityKey> keys;
    for (const auto& row : rows) {
        insert.add(owner, row.who.key, core::to_string(row.who.network), core::to_string(row.topic.kind),
                   row.topic.text, row.file);
        keys.insert(row.who);
    }
    if (insert.finish() == 0) return;
    Bulk stale(tx, {{"owner_id"}, {"key", Bulk::text}, {"network", Bulk::text}},
               "UPDATE identities SET is_stale = 1 FROM r WHERE identities.owner_id = r.owner_id"
               " AND identities.network = r.network AND identities.key = r.key");
    for (const auto& key : keys) stale.add(owner, key.key, core::to_string(key.network));
    stale.finish();
}

void take_out(Tx& tx, AccountId owner, const std::vector<facts::FileId>& files) {
    const std::string ids = id_list(files);
    const std::string of_files = ids_in(tx.dialect());
    run(tx,
        "UPDATE identities SET is_stale = 1 FROM topics t WHERE identities.owner_id = :owner"
        " AND t.owner_id = identities.owner_id AND t.network = identities.network AND t.key = identities.key"
        " AND t.file_id IN " +
            of_files,
        use(owner, "owner"), use(ids, "ids"));
    run(tx, "DELETE FROM topics WHERE owner_id = :owner AND file_id IN " + of_files, use(owner, "owner"),
        use(ids, "ids"));
}

void refresh(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    for (std::size_t from = 0; from < people.size(); from += kAtOnce) {
        const auto some = people.subspan(from, std::min(kAtOnce, people.size() - from));
        save(tx, owner, words_of(tx, owner, id_list(some)));
    }
}

std::map<PersonId, std::vector<Topic>> of_people(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    std::map<PersonId, std::vector<Topic>> all;
    if (people.empty()) return all;
    const std::string ids = id_list(people);
    add_labels(all, tx, owner, ids);
    for_each(tx, owner, ids, "t.kind DESC, t.topic",
             [&](PersonId person, const Topic& topic) { all[person].push_back(topic); });
    return all;
}

}  // namespace vv::store::topics
