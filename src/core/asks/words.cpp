#include "core/asks/words.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace vv::core::asks {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// How many bytes of a word begin here: none at a blank, a sign, or Unicode's quotation marks and dashes.
std::size_t letter_at(std::string_view text, std::size_t at) {
    const char c = text[at];
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 1;
    const bool is_sign = text.substr(at, 2) == "\xE2\x80" || text.substr(at, 2) == "\xC2\xAB" ||
                         text.substr(at, 2) == "\xC2\xBB" || text.substr(at, 2) == "\xC2\xA0";
    return static_cast<unsigned char>(c) >= 0x80 && !is_sign ? 1 : 0;
}

// The bytes of a sign, so that none of its bytes is taken for a letter.
std::size_t sign_at(std::string_view text, std::size_t at) {
    if (static_cast<unsigned char>(text[at]) < 0x80) return 1;
    return text[at] == '\xE2' ? 3 : 2;
}

// What stands between two tokens tells where sentences and their parts end. "St. John" is no end: a capital
// after a full stop is one only behind three letters and more.
void mark_ends(Token& token, std::string_view between, std::string_view word) {
    if (between.find_first_of("!?\n;") != std::string_view::npos) token.ends_sentence = true;
    if (between.find('.') != std::string_view::npos && word.size() > 2) token.ends_sentence = true;
    if (between.find_first_of(",:()") != std::string_view::npos) token.ends_part = true;
    if (between.find("\xE2\x80") != std::string_view::npos) token.ends_part = true;  // dashes and quotes
    token.ends_part = token.ends_part || token.ends_sentence;
}

bool begins_with_capital(std::string_view word) {
    const auto first = truncate_utf8(word, static_cast<unsigned char>(word.front()) < 0x80 ? 1 : 4);
    return (first.front() >= 'A' && first.front() <= 'Z') ||
           (static_cast<unsigned char>(first.front()) >= 0x80 && lower(first) != first);
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// "11th" is 11.
std::optional<int> day_of_month(std::string_view word) {
    while (!word.empty() && (word.back() < '0' || word.back() > '9') && word.size() > 1)
        word.remove_suffix(1);
    const auto day = digits(word);
    return day && *day >= 1 && *day <= 31 ? day : std::nullopt;
}

int month_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
    const Meaning* meant = at < words.size() ? lexicon.find(words.normal[at]) : nullptr;
    return meant == nullptr ? 0 : meant->month;
}

// The next such day: this year's, or next year's when that is gone.
std::optional<Date> next_date(int day, int month, std::optional<int> year, Date today) {
    const auto of = [&](int y) {
        return Date(std::chrono::year(y), std::chrono::month(static_cast<unsigned>(month)),
                    std::chrono::day(static_cast<unsigned>(day)));
    };
    Date date = of(year.value_or(static_cast<int>(today.year())));
    if (!year && date < today) date = of(static_cast<int>(today.year()) + 1);
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<int> year_at(const Words& words, std::size_t at) {
    const auto year = at < words.size() ? digits(words.normal[at]) : std::nullopt;
    return year && *year >= 1900 && *year < 2200 ? year : std::nullopt;
}

// "11 December", "December 11", "2026-12-11", each with a year or without.
std::optional<SaidDate> calendar_date(const Words& words, std::size_t at, Date today,
                                      const Lexicon& lexicon) {
    if (const auto year = year_at(words, at); year && at + 2 < words.size()) {
        const auto month = digits(words.normal[at + 1]), day = digits(words.normal[at + 2]);
        if (month && day && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31)
            if (const auto date = next_date(*day, *month, year, today)) return SaidDate{*date, 3};
    }
    std::size_t next = at;
    const bool day_first = month_at(words, at, lexicon) == 0;
    const auto day = at < words.size()
                         ? day_of_month(words.normal[day_first ? at : std::min(at + 1, words.size() - 1)])
                         : std::nullopt;
    const int month = month_at(words, day_first ? at + 1 : at, lexicon);
    if (month == 0) return std::nullopt;
    next += 2;
    if (!day) {  // "by December": its last day
        const auto first =
            next_date(1, month, std::nullopt, Date(today.year(), today.month(), std::chrono::day(1)));
        const auto last =
            std::chrono::year_month_day_last(first->year(), std::chrono::month_day_last(first->month()));
        return SaidDate{Date(last), 1};
    }
    const auto year = year_at(words, next);
    const auto date = next_date(*day, month, year, today);
    if (!date) return std::nullopt;
    return SaidDate{*date, next - at + (year ? 1U : 0U)};
}

// "the end of the week", "the end of next month": 7 and 30 days are the units.
Date end_of(int unit, bool next, Date today) {
    const sys_days now(today);
    if (unit == 7) {
        const auto sunday = now + days(7 - static_cast<int>(std::chrono::weekday(now).iso_encoding()));
        return Date(sunday + days(next ? 7 : 0));
    }
    const auto month =
        std::chrono::year_month(today.year(), today.month()) + std::chrono::months(next ? 1 : 0);
    return Date(month.year() / month.month() / std::chrono::last);
}

}  // namespace

