#include "core/check_ins.h"

#include "core/circles.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");
constexpr LatLng kBerlin{52.521, 13.411};

CheckIn here(bool exact, LatLng at = kBerlin) {
    CheckIn wanted;
    wanted.place = "Café Luna";
    wanted.at = at;
    wanted.is_exact = exact;
    return wanted;
}

FreeWindow window(LatLng at, int radius, std::optional<MeetingKind> kind, int from = 17, int to = 20) {
    FreeWindow made;
    made.when = {kNow + hours(24 + from), kNow + hours(24 + to)};
    made.at = at;
    made.radius_km = radius;
    made.kind = kind;
    return made;
}

TEST(CheckIns, ThatAreCoarseTellNothingOfTheExactPlace) {
    const auto one = make_check_in(here(false), minutes(60), kNow);
    const auto other = make_check_in(here(false, {52.599, 13.499}), minutes(60), kNow);
    ASSERT_TRUE(one && other);
    EXPECT_EQ(one->at, other->at);
    EXPECT_EQ(one->place, other->place);
    EXPECT_EQ(one->place, "Berlin");
    EXPECT_EQ(one->until, kNow + hours(1));
}

TEST(CheckIns, ThatAreExactHaveAName) {
    EXPECT_EQ(make_check_in(here(true), minutes(60), kNow)->at, kBerlin);
    EXPECT_EQ(make_check_in(here(true), minutes(60), kNow)->place, "Café Luna");
    CheckIn nameless = here(true);
    nameless.place = " ";
    EXPECT_EQ(make_check_in(nameless, minutes(60), kNow).error().code, "check_in.place");
}

TEST(CheckIns, LastAQuarterOfAnHourToEightHours) {
    EXPECT_EQ(make_check_in(here(false), minutes(14), kNow).error().code, "check_in.minutes");
    EXPECT_EQ(make_check_in(here(false), minutes(481), kNow).error().code, "check_in.minutes");
    EXPECT_EQ(make_check_in(here(false, {91, 0}), minutes(60), kNow).error().code, "check_in.place");
}

TEST(Near, IsTheSameCellOrOneBesideIt) {
    EXPECT_TRUE(are_near({52.51, 13.41}, {52.59, 13.49}));
    EXPECT_TRUE(are_near({52.51, 13.41}, {52.61, 13.31}));
    EXPECT_FALSE(are_near({52.51, 13.41}, {52.71, 13.41}));
    EXPECT_FALSE(are_near({52.51, 13.41}, {52.51, 13.61}));
    EXPECT_TRUE(are_near({0, 179.99}, {0, -179.99}));
    // Whatever the place within a cell, the answer is the cell's.
    for (double d = 0.001; d < 0.1; d += 0.007) EXPECT_TRUE(are_near({52.5 + d, 13.4 + d}, {52.65, 13.35}));
}

TEST(FreeWindows, AreKeptByCell) {
    const auto made = make_free_window(window(kBerlin, 3, MeetingKind::walk), kNow);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->at, snap_to_cell(kBerlin));
    EXPECT_EQ(made->place, "Berlin");
}

TEST(FreeWindows, ThatMakeNoSenseAreInvalid) {
    const auto code = [](FreeWindow wanted) { return make_free_window(wanted, kNow).error().code; };
    EXPECT_EQ(code(window(kBerlin, 0, {})), "free_to_meet.radius");
    EXPECT_EQ(code(window(kBerlin, 51, {})), "free_to_meet.radius");
    EXPECT_EQ(code(window({91, 0}, 3, {})), "free_to_meet.place");
    EXPECT_EQ(code(window(kBerlin, 3, {}, 20, 17)), "free_to_meet.when");
    EXPECT_EQ(code(window(kBerlin, 3, {}, -26, -24)), "free_to_meet.when");
    EXPECT_EQ(code(window(kBerlin, 3, {}, 17, 42)), "free_to_meet.when");
    EXPECT_EQ(code(window(kBerlin, 3, {}, 24 * 70, 24 * 70 + 2)), "free_to_meet.when");
}

TEST(FreeWindows, OverlapForHalfAnHourAtLeast) {
    const auto a = window(kBerlin, 3, {}, 17, 20), b = window(kBerlin, 3, {}, 19, 22),
               c = window(kBerlin, 3, {}, 20, 22);
    ASSERT_TRUE(overlap(a, b));
    EXPECT_EQ(overlap(a, b)->start, b.when.start);
    EXPECT_EQ(overlap(a, b)->end, a.when.end);
    EXPECT_FALSE(overlap(a, c));
}

TEST(FreeWindows, OverlapWhenTheKindsSuit) {
    const auto walk = window(kBerlin, 3, MeetingKind::walk), coffee = window(kBerlin, 3, MeetingKind::coffee),
               any = window(kBerlin, 3, {});
    EXPECT_FALSE(overlap(walk, coffee));
    EXPECT_TRUE(overlap(walk, walk));
    EXPECT_TRUE(overlap(walk, any));
}

TEST(FreeWindows, OverlapByCellsAlone) {
    const auto near = window({52.51, 13.41}, 3, {}), beside = window({52.61, 13.41}, 3, {}),
               beside_wide = window({52.61, 13.41}, 9, {});
    EXPECT_TRUE(overlap(near, window({52.599, 13.499}, 3, {})));
    EXPECT_FALSE(overlap(near, beside));
    EXPECT_TRUE(overlap(near, beside_wide));
    // Moving about within one's cell changes nothing.
    for (double d = 0.001; d < 0.1; d += 0.009) {
        EXPECT_FALSE(overlap(window({52.5 + d, 13.4 + d}, 3, {}), beside));
        EXPECT_TRUE(overlap(window({52.5 + d, 13.4 + d}, 3, {}), beside_wide));
    }
}

TEST(Circles, HoldByRelationByListAndOneByOne) {
    Circles circles;
    circles.relations = {Relation::friend_};
    circles.lists = {{7}};
    circles.people = {{9}};
    EXPECT_TRUE(holds(circles, {{1}, Relation::friend_, {}}));
    EXPECT_TRUE(holds(circles, {{1}, Relation::stranger, {{6}, {7}}}));
    EXPECT_TRUE(holds(circles, {{9}, Relation::stranger, {}}));
    EXPECT_FALSE(holds(circles, {{1}, Relation::colleague, {{6}}}));
}

TEST(Circles, AreTidiedAndLimited) {
    Circles circles;
    EXPECT_EQ(tidy(circles).error().code, "circles.empty");
    circles.people = {{2}, {1}, {2}};
    EXPECT_EQ(tidy(circles)->people, (std::vector<PersonId>{{1}, {2}}));
    for (int i = 0; i < 300; ++i) circles.people.push_back({i + 10});
    EXPECT_EQ(tidy(circles).error().code, "circles.many");
}

}  // namespace
}  // namespace vv::core
