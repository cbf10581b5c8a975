#include "core/resolution/in_common.h"
#include "core/resolution/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

// What the owner's own people tell of names and addresses before any pair is judged.

namespace vv::core::resolution {
namespace {

constexpr std::size_t kMostBearers = 24;
constexpr std::size_t kEnoughToTell = 5'000;  // of whom no more are asked: an increment must cost little

}  // namespace

void Judge::index_bearers() {
    const auto& profiles = background_.profiles();
    std::vector<WordLists::Pair> bearers;
    for (std::uint32_t i = 0; i < profiles.size(); ++i) {
        const auto& profile = profiles[i];
        for (const auto* words : {&profile.emails, &profile.homes, &profile.handles})
            for (const auto word : *words) bearers.emplace_back(word, i);
        for (const auto& line : profile.phones) bearers.emplace_back(line.number, i);
        if (profile.photo != 0) bearers.emplace_back(profile.photo, i);
        if (is_labelled_by_owner(profile.network) && profile.label != 0)
            named_.emplace_back(name_key(profile.label, kLabel), i);
        if (profile.forms.empty() || profile.forms[0].given == 0 || profile.forms[0].family == 0) continue;
        const auto& form = profile.forms[0];
        for (const auto full : background_.full_names(form.givens[0]))
            named_.emplace_back(name_key(full, form.family), i);
    }
    bearers_ = WordLists(bearers, background_.words());
    std::sort(named_.begin(), named_.end());
}

// How often one human's names agree at each level, learnt from pairs that an address, a number or a page of
// few bearers holds together: nearly all of them are matches, whatever their names say, and the fit leaves
// out those that are not.
void Judge::fit_names() {
    constexpr std::size_t kFewBearers = 4;
    constexpr double kStrength = 60, kAnchored = 4;  // bits that being held together is worth
    std::vector<Cell> cells;
    std::size_t pairs = 0, at = 0;
    const auto step = std::max<std::size_t>(1, bearers_.entries() / (4 * kEnoughToTell));
    for (Word word = 0; word < bearers_.words(); ++word) {
        const auto bearers = bearers_[word];
        if (bearers.empty() || at++ % step != 0 || bearers.size() > kFewBearers) continue;
        for (std::size_t i = 0; i < bearers.size(); ++i)
            for (auto j = i + 1; j < bearers.size(); ++j) {
                const auto &a = background_.profiles()[bearers[i]], &b = background_.profiles()[bearers[j]];
                // One hand writes one label: what it wrote twice is no witness of how names vary.
                if (is_labelled_by_owner(a.network) && is_labelled_by_owner(b.network)) continue;
                const auto found = name_cells(a, b, background_);
                cells.insert(cells.end(), found.begin(), found.end());
                ++pairs;
            }
    }
    std::vector<double> given(weights_.given.begin(), weights_.given.end());
    std::vector<double> family(weights_.family.begin(), weights_.family.end());
    // An initial is written instead of a name, not as one of the ways to agree: it has no share in the fit.
    constexpr auto kInitial = static_cast<std::size_t>(Level::initial);
    given[kInitial] = family[kInitial] = 0.01;
    Weights fit({given, family}, kStrength);
    Fitting fitting;
    fitting.share = 0.9;
    fitting.possible = static_cast<double>(pairs) + 1;
    const std::vector<float> others(pairs, static_cast<float>(kAnchored));
    fit.fit(cells, others, fitting);
    for (std::size_t l = 1; l < kLevels; ++l)
        if (l != kInitial) weights_.given[l] = fit.m(0, l), weights_.family[l] = fit.m(1, l);
}

// Whoever an address or a number holds together says what they do mostly in the same words.
void Judge::fit_titles() {
    constexpr std::size_t kFewBearers = 4;
    constexpr double kStrength = 20;
    double same = kStrength * titles_agree_, all = kStrength;
    for (Word word = 0; word < bearers_.words(); ++word) {
        const auto bearers = bearers_[word];
        if (bearers.size() > kFewBearers) continue;
        for (std::size_t i = 0; i < bearers.size(); ++i)
            for (auto j = i + 1; j < bearers.size(); ++j) {
                const auto x = background_.profiles()[bearers[i]].title,
                           y = background_.profiles()[bearers[j]].title;
                if (x == 0 || y == 0) continue;
                all += 1, same += x == y ? 1 : 0;
            }
    }
    titles_agree_ = same / all;
}

// How often one human has two accounts where each should have one: told from pairs of one name in one such
// network, as their employers and titles are alike or not.
void Judge::fit_accounts() {
    constexpr double kUsual = -6, kSpread = 1.5;
    std::vector<TwoAccounts> pairs;
    measuring_namesakes_ = true;  // nobody knows yet who are two
    for (std::size_t from = 0, to = 0; from < named_.size(); from = to) {
        while (to < named_.size() && named_[to].first == named_[from].first) ++to;
        if (static_cast<Word>(named_[from].first) == kLabel || to - from > kMostBearers) continue;
        for (auto i = from; i < to; ++i)
            for (auto j = i + 1; j < to; ++j) {
                const auto &a = background_.profiles()[named_[i].second],
                           &b = background_.profiles()[named_[j].second];
                if (const auto pair = two_accounts(a, b)) pairs.push_back(*pair);
            }
    }
    measuring_namesakes_ = false;
    double likeliest = -std::numeric_limits<double>::infinity();
    for (double bits = -10; bits <= -1; bits += 0.25) {
        double sum = -0.5 * std::pow((bits - kUsual) / kSpread, 2);
        for (const auto& pair : pairs) {
            const double before = probability(pair.name + bits);
            sum += std::log(before * std::exp2(pair.work) + 1 - before);
        }
        if (sum > likeliest) likeliest = sum, second_account_ = bits;
    }
}

namespace {

// Somebody of a whole name in a network of one account each.
struct Bearer {
    std::uint64_t name = 0;
    Network network = Network::manual;
    const Profile* profile = nullptr;
    [[nodiscard]] bool goes_with(const Bearer& o) const { return name == o.name && network == o.network; }
};

std::vector<Bearer> bearers_of_accounts(const std::vector<Profile>& profiles) {
    std::vector<Bearer> bearers;
    for (const auto& profile : profiles) {
        if (!is_duplicate_free(profile.network) || profile.forms.empty()) continue;
        const auto& form = profile.forms.front();
        if (form.source != Source::display || form.given == 0 || form.family == 0) continue;
        bearers.push_back({name_key(form.given, form.family), profile.network, &profile});
    }
    return bearers;
}

// Pairs of one name in one network that are no second account of one human.
double strangers_of_one_name(std::vector<Bearer> bearers) {
    std::sort(bearers.begin(), bearers.end(), [](const Bearer& x, const Bearer& y) {
        return std::tie(x.name, x.network, x.profile) < std::tie(y.name, y.network, y.profile);
    });
    double strangers = 0;
    for (std::size_t from = 0, to = 0; from < bearers.size(); from = to) {
        while (to < bearers.size() && bearers[to].goes_with(bearers[from])) ++to;
        const auto end = std::min(to, from + kMostBearers);
        for (auto i = from; i < end; ++i)
            for (auto j = i + 1; j < end; ++j)
                if (!shares(bearers[i].profile->employers, bearers[j].profile->employers)) strangers += 1;
    }
    return strangers;
}

}  // namespace

// Names are not made of independent halves, and how far they are from it differs between one owner's people
// and another's. In a network of one account each, two accounts of one name are two humans: how many there
// are says how often strangers share a whole name.
void Judge::calibrate_whole_names() {
    constexpr double kDoubt = 4;  // pairs as good as seen before, as many as chance has it
    struct Sum {
        double accounts = 0, asked = 0, chance = 0;
    };
    std::map<Network, Sum> sums;
    const auto bearers = bearers_of_accounts(background_.profiles());
    const auto step = std::max<std::size_t>(1, background_.profiles().size() / kEnoughToTell);
    for (std::size_t i = 0; i < bearers.size(); ++i) {
        auto& sum = sums[bearers[i].network];
        sum.accounts += 1;
        if (i % step != 0) continue;
        const auto& form = bearers[i].profile->forms.front();
        sum.asked += 1;
        sum.chance += background_.given_frequency(form.given) * background_.family_frequency(form.family) *
                      std::exp2(affinity(form.givens[0], form.family));
    }
    double expected = kDoubt;
    for (const auto& [network, sum] : sums)
        expected += sum.chance / std::max(1.0, sum.asked) * sum.accounts * (sum.accounts - 1) / 2;
    weights_.whole = std::log2(expected / (kDoubt + strangers_of_one_name(bearers)));
    for (const auto& [network, sum] : sums)
        coverage_[static_cast<std::size_t>(network)] = std::min(0.8, sum.accounts / background_.people());
}

double Judge::turns_out(const NameMatch& match) const {
    const double people = people_bits_;
    if (match.family != Level::exact) return match.bits;
    if (match.given == Level::exact) return people + weights_.exact(match.bits - people);
    return match.given == Level::nickname ? people + weights_.nickname(match.bits - people) : match.bits;
}

// Were these two humans of one name, they would mostly be seen side by side: the one has an account where the
// other has one as often as anybody, and both of them may have one in a third place. Where no namesake was
// ever seen, there rarely is one.
double Judge::unseen(Network a, Network b) const {
    double hidden = 1;
    for (std::size_t n = 0; n < coverage_.size(); ++n) {
        const bool here = n == static_cast<std::size_t>(a) || n == static_cast<std::size_t>(b);
        hidden *= 1 - (here ? coverage_[n] : coverage_[n] * coverage_[n]);
    }
    return -std::log2(hidden);
}

namespace {

// How often a field differed: for certain not, and of those that differ the bits that the names give.
struct Differing {
    double alike = 0;
    std::vector<double> doubted;

