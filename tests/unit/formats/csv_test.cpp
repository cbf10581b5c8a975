#include "formats/csv.h"

#include "formats/text_stream.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::formats {
namespace {

struct Read {
    std::vector<std::string> fields;
    std::int64_t line = 0;
    CsvProblem problem = CsvProblem::none;
    bool operator==(const Read&) const = default;
};

std::vector<Read> read_all(std::string_view text, CsvLimits limits = {}, std::size_t piece = 65'536) {
    ViewStream stream(text, piece);
    CsvReader reader(stream, limits);
    std::vector<Read> out;
    CsvRow row;
    while (true) {
        const auto more = reader.next(row);
        EXPECT_TRUE(more.ok());
        if (!more.ok() || !*more) return out;
        out.push_back({{row.fields.begin(), row.fields.end()}, row.line, row.problem});
    }
}

bool has_problem(const std::vector<Read>& rows) {
    return std::ranges::any_of(rows, [](const Read& row) { return row.problem != CsvProblem::none; });
}

TEST(CsvReader, GivesEachRowWithTheLineItBeganOn) {
    const std::vector<Read> expected{{{"a", "b"}, 1}, {{"1", "two\nlines"}, 2}, {{"x", "say \"hi\""}, 5}};
    const std::string text = "a,b\n1,\"two\nlines\"\n\nx,\"say \"\"hi\"\"\"";
    EXPECT_EQ(read_all(text), expected);
}

TEST(CsvReader, ReadsTheSameWhereverPiecesAreCutAndLinesEnd) {
    const std::vector<Read> expected{{{"a", "b"}, 1}, {{"1", "2"}, 2}, {{"3", ""}, 4}};
    for (const char* text : {"a,b\n1,2\n\n3,\n", "a,b\r\n1,2\r\n\r\n3,\r\n", "a,b\r1,2\r\r3,\r"})
        for (std::size_t piece = 1; piece < 20; ++piece)
            EXPECT_EQ(read_all(text, {}, piece), expected) << text << piece;
}

TEST(CsvReader, TellsTheLineWhereAnOpenQuoteBeganAndReadsTheLinesAfter) {
    const std::vector<Read> expected{
        {{"a", "b"}, 1}, {{"1", "2"}, 2}, {{}, 3, CsvProblem::open_quote}, {{"5", "6"}, 4}, {{"7", "8"}, 5}};
    for (std::size_t piece = 1; piece < 30; ++piece)
        EXPECT_EQ(read_all("a,b\r\n1,2\r\n3,\"4\r\n5,6\r\n7,8", {}, piece), expected);
}

TEST(CsvReader, GivesUpAQuoteThatSwallowsTooMuch) {
    std::string text = "a,b\n\"open,2\n";
    for (int i = 0; i < 1000; ++i) text += "1,2\n";
    CsvLimits limits;
    limits.row_bytes = 500;
    const auto rows = read_all(text, limits, 64);
    ASSERT_EQ(rows.size(), 1002U);
    EXPECT_EQ(rows[1].problem, CsvProblem::open_quote);
    EXPECT_EQ(rows[1].line, 2);
    EXPECT_EQ(rows.back().line, 1002);
}

TEST(CsvReader, StopsAfterTooManyOpenQuotes) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "\"x" + std::to_string(i) + "\n\"\"\n";
    text += "\"";
    CsvLimits limits;
    limits.recoveries = 3;
    limits.row_bytes = 40;
    const auto rows = read_all(text, limits);
    EXPECT_EQ(rows.back().problem, CsvProblem::given_up);
}

TEST(CsvReader, HoldsARowOfAMillionColumnsInBounds) {
    std::string text = "a,b\n" + std::string(1'000'000, ',') + "\n1,2\n";
    const auto rows = read_all(text);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].problem, CsvProblem::too_many_columns);
    EXPECT_EQ(rows[2], (Read{{"1", "2"}, 3}));
}

TEST(CsvReader, LeavesOutARowThatIsTooLong) {
    for (const std::string& field : {std::string(3'000'000, 'x'), '"' + std::string(3'000'000, 'x') + '"'}) {
        const auto rows = read_all("a\n" + field + "\nb\n");
        ASSERT_EQ(rows.size(), 3U);
        EXPECT_EQ(rows[1].problem, CsvProblem::too_long);
        EXPECT_EQ(rows[2], (Read{{"b"}, 3}));
    }
}

