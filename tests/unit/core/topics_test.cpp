#include "core/topics.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using Words = std::vector<std::string>;

TEST(Topics, AreTheirFoldedWords) {
    EXPECT_EQ(topic_words({TopicKind::wrote, "Über SocialMedia, again"}),
              (Words{"uber", "socialmedia", "again"}));
    EXPECT_EQ(topic_words({TopicKind::group, "  "}), Words{});
}

TEST(Topics, OfATagAreWhatItsCapitalsTell) {
    EXPECT_EQ(topic_words({TopicKind::tagged, "SocialMedia"}), (Words{"socialmedia", "social", "media"}));
    EXPECT_EQ(topic_words({TopicKind::tagged, "AIForGood"}), (Words{"aiforgood", "ai", "for", "good"}));
    EXPECT_EQ(topic_words({TopicKind::tagged, "trust"}), (Words{"trust"}));
}

TEST(Topics, AreKeptByTheNameOfTheirKind) {
    for (const auto kind :
         {TopicKind::group, TopicKind::listed, TopicKind::wrote, TopicKind::answered, TopicKind::tagged})
        EXPECT_EQ(parse_topic_kind(to_string(kind)), kind);
    EXPECT_FALSE(parse_topic_kind("groups"));
}

}  // namespace
}  // namespace vv::core
