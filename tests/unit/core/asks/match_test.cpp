#include "core/asks/match.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core::asks {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");
const LatLng kLyon{45.75, 4.85};

Ask ask_for(std::string_view text) {
    return *read_ask(text, *parse_date("2026-11-20"));
}

Matcher matcher(const Ask& ask, std::optional<LatLng> home = std::nullopt) {
    return {ask, kNow, Zone(), home};
}

Known known(const std::string& title, std::int64_t id = 7) {
    Known k;
    k.person = {id};
    k.name = "Ann Lee";
    k.title = title;
    k.organisation = "Blue Heron";
    k.words = "blue heron";
    k.encounters = 2;
    k.contacts_in = 10;
    k.contacts_out = 12;
    k.last_contact = kNow - std::chrono::days(10);
    k.last_met = kNow - std::chrono::days(100);
    k.trust = 0.3;
    return k;
}

double fit(std::string_view text, const std::string& title) {
    auto m = matcher(ask_for(text));
    const auto match = m.judge(known(title), {});
    return match ? match->fit : 0;
}

const Reason* find(const Match& match, std::string_view kind) {
    for (const Reason& reason : match.reasons)
        if (reason.kind == kind) return &reason;
    return nullptr;
}

TEST(MatchAsk, GradesTitles) {
    EXPECT_DOUBLE_EQ(fit("a nurse", "Staff nurse"), 1);
    EXPECT_GT(fit("a nurse", "Nurse"), fit("a nurse", "Midwife"));
    EXPECT_GT(fit("a nurse", "Midwife"), fit("a nurse", "Surgeon"));
    EXPECT_GT(fit("a nurse", "Surgeon"), 0);
    EXPECT_EQ(fit("a nurse", "Carpenter"), 0);
}

TEST(MatchAsk, KnowsWhatTitlesHaveInCommon) {
    for (const char* title :
         {"CEO", "Chief Executive Officer", "Managing Director", "CEO & Founder", "President"})
        EXPECT_GT(fit("a chief executive", title), 0.85) << title;
    for (const char* title :
         {"CFO", "Head of Finance", "Director, Finance", "VP Finance", "Finance Director"})
        EXPECT_GT(fit("a head of finance", title), 0.85) << title;
    EXPECT_LT(fit("a head of finance", "Accountant"), 0.5);
    for (const char* title : {"Civil Engineer", "Electrical engineer", "Software Engineer"})
        EXPECT_GT(fit("an engineer", title), 0.85) << title;
    for (const char* title : {"Lecturer", "Associate Professor", "Postdoc"})
        EXPECT_GT(fit("an academic", title), 0.85) << title;
}

TEST(MatchAsk, LetsThePurposeSayWhichEngineer) {
    EXPECT_GT(fit("an engineer to look over our software", "Software Engineer"),
              fit("an engineer to look over our software", "Civil Engineer"));
}

TEST(MatchAsk, FindsATradeInNotesButNotInAName) {
    auto m = matcher(ask_for("a cook"));
    Known k = known("");
    EXPECT_FALSE(m.judge(k, {}));
    k.own = "a wonderful cook";
    ASSERT_TRUE(m.judge(k, {}));
    EXPECT_TRUE(find(*m.judge(k, {}), "noted"));
    k.name = "Ann Cook";
    EXPECT_FALSE(m.judge(k, {}));
}

TEST(MatchAsk, FindsUnknownTradesByTheirWords) {
    auto m = matcher(ask_for("a falconer"));
    Known k = known("Falconer");
    k.words = "falconer blue heron";
    EXPECT_TRUE(m.judge(k, {}));
    EXPECT_FALSE(m.judge(known("Nurse"), {}));
}

TEST(MatchAsk, PutsTopicsEmployersAndRelationsIntoTheFit) {
    auto topic = matcher(ask_for("a journalist who writes about whales"));
    Known k = known("Journalist");
    const double without = topic.judge(k, {})->fit;
    k.own = "whales";
    EXPECT_GT(topic.judge(k, {})->fit, without);
    auto employer = matcher(ask_for("a journalist at Blue Heron"));
    k.organisation = "Blue Heron Ltd";
    const double there = employer.judge(k, {})->fit;
    k.organisation = "Acme";
    EXPECT_LT(employer.judge(k, {})->fit, there);
    auto friends = matcher(ask_for("a friend"));
    EXPECT_FALSE(friends.judge(k, {}));
    k.relation = Relation::friend_;
    EXPECT_TRUE(friends.judge(k, {}));
}

