#include "core/ties.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>
#include <variant>

namespace vv::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

ContactEvent message(days ago, Direction direction, int people = 2) {
    return {kNow - ago, Channel::message, direction, people};
}
EncounterEvent lunch(days ago, Evidence evidence = Evidence::imported) {
    return {kNow - ago, kNow - ago + 1h, evidence, 2};
}
template <class... Facts>
Tie tie_of(const Facts&... facts) {
    TieSums sums(kNow);
    (sums.add(facts), ...);
    return sums.tie();
}

TEST(Ties, GoFromKnownOverInTouchAndPlannedToMet) {
    EXPECT_EQ(tie_of().stage, Stage::known);
    EXPECT_EQ(tie_of(message(days(3), Direction::in)).stage, Stage::known);
    EXPECT_EQ(tie_of(message(days(3), Direction::in), message(days(2), Direction::out)).stage,
              Stage::in_touch);
    EXPECT_EQ(tie_of(message(days(3), Direction::in, 5), message(days(2), Direction::out, 5)).stage,
              Stage::known);
    const Tie planned = tie_of(lunch(days(-2)));
    EXPECT_EQ(planned.stage, Stage::planned);
    EXPECT_EQ(planned.next_over, kNow + days(2) + 1h);
    EXPECT_EQ(planned.encounters, 0);
    EXPECT_EQ(tie_of(lunch(days(-2)), lunch(days(9))).stage, Stage::met);
}

TEST(Ties, CountFromTheEarliestTieOrContact) {
    TieSums sums(kNow);
    sums.add(TieKind::connected, kNow - days(900));
    sums.add(TieKind::follows, std::nullopt);
    sums.add(message(days(400), Direction::in));
    sums.add(message(days(5), Direction::out));
    sums.add(message(days(-5), Direction::out));
    const Tie tie = sums.tie();
    EXPECT_EQ(tie.tied_since, kNow - days(900));
    EXPECT_EQ(tie.first_contact, kNow - days(900));
    EXPECT_EQ(tie.last_contact, kNow - days(5));
    EXPECT_EQ(tie.contacts_in, 1);
    EXPECT_EQ(tie.contacts_out, 1);
    EXPECT_EQ(tie.contacts_year, 1);
}

TEST(Ties, TrustProofMoreThanClaimsAndAnswersMoreThanSilence) {
    EXPECT_GT(tie_of(lunch(days(9), Evidence::handshake)).trust,
              tie_of(lunch(days(9), Evidence::mutual)).trust);
    EXPECT_GT(tie_of(lunch(days(9), Evidence::mutual)).trust,
              tie_of(lunch(days(9), Evidence::imported)).trust);
    EXPECT_GT(tie_of(lunch(days(9), Evidence::imported)).trust,
              tie_of(lunch(days(9), Evidence::claimed)).trust);
    EXPECT_EQ(tie_of(message(days(1), Direction::out), message(days(1), Direction::out)).trust, 0);
    EXPECT_GT(tie_of(message(days(1), Direction::out), message(days(1), Direction::in)).trust, 0);
    EXPECT_GT(tie_of(message(days(1), Direction::in)).strength,
              tie_of(message(days(1), Direction::in, 9)).strength);
}

RC_GTEST_PROP(Ties, FadeAsIfComputedLater, ()) {
    const auto later = std::chrono::hours(*rc::gen::inRange(0, 24 * 800));
    TieSums now(kNow);
    TieSums then(kNow + later);
    const auto count = *rc::gen::inRange(0, 20);
    for (int i = 0; i < count; ++i) {
        const Instant at = kNow - std::chrono::hours(*rc::gen::inRange(0, 24 * 900));
        const ContactEvent contact{at, *rc::gen::element(Channel::message, Channel::call, Channel::reaction),
                                   *rc::gen::element(Direction::in, Direction::out), *rc::gen::inRange(2, 9)};
        const EncounterEvent encounter{at, std::nullopt,
                                       *rc::gen::element(Evidence::claimed, Evidence::handshake),
                                       *rc::gen::inRange(2, 5)};
        const bool met = *rc::gen::inRange(0, 4) == 0;
        for (TieSums* sums : {&now, &then}) met ? sums->add(encounter) : sums->add(contact);
    }
    const Tie a = now.tie();
    const Tie b = then.tie();
    RC_ASSERT(a.trust >= 0 && a.trust < 1 && a.strength >= 0 && a.strength < 1);
    RC_ASSERT(std::abs(faded(a.trust, later, kTrustHalfLife) - b.trust) < 1e-9);
    RC_ASSERT(a.half_life == b.half_life);
    RC_ASSERT(std::abs(faded(a.strength, later, a.half_life) - b.strength) < 1e-9);
    RC_ASSERT(b.trust <= a.trust + 1e-12);
}

