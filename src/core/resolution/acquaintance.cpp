#include "core/resolution/acquaintance.h"

#include "core/resolution/judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vv::core::resolution {
namespace {

constexpr std::array<double, kAparts> kPrior{0, 0.14, 0.32, 0.19, 0.35};
constexpr double kStrength = 60;  // pairs that the prior stands for
constexpr double kMost = 3;       // bits: two strangers of one evening are added in one week too
constexpr std::size_t kEnough = 250;

Apart apart_by(std::int32_t a, std::int32_t b) {
    const auto days = std::abs(a - b);
    if (days <= 14) return Apart::weeks;
    if (days <= 90) return Apart::months;
    return days <= 365 ? Apart::year : Apart::years;
}

// Every so many of them, so that a large network costs no more than a small one.
std::vector<std::int32_t> sampled(const std::vector<std::int32_t>& all) {
    std::vector<std::int32_t> out;
    const auto step = std::max<std::size_t>(1, all.size() / kEnough);
    for (std::size_t i = 0; i < all.size(); i += step) out.push_back(all[i]);
    return out;
}

std::array<float, kAparts> surprises_between(const std::vector<std::int32_t>& as,
                                             const std::vector<std::int32_t>& bs) {
    std::array<double, kAparts> counts{0, 1, 1, 1, 1};
    double all = kAparts - 1;
    for (const auto a : as)
        for (const auto b : bs) counts[static_cast<std::size_t>(apart_by(a, b))] += 1, all += 1;
    std::array<float, kAparts> out{};
    for (std::size_t i = 1; i < kAparts; ++i) out[i] = static_cast<float>(-std::log2(counts[i] / all));
    return out;
}

}  // namespace

Acquaintances::Acquaintances(const std::vector<Profile>& profiles) : m_(kPrior) {
    std::array<std::vector<std::int32_t>, kNetworks> days;
    for (const auto& profile : profiles)
        if (profile.since) days[static_cast<std::size_t>(profile.network)].push_back(*profile.since);
    for (auto& network : days) network = sampled(network);
    for (std::size_t a = 0; a < kNetworks; ++a)
        for (std::size_t b = 0; b < kNetworks; ++b)
            if (a != b && !days[a].empty() && !days[b].empty())
                surprises_[a][b] = surprises_between(days[a], days[b]);
}

Apart Acquaintances::apart(const Profile& a, const Profile& b) {
    if (!a.since || !b.since || a.network == b.network) return Apart::unknown;
    return apart_by(*a.since, *b.since);
}

double Acquaintances::surprise(const Profile& a, const Profile& b, Apart apart) const {
    return static_cast<double>(surprises_[static_cast<std::size_t>(a.network)][static_cast<std::size_t>(
        b.network)][static_cast<std::size_t>(apart)]);
}

double Acquaintances::bits(const Profile& a, const Profile& b) const {
    const auto found = apart(a, b);
    if (found == Apart::unknown) return 0;
    const double m = m_[static_cast<std::size_t>(found)];
    return std::clamp(std::log2(m) + surprise(a, b, found), -kMost, kMost);
}

Acquaintances::Sighting Acquaintances::sighting(const Profile& a, const Profile& b, double odds) const {
    const auto found = apart(a, b);
    return {found, found == Apart::unknown ? 0 : surprise(a, b, found), odds};
}

void Acquaintances::fit(const std::vector<Sighting>& seen) {
    constexpr int kRounds = 10;
    for (int round = 0; round < kRounds; ++round) {
        std::array<double, kAparts> counts{};
        double all = 0;
        for (std::size_t i = 1; i < kAparts; ++i) counts[i] = kStrength * kPrior[i], all += counts[i];
        for (const auto& s : seen) {
            const auto level = static_cast<std::size_t>(s.apart);
            const double likely = probability(s.odds + std::log2(m_[level]) + s.surprise);
            counts[level] += likely, all += likely;
        }
        for (std::size_t i = 1; i < kAparts; ++i) m_[i] = counts[i] / all;
    }
}

const char* to_string(Apart apart) {
    switch (apart) {
        case Apart::weeks:
            return "weeks";
        case Apart::months:
            return "months";
        case Apart::year:
            return "year";
        case Apart::years:
            return "years";
        default:
            return "missing";
    }
}

}  // namespace vv::core::resolution