TEST(MatchAsk, PrefersWhoIsThereToWhoMayBeToWhoIsNot) {
    auto m = matcher(ask_for("a nurse in Lyon"));
    Known there = known("Nurse"), unknown = known("Nurse"), far = known("Nurse");
    there.at = kLyon;
    far.at = LatLng{48.85, 2.35};
    Evidence met;
    met.met_there = 3;
    EXPECT_GT(m.judge(there, {})->score, m.judge(unknown, met)->score);
    EXPECT_GT(m.judge(unknown, met)->score, m.judge(unknown, {})->score);
    EXPECT_GT(m.judge(unknown, {})->score, m.judge(far, {})->score);
    Evidence abroad;
    abroad.phone_regions = {"JP"};
    EXPECT_LT(m.judge(unknown, abroad)->score, m.judge(unknown, {})->score);
}

TEST(MatchAsk, PrefersTheNearerOfTwoAlike) {
    auto m = matcher(ask_for("a nurse"));
    Known close = known("Nurse"), stranger = known("Nurse");
    stranger.encounters = stranger.contacts_in = stranger.contacts_out = 0;
    stranger.last_met = stranger.last_contact = std::nullopt;
    stranger.trust = 0;
    EXPECT_GT(m.judge(close, {})->score, m.judge(stranger, {})->score);
    Evidence often;
    often.asked = 3;
    EXPECT_LT(m.judge(close, often)->score, m.judge(close, {})->score);
    Evidence broken;
    broken.missed = 2;
    EXPECT_LT(m.judge(close, broken)->score, m.judge(close, {})->score);
    Evidence hearsay;
    hearsay.is_own_word = false;
    EXPECT_LT(m.judge(close, hearsay)->score, m.judge(close, {})->score);
}