RC_GTEST_PROP(Ties, DoNotDependOnTheOrderOfFacts, (std::vector<std::uint8_t> seeds)) {
    TieSums forward(kNow);
    TieSums backward(kNow);
    const auto add = [](TieSums& sums, std::uint8_t s) {
        if (s % 3 == 0) return sums.add(lunch(days(int(s) - 100)));
        sums.add(message(days(s), s % 2 ? Direction::in : Direction::out, 2 + s % 5));
    };
    for (auto s = seeds.begin(); s != seeds.end(); ++s) add(forward, *s);
    for (auto s = seeds.rbegin(); s != seeds.rend(); ++s) add(backward, *s);
    Tie a = forward.tie();
    const Tie b = backward.tie();
    RC_ASSERT(std::abs(a.trust - b.trust) < 1e-9 && std::abs(a.strength - b.strength) < 1e-9);
    RC_ASSERT(std::abs(a.chance_to_meet - b.chance_to_meet) < 1e-9);
    a.trust = b.trust;
    a.strength = b.strength;
    a.chance_to_meet = b.chance_to_meet;
    RC_ASSERT(a == b);
}

using Fact = std::variant<ContactEvent, EncounterEvent>;

/// Anything of the last fifty years.
rc::Gen<std::vector<Fact>> facts() {
    return rc::gen::container<std::vector<Fact>>(rc::gen::exec([]() -> Fact {
        const Instant at = kNow - std::chrono::minutes(*rc::gen::inRange(0, 50 * 365 * 24 * 60));
        const int people = *rc::gen::inRange(2, 12);
        if (*rc::gen::inRange(0, 4) == 0)
            return EncounterEvent{at, std::nullopt, *rc::gen::element(Evidence::claimed, Evidence::handshake),
                                  people};
        return ContactEvent{at, *rc::gen::element(Channel::message, Channel::call, Channel::reaction),
                            *rc::gen::element(Direction::in, Direction::out), people};
    }));
}
void add(TieStrength& sums, const Fact& fact) {
    std::visit([&](const auto& event) { sums.add(event); }, fact);
}
Instant time_of(const Fact& fact) {
    return std::visit(
        [](const auto& event) {
            if constexpr (requires { event.at; })
                return event.at;
            else
                return event.start;
        },
        fact);
}
/// Rounding alone may tell them apart.
void expect_same(const TieStrength& a, const TieStrength& b) {
    RC_ASSERT(a.rhythm().count == b.rhythm().count && a.rhythm().median == b.rhythm().median);
    for (const int half_life : {30, 77, 120, 365, 960})
        RC_ASSERT(std::abs(a.strength(kNow, Days(half_life)) - b.strength(kNow, Days(half_life))) < 1e-9);
    RC_ASSERT(std::abs(a.trust(kNow) - b.trust(kNow)) < 1e-9);
    RC_ASSERT(std::abs(a.chance_to_meet(kNow, Days(30), kNow - days(400)) -
                       b.chance_to_meet(kNow, Days(30), kNow - days(400))) < 1e-9);
}

RC_GTEST_PROP(TieStrength, IsTheSameInAnyOrderAndFromAnyBatches, ()) {
    const auto all = *facts();
    TieStrength at_once;
    TieStrength by_time;
    std::array<TieStrength, 3> batches;
    auto ordered = all;
    std::ranges::stable_sort(ordered, {}, time_of);
    for (const Fact& fact : all) add(at_once, fact);
    for (const Fact& fact : ordered) add(by_time, fact);
    for (const Fact& fact : all) add(batches[*rc::gen::inRange<std::size_t>(0, 3)], fact);
    TieStrength joined;
    for (const TieStrength& batch : batches) joined.add(batch);
    expect_same(at_once, by_time);
    expect_same(at_once, joined);
}

RC_GTEST_PROP(TieStrength, IsWhatTheSumOverAllEventsSays, ()) {
    const auto all = *facts();
    const Days half_life(*rc::gen::element(30, 120, 480));
    TieStrength sums;
    double sum = 0;
    for (const Fact& fact : all) {
        const auto* contact = std::get_if<ContactEvent>(&fact);
        if (contact == nullptr || contact->channel != Channel::message) continue;
        add(sums, fact);
        sum += std::exp2(-(Days(kNow - contact->at) / half_life)) / (contact->people - 1);
    }
    const double expected = std::log1p(sum) / (1 + std::log1p(sum));
    RC_ASSERT(std::abs(sums.strength(kNow, half_life) - expected) < 1e-9);
}

