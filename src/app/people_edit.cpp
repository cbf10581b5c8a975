#include "app/people.h"
#include "app/ties.h"
#include "base/plain_line.h"
#include "base/text.h"
#include "core/person_card.h"
#include "store/blocks.h"
#include "store/people.h"
#include "store/people_lists.h"
#include "store/resolution.h"

#include <algorithm>
#include <set>

namespace vv::app {
namespace {

using core::PersonId;
using store::acts::Depth;

constexpr std::size_t kMostText = 20'000;  // bytes of a note
constexpr std::size_t kMostName = 200;     // bytes
constexpr std::size_t kMostTag = 60;       // bytes
constexpr std::size_t kMostTags = 50;      // of one person
constexpr std::size_t kMostAtOnce = 1'000;

Error unknown_person() {
    return {Fault::not_found, "person.unknown", "There is no such person among yours."};
}

Result<core::Person> find(store::Tx& tx, const Caller& caller, PersonId id) {
    auto person = store::people::find(tx, caller.account, id);
    if (!person) return unknown_person();
    return *std::move(person);
}

// A comma parts tags where they are typed, so none has one.
Result<std::string> check_tag(std::string_view text) {
    std::string tag = plain_line(text);
    if (!is_visible(tag) || tag.size() > kMostTag || tag.find(',') != std::string::npos || !is_utf8(tag))
        return Error(Fault::invalid, "person.tag", "A tag has 1 to 60 bytes and no comma.");
    return tag;
}

Result<std::set<std::string>> check_tags(const std::vector<std::string>& texts) {
    std::set<std::string> tags;
    for (const auto& text : texts) {
        TRY(auto tag, check_tag(text));
        tags.insert(std::move(tag));
    }
    if (tags.size() > kMostTags) return Error(Fault::invalid, "person.tag", "A person has at most 50 tags.");
    return tags;
}

// 29 February is a day of a year that is not told.
bool is_day(const core::Birthday& birthday) {
    const int year = birthday.year == 0 ? 2000 : birthday.year;
    return Date(std::chrono::year(year), std::chrono::month(birthday.month), std::chrono::day(birthday.day))
        .ok();
}

Result<Done> check(PersonEdit& edit) {
    if (edit.name) {
        const std::string name = plain_line(trim(*edit.name));
        if (!is_visible(name) || name.size() > kMostName || !is_utf8(name))
            return Error(Fault::invalid, "person.name", "A name has 1 to 200 bytes, and something to see.");
        edit.name = name;
    }
    for (auto* text : {&edit.city, &edit.organisation, &edit.title})
        if (*text) *text = plain_line(**text);
    if (edit.note.value_or("").size() > kMostText || edit.next_step.value_or("").size() > kMostText)
        return Error(Fault::invalid, "person.note", "A note has at most 20,000 bytes.");
    if (edit.birthday && edit.birthday->month > 0 && !is_day(*edit.birthday))
        return Error(Fault::invalid, "person.birthday", "There is no such day.");
    return Done{};
}

core::Identity new_identity(const Caller& caller, IdSource& ids) {
    core::Identity fresh;
    fresh.id = {ids.next(caller.now)};
    fresh.network = core::Network::manual;
    fresh.key = to_string(fresh.id);
    return fresh;
}

void apply(core::Attributes& attributes, const PersonEdit& edit) {
    if (edit.name) attributes.name = {};
    if (edit.name) attributes.name.full = *edit.name;
    if (edit.city) attributes.place = *edit.city;
    if (edit.organisation) attributes.organisation = *edit.organisation;
    if (edit.title) attributes.title = *edit.title;
    if (edit.birthday) attributes.birthday = edit.birthday->month > 0 ? edit.birthday : std::nullopt;
    if (edit.photo) attributes.photo_hash = *edit.photo;
}

// The owner's own word, as an identity that stays with the person.
void write_by_hand(store::Tx& tx, const Caller& caller, PersonId person, const PersonEdit& edit,
                   IdSource& ids) {
    auto placed = store::resolution::identities_of(tx, caller.account, std::vector{person});
    const auto is_manual = [](const core::Identity& i) { return i.network == core::Network::manual; };
    auto mine = std::ranges::find_if(placed.identities, is_manual);
    const bool is_new = mine == placed.identities.end();
    if (is_new) mine = placed.identities.insert(placed.identities.end(), new_identity(caller, ids));
    apply(mine->attributes, edit);
    if (is_new) {
        store::people::add_identity(tx, caller.account, person, *mine);
        const core::Decision bond{placed.identities.front().id, mine->id, core::Verdict::same};
        store::resolution::decide(tx, caller.account, std::vector{bond}, caller.now);
    } else {
        store::people::save_identity(tx, caller.account, *mine);
    }
    std::vector<const core::Identity*> all;
    for (const auto& identity : placed.identities) all.push_back(&identity);
    const auto hints = store::resolution::owner(tx, caller.account).hints;
    store::resolution::save_cards(tx, caller.account,
                                  std::vector{std::pair(person, core::card_of(all, hints))});
}

bool is_about_identity(const PersonEdit& edit) {
    return edit.name || edit.city || edit.organisation || edit.title || edit.birthday || edit.photo;
}

// What the evidence says takes the owner's word's place.
void forget_relation(store::Tx& tx, const Caller& caller, core::Person& person) {
    const auto placed = store::resolution::identities_of(tx, caller.account, std::vector{person.id});
    std::vector<const core::Identity*> all;
    for (const auto& identity : placed.identities) all.push_back(&identity);
    const auto hints = store::resolution::owner(tx, caller.account).hints;
    const auto said = all.empty() ? std::nullopt : core::card_of(all, hints).relation;
    person.relation = said.value_or(core::Relation::acquaintance);
    person.relation_set_by = core::SetBy::evidence;
}

Result<Done> check_lists(store::Tx& tx, const Caller& caller, const std::vector<core::ListId>& wanted) {
    if (wanted.empty()) return Done{};
    const auto lists = store::people_lists::lists(tx, caller.account);
    for (const auto id : wanted)
        if (std::ranges::find(lists, id, &store::people_lists::List::id) == lists.end())
            return Error(Fault::not_found, "list.unknown", "There is no such list among yours.");
    return Done{};
}

Result<Done> sort_person(store::Tx& tx, const Caller& caller, PersonId id, const PersonEdit& edit) {
    const std::vector<PersonId> one{id};
    if (edit.tags) {
        TRY(const auto tags, check_tags(*edit.tags));
        store::people_lists::Tags rows;
        for (const auto& tag : tags) rows.emplace_back(id, tag);
        store::people_lists::replace_tags(tx, caller.account, one, rows);
    }
    if (edit.lists) {
        CHECK(check_lists(tx, caller, *edit.lists));
        store::people_lists::Members rows;
        for (const auto list : *edit.lists) rows.emplace_back(id, list);
        store::people_lists::replace_members(tx, caller.account, one, rows);
    }
    return Done{};
}

Result<Done> check(store::Tx& tx, const Caller& caller, BulkEdit& edit) {
    if (edit.people.empty() || edit.people.size() > kMostAtOnce)
        return Error(Fault::invalid, "people.bulk", "Name 1 to 1,000 people.");
    for (auto* tags : {&edit.add_tags, &edit.remove_tags}) {
        TRY(const auto checked, check_tags(*tags));
        tags->assign(checked.begin(), checked.end());
    }
    std::vector<core::ListId> wanted;
    for (const auto& list : {edit.add_to, edit.remove_from})
        if (list) wanted.push_back(*list);
    return check_lists(tx, caller, wanted);
}

void apply(store::acts::Written& person, const BulkEdit& edit, Instant now) {
    if (edit.relation) {
        person.relation = core::to_string(*edit.relation);
        person.relation_set_by = "owner";
    }
    person.tags.insert(edit.add_tags.begin(), edit.add_tags.end());
    for (const auto& tag : edit.remove_tags) person.tags.erase(tag);
    if (edit.add_to) person.lists.insert(*edit.add_to);
    if (edit.remove_from) person.lists.erase(*edit.remove_from);
    if (edit.blocked)
        person.blocked_at = *edit.blocked ? std::optional(person.blocked_at.value_or(now)) : std::nullopt;
}

// Their accounts are kept away with them, or no longer.
Result<Done> keep_away(store::Tx& tx, const Caller& caller,
                       const std::map<PersonId, store::acts::Written>& people, bool blocked,
                       const MeetingDesk& desk) {
    std::vector<PersonId> ids;
    std::vector<core::AccountId> accounts;
    for (const auto& [id, person] : people) {
        ids.push_back(id);
        if (person.account) accounts.push_back(*person.account);
    }
    if (!blocked) {
        store::blocks::remove(tx, caller.account, accounts);
        return Done{};
    }
    store::blocks::add(tx, caller.account, accounts, caller.now);
    return end_meetings_with(tx, caller, std::move(ids), std::move(accounts), desk);
}

Result<core::ActId> save_block(store::Tx& tx, const Caller& caller, PersonId id, bool blocked,
                               MeetingDesk desk) {
    CHECK(find(tx, caller, id));
    BulkEdit edit;
    edit.people = {id};
    edit.blocked = blocked;
    TRY(const auto acted, edit_people(tx, caller, std::move(edit), std::move(desk)));
    return acted.act;
}

}  // namespace

Result<core::Person> edit_person(store::Tx& tx, Caller caller, PersonId id, PersonEdit edit, IdSource* ids) {
    TRY(core::Person person, find(tx, caller, id));
    CHECK(check(edit));
    if (edit.relation) {
        person.relation = *edit.relation;
        person.relation_set_by = core::SetBy::owner;
    } else if (edit.relation_by_evidence) {
        forget_relation(tx, caller, person);
    }
    if (edit.note) person.note = *edit.note;
    if (edit.next_step) person.next_step = *edit.next_step;
    CHECK(sort_person(tx, caller, id, edit));
    store::people::save(tx, caller.account, person);
    if (is_about_identity(edit)) write_by_hand(tx, caller, id, edit, *ids);
    return find(tx, caller, id);
}

Result<PersonPage> edit_person_page(store::Tx& tx, Caller caller, PersonId id, PersonEdit edit,
                                    IdSource* ids) {
    Acting acting(tx, caller, {id}, is_about_identity(edit) ? Depth::identities : Depth::written);
    CHECK(edit_person(tx, caller, id, std::move(edit), ids));
    const auto act = acting.finish("edit", *ids);
    TRY(PersonPage page, person_page(tx, caller, id));
    page.act = act;
    return page;
}

Result<Acted<int>> edit_people(store::Tx& tx, Caller caller, BulkEdit edit, MeetingDesk desk) {
    CHECK(check(tx, caller, edit));
    Acting acting(tx, caller, edit.people, Depth::written);
    auto people = store::acts::look(tx, caller.account, edit.people, Depth::written).people;
    for (auto& [id, person] : people) apply(person, edit, caller.now);
    store::acts::write(tx, caller.account, people);
    if (edit.blocked) CHECK(keep_away(tx, caller, people, *edit.blocked, desk));
    return Acted<int>{static_cast<int>(people.size()), acting.finish("bulk", *desk.ids)};
}

Result<core::ActId> block_person(store::Tx& tx, Caller caller, PersonId id, MeetingDesk desk) {
    return save_block(tx, caller, id, true, std::move(desk));
}

Result<core::ActId> unblock_person(store::Tx& tx, Caller caller, PersonId id, MeetingDesk desk) {
    return save_block(tx, caller, id, false, std::move(desk));
}

}  // namespace vv::app
