// store/search.h — full text over what is known of an owner's people: FTS5 on SQLite, tsvector on PostgreSQL.
//
// Words are folded before they come here (base/text.h), so that both databases see the same ones.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <span>
#include <string>
#include <vector>

namespace vv::store::search {

/// What a person is found by, but for what the owner wrote.
struct Texts {
    core::PersonId person;
    std::vector<std::string> names;  // words of every name
    std::vector<std::string> words;  // all others
};
/// Replaces what these people were found by. Four statements for every 1,000.
void save(Tx& tx, core::AccountId owner, std::span<const Texts> people);
/// Reads again what the owner wrote of these people. Two statements.
void save_own(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);
void remove(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);

/// Every word of the people's names once, blanks between them. One statement.
std::string vocabulary(Tx& tx, core::AccountId owner);

/// One word of a search: it begins a word of the text, or a name is among `near`.
struct Word {
    std::string beginning;
    std::vector<std::string> near;
};
struct Find {
    std::vector<Word> words;  // each must be found
    enum class In { names, everything } in = In::everything;
    /// Without those whom an earlier, closer search has found already.
    enum class But { nobody, by_name, by_beginning } but = But::nobody;
};

/// The condition on `people p` that holds for those who are found; its parameters are `:owner` and `:match`.
struct Condition {
    std::string sql;
    std::string match;
    /// Whether so many are found that reading the people in order and asking each is quicker.
    bool is_common = false;
};
/// One statement on SQLite, none on PostgreSQL, which knows by itself.
Condition condition(Tx& tx, core::AccountId owner, const Find& find);
/// Whether at least `limit` people are found. One statement.
bool are_found(Tx& tx, core::AccountId owner, const Find& find, int limit);

}  // namespace vv::store::search
