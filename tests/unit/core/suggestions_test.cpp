#include "core/suggestions.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");
const LatLng kToronto{43.65, -79.38};

Occasion in_toronto() {
    return {kNow, *Zone::find("America/Toronto"), kToronto, "you"};
}

Instant days_ago(int days) {
    return kNow - std::chrono::days(days);
}

Candidate online_friend() {
    Candidate c;
    c.person = {7};
    c.name = "Ann Lee";
    c.known_since = *parse_rfc3339("2009-03-05T10:00:00Z");
    c.last_contact = days_ago(3);
    c.contacts_in = 10;
    c.contacts_out = 12;
    c.contacts_year = 14;
    return c;
}

const Reason* find(const Suggestion& s, std::string_view kind) {
    for (const Reason& r : s.reasons)
        if (r.kind == kind) return &r;
    return nullptr;
}

TEST(Suggest, SaysSinceWhenSomeoneIsKnownAndNeverMet) {
    const Suggestion s = suggest(online_friend(), in_toronto());
    ASSERT_TRUE(find(s, "never_met"));
    EXPECT_EQ(find(s, "never_met")->text, "Known since March 2009, never met");
    EXPECT_EQ(find(s, "answers")->text, "In touch 14 times in the past year");
    EXPECT_EQ(s.idea, MeetingIdea::coffee);
}

TEST(Suggest, PrefersTheNearerOfTwoAlike) {
    Candidate near = online_friend();
    near.at = LatLng{43.66, -79.39};
    Candidate far = online_friend();
    far.person = {8};
    far.at = LatLng{55.95, -3.19};
    const auto ranked = rank(std::vector{far, near}, in_toronto(), 2);
    ASSERT_EQ(ranked.size(), 2U);
    EXPECT_EQ(ranked[0].person.value, 7);
    EXPECT_LT(*ranked[0].distance_km, 3);
    EXPECT_GT(*ranked[1].distance_km, 5000);
}

TEST(Suggest, LetsSomeoneSeenYesterdayRest) {
    Candidate seen = online_friend();
    seen.encounters = 5;
    seen.first_met = days_ago(400);
    seen.last_met = days_ago(1);
    Candidate due = seen;
    due.last_met = days_ago(300);
    EXPECT_LT(suggest(seen, in_toronto()).score, suggest(due, in_toronto()).score);
    EXPECT_TRUE(find(suggest(seen, in_toronto()), "seen_lately"));
    EXPECT_TRUE(find(suggest(due, in_toronto()), "due"));
}

TEST(Suggest, MeasuresSilenceByTheTiesOwnRhythm) {
    Candidate usual = online_friend();
    usual.last_contact = days_ago(60);
    Candidate weekly = usual;
    weekly.usual_gap = Days(7);
    Candidate seldom = usual;
    seldom.usual_gap = Days(91);
    const auto silence = [](const Candidate& c) { return find(suggest(c, in_toronto()), "silence")->weight; };
    EXPECT_LT(silence(weekly), silence(usual));
    EXPECT_LT(silence(usual), silence(seldom));
    EXPECT_EQ(find(suggest(weekly, in_toronto()), "silence")->text,
              "Last in touch September 2026; usually about every 7 days");
}

Candidate arbitrary(bool met) {
    Candidate c = online_friend();
    c.relation = static_cast<Relation>(*rc::gen::inRange(0, 7));
    c.contacts_in = *rc::gen::inRange(0, 50);
    c.contacts_out = *rc::gen::inRange(0, 50);
    c.contacts_year = *rc::gen::inRange(0, 50);
    c.stayed_away = *rc::gen::arbitrary<bool>();
    c.last_contact = days_ago(*rc::gen::inRange(0, 4000));
    c.known_since = days_ago(*rc::gen::inRange(4000, 9000));
    if (*rc::gen::arbitrary<bool>())
        c.at = LatLng{*rc::gen::inRange(-90, 90) * 1.0, *rc::gen::inRange(-180, 180) * 1.0};
    if (*rc::gen::arbitrary<bool>()) c.usual_gap = Days(*rc::gen::inRange(7, 225));
    if (met) {
        c.encounters = *rc::gen::inRange(1, 40);
        c.last_met = days_ago(*rc::gen::inRange(0, 2000));
        c.first_met = *c.last_met - std::chrono::days(*rc::gen::inRange(0, 2000));
    }
    return c;
}

