#include "core/resolution/aliases.h"

#include "core/resolution/in_common.h"
#include "core/resolution/spelling.h"

#include <algorithm>
#include <tuple>

namespace vv::core::resolution {
namespace {

constexpr std::size_t kFewestFamilies = 2;
constexpr double kLeastShare = 0.05, kDoubt = 4;
constexpr std::size_t kFewBearers = 4;

// One human seen under two given names.
struct Sighting {
    Word x = 0, y = 0, family = 0;  // x < y
    auto operator<=>(const Sighting&) const = default;
};

class Sightings {
public:
    explicit Sightings(const Background& background) : background_(background) {}

    void within(const Profile& profile) {
        if (profile.couple || !profile.homes.empty()) return;
        for (std::size_t i = 0; i < profile.forms.size(); ++i)
            for (std::size_t j = i + 1; j < profile.forms.size(); ++j)
                see(profile.forms[i], profile.forms[j]);
    }

    void across(const Profile& a, const Profile& b) {
        if (a.couple || b.couple || a.forms.empty() || b.forms.empty()) return;
        see(a.forms.front(), b.forms.front());
    }

    [[nodiscard]] std::vector<Sighting> distinct() && {
        std::sort(seen_.begin(), seen_.end());
        seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
        return std::move(seen_);
    }

private:
    void see(const Form& a, const Form& b) {
        const auto x = a.givens[0], y = b.givens[0];
        if (a.family == 0 || a.family != b.family || a.former || b.former) return;
        if (x == y || background_.text(x).size() < 2 || background_.text(y).size() < 2) return;
        seen_.push_back({std::min(x, y), std::max(x, y), a.family});
    }

    const Background& background_;
    std::vector<Sighting> seen_;
};

// Those whom an address or a number of few bearers holds together.
void see_bearers(const Background& background, Sightings& sightings) {
    const auto& profiles = background.profiles();
    std::vector<WordLists::Pair> pairs;  // an address or number, and who bears it
    for (std::uint32_t i = 0; i < profiles.size(); ++i) {
        for (const auto word : profiles[i].emails) pairs.emplace_back(word, i);
        for (const auto& line : profiles[i].phones)
            if (!line.shared) pairs.emplace_back(line.number, i);
    }
    const WordLists lists(pairs, background.words());
    for (Word word = 0; word < lists.words(); ++word) {
        const auto bearers = lists[word];
        if (bearers.size() > kFewBearers) continue;
        for (std::size_t i = 0; i < bearers.size(); ++i)
            for (auto j = i + 1; j < bearers.size(); ++j)
                sightings.across(profiles[bearers[i]], profiles[bearers[j]]);
    }
}

// Of each given name, in how many families it is seen.
std::vector<std::uint32_t> bearers_of_givens(const Background& background) {
    NumberSet names(background.profiles().size());
    std::vector<std::uint32_t> count(background.words(), 0);
    for (const auto& profile : background.profiles())
        for (const auto& form : profile.forms)
            if (form.family != 0 && names.insert(name_key(form.givens[0], form.family)))
                ++count[form.givens[0]];
    return count;
}

bool is_alike(Word x, Word y, const Background& background) {
    const auto s = background.text(x), t = background.text(y);
    return is_shortened(s, t) || background.similar(x, y) || background.share_full_name(x, y);
}

}  // namespace

std::vector<std::pair<Word, Word>> aliases(const Background& background) {
    Sightings sightings(background);
    for (const auto& profile : background.profiles()) sightings.within(profile);
    see_bearers(background, sightings);
    const auto seen = std::move(sightings).distinct();
    const auto humans = bearers_of_givens(background);
    std::vector<std::pair<Word, Word>> found;
    for (std::size_t from = 0, to = 0; from < seen.size(); from = to) {
        const auto x = seen[from].x, y = seen[from].y;
        while (to < seen.size() && std::tie(seen[to].x, seen[to].y) == std::tie(x, y)) ++to;
        const auto families = to - from;
        if (families < kFewestFamilies || is_alike(x, y, background)) continue;
        const auto fewer = static_cast<double>(std::min(humans[x], humans[y]));
        if (static_cast<double>(families) / (fewer + kDoubt) >= kLeastShare) found.emplace_back(x, y);
    }
    return found;
}

}  // namespace vv::core::resolution
