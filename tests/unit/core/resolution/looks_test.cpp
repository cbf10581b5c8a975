#include "core/resolution/looks.h"

#include "core/resolution.h"

#include <gtest/gtest.h>
#include <random>

namespace vv::core::resolution {
namespace {

constexpr std::uint64_t kFace = 0x9c3ae17b50d2f486;

TEST(Looks, OnePictureInSeveralSizesIsOne) {
    const Looks looks({{"a", kFace}, {"b", kFace ^ 0b1011}, {"c", kFace ^ 0xff00}, {"d", ~kFace}});
    EXPECT_EQ(looks.like("b"), "a");
    EXPECT_EQ(looks.like("a"), "a");
    EXPECT_EQ(looks.like("c"), "c") << "eight bits are too many";
    EXPECT_EQ(looks.like("d"), "d");
    EXPECT_EQ(looks.like("never seen"), "never seen");
}

// Against comparing each with each: whatever bits differ, one that is near is found.
TEST(Looks, NoneThatIsNearIsMissed) {
    std::mt19937_64 random(3);
    for (int round = 0; round < 200; ++round) {
        const std::uint64_t look = random();
        std::uint64_t other = look;
        for (int bit = 0; bit < 6; ++bit) other ^= std::uint64_t{1} << (random() % 64);
        EXPECT_EQ(Looks({{"a", look}, {"b", other}}).like("b"), "a");
    }
}

Identity card(std::int64_t id, std::string name, std::string photo, Network network = Network::vcard) {
    Identity out;
    out.id = IdentityId{id};
    out.network = network;
    out.key = "key-" + std::to_string(id);
    out.attributes.name.full = std::move(name);
    out.attributes.photo_hash = std::move(photo);
    return out;
}

bool together(const std::vector<Identity>& cards, const ResolutionOptions& options) {
    for (const auto& person : resolve(cards, {}, options).people)
        if (person.front() == IdentityId{1}) return person.size() == 2 && person.back() == IdentityId{2};
    return false;
}

TEST(SamePhoto, TellsWhoAShortNameIs) {
    const std::vector<Identity> cards{card(1, "Babs", "small"),
                                      card(2, "Barbara Thackeray", "large", Network::google_contacts),
                                      card(3, "Barbara Quill", "another", Network::google_contacts)};
    ResolutionOptions options;
    options.looks = {{"small", kFace}, {"large", kFace ^ 0b11}, {"another", ~kFace}};
    EXPECT_TRUE(together(cards, options));
    options.looks["large"] = kFace ^ 0xffff0000;
    EXPECT_FALSE(together(cards, options));
}

TEST(SamePhoto, ThatManyHaveIsNobodysFace) {
    std::vector<Identity> cards{card(1, "Babs", "none"),
                                card(2, "Barbara Thackeray", "none", Network::google_contacts)};
    std::int64_t id = 2;
    for (const char* name : {"Ilse Kowalski", "Omar Haddad", "June Farrow", "Pia Lund", "Tom Ashby"})
        cards.push_back(card(++id, name, "none"));
    EXPECT_FALSE(together(cards, {}));
    for (const auto& person : resolve(cards, {}).people) EXPECT_EQ(person.size(), 1U);
}

}  // namespace
}  // namespace vv::core::resolution