// Known by up to thirty others, who let that be told.
Candidate arbitrary_known() {
    Candidate c = arbitrary(*rc::gen::arbitrary<bool>());
    for (int i = *rc::gen::inRange(0, 30); i > 0; --i) c.known_by.push_back("Person " + std::to_string(i));
    return c;
}

RC_GTEST_PROP(Suggest, TheReasonsAreTheScore, ()) {
    const Suggestion s = suggest(arbitrary_known(), in_toronto());
    double sum = std::log(s.score);
    for (const Reason& r : s.reasons) sum -= r.weight;
    RC_ASSERT(std::abs(sum + 2.2) < 1e-9);
    for (std::size_t i = 1; i < s.reasons.size(); ++i)
        RC_ASSERT(s.reasons[i - 1].weight >= s.reasons[i].weight);
}

// Takes away one fact at a time: its reason goes, the others stay as they are, and the score falls by what
// the reason said.
RC_GTEST_PROP(Suggest, AReasonsWeightIsWhatItsFactIsWorth, ()) {
    const Candidate whole = arbitrary_known();
    using Without = std::function<void(Candidate&, Occasion&)>;
    const std::vector<std::pair<std::string, Without>> facts{
        {"answers", [](Candidate& c, Occasion&) { c.contacts_year = 0; }},
        {"stayed_away", [](Candidate& c, Occasion&) { c.stayed_away = false; }},
        {"mutual_ties", [](Candidate& c, Occasion&) { c.known_by.clear(); }},
        {"both_ways", [](Candidate& c, Occasion&) { c.contacts_in = 0; }},
        {"silence", [](Candidate& c, Occasion&) { c.last_contact.reset(); }},
        {"due", [](Candidate& c, Occasion&) { c.last_met.reset(); }},
        {"seen_lately", [](Candidate& c, Occasion&) { c.last_met.reset(); }},
        {"relation", [](Candidate& c, Occasion&) { c.relation = Relation::acquaintance; }},
        {"distance", [](Candidate&, Occasion& o) { o.near.reset(); }},
        {"place_unknown", [](Candidate&, Occasion& o) { o.near.reset(); }},
    };
    const Suggestion all = suggest(whole, in_toronto());
    for (const auto& [kind, take_away] : facts) {
        const Reason* reason = find(all, kind);
        if (reason == nullptr) continue;
        Candidate less = whole;
        Occasion occasion = in_toronto();
        take_away(less, occasion);
        const Suggestion rest = suggest(less, occasion);
        RC_ASSERT(find(rest, kind) == nullptr);
        RC_ASSERT(rest.reasons.size() + 1 == all.reasons.size());
        RC_ASSERT(std::abs(std::log(all.score) - std::log(rest.score) - reason->weight) < 1e-9);
        for (const Reason& other : rest.reasons) RC_ASSERT(find(all, other.kind)->weight == other.weight);
    }
}

TEST(Suggest, NamesTwoOfThoseWhoKnowThemAndCountsTheRest) {
    Candidate c = online_friend();
    EXPECT_EQ(find(suggest(c, in_toronto()), "mutual_ties"), nullptr);
    const auto text = [&](std::vector<std::string> names) {
        c.known_by = std::move(names);
        return find(suggest(c, in_toronto()), "mutual_ties")->text;
    };
    EXPECT_EQ(text({"Ben Ode"}), "Ben Ode knows them too");
    EXPECT_EQ(text({"Ben Ode", "Dee Ray"}), "Ben Ode and Dee Ray know them too");
    EXPECT_EQ(text({"Ben Ode", "Dee Ray", "Eli Poe"}),
              "Ben Ode, Dee Ray and 1 other of your people know them too");
    EXPECT_EQ(text({"Ben Ode", "Dee Ray", "Eli Poe", "Flo Tan"}),
              "Ben Ode, Dee Ray and 2 others of your people know them too");
}

TEST(Suggest, CountsWhoKnowsThemWithDiminishingReturns) {
    const auto weight = [](std::size_t count) {
        Candidate c = online_friend();
        c.known_by.assign(count, "Somebody");
        return find(suggest(c, in_toronto()), "mutual_ties")->weight;
    };
    EXPECT_NEAR(weight(1), 0.3 * std::log(2), 1e-12);
    EXPECT_LT(weight(2), 2 * weight(1));
    EXPECT_EQ(weight(500), 0.9);
}

