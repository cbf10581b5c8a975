#include "core/ties.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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
    RC_ASSERT(std::abs(faded(a.strength, later, kStrengthHalfLife) - b.strength) < 1e-9);
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
    a.trust = b.trust;
    a.strength = b.strength;
    RC_ASSERT(a == b);
}

}  // namespace
}  // namespace vv::core
