#include "formats/topics.h"

#include "unit/formats/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

using Lines = std::vector<std::string>;

std::string said(std::string_view text) {
    Collected sink;
    Summary summary;
    Emitter out(sink, summary, &sink);
    put_topic(out, {core::Network::blog, "ann"}, core::TopicKind::wrote, text, 3);
    return sink.topics.empty() ? "" : sink.topics.front().topic.text;
}

TEST(FormatTopics, ArePlainLinesOfBoundedLength) {
    EXPECT_EQ(said("  Tea &amp; trust\n"), "Tea & trust");
    EXPECT_EQ(said("two\nlines"), "two lines");
    EXPECT_EQ(said(" \xe2\x80\x8b "), "");
    EXPECT_EQ(said(""), "");
    std::string many;
    for (int i = 0; i < 500; ++i) many += "é";
    EXPECT_EQ(said(many).size(), core::kLongestTopic);
}

TEST(FormatTopics, OfATextAreItsTags) {
    EXPECT_EQ(hashtags_in("#trust and #SocialMedia, #trust; #1 #2026a"),
              (Lines{"trust", "SocialMedia", "2026a"}));
    EXPECT_EQ(hashtags_in("https://example.com/a#b &#39; &#x27; C# # ##x"), (Lines{"x"}));
    EXPECT_EQ(hashtags_in("#Vertrauenswürdig"), (Lines{"Vertrauenswürdig"}));
    std::string many;
    for (int i = 0; i < 50; ++i) many += " #t" + std::to_string(i);
    EXPECT_EQ(hashtags_in(many).size(), 10U);
}

// Two halves of one network: what members wrote is told by its title, what they said to each other not at
// all.
TEST(FormatTopics, OfANetworkAreTitlesOfWhatWasForAllToRead) {
    const std::string member =
        R"("profileQuestions":[],"createdDate":"2010-01-01T00:00:00.000Z","state":"active")";
    const std::string at = R"(,"createdDate":"2010-02-01T00:00:00.000Z")";
    const MemoryFile members{
        "ning-members.json",
        R"([{"fullName":"Ann Lee","email":"ann.lee@example.com","level":"owner","contributorName":"0ann",)" +
            member + R"(},{"fullName":"Bob Ito","level":"member","contributorName":"0bob",)" + member + "}]"};
    const MemoryFile talks{
        "ning-discussions.json",
        R"([{"id":"1","contributorName":"0bob","title":"Knots &amp; sails","description":"secret")" + at +
            R"(,"comments":[{"id":"c1","contributorName":"0cid","description":"x")" + at +
            R"(}]},{"id":"2","contributorName":"0ann","title":"Harbours","description":"x")" + at +
            R"(,"comments":[{"id":"c2","contributorName":"0bob","description":"y")" + at +
            R"(}]},{"id":"3","contributorName":"0bob","title":"Not yet","publishStatus":"draft","description":"")" +
            at + R"(,"comments":[]}])"};
    auto options = options_of_tests();
    options.owner_emails = {"ann.lee@example.com"};
    EXPECT_EQ(facts_of({members, talks}, options).topic_lines(),
              (Lines{"topic ning:0bob wrote 'Knots & sails' @ning-discussions.json:1",
                     "topic ning:0bob answered 'Harbours' @ning-discussions.json:2"}));
}

TEST(FormatTopics, OfTweetsAreTagsOfThoseMentioned) {
    const MemoryFile account{
        "data/account.js", R"(window.YTD.account.part0 = [{"account":{"accountId":"7","username":"ann"}}])"};
    const auto tweet = [](const std::string& id, const std::string& text, const std::string& mention) {
        return R"({"tweet":{"id_str":")" + id + R"(","full_text":")" + text +
               R"(","created_at":"Tue Nov 23 18:28:30 +0000 2010","entities":{"user_mentions":[)" + mention +
               "]}}}";
    };
    const std::string bob = R"({"id_str":"8","screen_name":"bob","name":"Bob"})";
    const MemoryFile tweets{"data/tweets.js", "window.YTD.tweets.part0 = [" +
                                                  tweet("1", "@bob on #Trust", bob) + "," +
                                                  tweet("2", "alone on #tea", "") + "," +
                                                  tweet("3", "RT @bob: #theirs", bob) + "]"};
    const auto found = facts_of({account, tweets}).topic_lines();
    EXPECT_EQ(found, (Lines{"topic twitter:8 tagged 'Trust' @data/tweets.js:1"}));
}

TEST(FormatTopics, GoNowhereUnlessAskedFor) {
    Collected sink;
    Summary summary;
    Emitter out(sink, summary);
    put_topic(out, {core::Network::blog, "ann"}, core::TopicKind::wrote, "Tea", 3);
    EXPECT_TRUE(sink.topics.empty());
    EXPECT_TRUE(sink.facts.empty());
}

}  // namespace
}  // namespace vv::formats::testing
