// app/asks.h — an owner's asks: written, changed, closed; whom she asked and what came of it.
#pragma once

#include "app/asks_match.h"
#include "app/caller.h"
#include "base/ids.h"
#include "store/asks.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct AskView {
    store::asks::StoredAsk ask;
    core::AskProgress progress;
    core::AskState state = core::AskState::open;
};

/// An ask in plain words, taken apart. At most 1,000 a person keeps. `invalid` ask.empty, ask.long;
/// `conflict` ask.count_kept.
Result<AskView> add_ask(store::Tx& tx, Caller caller, std::string text, IdSource* ids);

/// The newest first. Two statements.
Result<std::vector<AskView>> list_asks(store::Tx& tx, Caller caller, std::optional<core::AskId> before,
                                       int limit);

/// `not_found` ask.unknown.
Result<AskView> find_ask(store::Tx& tx, Caller caller, core::AskId id);

/// What is to be different; an inner nothing takes the part out.
struct AskChange {
    std::optional<std::vector<std::string>> titles, topics, organisations;
    std::optional<std::vector<core::Relation>> relations;
    std::optional<std::string> purpose, in_return;
    std::optional<std::optional<int>> count;
    std::optional<std::optional<std::string>> city;
    std::optional<std::optional<Date>> by;
    std::optional<bool> is_closed;
};
/// `not_found` ask.unknown; `invalid` ask.empty, ask.long, ask.count, ask.city.
Result<AskView> change_ask(store::Tx& tx, Caller caller, core::AskId id, AskChange change);
/// `not_found` ask.unknown.
Result<Done> remove_ask(store::Tx& tx, Caller caller, core::AskId id);

struct AskedPerson {
    core::Person person;  // with the trust of now
    core::Asked asked;    // as it stands: who was met since is met
};
struct AskPage {
    AskView view;
    std::vector<AskedPerson> people;     // the latest first; who was left out is not among them
    std::vector<MatchedPerson> fitting;  // of the others, best first; nobody once the ask is done
};
/// An ask with whom it was put to and who else fits, at most `limit`. `not_found` ask.unknown.
Result<AskPage> ask_page(store::Tx& tx, Caller caller, core::AskId id, std::size_t limit);

/// What came of a person, or with nothing that nothing did after all. `not_found` ask.unknown,
/// person.unknown.
Result<AskView> set_asked(store::Tx& tx, Caller caller, core::AskId id, core::PersonId person,
                          std::optional<core::AskedState> state);

/// A first message to somebody who fits, to start from.
std::string ask_message(const core::Ask& ask, const core::Person& person);

}  // namespace vv::app
