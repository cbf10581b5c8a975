// store/people_lists.h — what an owner sorts people by: tags, lists chosen by hand, and searches kept under a
// name.
#pragma once

#include "core/person.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace vv::store::people_lists {

/// These people's tags and memberships, and nothing beside them. Two statements each.
using Tags = std::vector<std::pair<core::PersonId, std::string>>;
using Members = std::vector<std::pair<core::PersonId, core::ListId>>;
void replace_tags(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people, const Tags& tags);
void replace_members(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
                     const Members& members);
/// One statement each.
Tags tags_of(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);
Members members_of(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);

/// Tags in use, the most used first. One statement.
struct Tag {
    std::string name;
    int people = 0;
};
std::vector<Tag> tags(Tx& tx, core::AccountId owner, int limit);

struct List {
    core::ListId id;
    std::string name;
    std::string search;  // empty: chosen by hand
    int people = 0;      // of those chosen by hand
};
/// By name. One statement.
std::vector<List> lists(Tx& tx, core::AccountId owner);
void save(Tx& tx, core::AccountId owner, const List& list, Instant now);
/// The search words of those who were in it change as well. False when there is none.
bool remove(Tx& tx, core::AccountId owner, core::ListId list);
/// Who is in it. One statement.
std::vector<core::PersonId> members(Tx& tx, core::AccountId owner, core::ListId list);

/// What was said of people who are absorbed holds of those who absorb them.
void absorb(Tx& tx, core::AccountId owner,
            std::span<const std::pair<core::PersonId, core::PersonId>> gone_into);
void forget(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);

}  // namespace vv::store::people_lists
