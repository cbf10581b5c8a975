// bench/year.cpp — a year of a thousand invented people: how many meetings come about of as many proposals,
// with the suggestions and the trip planner, and with a list of whom one has not seen for longest.
//
// docs/year.md has the method. A line for each way to choose and for what is asked for, then how many times
// as many first meetings the planner brings.
#include "core/free_time.h"
#include "core/trips.h"
#include "core/trips_hours.h"
#include "support/arguments.h"
#include "year_world.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace {

using namespace vv;
using bench::YearTie;
using bench::YearWorld;
using std::chrono::days;
using std::chrono::hours;

constexpr const char* kUsage = "Usage: year [--people N] [--owners N] [--proposals A_WEEK] [--seed N]";
constexpr int kWeeks = 52;
constexpr days kRest{60};     // nobody is asked again before
constexpr double kTown = 50;  // kilometres

struct Arguments {
    int people = 1'000, owners = 60, proposals = 2;
    std::uint64_t seed = 1;
};

Arguments read(int argc, char** argv) {
    Arguments out;
    bench::CommandLine line(argc, argv, kUsage);
    while (line.next()) {
        if (line.word() == "--people")
            out.people = line.number(50);
        else if (line.word() == "--owners")
            out.owners = line.number(1);
        else if (line.word() == "--proposals")
            out.proposals = line.number(1);
        else if (line.word() == "--seed")
            out.seed = line.natural();
        else
            line.refuse();
    }
    out.owners = std::min(out.owners, out.people);
    return out;
}

enum class Choice {
    list,          // longest not seen first, whoever was never met since they are known
    list_in_town,  // the same among those known to live in one's own town
    suggestions,   // without trips
    planner,       // suggestions, and on a journey the trip planner
};
constexpr std::array kNames{"longest not seen first", "longest not seen first, in town", "suggestions",
                            "suggestions and trips"};

struct Proposal {
    YearTie* tie = nullptr;
    Span when;
    LatLng at;
};

struct Outcome {
    int proposals = 0, met = 0, first = 0;
};

// A year of one owner.
class Year {
public:
    /// No more proposals than `most` in the whole year, nor than `a_week` in a week.
    Year(const YearWorld& world, std::size_t owner, Choice choice, bool first_only, int a_week, int most)
        : world_(world),
          owner_(owner),
          choice_(choice),
          first_only_(first_only),
          most_(static_cast<std::size_t>(a_week)),
          most_a_year_(most),
          ties_(world.ties[owner]) {}

    Outcome live() {
        for (int week = 0; week < kWeeks; ++week) {
            const Instant now = world_.begins + days(7 * week);
            for (const Proposal& proposal : choose(now))
                if (outcome_.proposals < most_a_year_) await(proposal, now, week);
        }
        return outcome_;
    }

private:
    std::vector<Proposal> choose(Instant now) {
        if (choice_ == Choice::list || choice_ == Choice::list_in_town) return from_list(now);
        std::vector<Proposal> chosen;
        if (choice_ == Choice::planner) chosen = on_journey(now);
        const auto more = from_suggestions(now, most_ - chosen.size(), chosen);
        chosen.insert(chosen.end(), more.begin(), more.end());
        return chosen;
    }

    // Those who may be asked.
    std::vector<YearTie*> open(Instant now) {
        std::vector<YearTie*> found;
        for (YearTie& tie : ties_) {
            const auto asked = asked_.find(tie.who);
            if (asked != asked_.end() && now - asked->second < kRest) continue;
            if (!first_only_ || tie.known.encounters == 0) found.push_back(&tie);
        }
        return found;
    }

    [[nodiscard]] LatLng home() const {
        return world_.cities[static_cast<std::size_t>(world_.people[owner_].city)];
    }
    [[nodiscard]] Span week_from(Instant now) const { return {now, now + days(7)}; }
    // Away counts as taken.
    [[nodiscard]] std::vector<Span> busy_at_home(Instant now) const {
        auto busy = world_.busy_of(owner_, week_from(now));
        if (const auto journey = world_.journey_of(owner_, week_from(now))) busy.push_back(journey->when);
        return busy;
    }
    std::optional<Span> hour(core::MeetingIdea idea, Instant now, std::vector<Span> busy) const {
        for (const Span& one : promised_) busy.push_back(one);
        const Date from = world_.zone.date_of(now);
        return core::free_hour(idea, from, Date(std::chrono::local_days(from) + days(7)), busy, world_.zone,
                               now - days(1));
    }

