#include "store/search.h"

#include "base/text.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>

namespace vv::store::search {
namespace {

using core::AccountId;
using core::PersonId;
using soci::into;
using soci::use;

constexpr int kCommon = 5'000;
constexpr std::size_t kSavedAtOnce = 1'000;
constexpr std::size_t kMostOwn = 400;  // words of what the owner wrote

std::string line(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string without_doubles(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return line(words);
}

// How often each word of names is used changes by these.
using Uses = std::map<std::string, std::int64_t>;

void count(Uses& uses, std::string_view names, std::int64_t by) {
    for (const std::string_view word : split(names, ' '))
        if (!word.empty()) uses[std::string(word)] += by;
}

void save_uses(Tx& tx, AccountId owner, const Uses& uses) {
    Bulk add(tx, {{"owner_id"}, {"word", Bulk::text}, {"uses"}},
             "INSERT INTO people_names (owner_id, word, uses) SELECT owner_id, word, uses FROM r WHERE true"
             " ON CONFLICT (owner_id, word) DO UPDATE SET uses = people_names.uses + excluded.uses");
    bool is_less = false;
    for (const auto& [word, by] : uses) {
        if (by != 0) add.add(owner, word, by);
        is_less = is_less || by < 0;
    }
    add.finish();
    if (is_less)
        run(tx, "DELETE FROM people_names WHERE owner_id = :owner AND uses <= 0", use(owner, "owner"));
}

Uses uses_before(Tx& tx, AccountId owner, const std::string& ids) {
    std::string names;
    Uses uses;
    Prepared select(
        tx, "SELECT names FROM people_texts WHERE owner_id = :owner AND person_id IN " + ids_in(tx.dialect()),
        into(names), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) count(uses, names, -1);
    return uses;
}

/// Many in one statement: after each that touches the index SQLite writes what it has of it so far, a row
/// at a time dearly.
void save_some(Tx& tx, AccountId owner, std::span<const Texts> people) {
    std::vector<PersonId> ids;
    for (const Texts& one : people) ids.push_back(one.person);
    Uses uses = uses_before(tx, owner, id_list(ids));
    boost::json::array list;
    list.reserve(people.size());
    for (const Texts& one : people) {
        const std::string names = without_doubles(one.names);
        count(uses, names, 1);
        list.push_back({one.person.value, names, line(one.words)});
    }
    const std::string rows = boost::json::serialize(list);
    run(tx,
        "INSERT INTO people_texts (owner_id, person_id, names, words) SELECT CAST(:owner AS BIGINT),"
        " CAST(value->>0 AS BIGINT), value->>1, value->>2 FROM " +
            json_rows(tx.dialect(), "rows") +
            " AS r WHERE true ON CONFLICT (owner_id, person_id)"
            " DO UPDATE SET names = excluded.names, words = excluded.words",
        use(owner, "owner"), use(rows, "rows"));
    save_uses(tx, owner, uses);
}

// FTS5: {names words own topics} : ("pam" * OR "pamela"). Folded words hold letters and digits only, so
// nothing needs escaping.
std::string fts(const std::vector<Word>& words, const std::string& columns, bool with_near) {
    std::string text;
    for (const Word& word : words) {
        text += (text.empty() ? "(" : " AND (") + columns + " : \"" + word.beginning + "\" *";
        if (with_near)
            for (const std::string& name : word.near) text += " OR names : \"" + name + "\"";
        text += ")";
    }
    return "(" + text + ")";
}

std::string fts(AccountId owner, const Find& find) {
    const std::string all = "{names words own topics}";
    std::string text = "(owner_id : \"" + to_string(owner) + "\" AND " +
                       fts(find.words, find.in == Find::In::names ? "names" : all, true) + ")";
    if (find.but == Find::But::by_name) text += " NOT " + fts(find.words, "names", false);
    if (find.but == Find::But::by_beginning) text += " NOT " + fts(find.words, all, false);
    return text;
}

// The same as a tsquery; names have weight A, other words and topics B, the owner's own C, the owner's id D.
std::string tsquery(const std::vector<Word>& words, const std::string& weights, bool with_near) {
    std::string text;
    for (const Word& word : words) {
        text += (text.empty() ? "('" : " & ('") + word.beginning + "':*" + weights;
        if (with_near)
            for (const std::string& name : word.near) text += " | '" + name + "':A";
        text += ")";
    }
    return "(" + text + ")";
}

std::string tsquery(AccountId owner, const Find& find) {
    std::string text = "'" + to_string(owner) + "':D & " +
                       tsquery(find.words, find.in == Find::In::names ? "A" : "ABC", true);
    if (find.but == Find::But::by_name) text += " & !" + tsquery(find.words, "A", false);
    if (find.but == Find::But::by_beginning) text += " & !" + tsquery(find.words, "ABC", false);
    return text;
}

// Words of everything are spread over all who are in order of their names, so that common ones are soon met
// by reading; those of names stand together, perhaps at the end.
bool is_read_in_texts(const Find& find) {
    return find.in == Find::In::everything && std::all_of(find.words.begin(), find.words.end(),
                                                          [](const Word& word) { return word.near.empty(); });
}

// JSON; folded words need no escaping here either.
std::string word_list(const std::vector<Word>& words) {
    std::string list;
    for (const Word& word : words) list += (list.empty() ? "[\"" : ",\"") + word.beginning + "\"";
    return list + "]";
}

// The same condition on a person's own texts: no list of everybody who fits has to be made first.
std::string in_texts(const Find& find) {
    const auto lacks_one = [](const std::string& text) {
        return "EXISTS (SELECT 1 FROM json_each(:match) w WHERE instr(' ' || " + text +
               ", ' ' || w.value) = 0)";
    };
    std::string sql =
        " AND EXISTS (SELECT 1 FROM people_texts t WHERE t.owner_id = p.owner_id AND t.person_id = p.id"
        " AND NOT " +
        lacks_one("t.names || ' ' || t.words || ' ' || t.topics || ' ' || t.own");
    if (find.but == Find::But::by_name) sql += " AND " + lacks_one("t.names");
    return sql + ")";
}

int count_some(Tx& tx, const std::string& match, int limit) {
    int found = 0;
    const std::string rows = tx.dialect() == Dialect::sqlite
                                 ? "SELECT 1 FROM people_index WHERE people_index MATCH :match"
                                 : "SELECT 1 FROM people_texts WHERE found_by @@ CAST(:match AS tsquery)";
    run(tx, "SELECT count(*) FROM (" + rows + " LIMIT :limit) found", into(found), use(match, "match"),
        use(limit, "limit"));
    return found;
}

// What the owner wrote of a person, tags and lists among it; a row for each.
std::string own_words(Dialect dialect) {
    const std::string these = ids_in(dialect);
    return "SELECT id, note || ' ' || next_step FROM people WHERE owner_id = :owner AND id IN " + these +
           " UNION ALL SELECT person_id, tag FROM people_tags WHERE owner_id = :owner AND person_id IN " +
           these +
           " UNION ALL SELECT m.person_id, l.name FROM people_list_members m JOIN people_lists l"
           " ON l.owner_id = m.owner_id AND l.id = m.list_id WHERE m.owner_id = :owner AND m.person_id IN " +
           these;
}

}  // namespace

void save(Tx& tx, AccountId owner, std::span<const Texts> people) {
    for (std::size_t from = 0; from < people.size(); from += kSavedAtOnce)
        save_some(tx, owner, people.subspan(from, std::min(kSavedAtOnce, people.size() - from)));
}

void save_own(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    if (people.empty()) return;
    const std::string ids = id_list(people);
    PersonId id;
    std::string written;
    std::map<PersonId, std::string> texts;
    Prepared select(tx, own_words(tx.dialect()), into(id), into(written), use(owner, "owner"),
                    use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) texts[id] += written + " ";
    Bulk update(tx, {{"owner_id"}, {"person_id"}, {"own", Bulk::text}},
                "INSERT INTO people_texts (owner_id, person_id, own) SELECT owner_id, person_id, own FROM r"
                " WHERE true ON CONFLICT (owner_id, person_id) DO UPDATE SET own = excluded.own");
    for (const auto& [person, text] : texts) {
        auto words = folded_words(text);
        if (words.size() > kMostOwn) words.resize(kMostOwn);
        update.add(owner, person, line(words));
    }
    update.finish();
}

void remove(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    if (people.empty()) return;
    const std::string ids = id_list(people);
    const Uses uses = uses_before(tx, owner, ids);
    run(tx, "DELETE FROM people_texts WHERE owner_id = :owner AND person_id IN " + ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
    save_uses(tx, owner, uses);
}

std::string vocabulary(Tx& tx, AccountId owner) {
    std::optional<std::string> words;
    const std::string joined = tx.dialect() == Dialect::sqlite ? "group_concat" : "string_agg";
    run(tx, "SELECT " + joined + "(word, ' ') FROM people_names WHERE owner_id = :owner", into(words),
        use(owner, "owner"));
    return words.value_or("");
}

Condition condition(Tx& tx, AccountId owner, const Find& find) {
    if (tx.dialect() == Dialect::postgresql)
        return {
            " AND p.id IN (SELECT t.person_id FROM people_texts t WHERE t.owner_id = :owner AND t.found_by @@"
            " CAST(:match AS tsquery))",
            tsquery(owner, find)};
    Condition found{{}, fts(owner, find)};
    found.is_common = count_some(tx, found.match, kCommon) == kCommon;
    if (found.is_common && is_read_in_texts(find)) {
        found.match = word_list(find.words);
        found.sql = in_texts(find);
        return found;
    }
    // Asked of each person in turn the matches are found once and kept.
    found.sql = found.is_common
                    ? " AND EXISTS (SELECT 1 FROM people_texts t WHERE t.owner_id = p.owner_id AND"
                      " t.person_id = p.id AND t.number IN"
                      " (SELECT rowid FROM people_index WHERE people_index MATCH :match))"
                    : " AND p.id IN (SELECT t.person_id FROM people_index x JOIN people_texts t ON"
                      " t.number = x.rowid WHERE people_index MATCH :match)";
    return found;
}

bool are_found(Tx& tx, AccountId owner, const Find& find, int limit) {
    const auto match = tx.dialect() == Dialect::sqlite ? fts(owner, find) : tsquery(owner, find);
    return count_some(tx, match, limit) == limit;
}

}  // namespace vv::store::search
