// What overlapping exports hold twice has the same natural key, and what they do not has another.

#include "unit/formats/facts.h"

#include <gtest/gtest.h>
#include <set>
#include <tuple>

namespace vv::formats::testing {
namespace {

using Key = std::tuple<core::IdentityKey, Instant, std::uint64_t>;

std::multiset<Key> keys_of(const std::string& path, const std::string& bytes) {
    auto options = options_of_tests();
    options.owner_emails = {"ann.lee@example.com"};
    options.owner_names = {"Ann Lee"};
    std::multiset<Key> keys;
    for (const auto& made : facts_of({{path, bytes}}, options).all<core::ContactMade>())
        keys.emplace(made.who, made.at, made.content_hash);
    return keys;
}

std::set<Key> distinct(const std::multiset<Key>& keys) {
    return {keys.begin(), keys.end()};
}

bool holds_all(const std::multiset<Key>& keys, const std::multiset<Key>& part) {
    return std::includes(keys.begin(), keys.end(), part.begin(), part.end());
}

std::string sms(std::int64_t at, int type, const std::string& address = "+14165550169") {
    return "<sms address=\"" + address + "\" date=\"" + std::to_string(at) + "\" type=\"" +
           std::to_string(type) + "\" body=\"x\" contact_name=\"Bob\" />\n";
}

std::string mms(std::int64_t at, int box) {
    return "<mms date=\"" + std::to_string(at) + "\" msg_box=\"" + std::to_string(box) +
           "\" address=\"+14165550169\" m_type=\"132\" contact_name=\"Bob\"></mms>\n";
}

std::string backup(const std::string& records) {
    return "<?xml version='1.0' encoding='UTF-8' ?>\n<smses count=\"1\">\n" + records + "</smses>\n";
}

TEST(NaturalKeys, OfOverlappingBackupsAreEqual) {
    const auto first = sms(1600001000000, 1) + sms(1600001000500, 1) + sms(1600001000500, 2);
    const auto older = keys_of("sms.xml", backup(first));
    const auto newer = keys_of("sms.xml", backup(first + sms(1600002000000, 1)));
    EXPECT_EQ(distinct(older).size(), 3U);
    EXPECT_EQ(newer.size(), 4U);
    EXPECT_TRUE(holds_all(newer, older));
    // However the number is written.
    EXPECT_EQ(keys_of("sms.xml", backup(sms(1600001000000, 1, "(416) 555-0169"))),
              keys_of("sms.xml", backup(sms(1600001000000, 1))));
}

TEST(NaturalKeys, OfAMessageKeptAsSmsAndMmsAreEqual) {
    const auto twice = keys_of("sms.xml", backup(sms(1600001000321, 1) + mms(1600001000000, 1)));
    EXPECT_EQ(twice.size(), 2U);
    EXPECT_EQ(distinct(twice).size(), 1U);
    const auto both_ways = keys_of("sms.xml", backup(sms(1600001000321, 1) + mms(1600001000000, 2)));
    EXPECT_EQ(distinct(both_ways).size(), 2U);
}

TEST(NaturalKeys, OfALongerChatHoldTheShorterOnes) {
    const std::string chat =
        "23/11/2010, 18:28 - Bob: one\n23/11/2010, 18:28 - Bob: one\n23/11/2010, 18:28 - Ann Lee: two\n";
    const std::string more = chat + "24/11/2010, 18:28 - Bob: three\n";
    const auto shorter = keys_of("WhatsApp Chat with Bob.txt", chat);
    const auto longer = keys_of("WhatsApp Chat with Bob.txt", more);
    EXPECT_EQ(distinct(shorter).size(), 3U);
    EXPECT_EQ(longer.size(), 4U);
    EXPECT_TRUE(holds_all(longer, shorter));
}

TEST(NaturalKeys, OfALetterInTwoFoldersAreEqual) {
    const std::string letter =
        "From: Bob <bob@example.org>\nTo: ann.lee@example.com\nDate: Tue, 23 Nov 2010 18:28:30 +0100\n"
        "Message-ID: <1@example.org>\n\nx\n";
    const std::string box = "From bob@example.org Tue Nov 23 18:28:30 2010\n" + letter + "\n";
    EXPECT_EQ(keys_of("one.eml", letter), keys_of("box", box));
    EXPECT_EQ(distinct(keys_of("box", box + box)).size(), 1U);
}

}  // namespace
}  // namespace vv::formats::testing
