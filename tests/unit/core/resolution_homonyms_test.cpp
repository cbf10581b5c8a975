// Invented owners whose people are known, homonyms among them: what is joined wrongly, and what is missed.
#include "core/resolution.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace vv::core {
namespace {

using std::chrono::days;

constexpr std::array<const char*, 24> kGiven{"Alma",    "Boris", "Carla", "Deniz", "Edgar",  "Fiona",
                                             "Gustav",  "Hanne", "Igor",  "Jutta", "Karim",  "Lotte",
                                             "Mirko",   "Nadja", "Oskar", "Petra", "Quirin", "Rosa",
                                             "Stellan", "Tilda", "Udo",   "Vera",  "Wanda",  "Xaver"};

struct Human {
    std::string given, family, employer, email;
    int met = 0;  // the day
};

// As many people as asked for on three networks and in an address book. Every thirtieth has the name of the
// one before; homonyms have other employers, addresses and times.
class Owner {
public:
    Owner(unsigned seed, int people) : random_(seed) {
        for (int i = 0; i < people; ++i) {
            if (i % 30 == 29)
                humans_.push_back(humans_.back());
            else
                humans_.push_back({kGiven[below(kGiven.size())], invented(), {}, {}, 0});
            auto& human = humans_.back();
            human.employer = invented() + " " + invented();
            human.email = human.given + std::to_string(i) + "@example.org";
            human.met = static_cast<int>(below(3000));
            show(i);
        }
    }

    [[nodiscard]] const std::vector<Identity>& identities() const { return identities_; }
    [[nodiscard]] const ResolutionOptions& options() const { return options_; }
    [[nodiscard]] int of(IdentityId id) const { return of_.at(static_cast<std::size_t>(id.value - 1)); }
    [[nodiscard]] bool has_homonym(int human) const { return human % 30 >= 28; }

private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    std::string invented() {
        static const std::string kOnset = "bdfgklmnprstvw", kVowel = "aeiou";
        std::string word;
        for (int i = 0; i < 3; ++i) {
            word += kOnset[below(kOnset.size())];
            word += kVowel[below(kVowel.size())];
        }
        word.front() = static_cast<char>(word.front() - 'a' + 'A');
        return word;
    }

    void show(int human) {
        const auto& one = humans_[static_cast<std::size_t>(human)];
        for (const auto network : {Network::linkedin, Network::facebook, Network::ning, Network::vcard}) {
            if (below(3) == 0) continue;
            Identity out;
            out.id = IdentityId{static_cast<std::int64_t>(identities_.size()) + 1};
            out.network = network;
            out.key = "key-" + std::to_string(out.id.value);
            out.attributes.name.full = one.given + " " + one.family;
            if (network == Network::linkedin || network == Network::vcard)
                out.attributes.organisation = one.employer;
            if (network == Network::ning || network == Network::vcard) out.attributes.emails = {one.email};
            if (network != Network::vcard)
                options_.since[out.id] = Instant{} + days(one.met + static_cast<int>(below(40)));
            identities_.push_back(std::move(out));
            of_.push_back(human);
        }
    }

    std::mt19937 random_;
    std::vector<Human> humans_;
    std::vector<Identity> identities_;
    ResolutionOptions options_;  // with the dates of ties
    std::vector<int> of_;
};

struct Found {
    double joined = 0, wrong = 0;    // pairs
    double possible = 0, right = 0;  // pairs of those whose name is theirs alone
};

Found compare_with_truth(const Owner& owner, const Resolution& resolution) {
    Found out;
    std::map<int, double> members;
    for (const auto& identity : owner.identities()) members[owner.of(identity.id)] += 1;
    for (const auto& [human, count] : members)
        if (!owner.has_homonym(human)) out.possible += count * (count - 1) / 2;
    for (const auto& person : resolution.people)
        for (std::size_t i = 0; i < person.size(); ++i)
            for (std::size_t j = i + 1; j < person.size(); ++j) {
                const bool same = owner.of(person[i]) == owner.of(person[j]);
                out.joined += 1, out.wrong += same ? 0 : 1;
                out.right += same && !owner.has_homonym(owner.of(person[i])) ? 1 : 0;
            }
    return out;
}

TEST(Homonyms, AreKeptApartWhileOthersAreFound) {
    Found all;
    for (const unsigned seed : {1U, 2U, 3U, 4U}) {
        const Owner owner(seed, 400);
        const auto found = compare_with_truth(owner, resolve(owner.identities(), {}, owner.options()));
        all.joined += found.joined, all.wrong += found.wrong;
        all.possible += found.possible, all.right += found.right;
    }
    EXPECT_LE(all.wrong / all.joined, 0.004) << all.wrong << " of " << all.joined;
    EXPECT_GE(all.right / all.possible, 0.97) << all.right << " of " << all.possible;
}

// The same people and no word of when they were met: what is joined then is joined with the dates too, or
// they speak against it.
TEST(Homonyms, AreToldApartByWhenTheyWereMet) {
    double with = 0, without = 0;
    for (const unsigned seed : {11U, 12U, 13U}) {
        const Owner owner(seed, 400);
        const auto dated = compare_with_truth(owner, resolve(owner.identities(), {}, owner.options()));
        const auto plain = compare_with_truth(owner, resolve(owner.identities(), {}));
        with += dated.joined - 2 * dated.wrong, without += plain.joined - 2 * plain.wrong;
    }
    EXPECT_GT(with, without);
}

}  // namespace
}  // namespace vv::core
