#include "formats/owner_choice.h"

#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

using core::IdentityKey;
using core::Network;
using core::OwnerUnsure;
using testing::facts_of;
using testing::MemoryFile;

ParseOptions ann() {
    auto options = testing::options_of_tests();
    options.owner_emails = {"ann.lee@example.com"};
    options.owner_names = {"Ann Lee"};
    return options;
}

const IdentityKey kBob{Network::twitter, "22"};
const IdentityKey kCarol{Network::twitter, "33"};

/// An X archive without account.js: of one conversation, which two people share.
std::vector<MemoryFile> two_people() {
    return {{"data/direct-messages.js",
             R"(window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "22-33",
"messages" : [ { "messageCreate" : { "recipientId" : "33", "senderId" : "22", "id" : "1",
"createdAt" : "2020-01-02T03:04:05.000Z" } } ] } } ])"}};
}

/// One that says that it is Bob Ray's.
std::vector<MemoryFile> of_bob() {
    return {{"data/account.js", R"(window.YTD.account.part0 = [ { "account" : { "email" : "bob@example.com",
"accountId" : "22", "accountDisplayName" : "Bob Ray", "username" : "bobray" } } ])"},
            {"data/follower.js",
             R"(window.YTD.follower.part0 = [ { "follower" : { "accountId" : "44", "userLink" : "" } } ])"}};
}

TEST(MayBeOneHuman, GoesByTheGivenName) {
    for (const char* same :
         {"Ann Lee", "ann lee-smith", "Lee, Ann", "A. Lee", "Dr. Ann Lee", "Annie Lee", "Ann"})
        EXPECT_TRUE(may_be_one_human(same, "Ann Lee")) << same;
    for (const char* other : {"Bob Lee", "Carol Ray"})
        EXPECT_FALSE(may_be_one_human(other, "Ann Lee")) << other;
}

TEST(OwnerChoice, OfTwoInEveryConversationIsAQuestion) {
    const auto facts = facts_of(two_people(), ann());
    const auto asked = facts.all<OwnerUnsure>();
    ASSERT_EQ(asked.size(), 1U);
    ASSERT_EQ(asked[0].candidates.size(), 2U);
    EXPECT_EQ(asked[0].candidates[0].key, kBob);
    EXPECT_EQ(asked[0].candidates[0].evidence, core::OwnerEvidence::everywhere);
    EXPECT_EQ(asked[0].taken, "");
    EXPECT_TRUE(facts.all<core::OwnerSeen>().empty());
    EXPECT_TRUE(facts.all<core::ContactMade>().empty());
}

TEST(OwnerChoice, IsWhoWasConfirmedAndStaysAQuestionThatCanBeTakenBack) {
    auto options = ann();
    options.confirmed_keys = {kCarol};
    const auto facts = facts_of(two_people(), options);
    EXPECT_EQ(facts.all<OwnerUnsure>().at(0).taken, "33");
    EXPECT_EQ(facts.all<core::OwnerSeen>().at(0).keys.at(0), kCarol);
    const auto contacts = facts.all<core::ContactMade>();
    ASSERT_EQ(contacts.size(), 1U);
    EXPECT_EQ(contacts[0].who, kBob);
    EXPECT_EQ(contacts[0].direction, core::Direction::in);
}

TEST(OwnerChoice, IsNobodyOnceAllAreDenied) {
    auto options = ann();
    options.denied_keys = {kBob, kCarol};
    const auto facts = facts_of(two_people(), options);
    EXPECT_EQ(facts.all<OwnerUnsure>().at(0).candidates.size(), 2U);
    EXPECT_TRUE(facts.all<core::OwnerSeen>().empty());
}

TEST(OwnerChoice, AsksWhenTheArchiveNamesAStranger) {
    const auto facts = facts_of(of_bob(), ann());
    const auto asked = facts.all<OwnerUnsure>();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].taken, "22");
    EXPECT_EQ(asked[0].candidates.at(0).name, "Bob Ray");
    EXPECT_EQ(facts.all<core::OwnerSeen>().at(0).keys.at(0), kBob);
    EXPECT_EQ(facts.all<core::TieDeclared>().size(), 1U);
}

