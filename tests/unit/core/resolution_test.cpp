#include "core/resolution.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

using Ids = std::vector<IdentityId>;

struct Written {
    Network network = Network::vcard;
    std::string given = {}, family = {};
    std::string email = {}, phone = {}, organisation = {}, suffix = {};
    std::optional<Birthday> birthday = {};
};

Identity identity(std::int64_t id, const Written& w) {
    Identity out;
    out.id = IdentityId{id};
    out.network = w.network;
    out.key = "key-" + std::to_string(id);
    auto& a = out.attributes;
    a.name.given = w.given;
    a.name.family = w.family;
    a.name.full = w.given.empty() ? w.family : w.family.empty() ? w.given : w.given + " " + w.family;
    a.name.suffix = w.suffix;
    if (!w.email.empty()) a.emails = {w.email};
    if (!w.phone.empty()) a.phones = {w.phone};
    a.organisation = w.organisation;
    a.birthday = w.birthday;
    return out;
}

// Sixty people of whom nothing matters but that names have a background: every one of another name.
std::vector<Identity> with_crowd(std::vector<Identity> identities) {
    static const std::vector<std::string> kGiven{"Alma",  "Boris",  "Carla", "Deniz", "Edgar",
                                                 "Fiona", "Gustav", "Hanne", "Igor",  "Jutta"};
    static const std::vector<std::string> kFamily{"Abel", "Brandt", "Corvin", "Dahl", "Engels", "Farkas"};
    std::int64_t id = 1000;
    for (const auto& given : kGiven)
        for (const auto& family : kFamily)
            identities.push_back(identity(
                ++id, {.network = Network::linkedin, .given = given, .family = family + given.substr(0, 2)}));
    return identities;
}

bool together(const Resolution& resolution, std::int64_t a, std::int64_t b) {
    return std::any_of(resolution.people.begin(), resolution.people.end(), [&](const Ids& ids) {
        const auto has = [&](std::int64_t id) {
            return std::find(ids.begin(), ids.end(), IdentityId{id}) != ids.end();
        };
        return has(a) && has(b);
    });
}

bool asked(const Resolution& resolution, std::int64_t a, std::int64_t b) {
    return std::any_of(resolution.questions.begin(), resolution.questions.end(),
                       [&](const Comparison& q) { return q.a == IdentityId{a} && q.b == IdentityId{b}; });
}

Resolution resolved(std::vector<Identity> identities, const std::vector<Decision>& decisions = {}) {
    return resolve(with_crowd(std::move(identities)), decisions, {.region = "CA"});
}

TEST(Resolve, JoinsByAnAddressAndByANumberHoweverTheyAreWritten) {
    const auto found =
        resolved({identity(1, {.given = "Ann", .family = "Thackeray", .email = "Ann.Thackeray@Example.com"}),
                  identity(2, {.network = Network::email, .email = "ann.thackeray@example.com"}),
                  identity(3, {.given = "Ann", .family = "Thackeray", .phone = "(416) 555-0127"}),
                  identity(4, {.network = Network::outlook, .given = "Ann", .phone = "+1 416 555 0127"})});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 3, 4));
}

TEST(Resolve, JoinsARareNameAcrossNetworksAndANicknameAtOneEmployer) {
    const auto found = resolved(
        {identity(1, {.network = Network::linkedin, .given = "Henrietta", .family = "Cholmondeley"}),
         identity(2, {.given = "Henrietta", .family = "Cholmondeley", .phone = "+1 416 555 0111"}),
         identity(3, {.network = Network::linkedin,
                      .given = "Patrick",
                      .family = "Shuttleworth",
                      .organisation = "Yarrow Systems Ltd"}),
         identity(4, {.given = "Paddy", .family = "Shuttleworth", .organisation = "Yarrow Systems"})});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 3, 4));
}

