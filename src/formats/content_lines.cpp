#include "formats/content_lines.h"

#include "base/picture_protocol.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::formats {
namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";  // of UTF-8
constexpr std::size_t kEnough = 256;                // of a line, to tell whether it continues the one before

// The colon that ends a line's name and parameters: the first outside of quotes.
std::size_t end_of_header(std::string_view line) {
    const auto first = line.find(':');
    if (line.substr(0, first).find('"') == std::string_view::npos) return first;
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        if (line[i] == ':' && !quoted) return i;
    }
    return std::string_view::npos;
}

std::size_t line_end(std::string_view text) {
    const auto feed = text.find('\n');
    const auto carriage = text.substr(0, feed).find('\r');
    return carriage != std::string_view::npos ? carriage : feed;
}

// Of "item1.EMAIL;type=pref", what stands before a line's colon.
std::string_view name_of(std::string_view header) {
    const auto name = header.substr(0, header.find(';'));
    return name.substr(name.find('.') + 1);  // from the beginning where there is none
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto w) { return same_word(word, w); });
}

// Of pictures, sounds and other things that are not kept, or kept elsewhere.
bool passes_by(std::string_view name) {
    return same_word(name, "logo") || same_word(name, "sound") || same_word(name, "key") ||
           same_word(name, "attach") || same_word(name, "x-alt-desc");
}

// What a line's name and parameters say of its value.
struct Header {
    std::string_view name;                       // without its group
    std::size_t colon = std::string_view::npos;  // where they end
    bool passes = false;                         // the value is not kept
    bool is_picture = false;
    bool is_base64 = false;
    bool is_quoted_printable = false;
};

// Name and colon. Every line of every calendar comes by here: most have their colon right behind the name.
Header head_of(std::string_view line) {
    Header header;
    std::size_t begin = 0;
    std::size_t end = 0;
    while (end < line.size() && line[end] != ':' && line[end] != ';' && line[end] != '"') {
        if (line[end] == '.' && begin == 0) begin = end + 1;
        ++end;
    }
    const char after = end < line.size() ? line[end] : '\0';
    header.colon = after == ':' ? end : after == '\0' ? std::string_view::npos : end_of_header(line);
    if (header.colon == std::string_view::npos) return header;
    header.name = after == '"' ? name_of(line.substr(0, header.colon)) : line.substr(begin, end - begin);
    return header;
}

Header header_of(std::string_view line, LineDialect dialect) {
    Header header = head_of(line);
    if (header.colon == std::string_view::npos) return header;
    const auto spelled = line.substr(0, header.colon);
    const bool vcard = dialect == LineDialect::vcard;
    header.is_picture = vcard && same_word(header.name, "photo");
    header.passes = header.is_picture || passes_by(header.name);
    if (!header.passes && (!vcard || header.name.size() == spelled.size())) return header;
    const std::string lower_case = ascii_lower(spelled);
    const auto holds = [&](std::string_view word) { return lower_case.find(word) != std::string::npos; };
    header.is_quoted_printable = vcard && holds("quoted-printable");
    header.is_base64 = holds("base64") || holds("encoding=b");
    return header;
}

int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

}  // namespace

// Decodes base64 as it comes and hashes it, or counts nothing at all.
class ContentLines::Passing {
public:
    enum class Kind { ignored, base64, uri };
    explicit Passing(Kind kind) : kind_(kind) {}

