// core/asks/match.h — who of an owner's people fits an ask, how likely they say yes, and why.
//
//     score = fit × warmth
//
// Fit is how well somebody is what the ask wants, warmth the chance that they say yes to the owner. Both are
// products, so the logarithm of the score is a sum: the reasons shown are its terms, and leaving one out
// changes the score by exactly its weight. docs/asks.md lists every term with its source.
#pragma once

#include "core/asks.h"
#include "core/asks/titles.h"
#include "core/suggestions.h"
#include "core/topics.h"

#include <unordered_map>

namespace vv::core::asks {

/// What is known of one of the owner's people without looking further.
struct Known {
    PersonId person;
    std::string name, title, organisation, city;
    std::optional<LatLng> at;
    Relation relation = Relation::acquaintance;
    double trust = 0;  // as of now
    int encounters = 0;
    int contacts_in = 0, contacts_out = 0;
    std::optional<Instant> last_contact, last_met;
    std::string words;   // folded: employers, titles, places, groups, notes of archives
    std::string own;     // folded: the owner's note, tags, lists
    std::string topics;  // folded: of what they wrote or take part in: it tells no trade
};

/// What is looked up of those who come near the top only. All of it lowers a score or leaves it.
struct Evidence {
    /// Whether they say of themselves what their title is, or the owner does; otherwise an address book or
    /// the like did, once.
    bool is_own_word = true;
    int met_there = 0, met_elsewhere = 0;    // encounters near the ask's place and away from it
    std::vector<std::string> phone_regions;  // ISO 3166
    int asked = 0;                           // in the past year, by the owner
    int kept = 0, missed = 0;  // meetings agreed on with them that took place, or to which they did not come
};

struct Match {
    PersonId person;
    double fit = 0;                   // (0, 1]
    double warmth = 0;                // (0, 1]
    double score = 0;                 // fit × warmth
    std::vector<Reason> reasons;      // by weight, the largest first
    std::vector<std::string> topics;  // those of the ask that are known of them
};

/// The logarithm of the warmth at best: none is larger at this or any later time until the person's facts
/// change, as trust fades and silence grows. A store keeps people in this order. O(1).
double warmth_bound(const Known& person, Instant now);

/// How wide to look for people.
enum class Reach { close, wide };

/// An ask made ready. Remembers titles that it has read: for one thread at a time.
class Matcher {
public:
    Matcher(const Ask& ask, Instant now, Zone zone, std::optional<LatLng> home);

    /// The logarithm of the score at best, before anything is looked up; nothing when the person does not
    /// fit. O(1).
    std::optional<double> bound(const Known& person);
    /// Exactly. Nothing when the person does not fit.
    std::optional<Match> judge(const Known& person, const Evidence& evidence);

    /// Whether one of the ask's topics stands in it.
    [[nodiscard]] bool is_about(const Topic& topic) const;
    /// Says of the topics known of somebody where each is known from, as far as these tell.
    void name_topics(Match& match, std::span<const Topic> topics) const;

    /// Alternatives of folded words: who fits has all words of one of them in title, employer, notes, tags …
    /// `close` leaves out other trades of the same fields.
    [[nodiscard]] std::vector<std::vector<std::string>> words(Reach reach) const;
    [[nodiscard]] const Ask& ask() const { return ask_; }

private:
    const Work& title_of(const std::string& title);
    struct Fit {
        std::vector<Reason> reasons;
        std::vector<std::string> topics;  // those of the ask that are known of them
    };
    std::optional<Fit> fit_of(const Known& person);
    [[nodiscard]] std::optional<Reason> employer_reason(const Known& person, bool is_found) const;
    [[nodiscard]] std::optional<Reason> relation_reason(const Known& person, bool is_found) const;
    [[nodiscard]] std::vector<Reason> warmth_reasons(const Known& person, const Evidence& evidence) const;
    [[nodiscard]] std::optional<Reason> place_reason(const Known& person, const Evidence* evidence) const;

    Ask ask_;
    Instant now_;
    Zone zone_;
    bool is_home_ = false;  // the ask's place is where the owner lives
    std::vector<Work> wanted_;
    std::vector<std::vector<std::string>> topics_, organisations_;
    std::vector<FieldId> about_;
    double fit_constant_ = 0;  // what topics can add, taken off
    std::unordered_map<std::string, Work> titles_;
};

}  // namespace vv::core::asks
