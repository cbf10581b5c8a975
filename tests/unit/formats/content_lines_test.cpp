#include "formats/content_lines.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

// Each logical line with its name, its colon and the physical line it began on.
std::vector<std::string> lines_of(std::string_view text, LineDialect dialect, std::size_t piece) {
    ViewStream bytes(text, piece);
    ContentLines lines(bytes, dialect);
    ContentLine line;
    std::vector<std::string> out;
    while (*lines.next(line)) {
        std::string told = std::to_string(line.line) + "|" + std::string(line.name) + "|";
        if (line.colon != std::string::npos) told += std::to_string(line.colon);
        out.push_back(std::move(told) + "|" + std::string(line.text));
    }
    return out;
}

TEST(ContentLines, TellNameAndColonOfEveryKindOfLine) {
    const std::string text =
        "UID:a\r\nitem1.EMAIL;type=pref:b:c\n.X:d\r\r\nATTENDEE;CN=\"Lee: "
        "Ann\":mailto:e\rA\"B:C\"D:f\nnone\n;:g\n";
    const std::vector<std::string> expected{"1|UID|3|UID:a",
                                            "2|EMAIL|21|item1.EMAIL;type=pref:b:c",
                                            "3|X|2|.X:d",
                                            "4|ATTENDEE|22|ATTENDEE;CN=\"Lee: Ann\":mailto:e",
                                            "5|A\"B:C\"D|7|A\"B:C\"D:f",
                                            "6|||none",
                                            "7||1|;:g"};
    for (const std::size_t piece : {1, 2, 3, 5, 8, 30, 1'000})
        EXPECT_EQ(lines_of(text, LineDialect::icalendar, piece), expected) << piece;
}

TEST(ContentLines, AreCutBetweenLetters) {
    std::string text = "NOTE:";
    while (text.size() < 2 * ContentLines::kLongest) text += "é";
    for (const std::size_t piece : {7, 4'096, 1'000'000}) {
        ViewStream bytes(text, piece);
        ContentLines lines(bytes, LineDialect::vcard);
        ContentLine line;
        ASSERT_TRUE(*lines.next(line));
        EXPECT_TRUE(line.cut);
        EXPECT_EQ(line.text, std::string_view(text).substr(0, ContentLines::kLongest - 1)) << piece;
    }
}

TEST(ContentLines, AreTheSameWhereverPiecesAreCut) {
    std::string text;
    for (std::size_t n = 0; n < 80; ++n) {
        text += "X-LINE" + std::to_string(n) + (n % 3 == 0 ? ";CN=\"a:b\":" : ":") +
                std::string(n * n % 701, 'v');
        if (n % 4 == 0) text += "\r\n folded" + std::string(n % 9, ' ');
        if (n % 5 == 0) text += "\n\tfolded again, and for longer " + std::string(7 * n, 'w');
        text += n % 7 == 0 ? "\n" : n % 11 == 0 ? "\r" : "\r\n";
        if (n % 13 == 0) text += "\n";
    }
    for (const auto dialect : {LineDialect::icalendar, LineDialect::vcard}) {
        const auto whole = lines_of(text, dialect, text.size());
        EXPECT_EQ(whole.size(), 80U);
        for (const std::size_t piece : {1, 2, 13, 100, 255, 256, 257, 300, 511, 2'000, 5'003})
            EXPECT_EQ(lines_of(text, dialect, piece), whole) << piece;
    }
}

}  // namespace
}  // namespace vv::formats
