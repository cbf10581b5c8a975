// store/outbox.h — effects on the world as rows: written in the transaction that decides them, delivered
// later.
//
// At least once: a process may die between the delivery and the note of it, so whoever delivers passes the
// key on (Message-ID, Idempotency-Key) and the other side can tell. Never exactly once, and in order only
// while all goes well.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/people.h"
#include "store/database.h"
#include "store/payload.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store::outbox {

struct Effect {
    std::string kind;       // "mail": who delivers it
    std::string key;        // "meeting/12/invited/2": the same key again is the same effect
    core::AccountId owner;  // whose doing it is; unset: the server's
    Payload payload;
    Instant run_at;  // not before
};

/// False, and nothing written, when an effect with this key was there before (and is kept: 30 days after
/// delivery).
bool push(Tx& tx, const Effect& effect, Instant now);

/// Takes back an effect that waits, such as a reminder of what was called off; false when there is none (any
/// more).
bool withdraw(Tx& tx, std::string_view key);

// ---- for the runner ----

struct Claim {
    std::string claimer;
    std::vector<std::string> kinds;  // those it can deliver
    Instant now;
    Instant lease_until;  // by the machine's clock
    int limit = 16;
};
struct Claimed {
    std::string key;
    std::string kind;
    core::AccountId owner;
    Payload payload;
    std::int64_t attempts = 0;  // this one included
};
/// The effects that are due, oldest first, taken for this process alone.
std::vector<Claimed> claim(Tx& tx, const Claim& claim);
/// Whether claim() would bring something; a read.
Result<bool> is_due(Tx& tx, const std::vector<std::string>& kinds, Instant now);

enum class Outcome { delivered, retry, dead };
/// Notes how it went, when `claimer` still has it. Delivered and dead effects lose their payload: it is
/// private.
void settle(Tx& tx, std::string_view key, std::string_view claimer, Outcome outcome,
            std::string_view error_code, Instant now, Instant run_at);

/// Attempts after which an effect is dead, and the wait before the next one: 10 s, doubled each time, at most
/// 6 h, and up to a fifth more by `jitter` (0 … 1), so that what failed together doesn't come back together.
inline constexpr std::int64_t kMostAttempts = 12;
std::chrono::milliseconds backoff(std::int64_t attempts, double jitter);

/// Keeps hold of what `claimer` has claimed.
void renew(Tx& tx, std::string_view claimer, Instant lease_until);
/// For the one server that holds the lock on the data: makes ready what processes claimed that live no more,
/// which are commands whose lease is over and every other server. Returns how many.
std::int64_t recover(Tx& tx, std::string_view claimer, Instant machine_now);
/// Forgets what was over before `before`.
std::int64_t purge(Tx& tx, Instant before);

struct Backlog {
    std::int64_t waiting = 0;
    std::int64_t dead = 0;
};
Result<Backlog> backlog(Tx& tx);

}  // namespace vv::store::outbox