TEST(Resolve, JoinsOneHandleInTwoNetworksAndANameSpeltInAnotherScript) {
    auto all =
        std::vector{identity(1, {.network = Network::twitter}), identity(2, {.network = Network::mastodon}),
                    identity(3, {.network = Network::linkedin, .given = "Avraham", .family = "Barak"}),
                    identity(4, {.network = Network::facebook, .given = "אברהם", .family = "ברק"})};
    all[0].attributes.handles = {"twitter:mossmoth_43"};
    all[1].attributes.handles = {"mastodon:mossmoth_43@toot.example.com"};
    const auto found = resolved(all);
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 3, 4));
}

// "Colin Quarles" is no Qua, and an Elizabeth Qua would not be his.
TEST(Resolve, TakesAHandleThatBeginsTheFamilyNameForNoOtherFamily) {
    auto shortened = identity(1, {.network = Network::twitter, .given = "Colin", .family = "Quarles"});
    shortened.attributes.handles = {"twitter:colin_qua_30"};
    auto other = identity(3, {.network = Network::twitter, .given = "Colin", .family = "Quillfeather"});
    other.attributes.handles = {"twitter:colin_bright_30"};
    const auto found = resolved(
        {shortened, identity(2, {.network = Network::linkedin, .given = "Colin", .family = "Quarles"}), other,
         identity(4, {.network = Network::linkedin, .given = "Colin", .family = "Quillfeather"})});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_FALSE(together(found, 3, 4)) << "bright may be her name now";
}

TEST(Resolve, JoinsASecondAccountOfOneNameAtOneEmployer) {
    const auto found =
        resolved({identity(1, {.network = Network::linkedin,
                               .given = "Anselm",
                               .family = "Quarles",
                               .organisation = "Westering Analytics"}),
                  identity(2, {.network = Network::linkedin,
                               .given = "Anselm",
                               .family = "Quarles",
                               .organisation = "Westering Analytics, Inc."}),
                  identity(3, {.network = Network::facebook, .given = "Anselm", .family = "Quarles"})});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 1, 3));
}

