// jobs/runner.h — runs what waits: jobs and effects, each kind by its handler.
//
// Threads claim rows, run the handler outside of any transaction and note how it went. New work is seen at
// once after wake(), else within a second, so that what a command beside the server adds is seen too.
// Everything is at least once: a handler that is begun again after a crash must do no harm.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "store/database.h"
#include "store/jobs.h"
#include "store/outbox.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace vv::jobs {

/// What a handler knows of its job. Used by the handler's thread only.
class JobContext {
public:
    virtual ~JobContext() = default;
    [[nodiscard]] virtual const store::jobs::Job& job() const = 0;
    /// The clock the program was given.
    [[nodiscard]] virtual Instant now() const = 0;
    /// An error once the job should stop: `conflict` job.cancelled by its owner, `unavailable`
    /// job.interrupted by the end of the program (it goes on after the restart). Cheap; call it between
    /// transactions: CHECK(job.go_on()).
    [[nodiscard]] virtual Result<Done> go_on() const = 0;
    /// Tells how far it is; written at most a few times a second, so call it as often as you like.
    virtual void report(const store::jobs::Progress& progress) = 0;
};

/// `unavailable` and `too_many` run the job again later, up to five attempts; any other error fails it for
/// good.
using JobHandler = std::function<Result<Done>(store::Database&, JobContext&)>;
/// Delivers one effect; `unavailable` and `too_many` are tried again with growing waits, any other error is
/// for good.
using EffectHandler =
    std::function<Result<Done>(store::Database&, const store::outbox::Claimed&, Instant now)>;

/// Whose threads do a job or a sweep: an archive of hours, or a server that does not answer, keeps nothing
/// waiting that a person waits for. Each kind of effect has threads of its own.
enum class Lane {
    prompt,   // over in a moment
    imports,  // as long as there is to read
    outward,  // waits for other servers
};

struct RunnerOptions {
    std::function<Instant()> now;          // the clock the program was given
    std::function<Instant()> machine_now;  // the machine's own, for leases
    int job_threads = 2;                   // of each lane
    int effect_threads = 2;                // of each kind
    bool is_server = false;                // holds the lock on the data: what others left running is dead
    std::chrono::milliseconds poll{1000};  // how often to look for work that nobody woke us for
    std::chrono::milliseconds lease{30000};
};

/// Since the start of the program; read at any time.
struct RunnerCounters {
    std::atomic<std::int64_t> jobs_done{0}, jobs_failed{0}, jobs_cancelled{0}, jobs_retried{0};
    std::atomic<std::int64_t> effects_delivered{0}, effects_retried{0}, effects_dead{0};
};

class Runner {
public:
    Runner(store::Database& db, RunnerOptions options);
    ~Runner();  // stops
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// Before start().
    void on(std::string kind, JobHandler handler, Lane lane = Lane::prompt);
    void on_effect(std::string kind, EffectHandler handler);
    /// Work without a row, run once at the start and then every `period` of the machine's time, a lane's one
    /// at a time: sweeps.
    void every(std::string name, std::chrono::milliseconds period,
               std::function<Result<Done>(store::Database&, Instant now)> sweep, Lane lane = Lane::prompt);

    void start();
    /// There is new work; from any thread.
    void wake();
    /// Takes nothing new, tells running handlers to stop and waits for them. Safe to call twice. Comes before
    /// the database's close().
    void stop();

    /// Runs a job in the calling thread, for commands: adds the row, so that a server beside it shows the
    /// progress and goes on with it should this process die. `on_progress` is called from this thread.
    /// Returns what the handler did.
    Result<Done> run_here(const store::jobs::NewJob& job,
                          std::function<void(const store::jobs::Progress&)> on_progress);
    /// Asks what run_here() runs to stop, as Ctrl-C does; from any thread or signal handler.
    void cancel_here();

    [[nodiscard]] const RunnerCounters& counters() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace vv::jobs
