#include "formats/archive/whatsapp_lines.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kLongestLine = 1'000;
constexpr std::size_t kLongestHead = 96;
constexpr int kBuddhistEra = 543;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The code point at `text`'s front and its length; broken UTF-8 does not come out of a TextStream.
std::uint32_t point_at(std::string_view text, std::size_t& size) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) : 0U;
    };
    const auto first = byte(0);
    size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (size == 2) return (first & 0x1f) << 6 | (byte(1) & 0x3f);
    if (size == 3) return (first & 0xf) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    if (size == 4)
        return (first & 7) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
    return first;
}

bool is_mark(std::uint32_t point) {
    return (point >= 0x200b && point <= 0x200f) || (point >= 0x202a && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xfeff || point == 0x61c;
}

bool is_blank(std::uint32_t point) {
    return point == ' ' || point == '\t' || point == 0xa0 || point == 0x202f ||
           (point >= 0x2000 && point <= 0x200a);
}

// 0 to 9 for the digits of Arabic, Persian, Devanagari and Bengali.
std::optional<char> digit_of(std::uint32_t point) {
    for (const std::uint32_t zero : {0x660U, 0x6f0U, 0x966U, 0x9e6U})
        if (point >= zero && point < zero + 10) return static_cast<char>('0' + (point - zero));
    return std::nullopt;
}

// A head in ASCII digits and blanks, without marks; `at` tells where in the line each byte was.
class Plain {
public:
    explicit Plain(std::string_view line) {
        for (std::size_t i = 0; i < line.size() && size_ + 4 <= text_.size();) {
            if (static_cast<unsigned char>(line[i]) < 0x80) {
                put(line[i], i);
                ++i;
                continue;
            }
            std::size_t size = 1;
            const auto point = point_at(line.substr(i), size);
            if (is_blank(point))
                put(' ', i);
            else if (const auto digit = digit_of(point))
                put(*digit, i);
            else if (!is_mark(point))
                for (const char c : line.substr(i, size)) put(c, i);
            i += size;
        }
    }

    [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }
    [[nodiscard]] std::size_t at(std::size_t i) const { return at_.at(i); }

private:
    void put(char c, std::size_t at) {
        text_[size_] = c;
        at_[size_++] = static_cast<std::uint8_t>(at);
    }
    std::array<char, kLongestHead> text_{};
    std::array<std::uint8_t, kLongestHead> at_{};
    std::size_t size_ = 0;
};
static_assert(2 * kLongestHead < 256);

// Numbers of a head, and what stands between them.
struct Parts {
    std::array<int, 6> number{};
    std::array<std::size_t, 6> digits{};
    std::array<std::string_view, 7> between{};  // before the first, …, after the last
    std::size_t count = 0;
};

std::optional<Parts> parts_of(std::string_view head) {
    Parts parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < head.size();) {
        if (!is_digit(head[i])) {
            ++i;
            continue;
        }
        if (parts.count == parts.number.size()) return std::nullopt;
        parts.between.at(parts.count) = head.substr(begin, i - begin);
        auto& number = parts.number.at(parts.count);
        auto& digits = parts.digits.at(parts.count);
        for (; i < head.size() && is_digit(head[i]) && digits < 5; ++i, ++digits)
            number = number * 10 + (head[i] - '0');
        begin = i;
        ++parts.count;
    }
    if (parts.count < 5) return std::nullopt;
    parts.between.at(parts.count) = head.substr(begin);
    return parts;
}