    void see(bool same, bool differs, double bits) {
        if (same) alike += 1;
        if (differs) doubted.push_back(bits);
    }
    // The share of one human's pairs that differ, less what the difference itself says of that.
    [[nodiscard]] double fitted(double prior) const {
        constexpr double kStrength = 60;
        double m = prior;
        for (int round = 0; round < 10; ++round) {
            double differing = 0;
            for (const auto bits : doubted) differing += probability(bits + std::log2(m));
            m = (differing + kStrength * prior) / (differing + alike + kStrength);
        }
        return m;
    }
};

}  // namespace

// Pairs of one whole name that few bear, and of so many only a part.
void Judge::each_of_one_name(const std::function<void(const Profile&, const Profile&)>& take) const {
    constexpr std::size_t kFewBearers = 6;
    const auto step = std::max<std::size_t>(1, named_.size() / (2 * kEnoughToTell));
    std::size_t at = 0;
    for (std::size_t from = 0, to = 0; from < named_.size(); from = to) {
        while (to < named_.size() && named_[to].first == named_[from].first) ++to;
        if (at++ % step != 0 || to - from < 2 || to - from > kFewBearers ||
            static_cast<Word>(named_[from].first) == kLabel)
            continue;
        for (auto i = from; i < to; ++i)
            for (auto j = i + 1; j < to; ++j)
                take(background_.profiles()[named_[i].second], background_.profiles()[named_[j].second]);
    }
}

// How often one human's two records have different private addresses or numbers: mostly they repeat the one
// there is. Learnt from pairs of one whole name, which are nearly always one human.
void Judge::fit_contacts() {
    Differing emails, numbers;
    Witnessed exact, nickname;
    std::vector<Acquaintances::Sighting> ties;
    each_of_one_name([&](const Profile& a, const Profile& b) {
        const auto match = compare_names(a, b, background_, weights_);
        const double bits = match.sum() - people_bits_;
        emails.see(shares(a.private_emails, b.private_emails), emails_differ(a, b), bits);
        numbers.see(shares_number(a, b), numbers_differ(a, b), bits);
        if (Acquaintances::apart(a, b) != Apart::unknown) ties.push_back(acquaintances_.sighting(a, b, bits));
        if (match.family == Level::exact && match.given >= Level::nickname)
            witness(a, b, match, match.given == Level::exact ? exact : nickname);
    });
    acquaintances_.fit(ties);
    emails_differ_ = emails.fitted(emails_differ_);
    numbers_differ_ = numbers.fitted(numbers_differ_);
    constexpr NameWeights::Worth kUsual{1, 1};  // as owners' people have been seen to show
    constexpr double kSpread = 1;
    weights_.exact = exact.worth(kUsual, kSpread);
    weights_.nickname = nickname.worth(weights_.exact, kSpread / 2);
}

// Beside the name, a pair of two archives may have an address on each side: the same one proves the match,
// and how often it does tells what the name alone is worth, for those pairs too that have no address.
void Judge::witness(const Profile& a, const Profile& b, const NameMatch& match, Witnessed& seen) const {
    if (is_labelled_by_owner(a.network) && is_labelled_by_owner(b.network)) return;  // one hand's copies
    if (others_of_name(match) > 0) return;
    const bool same = shares(a.private_emails, b.private_emails) || is_mistyped(a, b);
    if (!same && !emails_differ(a, b)) return;
    const double bits = match.sum() + weights_.whole + unseen(a.network, b.network) -
                        affinity(match.given_word, match.family_word);
    (same ? seen.same : seen.different).push_back(bits - people_bits_);
}

// What a name says beside what was taken for granted, and how often one human's two records differ in their
// addresses: whatever makes what was seen likeliest. Strangers show where names are common, second addresses
// everywhere alike. A few pairs move it little.
NameWeights::Worth Judge::Witnessed::worth(NameWeights::Worth usual, double spread) const {
    constexpr double kDiffers = 0.05, kStrength = 20, kBend = 0.4;
    auto best = usual;
    double likeliest = -std::numeric_limits<double>::infinity();
    for (double more = -1.5; more <= 3; more += 0.25)
        for (const double slope : {0.6, 0.75, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0})
            for (const double differs : {0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2}) {
                const double known =
                    -0.5 * std::pow((more - usual.more) / spread, 2) -
                    0.5 * std::pow(std::log(slope / usual.slope) / kBend, 2) +
                    kStrength * (kDiffers * std::log(differs) + (1 - kDiffers) * std::log1p(-differs));
                const double sum = known + likelihood({more, slope}, differs);
                if (sum > likeliest) likeliest = sum, best = {more, slope};
            }
    return best;
}

double Judge::Witnessed::likelihood(NameWeights::Worth worth, double differs) const {
    double sum = 0;
    for (const auto said : same) sum += std::log(probability(worth(said)) * (1 - differs));
    for (const auto said : different) sum += std::log1p(-probability(worth(said)) * (1 - differs));
    return sum;
}

namespace {

// The first few of those who bear something.
std::vector<const Profile*> bearers_of(const WordLists& lists, Word word,
                                       const std::vector<Profile>& profiles) {
    std::vector<const Profile*> found;
    const auto bearers = lists[word];
    for (const auto at : bearers.first(std::min(bearers.size(), kMostBearers)))
        found.push_back(&profiles[at]);
    return found;
}
std::vector<const Profile*> bearers_of(const std::vector<std::pair<std::uint64_t, std::uint32_t>>& sorted,
                                       std::uint64_t key, const std::vector<Profile>& profiles) {
    std::vector<const Profile*> found;
    auto at = std::lower_bound(sorted.begin(), sorted.end(), std::pair(key, std::uint32_t{0}));
    for (; found.size() < kMostBearers && at != sorted.end() && at->first == key; ++at)
        found.push_back(&profiles[at->second]);
    return found;
}

// The most that are all apart from one another, as far as can be told by beginning with each in turn: one
// that goes with everybody hides nobody.
template <class Apart>
int humans_among(const std::vector<const Profile*>& bearers, const Apart& apart) {
    const auto count = bearers.size();
    std::vector<char> table(count * count, 0);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j)
            table[i * count + j] = table[j * count + i] = apart(*bearers[i], *bearers[j]) ? 1 : 0;
    std::size_t most = 1;
    for (std::size_t first = 0; first < count; ++first) {
        std::vector<std::size_t> humans{first};
        for (std::size_t i = 0; i < count; ++i)
            if (std::all_of(humans.begin(), humans.end(),
                            [&](std::size_t h) { return table[h * count + i] != 0; }))
                humans.push_back(i);
        most = std::max(most, humans.size());
    }
    return static_cast<int>(most);
}

}  // namespace