TEST(Shelves, TellFirstMeetingsFromDormantAndStrongTies) {
    Candidate c = online_friend();
    c.last_contact = days_ago(100);
    EXPECT_EQ(shelf_of(c, kNow), Shelf::first);
    c.encounters = 1;
    c.last_met = days_ago(700);
    EXPECT_EQ(shelf_of(c, kNow), Shelf::dormant);
    EXPECT_EQ(suggest(c, in_toronto()).shelf, Shelf::dormant);
    c.usual_gap = Days(90);
    EXPECT_EQ(shelf_of(c, kNow), Shelf::strong) << "three months are nothing between these two";
    c.usual_gap.reset();
    c.last_met = days_ago(30);
    EXPECT_EQ(shelf_of(c, kNow), Shelf::strong) << "who met is in touch";
    for (const Shelf shelf : {Shelf::first, Shelf::dormant, Shelf::strong})
        EXPECT_EQ(parse_shelf(to_string(shelf)), shelf);
    EXPECT_FALSE(parse_shelf("second"));
}

RC_GTEST_PROP(UtilityBound, IsNeverPassedNowOrLater, ()) {
    const Candidate c = arbitrary(*rc::gen::arbitrary<bool>());
    Occasion later = in_toronto();
    later.now += std::chrono::days(*rc::gen::inRange(0, 3000));
    RC_ASSERT(std::log(suggest(c, later).score) <= utility_bound(c, kNow) + 1e-9);
}

// Of the silent it is the score itself; of the others an upper bound.
RC_GTEST_PROP(BoundNow, IsTheScoreOfWhoWasNeverInTouch, ()) {
    Candidate c = arbitrary(*rc::gen::arbitrary<bool>());
    if (*rc::gen::arbitrary<bool>()) c.last_contact.reset(), c.contacts_year = c.contacts_in = 0;
    if (*rc::gen::inRange(0, 5) == 0) c.known_since.reset();
    Occasion later = in_toronto();
    later.now += std::chrono::days(*rc::gen::inRange(0, 3000));
    later.near.reset();
    const double score = std::log(suggest(c, later).score);
    const double bound = bound_now(utility_bound(c, kNow), footing_of(c), c.relation, later.now);
    RC_ASSERT(score <= bound + 1e-12);
    const bool is_exact = footing_of(c) == Footing::silent && !c.stayed_away;
    if (is_exact) RC_ASSERT(std::abs(score - bound) < 1e-12);
    later.near = kToronto;
    const std::optional<double> km = c.at ? std::optional(distance_km(*c.at, kToronto)) : std::nullopt;
    RC_ASSERT(std::abs(std::log(suggest(c, later).score) - score - way_weight(km)) < 1e-12);
}

RC_GTEST_PROP(UtilityBound, HoldsForWhoIsKnownSinceAfterTheLastContact, ()) {
    Candidate c = arbitrary(false);
    c.known_since = days_ago(*rc::gen::inRange(-500, 3000));
    c.last_contact = days_ago(*rc::gen::inRange(-500, 4000));
    c.usual_gap = Days(*rc::gen::inRange(1, 900));
    Occasion later = in_toronto();
    later.now += std::chrono::days(*rc::gen::inRange(0, 9000));
    RC_ASSERT(std::log(suggest(c, later).score) <= utility_bound(c, kNow) + 1e-9);
}

RC_GTEST_PROP(Rank, DoesNotDependOnTheOrderGiven, ()) {
    std::vector<Candidate> all;
    for (int i = 1; i < 20; ++i) {
        all.push_back(arbitrary(i % 2 == 0));
        all.back().person = {i};
    }
    const auto forward = rank(all, in_toronto(), 5);
    std::ranges::reverse(all);
    const auto backward = rank(all, in_toronto(), 5);
    for (std::size_t i = 0; i < 5; ++i) RC_ASSERT(forward[i].person == backward[i].person);
}

