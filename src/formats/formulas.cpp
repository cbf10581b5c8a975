#include "formats/formulas.h"

namespace vv::formats {
namespace {

constexpr std::string_view kFormula = "=+-@\t\r";  // what a spreadsheet takes for a formula's beginning
constexpr std::string_view kNumber = "0123456789 ().-/:+";

// Perhaps behind apostrophes, as this would be a cell that was written so.
bool looks_like_formula(std::string_view text) {
    const auto start = text.find_first_not_of('\'');
    if (start == std::string_view::npos || kFormula.find(text[start]) == std::string_view::npos) return false;
    const bool is_signed = text.front() == '+' || text.front() == '-';
    return !is_signed || text.find_first_not_of(kNumber) != std::string_view::npos;
}

}  // namespace

std::string as_text_cell(std::string_view text) {
    return (looks_like_formula(text) ? "'" : "") + std::string(text);
}

std::string_view text_of_cell(std::string_view cell) {
    if (cell.starts_with('\'') && looks_like_formula(cell.substr(1))) cell.remove_prefix(1);
    return cell;
}

}  // namespace vv::formats
