// What is learnt from the owner's own people: names that they go by, and when one human's ties begin.
#include "core/resolution/acquaintance.h"
#include "core/resolution/aliases.h"

#include <gtest/gtest.h>
#include <random>
#include <string_view>
#include <vector>

namespace vv::core::resolution {
namespace {

using std::chrono::days;

Identity shown(std::int64_t id, Network network, const std::string& key, const std::string& name) {
    Identity out;
    out.id = IdentityId{id};
    out.network = network;
    out.key = key;
    out.attributes.name.full = name;
    return out;
}

Background background_of(const std::vector<Identity>& identities, const ResolutionOptions& options = {}) {
    return {source_of(identities), options};
}

Word given(const Background& background, std::string_view name) {
    for (const auto& profile : background.profiles())
        for (const auto& form : profile.forms)
            if (background.text(form.givens[0]) == name) return form.givens[0];
    return 0;
}

bool stand_for_one(const std::vector<Identity>& identities, std::string_view a, std::string_view b) {
    const auto background = background_of(identities);
    return background.share_full_name(given(background, a), given(background, b));
}

TEST(Aliases, AreWhatTwoFamiliesShowOnTheirPages) {
    const std::vector<Identity> all{shown(1, Network::linkedin, "haoran-chen-1a2b3c4d", "Howard Chen"),
                                    shown(2, Network::linkedin, "haoran-lin-1a2b3c4d", "Howard Lin"),
                                    shown(3, Network::linkedin, "leila-lin-1a2b3c4d", "Beatrice Lin")};
    EXPECT_TRUE(stand_for_one(all, "haoran", "howard"));
    EXPECT_FALSE(stand_for_one(all, "leila", "beatrice")) << "one family's is no custom";
}

TEST(Aliases, AreSeenAcrossTheRecordsThatAnAddressHoldsTogether) {
    std::vector<Identity> all;
    for (const std::string family : {"Chen", "Lin"}) {
        const auto id = static_cast<std::int64_t>(all.size());
        all.push_back(shown(id + 1, Network::ning, "a" + family, "Howard " + family));
        all.push_back(shown(id + 2, Network::vcard, "b" + family, "Haoran " + family));
        for (auto* one : {&all[all.size() - 2], &all.back()})
            one->attributes.emails = {"hc88" + family + "@example.org"};
    }
    EXPECT_TRUE(stand_for_one(all, "haoran", "howard"));
}

TEST(Aliases, AreNotSlipsOrCouples) {
    const std::vector<Identity> all{shown(1, Network::linkedin, "margarethe-chen-1a2b3c4d", "Margarete Chen"),
                                    shown(2, Network::linkedin, "margarethe-lin-1a2b3c4d", "Margarete Lin"),
                                    shown(3, Network::vcard, "a", "Ray & Kim Chen"),
                                    shown(4, Network::vcard, "b", "Ray & Kim Lin")};
    EXPECT_FALSE(stand_for_one(all, "margarethe", "margarete"));
    EXPECT_FALSE(stand_for_one(all, "ray", "kim"));
}

TEST(Aliases, AreNotWhatTwoOfAHundredDo) {
    std::vector<Identity> all;
    const auto add = [&](const std::string& name, const std::string& family, const std::string& writes_as) {
        const auto id = static_cast<std::int64_t>(all.size()) + 1;
        all.push_back(shown(id, Network::vcard, "a" + std::to_string(id), name + " " + family));
        all.back().attributes.emails = {writes_as + "." + family + "@example.org"};
    };
    for (int i = 0; i < 100; ++i) {
        const std::string ending{static_cast<char>('a' + i % 26), static_cast<char>('a' + i / 26)};
        add("Ursula", "Bern" + ending, i < 2 ? "konrad" : "ursula");
        add("Konrad", "Holm" + ending, "konrad");
    }
    EXPECT_FALSE(stand_for_one(all, "ursula", "konrad")) << "two wives wrote from their husbands' addresses";
}

// Three hundred people on two networks, added at any time in ten years.
Background ties_of_ten_years() {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> any(0, 3650);
    std::vector<Identity> all;
    ResolutionOptions options;
    for (std::int64_t i = 1; i <= 600; ++i) {
        all.push_back(shown(i, i % 2 == 0 ? Network::linkedin : Network::facebook, "key-" + std::to_string(i),
                            "Somebody " + std::to_string(i)));
        options.since[all.back().id] = Instant{} + days(any(random));
    }
    return background_of(all, options);
}

struct Two {
    Profile a, b;
};
Two two(Network a, std::optional<std::int32_t> since_a, Network b, std::optional<std::int32_t> since_b) {
    Two out;
    out.a.network = a, out.a.since = since_a;
    out.b.network = b, out.b.since = since_b;
    return out;
}

TEST(Acquaintances, SpeakForWhoWasAddedHereAndThereInTheSameWeeks) {
    const auto background = ties_of_ten_years();
    const Acquaintances acquaintances(background.profiles());
    const auto bits = [&](int apart) {
        const auto pair = two(Network::linkedin, 1000, Network::facebook, 1000 + apart);
        return acquaintances.bits(pair.a, pair.b);
    };
    EXPECT_GT(bits(5), 1);
    EXPECT_GT(bits(-60), 1);
    EXPECT_LT(bits(2000), 0);
    EXPECT_GT(bits(60), bits(300));
    EXPECT_LE(bits(0), 3) << "strangers of one evening are added in one week too";
}

TEST(Acquaintances, SayNothingWithoutADateOrWithinOneNetwork) {
    const auto background = ties_of_ten_years();
    const Acquaintances acquaintances(background.profiles());
    const auto undated = two(Network::linkedin, 1000, Network::facebook, std::nullopt);
    EXPECT_EQ(acquaintances.bits(undated.a, undated.b), 0);
    const auto same = two(Network::linkedin, 1000, Network::linkedin, 1001);
    EXPECT_EQ(Acquaintances::apart(same.a, same.b), Apart::unknown);
    EXPECT_EQ(acquaintances.bits(same.a, same.b), 0);
}

TEST(Acquaintances, LearnFromAnOwnerWhoAddsPeopleEverywhereAtOnce) {
    const auto background = ties_of_ten_years();
    Acquaintances acquaintances(background.profiles());
    const auto near = two(Network::linkedin, 1000, Network::facebook, 1005),
               far = two(Network::linkedin, 1000, Network::facebook, 2000);
    const double before = acquaintances.bits(far.a, far.b);
    acquaintances.fit(std::vector(500, acquaintances.sighting(near.a, near.b, 6)));
    EXPECT_LT(acquaintances.bits(far.a, far.b), before);
}

}  // namespace
}  // namespace vv::core::resolution