// Takes the reason away: what is left is the score before.
RC_GTEST_PROP(Vary, StandingBackIsAReasonOfItsWeight, ()) {
    std::vector<Candidate> all;
    for (int i = 1; i < 25; ++i) {
        all.push_back(arbitrary(i % 2 == 0));
        all.back().person = {i};
        all.back().organisation =
            std::vector{"", "Acme", " acme", "Borealis"}[static_cast<std::size_t>(i % 4)];
    }
    const auto ranked = rank(all, in_toronto(), 20);
    const auto varied = vary(ranked, all, 10);
    RC_ASSERT(varied.size() == 10);
    RC_ASSERT(varied.front().person == ranked.front().person);
    for (std::size_t i = 0; i < varied.size(); ++i) {
        double sum = std::log(varied[i].score) + 2.2;
        for (const Reason& reason : varied[i].reasons) sum -= reason.weight;
        RC_ASSERT(std::abs(sum) < 1e-9);
        RC_ASSERT(std::ranges::is_sorted(varied[i].reasons, std::ranges::greater{}, &Reason::weight));
        const auto plain = std::ranges::find(ranked, varied[i].person, &Suggestion::person);
        const Reason* back = find(varied[i], "variety");
        RC_ASSERT(std::abs(std::log(varied[i].score / plain->score) - (back ? back->weight : 0)) < 1e-9);
        if (i > 0) RC_ASSERT(varied[i - 1].score >= varied[i].score);
    }
}

TEST(Vary, LetsSomebodyElseInBetween) {
    std::vector<Candidate> all;
    for (int i = 1; i <= 4; ++i) {
        all.push_back(online_friend());
        all.back().person = {i};
        all.back().organisation = i < 4 ? "Acme" : "Borealis";
        all.back().contacts_year = 14 - i;
    }
    const auto varied = vary(rank(all, in_toronto(), 4), all, 4);
    std::vector<std::int64_t> order;
    for (const Suggestion& one : varied) order.push_back(one.person.value);
    EXPECT_EQ(order, (std::vector<std::int64_t>{1, 4, 2, 3}));
    EXPECT_FALSE(find(varied[1], "variety"));
    EXPECT_EQ(find(varied[2], "variety")->text, "Somebody else at Acme comes before");
    EXPECT_EQ(find(varied[3], "variety")->text, "2 others at Acme come before");
}

TEST(ShownAgain, CountsADayOnceAndStartsAnewAfterContact) {
    const Zone zone = *Zone::find("America/Toronto");
    Candidate c = online_friend();
    Shown shown = shown_again({}, c, kNow, zone);
    EXPECT_EQ(shown.times, 1);
    EXPECT_EQ(shown_again(shown, c, kNow + std::chrono::hours(3), zone).times, 1);
    shown = shown_again(shown, c, kNow + std::chrono::hours(30), zone);
    EXPECT_EQ(shown.times, 2);
    c.last_contact = kNow + std::chrono::hours(40);
    EXPECT_EQ(shown_again(shown, c, kNow + std::chrono::hours(60), zone).times, 1);
}

TEST(FreeHour, AvoidsWhatIsTakenAndTheWeekend) {
    const Zone zone = *Zone::find("America/Toronto");
    const Date from = *parse_date("2026-11-20");  // a Friday
    const Date to = *parse_date("2026-11-30");
    const auto monday = free_hour(MeetingIdea::coffee, from, to, {}, zone, kNow);
    ASSERT_TRUE(monday);
    EXPECT_EQ(format_rfc3339(monday->start), "2026-11-23T20:00:00Z");
    const std::vector<Span> busy{
        {monday->start - std::chrono::hours(2), monday->start - std::chrono::minutes(10)}};
    EXPECT_EQ(format_rfc3339(free_hour(MeetingIdea::coffee, from, to, busy, zone, kNow)->start),
              "2026-11-24T20:00:00Z");
    EXPECT_FALSE(free_hour(MeetingIdea::coffee, from, from, {}, zone, kNow));
}

TEST(FirstMessage, ClaimsNothingOfWhoWasOnlyWrittenDown) {
    Candidate uncle;
    uncle.name = "Uncle Bob";
    EXPECT_EQ(first_message(uncle, MeetingIdea::coffee, {}, in_toronto()),
              "Hello Uncle Bob, I would like to see you face to face. Shall we have a coffee?");
    uncle.name = "Dr. Osei";
    EXPECT_THAT(first_message(uncle, MeetingIdea::walk, {}, in_toronto()),
                testing::StartsWith("Hello Dr. Osei, "));
}

TEST(FirstMessage, IsShortAndNamesTheTime) {
    const Span when{*parse_rfc3339("2026-11-23T20:00:00Z"), *parse_rfc3339("2026-11-23T21:00:00Z")};
    EXPECT_EQ(first_message(online_friend(), MeetingIdea::coffee, when, in_toronto()),
              "Hello Ann, we have known each other online since March 2009 and have never met. Shall we have "
              "a coffee, perhaps on "
              "Monday 23 November at 15:00?");
}

}  // namespace
}  // namespace vv::core