    void take(std::string_view piece) {
        if (kind_ == Kind::uri) piece = pass_scheme(piece);
        if (kind_ != Kind::base64) return;
        for (const char c : piece) {
            const int digit = base64_digit(c);
            if (digit < 0) continue;
            bits_ = (bits_ << 6) | static_cast<unsigned>(digit);
            if ((count_ += 6) < 8) continue;
            count_ -= 8;
            decoded_ += static_cast<char>((bits_ >> count_) & 0xff);
        }
        if (decoded_.size() >= 4'096) flush();
    }
    std::string hash() {
        flush();
        return any_ ? hex(hash_.finish()) : std::string{};
    }
    /// After hash().
    std::string bytes() { return std::move(kept_); }

private:
    // "data:image/jpeg;base64," lies before what counts; any other link holds nothing.
    std::string_view pass_scheme(std::string_view piece) {
        const auto comma = piece.find(',');
        scheme_ += piece.substr(0, comma);
        if (comma == std::string_view::npos && scheme_.size() < 200) return {};
        kind_ =
            comma != std::string_view::npos && scheme_.starts_with("data:") ? Kind::base64 : Kind::ignored;
        return comma == std::string_view::npos ? std::string_view{} : piece.substr(comma + 1);
    }
    void flush() {
        any_ = any_ || !decoded_.empty();
        hash_.add(decoded_);
        seen_ += decoded_.size();
        if (seen_ <= picture::kMostBytes)
            kept_ += decoded_;
        else
            std::string().swap(kept_);
        decoded_.clear();
    }

    Kind kind_;
    std::string scheme_;
    unsigned bits_ = 0;
    int count_ = 0;
    bool any_ = false;
    std::string decoded_;
    std::string kept_;
    std::size_t seen_ = 0;
    Sha256 hash_;
};

void ContentLines::PassingDeleter::operator()(Passing* passing) const {
    delete passing;
}

// Sees to it that piece_ holds something; at the start of a line, enough of it to tell what it is.
Result<bool> ContentLines::fill() {
    skip_line_end();
    while (piece_.empty() ||
           (at_start_ && piece_.size() < kEnough && line_end(piece_) == std::string_view::npos)) {
        std::string before(piece_);
        piece_ = std::exchange(rest_, {});
        if (piece_.empty()) {
            TRY(piece_, bytes_.next());
        }
        if (piece_.empty() && before.empty()) return false;
        if (!before.empty()) {
            const bool ended = piece_.empty();
            join(std::move(before));
            if (ended) break;
        }
        skip_line_end();
    }
    return true;
}

// Puts `before` in front of piece_, with no more of that than the line needs: the rest is read where it lies.
void ContentLines::join(std::string before) {
    const auto end = line_end(piece_);
    const auto taken = piece_.substr(0, std::min(end == std::string_view::npos ? end : end + 1, kEnough));
    rest_ = piece_.substr(taken.size());
    joined_ = std::move(before);
    joined_ += taken;
    piece_ = joined_;
}

// The rest of a line end that began with CR: "\r\n", and "\r\r\n" as some mail programs make of it.
void ContentLines::skip_line_end() {
    while (after_return_ && !piece_.empty()) {
        if (piece_[0] != '\r' && piece_[0] != '\n') after_return_ = false;
        if (!after_return_) return;
        after_return_ = piece_[0] == '\r';
        piece_.remove_prefix(1);
    }
}

Result<bool> ContentLines::next(ContentLine& line) {
    while (true) {
        TRY(const bool more, fill());
        if (more && at_start_ && !open_ && take_whole(line)) return true;
        if (at_start_ && open_ && (!more || !continues(piece_))) {
            hand_over(line);
            return true;
        }
        if (!more && at_start_) return false;
        if (!more)
            end_physical_line();  // the last line has no end
        else
            take_piece();
    }
}

// Most lines lie in one piece, neither folded nor holding what passes by: they are shown where they lie.
bool ContentLines::take_whole(ContentLine& line) {
    const auto end = line_end(piece_);
    if (end == 0 || end > kLongest) return false;  // npos is
    auto next = end + 1;
    if (piece_[end] == '\r') {  // as skip_line_end()
        while (next < piece_.size() && piece_[next] == '\r') ++next;
        if (next < piece_.size() && piece_[next] == '\n') ++next;
    }
    if (next >= piece_.size() || piece_[next] == ' ' || piece_[next] == '\t') return false;
    const auto text = piece_.substr(0, end);
    const auto header = header_of(text, dialect_);
    if (header.passes || header.is_quoted_printable || text.starts_with(kMark)) return false;
    line.text = text;
    line.name = trim(header.name);
    line.colon = header.colon;
    line.line = physical_++;
    line.cut = false;
    line.picture_hash.clear();
    line.picture.clear();
    piece_.remove_prefix(next);
    return true;
}

// Gives the line that is put together to the reader.
void ContentLines::hand_over(ContentLine& line) {
    open_ = false;
    if (passing_) {
        current_.picture_hash = passing_->hash();
        current_.picture = passing_->bytes();
        passing_.reset();
    }
    current_.text = text_;
    if (current_.colon != std::string::npos)
        current_.name = trim(name_of(current_.text.substr(0, current_.colon)));
    line = std::move(current_);
    current_ = {};
}

void ContentLines::begin_line() {
    text_.clear();
    current_.line = physical_;
    header_seen_ = quoted_printable_ = false;
}

// Takes what is there of the physical line at the front.
void ContentLines::take_piece() {
    if (at_start_ && !open_) begin_line();
    const bool folded = at_start_ && open_ && !soft_break_ && (piece_[0] == ' ' || piece_[0] == '\t');
    if (folded) piece_.remove_prefix(1);
    if (at_start_) soft_break_ = false;
    at_start_ = false;
    const auto end = line_end(piece_);
    append(piece_.substr(0, end));
    if (end == std::string_view::npos) {
        piece_ = {};
        return;
    }
    after_return_ = piece_[end] == '\r';
    piece_.remove_prefix(end + 1);
    end_physical_line();
}

// Whether the physical line that begins here belongs to the logical line so far. Told by as much of it as
// every piece holds, so that it doesn't matter where pieces are cut.
bool ContentLines::continues(std::string_view piece) const {
    if (!soft_break_ && (piece.starts_with(' ') || piece.starts_with('\t'))) return true;
    if (!soft_break_ && !(passing_ && dialect_ == LineDialect::vcard)) return false;
    const auto line = trim(piece.substr(0, std::min(line_end(piece), kEnough)));
    if (soft_break_) return !is_one_of(line, {"END:VCARD", "BEGIN:VCARD"});
    // Some phones write a picture's base64 without indenting it, up to a blank line.
    return !line.empty() && line.find(':') == std::string_view::npos;
}

void ContentLines::append(std::string_view part) {
    if (passing_) return passing_->take(part);
    if (current_.cut) return;
    text_ += part.substr(0, kLongest + 1 - text_.size());
    current_.cut = text_.size() > kLongest;
    // Half a letter would make all of the line another charset's.
    if (current_.cut) text_.resize(truncate_utf8(text_, kLongest).size());
    if (!header_seen_) look_at_header();
}

void ContentLines::look_at_header() {
    if (text_.starts_with(kMark)) text_.erase(0, kMark.size());  // of a file appended to another
    const auto header = header_of(text_, dialect_);
    if (header.colon == std::string_view::npos) return;
    header_seen_ = true;
    current_.colon = header.colon;
    quoted_printable_ = header.is_quoted_printable;
    if (!header.passes) return;
    const std::string rest = text_.substr(header.colon + 1);
    text_.resize(header.colon + 1);
    const auto kind = !header.is_picture ? Passing::Kind::ignored
                      : header.is_base64 ? Passing::Kind::base64
                                         : Passing::Kind::uri;
    passing_.reset(new Passing(kind));
    passing_->take(rest);
}

void ContentLines::end_physical_line() {
    ++physical_;
    at_start_ = true;
    if (!open_ && text_.empty()) return;
    open_ = true;
    if (quoted_printable_ && text_.ends_with('=')) {
        text_.pop_back();
        soft_break_ = true;
    }
}

std::string_view ContentProperty::parameter(std::string_view wanted) const {
    for (const auto& parameter : parameters)
        if (same_word(parameter.name, wanted)) return parameter.value;
    return {};
}

bool ContentProperty::has(std::string_view wanted, std::string_view word) const {
    for (const auto& parameter : parameters) {
        if (!parameter.name.empty() && !same_word(parameter.name, wanted)) continue;
        for (auto rest = parameter.value; !rest.empty();) {
            const auto item = rest.substr(0, rest.find(','));
            if (same_word(item, word)) return true;
            rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        }
    }
    return false;
}

bool split_property(const ContentLine& line, ContentProperty& property) {
    if (line.name.empty()) return false;
    property.parameters.clear();
    property.name = line.name;
    property.value = line.text.substr(line.colon + 1);
    auto header = line.text.substr(0, line.colon);
    const auto full = header.substr(0, header.find(';'));
    const auto dot = full.find('.');
    property.group = dot == std::string_view::npos ? std::string_view{} : full.substr(0, dot);
    header.remove_prefix(full.size());
    while (!header.empty()) {
        header.remove_prefix(1);  // the semicolon
        bool quoted = false;
        std::size_t end = 0;
        while (end < header.size() && (quoted || header[end] != ';')) quoted ^= header[end++] == '"';
        const auto whole = header.substr(0, end);
        header.remove_prefix(end);
        const auto equals = whole.find('=');
        const bool bare = equals == std::string_view::npos;
        auto value = trim(bare ? whole : whole.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (!value.empty())
            property.parameters.push_back({bare ? std::string_view{} : trim(whole.substr(0, equals)), value});
    }
    return true;
}

}  // namespace vv::formats
