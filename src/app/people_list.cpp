#include "app/people.h"
#include "app/people_first.h"
#include "base/text.h"
#include "core/cities.h"
#include "core/search.h"
#include "core/ties.h"
#include "store/people.h"
#include "store/search.h"

#include <algorithm>
#include <unordered_map>

namespace vv::app {
namespace {

using store::search::Find;

constexpr std::size_t kMostWords = 8;
constexpr std::size_t kMostPage = 200;
constexpr int kEnough = 5;  // fewer, and the words may be misspelt

// Where a page ended: in which of the searches, closest first, and with whom.
struct Cursor {
    std::size_t search = 0;
    store::people::Cursor row;
};

// "search id name": opaque to clients. Of whom to see first the page says in the name's place how many came.
std::string to_text(std::size_t search, const core::Person& person, const std::string& name) {
    return std::to_string(search) + " " + to_string(person.id) + " " + name;
}

Result<std::optional<Cursor>> parse_cursor(const std::string& text) {
    if (text.empty()) return std::optional<Cursor>();
    const auto blank = text.find(' ');
    const auto next = blank == std::string::npos ? blank : text.find(' ', blank + 1);
    const auto id =
        parse_id(next == std::string::npos ? std::string_view()
                                           : std::string_view(text).substr(blank + 1, next - blank - 1));
    if (!id || blank != 1 || text[0] < '0' || text[0] > '2')
        return Error(Fault::invalid, "people.after", "'after' is the 'next' of the page before.");
    return std::optional(Cursor{static_cast<std::size_t>(text[0] - '0'), {text.substr(next + 1), {*id}}});
}

using Words = std::vector<store::search::Word>;

Result<Words> words_of(const std::string& query) {
    Words words;
    for (std::string& word : folded_words(query)) words.push_back({std::move(word), {}});
    if (words.size() > kMostWords)
        return Error(Fault::invalid, "people.query", "A search has at most 8 words.");
    return words;
}

// The searches that follow one another, each without whom those before it find.
constexpr std::size_t kByName = 0, kByAnything = 1, kNearly = 2;

// By names that are nearly so: nothing when enough people fit as it was typed, or no name is near.
std::optional<Find> misspelt(store::Tx& tx, const Caller& caller, Words words) {
    if (store::search::are_found(tx, caller.account, {words, Find::In::everything, Find::But::nobody},
                                 kEnough))
        return std::nullopt;
    const std::string vocabulary = store::search::vocabulary(tx, caller.account);
    bool is_near = false;
    for (auto& word : words) {
        word.near = core::near_names(vocabulary, word.beginning);
        is_near = is_near || !word.near.empty();
    }
    return is_near ? std::optional(Find{std::move(words), Find::In::everything, Find::But::by_beginning})
                   : std::nullopt;
}

std::optional<Find> search(store::Tx& tx, const Caller& caller, const Words& words, std::size_t which) {
    if (which == kByName) return Find{words, Find::In::names, Find::But::nobody};
    if (which == kByAnything) return Find{words, Find::In::everything, Find::But::by_name};
    return misspelt(tx, caller, words);
}

store::people::Filter filter_for(const PeopleWanted& wanted) {
    return {{},          wanted.stage,     wanted.relation,      wanted.city,      wanted.tag,
            wanted.list, wanted.never_met, wanted.not_met_since, wanted.is_blocked};
}

struct Found {
    core::Person person;
    std::size_t search = 0;
};

void fade(core::Person& person, Instant now) {
    person.trust = core::faded_trust(person.trust, person.trust_at, now);
    person.trust_at = now;
}

Result<std::vector<Found>> find_people(store::Tx& tx, const Caller& caller, const PeopleWanted& wanted,
                                       const std::optional<Cursor>& after, std::size_t limit) {
    TRY(const Words words, words_of(wanted.query));
    store::people::Filter filter = filter_for(wanted);
    std::vector<Found> found;
    const std::size_t last = words.empty() ? kByName : kNearly;
    for (std::size_t i = after ? after->search : kByName; i <= last && found.size() < limit; ++i) {
        if (!words.empty()) filter.find = search(tx, caller, words, i);
        if (!words.empty() && !filter.find) break;
        const auto row = after && after->search == i ? std::optional(after->row) : std::nullopt;
        for (core::Person& person :
             store::people::list(tx, caller.account, filter, row, limit - found.size())) {
            fade(person, caller.now);
            found.push_back({std::move(person), i});
        }
    }
    return found;
}

Result<PeoplePage> first_page(store::Tx& tx, const Caller& caller, const PeopleWanted& wanted,
                              const std::optional<Cursor>& after) {
    std::size_t from = 0;
    if (after) {
        TRY(const auto shown, parse_id(after->row.name_folded));
        from = static_cast<std::size_t>(shown);
    }
    const std::size_t limit = std::min(wanted.limit, kMostPage);
    PeoplePage page;
    page.people = whom_to_see_first(tx, caller, filter_for(wanted), from, limit + 1);
    for (core::Person& person : page.people) fade(person, caller.now);
    if (page.people.size() > limit) {
        page.people.pop_back();
        page.next = to_text(kByName, page.people.back(), std::to_string(from + limit));
    }
    return page;
}

}  // namespace

Result<PeoplePage> list_people(store::Tx& tx, Caller caller, PeopleWanted wanted) {
    TRY(const auto after, parse_cursor(wanted.after));
    const std::size_t limit = std::min(wanted.limit, kMostPage);
    if (wanted.first && folded_words(wanted.query).empty()) return first_page(tx, caller, wanted, after);
    TRY(auto found, find_people(tx, caller, wanted, after, limit + 1));
    PeoplePage page;
    if (found.size() > limit) {
        found.pop_back();
        page.next =
            to_text(found.back().search, found.back().person, core::order_of(found.back().person.name));
    }
    for (Found& one : found) page.people.push_back(std::move(one.person));
    return page;
}

Result<std::vector<PersonWithIdentities>> all_people(store::Tx& tx, Caller caller, PeopleWanted wanted) {
    std::vector<PersonWithIdentities> all;
    std::vector<core::PersonId> ids;
    TRY(auto found, find_people(tx, caller, wanted, std::nullopt, wanted.limit));
    for (Found& one : found) {
        ids.push_back(one.person.id);
        all.push_back({std::move(one.person), {}});
    }
    std::unordered_map<core::PersonId, std::size_t> places;
    for (std::size_t i = 0; i < ids.size(); ++i) places[ids[i]] = i;
    for (auto& row : store::people::identity_names(tx, caller.account, ids))
        all[places[row.person]].identities.push_back(
            {row.id, std::move(row.network), std::move(row.key), std::move(row.name)});
    return all;
}

Result<PeopleMap> people_map(store::Tx& tx, Caller caller, PeopleWanted wanted) {
    TRY(const Words words, words_of(wanted.query));
    store::people::Filter filter = filter_for(wanted);
    if (!words.empty()) {
        filter.find =
            misspelt(tx, caller, words).value_or(Find{words, Find::In::everything, Find::But::nobody});
        filter.find->but = Find::But::nobody;
    }
    PeopleMap map;
    for (const auto& [name, people] : store::people::count_by_city(tx, caller.account, filter)) {
        const auto city = name.empty() ? std::nullopt : core::city_of(name);
        if (city)
            map.places.push_back({name, city->at, people});
        else
            map.elsewhere += people;
    }
    return map;
}

Result<PeopleTotals> count_people(store::Tx& tx, Caller caller) {
    const auto [people, met] = store::people::count(tx, caller.account);
    return PeopleTotals{people, met};
}

Result<std::vector<std::string>> list_cities(store::Tx& tx, Caller caller) {
    return store::people::cities(tx, caller.account, 200);
}

}  // namespace vv::app
