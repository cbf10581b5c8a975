// store/commits.h — whether this process has committed something since: for those who keep what they have
// read.
//
//     const auto stamp = db.commits().stamp();
//     … a read …
//     if (stamp && db.commits().holds(*stamp)) what was read is still what the database says
//
// Other processes' commits are not seen here.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

namespace vv::store {

/// Safe from any thread.
class Commits {
public:
    /// Nothing while a commit is under way: a read might then see the state before it, and another already
    /// the one after.
    [[nodiscard]] std::optional<std::uint64_t> stamp() const {
        const std::uint64_t ended = ended_;  // first: it never overtakes begun_
        return begun_ == ended ? std::optional(ended) : std::nullopt;
    }
    /// Whether no commit has begun since the stamp was given.
    [[nodiscard]] bool holds(std::uint64_t stamp) const { return begun_ == stamp; }

    /// Stands around a commit, whatever becomes of it, until before those who wait for it are answered.
    class Underway {
    public:
        explicit Underway(Commits& commits) : commits_(&commits) { ++commits_->begun_; }
        ~Underway() { ++commits_->ended_; }
        Underway(const Underway&) = delete;
        Underway& operator=(const Underway&) = delete;

    private:
        Commits* commits_;
    };

private:
    std::atomic<std::uint64_t> begun_{0};
    std::atomic<std::uint64_t> ended_{0};
};

}  // namespace vv::store
