#include "base/picture_shrinker.h"

#include "base/picture_protocol.h"

#include <bit>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace vv {
namespace {

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string picture(const std::string& name) {
    return file(std::string(VV_TEST_DATA) + "/pictures/" + name);
}

class Pictures : public testing::Test {
protected:
    std::string fault_of(const std::string& bytes) {
        const auto small = shrinker.shrink(bytes);
        return small ? "" : small.error().code;
    }
    PictureShrinker shrinker{VV_PICTURE};
};

/// Width and height as a JPEG's frame header has them.
std::pair<int, int> size_of(const std::string& jpeg) {
    const auto at = jpeg.find("\xff\xc0");
    if (at == std::string::npos || at + 9 > jpeg.size()) return {};
    const auto number = [&](std::size_t place) {
        return static_cast<unsigned char>(jpeg[place]) * 256 + static_cast<unsigned char>(jpeg[place + 1]);
    };
    return {number(at + 7), number(at + 5)};
}

TEST_F(Pictures, BecomeSmallSquaresWithoutWhatTheCameraNoted) {
    const std::string face = picture("face.jpg");
    ASSERT_NE(face.find("Taken at"), std::string::npos);
    const auto small = shrinker.shrink(face);
    ASSERT_TRUE(small) << small.error().detail;
    EXPECT_EQ(size_of(small->jpeg), std::pair(256, 256));
    EXPECT_EQ(small->jpeg.find("Taken at"), std::string::npos);
    EXPECT_EQ(small->jpeg.find("Exif"), std::string::npos);
}

TEST_F(Pictures, OfLessThanTheSquareAreNotBlownUpAndSeeThroughIsWhite) {
    const auto small = shrinker.shrink(picture("clear.png"));
    ASSERT_TRUE(small) << small.error().detail;
    EXPECT_EQ(size_of(small->jpeg), std::pair(64, 64));
    EXPECT_TRUE(shrinker.shrink(small->jpeg)) << "what comes out goes in";
}

TEST_F(Pictures, ThatAreSomethingElseTooKeepTheirPixelsAlone) {
    const auto small = shrinker.shrink(picture("also_a_zip.jpg"));
    ASSERT_TRUE(small) << small.error().detail;
    EXPECT_EQ(small->jpeg.find("<script>"), std::string::npos);
    EXPECT_EQ(small->jpeg, shrinker.shrink(picture("face.jpg"))->jpeg);
}

TEST_F(Pictures, AreOfOneLookInWhateverSizeFormatAndQuality) {
    const auto look = [&](const char* name) {
        const auto small = shrinker.shrink(picture(name));
        return small ? small->look : 0;
    };
    const auto differing = [&](const char* name) { return std::popcount(look("portrait.jpg") ^ look(name)); };
    ASSERT_NE(look("portrait.jpg"), 0U);
    EXPECT_LE(differing("portrait_small.png"), 4);
    EXPECT_LE(differing("portrait_poor.jpg"), 4);
    EXPECT_LE(differing("portrait.webp"), 4);
    EXPECT_GE(differing("other_portrait.jpg"), 16);
    EXPECT_EQ(look("plain.png"), 0U) << "nothing is to be seen on it";
}

TEST_F(Pictures, ThatMoveStandStill) {
    const auto small = shrinker.shrink(picture("moving.gif"));
    ASSERT_TRUE(small) << small.error().detail;
    EXPECT_EQ(size_of(small->jpeg), std::pair(48, 48))
        << "one of three frames, not all of them below one another";
}

TEST_F(Pictures, ThatLieAboutTheirSizeAreToldInTime) {
    const std::string face = picture("face.jpg");
    const auto at = face.find("\xff\xc0");
    ASSERT_NE(at, std::string::npos);
    for (const char* const sides : {"\xff\xff\xff\xff", "\x1f\x40\x17\x70"}) {  // 65,535²; 6,000 × 8,000
        std::string lying = face;
        lying.replace(at + 5, 4, sides, 4);
        EXPECT_EQ(fault_of(lying), "picture.unreadable");
    }
    EXPECT_EQ(fault_of(face), "");
}

TEST_F(Pictures, ThatAreNoneAreToldAndTheNextIsRead) {
    EXPECT_EQ(fault_of(picture("cut.jpg")), "picture.unreadable");
    EXPECT_EQ(fault_of(picture("drawing.svg")), "picture.unreadable");
    EXPECT_EQ(fault_of("no picture"), "picture.unreadable");
    EXPECT_EQ(fault_of(""), "picture.unreadable");
    EXPECT_EQ(fault_of(picture("bomb.png")), "picture.too_many_pixels");
    EXPECT_EQ(fault_of(std::string(picture::kMostBytes + 1, 'x')), "picture.too_large");
    EXPECT_EQ(fault_of(picture("face.jpg")), "");
}

TEST_F(Pictures, AreReadByAProcessThatMayDoNothingElse) {
    ASSERT_TRUE(shrinker.shrink(picture("face.jpg")));
    const std::string at = "/proc/" + std::to_string(shrinker.process());
    const std::string status = file(at + "/status");
    EXPECT_THAT(status, testing::HasSubstr("Seccomp:\t2"));
    EXPECT_THAT(status, testing::HasSubstr("NoNewPrivs:\t1"));
    const std::string limits = file(at + "/limits");
    EXPECT_THAT(limits, testing::ContainsRegex("Max address space +1073741824 +1073741824"));
    EXPECT_THAT(limits, testing::ContainsRegex("Max cpu time +120 +120"));
    EXPECT_THAT(limits, testing::ContainsRegex("Max file size +0 +0"));
    EXPECT_THAT(limits, testing::ContainsRegex("Max core file size +0 +0"));
    int open = 0;
    std::error_code failed;
    for (const auto& one : std::filesystem::directory_iterator(at + "/fd", failed)) {
        const auto what = std::filesystem::read_symlink(one.path(), failed).string();
        EXPECT_TRUE(what.starts_with("socket:") || what == "/dev/null") << what;
        ++open;
    }
    EXPECT_EQ(open, 3);
    EXPECT_EQ(file(at + "/environ").find("PATH="), std::string::npos);
}

TEST_F(Pictures, GoOnWithAFreshProcessWhenOneDied) {
    ASSERT_TRUE(shrinker.shrink(picture("face.jpg")));
    const pid_t first = shrinker.process();
    ASSERT_EQ(kill(first, SIGKILL), 0);
    EXPECT_TRUE(shrinker.shrink(picture("face.jpg")));
    EXPECT_NE(shrinker.process(), first);
}

TEST(PictureShrinker, GivesUpOnWhatTakesTooLong) {
    PictureShrinker hasty(VV_PICTURE, std::chrono::milliseconds(0));
    const auto none = hasty.shrink(picture("face.jpg"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().fault, Fault::unavailable);
    EXPECT_EQ(hasty.process(), 0);
}

TEST(PictureShrinker, SaysWhenItsProgramIsMissing) {
    for (const char* program : {"/nowhere/visavis-picture", "/bin/true"}) {
        PictureShrinker missing(program);
        const auto none = missing.shrink(picture("face.jpg"));
        ASSERT_FALSE(none);
        EXPECT_EQ(none.error().code, "picture.program");
        EXPECT_EQ(none.error().fault, Fault::unavailable);
        EXPECT_NE(none.error().detail.find(program), std::string::npos);
    }
}

}  // namespace
}  // namespace vv
