// store/jobs.h — long work as rows: imports, sweeps, what is to happen at a time. Survives a restart.
//
// A job is ready until its time, running in one process, then done, failed or cancelled. A process that dies
// loses its lease, and the job is ready again: handlers begin again without harm.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/people.h"
#include "store/database.h"
#include "store/payload.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store::jobs {

using JobId = Id<struct JobTag>;

enum class State { ready, running, done, failed, cancelled };
std::string_view to_string(State state);

struct NewJob {
    JobId id;
    core::AccountId owner;  // unset: the server
    std::string kind;       // "import": which handler
    /// When set, at most one such job of the owner waits: adding it again moves it to the new time and
    /// payload.
    std::string key;
    Payload payload;
    Instant run_at;  // not before
};

struct Progress {
    std::int64_t done = 0;
    std::int64_t total = 0;  // 0: not known
    Counts found;
};

struct Job {
    JobId id;
    core::AccountId owner;
    std::string kind;
    Payload payload;
    State state = State::ready;
    Instant run_at;
    std::int64_t attempts = 0;  // begun so far
    Progress progress;
    bool cancel_requested = false;
    std::string error_code;  // of the last attempt that failed
    std::string error_detail;
    Instant created_at;
    std::optional<Instant> finished_at;
};

/// Returns the id under which it waits: an older one's when `key` names a job that waits already.
JobId add(Tx& tx, const NewJob& job, Instant now);
/// `not_found` job.unknown.
Result<Job> find(Tx& tx, core::AccountId owner, JobId id);
/// The owner's jobs of a kind, newest first.
std::vector<Job> list(Tx& tx, core::AccountId owner, std::string_view kind, int limit);
/// A waiting job is cancelled at once, a running one when its handler looks next (within about a second);
/// what is over stays as it is. Returns the job as it is then.
Result<Job> request_cancel(Tx& tx, core::AccountId owner, JobId id, Instant now);
/// Removes a waiting job by the key it was added with; false when none waits.
bool withdraw(Tx& tx, core::AccountId owner, std::string_view kind, std::string_view key);

// ---- for the runner ----

struct Claim {
    std::string claimer;
    std::vector<std::string> kinds;
    Instant now;
    Instant lease_until;  // by the machine's clock
    int limit = 1;
};
/// The jobs that are due, oldest first, taken for this process alone; who has one at work comes after others.
std::vector<Job> claim(Tx& tx, const Claim& claim);
/// Adds a job that this process runs itself, at once: no other can claim it while its lease holds.
void add_claimed(Tx& tx, const NewJob& job, std::string_view claimer, Instant now, Instant lease_until);
/// Whether claim() would bring something; a read.
Result<bool> is_due(Tx& tx, const std::vector<std::string>& kinds, Instant now);

/// Notes how far it is; false when `claimer` has lost the job and must stop.
bool report(Tx& tx, core::AccountId owner, JobId id, std::string_view claimer, const Progress& progress);

struct Ending {
    State state = State::done;  // `ready` runs it again at `run_at`
    std::string error_code;
    std::string error_detail;
    Instant run_at;
};
/// Ends the attempt when `claimer` still has the job; false otherwise. A ready one whose key waits already is
/// done.
bool finish(Tx& tx, core::AccountId owner, JobId id, std::string_view claimer, const Ending& ending,
            Instant now);

struct Running {
    core::AccountId owner;
    JobId id;
    bool cancel_requested = false;
};
/// Keeps hold of what `claimer` runs, and tells what of it is to stop.
std::vector<Running> renew(Tx& tx, std::string_view claimer, Instant lease_until);
/// As outbox::recover: makes ready again what dead processes ran.
std::int64_t recover(Tx& tx, std::string_view claimer, Instant machine_now);
/// Ends what a dead process ran, for good: what it was for is settled in another way.
void give_up(Tx& tx, core::AccountId owner, JobId id, Instant now);
/// Forgets what was over before `before`.
std::int64_t purge(Tx& tx, Instant before);

struct Backlog {
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::int64_t failed = 0;
};
Result<Backlog> backlog(Tx& tx);

}  // namespace vv::store::jobs
