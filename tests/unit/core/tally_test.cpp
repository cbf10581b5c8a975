#include "core/tally.h"

#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

using namespace std::chrono_literals;

const Zone kToronto = *Zone::find("America/Toronto");

Met met(std::int64_t person, Instant start, Evidence evidence = Evidence::imported,
        std::optional<Instant> first = std::nullopt) {
    return {PersonId{person}, Relation::colleague, evidence, start, first ? first : start};
}
Instant at(const char* text) {
    return *parse_rfc3339(text);
}

TEST(TallyOf, CountsPeopleOnceUnderTheirBestEvidenceAndFirstMonth) {
    const std::vector all{met(1, at("2026-05-02T12:00:00Z")), met(1, at("2026-02-02T12:00:00Z")),
                          met(1, at("2026-09-02T12:00:00Z"), Evidence::handshake),
                          met(2, at("2026-03-01T03:00:00Z"), Evidence::claimed, at("2020-01-01T00:00:00Z"))};
    const Tally t =
        tally_of(2026, {all, 4, {}}, YearGoal{60, {}, {}, {}}, at("2026-07-02T16:00:00Z"), kToronto);
    EXPECT_EQ(t.met, 2);
    EXPECT_EQ(t.first_meetings, 1);
    EXPECT_EQ(t.encounters, 4);
    EXPECT_EQ(t.expected_by_now, 30.0);  // the year's middle
    EXPECT_EQ(t.by_evidence, (std::map<Evidence, int>{{Evidence::claimed, 1}, {Evidence::handshake, 1}}));
    EXPECT_EQ(t.by_month[1], 2);  // 1 March at three in the morning UTC is February in Toronto
    EXPECT_EQ(t.by_relation, (std::map<Relation, int>{{Relation::colleague, 2}}));
}

TEST(TallyOf, ExpectsAllOfAPastYearAndNothingOfAFutureOne) {
    EXPECT_EQ(
        tally_of(2025, {}, YearGoal{12, {}, {}, {}}, at("2026-07-02T16:00:00Z"), kToronto).expected_by_now,
        12.0);
    EXPECT_EQ(
        tally_of(2027, {}, YearGoal{12, {}, {}, {}}, at("2026-07-02T16:00:00Z"), kToronto).expected_by_now,
        0.0);
    EXPECT_EQ(tally_of(2026, {}, std::nullopt, at("2026-07-02T16:00:00Z"), kToronto).expected_by_now,
              std::nullopt);
}

RC_GTEST_PROP(TallyOf, BreaksDownThePeopleMet, (std::vector<std::pair<std::uint8_t, std::uint8_t>> seeds)) {
    std::vector<Met> all;
    for (const auto& [person, day] : seeds)
        all.push_back(met(person % 20, at("2026-01-01T12:00:00Z") + std::chrono::days(day),
                          static_cast<Evidence>(day % 4)));
    const Tally t = tally_of(2026, {all, static_cast<int>(all.size()), {}}, std::nullopt,
                             at("2026-12-31T12:00:00Z"), kToronto);
    const auto sum = [](const auto& counts) {
        return std::accumulate(counts.begin(), counts.end(), 0,
                               [](int n, const auto& kv) { return n + kv.second; });
    };
    RC_ASSERT(sum(t.by_relation) == t.met);
    RC_ASSERT(sum(t.by_evidence) == t.met);
    RC_ASSERT(std::accumulate(t.by_month.begin(), t.by_month.end(), 0) == t.met);
    RC_ASSERT(t.first_meetings <= t.met && t.met <= t.encounters);
}

TEST(TallyOf, LooksAheadByWhatIsPlannedAndByThePace) {
    const std::vector all{met(1, at("2026-02-02T12:00:00Z")), met(2, at("2026-03-02T12:00:00Z"))};
    const std::vector planned{PersonId{2}, PersonId{3}, PersonId{3}};
    const Tally early = tally_of(2026, {all, 2, planned}, std::nullopt, at("2026-01-20T12:00:00Z"), kToronto);
    EXPECT_EQ(early.outlook, (Outlook{1, std::nullopt}));
    const Tally middle =
        tally_of(2026, {all, 2, planned}, std::nullopt, at("2026-07-02T16:00:00Z"), kToronto);
    EXPECT_EQ(middle.outlook, (Outlook{1, 4}));
    const Tally late = tally_of(2026, {all, 2, planned}, std::nullopt, at("2026-12-20T12:00:00Z"), kToronto);
    EXPECT_EQ(late.outlook, (Outlook{1, 3}));
    const Tally over = tally_of(2026, {all, 2, {}}, std::nullopt, at("2027-01-20T12:00:00Z"), kToronto);
    EXPECT_EQ(over.outlook, Outlook{});
}

}  // namespace
}  // namespace vv::core
