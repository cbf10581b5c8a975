#include "api/http/kept_answers.h"

#include <algorithm>

namespace vv::api {
namespace {

/// What the allocator and the two containers take beside the texts, rounded up.
constexpr std::size_t kBesides = 512;

std::size_t weigh(const std::string& key, const net::Response& answer) {
    std::size_t bytes = kBesides + key.size() + answer.body.size();
    for (const auto& [name, value] : answer.headers)
        bytes += sizeof(std::pair<std::string, std::string>) + name.size() + value.size();
    return bytes;
}

}  // namespace

KeptAnswers::KeptAnswers(const store::Commits& commits, std::size_t most_bytes)
    : commits_(&commits), most_in_shard_(most_bytes / kShards) {}

// Of the future, too: a clock that was set back would keep an answer for as long as it was set back.
bool KeptAnswers::is_stale(const Kept& kept, Instant now) const {
    return !commits_->holds(kept.stamp) || now >= kept.until || now < kept.from - kLongest;
}

void KeptAnswers::drop(Shard& shard, std::list<Kept>::iterator kept) {
    shard.bytes -= kept->bytes;
    shard.by_key.erase(kept->key);
    shard.answers.erase(kept);
}

// Nearly all that is stale is at the front; an answer behind one that is good waits for its own turn.
void KeptAnswers::shed(Shard& shard, Instant now) const {
    while (!shard.answers.empty() && is_stale(shard.answers.front(), now)) drop(shard, shard.answers.begin());
}

std::shared_ptr<const net::Response> KeptAnswers::find(std::string_view key, Instant now) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_key.find(key);
    if (found != shard.by_key.end() && !is_stale(*found->second, now) && now >= found->second->from) {
        ++shard.hits;
        return found->second->answer;
    }
    ++shard.misses;
    shed(shard, now);
    return nullptr;
}

void KeptAnswers::keep(std::string key, const Moment& read, Instant now, Instant until,
                       net::Response answer) {
    const std::size_t bytes = weigh(key, answer);
    if (!read.stamp || !commits_->holds(*read.stamp) || bytes > most_in_shard_) return;
    Kept kept{std::move(key), *read.stamp,
              read.at,        std::min(until, read.at + kLongest),
              bytes,          std::make_shared<const net::Response>(std::move(answer))};
    Shard& shard = shard_of(kept.key);
    const std::lock_guard lock(shard.mutex);
    if (const auto known = shard.by_key.find(kept.key); known != shard.by_key.end())
        drop(shard, known->second);
    shed(shard, now);
    while (shard.bytes + bytes > most_in_shard_) drop(shard, shard.answers.begin());
    shard.answers.push_back(std::move(kept));
    shard.by_key.emplace(shard.answers.back().key, std::prev(shard.answers.end()));
    shard.bytes += bytes;
}

void KeptAnswers::forget_stale(Instant now) {
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        shed(shard, now);
    }
}

KeptAnswers::Counts KeptAnswers::counts() const {
    Counts counts;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        counts.hits += shard.hits;
        counts.misses += shard.misses;
        counts.answers += shard.answers.size();
        counts.bytes += shard.bytes;
    }
    return counts;
}

}  // namespace vv::api
