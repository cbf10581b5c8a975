#include "formats/dates.h"

#include "base/months.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace vv::formats {
namespace {

// A number with the character after it, or a month's name: what a date consists of.
struct Token {
    int value = 0;
    int digits = 0;  // 0 for a month's name
    char after = 0;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

class Tokens {
public:
    static constexpr std::size_t kMost = 3;
    void add(Token token) { tokens_.at(size_++) = token; }
    [[nodiscard]] std::size_t size() const { return size_; }
    const Token& operator[](std::size_t i) const { return tokens_.at(i); }

private:
    std::array<Token, kMost> tokens_{};
    std::size_t size_ = 0;
};

// The first ones; other words ("de", "年") are passed over.
Tokens tokens_of(std::string_view text) {
    Tokens tokens;
    std::size_t i = 0;
    while (i < text.size() && tokens.size() < Tokens::kMost) {
        const auto begin = i;
        if (is_digit(text[i])) {
            while (i < text.size() && is_digit(text[i]) && i - begin < 9) ++i;
            int value = 0;
            for (const char c : text.substr(begin, i - begin)) value = value * 10 + (c - '0');
            tokens.add({value, static_cast<int>(i - begin), i < text.size() ? text[i] : '\0'});
        } else if (is_letter(text[i])) {
            while (i < text.size() && is_letter(text[i])) ++i;
            if (const auto month = month_of(text.substr(begin, i - begin)))
                tokens.add({static_cast<int>(*month), 0, 0});
        } else {
            ++i;
        }
    }
    return tokens;
}

int full_year(const Token& token) {
    if (token.digits > 2) return token.value;
    return token.value < 70 ? 2000 + token.value : 1900 + token.value;
}

std::optional<Date> checked(int year, int month, int day) {
    if (month < 1 || day < 1 || year < 1000 || year > 9999) return std::nullopt;
    const Date date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                    std::chrono::day(static_cast<unsigned>(day)));
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Date> from_tokens(const Token& a, const Token& b, const Token& c) {
    if (a.digits == 4 && b.digits != 0) return checked(a.value, b.value, c.value);
    if (a.digits == 4) return checked(a.value, b.value, c.value);
    if (a.digits == 0) return checked(full_year(c), a.value, b.value);
    if (b.digits == 0) return checked(full_year(c), b.value, a.value);
    const bool month_first = b.value > 12 || (a.value <= 12 && a.after == '/');
    return month_first ? checked(full_year(c), a.value, b.value) : checked(full_year(c), b.value, a.value);
}

// "2:37 PM", "14:37:05", "2:37 p. m."; the rest of a text after its date.
std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
    const auto tokens = tokens_of(text);
    if (tokens.size() < 2 || tokens[0].digits == 0 || tokens[0].after != ':') return std::nullopt;
    int hour = tokens[0].value;
    const int minute = tokens[1].value;
    const int second = tokens.size() > 2 && tokens[1].after == ':' ? tokens[2].value : 0;
    const auto lower = ascii_lower(text);
    const auto marker = lower.find_first_of("ap", 4);
    const bool twelve = marker != std::string::npos && lower.find('m', marker) != std::string::npos;
    if (twelve && (hour < 1 || hour > 12)) return std::nullopt;
    if (twelve) hour = hour % 12 + (lower[marker] == 'p' ? 12 : 0);
    if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

}  // namespace

std::optional<Date> parse_day(std::string_view text) {
    if (text.size() > 64) return std::nullopt;
    const auto tokens = tokens_of(text);
    return tokens.size() == 3 ? from_tokens(tokens[0], tokens[1], tokens[2]) : std::nullopt;
}

std::optional<WallTime> parse_day_and_time(std::string_view text) {
    if (text.size() > 64) return std::nullopt;
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto begin = colon;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    const auto day = parse_day(text.substr(0, begin));
    const auto clock = parse_clock(text.substr(begin));
    if (!day || !clock) return std::nullopt;
    return WallTime(std::chrono::local_days(*day).time_since_epoch() + *clock);
}

std::optional<Instant> parse_utc_stamp(std::string_view text) {
    constexpr std::string_view kForm = "0000-00-00 00:00:00";
    if (text.size() != kForm.size() && text.substr(std::min(text.size(), kForm.size())) != " UTC")
        return std::nullopt;
    for (std::size_t i = 0; i < kForm.size(); ++i)
        if (kForm[i] == '0' ? !is_digit(text[i]) : text[i] != kForm[i]) return std::nullopt;
    const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const auto day = checked(number(0) * 100 + number(2), number(5), number(8));
    if (!day || number(11) > 23 || number(14) > 59 || number(17) > 60) return std::nullopt;
    return std::chrono::sys_days(*day) + std::chrono::hours(number(11)) + std::chrono::minutes(number(14)) +
           std::chrono::seconds(number(17));
}

std::optional<Anniversary> parse_anniversary(std::string_view text) {
    if (text.size() > 64) return std::nullopt;
    const auto tokens = tokens_of(text);
    if (tokens.size() == 3) {
        const auto day = from_tokens(tokens[0], tokens[1], tokens[2]);
        if (!day) return std::nullopt;
        return Anniversary{static_cast<int>(day->year()), static_cast<unsigned>(day->month()),
                           static_cast<unsigned>(day->day())};
    }
    if (tokens.size() != 2 || (tokens[0].digits == 0) == (tokens[1].digits == 0)) return std::nullopt;
    const auto& month = tokens[0].digits == 0 ? tokens[0] : tokens[1];
    const auto& day = tokens[0].digits == 0 ? tokens[1] : tokens[0];
    if (!checked(2000, month.value, day.value)) return std::nullopt;
    return Anniversary{0, static_cast<unsigned>(month.value), static_cast<unsigned>(day.value)};
}

Instant start_in_utc(Date day) {
    return std::chrono::sys_days(day);
}

}  // namespace vv::formats