// A page's address writes Zoë as zoee. It was made from the name that is shown: read beside it, it tells
// nothing new, however seldom it stands in the book.
TEST(Resolve, TakesAPagesSpellingOfACommonNameForNoRareOne) {
    static const std::vector<std::string> kGiven{
        "Alma",  "Boris", "Carla", "Deniz", "Edgar", "Fiona", "Gustav", "Hanne", "Igor", "Jutta",
        "Karim", "Lotte", "Mirko", "Nadja", "Oskar", "Petra", "Rosa",   "Tilda", "Zoë"};
    static const std::vector<std::string> kFamily{"Abel", "Brandt", "Corvin", "Dahl", "Engels", "Farkas"};
    static const std::vector<std::string> kEmployers{
        "Umbra",  "Nimbus",  "Cobalt", "Marlowe", "Orchard", "Westering", "Hawthorn", "Driftwood",
        "Quarry", "Lantern", "Ferry",  "Basalt",  "Juniper", "Meridian",  "Copper",   "Harbour"};
    std::vector<Identity> book;
    for (int round = 0; round < 2; ++round)
        for (const auto& employer : kEmployers)
            for (const auto& given : kGiven)
                for (const auto& family : kFamily) {
                    const auto id = static_cast<std::int64_t>(book.size()) + 1;
                    book.push_back(identity(id, {.network = Network::linkedin,
                                                 .given = given,
                                                 .family = family,
                                                 .organisation = employer}));
                    const auto slug =
                        (given == "Zoë" ? "zoee" : given) + "-" + family + "-" + std::to_string(100'000 + id);
                    book.back().key = slug;
                    book.back().attributes.urls = {"https://www.linkedin.com/in/" + slug};
                }
    EXPECT_EQ(resolve(book, {}, {.region = "CA"}).people.size(), book.size());
}

// Steve goes with either; that both of his records say Stephen shows in one of them only.
TEST(Resolve, DoesNotJoinTwoFullNamesThroughTheirShortForm) {
    const auto found =
        resolved({identity(1, {.network = Network::linkedin, .given = "Steven", .family = "McTavish"}),
                  identity(2, {.network = Network::ning,
                               .given = "Stephen",
                               .family = "McTavish",
                               .email = "steve55@example.com"}),
                  identity(3, {.network = Network::blog,
                               .given = "Steve",
                               .family = "McTavish",
                               .email = "steve55@example.com"})});
    EXPECT_TRUE(together(found, 2, 3));
    EXPECT_FALSE(together(found, 1, 3));
}

TEST(Resolve, TellsNamesakesOfDisjointNetworksByWhenTheyWereMet) {
    using std::chrono::days;
    auto all =
        with_crowd({identity(1, {.network = Network::linkedin, .given = "Carla", .family = "Cholmondeley"}),
                    identity(2, {.network = Network::facebook, .given = "Carla", .family = "Cholmondeley"})});
    ResolutionOptions options;
    for (std::size_t i = 2; i < all.size(); ++i) {  // half of the crowd here and half there, in ten years
        if (i % 2 == 0) all[i].network = Network::facebook;
        options.since[all[i].id] = Instant{} + days(i * 617 % 3650);
    }
    options.since[all[0].id] = Instant{} + days(100);
    options.since[all[1].id] = Instant{} + days(110);
    const auto near = compare(all[0], all[1], all, options);
    options.since[all[1].id] = Instant{} + days(3000);
    const auto far = compare(all[0], all[1], all, options);
    EXPECT_GT(near.probability, far.probability);
    EXPECT_TRUE(std::any_of(near.evidence.begin(), near.evidence.end(), [](const FieldEvidence& e) {
        return e.field == "since" && e.agreement == "weeks" && e.weight > 0;
    }));
}

TEST(Compare, DoubtsANumberUnderTwoNamesThatHaveNothingInCommon) {
    const auto a = identity(1, {.given = "James", .family = "Vaughan", .phone = "+1 978 555 0113"});
    const auto b = identity(
        2, {.network = Network::phone, .given = "Dr.", .family = "Edgecombe", .phone = "+19785550113"});
    const auto c = identity(3, {.network = Network::phone, .given = "Jim", .phone = "+1 978 555 0114"});
    const auto d = identity(4, {.given = "James", .family = "Vaughan", .phone = "+1 978 555 0114"});
    const auto crowd = with_crowd({a, b, c, d});
    EXPECT_LT(compare(a, b, crowd).probability, 0.4);
    EXPECT_GT(compare(c, d, crowd).probability, 0.95);
}

// Whoever wrote first from it lends it a name; the other's records are not waiting for it.
TEST(Resolve, TakesAFamilysAddressForNobodysRival) {
    auto address = identity(1, {.network = Network::email,
                                .given = "Graham",
                                .family = "Underhill",
                                .email = "the.underhills@example.org"});
    address.attributes.other_names = {"Samantha Underhill"};
    const auto found = resolved(
        {address, identity(2, {.network = Network::linkedin, .given = "Samantha", .family = "Underhill"}),
         identity(3, {.network = Network::whatsapp, .given = "Samantha", .family = "Underhill"}),
         identity(4, {.network = Network::linkedin, .given = "Graham", .family = "Underhill"})});
    EXPECT_TRUE(together(found, 2, 3));
    EXPECT_FALSE(together(found, 2, 4));
}

TEST(WorthOfKnowing, IsHalfForAnInitialOrAHandle) {
    EXPECT_EQ(worth_of_knowing("Fang Zhu"), worth_of_knowing("Håkon Öberg"));
    EXPECT_LT(worth_of_knowing("Fang Z."), worth_of_knowing("Fang Zhu"));
    EXPECT_EQ(worth_of_knowing(""), worth_of_knowing("saltotter_69"));
}

// Gene and Gene: neither contradicts the third, but each has a private address of his own.
TEST(Resolve, DoesNotJoinTwoWhoseAddressesDifferThroughOneWhoHasNone) {
    const auto found =
        resolved({identity(1, {.network = Network::ning,
                               .given = "Gene",
                               .family = "Oldershaw",
                               .email = "genevieve.oldershaw@example.com"}),
                  identity(2, {.given = "Gene", .family = "Oldershaw", .email = "goldershaw@example.net"}),
                  identity(3, {.network = Network::linkedin, .given = "Gene", .family = "Oldershaw"})});
    EXPECT_FALSE(together(found, 1, 2));
}

TEST(Resolve, AsksAboutAMaidenNameThatIsAnothersRealName) {
    auto married = identity(1, {.given = "Elizabeth", .family = "Birdwhistell"});
    married.attributes.name.maiden = "Carmody";
    const auto found = resolved(
        {married, identity(2, {.network = Network::linkedin, .given = "Elizabeth", .family = "Carmody"})});
    EXPECT_FALSE(together(found, 1, 2));
    EXPECT_TRUE(asked(found, 1, 2));
}

TEST(Resolve, TakesWhoeverGoesByBothNamesForTheLinkBetweenThem) {
    const auto found = resolved(
        {identity(1, {.network = Network::linkedin,
                      .given = "Zhiqiang",
                      .family = "Ouyang",
                      .organisation = "Kestrel Bank"}),
         identity(2, {.given = "Jack",
                      .family = "Ouyang",
                      .email = "zhiqiang.ouyang@kestrel-bank.example.org",
                      .phone = "+1 416 555 0127",
                      .organisation = "Kestrel Bank"}),
         identity(
             3, {.network = Network::phone, .given = "Jack", .family = "Ouyang", .phone = "+14165550127"})});
    EXPECT_TRUE(together(found, 1, 3));
}

TEST(Resolve, ReadsNamesOutOfMailAddresses) {
    const auto found =
        resolved({identity(1, {.network = Network::linkedin, .given = "Rafael", .family = "Wintergreen"}),
                  identity(2, {.network = Network::email, .email = "wintergreen.rafael@example.org"}),
                  identity(3, {.network = Network::linkedin,
                               .given = "Katherine",
                               .family = "Oldershaw",
                               .organisation = "Kestrel Bank"}),
                  identity(4, {.network = Network::email, .email = "koldershaw@kestrel-bank.example.org"})});
    EXPECT_TRUE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 3, 4));
}

