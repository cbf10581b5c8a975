#include "app/people_export.h"

#include "core/people_export.h"
#include "formats/people_export.h"
#include "store/people.h"
#include "store/people_lists.h"
#include "store/resolution.h"

#include <algorithm>
#include <unordered_map>

namespace vv::app {
namespace {

using core::PersonId;
using formats::ExportedPerson;

constexpr std::size_t kAll = 1'000'000'000;

std::vector<ExportedPerson> everybody(store::Tx& tx, const Caller& caller) {
    std::vector<ExportedPerson> all;
    std::vector<PersonId> ids;
    std::unordered_map<PersonId, std::size_t> place;
    for (auto& person : store::people::list(tx, caller.account, {}, std::nullopt, kAll)) {
        place.emplace(person.id, all.size());
        ids.push_back(person.id);
        all.push_back({std::move(person), {}, {}});
    }
    std::unordered_map<PersonId, std::vector<const core::Identity*>> identities;
    const auto placed = store::resolution::identities_of(tx, caller.account, ids);
    for (std::size_t i = 0; i < placed.people.size(); ++i)
        identities[placed.people[i]].push_back(&placed.identities[i]);
    for (const auto& [person, of] : identities)
        for (const auto* identity : core::most_believed_first(of))
            all[place.at(person)].said.push_back(identity->attributes);
    std::unordered_map<core::ListId, std::string> names;
    for (auto& list : store::people_lists::lists(tx, caller.account))
        names.emplace(list.id, std::move(list.name));
    for (const auto& [person, list] : store::people_lists::members_of(tx, caller.account, ids))
        all[place.at(person)].lists.push_back(names.at(list));
    return all;
}

}  // namespace

Result<std::string> export_people(store::Tx& tx, Caller caller, PeopleFormat format) {
    std::string text = format == PeopleFormat::csv ? formats::csv_header() : std::string();
    for (const auto& one : everybody(tx, caller))
        text += format == PeopleFormat::csv ? formats::csv_row(one) : formats::write_vcard(one);
    return text;
}

}  // namespace vv::app
