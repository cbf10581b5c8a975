#include "formats/archive/linkedin.h"

#include "unit/formats/facts.h"

#include <gtest/gtest.h>
#include <set>

namespace vv::formats::testing {
namespace {

TEST(LinkedinSlug, IsWhatFollowsInDecodedAndInLowerCase) {
    using archive::linkedin_slug;
    EXPECT_EQ(linkedin_slug("https://www.linkedin.com/in/theogrant"), "theogrant");
    EXPECT_EQ(linkedin_slug("http://ca.linkedin.com/in/TheoGrant/?trk=x#top"), "theogrant");
    EXPECT_EQ(linkedin_slug("https://www.linkedin.com/in/jos%C3%89-1a"), "josé-1a");
    EXPECT_EQ(linkedin_slug("https://www.linkedin.com/in/JOSÉ"), "josé");
    EXPECT_EQ(linkedin_slug("https://www.linkedin.com/in/100%"), "100%");
    EXPECT_EQ(linkedin_slug("https://www.linkedin.com/in/bad%ff"), "bad\ufffd");
    for (const char* url : {"", "https://www.linkedin.com/in/", "https://www.linkedin.com/pub/a/1/2/3",
                            "https://example.com/in/a"})
        EXPECT_EQ(linkedin_slug(url), std::nullopt) << url;
}

constexpr const char* kHeader =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
    "URLS,DATE,SUBJECT,CONTENT,FOLDER\n";

std::string message(const std::string& from, const std::string& to, const std::string& at,
                    const std::string& id = "c") {
    const std::string url = "https://www.linkedin.com/in/";
    return id + ",," + from + "," + url + from + "," + to + "," + url + to + "," + at + " UTC,,hello,INBOX\n";
}

TEST(LinkedinOwner, IsTheOneInEveryMessageWithoutAProfile) {
    const auto facts = facts_of({{"messages.csv", kHeader + message("ann", "bob", "2026-01-01 10:00:00") +
                                                      message("cid", "ann", "2026-01-02 10:00:00")}});
    const auto owners = facts.all<core::OwnerSeen>();
    ASSERT_EQ(owners.size(), 1U);
    EXPECT_EQ(owners[0].keys[0].key, "ann");
    for (const auto& contact : facts.all<core::ContactMade>()) EXPECT_NE(contact.who.key, "ann");
}

TEST(LinkedinOwner, IsTheProfilesNamesakeWhereOneConversationLeavesTwo) {
    const std::string profile =
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo "
        "Location,Twitter Handles,"
        "Websites,Instant Messengers\nbob,,,,,,,,,,,,\n";
    const auto facts = facts_of(
        {{"Profile.csv", profile}, {"messages.csv", kHeader + message("ann", "bob", "2026-01-01 10:00:00")}});
    EXPECT_EQ(facts.all<core::OwnerSeen>()[0].keys[0].key, "bob");
    ASSERT_EQ(facts.all<core::ContactMade>().size(), 1U);
    EXPECT_EQ(facts.all<core::ContactMade>()[0].who.key, "ann");
    EXPECT_EQ(facts.all<core::ContactMade>()[0].direction, core::Direction::in);
}

// A later export of the same messages, in another order and with more of them, must not count any twice.
TEST(LinkedinMessages, KeepTheirNaturalKeysFromExportToExport) {
    const std::string a = message("bob", "ann", "2026-01-01 10:00:00");
    const std::string b = message("ann", "bob", "2026-01-01 10:00:00");
    const std::string later = message("cid", "ann", "2026-02-01 10:00:00", "d");
    const auto keys = [](const std::string& rows) {
        std::multiset<std::pair<std::string, std::uint64_t>> found;
        for (const auto& contact : facts_of({{"messages.csv", kHeader + rows}}).all<core::ContactMade>())
            found.emplace(contact.who.key, contact.content_hash);
        return found;
    };
    const auto first = keys(a + a + b + later);
    const auto second = keys(later + a + b + a);
    EXPECT_EQ(first, second);
    EXPECT_EQ(std::set(first.begin(), first.end()).size(), 4U);
}

}  // namespace
}  // namespace vv::formats::testing
