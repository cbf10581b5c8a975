#include "app/people_lists.h"

#include "base/text.h"

#include <algorithm>

namespace vv::app {
namespace {

using store::people_lists::List;

constexpr std::size_t kMostName = 100;     // bytes
constexpr std::size_t kMostSearch = 1000;  // bytes
constexpr std::size_t kMostLists = 200;
constexpr int kMostTags = 200;

Error unknown_list() {
    return {Fault::not_found, "list.unknown", "There is no such list among yours."};
}

}  // namespace

Result<Sorting> list_sorting(store::Tx& tx, Caller caller) {
    return Sorting{store::people_lists::lists(tx, caller.account),
                   store::people_lists::tags(tx, caller.account, kMostTags)};
}

Result<List> save_list(store::Tx& tx, Caller caller, std::optional<core::ListId> id, ListWanted wanted,
                       IdSource* ids) {
    List list{id.value_or(core::ListId{}), std::string(trim(wanted.name)), std::move(wanted.search), 0};
    if (list.name.empty() || list.name.size() > kMostName || !is_utf8(list.name))
        return Error(Fault::invalid, "list.name", "A list's name has 1 to 100 bytes.");
    if (list.search.size() > kMostSearch)
        return Error(Fault::invalid, "list.search", "A search has at most 1,000 bytes.");
    const auto all = store::people_lists::lists(tx, caller.account);
    if (std::ranges::any_of(
            all, [&](const List& l) { return fold(l.name) == fold(list.name) && l.id != list.id; }))
        return Error(Fault::conflict, "list.name_taken", "Another list has this name already.");
    if (id) {
        const auto known = std::ranges::find(all, *id, &List::id);
        if (known == all.end()) return unknown_list();
        list.people = known->people;
    } else if (all.size() >= kMostLists) {
        return Error(Fault::conflict, "list.count", "There are 200 lists already; remove one first.");
    } else {
        list.id = {ids->next(caller.now)};
    }
    store::people_lists::save(tx, caller.account, list, caller.now);
    return list;
}

Result<core::ActId> remove_list(store::Tx& tx, Caller caller, core::ListId id, IdSource* ids) {
    const auto all = store::people_lists::lists(tx, caller.account);
    const auto known = std::ranges::find(all, id, &List::id);
    if (known == all.end()) return unknown_list();
    Acting acting(tx, caller, {}, store::acts::Depth::written);
    acting.before().lists.push_back({*known, store::people_lists::members(tx, caller.account, id)});
    store::people_lists::remove(tx, caller.account, id);
    return acting.finish("list", *ids);
}

}  // namespace vv::app
