// formats/archive/twitter_tweets.h — the owner's tweets: whom they mention, and what the owner wrote.
#pragma once

#include "formats/archive/twitter_people.h"
#include "formats/emitter.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace vv::formats::archive {

/// "Tue Nov 23 18:28:30 +0000 2010"; the oldest archives have "2010-11-23 18:28:30 +0000".
std::optional<Instant> parse_tweet_time(std::string_view text);

class TweetReader {
public:
    TweetReader(const TwitterOwner& owner, Emitter& out) : owner_(owner), out_(out) {}

    /// One tweet, out of its wrapper.
    void read(const boost::json::value& tweet, std::int64_t number);

private:
    struct Mention {
        std::string id;
        std::string_view username;
        std::string_view name;
    };
    void gather_mentions(const boost::json::value& tweet);
    void add_mention(Mention mention);
    void keep_retweeted(std::string_view text);
    bool see(const Mention& mention, std::int64_t number);
    void put_tags(std::string_view text, std::int64_t number);
    void emit_post(const std::string& id, Instant at, std::string text, std::int64_t number);

    const TwitterOwner& owner_;
    Emitter& out_;
    std::vector<Mention> mentions_;
    std::unordered_set<std::uint64_t> seen_;  // accounts with the names put out
};

}  // namespace vv::formats::archive
