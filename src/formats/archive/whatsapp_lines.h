// formats/archive/whatsapp_lines.h — the lines of a chat: where a message begins, when, and by whom.
#pragma once

#include "base/time.h"
#include "formats/bytes.h"
#include "formats/text_stream.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vv::formats::archive {

/// How a telephone writes dates, as far as two languages differ in it.
struct ChatStyle {
    char sign = 0;         // between day and month
    bool bracket = false;  // iOS
    bool padded = false;   // "05/06"
    bool long_year = false;
    bool seconds = false;
    char half = 0;  // 'A' for "AM" and "PM", 'a' for other words before and after noon
    auto operator<=>(const ChatStyle&) const = default;
};

/// How a message begins: "23/11/2010, 18:28 - ", "[11/23/10, 6:28:05 PM] ". Any language's clock and digits.
struct ChatHead {
    std::array<int, 3> date{};  // as written, in its order
    bool year_first = false;
    int hour = 0;  // of 24
    int minute = 0;
    int second = 0;
    ChatStyle style;
    std::string_view rest;  // what follows: "Bob: text", or a line of the system
};

/// The head that this line begins with; nothing for a line that goes on with the message before.
std::optional<ChatHead> read_chat_head(std::string_view line);

enum class DateOrder { day_month, month_day };

/// The wall time of a head; nothing for a day that no calendar has.
std::optional<WallTime> time_of(const ChatHead& head, DateOrder order);

/// Gathers from all heads of a file whether days or months come first.
class OrderEvidence {
public:
    /// `now`: no message is from the future.
    explicit OrderEvidence(Instant now) : now_(now) {}
    void add(const ChatHead& head);

    /// What the numbers themselves tell; nothing when both readings are as good.
    [[nodiscard]] std::optional<DateOrder> told() const;
    /// The most likely, by the style of writing, else by the owner's region (ISO 3166).
    [[nodiscard]] DateOrder guess(std::string_view region) const;
    [[nodiscard]] const ChatStyle& style() const { return style_; }

private:
    struct Reading {
        std::int64_t impossible = 0;  // no day of the calendar, or in the future
        std::int64_t backwards = 0;   // steps back in time
        std::optional<WallTime> last;
    };
    void read(const ChatHead& head, DateOrder order, Reading& reading) const;

    Instant now_;
    Reading day_month_;
    Reading month_day_;
    ChatStyle style_;
};

/// Without the marks of direction that WhatsApp strews in, and without blanks around.
std::string plain_name(std::string_view text);

/// The lines of a text, each cut at 1,000 bytes.
class ChatLines {
public:
    explicit ChatLines(ByteStream& bytes) : text_(bytes) {}
    /// The next line into `line`, valid until the next call; false at the end. Errors are the stream's.
    Result<bool> next(std::string_view& line);
    [[nodiscard]] std::int64_t number() const { return number_; }

private:
    TextStream text_;
    std::string_view piece_;
    std::string carried_;
    std::int64_t number_ = 0;
    bool ended_ = false;
};

}  // namespace vv::formats::archive