std::string_view Words::between(std::size_t from, std::size_t to) const {
    if (from >= to || from >= tokens.size()) return {};
    return text.substr(tokens[from].begin, tokens[std::min(to, tokens.size()) - 1].end - tokens[from].begin);
}

std::size_t Words::sentence_end(std::size_t at) const {
    while (at < tokens.size() && !tokens[at].ends_sentence) ++at;
    return std::min(at + 1, tokens.size());
}

void Words::take(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, tokens.size()); ++i) tokens[i].is_taken = true;
}

Words words_of(std::string_view text, const Lexicon& lexicon) {
    Words words{text, {}, {}};
    std::size_t last_end = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && letter_at(text, end) > 0) ++end;
        if (end == at) {
            at += sign_at(text, at);
            continue;
        }
        const auto piece = text.substr(at, end - at);
        if (!words.tokens.empty())
            mark_ends(words.tokens.back(), text.substr(last_end, at - last_end), words.normal.back());
        for (const auto& folded : folded_words(piece)) {
            words.tokens.push_back({at, end, begins_with_capital(piece)});
            words.normal.push_back(lexicon.normal(folded));
        }
        last_end = at = end;
    }
    if (!words.tokens.empty()) words.tokens.back().ends_sentence = words.tokens.back().ends_part = true;
    return words;
}

std::optional<SaidDate> date_at(const Words& words, std::size_t at, Date today, const Lexicon& lexicon) {
    if (at < words.size() && words.normal[at] == "the" && month_at(words, at + 2, lexicon) != 0) ++at;
    if (const auto date = calendar_date(words, at, today, lexicon)) return date;
    std::size_t next = at;
    const auto skip = [&](Mark mark) {
        const auto found = lexicon.longest(words.normal, next, mark);
        next += found.words;
        return found.words > 0;
    };
    if (skip(Mark::today)) return SaidDate{today, next - at};
    if (skip(Mark::tomorrow)) return SaidDate{Date(sys_days(today) + days(1)), next - at};
    const bool is_end = skip(Mark::end);
    const bool is_next = skip(Mark::next);
    const Meaning* meant = next < words.size() ? lexicon.find(words.normal[next]) : nullptr;
    if (is_end && meant != nullptr && meant->days == 0 && next + 1 < words.size()) {  // "the end of the week"
        const Meaning* after = lexicon.find(words.normal[next + 1]);
        if (after != nullptr && after->days > 1) meant = after, ++next;
    }
    if (meant == nullptr) return std::nullopt;
    if (meant->weekday != 0) {
        const int ahead =
            (meant->weekday + 7 - static_cast<int>(std::chrono::weekday(sys_days(today)).iso_encoding())) % 7;
        return SaidDate{Date(sys_days(today) + days(ahead == 0 || is_next ? ahead + 7 : ahead)),
                        next + 1 - at};
    }
    if ((is_end || is_next) && meant->days > 1)
        return SaidDate{end_of(meant->days, is_next, today), next + 1 - at};
    return std::nullopt;
}

SaidNumber number_at(const Words& words, std::size_t at, const Lexicon& lexicon) {
    if (at >= words.size()) return {};
    if (const auto number = digits(words.normal[at]); number && *number > 0 && *number <= 1'000)
        return {*number, 1};
    SaidNumber best;
    const auto found = lexicon.longest(words.normal, at);
    if (found.meaning != nullptr && found.meaning->number > 0) best = {found.meaning->number, found.words};
    return best;
}

}  // namespace vv::core::asks
