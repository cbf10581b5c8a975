// formats/archive/twitter_table.h — tweets.csv, as X's archives had it until 2018: a tweet a row, and less of
// each.
#pragma once

#include "formats/archive/twitter_people.h"
#include "formats/archive/twitter_tweets.h"
#include "formats/bytes.h"
#include "formats/emitter.h"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace vv::formats::archive {

/// The first reading: the owner is whoever is answered when one of the table's own tweets is.
class TweetTableOwner {
public:
    explicit TweetTableOwner(TwitterOwner& owner) : owner_(owner) {}
    Result<Done> read(ByteStream& file);
    /// After the last table.
    void settle();

private:
    TwitterOwner& owner_;
    std::unordered_set<std::uint64_t> tweets_;                    // hashes of their ids
    std::vector<std::pair<std::uint64_t, std::string>> answers_;  // to which tweet, to whom
};

/// The second: each row as the tweet that it is. Whom a tweet mentions has no id here but the one answered
/// and the one retweeted.
Result<Done> read_tweet_table(ByteStream& file, TweetReader& tweets, Emitter& out);

}  // namespace vv::formats::archive
