#include "core/introductions.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using State = IntroductionState;

const Instant kNoon = *parse_rfc3339("2026-11-20T12:00:00Z");
constexpr std::chrono::hours kDay{24};

Introduction fresh(std::optional<AskId> ask) {
    const auto made = introduce({1}, ask, "Meet her", "Meet him", kNoon);
    EXPECT_TRUE(made.ok());
    return *made;
}
const std::optional<AskId> kAsk = AskId{5};
const std::optional<AskId> kOwnIdea;

TEST(Introductions, OfAnAskNeedOneMoreYes) {
    Introduction one = fresh(kAsk);
    EXPECT_EQ(state_of(one, kNoon), State::target_asked);
    one = *answer(one, Role::target, Consent::yes, kNoon);
    EXPECT_EQ(state_of(one, kNoon + 99 * kDay), State::made) << "what is made does not expire";
    EXPECT_EQ(one.made_at, kNoon);
}

TEST(Introductions, OfTheBrokersOwnIdeaAskTheAskerFirst) {
    Introduction one = fresh(kOwnIdea);
    EXPECT_EQ(state_of(one, kNoon), State::asker_asked);
    EXPECT_EQ(answer(one, Role::target, Consent::yes, kNoon).error().code, "introduction.not_asked");
    EXPECT_EQ(answer(one, Role::broker, Consent::yes, kNoon).error().code, "introduction.not_asked");
    EXPECT_FALSE(state_for(Role::target, one, kNoon)) << "nobody is named before they said yes";
    one = *answer(one, Role::asker, Consent::yes, kNoon);
    EXPECT_EQ(state_for(Role::target, one, kNoon), State::target_asked);
    EXPECT_EQ(answer(one, Role::asker, Consent::no, kNoon).error().code, "introduction.not_asked");
    EXPECT_EQ(state_of(*answer(one, Role::target, Consent::yes, kNoon), kNoon), State::made);
}

TEST(Introductions, ShowTheAskerNothingOfWhatCameOfAnAskButAYes) {
    const Introduction waiting = fresh(kAsk);
    const Introduction refused = *answer(waiting, Role::target, Consent::no, kNoon);
    const Introduction back = *take_back(waiting, kNoon);
    for (const Introduction& one : {waiting, refused, back}) {
        EXPECT_FALSE(state_for(Role::asker, one, kNoon));
        EXPECT_FALSE(state_for(Role::asker, one, kNoon + 99 * kDay));
    }
    EXPECT_EQ(state_for(Role::asker, *answer(waiting, Role::target, Consent::yes, kNoon), kNoon),
              State::made);
}

TEST(Introductions, LookAlikeToAnAskerHoweverTheyEnd) {
    const Introduction asked = *answer(fresh(kOwnIdea), Role::asker, Consent::yes, kNoon);
    for (const Consent no : {Consent::no, Consent::not_now})
        EXPECT_EQ(state_for(Role::asker, *answer(asked, Role::target, no, kNoon), kNoon), State::not_now);
    EXPECT_EQ(state_for(Role::asker, *take_back(asked, kNoon), kNoon), State::not_now);
    EXPECT_EQ(state_for(Role::asker, asked, asked.expires_at), State::not_now);
}

TEST(Introductions, EndOnce) {
    const Introduction one = fresh(kAsk);
    const Introduction no = *answer(one, Role::target, Consent::not_now, kNoon);
    EXPECT_EQ(answer(no, Role::target, Consent::yes, kNoon).error().code, "introduction.over");
    EXPECT_EQ(take_back(no, kNoon).error().code, "introduction.over");
    EXPECT_EQ(answer(one, Role::target, Consent::yes, one.expires_at).error().code, "introduction.over");
    const Introduction back = *take_back(one, kNoon);
    EXPECT_EQ(answer(back, Role::target, Consent::yes, kNoon).error().code, "introduction.over");
    EXPECT_EQ(state_for(Role::target, back, kNoon), State::over);
}

TEST(Introductions, AreThankedForOnceByEachSide) {
    const Introduction open = fresh(kAsk);
    EXPECT_EQ(thank(open, Role::asker, "Thanks", kNoon).error().code, "introduction.not_made");
    Introduction made = *answer(open, Role::target, Consent::yes, kNoon);
    made = *thank(made, Role::asker, " Thank you\r\n", kNoon);
    EXPECT_EQ(made.asker_thanks, "Thank you");
    EXPECT_EQ(thank(made, Role::asker, "Again", kNoon).error().code, "introduction.thanked");
    EXPECT_TRUE(thank(made, Role::target, "From me, too", kNoon).ok());
    EXPECT_FALSE(thank(made, Role::target, std::string(501, 'a'), kNoon).ok());
    EXPECT_EQ(thank(made, Role::broker, "Me", kNoon).error().code, "introduction.not_made");
}

TEST(Introductions, CarryWordsAndNothingElse) {
    const auto words = [](const std::string& text) { return introduce({1}, kAsk, text, "Meet", kNoon); };
    EXPECT_TRUE(words("Two lines,\nand <b>marks</b> \xe2\x80\x9cin quotes\xe2\x80\x9d").ok());
    for (const std::string& bad :
         {std::string(), std::string(" \n "), std::string(2'001, 'a'),
          std::string("see https://evil.example"), std::string("see www.evil.example"),
          std::string("a\x1b[31mred"), std::string("\xff\xfe")})
        EXPECT_EQ(words(bad).error().code, "introduction.words") << bad;
    EXPECT_EQ(words(std::string(100'000, 'a')).error().field, "to_target");
    EXPECT_EQ(introduce({1}, kAsk, "Meet", "", kNoon).error().field, "to_asker");
}

TEST(Introductions, HaveADraftThatMayBeSentAsItIs) {
    for (const bool for_ask : {false, true}) {
        const Draft draft = draft_of({"Cate", "Wim Bakker", "Dora Lind", "Editor", "CEO, Acme", for_ask});
        EXPECT_TRUE(introduce({1}, kAsk, draft.to_target, draft.to_asker, kNoon).ok());
        EXPECT_NE(draft.to_target.find("Hello Dora"), std::string::npos);
        EXPECT_NE(draft.to_target.find("Wim Bakker (Editor)"), std::string::npos);
        EXPECT_NE(draft.to_asker.find("Hello Wim"), std::string::npos);
    }
    const Draft of_kin = draft_of({"Cate", "Aunt Priya", "Cousin Jon", "", "", true});
    EXPECT_NE(of_kin.to_target.find("Hello Cousin Jon,"), std::string::npos) << of_kin.to_target;
    EXPECT_NE(of_kin.to_asker.find("Hello Aunt Priya,"), std::string::npos) << of_kin.to_asker;
    const Draft own_idea = draft_of({"Cate", "Wim", "Dora Lind", "", "CEO", false});
    EXPECT_EQ(own_idea.to_asker.find("Dora"), std::string::npos) << "the asker is not told who it is";
}

}  // namespace
}  // namespace vv::core