TEST(Resolve, KeepsTwoOfOneNameApartInANetworkOfOneAccountEach) {
    const auto found = resolved({identity(1, {.network = Network::linkedin,
                                              .given = "Pamela",
                                              .family = "Penhaligon",
                                              .organisation = "Redwater Media"}),
                                 identity(2, {.network = Network::linkedin,
                                              .given = "Pamela",
                                              .family = "Penhaligon",
                                              .organisation = "Orchard Labs"}),
                                 identity(3, {.network = Network::email,
                                              .given = "Pamela",
                                              .family = "Penhaligon",
                                              .email = "pam12@example.com"})});
    EXPECT_FALSE(together(found, 1, 2));
    EXPECT_FALSE(together(found, 1, 3));
    EXPECT_FALSE(together(found, 2, 3));
    EXPECT_TRUE(asked(found, 1, 3) || asked(found, 2, 3)) << "which of the two is hers is a question";
}

TEST(Resolve, KeepsFatherAndSonApartThoughTheyShareHouseAndName) {
    const auto found = resolved({identity(1, {.given = "Malcolm",
                                              .family = "Holloway",
                                              .email = "hollowaysx@example.org",
                                              .phone = "+44 20 7946 0551",
                                              .suffix = "Sr",
                                              .birthday = Birthday{1938, 3, 2}}),
                                 identity(2, {.network = Network::google_contacts,
                                              .given = "Malcolm",
                                              .family = "Holloway",
                                              .email = "hollowaysx@example.org",
                                              .phone = "+44 20 7946 0551",
                                              .suffix = "Jr",
                                              .birthday = Birthday{1967, 7, 9}}),
                                 identity(3, {.network = Network::email,
                                              .given = "Malcolm",
                                              .family = "Holloway",
                                              .email = "hollowaysx@example.org"})});
    EXPECT_FALSE(together(found, 1, 2));
}