RC_GTEST_PROP(TieStrength, GrowsWithEvidenceAndFadesWithoutIt, ()) {
    TieStrength sums;
    for (const Fact& fact : *facts()) add(sums, fact);
    TieStrength more = sums;
    for (const Fact& fact : *facts()) add(more, fact);
    const Days half_life(*rc::gen::inRange(30, 961));
    RC_ASSERT(more.strength(kNow, half_life) >= sums.strength(kNow, half_life) - 1e-12);
    RC_ASSERT(more.trust(kNow) >= sums.trust(kNow) - 1e-12);
    RC_ASSERT(more.chance_to_meet(kNow, Days(30), kNow) >= sums.chance_to_meet(kNow, Days(30), kNow) - 1e-12);
    const Instant later = kNow + std::chrono::hours(*rc::gen::inRange(1, 24 * 365 * 50));
    const double faded_strength = faded(more.strength(kNow, half_life), later - kNow, half_life);
    RC_ASSERT(std::abs(more.strength(later, half_life) - faded_strength) < 1e-9);
    RC_ASSERT(more.strength(later, half_life) <= more.strength(kNow, half_life));
    RC_ASSERT(more.trust(later) <= more.trust(kNow));
}

TEST(TieStrength, StaysRightOverFiftyYearsOfEveryDay) {
    TieStrength sums;
    const int all = 50 * 365;
    for (int day = all; day >= 0; --day) sums.add(message(days(day), Direction::in));
    for (const double half_life : {30.0, 120.0, 480.0}) {
        const double each = std::exp2(-1 / half_life);
        const double sum = (1 - std::pow(each, all + 1)) / (1 - each);
        EXPECT_NEAR(sums.strength(kNow, Days(half_life)), std::log1p(sum) / (1 + std::log1p(sum)), 1e-11);
    }
    EXPECT_EQ(sums.strength(kNow + days(365 * 200), Days(30)), 0);
}

TEST(Weeks, TellTheMedianGapOfTheLastTwoYearsOrSo) {
    Weeks weeks;
    EXPECT_EQ(weeks.gaps().count, 0);
    for (const int ago : {0, 1, 21, 42, 49, 5'000}) weeks.add(kNow - days(ago));
    EXPECT_EQ(weeks.gaps().count, 3) << "yesterday is the same week, and thirteen years ago is forgotten";
    EXPECT_EQ(weeks.gaps().median, Days(21));
    weeks.add(kNow + days(7 * 200));
    EXPECT_EQ(weeks.gaps().count, 0);
}

TEST(Ties, FadeByTheirOwnRhythm) {
    const auto every = [](int gap, int times, OwnersRhythm owner = {}) {
        TieSums sums(kNow, owner);
        for (int i = 0; i < times; ++i) sums.add(message(days(gap * i), Direction::in));
        return sums.tie();
    };
    EXPECT_DOUBLE_EQ(every(7, 1).half_life.count(), kStrengthHalfLife.count())
        << "nothing is known of their gaps";
    EXPECT_EQ(every(7, 1).gap, std::nullopt);
    EXPECT_EQ(every(63, 9).gap, Days(63));
    EXPECT_LT(every(7, 20).half_life, every(28, 20).half_life);
    EXPECT_NEAR(every(28, 20).half_life.count(), kStrengthHalfLife.count(), 1e-9);
    EXPECT_GT(every(91, 9).half_life, Days(200));
    EXPECT_LT(every(91, 2).half_life, every(91, 9).half_life) << "one gap is hardly a rhythm";
    EXPECT_EQ(strength_half_life(Days(400)), Days(960));
    EXPECT_EQ(strength_half_life(Days(1)), Days(30));
    const OwnersRhythm hermit{200 * std::log(180.0), 200};
    EXPECT_GT(every(7, 1, hermit).half_life, Days(600));
    EXPECT_LT(every(7, 40, hermit).half_life, Days(60));
}

TEST(Ties, TellTheChanceToMeetAsItComesTrue) {
    // 20,000 ties, each with a rate of its own about one meeting in a year, watched for two years and then 30
    // days.
    std::mt19937 random(3);
    std::gamma_distribution<double> rates(0.5, 2.0 / 365);
    std::array<double, 3> expected{};
    std::array<double, 3> came{};
    for (int i = 0; i < 20'000; ++i) {
        const double rate = rates(random);
        TieStrength sums;
        std::exponential_distribution<double> gap(std::max(rate, 1e-9));
        double day = gap(random);
        for (; day < 730; day += gap(random)) {
            const Instant at =
                kNow - days(730) + std::chrono::minutes(static_cast<long>(std::min(day, 730.0) * 1'440));
            sums.add(EncounterEvent{at, std::nullopt, Evidence::imported, 2});
        }
        const double chance = sums.chance_to_meet(kNow, Days(30), kNow - days(730));
        const std::size_t bin = chance < 0.05 ? 0 : chance < 0.15 ? 1 : 2;
        expected[bin] += chance;
        came[bin] += day < 760 ? 1 : 0;
    }
    for (std::size_t bin = 0; bin < 3; ++bin) {
        ASSERT_GT(came[bin], 50);
        EXPECT_NEAR(expected[bin] / came[bin], 1, 0.25) << bin;
    }
}

}  // namespace
}  // namespace vv::core
