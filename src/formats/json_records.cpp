#include "formats/json_records.h"

#include "formats/json_escapes.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>

namespace vv::formats {
namespace {

namespace json = boost::json;

// Follows the parser through the document and builds the values that lie at a wanted path.
class Handler {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    Handler(std::span<const JsonPath> paths, JsonVisitor& visitor, std::size_t limit)
        : paths_(paths), visitor_(visitor), limit_(limit), counts_(paths.size()) {}

    [[nodiscard]] bool stopped() const { return stopped_; }
    [[nodiscard]] bool too_large() const { return too_large_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }

    bool on_array_begin(json::error_code& error) { return open(true, error); }
    bool on_object_begin(json::error_code& error) { return open(false, error); }
    bool on_array_end(std::size_t n, json::error_code& error) {
        if (keeping()) stack_.push_array(n);
        return close(error);
    }
    bool on_object_end(std::size_t n, json::error_code& error) {
        if (keeping()) stack_.push_object(n);
        return close(error);
    }

    bool on_key_part(json::string_view s, std::size_t, json::error_code& error) {
        if (keeping())
            stack_.push_chars(s);
        else if (!building() && wanting() && key_.size() < kLongestKey)
            key_.append(s);
        return grow(s.size(), error);
    }
    bool on_key(json::string_view s, std::size_t, json::error_code& error) {
        if (building()) {
            if (keeping()) stack_.push_key(s);
            return grow(s.size(), error);
        }
        if (!wanting()) return true;
        key_.append(s);
        places_.back().name = std::exchange(key_, {});
        return true;
    }
    bool on_string_part(json::string_view s, std::size_t, json::error_code& error) {
        if (keeping() || (!building() && begin())) stack_.push_chars(s);
        return grow(s.size(), error);
    }
    bool on_string(json::string_view s, std::size_t, json::error_code& error) {
        return scalar(s.size(), error, [&] { stack_.push_string(s); });
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t i, json::string_view, json::error_code& error) {
        return scalar(sizeof i, error, [&] { stack_.push_int64(i); });
    }
    bool on_uint64(std::uint64_t u, json::string_view, json::error_code& error) {
        return scalar(sizeof u, error, [&] { stack_.push_uint64(u); });
    }
    bool on_double(double d, json::string_view, json::error_code& error) {
        return scalar(sizeof d, error, [&] { stack_.push_double(d); });
    }
    bool on_bool(bool b, json::error_code& error) {
        return scalar(1, error, [&] { stack_.push_bool(b); });
    }
    bool on_null(json::error_code& error) {
        return scalar(1, error, [&] { stack_.push_null(); });
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    static constexpr std::size_t kLongestKey = 256;  // longer names than any that is wanted

    // Where the parser is, as far down as wanted paths go.
    struct Place {
        bool array = false;
        std::string name;  // of the member that is being read, in an object
    };

    [[nodiscard]] bool building() const { return built_ != kNone; }
    [[nodiscard]] bool keeping() const { return building() && !passing_over_; }
    // Whether names matter here: beyond the longest wanted path none does.
    [[nodiscard]] bool wanting() const { return places_.size() == depth_; }

    // Is the value that begins here a record? Then it is built from here on.
    bool begin() {
        if (!wanting()) return false;
        for (std::size_t i = 0; i < paths_.size(); ++i) {
            if (!leads_here(paths_[i])) continue;
            built_ = i;
            bytes_ = 0;
            stack_.reset(
                json::make_shared_resource<json::monotonic_resource>(buffer_.data(), buffer_.size()));
            return true;
        }
        return false;
    }

    [[nodiscard]] bool leads_here(const JsonPath& path) const {
        return path.size() == places_.size() && std::equal(path.begin(), path.end(), places_.begin(),
                                                           [](const std::string& step, const Place& at) {
                                                               return at.array ? step == "*"
                                                                               : step == at.name;
                                                           });
    }

    // Can a wanted path lie further down than this?
    [[nodiscard]] bool may_lead_on() const {
        return std::any_of(paths_.begin(), paths_.end(), [&](const JsonPath& path) {
            return path.size() > places_.size() && std::equal(places_.begin(), places_.end(), path.begin(),
                                                              [](const Place& at, const std::string& step) {
                                                                  return at.array ? step == "*"
                                                                                  : step == at.name;
                                                              });
        });
    }

    bool open(bool array, json::error_code& error) {
        if (building() || begin()) {
            ++inside_;
            return grow(1, error);
        }
        if (wanting() && may_lead_on()) places_.push_back({array, {}});
        ++depth_;
        return true;
    }

    bool close(json::error_code& error) {
        if (building()) return --inside_ > 0 || finish(error);
        if (wanting()) places_.pop_back();
        --depth_;
        return true;
    }

    template <class Push>
    bool scalar(std::size_t size, json::error_code& error, Push push) {
        if (!building() && !begin()) return true;
        if (keeping()) push();
        return grow(size, error) && (inside_ > 0 || finish(error));
    }

    // Counts what the record that is being built takes; an error once that is too much.
    bool grow(std::size_t size, json::error_code& error) {
        if (!keeping()) return true;
        bytes_ += size + kValueBytes;
        if (bytes_ <= limit_) return true;
        passing_over_ = visitor_.pass_over(built_, counts_[built_] + 1);
        too_large_ = !passing_over_;
        stack_.reset();
        return go_on(error);
    }

    bool finish(json::error_code& error) {
        const std::size_t path = std::exchange(built_, kNone);
        if (std::exchange(passing_over_, false)) {
            ++counts_[path];
            return true;
        }
        const json::value value = stack_.release();
        stopped_ = !visitor_.take({path, ++counts_[path], value});
        return go_on(error);
    }

    // The parser stops at a false only when there is an error with it; which one doesn't matter.
    bool go_on(json::error_code& error) const {
        if (stopped_ || too_large_) error = json::error::exception;
        return !error;
    }

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    static constexpr std::size_t kValueBytes = 16;  // what a value takes beside its text

    std::span<const JsonPath> paths_;
    JsonVisitor& visitor_;
    std::size_t limit_;
    std::vector<std::int64_t> counts_;
    std::array<unsigned char, 65'536> buffer_{};
    json::value_stack stack_;
    std::size_t built_ = kNone;  // which path's record is being built
    std::size_t inside_ = 0;     // arrays and objects open within it
    std::size_t bytes_ = 0;
    std::size_t depth_ = 0;      // arrays and objects open outside records
    std::vector<Place> places_;  // of those, the ones on a wanted path; fewer than depth_ off it
    std::string key_;
    bool passing_over_ = false;  // the rest of a record that is too large
    bool stopped_ = false;
    bool too_large_ = false;
};

json::parse_options options_of(const JsonLimits& limits) {
    json::parse_options options;
    options.max_depth = limits.depth;
    options.allow_invalid_utf8 = true;
    return options;
}

// Where the parser is in the file, for those who must find the fault with an editor.
class Position {
public:
    void pass(std::string_view read) {
        bytes_ += read.size();
        lines_ += std::count(read.begin(), read.end(), '\n');
    }
    [[nodiscard]] std::string text() const {
        return "line " + std::to_string(lines_) + " (byte " + std::to_string(bytes_) + ")";
    }
    // An error here, with the line as the input at fault.
    [[nodiscard]] Error error(std::string code, std::string detail) const {
        return Error{Fault::invalid, std::move(code), std::move(detail)}.at(std::to_string(lines_));
    }

private:
    std::uint64_t bytes_ = 0;
    std::int64_t lines_ = 1;
};

Error syntax(const Position& position, const std::string& what) {
    return position.error("json.syntax", "it isn't valid JSON at " + position.text() + ": " + what + ".");
}

}  // namespace

Result<Done> read_json(ByteStream& bytes, std::span<const JsonPath> paths, JsonVisitor& visitor,
                       const JsonLimits& limits) {
    json::basic_parser<Handler> parser(options_of(limits), paths, visitor, limits.record_bytes);
    Position position;
    WholeEscapes whole(bytes);
    while (true) {
        TRY(const auto piece, whole.next());
        json::error_code error;
        const auto read = parser.write_some(!piece.empty(), piece.data(), piece.size(), error);
        if (parser.handler().stopped()) return Done{};
        position.pass(piece.substr(0, read));
        if (parser.handler().too_large())
            return position.error("json.too_large", "a record before " + position.text() +
                                                        " is larger than " +
                                                        std::to_string(limits.record_bytes) + " bytes.");
        if (error) return syntax(position, piece.empty() ? "it ends too early" : error.message());
        if (piece.find_first_not_of(" \t\r\n", read) != std::string_view::npos)
            return syntax(position, "something follows its end");
        if (piece.empty()) return Done{};
    }
}

std::int64_t line_of(const Error& error) {
    std::int64_t line = 0;
    if (error.code == "json.syntax" || error.code == "json.too_large")
        std::from_chars(error.field.data(), error.field.data() + error.field.size(), line);
    return line;
}

}  // namespace vv::formats
