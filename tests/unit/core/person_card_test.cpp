#include "core/person_card.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::core {
namespace {

Identity identity(std::int64_t id, Network network, const std::string& name) {
    Identity out;
    out.id = IdentityId{id};
    out.network = network;
    out.key = "key";
    out.attributes.name.full = name;
    return out;
}

PersonCard card(const std::vector<Identity>& identities, const OwnerHints& owner = {}) {
    std::vector<const Identity*> pointers;
    for (const auto& i : identities) pointers.push_back(&i);
    return card_of(pointers, owner);
}

TEST(PersonCard, TakesTheFullestNameAndLeavesOutItsDecoration) {
    EXPECT_EQ(card({identity(1, Network::vcard, "Babs (Orchard)"),
                    identity(2, Network::linkedin, "Barbara Nightingale, MBA 🚀")})
                  .name,
              "Barbara Nightingale");
    EXPECT_EQ(card({identity(1, Network::linkedin, "Joseph Young, Jr.")}).name, "Joseph Young Jr.");
    EXPECT_EQ(card({identity(1, Network::outlook, "Lee, Ann")}).name, "Ann Lee");
}

TEST(PersonCard, BelievesTheOwnersOwnWordFirst) {
    EXPECT_EQ(
        card({identity(1, Network::linkedin, "Barbara Nightingale"), identity(2, Network::manual, "Babs")})
            .name,
        "Babs");
}

TEST(PersonCard, ShowsAnAddressOrANumberWhereNobodyWroteAName) {
    auto mail = identity(1, Network::email, "");
    mail.attributes.emails = {"nhaddad@example.org"};
    EXPECT_EQ(card({mail}).name, "nhaddad@example.org");
    auto phone = identity(1, Network::phone, "");
    phone.attributes.phones = {"+1 416 555 0125"};
    EXPECT_EQ(card({phone}).name, "+1 416 555 0125");
}

TEST(PersonCard, TakesWorkFromWhatPeopleSayOfThemselvesToday) {
    auto old = identity(1, Network::vcard, "Ann Lee");
    old.attributes.organisation = "Kestrel Bank";
    auto today = identity(2, Network::linkedin, "Ann Lee");
    today.attributes.organisation = "Yarrow Systems";
    today.attributes.title = "CTO";
    const auto both = card({old, today});
    EXPECT_EQ(both.organisation, "Yarrow Systems");
    EXPECT_EQ(both.title, "CTO");
}

TEST(PersonCard, TakesATitleThatWasWrittenByHandWithoutMore) {
    auto by_hand = identity(2, Network::manual, "");
    by_hand.attributes.title = "Chief Executive";
    EXPECT_EQ(card({identity(1, Network::account, "Ann Lee"), by_hand}).title, "Chief Executive");
    auto company = identity(3, Network::vcard, "Yarrow Systems");
    company.attributes.organisation = "Yarrow Systems";
    EXPECT_EQ(card({company}).organisation, "");
}

TEST(PersonCard, FindsTheCityInAnAddress) {
    auto one = identity(1, Network::vcard, "Ann Lee");
    one.attributes.place = "12 King Street, Toronto, ON, Canada";
    EXPECT_EQ(card({one}).city, "Toronto");
    EXPECT_NEAR(card({one}).at->lat, 43.7, 0.1);
}

TEST(PersonCard, GuessesARelationOnlyWhereSomethingSaysSo) {
    EXPECT_FALSE(card({identity(1, Network::linkedin, "Ann Lee")}).relation);
    EXPECT_EQ(card({identity(1, Network::vcard, "Uncle Bob")}).relation, Relation::relative);
    auto labelled = identity(1, Network::google_contacts, "Ann Lee");
    labelled.attributes.labels = {"My Contacts", "Friends"};
    EXPECT_EQ(card({labelled}).relation, Relation::friend_);
    auto colleague = identity(1, Network::linkedin, "Ann Lee");
    colleague.attributes.organisation = "Veridian Labs, Inc.";
    EXPECT_EQ(card({colleague}, {{"cleo@veridian-labs.example.com"}}).relation, Relation::colleague);
    EXPECT_FALSE(card({colleague}, {{"cleo@gmail.com"}}).relation);
}

TEST(PersonCard, IsFoundByEveryNameAndHandleThereIs) {
    auto one = identity(1, Network::vcard, "Hélène O'Brien");
    one.attributes.name.nickname = "Leni";
    one.attributes.name.maiden = "Dufour";
    one.attributes.emails = {"h.dufour@example.org"};
    one.attributes.phones = {"+1 (416) 555-0134"};
    one.attributes.place = "Sault Ste. Marie";
    const auto [names, words] = std::pair(card({one}).names, card({one}).words);
    for (const auto* word : {"helene", "leni", "dufour"})
        EXPECT_NE(std::find(names.begin(), names.end(), word), names.end()) << word;
    for (const auto* word : {"14165550134", "sault", "dufour"})
        EXPECT_NE(std::find(words.begin(), words.end(), word), words.end()) << word;
    EXPECT_EQ(std::find(words.begin(), words.end(), "example"), words.end())
        << "a provider's name finds everybody";
}

TEST(PersonCard, IsTheSameWhateverTheOrderOfItsIdentities) {
    auto a = identity(1, Network::vcard, "Ann Lee"), b = identity(2, Network::google_contacts, "Ann B. Lee"),
         c = identity(3, Network::email, "");
    c.attributes.emails = {"ann@example.com"};
    EXPECT_EQ(card({a, b, c}), card({c, b, a}));
}

}  // namespace
}  // namespace vv::core
