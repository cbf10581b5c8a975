// core/ties.h — what facts say of the tie between the owner and one person: stage, strength, trust.
//
// Strength and trust are log-saturating sums of typed events, each fading with a half-life: Σ w·2^(−age/h) →
// x, and ln(1+x) / (1 + ln(1+x)) in [0, 1). Everything in a sum fades alike, so a stored value fades exactly
// from where it was computed without its events: see faded(). The strength's half-life is the tie's own, by
// how often the two are usually in touch. docs/ties.md has the weights and their sources.
#pragma once

#include "core/encounters.h"
#include "core/facts.h"

#include <array>
#include <cmath>

namespace vv::core {

using Days = std::chrono::duration<double, std::ratio<86'400>>;

inline constexpr Days kStrengthHalfLife{120};  // of those who are in touch every kUsualGap
inline constexpr Days kUsualGap{28};
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

/// They introduced the owner to somebody, and the two met since. What was merely offered, sent or declined is
/// no event at all.
struct BrokeredEvent {
    Instant met_at;
};

/// The weeks in which two were in touch or met, of the 128 up to the newest: a set that forgets, so that
/// facts may come in any order and twice. Sixteen bytes and a number.
class Weeks {
public:
    void add(Instant at);
    void add(const Weeks& other);
    /// The median of the gaps between them, and how many gaps there are.
    struct Gaps {
        Days median{0};
        int count = 0;
    };
    [[nodiscard]] Gaps gaps() const;
    bool operator==(const Weeks&) const = default;

private:
    void move_to(std::int64_t week);

    std::int64_t newest_ = 0;
    std::array<std::uint64_t, 2> bits_{};  // bit 0 of the first is the newest week
};

/// How often an owner is usually in touch with somebody: where nothing is known of a tie, and what little is
/// known is drawn to.
struct OwnersRhythm {
    double gap_logs = 0;  // the sum of ln(gap in days) over ties with a gap of their own
    std::int64_t ties = 0;
    [[nodiscard]] Days usual_gap() const;
};

/// How often two are usually in touch: their own gaps, the more of them the less drawn to the owner's.
Days usual_gap(const Weeks::Gaps& own, const OwnersRhythm& owner);
/// A tie holds for about as many of its own gaps, whatever their length; between 30 and 960 days.
Days strength_half_life(Days usual_gap);
/// And back, between 7 and 224 days.
Days usual_gap_of(Days strength_half_life);

/// The sums of one tie. O(1) an event, and no event is looked at again: sums fade to the newest event's time,
/// and those of one tie known from two sides can be added. The order in which events come does not matter, up
/// to rounding.
class TieStrength {
public:
    /// Log-saturated, with the half-life that the caller took from rhythm(): as of any time not before
    /// newest().
    [[nodiscard]] double strength(Instant as_of, Days half_life) const;
    [[nodiscard]] double trust(Instant as_of) const;
    /// That the two are face to face within so many days, for a tie known since `since`.
    [[nodiscard]] double chance_to_meet(Instant as_of, Days within, std::optional<Instant> since) const;
    [[nodiscard]] Weeks::Gaps rhythm() const { return weeks_.gaps(); }
    [[nodiscard]] Instant newest() const { return at_; }

    void add(const ContactEvent& contact);
    void add(const EncounterEvent& encounter);
    void add(TieKind kind, Instant since);
    void add(const BrokeredEvent& brokered);
    void add(const TieStrength& other);

private:
    /// One number for each of the half-lives that personal ones lie between; a sum at any of these in between
    /// fades exactly with it.
    using Bank = std::array<double, 4>;
    struct Left {
        Bank strength;
        double trust;
    };
    static Left left_after(Days age);
    /// Fades everything to `at` if that is later, and says what is left of an event of then.
    Left come_to(Instant at);

    Instant at_{};
    bool is_empty_ = true;
    Bank contact_{};
    double trust_in_ = 0, trust_out_ = 0;  // contacts by direction
    double trust_ = 0;                     // encounters and declared ties
    double met_ = 0;                       // encounters, whatever their evidence
    Weeks weeks_;
};

/// The summary of one tie at `as_of`. Counts of contacts are of those between the two alone; a group's are
/// left out.
struct Tie {
    Instant as_of;
    Stage stage = Stage::known;
    double strength = 0;                   // of contact lately, [0, 1)
    Days half_life = kStrengthHalfLife;    // of the strength
    std::optional<Days> gap;               // between weeks in touch, their own; unknown without two
    double chance_to_meet = 0;             // within 30 days
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
    explicit TieSums(Instant now, OwnersRhythm owner = {}) : now_(now), owner_(owner) {}

    void add(TieKind kind, std::optional<Instant> since);
    void add(const ContactEvent& contact);
    /// One encounter of those that join_encounters() leaves.
    void add(const EncounterEvent& encounter);
    /// Once for each whom they brought the owner together with.
    void add(const BrokeredEvent& brokered);
    /// A meeting that was agreed on; it is no encounter before somebody says that it took place.
    void plan(Instant over);
    [[nodiscard]] Tie tie() const;

private:
    void touch(Instant at);

    Instant now_;
    OwnersRhythm owner_;
    TieStrength sums_;
    std::optional<Instant> tied_since_, first_contact_, last_contact_, first_met_, last_met_, next_over_;
    int encounters_ = 0, contacts_in_ = 0, contacts_out_ = 0, contacts_year_ = 0;
};

/// A stored strength or trust `age` later, as if it had been computed then from the same events. Negative
/// ages count as none.
double faded(double value, std::chrono::milliseconds age, Days half_life);
inline double faded_trust(double trust, Instant as_of, Instant now) {
    return faded(trust, now - as_of, kTrustHalfLife);
}

}  // namespace vv::core
