#include "formats/csv.h"

#include <algorithm>
#include <array>
#include <csv.h>
#include <new>
#include <optional>

namespace vv::formats {
namespace {

constexpr std::size_t kRawShown = 256;
constexpr int kRowNotBegun = 0;  // libcsv's states, as its csv_parser::pstate holds them
constexpr int kFieldBegun = 2;

// The length of the front line with its CR or LF, or of all when it does not end here.
std::size_t line_length(std::string_view text) {
    const auto feed = text.find('\n');
    const auto carriage = text.substr(0, feed).find('\r');
    if (carriage != std::string_view::npos) return carriage + 1;
    return feed == std::string_view::npos ? text.size() : feed + 1;
}

bool ends_line(std::string_view line) {
    return !line.empty() && (line.back() == '\n' || line.back() == '\r');
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

// Of a line the field in quotes that begins at `at`, whose doubled quotes are resolved in `unescaped`, which
// has room for the line. `at` becomes the place after it.
std::optional<std::string_view> quoted_field(std::string_view line, std::size_t& at, std::string& unescaped) {
    const auto kept = unescaped.size();
    auto begin = at + 1;
    at = line.find('"', begin);
    while (at != std::string_view::npos && line.substr(at + 1).starts_with('"')) {
        unescaped += line.substr(begin, at + 1 - begin);
        begin = at + 2;
        at = line.find('"', begin);
    }
    if (at == std::string_view::npos) return std::nullopt;
    const auto end = line.substr(begin, at++ - begin);
    if (unescaped.size() == kept) return end;
    unescaped += end;
    return std::string_view(unescaped).substr(kept);
}

// The field at `at` and, in `at`, where it ends: at a delimiter or with the line. Nothing for one with quotes
// in other places than they should be.
std::optional<std::string_view> simple_field(std::string_view line, std::size_t& at, char delimiter,
                                             std::string& unescaped) {
    while (at < line.size() && is_blank(line[at]) && line[at] != delimiter) ++at;
    const auto begin = at;
    if (at < line.size() && line[at] == '"') {
        const auto field = quoted_field(line, at, unescaped);
        return field && (at == line.size() || line[at] == delimiter) ? field : std::nullopt;
    }
    while (at < line.size() && line[at] != delimiter && line[at] != '"') ++at;
    if (at < line.size() && line[at] == '"') return std::nullopt;
    auto end = at;
    while (end > begin && is_blank(line[end - 1])) --end;
    return line.substr(begin, end - begin);
}

}  // namespace

std::string describe(CsvProblem problem, const CsvLimits& limits) {
    switch (problem) {
        case CsvProblem::none:
            return {};
        case CsvProblem::too_many_columns:
            return "the row has more than " + std::to_string(limits.columns) + " columns; it was left out.";
        case CsvProblem::too_long:
            return "the row is longer than " + std::to_string(limits.row_bytes) + " bytes; it was left out.";
        case CsvProblem::open_quote:
            return "a quote opened in this line never closes; the line was left out, reading went on with "
                   "the next.";
        case CsvProblem::given_up:
            return "too many quotes never close; the file was read up to this line only. Export it again.";
    }
    return {};
}

char guess_delimiter(std::string_view head) {
    std::array<std::size_t, 3> counts{};
    constexpr std::string_view kDelimiters = ",;\t";
    bool quoted = false;
    for (const char c : head.substr(0, head.find_first_of("\r\n"))) {
        if (c == '"') quoted = !quoted;
        const auto which = quoted ? std::string_view::npos : kDelimiters.find(c);
        if (which != std::string_view::npos) ++counts.at(which);
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

// libcsv's parser and the fields it has given so far of one row.
struct CsvReader::Parser {
    csv_parser csv{};
    std::string bytes;
    std::vector<std::size_t> ends;
    std::size_t columns_kept;
    std::size_t columns = 0;
    bool row_ended = false;
    unsigned char delimiter;

    Parser(std::size_t keep, char separator)
        : columns_kept(keep), delimiter(static_cast<unsigned char>(separator)) {
        start();
    }
    ~Parser() { csv_free(&csv); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void start() {
        if (csv_init(&csv, 0) != 0) throw std::bad_alloc();
        csv_set_delim(&csv, delimiter);
        csv_set_blk_size(&csv, 4096);
    }
    void forget() {
        csv_free(&csv);
        start();
        begin_row();
    }
    void begin_row() {
        bytes.clear();
        ends.clear();
        columns = 0;
        row_ended = false;
    }
    static void on_field(void* data, std::size_t size, void* self) {
        auto& parser = *static_cast<Parser*>(self);
        if (++parser.columns > parser.columns_kept) return;
        parser.bytes.append(static_cast<const char*>(data), size);
        parser.ends.push_back(parser.bytes.size());
    }
    static void on_row(int, void* self) { static_cast<Parser*>(self)->row_ended = true; }

    void parse(std::string_view text) {
        if (csv_parse(&csv, text.data(), text.size(), &on_field, &on_row, this) != text.size())
            throw std::bad_alloc();
    }
    void finish() {
        if (csv_fini(&csv, &on_field, &on_row, this) != 0) throw std::bad_alloc();
    }
    [[nodiscard]] bool in_quotes() const { return csv.pstate == kFieldBegun && csv.quoted != 0; }
};

CsvReader::CsvReader(ByteStream& text, CsvLimits limits, char delimiter)
    : text_(text),
      limits_(limits),
      delimiter_(delimiter),
      parser_(std::make_unique<Parser>(limits.columns, delimiter)) {}
CsvReader::~CsvReader() = default;

Result<bool> CsvReader::next(CsvRow& row) {
    if (row_done_) {
        raw_.clear();
        parser_->begin_row();
        row_done_ = false;
    }
    while (!given_up_) {
        TRY(const bool more, fill());
        if (!more) {
            if (raw_.empty()) return false;
            if (parser_->in_quotes() && give_up_quote(row)) return true;
            parser_->finish();
            if (parser_->row_ended) return end_row(row);
            raw_.clear();
            return false;
        }
        auto& rest = front();
        const auto line = rest.substr(0, line_length(rest));
        rest.remove_prefix(line.size());
        if (skipping_) {
            skip_rest_of_line(line);
            continue;
        }
        if (raw_.empty() && take_simple(line, row)) return true;
        parse_line(line);
        if (parser_->row_ended) return end_row(row);
        if (raw_.size() > limits_.row_bytes) return overflow(row);
    }
    return false;
}

// Sees to it that front() has something; false at the end.
Result<bool> CsvReader::fill() {
    if (!front().empty()) return true;
    TRY(piece_, text_.next());
    return !piece_.empty();
}

// A row that is a line and has quotes only where they should be, which most are, is shown where it lies:
// libcsv asks about every byte. It reads just what libcsv would; whatever it leaves is libcsv's.
bool CsvReader::take_simple(std::string_view line, CsvRow& row) {
    if (!ends_line(line)) return false;
    row.fields.clear();
    unescaped_.clear();
    unescaped_.reserve(line.size());
    const auto text = line.substr(0, line.size() - 1);
    for (std::size_t at = 0;; ++at) {
        const auto field = simple_field(text, at, delimiter_, unescaped_);
        if (!field || row.fields.size() == limits_.columns) return false;
        row.fields.push_back(*field);
        if (at == text.size()) break;
    }
    if (row.fields.size() == 1 && row.fields.front().empty()) return false;  // may be a blank line
    row.line = line_;
    row.raw = line.substr(0, kRawShown);
    row.problem = CsvProblem::none;
    row_done_ = true;
    count_line(line);
    return true;
}

void CsvReader::parse_line(std::string_view line) {
    const bool blank = line == "\n" || line == "\r";
    if (raw_.empty()) row_line_ = line_;
    if (!(blank && raw_.empty())) {
        const bool was_quoted = parser_->in_quotes();
        raw_ += line;
        parser_->parse(line);
        if (!parser_->in_quotes())
            quote_line_ = 0;
        else if (!was_quoted)
            quote_line_ = line_;
        if (quote_line_ == line_) quote_line_end_ = raw_.size();
        if (parser_->csv.pstate == kRowNotBegun && !parser_->row_ended) raw_.clear();
    }
    count_line(line);
}

void CsvReader::count_line(std::string_view line) {
    const bool second_half = after_return_ && line == "\n";
    if (ends_line(line) && !second_half) ++line_;
    after_return_ = line.back() == '\r';
}

bool CsvReader::end_row(CsvRow& row) {
    row.fields.clear();
    if (parser_->columns > limits_.columns) {
        report(row, CsvProblem::too_many_columns, row_line_);
        return true;
    }
    std::size_t begin = 0;
    for (const auto end : parser_->ends) {
        row.fields.push_back(std::string_view(parser_->bytes).substr(begin, end - begin));
        begin = end;
    }
    row.line = row_line_;
    row.raw = std::string_view(raw_).substr(0, kRawShown);
    row.problem = CsvProblem::none;
    row_done_ = true;
    return true;
}

bool CsvReader::overflow(CsvRow& row) {
    if (parser_->in_quotes() && give_up_quote(row)) return true;
    const auto problem =
        parser_->columns > limits_.columns ? CsvProblem::too_many_columns : CsvProblem::too_long;
    skipping_ = !ends_line(raw_);
    parser_->forget();
    report(row, problem, row_line_);
    return true;
}

void CsvReader::skip_rest_of_line(std::string_view line) {
    skipping_ = !ends_line(line);
    count_line(line);
}

// Leaves out the line where the open quote began and puts what followed back, to be read as rows of its own.
// False when that line itself is what is too long.
bool CsvReader::give_up_quote(CsvRow& row) {
    if (quote_line_ == line_) return false;
    const auto problem = ++recoveries_ > limits_.recoveries ? CsvProblem::given_up : CsvProblem::open_quote;
    given_up_ = problem == CsvProblem::given_up;
    std::string again = raw_.substr(quote_line_end_);
    again += replayed_;
    replay_ = std::move(again);
    replayed_ = replay_;
    raw_.resize(quote_line_end_);
    line_ = quote_line_ + 1;
    after_return_ = raw_.back() == '\r';
    parser_->forget();
    report(row, problem, quote_line_);
    return true;
}

void CsvReader::report(CsvRow& row, CsvProblem problem, std::int64_t line) {
    row.fields.clear();
    row.line = line;
    row.raw = std::string_view(raw_).substr(0, kRawShown);
    row.problem = problem;
    row_done_ = true;
    quote_line_ = 0;
}

}  // namespace vv::formats