TEST(Resolve, KeepsCouplesApartWhoShareAnAddress) {
    const auto found = resolved(
        {identity(1, {.given = "Samantha", .family = "Underhill", .email = "the.underhills@example.org"}),
         identity(2, {.network = Network::outlook,
                      .given = "Graham",
                      .family = "Underhill",
                      .email = "the.underhills@example.org"})});
    EXPECT_FALSE(together(found, 1, 2));
}

TEST(Resolve, KeepsColleaguesApartWhoShareAnOfficeAddress) {
    const auto found =
        resolved({identity(1, {.given = "Samuel", .family = "Tailor", .email = "info@example.org"}),
                  identity(2, {.network = Network::outlook,
                               .given = "Nora",
                               .family = "Quill",
                               .email = "info@example.org"})});
    EXPECT_FALSE(together(found, 1, 2));
}

TEST(Resolve, DoesNotChainTwoPeopleThroughANumberThatWasGivenOutAgain) {
    const auto found =
        resolved({identity(1, {.given = "Vincent", .family = "Urquhart", .phone = "+1 647 555 0124"}),
                  identity(2, {.network = Network::google_contacts,
                               .given = "Theresa",
                               .family = "Marchbanks",
                               .phone = "+1 647 555 0124"}),
                  identity(3, {.network = Network::linkedin, .given = "Vincent", .family = "Urquhart"}),
                  identity(4, {.network = Network::linkedin, .given = "Theresa", .family = "Marchbanks"})});
    EXPECT_TRUE(together(found, 1, 3));
    EXPECT_TRUE(together(found, 2, 4));
    EXPECT_FALSE(together(found, 1, 2));
    EXPECT_FALSE(together(found, 3, 4));
}

TEST(Resolve, ObeysTheOwnersWordInBothDirections) {
    const std::vector<Identity> two{
        identity(1, {.given = "Ann", .family = "Thackeray", .email = "ann@example.com"}),
        identity(2, {.network = Network::email, .email = "ann@example.com"}),
        identity(3, {.given = "Quentin", .family = "Zeller"})};
    const auto found = resolved(two, {{IdentityId{2}, IdentityId{1}, Verdict::different},
                                      {IdentityId{1}, IdentityId{3}, Verdict::same}});
    EXPECT_FALSE(together(found, 1, 2));
    EXPECT_TRUE(together(found, 1, 3));
    EXPECT_FALSE(asked(found, 1, 2)) << "what was answered is not asked again";
}

TEST(Resolve, LetsDifferentHoldWhereDecisionsContradictEachOther) {
    const std::vector<Identity> three{identity(1, {.given = "A", .family = "Aldous"}),
                                      identity(2, {.given = "B", .family = "Bertram"}),
                                      identity(3, {.given = "C", .family = "Cyprian"})};
    const auto found = resolved(three, {{IdentityId{1}, IdentityId{2}, Verdict::same},
                                        {IdentityId{2}, IdentityId{3}, Verdict::same},
                                        {IdentityId{1}, IdentityId{3}, Verdict::different}});
    EXPECT_FALSE(together(found, 1, 3));
}