    std::vector<Proposal> from_list(Instant now) {
        auto people = open(now);
        if (choice_ == Choice::list_in_town)
            std::erase_if(people, [&](const YearTie* tie) {
                return !tie->known.at || distance_km(*tie->known.at, home()) > kTown;
            });
        const auto seen = [](const YearTie* tie) {
            return tie->known.last_met.value_or(*tie->known.known_since);
        };
        std::ranges::stable_sort(people, {}, seen);
        std::vector<Proposal> chosen;
        promised_.clear();
        for (YearTie* tie : people) {
            if (chosen.size() == most_) break;
            const auto when = hour(core::MeetingIdea::coffee, now, busy_at_home(now));
            if (!when) break;
            promised_.push_back(*when);
            chosen.push_back({tie, *when, home()});
        }
        return chosen;
    }

    // What the program knows of somebody: a journey that brings them here counts when they tell.
    [[nodiscard]] core::Candidate seen(const YearTie& tie, Span within) const {
        core::Candidate c = tie.known;
        if (!world_.people[tie.who].tells_journeys) return c;
        const auto journey = world_.journey_of(tie.who, within);
        if (journey) c.at = world_.cities[static_cast<std::size_t>(journey->city)];
        return c;
    }

    struct Ranked {
        YearTie* tie;
        core::Suggestion suggestion;
    };
    std::vector<Ranked> rank(const std::vector<YearTie*>& people, LatLng near, Instant now,
                             Span within) const {
        const core::Occasion occasion{now, world_.zone, near, "you"};
        std::vector<Ranked> ranked;
        for (YearTie* tie : people) ranked.push_back({tie, core::suggest(seen(*tie, within), occasion)});
        std::ranges::stable_sort(ranked, std::ranges::greater{},
                                 [](const Ranked& one) { return one.suggestion.score; });
        return ranked;
    }

    std::vector<Proposal> from_suggestions(Instant now, std::size_t most,
                                           const std::vector<Proposal>& already) {
        promised_.clear();
        for (const Proposal& one : already) promised_.push_back(one.when);
        std::vector<Proposal> chosen;
        for (const Ranked& one : rank(open(now), home(), now, week_from(now))) {
            if (chosen.size() == most) break;
            const auto is_same = [&](const Proposal& other) { return other.tie == one.tie; };
            if (std::ranges::any_of(already, is_same)) continue;
            auto busy = busy_at_home(now);
            if (world_.people[one.tie->who].tells_time)
                for (const Span& theirs : world_.busy_of(one.tie->who, week_from(now)))
                    busy.push_back(theirs);
            const auto when = hour(one.suggestion.idea, now, std::move(busy));
            if (!when) continue;
            promised_.push_back(*when);
            chosen.push_back({one.tie, *when, home()});
        }
        return chosen;
    }

