#include "formats/paper/document.h"
#include "formats/paper/wall.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <tuple>
#include <unistd.h>

namespace vv::formats::paper {
namespace {

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

// What other people's programs make of a PDF: poppler's.
std::string output_of(const std::string& command) {
    std::string said;
    FILE* const pipe = ::popen(command.c_str(), "r");
    if (!pipe) return said;
    std::array<char, 65'536> piece{};
    while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), pipe))
        said.append(piece.data(), got);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return said;
}

class Paper : public testing::Test {
protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "paper-XXXXXX.pdf";
        const int file = ::mkstemps(name.data(), 4);
        ASSERT_GE(file, 0);
        ::close(file);
        path = name;
    }
    void TearDown() override { std::remove(path.c_str()); }
    void keep(const std::string& pdf) const { std::ofstream(path, std::ios::binary) << pdf; }
    [[nodiscard]] std::string text() const { return output_of("pdftotext -layout " + path + " -"); }
    [[nodiscard]] std::string info(const std::string& field) const {
        std::istringstream lines(output_of("pdfinfo " + path));
        for (std::string line; std::getline(lines, line);)
            if (line.starts_with(field + ":"))
                return line.substr(line.find_first_not_of(' ', field.size() + 1));
        return {};
    }
    // The darkness of each dot of a page, a dot a point.
    struct Picture {
        int width = 0, height = 0;
        std::string dots;
        [[nodiscard]] int dark(int left, int top, int right, int bottom) const {
            int count = 0;
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x)
                    if (static_cast<unsigned char>(dots[static_cast<std::size_t>(y * width + x)]) < 200)
                        ++count;
            return count;
        }
    };
    [[nodiscard]] Picture picture(int page = 1) const {
        const std::string number = std::to_string(page);
        std::istringstream pgm(output_of("pdftoppm -r 72 -gray -f " + number + " -l " + number + " " + path));
        Picture made;
        std::string kind;
        int most = 0;
        pgm >> kind >> made.width >> made.height >> most;
        pgm.get();
        made.dots.assign(std::istreambuf_iterator<char>(pgm), {});
        EXPECT_EQ(made.dots.size(), static_cast<std::size_t>(made.width * made.height));
        return made;
    }

    std::string path;
};

Wall five() {
    Wall wall;
    wall.title = "Face to face";
    wall.sentences = {"Call before you write.", "Ask who else should be there.", "Lunch is a meeting.",
                      "Remember Zoë’s harbour, Дмитрий’s letters.", "Whom will you see this week?"};
    return wall;
}

TEST_F(Paper, FiveSentencesFillOneSheet) {
    for (const auto& [size, wide, high] :
         {std::tuple(Size::a4, 595, 842), std::tuple(Size::letter, 612, 792)}) {
        keep(write_wall(five(), size, kNow));
        EXPECT_EQ(info("Pages"), "1");
        EXPECT_EQ(info("Title"), "Face to face");
        const std::string said = text();
        EXPECT_NE(said.find("Call before you write."), std::string::npos);
        EXPECT_NE(said.find("Дмитрий"), std::string::npos) << "in a font that has it";
        const Picture page = picture();
        EXPECT_NEAR(page.width, wide, 1);
        EXPECT_NEAR(page.height, high, 1);
        EXPECT_GT(page.dark(60, 80, page.width - 60, page.height / 2), 500) << "the upper half";
        EXPECT_GT(page.dark(60, page.height / 2, page.width - 60, page.height - 60), 500) << "the lower half";
        EXPECT_EQ(page.dark(0, 0, 40, page.height) + page.dark(page.width - 40, 0, page.width, page.height),
                  0)
            << "margins";
    }
}

TEST_F(Paper, SentencesOfAnyLengthStayOnTheSheet) {
    Wall wall = five();
    for (auto& sentence : wall.sentences) sentence = std::string(160, 'W');
    wall.strip = Strip{"2026: 46 people met face to face.", {}, {}};
    keep(write_wall(wall, Size::letter, kNow));
    EXPECT_EQ(info("Pages"), "1");
    const Picture page = picture();
    EXPECT_EQ(page.dark(page.width - 40, 0, page.width, page.height), 0)
        << "words that are too long are broken";
    EXPECT_EQ(page.dark(0, page.height - 160, page.width, page.height - 110), 0)
        << "nothing runs into the strip";
}

TEST_F(Paper, TheYearsStripHasADotForEachEncounter) {
    Wall wall = five();
    wall.strip.emplace();
    wall.strip->caption = "2026: 2 people met face to face.";
    for (const char* month : {"J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"})
        wall.strip->months.emplace_back(month);
    keep(write_wall(wall, Size::a4, kNow));
    const auto strip = [](const Picture& page) { return page.dark(60, 690, page.width - 60, 742); };
    const int without = strip(picture());
    wall.strip->dots = {{1, core::Relation::friend_, false}, {52, core::Relation::colleague, true}};
    for (int more = 0; more < 30; ++more) wall.strip->dots.push_back({26, core::Relation::relative, false});
    keep(write_wall(wall, Size::a4, kNow));
    EXPECT_GT(strip(picture()), without + 100);
    EXPECT_NE(text().find("2 people met"), std::string::npos);
}

TEST_F(Paper, IsTheSameBytesForTheSameSheet) {
    EXPECT_EQ(write_wall(five(), Size::a4, kNow), write_wall(five(), Size::a4, kNow));
}

TEST_F(Paper, ADocumentTakesTheSheetsThatItNeeds) {
    Document plan{"Three days in Lisbon", "3 to 6 May", {}, "Made by Visavis"};
    for (int day = 1; day <= 3; ++day) {
        Section section{"Day " + std::to_string(day), {}};
        for (int i = 0; i < 12; ++i)
            section.entries.push_back({"10:00 to 11:00",
                                       "Person " + std::to_string(day * 100 + i),
                                       {"Coffee at the Silver Lantern", "15 minutes on the way"}});
        plan.sections.push_back(section);
    }
    keep(write_document(plan, Size::a4, kNow));
    const int pages = std::stoi(info("Pages"));
    EXPECT_GE(pages, 2);
    EXPECT_LE(pages, 4);
    const std::string said = text();
    for (const char* all : {"Person 100", "Person 211", "Person 311", "Three days in Lisbon"})
        EXPECT_NE(said.find(all), std::string::npos) << all;
    for (int page = 1; page <= pages; ++page) {
        const Picture seen = picture(page);
        EXPECT_GT(seen.dark(50, 50, seen.width - 50, seen.height - 50), 200) << page;
        EXPECT_EQ(seen.dark(0, seen.height - 30, seen.width, seen.height), 0) << page;
    }
}

TEST_F(Paper, TextOfAnyKindIsSet) {
    std::string marks = "Z";
    for (int i = 0; i < 3'000; ++i) marks += "\u0301";
    const Document odd{
        "\xff\xfe bytes", "\u202egro.live", {{"", {{"", "", {marks, std::string("a\0b", 3), ""}}}}}, ""};
    keep(write_document(odd, Size::a4, kNow));
    EXPECT_EQ(info("Pages"), "1");
}

}  // namespace
}  // namespace vv::formats::paper