rc::Gen<Known> anybody() {
    return rc::gen::exec([] {
        Known k = known(*rc::gen::element<std::string>("Nurse", "Midwife", "Surgeon", "Head of Nursing", ""));
        k.encounters = *rc::gen::inRange(0, 200);
        k.contacts_in = *rc::gen::inRange(0, 5'000);
        k.contacts_out = *rc::gen::inRange(0, 5'000);
        k.trust = *rc::gen::inRange(0, 999) / 1'000.0;
        k.last_contact = kNow - std::chrono::days(*rc::gen::inRange(0, 4'000));
        if (*rc::gen::arbitrary<bool>()) k.at = LatLng{45.0 + *rc::gen::inRange(0, 40) / 10.0, 4.85};
        k.own = *rc::gen::element<std::string>("", "nights", "a nurse of the night shift");
        return k;
    });
}

rc::Gen<Evidence> any_evidence() {
    return rc::gen::exec([] {
        Evidence e;
        e.is_own_word = *rc::gen::arbitrary<bool>();
        e.met_there = *rc::gen::inRange(0, 50);
        e.met_elsewhere = *rc::gen::inRange(0, 50);
        e.asked = *rc::gen::inRange(0, 20);
        e.kept = *rc::gen::inRange(0, 20);
        e.missed = *rc::gen::inRange(0, 20);
        if (*rc::gen::arbitrary<bool>()) e.phone_regions = {*rc::gen::element<std::string>("FR", "CA")};
        return e;
    });
}

RC_GTEST_PROP(MatchAsk, IsTheSumOfItsReasons, ()) {
    auto m = matcher(ask_for("a nurse in Lyon who works nights"), kLyon);
    const auto match = m.judge(*anybody(), *any_evidence());
    if (!match) return;
    double sum = 0;
    for (const Reason& reason : match->reasons) sum += reason.weight;
    auto bare = matcher(ask_for("a nurse in Lyon who works nights"), kLyon);
    Known nobody = known("Staff nurse");
    nobody.encounters = nobody.contacts_in = nobody.contacts_out = 0;
    nobody.trust = 0;
    nobody.at = kLyon;
    nobody.last_contact = nobody.last_met = std::nullopt;
    const double constant = std::log(bare.judge(nobody, {})->score);  // no reason of hers weighs anything
    RC_ASSERT(std::abs(std::log(match->score) - constant - sum) < 1e-9);
    RC_ASSERT(match->fit > 0 && match->fit <= 1 + 1e-12);
    RC_ASSERT(match->warmth > 0 && match->warmth <= 1 + 1e-12);
}

RC_GTEST_PROP(MatchAsk, IsNeverAboveItsBound, ()) {
    auto m = matcher(ask_for("a nurse in Lyon who works nights"), kLyon);
    const Known k = *anybody();
    const auto bound = m.bound(k);
    const auto match = m.judge(k, *any_evidence());
    RC_ASSERT(bound.has_value() == match.has_value());
    if (!match) return;
    RC_ASSERT(std::log(match->score) <= *bound + 1e-9);
    RC_ASSERT(*bound <= warmth_bound(k, kNow) + 1e-9);
    // What is stored today holds for every later day.
    RC_ASSERT(warmth_bound(k, kNow + std::chrono::days(30)) <= warmth_bound(k, kNow) + 1e-9);
}

TEST(MatchAsk, SearchesForEveryNameOfWhatIsWanted) {
    const auto m = matcher(ask_for("a chief executive"));
    const auto words = m.words(Reach::close);
    const auto has = [&](const std::vector<std::string>& one) {
        return std::ranges::find(words, one) != words.end();
    };
    EXPECT_TRUE(has({"ceo"}));
    EXPECT_TRUE(has({"managing", "director"}));
    EXPECT_FALSE(has({"founder"}));
    const auto wide = m.words(Reach::wide);
    EXPECT_GT(wide.size(), words.size());
}

// "Desk editor" would be looked up in vain where "editor" is.
TEST(MatchAsk, SearchesForNothingThatAShorterNameFinds) {
    const auto words = matcher(ask_for("an editor")).words(Reach::close);
    ASSERT_NE(std::ranges::find(words, std::vector<std::string>{"editor"}), words.end());
    for (const auto& one : words)
        for (const auto& other : words)
            EXPECT_FALSE(
                one.size() > other.size() &&
                std::ranges::all_of(
                    other, [&](const auto& word) { return std::ranges::find(one, word) != one.end(); }))
                << other.front() << " finds " << one.front();
    const auto& lexicon = Lexicon::english();
    for (const auto& title : lexicon.trade(lexicon.find("editor")->titles.front()).titles)
        EXPECT_TRUE(std::ranges::any_of(words, [&](const auto& one) {
            return std::ranges::all_of(
                one, [&](const auto& word) { return std::ranges::find(title, word) != title.end(); });
        })) << title.front();
}

TEST(MatchAsk, TakesTopicsOfWhatTheyWroteForTopicsAndForNoTrade) {
    auto m = matcher(ask_for("a nurse who knows about sailing"));
    Known plain = known("Staff nurse"), sailor = plain;
    sailor.topics = "sailing on lakes";
    const auto without = m.judge(plain, {}), with = m.judge(sailor, {});
    ASSERT_TRUE(without && with);
    EXPECT_GT(with->score, without->score);
    EXPECT_EQ(with->topics, std::vector<std::string>{"sailing"});
    EXPECT_GE(*m.bound(sailor), std::log(with->score));
    Known writer = known("Carpenter");
    writer.topics = "why nurses sail";
    EXPECT_FALSE(m.judge(writer, {})) << "who writes about nurses is none";
    Known named = known("Staff nurse");
    named.name = "Ann Sailing";
    named.topics = "sailing";
    EXPECT_TRUE(m.judge(named, {})->topics.empty()) << "a name is no topic";
}

TEST(MatchAsk, NamesWhereATopicIsKnownFrom) {
    auto m = matcher(ask_for("a nurse who knows about sailing"));
    Known one = known("Staff nurse");
    one.topics = "sailing on lakes";
    auto match = *m.judge(one, {});
    const double score = match.score;
    ASSERT_NE(find(match, "topic"), nullptr);
    EXPECT_EQ(find(match, "topic")->text, "Has to do with sailing");
    m.name_topics(match,
                  std::vector<Topic>{{TopicKind::wrote, "Knots"}, {TopicKind::tagged, "SailingOnLakes"}});
    EXPECT_EQ(find(match, "topic")->text, "You wrote to them about \"SailingOnLakes\"");
    m.name_topics(match, std::vector<Topic>{{TopicKind::group, "Sailing on " + std::string(200, 'x')}});
    EXPECT_EQ(find(match, "topic")->text, "In the group \"Sailing on " + std::string(69, 'x') + "…\"");
    EXPECT_EQ(match.score, score);
    EXPECT_TRUE(m.is_about({TopicKind::group, "Lake sailing"}));
    EXPECT_FALSE(m.is_about({TopicKind::group, "Book club"}));
}

}  // namespace
}  // namespace vv::core::asks
