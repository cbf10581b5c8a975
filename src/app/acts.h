// app/acts.h — what an owner does to people, kept so that it can be undone as a whole.
//
//     Acting acting(tx, caller, people, store::acts::Depth::identities);
//     … changes …
//     return Acted<core::Person>{person, acting.finish("merge", ids)};
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "core/person.h"
#include "store/acts.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace vv::app {

/// What came of it, and the act that undoes it.
template <class T>
struct Acted {
    T what;
    core::ActId act;
};

/// Pictures people before the changes of one act and after them.
class Acting {
public:
    Acting(store::Tx& tx, const Caller& caller, std::vector<core::PersonId> people, store::acts::Depth depth);
    core::ActId finish(const char* kind, IdSource& ids);
    /// What an act about encounters or lists changes, besides people.
    store::acts::Picture& before() { return before_; }
    store::acts::Picture& after() { return after_; }

private:
    store::Tx& tx_;
    const Caller& caller_;
    std::vector<core::PersonId> people_;
    store::acts::Depth depth_;
    store::acts::Picture before_;
    store::acts::Picture after_;  // of encounters and lists alone, until finish()
};

struct ActBrief {
    core::ActId id;
    std::string kind;  // merge, split, answer, edit, bulk, claim, deny, absent, list
    Instant at;
};
/// The newest first, of the last thirty days. One statement.
Result<std::vector<ActBrief>> list_acts(store::Tx& tx, Caller caller, int limit);

struct Undone {
    std::string kind;
    std::vector<core::PersonId> people;  // as before the act
};
/// Takes back what this act changed and what has not been changed since: who is who, what was said of it,
/// what was written. `not_found` act.unknown.
Result<Undone> undo_act(store::Tx& tx, Caller caller, core::ActId id);

}  // namespace vv::app
