#include "app/suggestions.h"

#include "app/suggestions_best.h"
#include "core/cities.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/free_time.h"
#include "store/people.h"
#include "store/suggestions.h"

#include <algorithm>
#include <map>

namespace vv::app {
namespace {

using std::chrono::days;

constexpr days kNotNow{30};
constexpr days kWeeksAhead{28};

struct Plan {
    core::Occasion occasion;
    Date from, to;  // [from, to)
    Among among;
};

Result<core::Occasion> occasion_for(store::Tx& tx, const Caller& caller, const SuggestionsWanted& wanted) {
    core::Occasion occasion{caller.now, caller.zone, wanted.near, "there"};
    if (occasion.near) return occasion;
    if (!wanted.city.empty()) {
        const auto city = core::city_of(wanted.city);
        if (!city)
            return Error(
                Fault::invalid, "suggestions.city",
                "No city is called '" + wanted.city + "'; write it as on a map, or give coordinates.");
        occasion.near = city->at;
        occasion.near_name = "the middle of " + city->name;
        return occasion;
    }
    const auto account = store::accounts::find(tx, caller.account);
    if (account && account->home) {
        occasion.near = account->home->at;
        occasion.near_name = "you";
    }
    return occasion;
}

Result<Plan> plan_for(store::Tx& tx, const Caller& caller, const SuggestionsWanted& wanted) {
    TRY(core::Occasion occasion, occasion_for(tx, caller, wanted));
    const auto tomorrow = std::chrono::local_days(caller.zone.date_of(caller.now)) + days(1);
    const auto from = wanted.from ? std::chrono::local_days(*wanted.from) : tomorrow;
    const auto last =
        wanted.to ? std::chrono::local_days(*wanted.to) : std::max(from, tomorrow) + kWeeksAhead;
    if (last < from || last - from > days(366))
        return Error(Fault::invalid, "suggestions.days",
                     "The last day must not come before the first nor a year after it.");
    if (wanted.within_km && (!(*wanted.within_km > 0) || *wanted.within_km > 20'040 || !occasion.near))
        return Error(
            Fault::invalid, "suggestions.within",
            "'within' is a distance in kilometres from a city, a place or your home, which must be known.");
    return Plan{std::move(occasion),
                Date(from),
                Date(last + days(1)),
                {wanted.relations, wanted.within_km, wanted.shelf}};
}

std::vector<Span> busy_within(store::Tx& tx, const Caller& caller, Span within) {
    auto busy = store::free_time::busy(tx, caller.account, within);
    for (const Span& day : core::whole_days(busy.days, caller.zone)) busy.spans.push_back(day);
    for (const Span& meeting : store::free_time::meetings(tx, caller.account, within))
        busy.spans.push_back(meeting);
    return std::move(busy.spans);
}

// An hour for each, which is not on the table for others either, so that nobody who says yes finds it taken
// by another; once there are no more, the first one again.
class FreeHours {
public:
    FreeHours(const Plan& plan, std::vector<Span> busy, const std::vector<Span>& offered,
              const Caller& caller)
        : plan_(plan), caller_(caller), busy_(std::move(busy)), own_(busy_.size()) {
        busy_.insert(busy_.end(), offered.begin(), offered.end());
    }

    std::optional<Span> next(core::MeetingIdea idea) {
        const std::span<const Span> all(busy_);
        auto hour = find(idea, all);
        if (!hour) return find(idea, all.first(own_));
        busy_.push_back(*hour);
        return hour;
    }

private:
    [[nodiscard]] std::optional<Span> find(core::MeetingIdea idea, std::span<const Span> busy) const {
        return core::free_hour(idea, plan_.from, plan_.to, busy, caller_.zone, caller_.now);
    }

    const Plan& plan_;
    const Caller& caller_;
    std::vector<Span> busy_;
    std::size_t own_;  // of them, the owner's; the others are promised to those before
};

}  // namespace

Result<std::vector<SuggestedMeeting>> suggest_meetings(store::Tx& tx, Caller caller,
                                                       SuggestionsWanted wanted) {
    TRY(const Plan plan, plan_for(tx, caller, wanted));
    const std::size_t limit = wanted.limit;
    if (limit == 0) return std::vector<SuggestedMeeting>();
    const std::size_t most = 2 * limit + 10;
    const auto candidates = best_candidates(tx, caller, plan.occasion, plan.among, most);
    const Span days{caller.zone.start_of(plan.from), caller.zone.start_of(plan.to)};
    auto busy = busy_within(tx, caller, days);
    const auto offered = store::free_time::offered(tx, caller.account, days);
    std::vector<core::Suggestion> ranked =
        core::vary(core::rank(candidates, plan.occasion, most), candidates, limit);
    std::vector<core::PersonId> ids;
    for (const auto& suggestion : ranked) ids.push_back(suggestion.person);
    auto people = store::people::load(tx, caller.account, ids);
    // Both were read in this transaction.
    VV_ASSERT(people.size() == ranked.size());
    FreeHours hours(plan, std::move(busy), offered, caller);
    std::vector<SuggestedMeeting> meetings;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        const auto& candidate = *std::ranges::find(candidates, ids[i], &core::Candidate::person);
        const core::MeetingIdea idea = ranked[i].idea;
        const std::optional<Span> hour = hours.next(idea);
        std::string message = core::first_message(candidate, idea, hour, plan.occasion);
        people[i].trust = core::faded_trust(people[i].trust, people[i].trust_at, caller.now);
        meetings.push_back({std::move(people[i]), std::move(ranked[i]), hour, std::move(message)});
    }
    return meetings;
}

Result<Done> dismiss_suggestion(store::Tx& tx, Caller caller, core::PersonId person, Dismissal dismissal) {
    if (!store::people::exists(tx, caller.account, person))
        return Error(Fault::not_found, "person.unknown", "There is no such person among yours.");
    const auto until = dismissal == Dismissal::not_now ? std::optional(caller.now + kNotNow) : std::nullopt;
    store::suggestions::dismiss(tx, caller.account, std::span(&person, 1), until, caller.now);
    return Done{};
}

Result<Done> note_shown(store::Tx& tx, Caller caller, std::vector<core::PersonId> people) {
    const auto before = store::suggestions::shown(tx, caller.account, people);
    std::map<core::PersonId, core::Shown> after;
    std::vector<core::PersonId> resting;
    for (const core::Candidate& candidate :
         store::suggestions::candidates(tx, caller.account, people, caller.now)) {
        const auto at = before.find(candidate.person);
        core::Shown shown = core::shown_again(at == before.end() ? core::Shown() : at->second, candidate,
                                              caller.now, caller.zone);
        if (shown.times >= core::kIgnoredMost) {
            resting.push_back(candidate.person);
            shown.times = 0;
        }
        after.emplace(candidate.person, shown);
    }
    store::suggestions::save_shown(tx, caller.account, after);
    store::suggestions::dismiss(tx, caller.account, resting, caller.now + core::kIgnoredRest, caller.now);
    return Done{};
}

}  // namespace vv::app