TEST(Compare, ExplainsItselfToTheBit) {
    const auto a = identity(1, {.network = Network::linkedin,
                                .given = "Patrick",
                                .family = "Shuttleworth",
                                .organisation = "Yarrow Systems"});
    const auto b =
        identity(2, {.given = "Paddy", .family = "Shuttleworth", .organisation = "Yarrow Systems"});
    const auto crowd = with_crowd({a, b});
    const auto found = compare(b, a, crowd);
    EXPECT_EQ(found.a, a.id);
    double bits = 0;
    for (const auto& field : found.evidence) bits += field.weight;
    EXPECT_NEAR(found.probability, 1 / (1 + std::exp2(-bits)), 1e-9);
    const auto name = std::find_if(found.evidence.begin(), found.evidence.end(),
                                   [](const FieldEvidence& e) { return e.field == "name"; });
    ASSERT_NE(name, found.evidence.end());
    EXPECT_EQ(name->agreement, "nickname");
    EXPECT_GT(name->weight, 0);
}

TEST(Compare, SaysLessOfACommonNameThanOfARareOne) {
    std::vector<Identity> all;
    for (std::int64_t i = 1; i <= 40; ++i)
        all.push_back(identity(i, {.network = Network::linkedin,
                                   .given = i % 2 == 0 ? "Wei" : "Ming" + std::to_string(i),
                                   .family = "Zhang"}));
    all.push_back(identity(50, {.given = "Wei", .family = "Zhang"}));
    all.push_back(
        identity(60, {.network = Network::linkedin, .given = "Leocadia", .family = "Featherstonehaugh"}));
    all.push_back(identity(61, {.given = "Leocadia", .family = "Featherstonehaugh"}));
    EXPECT_LT(compare(all[1], all[40], all).probability, compare(all[41], all[42], all).probability);
}

TEST(ResolveChanged, LeavesAloneWhatNothingNewTouches) {
    const auto all =
        with_crowd({identity(1, {.given = "Ann", .family = "Thackeray", .email = "ann@example.com"}),
                    identity(2, {.network = Network::email, .email = "ann@example.com"}),
                    identity(3, {.network = Network::outlook,
                                 .given = "Ann",
                                 .family = "Thackeray",
                                 .email = "ann@example.com"})});
    std::vector<Ids> current{{IdentityId{1}},
                             {IdentityId{2}}};  // as a split that was never told as a decision would leave it
    for (std::size_t i = 3; i < all.size(); ++i) current.push_back({all[i].id});
    const auto untouched = resolve_changed(std::span(all).first(2), std::span(current).first(2), {}, {});
    EXPECT_FALSE(together(untouched, 1, 2));
    const auto joined = resolve_changed(all, current, std::vector{IdentityId{3}}, {});
    EXPECT_TRUE(together(joined, 1, 3)) << "the new one joins what it fits";
    EXPECT_EQ(joined.reconsidered, Ids{IdentityId{3}});
}

TEST(ResolveChanged, PartsAClusterThatTheOwnerParted) {
    const auto all =
        with_crowd({identity(1, {.given = "Ann", .family = "Thackeray", .email = "ann@example.com"}),
                    identity(2, {.network = Network::email, .email = "ann@example.com"})});
    std::vector<Ids> current{{IdentityId{1}, IdentityId{2}}};
    const auto found = resolve_changed(
        all, current, {}, std::vector<Decision>{{IdentityId{1}, IdentityId{2}, Verdict::different}});
    EXPECT_FALSE(together(found, 1, 2));
}

// Small archives out of a small stock of names, addresses and numbers: everything collides with everything.
std::vector<Identity> some_archive() {
    const std::vector<std::string> given{"Ann", "Annie", "Bob", "Robert", "Wei", "Jo", ""};
    const std::vector<std::string> family{"Lee", "Leigh", "Castellano", "von Ahlen", "Zhang"};
    const std::vector<std::string> email{
        "", "", "ann.lee@example.com", "blee@example.com", "info@example.org", "the.lees@example.net"};
    const std::vector<std::string> phone{"", "", "+1 416 555 0127", "416.555.0128"};
    const std::vector<Network> network{Network::linkedin, Network::vcard, Network::email, Network::outlook};
    const auto count = *rc::gen::inRange<std::int64_t>(0, 25);
    std::vector<Identity> out;
    for (std::int64_t i = 1; i <= count; ++i)
        out.push_back(identity(i, {.network = *rc::gen::elementOf(network),
                                   .given = *rc::gen::elementOf(given),
                                   .family = *rc::gen::elementOf(family),
                                   .email = *rc::gen::elementOf(email),
                                   .phone = *rc::gen::elementOf(phone)}));
    return out;
}

