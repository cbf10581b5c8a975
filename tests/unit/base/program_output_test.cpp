#include "base/program_output.h"

#include <array>
#include <gtest/gtest.h>

namespace vv {
namespace {

std::string all_of(ProgramOutput& program) {
    std::string text;
    std::array<char, 7> buffer{};
    while (true) {
        const auto got = program.read(buffer.data(), buffer.size());
        if (!got || *got == 0) return text;
        text.append(buffer.data(), *got);
    }
}

TEST(ProgramOutput, IsReadToItsEnd) {
    const auto program = ProgramOutput::start({"printf", "%s-%s", "one two", "three"});
    ASSERT_TRUE(program);
    EXPECT_EQ(all_of(**program), "one two-three");
    EXPECT_TRUE((*program)->finish());
}

TEST(ProgramOutput, OfAProgramThatFailsNamesItsLastComplaint) {
    const auto program = ProgramOutput::start({"sh", "-c", "echo first >&2; echo 'no such map' >&2; exit 3"});
    ASSERT_TRUE(program);
    EXPECT_EQ(all_of(**program), "");
    const auto ended = (*program)->finish();
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, "program.failed");
    EXPECT_EQ(ended.error().detail, "sh failed: no such map");
}

TEST(ProgramOutput, OfWhatIsNotThereIsUnavailable) {
    const auto program = ProgramOutput::start({"visavis-no-such-program"});
    ASSERT_FALSE(program);
    EXPECT_EQ(program.error().code, "program.missing");
}

TEST(ProgramOutput, LeftUnreadEndsWithItsReader) {
    const auto program = ProgramOutput::start({"yes"});
    ASSERT_TRUE(program);
    std::array<char, 4> buffer{};
    EXPECT_EQ(*(*program)->read(buffer.data(), buffer.size()), 4U);
}  // killed here, or the test would wait for ever

}  // namespace
}  // namespace vv
