#include "core/resolution/record_fields.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace vv::core::resolution {
namespace {

std::uint64_t letters_of(std::string_view text) {
    std::uint64_t letters = 0;
    for (const char c : text)
        if (c >= 'a' && c <= 'z')
            letters |= std::uint64_t{1} << (c - 'a');
        else if (c >= '0' && c <= '9')
            letters |= std::uint64_t{1} << (c - '0' + 26);
    return letters;
}

// Stops early: of two words most have little in common.
bool differ_in_more(std::uint64_t x, std::uint64_t y, int most) {
    auto rest = x ^ y;
    for (; rest != 0 && most >= 0; --most) rest &= rest - 1;
    return most < 0;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "19081209", as dates with the year first are left when their marks are gone.
bool is_date(std::string_view text) {
    return text.size() == 8 && all_digits(text) && (text.starts_with("19") || text.starts_with("20")) &&
           text.substr(4, 2) <= "12" && text.substr(6, 2) <= "31";
}

// Day and month in each other's place, or only one of the three parts another.
Likeness compare_dates(std::string_view x, std::string_view y) {
    if (x.size() != 8 || y.size() != 8) return Likeness::different;
    const bool year = x.substr(0, 4) == y.substr(0, 4), month = x.substr(4, 2) == y.substr(4, 2),
               day = x.substr(6) == y.substr(6);
    if (year && x.substr(4, 2) == y.substr(6) && x.substr(6) == y.substr(4, 2)) return Likeness::slip;
    if (edit_distance(x, y, 1) <= 1) return Likeness::slip;
    return int{year} + int{month} + int{day} >= 2 ? Likeness::alike : Likeness::different;
}

}  // namespace

RecordFields::RecordFields(std::span<const RecordTable* const> tables) {
    texts_.emplace_back();
    shapes_.emplace_back();
    columns_.resize(tables.front()->columns);
    for (const auto* table : tables) {
        rows_ += table->rows.size();
        for (const auto& row : table->rows)
            for (std::size_t c = 0; c < columns_.size(); ++c)
                columns_[c].values.push_back(c < row.size() ? intern(row[c]) : 0);
    }
    for (auto& column : columns_) {
        count_values(column);
        tell_kind(column);
    }
    for (auto& column : columns_) measure_chance(column);
}

std::uint32_t RecordFields::intern(const std::string& written) {
    std::string text;
    for (const auto& word : folded_words(written)) text += word;
    if (text.empty()) return 0;
    const auto [at, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
    if (fresh) {
        shapes_.push_back({letters_of(text), text.size()});
        texts_.push_back(std::move(text));
    }
    return at->second;
}

// How many others have the value; the two compared are no witnesses of it.
void RecordFields::count_values(Column& column) const {
    std::vector<std::uint32_t> counts(texts_.size(), 0);
    for (const auto value : column.values) ++counts[value];
    for (const auto count : counts) {
        const double share = std::max(count - 1.0, 0.5) / static_cast<double>(rows_);
        column.shares.push_back(static_cast<float>(share));
        column.surprises.push_back(static_cast<float>(-std::log2(share)));
    }
}

void RecordFields::tell_kind(Column& column) const {
    std::size_t known = 0, digits = 0, dates = 0;
    for (const auto value : column.values) {
        if (value == 0) continue;
        ++known;
        digits += all_digits(texts_[value]) ? 1 : 0;
        dates += is_date(texts_[value]) ? 1 : 0;
    }
    if (dates * 10 > known * 9)
        column.kind = Kind::date;
    else if (digits * 10 > known * 9)
        column.kind = Kind::digits;
}

// Of strangers' pairs taken evenly from all over the table, how many agree at each level.
void RecordFields::measure_chance(Column& column) const {
    constexpr std::size_t kPairs = 200'000;
    std::array<double, kLikenesses> seen{};
    std::uint64_t state = 88172645463325252ULL;  // xorshift: any even choice will do, but always the same one
    const auto next = [&] {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        return column.values[state % rows_];
    };
    double pairs = 1;
    for (std::size_t i = 0; i < kPairs && rows_ > 1; ++i) {
        const auto x = next(), y = next();
        if (x == 0 || y == 0 || x == y) continue;
        pairs += 1;
        seen[static_cast<std::size_t>(likeness(column.kind, x, y))] += 1;
    }
    for (std::size_t l = 0; l < kLikenesses; ++l) column.by_chance[l] = (seen[l] + 0.5) / pairs;
    column.differing =
        static_cast<float>(-std::log2(column.by_chance[static_cast<std::size_t>(Likeness::different)]));
}

Likeness RecordFields::likeness(Kind kind, std::uint32_t x, std::uint32_t y) const {
    if (x == 0 || y == 0) return Likeness::missing;
    if (x == y) return Likeness::exact;
    if (kind == Kind::date) return compare_dates(texts_[x], texts_[y]);
    const auto &s = shapes_[x], &t = shapes_[y];
    const auto longer = std::max(s.size, t.size), gap = longer - std::min(s.size, t.size);
    const int most = kind == Kind::digits || longer < 5 ? 1 : longer < 9 ? 2 : static_cast<int>(longer) / 3;
    if (longer < 3 || gap > static_cast<std::size_t>(most)) return Likeness::different;
    if (differ_in_more(s.letters, t.letters, 2 * most)) return Likeness::different;
    const int distance = edit_distance(texts_[x], texts_[y], most);
    if (distance > most) return Likeness::different;
    return distance == 1 ? Likeness::slip : distance == 2 ? Likeness::two_slips : Likeness::alike;
}

// A value with a slip is as rare as the value that was meant, which is the commoner of both: two strangers
// agree so when they bear one name and one of them was mistyped, or by mere likeness of names.
Cell RecordFields::cell(const Column& column, std::uint32_t x, std::uint32_t y) const {
    const auto found = likeness(column.kind, x, y);
    const auto level = static_cast<std::uint8_t>(found);
    if (found == Likeness::missing) return {};
    if (found == Likeness::exact) return {level, column.surprises[x]};
    if (found == Likeness::different) return {level, column.differing};
    const double meant = static_cast<double>(std::max(column.shares[x], column.shares[y]));
    return {level, static_cast<float>(-std::log2(kLikenessPriors[level] * meant + column.by_chance[level]))};
}

// Two neighbouring values that changed places: one is found crosswise, and the other is too or is unknown.
void RecordFields::try_swapped(std::size_t column, std::size_t a, std::size_t b, std::span<Cell> out) const {
    constexpr auto kDifferent = static_cast<std::uint8_t>(Likeness::different);
    if (out[column].level != kDifferent && out[column + 1].level != kDifferent) return;
    const auto &left = columns_[column], &right = columns_[column + 1];
    const auto al = left.values[a], ar = right.values[a], bl = left.values[b], br = right.values[b];
    if ((al == 0 || al != br) && (ar == 0 || ar != bl)) return;
    const auto first = cell(right, al, br), second = cell(left, ar, bl);
    if (first.level == kDifferent || second.level == kDifferent) return;
    out[column] = {static_cast<std::uint8_t>(Likeness::swapped), first.surprise + second.surprise};
    out[column + 1] = {};
}

void RecordFields::compare(std::size_t a, std::size_t b, std::span<Cell> out) const {
    for (std::size_t c = 0; c < columns_.size(); ++c)
        out[c] = cell(columns_[c], columns_[c].values[a], columns_[c].values[b]);
    for (std::size_t c = 0; c + 1 < columns_.size(); ++c)
        if (columns_[c].kind == Kind::words && columns_[c + 1].kind == Kind::words) try_swapped(c, a, b, out);
}

}  // namespace vv::core::resolution