// How many humans an identifier seems to belong to.
int Judge::spread(Word identifier) const {
    if (measuring_spread_) return 1;
    const auto [known, fresh] = spread_.try_emplace(identifier, 1);
    if (!fresh) return known->second;
    const auto bearers = bearers_of(bearers_, identifier, background_.profiles());
    measuring_spread_ = true;
    int count =
        humans_among(bearers, [&](const Profile& a, const Profile& b) { return score(a, b).contradicts; });
    measuring_spread_ = false;
    const bool couple =
        std::any_of(bearers.begin(), bearers.end(), [](const Profile* p) { return p->couple; });
    if (couple) count = std::max(count, 2);
    return spread_[identifier] = count;
}

// Those of one name who can't be one human: two accounts where each has one, two birthdays. Where there are
// two, a name alone is no more than a guess between them.
int Judge::namesakes(Word full_given, Word family) const {
    if (measuring_spread_ || measuring_namesakes_) return 1;
    const auto key = name_key(full_given, family);
    const auto [known, fresh] = namesakes_.try_emplace(key, 1);
    if (!fresh) return known->second;
    measuring_namesakes_ = true;
    const int count = humans_among(bearers_of(named_, key, background_.profiles()),
                                   [&](const Profile& a, const Profile& b) {
                                       const auto found = score(a, b);
                                       return are_apart(found, a, b) && !is_second_account(found, a, b);
                                   });
    measuring_namesakes_ = false;
    return namesakes_[key] = count;
}

// One name, one employer, one title twice in a network: mostly somebody who lost a password once.
bool Judge::is_second_account(const Score& found, const Profile& a, const Profile& b) {
    return a.network == b.network && !found.contradicts &&
           (shares(a.employers, b.employers) || found.bits > 0);
}

// Of those whom the owner's hand calls so, how many must be several: cards too that have numbers of their own
// and none in common.
int Judge::bearers_of_label(Word label) const {
    if (measuring_spread_ || measuring_namesakes_) return 1;
    const auto key = name_key(label, kLabel);
    const auto [known, fresh] = namesakes_.try_emplace(key, 1);
    if (!fresh) return known->second;
    measuring_namesakes_ = true;
    const int count = humans_among(bearers_of(named_, key, background_.profiles()),
                                   [&](const Profile& a, const Profile& b) {
                                       return forbids(a, b) || numbers_differ(a, b) || emails_differ(a, b) ||
                                              spelt_names(a, b, background_) == Spelt::apart;
                                   });
    measuring_namesakes_ = false;
    return namesakes_[key] = count;
}

}  // namespace vv::core::resolution
