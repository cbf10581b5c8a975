// What two identities have in common beside whole names, addresses and numbers, and what keeps them apart.
#include "core/resolution.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace vv::core {
namespace {

Identity shown(std::int64_t id, Network network, const std::string& name) {
    Identity out;
    out.id = IdentityId{id};
    out.network = network;
    out.key = "key-" + std::to_string(id);
    out.attributes.name.full = name;
    return out;
}

Identity worker(std::int64_t id, Network network, const std::string& name, const std::string& title,
                const std::string& organisation = {}) {
    auto out = shown(id, network, name);
    out.attributes.title = title;
    out.attributes.organisation = organisation;
    return out;
}

Identity reachable(std::int64_t id, Network network, const std::string& name,
                   const std::vector<std::string>& emails, const std::vector<std::string>& phones = {}) {
    auto out = shown(id, network, name);
    out.attributes.emails = emails;
    out.attributes.phones = phones;
    return out;
}

// Before sixty strangers of sixty names, who do ten different things.
std::vector<Identity> with_strangers(std::vector<Identity> identities) {
    static const std::vector<std::string> kGiven{"Alma",  "Boris",  "Carla", "Deniz", "Edgar",
                                                 "Fiona", "Gustav", "Hanne", "Igor",  "Jutta"};
    static const std::vector<std::string> kFamily{"Abel", "Brandt", "Corvin", "Dahl", "Engels", "Farkas"};
    std::int64_t id = 1000;
    for (const auto& given : kGiven)
        for (const auto& family : kFamily)
            identities.push_back(worker(++id, Network::linkedin, given + " " + family + given.substr(0, 2),
                                        "Keeper of " + family));
    return identities;
}

bool together(const Resolution& resolution, std::int64_t a, std::int64_t b) {
    return std::any_of(resolution.people.begin(), resolution.people.end(), [&](const auto& ids) {
        const auto has = [&](std::int64_t id) {
            return std::find(ids.begin(), ids.end(), IdentityId{id}) != ids.end();
        };
        return has(a) && has(b);
    });
}

Resolution resolved(std::vector<Identity> identities) {
    return resolve(with_strangers(std::move(identities)), {}, {.region = "CA"});
}

double weight(const Comparison& comparison, const std::string& field) {
    double sum = 0;
    for (const auto& evidence : comparison.evidence)
        if (evidence.field == field) sum += evidence.weight;
    return sum;
}

TEST(Titles, JoinTwoAccountsOfOneNameThatHaveNoEmployer) {
    const auto found = resolved({worker(1, Network::linkedin, "Anselm Quarles", "Beekeeper"),
                                 worker(2, Network::linkedin, "Anselm Quarles", "Beekeeper"),
                                 worker(3, Network::linkedin, "Berthe Lachaise", "Glazier"),
                                 worker(4, Network::linkedin, "Berthe Lachaise", "Notary")});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_FALSE(together(found, 3, 4)) << "two of one name";
}

TEST(Titles, SayLittleOfTwoWhoWorkElsewhere) {
    const auto all =
        with_strangers({worker(1, Network::linkedin, "Anselm Quarles", "Beekeeper", "Umbra Foods"),
                        worker(2, Network::vcard, "Anselm Quarles", "Beekeeper", "Umbra Foods"),
                        worker(3, Network::vcard, "Anselm Quarles", "Beekeeper", "Yarrow Press")});
    EXPECT_GT(weight(compare(all[0], all[1], all), "title"), 2);
    const auto elsewhere = weight(compare(all[0], all[2], all), "title");
    EXPECT_GT(elsewhere, 0);
    EXPECT_LE(elsewhere, 1);
}

TEST(Names, InHanAndHangulAreTheirBearersSpellings) {
    const auto found =
        resolved({shown(1, Network::linkedin, "Hye-jin Kim"), shown(2, Network::facebook, "김혜진"),
                  shown(3, Network::linkedin, "Yuko Fujiwara"), shown(4, Network::facebook, "藤原裕子")});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 3, 4));
}

// It is Tony's, though Alexandra is called Alex too.
TEST(Couples, AreOfTheOneWhomTheirCardNamesFirst) {
    const std::string home = "the.draycotts@home.example.org";
    const auto found =
        resolved({reachable(1, Network::vcard, "Tony & Alex Draycott", {home}, {"905-555-0122"}),
                  reachable(2, Network::email, "Anthony Draycott", {home}),
                  reachable(3, Network::phone, "Anthony Draycott", {}, {"+19055550122"}),
                  reachable(4, Network::ning, "Alexandra Draycott", {home})});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 1, 3));
    EXPECT_FALSE(together(found, 1, 4));
}

TEST(SpeltNames, KeepTwoOfOneLabelApart) {
    auto one = reachable(1, Network::vcard, "Colin", {"colin.wadsworth@cobalt-partners.example.com"});
    auto other = reachable(2, Network::vcard, "Colin", {"colinstandish@cobalt-partners.example.com"},
                           {"+44 7700 900705"});
    one.attributes.organisation = other.attributes.organisation = "Cobalt Partners";
    const auto found = resolved({one, other, reachable(3, Network::phone, "Colin", {}, {"+447700900705"})});
    EXPECT_TRUE(together(found, 2, 3));
    EXPECT_FALSE(together(found, 1, 2));
    EXPECT_FALSE(together(found, 1, 3));
}

