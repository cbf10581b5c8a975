// What resolution holds its many small things in says the same as the plain containers that would do.
#include "core/resolution/blocks.h"
#include "core/resolution/few.h"
#include "core/resolution/tables.h"
#include "core/resolution/texts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>
#include <string>

namespace vv::core::resolution {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

bool is_pair(const Entry& a, const Entry& b, const std::vector<char>& only) {
    const bool found = a.role != Role::weak || b.role != Role::weak;
    return a.profile < b.profile && found && (only.empty() || only[a.profile] != 0 || only[b.profile] != 0);
}

// Every entry beside every other of its key.
std::set<Pair> pairs_of(const std::vector<Entry>& entries, std::size_t max_block,
                        const std::vector<char>& only) {
    std::map<std::uint64_t, std::set<std::pair<std::uint32_t, Role>>> blocks;
    for (const auto& entry : entries) blocks[entry.key].emplace(entry.profile, entry.role);
    std::set<Pair> pairs;
    for (const auto& [key, block] : blocks) {
        if (block.size() > max_block) continue;
        for (const auto& [a, role_a] : block)
            for (const auto& [b, role_b] : block)
                if (is_pair({key, a, role_a}, {key, b, role_b}, only)) pairs.emplace(a, b);
    }
    return pairs;
}

RC_GTEST_PROP(Blocks, PairEverybodyWhoSharesAKey, ()) {
    constexpr std::uint32_t kProfiles = 30;
    const auto count = *rc::gen::inRange<std::size_t>(0, 200);
    const auto entries = *rc::gen::container<std::vector<Entry>>(
        count, rc::gen::map(
                   rc::gen::tuple(rc::gen::inRange<std::uint64_t>(1, 40),
                                  rc::gen::inRange<std::uint32_t>(0, kProfiles),
                                  rc::gen::element(Role::any, Role::lone, Role::weak)),
                   [](const std::tuple<std::uint64_t, std::uint32_t, Role>& drawn) {
                       return Entry{spread_bits(std::get<0>(drawn)), std::get<1>(drawn), std::get<2>(drawn)};
                   }));
    const auto max_block = *rc::gen::inRange<std::size_t>(2, 20);
    auto only = *rc::gen::container<std::vector<char>>(kProfiles, rc::gen::element<char>(0, 1));
    if (*rc::gen::arbitrary<bool>()) only.clear();

    Drawers drawers;
    for (const auto& entry : entries) drawers.add(entry);
    Blocks blocks(std::move(drawers), kProfiles, max_block, only);
    std::vector<Pair> found;
    for (std::uint32_t profile = 0; profile < kProfiles; ++profile)
        for (const auto partner : blocks.partners_of(profile)) found.emplace_back(profile, partner);

    const auto expected = pairs_of(entries, max_block, only);
    RC_ASSERT(found == std::vector<Pair>(expected.begin(), expected.end()));
}

RC_GTEST_PROP(Few, HoldsWhatAVectorHolds, (const std::vector<std::uint32_t>& values)) {
    Few<std::uint32_t> few;
    for (const auto value : values) few.push_back(value);
    auto kept = values;
    if (!kept.empty() && *rc::gen::arbitrary<bool>()) {
        const auto at = *rc::gen::inRange<std::size_t>(0, kept.size());
        few.erase(few.begin() + at);
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(at));
    }
    const Few<std::uint32_t> moved = std::move(few);
    RC_ASSERT(moved.size() == kept.size() && moved.empty() == kept.empty());
    RC_ASSERT(std::equal(moved.begin(), moved.end(), kept.begin(), kept.end()));
}

RC_GTEST_PROP(Texts, StandWhereTheyAreWhileMoreAreAdded, (const std::vector<std::string>& some)) {
    Texts texts;
    texts.add(std::string(200'000, 'x'));  // longer than a piece
    std::vector<std::string_view> before;
    for (const auto& text : some) {
        texts.add(text);
        before.push_back(texts[texts.size() - 1]);
    }
    texts.add(std::string(70'000, 'y'));
    RC_ASSERT(texts.size() == some.size() + 2);
    for (std::size_t i = 0; i < some.size(); ++i) {
        RC_ASSERT(texts[i + 1] == some[i]);
        RC_ASSERT(texts[i + 1].data() == before[i].data());
    }
}

RC_GTEST_PROP(NumberSet, KnowsWhatWasPutIn, (const std::vector<std::uint64_t>& in, std::uint64_t other)) {
    NumberSet set;
    std::set<std::uint64_t> expected;
    for (const auto number : in) RC_ASSERT(set.insert(number) == expected.insert(number).second);
    RC_ASSERT(set.size() == expected.size() && set.empty() == expected.empty());
    for (const auto number : in) RC_ASSERT(set.contains(number));
    RC_ASSERT(set.contains(other) == expected.contains(other));
}

}  // namespace
}  // namespace vv::core::resolution
