// core/resolution/record_fields.h — plain records made ready for comparing, and the levels at which two
// agree.
#pragma once

#include "core/resolution/records.h"
#include "core/resolution/spelling.h"
#include "core/resolution/weights.h"

#include <array>
#include <deque>
#include <span>
#include <unordered_map>

namespace vv::core::resolution {

/// How two values of a column agree; the order is that of Cell::level.
enum class Likeness : std::uint8_t { missing, exact, slip, two_slips, alike, swapped, different };
inline constexpr std::size_t kLikenesses = 7;
/// How often two records of one human agree so, before anything is known: typing slips, moves, blanks.
inline constexpr std::array<double, kLikenesses> kLikenessPriors{0, .80, .08, .03, .02, .01, .06};

class RecordFields {
public:
    /// Rows of all tables one after the other; the columns are those of the first.
    explicit RecordFields(std::span<const RecordTable* const> tables);

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns() const { return columns_.size(); }
    /// The value's number, one for all columns, so that values in the wrong column are found; 0 is unknown.
    [[nodiscard]] std::uint32_t value(std::size_t column, std::size_t row) const {
        return columns_[column].values[row];
    }
    /// Fills in one cell a column.
    void compare(std::size_t a, std::size_t b, std::span<Cell> out) const;

private:
    enum class Kind : std::uint8_t { words, digits, date };
    struct Column {
        Kind kind = Kind::words;
        std::vector<std::uint32_t> values;            // by row
        std::vector<float> shares;                    // by value: of how many other rows it is the value
        std::vector<float> surprises;                 // by value: -log2 of that
        std::array<double, kLikenesses> by_chance{};  // of pairs of any two rows, how many agree so
        float differing = 0;                          // -log2 of how many do not agree
    };

    std::uint32_t intern(const std::string& written);
    void count_values(Column& column) const;
    void tell_kind(Column& column) const;
    void measure_chance(Column& column) const;
    [[nodiscard]] Likeness likeness(Kind kind, std::uint32_t x, std::uint32_t y) const;
    [[nodiscard]] Cell cell(const Column& column, std::uint32_t x, std::uint32_t y) const;
    void try_swapped(std::size_t column, std::size_t a, std::size_t b, std::span<Cell> out) const;

    std::unordered_map<std::string, std::uint32_t> numbers_;
    struct Shape {
        std::uint64_t letters = 0;  // which letters and digits occur
        std::size_t size = 0;
    };
    std::deque<std::string> texts_;  // folded, without blanks
    std::vector<Shape> shapes_;      // by value, as texts_
    std::vector<Column> columns_;
    std::size_t rows_ = 0;
};

}  // namespace vv::core::resolution
