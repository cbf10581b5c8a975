// core/ties.h — what facts say of the tie between the owner and one person: stage, strength, trust.
//
// Strength and trust are log-saturating sums of typed events, each fading with a half-life: Σ w·2^(−age/h) →
// x, and ln(1+x) / (1 + ln(1+x)) in [0, 1). Everything in a sum fades alike, so a stored value fades exactly
// from where it was computed without its events: see faded(). docs/ties.md has the weights and their sources.
#pragma once

#include "core/encounters.h"
#include "core/facts.h"

#include <cmath>

namespace vv::core {

inline constexpr std::chrono::days kStrengthHalfLife{120};
inline constexpr std::chrono::days kTrustHalfLife{365};

/// What is left of anything after so many half-lives.
inline double fading(double half_lives) {
    return std::exp2(-half_lives);
}

struct ContactEvent {
    Instant at;
    Channel channel = Channel::message;
    Direction direction = Direction::in;
    int people = 2;  // who took part, the owner among them; a group's contact is divided among its members
};

struct EncounterEvent {
    Instant start;
    std::optional<Instant> end;
    Evidence evidence = Evidence::imported;
    int people = 2;  // with the owner
};

/// The summary of one tie at `as_of`. Counts of contacts are of those between the two alone; a group's are
/// left out.
struct Tie {
    Instant as_of;
    Stage stage = Stage::known;
    double strength = 0;                   // of contact lately, [0, 1)
    double trust = 0;                      // [0, 1)
    std::optional<Instant> tied_since;     // the earliest tie declared
    std::optional<Instant> first_contact;  // the earliest tie declared or contact made
    std::optional<Instant> last_contact;
    std::optional<Instant> first_met;
    std::optional<Instant> last_met;
    std::optional<Instant>
        next_over;  // when the next planned encounter will have happened: the stage changes then
    int encounters = 0;
    int contacts_in = 0;
    int contacts_out = 0;
    int contacts_year = 0;  // in the 365 days before as_of
    bool operator==(const Tie&) const = default;
};

/// Takes a tie's facts one by one, in any order. O(1) each, no memory of its own. What lies after `now` is
/// planned (encounters) or not believed (contacts, ties).
class TieSums {
public:
    explicit TieSums(Instant now) : now_(now) {}

    void add(TieKind kind, std::optional<Instant> since);
    void add(const ContactEvent& contact);
    /// One encounter of those that join_encounters() leaves.
    void add(const EncounterEvent& encounter);
    /// A meeting that was agreed on; it is no encounter before somebody says that it took place.
    void plan(Instant over);
    [[nodiscard]] Tie tie() const;

private:
    void touch(Instant at);

    Instant now_;
    std::optional<Instant> tied_since_, first_contact_, last_contact_, first_met_, last_met_, next_over_;
    double contact_sum_ = 0;               // at the strength's half-life
    double trust_in_ = 0, trust_out_ = 0;  // contacts by direction, at the trust's half-life
    double trust_sum_ = 0;                 // encounters and ties, at the trust's half-life
    int encounters_ = 0, contacts_in_ = 0, contacts_out_ = 0, contacts_year_ = 0;
};

/// A stored strength or trust `age` later, as if it had been computed then from the same events. Negative
/// ages count as none.
double faded(double value, std::chrono::milliseconds age, std::chrono::days half_life);
inline double faded_trust(double trust, Instant as_of, Instant now) {
    return faded(trust, now - as_of, kTrustHalfLife);
}

}  // namespace vv::core
