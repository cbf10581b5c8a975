// bench/resolution_scale.cpp — speed and blocking on invented identities, as many as asked for.
//
// People get names with the frequencies of real ones (few common, many rare), up to six identities in ten
// networks, and the spellings that archives show: short forms, initials, slips, lost diacritics, names run
// together in addresses. The same seed makes the same people.
#include "core/resolution.h"
#include "core/resolution/block.h"
#include "core/resolution/lexicon.h"
#include "core/resolution/profile.h"
#include "resolution.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <ctime>
#include <numeric>
#include <random>
#include <sys/resource.h>
#include <unordered_map>

namespace vv::bench {
namespace {

using core::Identity;
using core::IdentityId;
using core::Network;

constexpr std::string_view kGiven =
    "james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan "
    "joseph jessica thomas sarah christopher karen charles lisa daniel nancy matthew sandra anthony ashley "
    "steven kimberly andrew emily kenneth donna joshua michelle kevin carol brian amanda timothy melissa "
    "ronald deborah jason stephanie edward rebecca jeffrey sharon ryan laura jacob cynthia nicholas dorothy "
    "eric amy jonathan kathleen stephen angela larry shirley justin emma scott brenda brandon pamela "
    "benjamin "
    "nicole samuel anna gregory samantha alexander katherine patrick christine frank debra raymond rachel "
    "jack carolyn dennis janet jerry maria tyler olivia aaron heather jose helen adam catherine nathan diane "
    "henry julie zachary victoria douglas joyce peter lauren kyle kelly noah christina ethan ruth jeremy "
    "joan "
    "walter virginia christian judith keith evelyn austin hannah roger andrea terry megan sean cheryl gerald "
    "jacqueline carl madison dylan teresa harold abigail jordan sophia jesse martha bryan sara lawrence "
    "gloria arthur janice gabriel kathryn bruce ann logan isabella billy judy alan charlotte juan julia "
    "dmitri olga sergei natalia giulia marco lucia giovanni francesca klaus jürgen ursula heike søren astrid "
    "björn ingrid françois geneviève étienne camille wei mei ming hua priya rahul anjali arjun fatima omar";

struct Human {
    std::string given, family, employer, email, mobile;
    core::Birthday birthday;
};

class Invention {
public:
    explicit Invention(std::uint64_t seed) : random_(seed) {
        for (std::size_t at = 0; at < kGiven.size();) {
            const auto end = std::min(kGiven.find(' ', at), kGiven.size());
            given_.emplace_back(kGiven.substr(at, end - at));
            at = end + 1;
        }
        for (int i = 0; i < 20'000; ++i) families_.push_back(invented(2, 3));
        for (int i = 0; i < 2'000; ++i) employers_.push_back(invented(2, 3) + " " + invented(1, 2));
    }

    /// `count` identities; humans()[i] is whose the i-th is.
    std::vector<Identity> identities(std::size_t count) {
        std::vector<Identity> out;
        out.reserve(count);
        std::uint32_t human = 0;
        while (out.size() < count) {
            const auto person = invent();
            std::vector<Network> networks{Network::linkedin, Network::facebook,        Network::twitter,
                                          Network::ning,     Network::google_contacts, Network::vcard,
                                          Network::email,    Network::skype,           Network::phone};
            std::shuffle(networks.begin(), networks.end(), random_);
            networks.resize(1 + at_most(5));
            for (const auto network : networks) {
                if (out.size() == count) break;
                out.push_back(show(person, network, static_cast<std::int64_t>(out.size()) + 1));
                humans_.push_back(human);
            }
            ++human;
        }
        return out;
    }
    [[nodiscard]] const std::vector<std::uint32_t>& humans() const { return humans_; }

private:
    std::size_t at_most(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most)(random_);
    }
    bool one_in(std::size_t n) { return at_most(n - 1) == 0; }
    // The first few are common, as with real names.
    const std::string& common_first(const std::vector<std::string>& words) {
        const double u = std::uniform_real_distribution<>(0, 1)(random_);
        return words[static_cast<std::size_t>(std::pow(u, 2.2) * static_cast<double>(words.size()))];
    }
    std::string invented(std::size_t least, std::size_t most) {
        static constexpr std::string_view kOnset = "bcdfghjklmnprstvwz", kVowel = "aeiou", kCoda = "lnrstm";
        std::string word;
        for (auto i = least + at_most(most - least); i > 0; --i) {
            word += kOnset[at_most(kOnset.size() - 1)];
            word += kVowel[at_most(kVowel.size() - 1)];
            if (one_in(2)) word += kCoda[at_most(kCoda.size() - 1)];
        }
        word.front() = static_cast<char>(word.front() - 'a' + 'A');
        return word;
    }

    Human invent() {
        Human out{common_first(given_), common_first(families_), common_first(employers_), {}, {}, {}};
        const auto number = std::to_string(humans_.size());
        out.email = out.given + "." + out.family + number + "@mail.example";
        const auto digits = std::to_string(10'000'000 + humans_.size());
        out.mobile = "+4479" + digits;
        out.birthday = {static_cast<int>(1940 + at_most(60)), static_cast<unsigned>(1 + at_most(11)),
                        static_cast<unsigned>(1 + at_most(27))};
        return out;
    }

    std::string slipped(std::string word) {
        if (word.size() < 5) return word;
        std::swap(word[2], word[3]);
        return word;
    }

    std::string given_as_shown(const Human& human) {
        const auto forms = core::resolution::short_forms(human.given);
        if (!forms.empty() && one_in(5)) return std::string(forms[at_most(forms.size() - 1)]);
        if (one_in(25)) return human.given.substr(0, 1) + ".";
        return one_in(40) ? slipped(human.given) : human.given;
    }

    Identity show(const Human& human, Network network, std::int64_t id) {
        Identity out;
        out.id = IdentityId{id};
        out.network = network;
        out.key = "key-" + std::to_string(id);
        auto& a = out.attributes;
        const auto family = one_in(40) ? slipped(human.family) : human.family;
        a.name.full = given_as_shown(human) + " " + family;
        switch (network) {
            case Network::email:
                if (one_in(3)) a.name.full = {};
                a.emails = {human.email};
                break;
            case Network::phone:
                a.phones = {human.mobile};
                break;
            case Network::linkedin:
                a.organisation = human.employer;
                if (one_in(20)) a.emails = {human.email};
                break;
            case Network::google_contacts:
            case Network::vcard:
                if (!one_in(3)) a.emails = {human.email};
                if (!one_in(3)) a.phones = {human.mobile};
                if (one_in(4)) a.birthday = human.birthday;
                if (one_in(2)) a.organisation = human.employer;
                break;
            default:
                break;
        }
        return out;
    }

    std::mt19937_64 random_;
    std::vector<std::string> given_, families_, employers_;
    std::vector<std::uint32_t> humans_;
};

// Both clocks: the core works in one thread, and the machine may be busy with other things.
class Watch {
public:
    void write(boost::json::object& line, const std::string& what) const {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_;
        line[what + "seconds"] = wall.count();
        line[what + "cpu_seconds"] = static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
    }

private:
    std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
    std::clock_t cpu_ = std::clock();
};

double megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Blocking {
    double lost = 0, truly = 0;
};

// Profiles are sorted by id, as the identities are.
Blocking lost_by(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs,
                 const std::vector<std::uint32_t>& humans) {
    Blocking out;
    double kept = 0;
    for (const auto& [a, b] : pairs) kept += humans[a] == humans[b] ? 1 : 0;
    std::unordered_map<std::uint32_t, double> seen;
    for (const auto human : humans) out.truly += seen[human]++;
    out.lost = out.truly - kept;
    return out;
}

}  // namespace

void measure_scale(std::size_t count, std::uint64_t seed) {
    constexpr std::size_t kIncrement = 1'000;
    Invention invention(seed);
    const auto identities = invention.identities(count);
    boost::json::object line;
    line["identities"] = count;
    line["input_mb"] = megabytes();
    const Watch whole;
    const auto all = core::resolve(identities, {});
    whole.write(line, "");
    line["peak_mb"] = megabytes();
    line["compared"] = all.compared;
    line["people"] = all.people.size();
    std::vector<std::uint32_t> cluster(count);
    for (std::uint32_t c = 0; c < all.people.size(); ++c)
        for (const auto id : all.people[c]) cluster[static_cast<std::size_t>(id.value - 1)] = c;
    double joined = 0, right = 0;
    for (const auto& members : all.people)
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                const auto a = static_cast<std::size_t>(members[i].value - 1),
                           b = static_cast<std::size_t>(members[j].value - 1);
                joined += 1;
                right += invention.humans()[a] == invention.humans()[b] ? 1 : 0;
            }
    line["precision"] = joined > 0 ? right / joined : 1;

    std::vector<IdentityId> changed;
    for (std::size_t i = count - std::min(count, kIncrement); i < count; ++i)
        changed.push_back(identities[i].id);
    std::vector<std::vector<IdentityId>> current;
    for (const auto& members : all.people)
        if (members.back().value <= static_cast<std::int64_t>(count - changed.size()))
            current.push_back(members);
    const Watch increment;
    const auto more = core::resolve_changed(identities, current, changed, {});
    increment.write(line, "increment_");
    line["increment_compared"] = more.compared;

    const core::resolution::Background background(core::source_of(identities), {});
    const auto pairs = core::resolution::candidates(background, core::ResolutionOptions{}.max_block);
    const auto blocking = lost_by(pairs, invention.humans());
    line["candidates_each"] = 2 * static_cast<double>(pairs.size()) / static_cast<double>(count);
    line["true_pairs"] = static_cast<std::int64_t>(blocking.truly);
    line["lost_by_blocking"] = blocking.lost / std::max(1.0, blocking.truly);
    line["recall"] = right / std::max(1.0, blocking.truly);
    std::cout << boost::json::serialize(line) << std::endl;
}

}  // namespace vv::bench
