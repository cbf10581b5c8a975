// What golden files don't show: natural keys, and limits.

#include "formats/archive/twitter_tweets.h"
#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

const std::string kAccount = R"(window.YTD.account.part0 = [{"account":{"accountId":"1","username":"ann"}}])";

std::string message(const std::string& variable, const std::string& text) {
    return "window.YTD." + variable +
           R"(.part0 = [{"dmConversation":{"conversationId":"1-2","messages":[{"messageCreate":{)" + text +
           R"("id":"7","senderId":"2","recipientId":"1","createdAt":"2026-11-02T10:00:01.500Z"}}]}}])";
}

std::vector<core::ContactMade> contacts(const std::vector<MemoryFile>& files) {
    return facts_of(files).all<core::ContactMade>();
}

TEST(Twitter, AMessageHasOneNaturalKeyWithItsTextOrWithout) {
    const std::string texts = message("direct_messages", R"("text":"Hi",)");
    const std::string headers = message("direct_message_headers", "");
    const auto from_texts = contacts({{"account.js", kAccount}, {"direct-messages.js", texts}});
    const auto from_headers = contacts({{"account.js", kAccount}, {"direct-message-headers.js", headers}});
    ASSERT_EQ(from_texts.size(), 1U);
    ASSERT_EQ(from_headers.size(), 1U);
    EXPECT_NE(from_texts[0].content_hash, 0U);
    EXPECT_EQ(from_texts[0].content_hash, from_headers[0].content_hash);
    EXPECT_EQ(contacts({{"account.js", kAccount}, {"a.js", texts}, {"b.js", headers}}).size(), 1U);
}

TEST(Twitter, ATweetHasOneNaturalKeyInEveryForm) {
    const std::string tweet =
        R"("id_str":"5","created_at":"Tue Nov 23 18:28:30 +0000 2010","full_text":"@bob hi",)"
        R"("entities":{"user_mentions":[{"id_str":"2","screen_name":"bob","name":"Bob"}]}})";
    const auto wrapped = contacts({{"tweets.js", R"(window.YTD.tweets.part0 = [{"tweet":{)" + tweet + "}]"}});
    const auto bare = contacts({{"tweet.js", "window.YTD.tweet.part0 = [{" + tweet + "]"}});
    ASSERT_EQ(wrapped.size(), 1U);
    ASSERT_EQ(bare.size(), 1U);
    EXPECT_EQ(wrapped[0].content_hash, bare[0].content_hash);
    EXPECT_EQ(wrapped[0].at, bare[0].at);
}

TEST(Twitter, ReadsTheTimesOfTweets) {
    using archive::parse_tweet_time;
    EXPECT_EQ(parse_tweet_time("Tue Nov 23 18:28:30 +0000 2010"), *parse_rfc3339("2010-11-23T18:28:30Z"));
    EXPECT_EQ(parse_tweet_time("Tue Nov 23 18:28:30 -0530 2010"), *parse_rfc3339("2010-11-23T23:58:30Z"));
    EXPECT_EQ(parse_tweet_time("2010-11-23 18:28:30 +0000"), *parse_rfc3339("2010-11-23T18:28:30Z"));
    for (const auto* wrong :
         {"", "Tue Nov 31 18:28:30 +0000 2010", "Tue nov 23 18:28:30 +0000 2010",
          "Tue Nov 23 24:28:30 +0000 2010", "Tue Nov 23 18:28:3x +0000 2010", "2010-11-23 18:28:30 -0500"})
        EXPECT_EQ(parse_tweet_time(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace vv::formats::testing
