// core/circles.h — to whom an owner shows something: people of theirs by relation, by list, or one by one.
//
// Only people who are linked accounts can see anything, and both had to agree before they were linked.
#pragma once

#include "base/result.h"
#include "core/person.h"

#include <cstddef>
#include <vector>

namespace vv::core {

struct Circles {
    std::vector<Relation> relations;
    std::vector<ListId> lists;  // chosen by hand
    std::vector<PersonId> people;
    bool operator==(const Circles&) const = default;
    [[nodiscard]] bool empty() const { return relations.empty() && lists.empty() && people.empty(); }
};

/// Sorted, without doubles. `invalid` circles.empty, and circles.many beyond 50 lists or 200 people.
Result<Circles> tidy(Circles circles);

/// Where somebody stands among an owner's people.
struct Standing {
    PersonId person;
    Relation relation = Relation::acquaintance;
    std::vector<ListId> lists;
};
bool holds(const Circles& circles, const Standing& standing);

}  // namespace vv::core