std::vector<Decision> some_decisions(std::int64_t count) {
    std::vector<Decision> out;
    if (count < 2) return out;
    const auto decisions = *rc::gen::inRange(0, 6);
    for (int i = 0; i < decisions; ++i)
        out.push_back({IdentityId{*rc::gen::inRange<std::int64_t>(1, count + 1)},
                       IdentityId{*rc::gen::inRange<std::int64_t>(1, count + 1)},
                       *rc::gen::element(Verdict::same, Verdict::different)});
    return out;
}

bool same_answer(const Resolution& x, const Resolution& y) {
    return x.people == y.people &&
           std::equal(x.questions.begin(), x.questions.end(), y.questions.begin(), y.questions.end(),
                      [](const Comparison& p, const Comparison& q) {
                          return p.a == q.a && p.b == q.b && p.probability == q.probability;
                      });
}

RC_GTEST_PROP(Resolve, GivesTheSameAnswerInAnyOrder, ()) {
    auto archive = some_archive();
    auto decisions = some_decisions(static_cast<std::int64_t>(archive.size()));
    const auto before = resolve(archive, decisions);
    std::mt19937 shuffler(*rc::gen::arbitrary<unsigned>());
    std::shuffle(archive.begin(), archive.end(), shuffler);
    std::shuffle(decisions.begin(), decisions.end(), shuffler);
    RC_ASSERT(same_answer(before, resolve(archive, decisions)));
}

RC_GTEST_PROP(Resolve, PutsEveryIdentityIntoExactlyOnePersonAndAsksAcrossPeopleOnly, ()) {
    const auto archive = some_archive();
    const auto found = resolve(archive, {});
    Ids all;
    for (const auto& ids : found.people) {
        RC_ASSERT(std::is_sorted(ids.begin(), ids.end()));
        all.insert(all.end(), ids.begin(), ids.end());
    }
    std::sort(all.begin(), all.end());
    RC_ASSERT(all.size() == archive.size());
    RC_ASSERT(std::adjacent_find(all.begin(), all.end()) == all.end());
    for (const auto& q : found.questions) {
        RC_ASSERT(q.a < q.b);
        RC_ASSERT(!together(found, q.a.value, q.b.value));
        double bits = 0;
        for (const auto& field : q.evidence) bits += field.weight;
        RC_ASSERT(std::abs(q.probability - 1 / (1 + std::exp2(-bits))) < 1e-9);
    }
}

RC_GTEST_PROP(Resolve, NeverJoinsWhatTheOwnerHoldsApart, ()) {
    const auto archive = some_archive();
    const auto decisions = some_decisions(static_cast<std::int64_t>(archive.size()));
    const auto found = resolve(archive, decisions);
    for (const auto& decision : decisions)
        if (decision.verdict == Verdict::different && decision.a != decision.b) {
            RC_ASSERT(!together(found, decision.a.value, decision.b.value));
            RC_ASSERT(!asked(found, std::min(decision.a, decision.b).value,
                             std::max(decision.a, decision.b).value));
        }
}

RC_GTEST_PROP(ResolveChanged, ChangesNothingWhenNothingChanged, ()) {
    const auto archive = some_archive();
    const auto decisions = some_decisions(static_cast<std::int64_t>(archive.size()));
    const auto first = resolve(archive, decisions);
    const auto again = resolve_changed(archive, first.people, {}, decisions);
    RC_ASSERT(again.people == first.people);
    Ids everybody;
    for (const auto& i : archive) everybody.push_back(i.id);
    RC_ASSERT(same_answer(first, resolve_changed(archive, first.people, everybody, decisions)));
}

}  // namespace
}  // namespace vv::core
