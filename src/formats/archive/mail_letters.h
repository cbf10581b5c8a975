// formats/archive/mail_letters.h — the headers of a mailbox, letter by letter; bodies pass by unread.
//
// A letter begins at a line "From …" with a clock in it that a header follows: neither quoting (">From") nor
// Content-Length is relied on. A file that begins with a header is one letter.
#pragma once

#include "formats/bytes.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vv::formats::archive {

/// The fields that are kept.
enum class MailField {
    from,
    to,
    cc,
    bcc,
    date,
    message_id,
    list_id,
    list_post,
    list_unsubscribe,
    precedence,
    auto_submitted,
    gmail_labels,
    delivered_to,
    received,
    count_,
};

struct Letter {
    std::int64_t line = 0;                                                        // where it begins
    std::array<std::string, static_cast<std::size_t>(MailField::count_)> fields;  // unfolded, raw bytes

    [[nodiscard]] const std::string& operator[](MailField field) const {
        return fields[static_cast<std::size_t>(field)];
    }
};

class Letters {
public:
    explicit Letters(ByteStream& bytes) : bytes_(bytes) {}

    /// The next letter; false at the end. Errors are the stream's.
    Result<bool> next(Letter& letter);

private:
    Result<bool> fill();
    Result<bool> read_line();
    Result<bool> skip_body();
    Result<bool> find_letter();
    Result<Done> read_header(Letter& letter);
    void add_field(Letter& letter);
    void pass(std::size_t bytes);

    ByteStream& bytes_;
    std::string_view piece_;
    std::string line_;              // the line last read, cut at a limit
    std::string joined_;            // the end of a piece and the next one
    std::string* field_ = nullptr;  // where a folded line goes on
    std::int64_t number_ = 0;       // of the line last read
    bool ended_ = false;
    bool single_ = false;     // the file is one letter
    bool begun_ = false;      // past the first line of the file
    bool at_letter_ = false;  // the line that parts letters has been read, within a header
};

}  // namespace vv::formats::archive
