#include "app/today.h"

#include "app/accounts.h"
#include "app/encounters.h"
#include "store/meetings.h"
#include "store/people.h"
#include "store/today.h"

#include <algorithm>
#include <map>

namespace vv::app {
namespace {

constexpr std::size_t kSuggestions = 3;

int week_of(Instant t, const Zone& zone) {
    const Date date = zone.date_of(t);
    const auto day =
        std::chrono::local_days(date) - std::chrono::local_days(date.year() / std::chrono::January / 1);
    return std::min(52, static_cast<int>(day.count()) / 7 + 1);
}

// The closest first, as the strip draws them.
int closeness(core::Relation relation) {
    switch (relation) {
        case core::Relation::relative:
            return 0;
        case core::Relation::friend_:
            return 1;
        case core::Relation::customer:
            return 2;
        case core::Relation::colleague:
            return 3;
        case core::Relation::competitor:
            return 4;
        case core::Relation::acquaintance:
            return 5;
        case core::Relation::stranger:
            return 6;
    }
    return 6;
}

std::vector<StripMark> strip_of(const EncounterList& list, const Caller& caller) {
    std::vector<StripMark> marks;
    for (const core::Encounter& encounter : list.encounters) {
        StripMark mark;
        mark.week = week_of(encounter.start, caller.zone);
        mark.start = encounter.start;
        mark.is_planned = core::over_at(encounter) > caller.now;
        int nearest = 7;
        for (const core::PersonId id : encounter.people) {
            const auto who = list.people.find(id);
            if (who == list.people.end() || closeness(who->second.relation) >= nearest) continue;
            nearest = closeness(who->second.relation);
            mark.person = id;
            mark.name = who->second.name;
            mark.relation = who->second.relation;
        }
        if (nearest < 7) marks.push_back(std::move(mark));
    }
    return marks;
}

// Meetings agreed here, beside those that a calendar holds. Two statements.
void add_agreed(std::vector<StripMark>& strip, store::Tx& tx, const Caller& caller, int year) {
    constexpr int kMost = 500;
    const auto agreed = store::meetings::scheduled_since(tx, caller.account, caller.now, kMost);
    std::vector<core::PersonId> people;
    for (const auto& record : agreed)
        if (record.person) people.push_back(*record.person);
    std::map<core::PersonId, core::Relation> relations;
    for (const auto& person : store::people::load(tx, caller.account, people))
        relations.emplace(person.id, person.relation);
    for (const auto& record : agreed) {
        StripMark mark;
        mark.start = record.meeting.agreed->when.start;
        if (caller.zone.year_of(mark.start) != year) continue;
        mark.week = week_of(mark.start, caller.zone);
        mark.person = record.person.value_or(core::PersonId{});
        mark.name = record.person_name.empty() ? record.with_name : record.person_name;
        if (const auto known = relations.find(mark.person); known != relations.end())
            mark.relation = known->second;
        mark.is_planned = true;
        strip.push_back(std::move(mark));
    }
    std::ranges::stable_sort(strip, {}, &StripMark::start);
}

}  // namespace

Result<std::vector<StripMark>> year_strip(store::Tx& tx, Caller caller, int year) {
    TRY(const EncounterList encounters, list_encounters(tx, caller, year, Include::past_and_planned));
    auto strip = strip_of(encounters, caller);
    add_agreed(strip, tx, caller, year);
    return strip;
}

Result<Today> today(store::Tx& tx, Caller caller) {
    Today made;
    TRY(made.account, find_account(tx, caller));
    const int year = caller.zone.year_of(caller.now);
    TRY(made.tally, tally_year(tx, caller, year));
    TRY(made.strip, year_strip(tx, caller, year));
    TRY(made.meetings, meetings_today(tx, caller));
    TRY(made.polls, polls_today(tx, caller));
    made.reminders = reminders_today(tx, caller);
    SuggestionsWanted wanted;
    wanted.limit = kSuggestions;
    TRY(made.suggestions, suggest_meetings(tx, caller, std::move(wanted)));
    const store::today::Counts counts = store::today::count(tx, caller.account);
    made.review = counts.review;
    made.steps = {counts.imports > 0, counts.people, made.tally.tally.goal.has_value(),
                  made.account.home.has_value(), counts.has_shaken_hands};
    return made;
}

}  // namespace vv::app
