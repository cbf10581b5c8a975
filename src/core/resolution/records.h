// core/resolution/records.h — one human in two lists of plain records, whatever their columns.
//
// Membership lists and registers have columns that no importer knows. What a column is (words, digits, a
// date) is told from its values; each is compared in levels and weighed as core/resolution/weights.h says,
// values that changed places with the next column's included. Nothing is labelled and no column's name means
// anything.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace vv::core::resolution {

struct RecordTable {
    std::size_t columns = 0;
    std::vector<std::vector<std::string>> rows;  // as wide as `columns`; an empty value is unknown
};

struct RecordLinks {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // of rows of one human; sorted
    std::size_t compared = 0;
};

/// Which rows of one list are one human's: every pair within each group found. O(Σ block²).
RecordLinks find_duplicates(const RecordTable& table);

/// Which row of `b` is the human of a row of `a`, at most one for each. The columns are the same ones.
RecordLinks link_tables(const RecordTable& a, const RecordTable& b);

}  // namespace vv::core::resolution
