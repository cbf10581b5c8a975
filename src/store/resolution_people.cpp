#include "core/search.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/handwritten.h"
#include "store/lists.h"
#include "store/people_lists.h"
#include "store/reminders.h"
#include "store/reminders_reasons.h"
#include "store/resolution.h"
#include "store/search.h"
#include "store/statements.h"

#include <map>
#include <set>

namespace vv::store::resolution {
namespace {

using core::AccountId;
using core::PersonCard;
using core::PersonId;
using soci::into;
using soci::use;
using Cards = std::span<const std::pair<PersonId, PersonCard>>;

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::string> relation_of(const PersonCard& card) {
    return card.relation ? std::optional(std::string(core::to_string(*card.relation))) : std::nullopt;
}

void save_words(Tx& tx, AccountId owner, Cards people) {
    std::vector<search::Texts> texts;
    texts.reserve(people.size());
    for (const auto& [id, card] : people) texts.push_back({id, card.names, card.words});
    search::save(tx, owner, texts);
}

void write_cards(Tx& tx, AccountId owner, Cards people, const char* sql, Instant now) {
    Bulk bulk(tx,
              {{"owner_id"},
               {"id"},
               {"name", Bulk::text},
               {"name_folded", Bulk::text},
               {"organisation", Bulk::text},
               {"title", Bulk::text},
               {"city", Bulk::text},
               {"lat", Bulk::real},
               {"lng", Bulk::real},
               {"photo_hash", Bulk::text},
               {"relation", Bulk::text},
               {"birthday"},
               {"birth_year"},
               {"created_at"}},
              sql);
    for (const auto& [id, card] : people)
        bulk.add(owner, id, card.name, core::order_of(card.name), or_null(card.organisation),
                 or_null(card.title), or_null(card.city),
                 card.at ? std::optional(card.at->lat) : std::nullopt,
                 card.at ? std::optional(card.at->lng) : std::nullopt, card.photo_hash, relation_of(card),
                 reminders::birthday_number(card.birthday), card.birthday ? card.birthday->year : 0, now);
    bulk.finish();
    save_words(tx, owner, people);
}

// What was promised comes back with those who were taken along; later it is the owner's alone.
void write_next_steps(Tx& tx, AccountId owner, Cards people) {
    std::vector<PersonId> promised;
    for (const auto& [id, card] : people)
        if (!card.next_step.empty()) promised.push_back(id);
    if (promised.empty()) return;
    Bulk update(tx, {{"owner_id"}, {"id"}, {"next_step", Bulk::text}},
                "UPDATE people SET next_step = r.next_step FROM r"
                " WHERE people.owner_id = r.owner_id AND people.id = r.id");
    for (const auto& [id, card] : people)
        if (!card.next_step.empty()) update.add(owner, id, card.next_step);
    update.finish();
    search::save_own(tx, owner, promised);
}

std::string joined(const std::string& mine, const std::string& theirs) {
    if (mine.empty() || mine == theirs) return theirs;
    return theirs.empty() ? mine : mine + "\n" + theirs;
}

// What must outlive a merge.
void take_over(handwritten::Row& mine, const handwritten::Row& theirs) {
    mine.note = joined(mine.note, theirs.note);
    mine.next_step = joined(mine.next_step, theirs.next_step);
    if (mine.relation_set_by != "owner" && theirs.relation_set_by == "owner")
        mine.relation = theirs.relation, mine.relation_set_by = theirs.relation_set_by;
    if (!mine.account) mine.account = theirs.account;
    if (!mine.blocked_at) mine.blocked_at = theirs.blocked_at;
    if (!mine.cadence) mine.cadence = theirs.cadence;
}

void move_dismissals(Tx& tx, AccountId owner, std::span<const std::pair<PersonId, PersonId>> gone_into) {
    Bulk insert(tx, {{"owner_id"}, {"gone"}, {"person_id"}},
                "INSERT INTO dismissals (owner_id, person_id, until_at, at)"
                " SELECT r.owner_id, r.person_id, d.until_at, d.at FROM r JOIN dismissals d"
                " ON d.owner_id = r.owner_id AND d.person_id = r.gone WHERE true ON CONFLICT DO NOTHING");
    for (const auto& [gone, into_] : gone_into) insert.add(owner, gone, into_);
    insert.finish();
}

// Who was asked stays asked.
void move_asked(Tx& tx, AccountId owner, std::span<const std::pair<PersonId, PersonId>> gone_into) {
    Bulk insert(tx, {{"owner_id"}, {"gone"}, {"person_id"}},
                "INSERT INTO ask_people (owner_id, ask_id, person_id, state, asked_at, changed_at)"
                " SELECT r.owner_id, a.ask_id, r.person_id, a.state, a.asked_at, a.changed_at FROM r"
                " JOIN ask_people a ON a.owner_id = r.owner_id AND a.person_id = r.gone"
                " WHERE true ON CONFLICT DO NOTHING");
    for (const auto& [gone, into_] : gone_into) insert.add(owner, gone, into_);
    insert.finish();
}

// A question to an account stays with the person; of two to the same account the first.
void move_link_requests(Tx& tx, AccountId owner, const std::map<PersonId, PersonId>& gone_into,
                        const std::string& ids) {
    std::int64_t id = 0;
    PersonId person;
    AccountId account;
    std::set<std::pair<AccountId, PersonId>> taken;
    std::vector<std::int64_t> doubled;
    std::vector<std::pair<std::int64_t, PersonId>> moved;
    Prepared select(
        tx,
        "SELECT id, person_id, account_id FROM link_requests WHERE owner_id = :owner AND person_id IN " +
            ids_in(tx.dialect()) + " ORDER BY id",
        into(id), into(person), into(account), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        const auto found = gone_into.find(person);
        const PersonId at = found == gone_into.end() ? person : found->second;
        if (!taken.insert({account, at}).second)
            doubled.push_back(id);
        else if (at != person)
            moved.emplace_back(id, at);
    }
    if (!doubled.empty()) {
        const std::string requests = id_list(doubled);
        run(tx, "DELETE FROM link_requests WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
            use(owner, "owner"), use(requests, "ids"));
    }
    if (moved.empty()) return;
    Bulk update(tx, {{"owner_id"}, {"id"}, {"person_id"}},
                "UPDATE link_requests SET person_id = r.person_id FROM r"
                " WHERE link_requests.owner_id = r.owner_id AND link_requests.id = r.id");
    for (const auto& [request, at] : moved) update.add(owner, request, at);
    update.finish();
}

}  // namespace

void add_people(Tx& tx, AccountId owner, Cards people, Instant now) {
    write_cards(tx, owner, people,
                "INSERT INTO people (owner_id, id, name, name_folded, organisation, title, city, lat, lng, "
                "photo_hash, relation, birthday, birth_year, created_at)"
                " SELECT owner_id, id, name, name_folded, organisation, title, city, lat, lng, photo_hash,"
                " coalesce(relation, 'acquaintance'), birthday, birth_year, created_at FROM r",
                now);
    write_next_steps(tx, owner, people);
}

void save_cards(Tx& tx, AccountId owner, Cards people) {
    write_cards(
        tx, owner, people,
        "UPDATE people SET name = r.name, name_folded = r.name_folded, organisation = r.organisation, title "
        "= r.title,"
        " city = r.city, lat = r.lat, lng = r.lng, photo_hash = r.photo_hash, relation = CASE WHEN "
        "people.relation_set_by = 'owner'"
        " THEN people.relation ELSE coalesce(r.relation, 'acquaintance') END,"
        " birthday = r.birthday, birth_year = r.birth_year"
        " FROM r WHERE people.owner_id = r.owner_id AND people.id = r.id",
        Instant());
}

void absorb(Tx& tx, AccountId owner, std::span<const std::pair<PersonId, PersonId>> gone_into) {
    if (gone_into.empty()) return;
    std::vector<PersonId> all;
    std::vector<PersonId> gone;
    for (const auto& [from, to] : gone_into) {
        all.insert(all.end(), {from, to});
        gone.push_back(from);
    }
    const std::string ids = id_list(all);
    auto people = handwritten::load(tx, owner, all);
    std::map<PersonId, const handwritten::Row*> changed;
    for (const auto& [from, to] : gone_into) {
        const auto mine = people.find(to), theirs = people.find(from);
        if (mine == people.end() || theirs == people.end()) continue;
        take_over(mine->second, theirs->second);
        changed[to] = &mine->second;
    }
    handwritten::save(tx, owner, changed);
    move_dismissals(tx, owner, gone_into);
    move_asked(tx, owner, gone_into);
    people_lists::absorb(tx, owner, gone_into);
    reminders::absorb(tx, owner, gone_into);
    move_link_requests(tx, owner, {gone_into.begin(), gone_into.end()}, ids);
    remove_people(tx, owner, gone);
    std::vector<PersonId> kept;
    for (const auto& [person, written] : changed) kept.push_back(person);
    search::save_own(tx, owner, kept);
}

void remove_people(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    if (people.empty()) return;
    const std::string ids = id_list(people);
    const std::string in = ids_in(tx.dialect());
    search::remove(tx, owner, people);
    people_lists::forget(tx, owner, people);
    reminders::forget(tx, owner, ids);
    for (const char* const rows : {"dismissals WHERE owner_id = :owner AND person_id IN ",
                                   "suggestions_shown WHERE owner_id = :owner AND person_id IN ",
                                   "ask_people WHERE owner_id = :owner AND person_id IN ",
                                   "link_requests WHERE owner_id = :owner AND person_id IN ",
                                   "people WHERE owner_id = :owner AND id IN "})
        run(tx, std::string("DELETE FROM ") + rows + in, use(owner, "owner"), use(ids, "ids"));
}

std::vector<PersonId> people_without_identities(Tx& tx, AccountId owner) {
    PersonId id;
    Prepared select(tx, R"(SELECT p.id FROM people p WHERE p.owner_id = :owner AND NOT EXISTS
                           (SELECT 1 FROM identities i WHERE i.owner_id = p.owner_id AND i.person_id = p.id))",
                    into(id), use(owner, "owner"));
    return select.all(id);
}

}  // namespace vv::store::resolution