    // The trip planner's, among those who live where the journey goes, or will be there and told.
    std::vector<Proposal> on_journey(Instant now) {
        const auto journey = world_.journey_of(owner_, week_from(now));
        if (!journey || journey->when.start < now) return {};  // planned in the week in which it begins
        const LatLng there = world_.cities[static_cast<std::size_t>(journey->city)];
        core::Trip trip;
        trip.zone = world_.zone;
        for (auto day = journey->when.start; day < journey->when.end; day += days(1))
            trip.days.push_back({{day + hours(1), day + hours(14)}, there, there, 2});
        std::map<std::int64_t, YearTie*> by_person;
        for (const Ranked& one : rank(open(now), there, now, journey->when)) {
            if (one.suggestion.distance_km.value_or(1e9) > kTown || by_person.size() == 20) continue;
            trip.candidates.push_back(candidate(one, there, journey->when));
            by_person[one.tie->known.person.value] = one.tie;
        }
        const auto plan = core::plan_trip(trip, {2'000, {}, world_.seed}, 5);
        if (!plan) bench::fail(plan.error().detail);
        std::vector<Proposal> chosen;
        for (const core::TripMeeting& meeting : plan->meetings)
            chosen.push_back({by_person.at(meeting.person.value), meeting.when, there});
        std::ranges::stable_sort(chosen, std::ranges::greater{}, [&](const Proposal& one) {
            return core::suggest(one.tie->known, {now, world_.zone, there, "you"}).score;
        });
        if (chosen.size() > most_) chosen.resize(most_);
        return chosen;
    }

    [[nodiscard]] core::TripCandidate candidate(const Ranked& one, LatLng there, Span when) const {
        const core::Candidate& c = one.tie->known;
        core::TripCandidate made;
        made.person = c.person;
        made.worth = std::min(1'000.0, 100 * one.suggestion.score);
        made.at = there;
        auto free = world_.people[one.tie->who].tells_time
                        ? core::free_of({when}, world_.busy_of(one.tie->who, when))
                        : core::usual_hours(c.relation, c.encounters > 0, world_.zone, when);
        free = core::free_of(std::move(free), world_.busy_of(owner_, when));
        made.windows = core::windows_of(free, world_.zone, when);
        return made;
    }

    void await(const Proposal& proposal, Instant now, int week) {
        YearTie& tie = *proposal.tie;
        asked_[tie.who] = now;
        ++outcome_.proposals;
        const double km = distance_km(world_.place_of(tie.who, proposal.when.start), proposal.at);
        const double drawn = bench::luck(world_.seed + 1, owner_, tie.who, static_cast<std::uint64_t>(week));
        if (drawn >= world_.chance(tie, km, proposal.when)) return;
        ++outcome_.met;
        core::Candidate& known = tie.known;
        if (known.encounters++ == 0) {
            ++outcome_.first;
            known.first_met = proposal.when.start;
        }
        known.last_met = known.last_contact = proposal.when.start;
        ++known.contacts_in;
        ++known.contacts_out;
        ++known.contacts_year;
    }

    const YearWorld& world_;
    std::size_t owner_;
    Choice choice_;
    bool first_only_;
    std::size_t most_;  // a week
    int most_a_year_;
    std::vector<YearTie> ties_;
    std::map<std::size_t, Instant> asked_;
    std::vector<Span> promised_;  // this week
    Outcome outcome_;
};

// All owners' together, and of each how many proposals it took.
struct Lived {
    Outcome all;
    std::vector<int> proposals;
};

// With as many proposals as `like` took, when it is given.
Lived live(const YearWorld& world, const Arguments& arguments, Choice choice, bool first_only,
           const Lived* like) {
    Lived lived;
    for (std::size_t owner = 0; owner < world.ties.size(); ++owner) {
        const int most = like ? like->proposals[owner] : kWeeks * arguments.proposals;
        const Outcome one = Year(world, owner, choice, first_only, arguments.proposals, most).live();
        lived.proposals.push_back(one.proposals);
        lived.all.proposals += one.proposals;
        lived.all.met += one.met;
        lived.all.first += one.first;
    }
    std::printf(
        "{\"choice\":\"%s\",\"asked_for\":\"%s\",\"owners\":%zu,\"proposals\":%d,\"met\":%d,\"first\":%d}\n",
        kNames[static_cast<std::size_t>(choice)], first_only ? "first meetings" : "anybody",
        world.ties.size(), lived.all.proposals, lived.all.met, lived.all.first);
    std::fflush(stdout);
    return lived;
}

// First meetings of as many proposals.
double ratio(const Lived& ours, const Lived& theirs) {
    return static_cast<double>(ours.all.first) / std::max(1, theirs.all.first);
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = read(argc, argv);
    const YearWorld world = bench::invent_year(arguments.people, arguments.owners, arguments.seed);
    double least = 1e9;
    for (const bool first_only : {true, false}) {
        const Lived list = live(world, arguments, Choice::list, first_only, nullptr);
        const Lived in_town = live(world, arguments, Choice::list_in_town, first_only, &list);
        live(world, arguments, Choice::suggestions, first_only, &list);
        const Lived planner = live(world, arguments, Choice::planner, first_only, &list);
        const Lived short_of = live(world, arguments, Choice::planner, first_only, &in_town);
        least = std::min(least, ratio(planner, list));
        std::printf("{\"asked_for\":\"%s\",\"first_to_list\":%.2f,\"first_to_list_in_town\":%.2f}\n",
                    first_only ? "first meetings" : "anybody", ratio(planner, list),
                    ratio(short_of, in_town));
    }
    std::printf("{\"least_first_to_list\":%.2f}\n", least);
    return 0;
}
