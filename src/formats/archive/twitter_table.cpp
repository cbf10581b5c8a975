#include "formats/archive/twitter_table.h"

#include "base/text.h"
#include "formats/csv.h"
#include "formats/hash.h"
#include "formats/text_stream.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostTweets = 1'000'000;
constexpr std::size_t kMostAnswers = 10'000;

enum class Column : unsigned char { id, to_tweet, to_user, time, text, retweeted_user };
constexpr std::array<std::string_view, 6> kColumns{
    "tweet_id", "in_reply_to_status_id",   "in_reply_to_user_id", "timestamp",
    "text",     "retweeted_status_user_id"};

std::uint64_t hash_of(std::string_view id) {
    return Hash64().add(id).value();
}

/// Rows under the header, whose columns have come and gone.
class Rows {
public:
    explicit Rows(ByteStream& file) : text_(file), csv_(text_) {}

    Result<bool> begin() {
        TRY(const bool more, csv_.next(row_));
        if (!more) return false;
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
            const auto found = std::find(row_.fields.begin(), row_.fields.end(), kColumns[i]);
            places_[i] = static_cast<std::size_t>(found - row_.fields.begin());
        }
        width_ = row_.fields.size();
        return true;
    }
    Result<bool> next() { return csv_.next(row_); }
    [[nodiscard]] const CsvRow& row() const { return row_; }
    [[nodiscard]] std::string_view operator[](Column column) const {
        const auto place = places_[static_cast<std::size_t>(column)];
        return place < width_ ? trim(row_.at(place)) : std::string_view{};
    }

private:
    TextStream text_;
    CsvReader csv_;
    CsvRow row_;
    std::array<std::size_t, kColumns.size()> places_{};
    std::size_t width_ = 0;
};

/// "ann" of "RT @ann: …" or "@ann …".
std::string_view leading_handle(std::string_view text) {
    if (text.starts_with("RT ")) text.remove_prefix(3);
    if (!text.starts_with('@')) return {};
    const auto end = std::find_if(text.begin() + 1, text.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !letter && !(c >= '0' && c <= '9') && c != '_';
    });
    return text.substr(1, static_cast<std::size_t>(end - text.begin()) - 1);
}

json::object tweet_of(const Rows& rows) {
    const auto text = rows[Column::text];
    json::object tweet{{"id_str", rows[Column::id]}, {"created_at", rows[Column::time]}, {"text", text}};
    if (const auto user = rows[Column::retweeted_user]; !user.empty()) {
        const json::object mention{{"id_str", user}, {"screen_name", leading_handle(text)}};
        tweet["entities"] = {{"user_mentions", json::array{mention}}};
        tweet["retweeted_status"] = true;
    } else if (const auto whom = rows[Column::to_user]; !whom.empty()) {
        tweet["in_reply_to_user_id_str"] = whom;
        tweet["in_reply_to_screen_name"] = leading_handle(text);
    }
    return tweet;
}

}  // namespace

Result<Done> TweetTableOwner::read(ByteStream& file) {
    Rows rows(file);
    TRY(bool more, rows.begin());
    while (more) {
        TRY(more, rows.next());
        if (!more || rows.row().problem != CsvProblem::none) continue;
        if (tweets_.size() < kMostTweets) tweets_.insert(hash_of(rows[Column::id]));
        const auto answered = rows[Column::to_tweet];
        if (!answered.empty() && answers_.size() < kMostAnswers)
            answers_.emplace_back(hash_of(answered), rows[Column::to_user]);
    }
    return Done{};
}

void TweetTableOwner::settle() {
    for (const auto& [tweet, whom] : answers_)
        if (tweets_.contains(tweet)) owner_.add_answer_to_oneself(whom);
}

Result<Done> read_tweet_table(ByteStream& file, TweetReader& tweets, Emitter& out) {
    Rows rows(file);
    TRY(bool more, rows.begin());
    while (more && !out.stopped()) {
        TRY(more, rows.next());
        if (!more) break;
        const CsvRow& row = rows.row();
        if (row.problem == CsvProblem::none) {
            tweets.read(tweet_of(rows), row.line);
            continue;
        }
        out.count_record();
        out.reject(row.line, describe(row.problem), row.raw);
    }
    return Done{};
}

}  // namespace vv::formats::archive
