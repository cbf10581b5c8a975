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

/// Somebody vouched for another, and it held: less than to have met them, more than any word of theirs.
constexpr double kBrokeredTrust = 0.3;

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

double half_lives(Days age, Days half_life) {
    return age / half_life;
}

/// Personal half-lives lie between neighbours of these, each four times the one before.
constexpr std::array<Days, 4> kHalfLives{Days(30), Days(120), Days(480), Days(1'920)};
constexpr Days kShortest{30};
constexpr Days kLongest{960};

/// So many gaps of their own weigh as much as the owner's rhythm, and so many ties as what is usual for all.
constexpr double kGapsToBelieve = 4;
constexpr double kTiesToBelieve = 20;

/// Before anything is known: as many meetings in as many days of knowing each other.
constexpr double kMeetingsBefore = 0.5;
constexpr Days kDaysBefore{365};

constexpr std::int64_t kWeek = 7LL * 86'400'000;
constexpr std::int64_t kMonday = 4LL * 86'400'000;  // 1970 began on a Thursday

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

void Weeks::move_to(std::int64_t week) {
    const std::int64_t on = week - newest_;
    newest_ = week;
    if (on >= 128) {
        bits_ = {};
    } else if (on >= 64) {
        bits_ = {0, bits_[0] << (on - 64)};
    } else if (on > 0) {
        bits_ = {bits_[0] << on, bits_[1] << on | bits_[0] >> (64 - on)};
    }
}

void Weeks::add(Instant at) {
    const std::int64_t since = at.time_since_epoch().count() - kMonday;
    const std::int64_t week = since / kWeek - (since % kWeek < 0 ? 1 : 0);
    if (week > newest_ || bits_ == decltype(bits_){}) move_to(week);
    if (const auto ago = static_cast<std::size_t>(newest_ - week); ago < 128)
        bits_[ago / 64] |= 1ULL << (ago % 64);
}

void Weeks::add(const Weeks& other) {
    if (bits_ == decltype(bits_){}) *this = other;
    if (other.bits_ == decltype(bits_){}) return;
    Weeks older = other;
    if (older.newest_ > newest_) std::swap(*this, older);
    older.move_to(newest_);
    bits_[0] |= older.bits_[0];
    bits_[1] |= older.bits_[1];
}

Weeks::Gaps Weeks::gaps() const {
    std::array<int, 128> gaps{};
    std::size_t count = 0;
    int last = -1;
    for (int week = 0; week < 128; ++week) {
        if ((bits_[static_cast<std::size_t>(week / 64)] >> (week % 64) & 1) == 0) continue;
        if (last >= 0) gaps[count++] = week - last;
        last = week;
    }
    if (count == 0) return {};
    std::sort(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(count));
    const double weeks = (gaps[(count - 1) / 2] + gaps[count / 2]) / 2.0;
    return {Days(7 * weeks), static_cast<int>(count)};
}

Days OwnersRhythm::usual_gap() const {
    return Days(std::exp((gap_logs + kTiesToBelieve * std::log(kUsualGap.count())) /
                         (static_cast<double>(ties) + kTiesToBelieve)));
}

Days usual_gap(const Weeks::Gaps& own, const OwnersRhythm& owner) {
    const double drawn = kGapsToBelieve * std::log(owner.usual_gap().count());
    const double said = own.count > 0 ? own.count * std::log(own.median.count()) : 0;
    return Days(std::exp((said + drawn) / (own.count + kGapsToBelieve)));
}

Days strength_half_life(Days usual_gap) {
    return std::clamp(kStrengthHalfLife * (usual_gap / kUsualGap), kShortest, kLongest);
}

Days usual_gap_of(Days strength_half_life) {
    return kUsualGap * (strength_half_life / kStrengthHalfLife);
}

TieStrength::Left TieStrength::left_after(Days age) {
    Left left{};
    double at = fading(half_lives(age, kHalfLives.back()));
    for (std::size_t i = kHalfLives.size(); i-- > 0;) {
        left.strength[i] = at;
        at = at * at * (at * at);  // a quarter of the half-life
    }
    left.trust = fading(half_lives(age, kTrustHalfLife));
    return left;
}

TieStrength::Left TieStrength::come_to(Instant at) {
    if (is_empty_) at_ = at;
    is_empty_ = false;
    if (at <= at_) return left_after(at_ - at);
    const Left left = left_after(at - at_);
    for (std::size_t i = 0; i < contact_.size(); ++i) contact_[i] *= left.strength[i];
    for (double* sum : {&trust_in_, &trust_out_, &trust_, &met_}) *sum *= left.trust;
    at_ = at;
    return left_after(Days(0));
}

void TieStrength::add(const ContactEvent& contact) {
    const Left left = come_to(contact.at);
    const double weight =
        kContactWeight[static_cast<std::size_t>(contact.channel)] / std::max(contact.people - 1, 1);
    for (std::size_t i = 0; i < contact_.size(); ++i) contact_[i] += weight * left.strength[i];
    (contact.direction == Direction::in ? trust_in_ : trust_out_) += weight * left.trust;
    weeks_.add(contact.at);
}

void TieStrength::add(const EncounterEvent& encounter) {
    const Instant over = encounter.end.value_or(encounter.start);
    const Left left = come_to(over);
    const double share = 1 / std::sqrt(std::max(encounter.people - 1, 1));
    for (std::size_t i = 0; i < contact_.size(); ++i)
        contact_[i] += kEncounterContact * share * left.strength[i];
    trust_ += kEvidenceWeight[static_cast<std::size_t>(encounter.evidence)] * share * left.trust;
    met_ += left.trust;
    weeks_.add(encounter.start);
}

void TieStrength::add(TieKind kind, Instant since) {
    trust_ += tie_weight(kind) * come_to(since).trust;
}

void TieStrength::add(const BrokeredEvent& brokered) {
    trust_ += kBrokeredTrust * come_to(brokered.met_at).trust;
}

void TieStrength::add(const TieStrength& other) {
    if (other.is_empty_) return;
    const Left left = come_to(other.at_);
    for (std::size_t i = 0; i < contact_.size(); ++i) contact_[i] += other.contact_[i] * left.strength[i];
    trust_in_ += other.trust_in_ * left.trust;
    trust_out_ += other.trust_out_ * left.trust;
    trust_ += other.trust_ * left.trust;
    met_ += other.met_ * left.trust;
    weeks_.add(other.weeks_);
}

// Between two of the bank's half-lives: their sums' geometric mean, weighted so that it fades with just this
// one.
double TieStrength::strength(Instant as_of, Days half_life) const {
    std::size_t below = 0;
    while (below + 2 < kHalfLives.size() && kHalfLives[below + 1] <= half_life) ++below;
    const double shorter = 1 / kHalfLives[below].count();
    const double longer = 1 / kHalfLives[below + 1].count();
    const double part = std::clamp((shorter - 1 / half_life.count()) / (shorter - longer), 0.0, 1.0);
    if (contact_[below] <= 0) return 0;
    const double sum = contact_[below] * std::pow(contact_[below + 1] / contact_[below], part);
    return saturate(sum * fading(half_lives(as_of - at_, half_life)));
}

double TieStrength::trust(Instant as_of) const {
    // The lesser direction: what one side sends and the other leaves unanswered is no evidence of a tie.
    const double sum = trust_ + kAnsweredTrust * std::min(trust_in_, trust_out_);
    return saturate(sum * fading(half_lives(as_of - at_, kTrustHalfLife)));
}

// Meetings come at a rate that is not known, but believed to lie about one in two years before anything is
// seen: the chance of none is that of a gamma mixture of Poisson counts. Both counts and days known fade.
double TieStrength::chance_to_meet(Instant as_of, Days within, std::optional<Instant> since) const {
    const Days known = std::max(Days(0), Days(as_of - since.value_or(as_of)));
    const double faded_days =
        kTrustHalfLife / Days(1) / std::log(2.0) * (1 - fading(half_lives(known, kTrustHalfLife)));
    const double days = kDaysBefore.count() + faded_days;
    const double met = kMeetingsBefore + met_ * fading(half_lives(as_of - at_, kTrustHalfLife));
    return 1 - std::pow(days / (days + within.count()), met);
}

void TieSums::touch(Instant at) {
    earliest(first_contact_, at);
    latest(last_contact_, at);
}

void TieSums::add(TieKind kind, std::optional<Instant> since) {
    if (!since || *since > now_)
        return;  // of an unknown age: it says that they know each other, not for how long
    earliest(tied_since_, *since);
    touch(*since);
    sums_.add(kind, *since);
}

void TieSums::add(const ContactEvent& contact) {
    if (contact.at > now_) return;
    touch(contact.at);
    sums_.add(contact);
    if (contact.people > 2) return;
    (contact.direction == Direction::in ? contacts_in_ : contacts_out_) += 1;
    if (now_ - contact.at < std::chrono::days(365)) ++contacts_year_;
}

void TieSums::add(const EncounterEvent& encounter) {
    const Instant over = encounter.end.value_or(encounter.start);
    if (over > now_) return plan(over);
    earliest(first_met_, encounter.start);
    latest(last_met_, encounter.start);
    ++encounters_;
    sums_.add(encounter);
}

void TieSums::add(const BrokeredEvent& brokered) {
    if (brokered.met_at <= now_) sums_.add(brokered);
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
    const Weeks::Gaps rhythm = sums_.rhythm();
    if (rhythm.count > 0) tie.gap = rhythm.median;
    tie.half_life = strength_half_life(usual_gap(rhythm, owner_));
    tie.strength = sums_.strength(now_, tie.half_life);
    tie.trust = sums_.trust(now_);
    std::optional<Instant> since = first_contact_;
    if (first_met_) earliest(since, *first_met_);
    tie.chance_to_meet = sums_.chance_to_meet(now_, Days(30), since);
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

double faded(double value, std::chrono::milliseconds age, Days half_life) {
    if (value <= 0 || value >= 1 || age <= 0ms) return value;
    return saturate(unsaturate(value) * fading(half_lives(age, half_life)));
}

}  // namespace vv::core
