#include "core/resolution/records.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace vv::core::resolution {
namespace {

// People of a register with the errors of Febrl's generator: slips, blanks in and out of words, values lost,
// replaced, and in the next column's place. The same seed makes the same people.
class Register {
public:
    explicit Register(unsigned seed) : random_(seed) {}

    RecordTable originals(std::size_t count) {
        RecordTable table{6, {}};
        for (std::size_t i = 0; i < count; ++i)
            table.rows.push_back({word(kGiven), word(kFamily), std::to_string(1 + at_most(200)),
                                  word(kFamily) + " street", std::to_string(2000 + at_most(4000)),
                                  birthday()});
        return table;
    }

    RecordTable copies(const RecordTable& originals, int errors) {
        auto table = originals;
        for (auto& row : table.rows)
            for (int e = 0; e < errors; ++e) spoil(row);
        return table;
    }

private:
    static constexpr std::size_t kGiven = 60, kFamily = 400;

    std::size_t at_most(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most)(random_);
    }
    // The words of one list are few and differ in all of their letters.
    std::string word(std::size_t list) {
        auto n = at_most(list - 1) * 7919 + list;
        std::string out;
        for (int i = 0; i < 7; ++i, n = n / 5 + n * 31)
            out += "bdfgklmnprstvz"[n % 14], out += "aeiou"[n % 5];
        return out.substr(0, 6 + list % 3);
    }
    std::string birthday() {
        const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        return std::to_string(1920 + at_most(80)) + two(1 + at_most(11)) + two(1 + at_most(27));
    }
    void spoil(std::vector<std::string>& row) {
        auto& value = row[at_most(row.size() - 1)];
        switch (at_most(9)) {
            case 0:
                value.clear();
                break;
            case 1:
                value = word(kFamily);
                break;
            case 2:
                std::swap(row[0], row[1]);
                break;
            case 3:
                if (value.size() > 3) value.insert(value.size() / 2, " ");
                break;
            default:
                if (value.size() < 3) break;
                const auto at = at_most(value.size() - 2);
                std::swap(value[at], value[at + 1]);
        }
    }

    std::mt19937 random_;
};

double f1(const RecordLinks& links, std::size_t truly, const std::set<std::pair<unsigned, unsigned>>& truth) {
    double right = 0;
    for (const auto& pair : links.pairs) right += truth.contains(pair) ? 1 : 0;
    return 2 * right / static_cast<double>(links.pairs.size() + truly);
}

TEST(LinkTables, FindsNearlyEverybodyThroughSlipsMovesAndLosses) {
    Register people(3);
    const auto a = people.originals(600);
    const auto b = people.copies(a, 3);
    std::set<std::pair<unsigned, unsigned>> truth;
    for (unsigned i = 0; i < 600; ++i) truth.emplace(i, i);
    const auto links = link_tables(a, b);
    EXPECT_GT(f1(links, 600, truth), 0.99);
    std::set<unsigned> left, right;
    for (const auto& [x, y] : links.pairs) EXPECT_TRUE(left.insert(x).second && right.insert(y).second);
}

TEST(LinkTables, LinksNobodyToStrangers) {
    Register people(4), others(5);
    const auto links = link_tables(people.originals(300), others.originals(300));
    EXPECT_LE(links.pairs.size(), 3U);
}

TEST(FindDuplicates, FindsAllOfAGroup) {
    Register people(6);
    auto table = people.originals(300);
    const auto first = people.copies(table, 1), second = people.copies(table, 2);
    table.rows.insert(table.rows.end(), first.rows.begin(), first.rows.end());
    table.rows.insert(table.rows.end(), second.rows.begin(), second.rows.end());
    std::set<std::pair<unsigned, unsigned>> truth;
    for (unsigned i = 0; i < 300; ++i) truth.insert({{i, i + 300}, {i, i + 600}, {i + 300, i + 600}});
    EXPECT_GT(f1(find_duplicates(table), 900, truth), 0.98);
}

TEST(FindDuplicates, KnowsValuesInEachOthersPlace) {
    Register people(8);
    auto table = people.originals(200);
    table.rows.push_back(table.rows[17]);
    std::swap(table.rows.back()[0], table.rows.back()[1]);
    const auto links = find_duplicates(table);
    EXPECT_TRUE(std::find(links.pairs.begin(), links.pairs.end(), std::pair(17U, 200U)) != links.pairs.end());
}

}  // namespace
}  // namespace vv::core::resolution