bool holds_only(std::string_view text, std::string_view allowed) {
    return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

enum class Half { none, morning, afternoon };

// The words for before and after noon stand before or after the clock. Anything else there ("klo", "um") is
// none.
Half half_of(std::string_view written) {
    if (written.empty()) return Half::none;
    if (written == "AM") return Half::morning;
    if (written == "PM") return Half::afternoon;
    const auto words = lower(written);
    using namespace std::string_view_literals;
    static constexpr std::array kMorning = {"am"sv,   "a.m."sv, "a. m."sv, "am."sv,    "fm"sv,   "de."sv,
                                            "öö"sv,   "π.μ."sv, "ص"sv,     "ق.ظ"sv,    "오전"sv, "上午"sv,
                                            "凌晨"sv, "早上"sv, "午前"sv,  "पूर्वाह्न"sv, "pg"sv,   "sa"sv};
    static constexpr std::array kAfternoon = {"pm"sv,   "p.m."sv, "p. m."sv, "pm."sv,    "em"sv,   "du."sv,
                                              "ös"sv,   "μ.μ."sv, "م"sv,     "ب.ظ"sv,    "오후"sv, "下午"sv,
                                              "中午"sv, "晚上"sv, "午後"sv,  "अपराह्न"sv, "ptg"sv,  "ch"sv};
    const auto is = [&](std::string_view word) { return words == word; };
    if (std::any_of(kMorning.begin(), kMorning.end(), is)) return Half::morning;
    if (std::any_of(kAfternoon.begin(), kAfternoon.end(), is)) return Half::afternoon;
    return Half::none;
}

bool set_clock(const Parts& parts, ChatHead& head, Half half) {
    head.hour = parts.number[3];
    head.minute = parts.number[4];
    head.second = parts.count == 6 ? parts.number[5] : 0;
    if (half != Half::none) {
        if (head.hour > 12) half = Half::none;  // "14:28 PM" means what it says
        if (half == Half::afternoon && head.hour < 12) head.hour += 12;
        if (half == Half::morning && head.hour == 12) head.hour = 0;
    }
    return head.hour < 24 && head.minute < 60 && head.second <= 60;
}

ChatStyle style_of(const Parts& parts, std::string_view half) {
    ChatStyle style;
    style.sign = parts.between[1].front();
    style.padded = parts.digits[0] == 2 && parts.digits[1] == 2;
    style.long_year = parts.digits[0] == 4 || parts.digits[2] == 4;
    style.seconds = parts.count == 6;
    if (!half.empty()) style.half = half[0] == 'A' || half[0] == 'P' ? 'A' : 'a';
    return style;
}

std::optional<ChatHead> head_in(std::string_view text) {
    const auto parts = parts_of(text);
    if (!parts) return std::nullopt;
    constexpr std::string_view kDateSigns = "./- 年月年일월년";
    constexpr std::string_view kClockSigns = ":. h";
    const auto& between = parts->between;
    if (!trim(between[0]).empty() || !holds_only(between[1], kDateSigns) ||
        !holds_only(between[2], kDateSigns) || !holds_only(between[4], kClockSigns) || between[3].empty())
        return std::nullopt;
    if (parts->count == 6 && !holds_only(between[5], kClockSigns)) return std::nullopt;
    if (parts->digits[3] > 2 || parts->digits[4] != 2) return std::nullopt;
    ChatHead head;
    std::copy_n(parts->number.begin(), 3, head.date.begin());
    head.year_first = parts->digits[0] == 4;
    if (!head.year_first && parts->digits[2] != 2 && parts->digits[2] != 4) return std::nullopt;
    auto words = trim(between.at(parts->count));
    if (words.empty()) {  // before the clock, after what parts it from the date
        words = between[3];
        while (!words.empty() && (words.front() == ',' || words.front() == ' ' || words.front() == '.'))
            words.remove_prefix(1);
        words = trim(words);
    }
    if (words.size() > 24) return std::nullopt;
    const auto half = half_of(words);
    if (!set_clock(*parts, head, half)) return std::nullopt;
    head.style = style_of(*parts, half == Half::none ? std::string_view{} : words);
    return head;
}

}  // namespace

std::optional<ChatHead> read_chat_head(std::string_view line) {
    // Quickly past lines that go on: a head begins with a digit or a bracket, after marks.
    std::size_t skip = 0;
    while (skip < line.size()) {
        std::size_t size = 1;
        if (!is_mark(point_at(line.substr(skip), size))) break;
        skip += size;
    }
    line.remove_prefix(skip);
    if (line.empty() || (line[0] != '[' && !is_digit(line[0]) && static_cast<unsigned char>(line[0]) < 0x80))
        return std::nullopt;
    const Plain plain(line.substr(0, 2 * kLongestHead));
    const auto text = plain.text();
    const bool bracket = text.starts_with('[');
    const std::string_view end = bracket ? "] " : " - ";
    auto at = text.find(end);
    std::size_t size = end.size();
    if (at == std::string_view::npos && bracket && text.ends_with(']')) {
        at = text.size() - 1;
        size = 1;
    }
    if (at == std::string_view::npos) return std::nullopt;
    auto head = head_in(text.substr(bracket ? 1 : 0, at - (bracket ? 1 : 0)));
    if (!head) return std::nullopt;
    // From right behind the blank: marks there are the message's, they tell iOS's own lines.
    const auto last = plain.at(at + size - 1);
    std::size_t width = 1;
    point_at(line.substr(last), width);
    head->rest = line.substr(std::min(last + width, line.size()));
    head->style.bracket = bracket;
    return head;
}

