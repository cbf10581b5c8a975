#include "api/http/kept_answers.h"

#include <gtest/gtest.h>
#include <malloc.h>
#include <rapidcheck/gtest.h>
#include <thread>
#include <vector>

namespace vv::api {
namespace {

using std::chrono::milliseconds;

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");
const Instant kForever = kNow + std::chrono::hours(1000);

net::Response saying(std::string body) {
    return {200, "application/json", std::move(body)};
}

class Kept : public testing::Test {
protected:
    void commit() { const store::Commits::Underway underway(commits); }
    void keep(const std::string& key, const std::string& body, Instant now = kNow, Instant until = kForever) {
        kept.keep(key, kept.before_read(now), now, until, saying(body));
    }
    std::string find(const std::string& key, Instant now = kNow) {
        const auto found = kept.find(key, now);
        return found ? found->body : "";
    }

    store::Commits commits;
    KeptAnswers kept{commits, 1 << 20};
};

TEST_F(Kept, AreGivenAgainToTheSameKeyAlone) {
    keep("a", "for a");
    EXPECT_EQ(find("a"), "for a");
    EXPECT_EQ(find("b"), "");
    keep("a", "new for a");
    EXPECT_EQ(find("a"), "new for a");
    EXPECT_EQ(kept.counts().hits, 2U);
    EXPECT_EQ(kept.counts().misses, 1U);
    EXPECT_EQ(kept.counts().answers, 1U);
}

TEST_F(Kept, EndWithTheNextCommit) {
    keep("a", "before");
    commit();
    EXPECT_EQ(find("a"), "");
}

TEST_F(Kept, AreNoneOfAReadThatACommitMayHaveOvertaken) {
    const auto before = kept.before_read(kNow);
    commit();
    kept.keep("a", before, kNow, kForever, saying("old"));
    EXPECT_EQ(find("a"), "");
    {
        const store::Commits::Underway underway(commits);
        keep("a", "the old or the new");
        EXPECT_EQ(find("a"), "");
    }
    EXPECT_EQ(find("a"), "") << "what was read while it was under way is not known to be the new";
    keep("a", "new");
    EXPECT_EQ(find("a"), "new");
}

TEST_F(Kept, AreNoneWhileOneOfTwoCommitsIsUnderWay) {
    auto first = std::make_unique<store::Commits::Underway>(commits);
    auto second = std::make_unique<store::Commits::Underway>(commits);
    first.reset();
    EXPECT_FALSE(commits.stamp());
    second.reset();
    EXPECT_TRUE(commits.stamp());
}

TEST_F(Kept, LastASecondAtMostAndNoLongerThanTheSession) {
    keep("a", "x");
    EXPECT_EQ(find("a", kNow + milliseconds(999)), "x");
    EXPECT_EQ(find("a", kNow + milliseconds(1000)), "");
    keep("b", "x", kNow, kNow + milliseconds(20));
    EXPECT_EQ(find("b", kNow + milliseconds(19)), "x");
    EXPECT_EQ(find("b", kNow + milliseconds(20)), "");
}

TEST_F(Kept, AreNotGivenByAClockThatWasSetBack) {
    keep("a", "x");
    EXPECT_EQ(find("a", kNow - milliseconds(1)), "");
    EXPECT_EQ(find("a", kNow - std::chrono::hours(1)), "");
    EXPECT_EQ(find("a", kNow), "") << "it was dropped";
}

TEST_F(Kept, LeaveTheMemoryWhenTheyAreStale) {
    for (int i = 0; i < 100; ++i) keep(std::to_string(i), "x");
    EXPECT_EQ(kept.counts().answers, 100U);
    kept.forget_stale(kNow);
    EXPECT_EQ(kept.counts().answers, 100U);
    commit();
    kept.forget_stale(kNow);
    EXPECT_EQ(kept.counts().answers, 0U);
    EXPECT_EQ(kept.counts().bytes, 0U);
}

TEST_F(Kept, TakeNoMoreMemoryThanTheyMayForAMillionPaths) {
    constexpr std::size_t kMost = 4 << 20;
    KeptAnswers small(commits, kMost);
    const std::string body(700, 'x');
    const std::size_t before = mallinfo2().uordblks;
    std::size_t most = 0;
    for (int i = 0; i < 1'000'000; ++i) {
        small.keep("of somebody/" + std::to_string(i), small.before_read(kNow), kNow, kForever, saying(body));
        if (i % 1000 != 0) continue;
        most = std::max(most, mallinfo2().uordblks - before);
        ASSERT_LE(small.counts().bytes, kMost);
    }
    EXPECT_GT(small.counts().bytes, kMost * 9 / 10);
    EXPECT_LE(most, kMost * 11 / 10) << "what is counted is what is taken";
}

TEST_F(Kept, AreNotKeptWhenOneWouldPushOutTheOthers) {
    keep("a", "x");
    keep("b", std::string(1 << 19, 'x'));
    EXPECT_EQ(find("b"), "");
    EXPECT_EQ(find("a"), "x");
    KeptAnswers none(commits, 0);
    none.keep("a", none.before_read(kNow), kNow, kForever, saying("x"));
    EXPECT_FALSE(none.find("a", kNow));
}

// Whatever is kept, written and asked in whatever order: what is found was kept under that key after the last
// commit and less than a second ago.
RC_GTEST_FIXTURE_PROP(Kept, AreNeverStale,
                      (const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps)) {
    struct Told {
        std::string body;
        Instant at;
    };
    std::map<std::string, Told> model;
    Instant now = kNow;
    int written = 0;
    for (const auto& [what, which] : steps) {
        const std::string key = std::to_string(which % 5);
        switch (what % 4) {
            case 0: {
                const std::string body = std::to_string(++written);
                keep(key, body, now);
                model[key] = {body, now};
                break;
            }
            case 1:
                commit();
                model.clear();
                break;
            case 2:
                now += milliseconds(which * 4);
                break;
            default: {
                const auto told = model.find(key);
                const bool is_fresh = told != model.end() && now - told->second.at < milliseconds(1000);
                RC_ASSERT(find(key, now) == (is_fresh ? told->second.body : ""));
            }
        }
    }
}

// Four threads raise a number and say so; four ask. Nobody is told less than was said before they asked.
TEST_F(Kept, AreNeverOlderThanWhatWasSaidToBeCommitted) {
    std::atomic<int> database{0}, said{0};
    std::atomic<bool> is_over{false};
    std::atomic<int> wrong{0};
    std::mutex writing;
    const auto write = [&] {
        for (int i = 0; i < 5'000; ++i) {
            const std::lock_guard lock(writing);
            int now = 0;
            {
                const store::Commits::Underway underway(commits);
                now = ++database;
            }
            said = now;
        }
    };
    const auto ask = [&] {
        while (!is_over) {
            const int known = said;
            int told = 0;
            const auto before = kept.before_read(kNow);
            if (const auto found = kept.find("a", kNow)) {
                told = std::stoi(found->body);
            } else {
                told = database;
                std::this_thread::yield();
                kept.keep("a", before, kNow, kForever, saying(std::to_string(told)));
            }
            if (told < known) ++wrong;
        }
    };
    {
        std::vector<std::jthread> askers;
        for (int i = 0; i < 4; ++i) askers.emplace_back(ask);
        {
            std::vector<std::jthread> writers;
            for (int i = 0; i < 4; ++i) writers.emplace_back(write);
        }
        is_over = true;
    }
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace vv::api
