#include "app/encounters.h"

#include "app/ties.h"

#include <algorithm>
#include <limits>
#include <set>

namespace vv::app {
namespace {

Error unknown() {
    return {Fault::not_found, "encounter.unknown", "There is no such encounter."};
}

Span all_time() {
    return {from_millis(std::numeric_limits<std::int64_t>::min()),
            from_millis(std::numeric_limits<std::int64_t>::max())};
}

/// The joined encounter that this record is part of, with everybody in it.
Result<core::Encounter> joined(store::Tx& tx, core::AccountId owner, core::EncounterId id) {
    std::vector<core::PersonId> people;
    for (const auto& [person, who] : store::encounters::people_of(tx, owner, {id})) people.push_back(person);
    for (core::Encounter& one :
         core::join_encounters(store::encounters::of_people(tx, owner, people).encounters))
        if (std::binary_search(one.parts.begin(), one.parts.end(), id)) return std::move(one);
    return unknown();  // denied
}

store::encounters::Row row_of(const core::Gathering& gathering, const store::gatherings::Row& word,
                              std::vector<core::IdentityId> people, const Zone& zone) {
    store::encounters::Row row;
    row.kind = core::guess_kind(gathering, zone);
    row.title = gathering.title;
    row.start = gathering.start;
    row.end = gathering.end;
    row.place = gathering.place;
    row.at = gathering.at;
    row.source = word.source;
    row.source_key = word.word.key;
    row.file = word.word.file;
    row.line = word.line;
    row.people = std::move(people);
    return row;
}

}  // namespace

Result<EncounterList> list_encounters(store::Tx& tx, Caller caller, std::optional<int> year,
                                      Include include) {
    if (year && (*year < 1900 || *year > 9999))
        return Error(Fault::invalid, "encounters.year", "The year must lie between 1900 and 9999.");
    const Span span = year ? caller.zone.year(*year) : all_time();
    auto found = store::encounters::within(tx, caller.account, span);
    if (include == Include::past)
        std::erase_if(found.encounters,
                      [&](const core::Encounter& e) { return core::over_at(e) > caller.now; });
    return EncounterList{core::join_encounters(std::move(found.encounters)), std::move(found.people)};
}

Result<EncounterList> find_encounter(store::Tx& tx, Caller caller, core::EncounterId id) {
    TRY(core::Encounter encounter, joined(tx, caller.account, id));
    auto shown = store::encounters::people_of(tx, caller.account, encounter.parts);
    std::erase_if(encounter.people, [&](core::PersonId person) { return !shown.contains(person); });
    return EncounterList{{std::move(encounter)}, std::move(shown)};
}

Result<Acted<EncounterList>> claim_encounter(store::Tx& tx, Caller caller, Claim claim, IdSource* ids) {
    if (claim.start > caller.now)
        return Error(Fault::invalid, "encounter.future",
                     "This time is still to come: propose a meeting, and say afterwards that you met.");
    const auto identity = store::encounters::anchor(tx, caller.account, claim.person);
    if (!identity) return Error(Fault::not_found, "person.unknown", "There is no such person among yours.");
    store::encounters::Row row;
    row.kind = claim.kind;
    row.start = claim.start;
    row.place = claim.place;
    row.evidence = core::Evidence::claimed;
    row.source = "owner";
    row.source_key = std::to_string(ids->next(caller.now));
    row.people = {*identity};
    Acting acting(tx, caller, {claim.person}, store::acts::Depth::written);
    const auto saved = store::encounters::save(tx, caller.account, {row}, *ids, caller.now);
    refresh_ties(tx, caller.account, {claim.person}, caller.now);
    acting.after().encounters[saved.front()] = false;
    const auto act = acting.finish("claim", *ids);
    TRY(auto made, find_encounter(tx, caller, saved.front()));
    return Acted<EncounterList>{std::move(made), act};
}

Result<EncounterList> change_encounter(store::Tx& tx, Caller caller, core::EncounterId id,
                                       store::encounters::Change change) {
    TRY(const core::Encounter encounter, joined(tx, caller.account, id));
    store::encounters::change(tx, caller.account, encounter.id, change);
    return find_encounter(tx, caller, encounter.id);
}

Result<core::ActId> deny_encounter(store::Tx& tx, Caller caller, core::EncounterId id, IdSource* ids) {
    TRY(const core::Encounter encounter, joined(tx, caller.account, id));
    Acting acting(tx, caller, encounter.people, store::acts::Depth::written);
    store::encounters::deny(tx, caller.account, encounter.parts, caller.now);
    refresh_ties(tx, caller.account, encounter.people, caller.now);
    for (const auto part : encounter.parts) {
        acting.before().encounters[part] = false;
        acting.after().encounters[part] = true;
    }
    return acting.finish("deny", *ids);
}

Result<core::ActId> miss_encounter(store::Tx& tx, Caller caller, core::EncounterId id, core::PersonId person,
                                   IdSource* ids) {
    TRY(const core::Encounter encounter, joined(tx, caller.account, id));
    const auto& people = encounter.people;
    if (std::find(people.begin(), people.end(), person) == people.end())
        return Error(Fault::not_found, "encounter.nobody", "This person is not in this encounter.");
    if (people.size() == 1) return deny_encounter(tx, caller, id, ids);
    Acting acting(tx, caller, {person}, store::acts::Depth::written);
    acting.after().absent = store::encounters::mark_absent(tx, caller.account, encounter.parts, person);
    refresh_ties(tx, caller.account, {person}, caller.now);
    return acting.finish("absent", *ids);
}

std::vector<core::IdentityId> settle_gatherings(store::Tx& tx, Caller caller,
                                                const std::vector<store::gatherings::Series>& series,
                                                const std::vector<core::IdentityId>& owner_identities,
                                                IdSource& ids) {
    const auto rows = store::gatherings::load(tx, caller.account, series);
    std::vector<core::Word> words;
    std::set<std::pair<std::string, std::string>> gone;
    std::set<core::IdentityId> touched;
    std::vector<std::optional<core::Gathering>> gatherings(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        words.push_back(rows[i].word);
        gone.emplace(rows[i].source, rows[i].word.key);
        if (!rows[i].record.empty()) gatherings[i] = store::gatherings::from_json(rows[i].record);
        if (gatherings[i])
            for (const core::Attendee& attendee : gatherings[i]->attendees) touched.insert(attendee.who);
    }
    std::vector<store::encounters::Row> encounters;
    for (const std::size_t i : core::newest_words(words)) {
        auto people =
            gatherings[i] ? core::met_at(*gatherings[i], owner_identities) : std::vector<core::IdentityId>();
        if (people.empty() || gone.erase({rows[i].source, rows[i].word.key}) == 0) continue;
        encounters.push_back(row_of(*gatherings[i], rows[i], std::move(people), caller.zone));
    }
    store::encounters::save(tx, caller.account, encounters, ids, caller.now);
    std::vector<store::encounters::SourceKey> removed;
    for (const auto& [source, key] : gone) removed.push_back({source, key});
    store::encounters::remove(tx, caller.account, removed);
    return {touched.begin(), touched.end()};
}

}  // namespace vv::app
