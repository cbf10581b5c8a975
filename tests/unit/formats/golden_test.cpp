// Each folder tests/data/FORMAT/CASE holds files in the exact layout of an export under input/, and in
// expected.txt every fact that must come out. VV_UPDATE_GOLDEN=1 writes expected.txt anew, for a person to
// read before it is kept.

#include "unit/formats/facts.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace vv::formats::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> cases() {
    std::vector<std::string> found;
    for (const auto& format : fs::directory_iterator(VV_TEST_DATA))
        if (format.is_directory())
            for (const auto& golden : fs::directory_iterator(format))
                if (fs::exists(golden.path() / "input"))
                    found.push_back(fs::relative(golden.path(), VV_TEST_DATA).string());
    std::sort(found.begin(), found.end());
    return found;
}

std::string name_of(const ::testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
}

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, GivesExactlyTheFactsExpected) {
    const fs::path folder = fs::path(VV_TEST_DATA) / GetParam();
    const auto listing = list_files((folder / "input").string());
    ASSERT_TRUE(listing.ok());
    std::vector<archive::InputFile> files;
    for (const auto& file : listing->files)
        files.push_back({file.path, file.size, [path = file.real_path] { return open_file(path); }});
    const auto archives = archive::gather("input", std::move(files));
    ASSERT_TRUE(archives.ok());
    auto options = options_of_tests();
    // Where the account's own address is needed to tell the owner.
    for (const auto* with_owner : {"icalendar", "blog/feeds", "mail/mbox"})
        if (GetParam().starts_with(with_owner)) options.owner_emails = {"ann.lee@example.com"};
    std::string got;
    for (const auto& archive : *archives) got += report(archive, options);
    const auto expected = folder / "expected.txt";
    if (std::getenv("VV_UPDATE_GOLDEN")) std::ofstream(expected, std::ios::binary) << got;
    EXPECT_EQ(got, content(expected)) << "see " << expected;
}

INSTANTIATE_TEST_SUITE_P(Formats, Golden, ::testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace vv::formats::testing
