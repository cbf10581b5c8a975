#include "formats/archive/mail_letters.h"

#include "base/text.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kLongestLine = 16'384;
constexpr std::size_t kLongestField = 131'072;
constexpr std::int64_t kMostHeaderLines = 20'000;
constexpr std::string_view kFrom = "From ";

struct Name {
    std::string_view name;
    MailField field;
};
constexpr auto kNames = std::to_array<Name>({
    {"from", MailField::from},
    {"to", MailField::to},
    {"cc", MailField::cc},
    {"bcc", MailField::bcc},
    {"date", MailField::date},
    {"message-id", MailField::message_id},
    {"list-id", MailField::list_id},
    {"list-post", MailField::list_post},
    {"list-unsubscribe", MailField::list_unsubscribe},
    {"precedence", MailField::precedence},
    {"auto-submitted", MailField::auto_submitted},
    {"x-gmail-labels", MailField::gmail_labels},
    {"delivered-to", MailField::delivered_to},
    {"received", MailField::received},
});

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "From ann@example.com Tue Nov 23 18:28:30 2010": no sentence of a body has a clock so soon.
bool parts_letters(std::string_view line) {
    if (!line.starts_with(kFrom) || line.size() > 1'000) return false;
    for (std::size_t i = kFrom.size(); i + 4 < line.size(); ++i)
        if (line[i + 2] == ':' && is_digit(line[i]) && is_digit(line[i + 1]) && is_digit(line[i + 3]) &&
            is_digit(line[i + 4]))
            return true;
    return false;
}

std::size_t name_size(std::string_view line) {
    std::size_t i = 0;
    while (i < line.size() && line[i] > ' ' && line[i] < 0x7f && line[i] != ':') ++i;
    const auto end = i;
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
    return end > 0 && i < line.size() && line[i] == ':' ? end : 0;
}

bool begins_field(std::string_view line) {
    return name_size(line) > 0 || line.starts_with(">From ");
}

// Fields that may stand there twice hold addresses; of the others the first counts.
bool is_joined(MailField field) {
    return field == MailField::to || field == MailField::cc || field == MailField::bcc;
}

}  // namespace

Result<bool> Letters::fill() {
    if (!piece_.empty()) return true;
    if (ended_) return false;
    TRY(piece_, bytes_.next());
    ended_ = piece_.empty();
    return !ended_;
}

void Letters::pass(std::size_t bytes) {
    number_ += std::count(piece_.begin(), piece_.begin() + static_cast<std::ptrdiff_t>(bytes), '\n');
    piece_.remove_prefix(bytes);
}

Result<bool> Letters::read_line() {
    line_.clear();
    bool any = false;
    while (true) {
        TRY(const bool more, fill());
        if (!more) break;
        any = true;
        const auto end = piece_.find('\n');
        const auto part = piece_.substr(0, end);
        if (line_.size() < kLongestLine) line_ += part.substr(0, kLongestLine - line_.size());
        piece_.remove_prefix(end == std::string_view::npos ? piece_.size() : end + 1);
        if (end != std::string_view::npos) break;
    }
    if (!any) return false;
    ++number_;
    if (line_.ends_with('\r')) line_.pop_back();
    return true;
}

// To the beginning of the next line that begins with "From ".
Result<bool> Letters::skip_body() {
    constexpr std::string_view kNext = "\nFrom ";
    bool at_line_start = true;
    while (true) {
        TRY(const bool more, fill());
        if (!more) return false;
        if (at_line_start && piece_.starts_with(kFrom)) return true;
        const auto at = piece_.find(kNext);
        if (at != std::string_view::npos) {
            pass(at + 1);
            return true;
        }
        // What could be cut in two at the piece's end is kept for the next one.
        auto keep = std::min(piece_.size(), kNext.size() - 1);
        while (keep > 0 && !kNext.starts_with(piece_.substr(piece_.size() - keep))) --keep;
        if (at_line_start && piece_.size() < kFrom.size() && kFrom.starts_with(piece_)) keep = piece_.size();
        const bool all = keep == piece_.size();
        pass(piece_.size() - keep);
        at_line_start = at_line_start && all;
        if (keep == 0) continue;
        std::string joined(piece_);
        TRY(const auto next, bytes_.next());
        if (next.empty()) {
            ended_ = true;
            piece_ = {};
            return false;
        }
        joined += next;
        joined_ = std::move(joined);
        piece_ = joined_;
    }
}

// After it line_ is the first line of a header; number_ counts it.
Result<bool> Letters::find_letter() {
    if (!begun_) {
        begun_ = true;
        do {
            TRY(const bool more, read_line());
            if (!more) return false;
        } while (trim(line_).empty());
        if (line_.starts_with("\xef\xbb\xbf")) line_.erase(0, 3);
        single_ = !line_.starts_with(kFrom);
        if (single_) return true;
        TRY(const bool more, read_line());
        if (more && begins_field(line_)) return true;
    }
    while (true) {
        if (!at_letter_) {
            TRY(const bool found, skip_body());
            if (!found) return false;
            TRY(const bool more, read_line());
            if (!more) return false;
            if (!parts_letters(line_)) continue;
        }
        at_letter_ = false;
        TRY(const bool more, read_line());
        if (!more) return false;
        if (begins_field(line_)) return true;
    }
}

void Letters::add_field(Letter& letter) {
    if (!line_.empty() && (line_[0] == ' ' || line_[0] == '\t')) {
        if (field_ != nullptr && field_->size() < kLongestField) *field_ += line_;
        return;
    }
    field_ = nullptr;
    const auto size = name_size(line_);
    if (size == 0) return;
    const auto name = ascii_lower(std::string_view(line_).substr(0, size));
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Name& n) { return n.name == name; });
    if (found == kNames.end()) return;
    auto& field = letter.fields.at(static_cast<std::size_t>(found->field));
    if (!field.empty() && !is_joined(found->field)) return;
    if (field.size() >= kLongestField) return;
    if (!field.empty()) field += ", ";
    field += trim(std::string_view(line_).substr(line_.find(':') + 1));
    field_ = &field;
}

Result<Done> Letters::read_header(Letter& letter) {
    field_ = nullptr;
    for (std::int64_t i = 0; i < kMostHeaderLines; ++i) {
        add_field(letter);
        TRY(const bool more, read_line());
        if (!more || line_.empty()) break;
        at_letter_ = parts_letters(line_);  // a letter without a body
        if (at_letter_) break;
    }
    field_ = nullptr;
    return Done{};
}

Result<bool> Letters::next(Letter& letter) {
    for (auto& field : letter.fields) field.clear();
    if (single_) return false;
    TRY(const bool found, find_letter());
    if (!found) return false;
    letter.line = number_;
    CHECK(read_header(letter));
    return true;
}

}  // namespace vv::formats::archive