TEST(CsvReader, FindsNothingInNothing) {
    EXPECT_TRUE(read_all("").empty());
    EXPECT_TRUE(read_all("\n\r\n\n").empty());
}

// A line that lies whole in one piece may take another way than one that is put together. Where a quote never
// closes, what is left out depends on how far libcsv had got.
TEST(CsvReader, ReadsEveryShortTextWholeAsByteByByte) {
    constexpr std::string_view kLetters = "a\", \n";
    for (int size = 1; size <= 6; ++size) {
        const auto texts = static_cast<int>(std::pow(kLetters.size(), size));
        for (int n = 0; n < texts; ++n) {
            std::string text;
            for (int left = n; text.size() < static_cast<std::size_t>(size); left /= 5)
                text += kLetters[static_cast<std::size_t>(left % 5)];
            text += "\n";
            const auto whole = read_all(text);
            const auto byte_by_byte = read_all(text, {}, 1);
            ASSERT_TRUE(whole == byte_by_byte || (has_problem(whole) && has_problem(byte_by_byte))) << text;
        }
    }
}

TEST(CsvReader, TellsAnotherDelimiterThanCommaWholeAsByteByByte) {
    const std::string text = "a;\"b\"; c ;,\n\td\t;;e\r\n\tf\t\n";
    for (const char delimiter : {';', '\t', ','}) {
        std::vector<std::vector<std::string>> found;
        for (const std::size_t piece : {1, 100}) {
            ViewStream stream(text, piece);
            CsvReader reader(stream, {}, delimiter);
            CsvRow row;
            std::vector<std::string> fields;
            while (*reader.next(row)) fields.insert(fields.end(), row.fields.begin(), row.fields.end());
            found.push_back(std::move(fields));
        }
        EXPECT_EQ(found[0], found[1]) << delimiter;
        EXPECT_GE(found[0].size(), 3U);
    }
}

RC_GTEST_PROP(CsvReader, ReadsBackWhatWasWritten, ()) {
    const auto field = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\n\r; ")));
    const auto fields = rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(field));
    const auto table = *rc::gen::resize(8, rc::gen::container<std::vector<std::vector<std::string>>>(fields));
    std::string text;
    std::vector<std::vector<std::string>> written;
    for (const auto& row : table) {
        if (row.empty()) continue;
        written.push_back(row);
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += i == 0 ? "\"" : ",\"";
            for (const char c : row[i]) text += c == '"' ? "\"\"" : std::string(1, c);
            text += '"';
        }
        text += "\r\n";
    }
    std::vector<std::vector<std::string>> read;
    for (auto& row : read_all(text, {}, *rc::gen::inRange<std::size_t>(1, 40))) read.push_back(row.fields);
    RC_ASSERT(read == written);
}

std::string decode_all(std::string_view bytes, std::size_t piece) {
    ViewStream stream(bytes, piece);
    TextStream text(stream);
    std::string out;
    while (true) {
        const auto next = text.next();
        EXPECT_TRUE(next.ok());
        if (!next.ok() || next->empty()) return out;
        out += *next;
    }
}

TEST(TextStream, DecodesEveryEncodingWhereverItIsCut) {
    using namespace std::string_literals;
    const std::string said = "Böhm, Çelik 🚀 é";
    const std::string le =
        "\xff\xfe"
        "B\0\xf6\0h\0m\0,\0 \0\xc7\0"
        "e\0l\0i\0k\0 \0\x3d\xd8\x80\xde \0\xe9\0"s;
    std::string be;
    for (std::size_t i = 0; i < le.size(); i += 2) be += {le[i + 1], le[i]};
    for (std::size_t piece = 1; piece < 12; ++piece) {
        EXPECT_EQ(decode_all(said, piece), said);
        EXPECT_EQ(decode_all("\xef\xbb\xbf" + said, piece), said);
        EXPECT_EQ(decode_all(le, piece), said);
        EXPECT_EQ(decode_all(be, piece), said);
        EXPECT_EQ(decode_all(le.substr(2), piece), said);
        EXPECT_EQ(decode_all("B\xf6hm \x80", piece), "Böhm €");
        EXPECT_EQ(decode_all("Böhm \xff.", piece), "Böhm \ufffd.");
        EXPECT_EQ(decode_all("", piece), "");
        EXPECT_EQ(decode_all("a", piece), "a");
    }
}

}  // namespace
}  // namespace vv::formats
