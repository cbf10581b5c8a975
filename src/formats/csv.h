// formats/csv.h — rows of a CSV file, one at a time, with the line each began on. libcsv stops here.
//
// The text must be UTF-8 (see text_stream.h). Memory is bounded by the limits whatever the file holds: a row
// with too many columns is told as such and its fields dropped, a quote that never closes is told with the
// line where it opened, and reading goes on with the line after.
#pragma once

#include "formats/bytes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

struct CsvLimits {
    std::size_t columns = 1'000;
    std::size_t row_bytes = 1 << 20;  // an open quote is given up after so much
    int recoveries = 100;             // after so many open quotes the rest of the file is given up
};

enum class CsvProblem {
    none,
    too_many_columns,
    too_long,    // one row beyond row_bytes
    open_quote,  // the quote opened in this line never closes
    given_up,    // too many open quotes: nothing more is read from this file
};

/// One row. Views are valid until the next read.
struct CsvRow {
    std::vector<std::string_view> fields;
    std::int64_t line = 0;  // the physical line it began on, from 1; where the quote opened for an open quote
    std::string_view raw;   // its first bytes as they stand in the file, for reports
    CsvProblem problem = CsvProblem::none;

    /// Field `i`, or empty beyond the end.
    [[nodiscard]] std::string_view at(std::size_t i) const {
        return i < fields.size() ? fields[i] : std::string_view{};
    }
};

/// What to tell the owner of a row's problem ("a quote opened in this line never closes; …"); empty without
/// one.
std::string describe(CsvProblem problem, const CsvLimits& limits = {});

/// The separator of a table that begins so: of comma, semicolon and tab the one most often in its first line.
char guess_delimiter(std::string_view head);

class CsvReader {
public:
    explicit CsvReader(ByteStream& text, CsvLimits limits = {}, char delimiter = ',');
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    /// Reads the next row that holds anything into `row`; false at the end. Errors are the stream's.
    Result<bool> next(CsvRow& row);

private:
    struct Parser;
    std::string_view& front() { return replayed_.empty() ? piece_ : replayed_; }
    Result<bool> fill();
    bool take_simple(std::string_view line, CsvRow& row);
    bool end_row(CsvRow& row);
    void skip_rest_of_line(std::string_view line);
    void parse_line(std::string_view line);
    void count_line(std::string_view line);
    bool overflow(CsvRow& row);
    bool give_up_quote(CsvRow& row);
    void report(CsvRow& row, CsvProblem problem, std::int64_t line);

    ByteStream& text_;
    CsvLimits limits_;
    char delimiter_;
    std::unique_ptr<Parser> parser_;
    std::string_view piece_;     // not yet parsed, of the stream
    std::string replay_;         // lines after an open quote, to be parsed again before piece_
    std::string_view replayed_;  // what is left of them
    std::string raw_;            // the bytes of the row being read
    std::string unescaped_;      // fields of a simple row that hold quotes
    std::int64_t line_ = 1;      // of the front of what is not yet parsed
    std::int64_t row_line_ = 1;
    std::int64_t quote_line_ = 0;     // where the quote now open was opened; 0 when none is
    std::size_t quote_line_end_ = 0;  // the end of that line in raw_
    int recoveries_ = 0;
    bool row_done_ = true;       // the last row was handed out: the next begins afresh
    bool after_return_ = false;  // a LF now ends the same line as the CR before it
    bool skipping_ = false;      // up to the end of a line that is too long
    bool given_up_ = false;
};

}  // namespace vv::formats
