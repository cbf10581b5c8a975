// core/suggestions.h — whom to meet face to face, and why.
//
// utility = chance that the meeting comes about × worth of it × discount for the way there. Each factor is a
// product of terms, so the logarithm of the utility is their sum: the reasons shown *are* the terms, largest
// first, and leaving one out changes the score by exactly its weight. docs/suggestions.md lists every term
// with its source.
#pragma once

#include "core/people.h"
#include "core/ties.h"

#include <span>
#include <string>
#include <vector>

namespace vv::core {

/// What is known of a person who might be met; the summaries of ties, nothing private of others but what they
/// let be told.
struct Candidate {
    PersonId person;
    std::string name;
    std::string organisation;
    Relation relation = Relation::acquaintance;
    Stage stage = Stage::known;
    std::string city;
    std::optional<LatLng> at;
    std::optional<Instant> known_since;  // the earliest tie or contact
    std::optional<Instant> last_contact;
    std::optional<Instant> first_met;
    std::optional<Instant> last_met;
    int encounters = 0;
    int contacts_in = 0;
    int contacts_out = 0;
    int contacts_year = 0;          // in the year before now
    std::optional<Days> usual_gap;  // between weeks in touch, when they have a rhythm of their own
    bool stayed_away = false;       // did not come to what was agreed, lately and without an excuse
    // By name, those of the owner's people who know this one, where both let that be told
    // (store/mutual_ties.h).
    std::vector<std::string> known_by;
};

/// What kind of meeting it would be: each wants another frame of mind, so that they may be asked for apart.
enum class Shelf {
    first,    // known, never met face to face
    dormant,  // met before, and neither heard nor seen for more than three of the tie's usual gaps
    strong,   // met before, and in touch
};
std::string_view to_string(Shelf shelf);
std::optional<Shelf> parse_shelf(std::string_view name);
Shelf shelf_of(const Candidate& candidate, Instant now);

/// For when and where a meeting is sought.
struct Occasion {
    Instant now;
    Zone zone;                   // the owner's
    std::optional<LatLng> near;  // the owner's home unless another place was asked for
    std::string near_name;       // "you", or the place's name
};

/// One term of the sum. `text` is a plain sentence for the owner.
struct Reason {
    std::string kind;  // "answers", "silence", "never_met", "due", "seen_lately", "met_before", "relation",
                       // "distance", "stayed_away", "mutual_ties", "variety", …
    std::string text;
    double weight = 0;  // natural logarithm of the factor
};

enum class MeetingIdea { coffee, lunch, walk, dinner };
std::string_view to_string(MeetingIdea idea);

struct Suggestion {
    PersonId person;
    Shelf shelf = Shelf::first;
    double score = 0;  // the utility: exp of the sum of the reasons' weights and the constant
    std::optional<double> distance_km;  // to the cell's centre, as coarse as the places are
    std::vector<Reason> reasons;        // by weight, the largest first
    MeetingIdea idea = MeetingIdea::coffee;
};

/// The utility of meeting one person. O(1).
Suggestion suggest(const Candidate& candidate, const Occasion& occasion);

/// No suggest() at this or any later time of a century, at any place and with any relation, has a larger
/// log-utility than this until the candidate's other facts change: lets a store keep people in this order and
/// stop reading early. Without `known_by`, which others change: who has some is to be looked at in any case.
double utility_bound(const Candidate& candidate, Instant now);

/// People whose bounds mean the same: at any time they rank about as their bounds do.
enum class Footing {
    silent,   // never met nor in touch: exactly in the order of their bounds, which is how long they are
              // known, but for those who stayed away
    written,  // never met, but in touch at some time
    met,
};
Footing footing_of(const Candidate& candidate);

/// What is known of a person of that footing and relation besides their utility_bound(): the largest
/// log-utility that suggest() may give them now, but for the way.
double bound_now(double utility_bound, Footing footing, Relation relation, Instant now);

/// What the way takes from the log-utility at least: `least_km`, or nobody knows how many.
double way_weight(std::optional<double> least_km);

/// "12 days", "3 weeks", "5 months": so many days as people say them.
std::string about_days(double days);

/// Suggestions best first; ties are broken by person id, so the answer does not depend on the order given.
std::vector<Suggestion> rank(std::span<const Candidate> candidates, const Occasion& occasion,
                             std::size_t limit);

/// Of the best, best first, the `limit` to show: who is at the same organisation as some who come before
/// stands back, with that among the reasons. `candidates` has everybody of `best`.
std::vector<Suggestion> vary(std::vector<Suggestion> best, std::span<const Candidate> candidates,
                             std::size_t limit);

/// On how many days somebody was shown among the suggestions, in a row, without anything coming of it.
struct Shown {
    int times = 0;
    Instant at;  // the last time
};
/// A suggestion ignored on so many days rests for so long.
constexpr int kIgnoredMost = 3;
constexpr std::chrono::days kIgnoredRest{90};

/// Shown again: a day counts once, and contact or a meeting since starts the count anew.
Shown shown_again(const Shown& before, const Candidate& candidate, Instant now, const Zone& zone);

/// The first free hour that suits the idea (lunch at noon, coffee in the afternoon, dinner or a walk after
/// work or on a weekend), on one of the days [from, to), not before tomorrow, clear of `busy` by half an
/// hour. Nothing when all are taken.
std::optional<Span> free_hour(MeetingIdea idea, Date from, Date to, std::span<const Span> busy,
                              const Zone& zone, Instant now);

/// A first message that the owner may send or change: plain, short, in English.
std::string first_message(const Candidate& candidate, MeetingIdea idea, std::optional<Span> when,
                          const Occasion& occasion);

}  // namespace vv::core
