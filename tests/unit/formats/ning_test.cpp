#include "formats/archive/ning.h"

#include "formats/archive/ning_repair.h"
#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

std::string repaired(std::string_view text, std::size_t piece = 65'536) {
    ViewStream bytes(text, piece);
    archive::NingRepair repair(bytes);
    std::string out;
    while (true) {
        const auto next = repair.next();
        if (!next || next->empty()) return out;
        out += *next;
    }
}

const std::vector<std::pair<std::string, std::string>> kRepairs = {
    {R"(([]))", "[]"},
    {R"([{"a":1},{"b":2}])", R"([{"a":1},{"b":2}])"},
    {R"(([{"a":1}{"b":2}]))", R"([{"a":1},{"b":2}])"},
    {R"([{"a":1}]{"b":2}])", R"([{"a":1},{"b":2}])"},
    {R"([{"a":1}] {"b":2}])", R"([{"a":1} ,{"b":2}])"},
    {R"([{"a":1}[{"b":2}]])", R"([{"a":1},{"b":2}])"},
    {R"(([{"a":"}{ ]{ [{ \" ("}{"b":"\\"}]]))", R"([{"a":"}{ ]{ [{ \" ("},{"b":"\\"}])"},
    {R"([{"c":[{"a":1}{"b":2}]}])", R"([{"c":[{"a":1},{"b":2}]}])"},
    {R"([{"c":[{"a":1}]{"b":2}],"d":[[1],[2]]}])", R"([{"c":[{"a":1},{"b":2}],"d":[[1],[2]]}])"},
    {R"([{"c":[{"a":1}[{"b":2}]]}])", R"([{"c":[{"a":1},{"b":2}]}])"},
    {R"([{"c":[]},{"d":{"e":[1]}}])", R"([{"c":[]},{"d":{"e":[1]}}])"},
    {R"([1,"x",null])", R"([1,"x",null])"},
};

TEST(NingRepair, TouchesOnlyWhatStandsOutsideStrings) {
    for (const auto& [broken, whole] : kRepairs) EXPECT_EQ(repaired(broken), whole) << broken;
}

TEST(NingRepair, IsTheSameWhereverPiecesAreCut) {
    for (const auto& [broken, whole] : kRepairs)
        for (const std::size_t piece : {1U, 2U, 3U, 7U}) EXPECT_EQ(repaired(broken, piece), whole) << piece;
}

TEST(NingRepair, LeavesWhatIsCutShortForTheReaderToRefuse) {
    EXPECT_EQ(repaired(R"(([{"a":1},{"b":)"), R"([{"a":1},{"b":)");
    EXPECT_EQ(repaired(R"(([{"a":"x)"), R"([{"a":"x)");
    EXPECT_EQ(repaired("hello"), "[hello]");
}

std::string member(const std::string& key, const std::string& name, const std::string& email,
                   const std::string& level) {
    return R"({"createdDate":"2010-01-01T00:00:00.000Z","fullName":")" + name + R"(","email":")" + email +
           R"(","profileQuestions":[],"level":")" + level + R"(","state":"active","contributorName":")" +
           key + R"(","comments":[]})";
}

std::string owner_of(const std::string& members, const ParseOptions& options) {
    const auto owners =
        facts_of({{"ning-members.json", "([" + members + "])"}}, options).all<core::OwnerSeen>();
    return owners.empty() ? "" : owners[0].keys.at(0).key;
}

TEST(NingOwner, IsToldByAddressThenByNameThenByBeingTheCreator) {
    const auto three = member("1", "Ann Lee", "bob@example.com/", "member") +
                       member("2", "ann  lée", "ann@example.com", "member") +
                       member("3", "Cid Roy", "cid@example.com", "owner");
    auto options = options_of_tests();
    EXPECT_EQ(owner_of(three, options), "3");
    options.owner_names = {"Ann Lée"};
    EXPECT_EQ(owner_of(three, options), "3") << "two of that name";
    options.owner_names = {"Cid Roy"};
    EXPECT_EQ(owner_of(three, options), "3");
    options.owner_emails = {"BOB@example.com"};
    EXPECT_EQ(owner_of(three, options), "1");
    EXPECT_EQ(owner_of(member("1", "Ann Lee", "", "member"), options_of_tests()), "");
}

// The search ends at a creator of the account's name only where none of the account's addresses can follow.
TEST(NingOwner, IsWhoHasTheAddressHoweverFarBehindTheCreatorOfThatName) {
    auto members = member("1", "Ann Lee", "other@example.com", "owner");
    for (int i = 0; i < 3'000; ++i) {
        const auto key = "k" + std::to_string(i);
        members += member(key, "Cid Roy " + key, key + "@example.com", "member");
    }
    auto options = options_of_tests();
    options.owner_names = {"Ann Lee"};
    options.owner_emails = {"ann@example.org"};
    EXPECT_EQ(owner_of(members, options), "1");
    EXPECT_EQ(owner_of(members + member("2", "A.", "Ann@Example.org", "member"), options), "2");
}

}  // namespace
}  // namespace vv::formats::testing