TEST(OwnerChoice, BelievesAStrangerOnlyWhereNoArchiveHasToldOtherwise) {
    auto options = ann();
    EXPECT_EQ(facts_of(of_bob(), options).all<core::OwnerSeen>().at(0).attributes.emails.size(), 1U);
    options.owner_names.emplace_back("Ann Lee-Smith");
    const auto owner = facts_of(of_bob(), options).all<core::OwnerSeen>().at(0);
    EXPECT_EQ(owner.keys.at(0), kBob);
    EXPECT_TRUE(owner.attributes.emails.empty());
}

TEST(OwnerChoice, AsksNothingWhereTheAddressOrTheNameIsTheAccounts) {
    auto options = ann();
    options.owner_emails = {"BOB@example.com"};
    EXPECT_TRUE(facts_of(of_bob(), options).all<OwnerUnsure>().empty());
    options = ann();
    options.owner_names = {"Robert Ray"};
    EXPECT_TRUE(facts_of(of_bob(), options).all<OwnerUnsure>().empty());
    options.owner_names = {"annie99"};  // a handle contradicts nothing
    EXPECT_TRUE(facts_of(of_bob(), options).all<OwnerUnsure>().empty());
    EXPECT_TRUE(facts_of(of_bob(), testing::options_of_tests()).all<OwnerUnsure>().empty());
}

TEST(OwnerChoice, TakesAConfirmedStrangerWithAllThatIsSaidOfThem) {
    auto options = ann();
    options.confirmed_keys = {kBob};
    const auto facts = facts_of(of_bob(), options);
    EXPECT_EQ(facts.all<OwnerUnsure>().size(), 1U);
    EXPECT_EQ(facts.all<core::OwnerSeen>().at(0).attributes.emails.at(0), "bob@example.com");
}

TEST(OwnerChoice, LetsNothingOfADeniedStrangersArchiveIn) {
    auto options = ann();
    options.denied_keys = {kBob};
    const auto facts = facts_of(of_bob(), options);
    EXPECT_EQ(facts.all<OwnerUnsure>().size(), 1U);
    EXPECT_TRUE(facts.all<core::TieDeclared>().empty());
    EXPECT_TRUE(facts.all<core::OwnerSeen>().empty());
    const auto rejected = facts.all<core::Rejected>();
    ASSERT_EQ(rejected.size(), 1U);
    EXPECT_NE(rejected[0].error.find("Bob Ray"), std::string::npos) << rejected[0].error;
}

/// Every parser that has to guess asks instead.
TEST(OwnerChoice, IsAskedByEveryNetworkThatDoesNotTell) {
    const std::string threads =
        R"({"participants":[{"name":"Bob Ray"},{"name":"Carol Day"}],"messages":[{"sender_name":"Bob Ray","timestamp_ms":1577934245000,"content":"x"}],"title":"Carol Day","thread_path":"inbox/carol_1"})";
    const std::string ning =
        R"([{"contributorName":"b1","fullName":"Bob Ray","level":"owner","state":"active","createdDate":"2009-05-04T14:11:35.000Z"},)"
        R"({"contributorName":"c1","fullName":"Carol Day","level":"member","state":"active","createdDate":"2009-05-04T14:11:35.000Z"}])";
    const std::string linkedin =
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
        "URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
        "1,,Bob Ray,https://www.linkedin.com/in/bobray,Carol Day,https://www.linkedin.com/in/carolday,"
        "2020-01-02 03:04:05 UTC,,x,INBOX\n";
    const std::vector<std::pair<std::string, MemoryFile>> kinds = {
        {"facebook", {"messages/inbox/carol_1/message_1.json", threads}},
        {"ning", {"ning-members.json", ning}},
        {"linkedin", {"messages.csv", linkedin}}};
    for (const auto& [kind, file] : kinds) {
        const auto asked = facts_of({file}, ann()).all<OwnerUnsure>();
        ASSERT_EQ(asked.size(), 1U) << kind;
        ASSERT_FALSE(asked[0].candidates.empty()) << kind;
        auto options = ann();
        options.confirmed_keys = {asked[0].candidates[0].key};
        EXPECT_EQ(facts_of({file}, options).all<OwnerUnsure>().at(0).taken, asked[0].candidates[0].key.key)
            << kind;
        EXPECT_FALSE(facts_of({file}, options).all<core::OwnerSeen>().empty()) << kind;
        options = ann();
        for (const auto& one : asked[0].candidates) options.denied_keys.push_back(one.key);
        EXPECT_TRUE(facts_of({file}, options).all<core::OwnerSeen>().empty()) << kind;
    }
}

}  // namespace
}  // namespace vv::formats
