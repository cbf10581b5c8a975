// store/topics.h — what people take part in and wrote about, as archives and their labels tell it: rows by
// key, and the words that a person is found by.
#pragma once

#include "core/people.h"
#include "core/topics.h"
#include "store/database.h"
#include "store/facts.h"

#include <map>
#include <span>
#include <vector>

namespace vv::store::topics {

/// Those that are there stay; identities that were there before are stale then. Two statements.
void write(Tx& tx, core::AccountId owner, const std::vector<facts::TopicRow>& rows);
/// What these files said, and nothing else did. Two statements.
void take_out(Tx& tx, core::AccountId owner, const std::vector<facts::FileId>& files);

/// Writes anew what these people are found by (people_texts.topics), once their identities are theirs. At
/// most three statements for every 5,000 people.
void refresh(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);

/// As written, groups and labels first. Two statements.
std::map<core::PersonId, std::vector<core::Topic>> of_people(Tx& tx, core::AccountId owner,
                                                             std::span<const core::PersonId> people);

}  // namespace vv::store::topics