TEST(SpeltNames, KeepAFamilysTwoApartWhereEachIsCalledByHalfAName) {
    const auto all = with_strangers(
        {reachable(1, Network::blog, "Chris", {"christopher_quarles@inbox.example.org"}),
         reachable(2, Network::google_contacts, "Dr. Quarles", {"joseph_quarles@gossamer.example.org"}),
         reachable(3, Network::google_contacts, "Dr. Quarles", {})});
    EXPECT_LT(compare(all[0], all[1], all).probability, 0.1);
    EXPECT_GT(compare(all[0], all[2], all).probability, 0.3);
}

TEST(SpeltNames, OfAnAddressAreNoOtherFullNamesShortForm) {
    const auto all = with_strangers({shown(1, Network::facebook, "Hye-jin Kim"),
                                     reachable(2, Network::blog, "Jin Kim", {"soojinkim@home.example.org"}),
                                     shown(3, Network::blog, "Jin Kim")});
    EXPECT_LT(compare(all[0], all[1], all).probability + 0.2, compare(all[0], all[2], all).probability);
}

TEST(Handles, AmongANamesFurtherOnesAreTheirOwners) {
    auto comment = shown(1, Network::blog, "Carrie");
    comment.attributes.other_names = {"carrie_pen_29"};
    auto account = shown(2, Network::twitter, "Caroline Penhaligon");
    account.attributes.handles = {"twitter:carrie_pen_29"};
    EXPECT_TRUE(together(resolved({comment, account}), 1, 2));
}

TEST(Handles, WithAnInitialTakeNothingFromAWholeName) {
    auto all = with_strangers(
        {shown(1, Network::facebook, "Pippa Quarles"), shown(2, Network::twitter, "Philippa Quarles")});
    std::int64_t id = 100;
    for (const auto* given : {"Boris", "Carla", "Edgar"})
        all.push_back(shown(++id, Network::linkedin, std::string(given) + " Quarles"));
    const auto without = compare(all[0], all[1], all).probability;
    all[1].attributes.handles = {"twitter:pippaq_99"};
    EXPECT_GE(compare(all[0], all[1], all).probability + 1e-3, without);
}

TEST(HomePages, BearTheirOwnersName) {
    auto blog = shown(1, Network::blog, "Mo");
    blog.attributes.urls = {"http://mogopalan.example.net/blog"};
    const auto all = with_strangers({blog, shown(2, Network::linkedin, "Mohammed Gopalan")});
    EXPECT_GT(compare(all[0], all[1], all).probability, 0.6);
    auto guest = shown(3, Network::blog, "Mo");
    guest.attributes.urls = {"https://www.medium.com/@gopalan"};
    const auto others = with_strangers({guest, all[1]});
    EXPECT_LT(compare(others[0], others[1], others).probability, 0.3) << "a large site's page";
}

TEST(ShortForms, AreGuessesWhereTheyStandForTwoOfAFamily) {
    const auto steve = shown(1, Network::foursquare, "Steve Marchbanks");
    const auto steven = shown(2, Network::linkedin, "Steven Marchbanks");
    EXPECT_TRUE(together(resolved({steve, steven}), 1, 2));
    const auto found = resolved({steve, steven, shown(3, Network::facebook, "Stephen Marchbanks")});
    EXPECT_FALSE(together(found, 1, 2));
    EXPECT_FALSE(together(found, 1, 3));
}

TEST(SkypeAccounts, OfOneNameAreTwoHumans) {
    auto one = shown(1, Network::skype, "Robert Armitage"), other = shown(2, Network::skype, "Rob Armitage");
    one.attributes.handles = {"skype:robertarmitage"};
    other.attributes.handles = {"skype:robarmitage"};
    EXPECT_FALSE(together(resolved({one, other}), 1, 2));
}

TEST(Namesakes, LeaveANameLittleBetterThanEven) {
    const auto all = with_strangers({shown(1, Network::facebook, "Anselm Quarles"),
                                     shown(2, Network::facebook, "Anselm Quarles"),
                                     shown(3, Network::twitter, "Anselm Quarles")});
    const auto found = compare(all[0], all[2], all);
    EXPECT_GT(found.probability, 0.5);
    EXPECT_LT(found.probability, 0.65);
}

// Whose the family's address is nobody can say: of two groups that may be one, two humans are asked about.
TEST(Questions, AreNotAboutAFamilysAddress) {
    const std::string home = "the.hartwells@home.example.org";
    const auto found = resolved({reachable(1, Network::email, "Rebecca Hartwell", {home}),
                                 reachable(2, Network::vcard, "Rebecca Hartwell", {home}, {"416-555-0127"}),
                                 reachable(3, Network::vcard, "Robert Hartwell", {home}, {"416-555-0133"}),
                                 shown(4, Network::foursquare, "Rebecca H.")});
    EXPECT_FALSE(found.questions.empty());
    for (const auto& question : found.questions) {
        EXPECT_NE(question.a, IdentityId{1});
        EXPECT_NE(question.b, IdentityId{1});
    }
}

}  // namespace
}  // namespace vv::core