std::optional<WallTime> time_of(const ChatHead& head, DateOrder order) {
    int year = head.date[head.year_first ? 0 : 2];
    const bool day_first = !head.year_first && order == DateOrder::day_month;
    const int month = head.date[day_first || head.year_first ? 1 : 0];
    const int day = head.date[head.year_first ? 2 : day_first ? 0 : 1];
    if (year < 100) year += 2000;
    if (year > 2400) year -= kBuddhistEra;
    if (year < 2009 || year > 2999 || month < 1 || day < 1)
        return std::nullopt;  // there was no WhatsApp before
    const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                    std::chrono::day(static_cast<unsigned>(day))};
    if (month > 12 || !date.ok()) return std::nullopt;
    return WallTime(std::chrono::local_days(date).time_since_epoch() + std::chrono::hours(head.hour) +
                    std::chrono::minutes(head.minute) + std::chrono::seconds(head.second));
}

void OrderEvidence::read(const ChatHead& head, DateOrder order, Reading& reading) const {
    const auto at = time_of(head, order);
    if (!at || at->time_since_epoch() > now_.time_since_epoch() + std::chrono::days(1)) {
        ++reading.impossible;
        return;
    }
    if (reading.last && *at < *reading.last) ++reading.backwards;
    reading.last = at;
}

void OrderEvidence::add(const ChatHead& head) {
    if (style_.sign == 0) style_ = head.style;
    if (head.year_first) return;
    read(head, DateOrder::day_month, day_month_);
    read(head, DateOrder::month_day, month_day_);
}

std::optional<DateOrder> OrderEvidence::told() const {
    const auto& a = day_month_;
    const auto& b = month_day_;
    if (a.impossible != b.impossible)
        return a.impossible < b.impossible ? DateOrder::day_month : DateOrder::month_day;
    if (a.backwards != b.backwards)
        return a.backwards < b.backwards ? DateOrder::day_month : DateOrder::month_day;
    return std::nullopt;
}

// "5/6/25, 6:28 PM" is American; "05/06/2025", "5.6.25" and "5/6/25, 6:28 pm" are of the many others.
DateOrder OrderEvidence::guess(std::string_view region) const {
    if (const auto order = told()) return *order;
    const bool unlike_most = style_.sign == '/' && !style_.padded;
    if (unlike_most && !style_.long_year && style_.half == 'A') return DateOrder::month_day;
    if (!unlike_most) return DateOrder::day_month;
    static constexpr std::array<std::string_view, 7> kMonthFirst = {"US", "PH", "PR", "GU", "AS", "FM", "MH"};
    const bool month_first = std::find(kMonthFirst.begin(), kMonthFirst.end(), region) != kMonthFirst.end();
    return month_first ? DateOrder::month_day : DateOrder::day_month;
}

std::string plain_name(std::string_view text) {
    std::string name;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t size = 1;
        const auto point = point_at(text.substr(i), size);
        if (point == 0x2011)
            name += '-';
        else if (is_blank(point))
            name += ' ';
        else if (!is_mark(point))
            name += text.substr(i, size);
        i += size;
    }
    return std::string(trim(name));
}

Result<bool> ChatLines::next(std::string_view& line) {
    carried_.clear();
    bool any = false;
    while (true) {
        if (piece_.empty() && !ended_) {
            TRY(piece_, text_.next());
            ended_ = piece_.empty();
        }
        if (piece_.empty()) break;
        any = true;
        const auto end = piece_.find('\n');
        const auto part = piece_.substr(0, end);
        const bool whole = end != std::string_view::npos;
        piece_.remove_prefix(whole ? end + 1 : piece_.size());
        if (whole && carried_.empty()) {
            line = truncate_utf8(part, kLongestLine);
            ++number_;
            if (line.ends_with('\r')) line.remove_suffix(1);
            return true;
        }
        if (carried_.size() < kLongestLine) carried_ += part.substr(0, kLongestLine - carried_.size());
        if (whole) break;
    }
    if (!any) return false;
    ++number_;
    line = truncate_utf8(carried_, kLongestLine);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return true;
}

}  // namespace vv::formats::archive
