#include "core/ties.h"

#include <algorithm>
#include <cmath>

namespace vv::core {
namespace {

using namespace std::chrono_literals;

/// How much of a message one contact of each channel is; core::Channel's order. Speech costs both sides the
/// same minutes, a reaction costs a tap.
constexpr std::array<double, 10> kContactWeight{
    1.0,  // message
    0.5,  // mention
    0.7,  // comment
    4.0,  // call
    5.0,  // video_call
    1.0,  // text
    1.0,  // mail
    0.2,  // reaction
    0.5,  // invitation
    0.5,  // endorsement
};

/// What one encounter of two is worth as evidence; core::Evidence's order.
constexpr std::array<double, 4> kEvidenceWeight{0.4, 0.6, 0.9, 1.0};

/// An hour face to face tells as much of a tie's strength as this many messages.
constexpr double kEncounterContact = 20;
/// A message that was answered, as a share of a proven encounter: a hundred of them weigh as much as half of
/// one.
constexpr double kAnsweredTrust = 0.005;

constexpr double tie_weight(TieKind kind) {
    switch (kind) {
        case TieKind::connected:
            return 0.10;
        case TieKind::follows:
        case TieKind::followed_by:
        case TieKind::invited:
        case TieKind::invited_by:
            return 0.02;
        case TieKind::member:
            return 0.01;
    }
    return 0;
}

double half_lives(std::chrono::milliseconds age, std::chrono::days half_life) {
    return std::chrono::duration<double>(age) / std::chrono::duration<double>(half_life);
}

double fade(Instant now, Instant at, std::chrono::days half_life) {
    return std::exp2(-half_lives(now - at, half_life));
}

/// [0, ∞) → [0, 1), and back.
double saturate(double sum) {
    const double log = std::log1p(sum);
    return log / (1 + log);
}
double unsaturate(double value) {
    return std::expm1(value / (1 - value));
}

void earliest(std::optional<Instant>& kept, Instant at) {
    if (!kept || at < *kept) kept = at;
}
void latest(std::optional<Instant>& kept, Instant at) {
    if (!kept || at > *kept) kept = at;
}

}  // namespace

void TieSums::touch(Instant at) {
    earliest(first_contact_, at);
    latest(last_contact_, at);
}

void TieSums::add(TieKind kind, std::optional<Instant> since) {
    if (!since || *since > now_)
        return;  // of an unknown age: it says that they know each other, not for how long
    earliest(tied_since_, *since);
    touch(*since);
    trust_sum_ += tie_weight(kind) * fade(now_, *since, kTrustHalfLife);
}

void TieSums::add(const ContactEvent& contact) {
    if (contact.at > now_) return;
    touch(contact.at);
    const int others = std::max(contact.people - 1, 1);
    const double weight = kContactWeight[static_cast<std::size_t>(contact.channel)] / others;
    contact_sum_ += weight * fade(now_, contact.at, kStrengthHalfLife);
    (contact.direction == Direction::in ? trust_in_ : trust_out_) +=
        weight * fade(now_, contact.at, kTrustHalfLife);
    if (others > 1) return;
    (contact.direction == Direction::in ? contacts_in_ : contacts_out_) += 1;
    if (now_ - contact.at < std::chrono::days(365)) ++contacts_year_;
}

void TieSums::add(const EncounterEvent& encounter) {
    const Instant over = encounter.end.value_or(encounter.start);
    if (over > now_) return plan(over);
    earliest(first_met_, encounter.start);
    latest(last_met_, encounter.start);
    ++encounters_;
    const double share = 1 / std::sqrt(std::max(encounter.people - 1, 1));
    contact_sum_ += kEncounterContact * share * fade(now_, over, kStrengthHalfLife);
    trust_sum_ += kEvidenceWeight[static_cast<std::size_t>(encounter.evidence)] * share *
                  fade(now_, over, kTrustHalfLife);
}

void TieSums::plan(Instant over) {
    if (over > now_) earliest(next_over_, over);
}

Tie TieSums::tie() const {
    Tie tie;
    tie.as_of = now_;
    const bool both = contacts_in_ > 0 && contacts_out_ > 0;
    tie.stage = encounters_ > 0 ? Stage::met
                : next_over_    ? Stage::planned
                : both          ? Stage::in_touch
                                : Stage::known;
    tie.strength = saturate(contact_sum_);
    // The lesser direction: what one side sends and the other leaves unanswered is no evidence of a tie.
    tie.trust = saturate(trust_sum_ + kAnsweredTrust * std::min(trust_in_, trust_out_));
    tie.tied_since = tied_since_;
    tie.first_contact = first_contact_;
    tie.last_contact = last_contact_;
    tie.first_met = first_met_;
    tie.last_met = last_met_;
    tie.next_over = next_over_;
    tie.encounters = encounters_;
    tie.contacts_in = contacts_in_;
    tie.contacts_out = contacts_out_;
    tie.contacts_year = contacts_year_;
    return tie;
}

double faded(double value, std::chrono::milliseconds age, std::chrono::days half_life) {
    if (value <= 0 || value >= 1 || age <= 0ms) return value;
    return saturate(unsaturate(value) * std::exp2(-half_lives(age, half_life)));
}

}  // namespace vv::core
