// api/http/kept_answers.h — answers that are given again for a moment, as long as nobody writes.
//
// An answer is kept under a key that names the session and everything of the request that it was made from
// (kept_routes.h makes both so). It is given again while this process has begun no commit since before it was
// read (store/commits.h): then it is what the database says now, who is signed in and who is blocked
// included. No answer is older than kLongest, for what it says of the time and for what other processes have
// written since. docs/decisions/0130-kept-answers.md weighs this.
//
// A cache: bounded, lost with the process, never the only place of anything.
#pragma once

#include "base/time.h"
#include "net/response.h"
#include "store/database.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vv::api {

/// Safe from any thread.
class KeptAnswers {
public:
    static constexpr std::chrono::milliseconds kLongest{1000};

    /// Takes at most `most_bytes` of memory, a part in kShards of it for one answer; with 0 it keeps nothing.
    KeptAnswers(const store::Commits& commits, std::size_t most_bytes);

    [[nodiscard]] bool keeps_any() const { return most_in_shard_ > 0; }

    /// The answer that may be given again at `now`; null when there is none.
    std::shared_ptr<const net::Response> find(std::string_view key, Instant now);

    /// Taken before the read that makes an answer.
    struct Moment {
        std::optional<std::uint64_t> stamp;
        Instant at;
    };
    [[nodiscard]] Moment before_read(Instant now) const { return {commits_->stamp(), now}; }
    /// Keeps an answer, at `now`, for others that come before `until`; not when a commit has begun meanwhile.
    void keep(std::string key, const Moment& read, Instant now, Instant until, net::Response answer);

    /// Frees what can't be given again: nobody's data stay here after a sign-out.
    void forget_stale(Instant now);

    struct Counts {
        std::uint64_t hits = 0, misses = 0;
        std::size_t answers = 0, bytes = 0;
    };
    [[nodiscard]] Counts counts() const;

    static constexpr std::size_t kShards = 8;  // so that many threads seldom wait for one another

private:
    struct Kept {
        std::string key;
        std::uint64_t stamp = 0;
        Instant from, until;
        std::size_t bytes = 0;
        std::shared_ptr<const net::Response> answer;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::list<Kept> answers;  // oldest first
        std::unordered_map<std::string_view, std::list<Kept>::iterator> by_key;
        std::size_t bytes = 0;
        std::uint64_t hits = 0, misses = 0;
    };

    Shard& shard_of(std::string_view key) { return shards_[std::hash<std::string_view>{}(key) % kShards]; }
    [[nodiscard]] bool is_stale(const Kept& kept, Instant now) const;
    void shed(Shard& shard, Instant now) const;
    static void drop(Shard& shard, std::list<Kept>::iterator kept);

    const store::Commits* commits_;
    std::size_t most_in_shard_;
    std::array<Shard, kShards> shards_;
};

}  // namespace vv::api
