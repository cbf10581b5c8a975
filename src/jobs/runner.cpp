#include "jobs/runner.h"

#include "base/crypto.h"
#include "base/log.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace vv::jobs {
namespace {

using SteadyClock = std::chrono::steady_clock;
using store::Database;
using store::Tx;
namespace rows = store::jobs;
namespace outbox = store::outbox;

constexpr std::int64_t kMostAttempts = 5;
/// A job that was begun this often without an end takes its process down each time.
constexpr std::int64_t kMostBeginnings = 20;
constexpr int kMostEndings = 5;  // how often a command tries to note how its job went
constexpr int kEffectsAtOnce = 16;
constexpr std::chrono::milliseconds kReportEvery{250};
constexpr std::chrono::hours kPurgeEvery{1};
constexpr std::chrono::hours kKeep{30 * 24};

bool is_worth_retrying(const Error& error) {
    return error.fault == Fault::unavailable || error.fault == Fault::too_many;
}

double jitter() {
    thread_local std::minstd_rand source{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(source);
}

/// The wait that the error asks for, or the growing one.
std::chrono::milliseconds wait_after(const Error& error, std::int64_t attempts) {
    return std::max<std::chrono::milliseconds>(error.retry_after, outbox::backoff(attempts, jitter()));
}

/// What a handler threw is a bug or a broken machine: the log says what, its owner that it went wrong.
template <class Call>
Result<Done> guarded(std::string_view kind, Call call) {
    try {
        return call();
    } catch (const std::exception& failure) {
        log::error("job.crashed", {{"kind", kind}, {"what", failure.what()}});
        return Error(Fault::unavailable, "job.crashed",
                     "Something went wrong inside the server; the log says what.");
    }
}

}  // namespace

class Runner::Impl {
public:
    Impl(Database& db, RunnerOptions options)
        : db_(db),
          options_(std::move(options)),
          claimer_((options_.is_server ? "server/" : "command/") + std::to_string(::getpid()) + "/" +
                   random_token(6)) {}

    void start();
    void wake();
    void stop();
    Result<Done> run_here(const rows::NewJob& job, std::function<void(const rows::Progress&)> on_progress);

    std::map<std::string, JobHandler, std::less<>> job_handlers;
    std::map<Lane, std::vector<std::string>> job_kinds;
    std::map<std::string, EffectHandler, std::less<>> effect_handlers;
    struct Sweep {
        std::string name;
        std::chrono::milliseconds period{};
        std::function<Result<Done>(Database&, Instant)> run;
        SteadyClock::time_point due;
    };
    std::map<Lane, std::vector<Sweep>> sweeps;
    RunnerCounters counters;
    std::atomic<bool> cancel_here{false};

private:
    class Context;
    using Key = std::pair<core::AccountId, rows::JobId>;

    /// A thread's life: `work` until the end, again at once while it finds something to do.
    void live(const std::function<bool()>& work);
    bool run_due_job(const std::vector<std::string>& kinds);
    bool run_due_effects(const std::string& kind);
    bool run_due_sweep(std::vector<Sweep>& those);
    bool keep_hold();
    Result<Done> run_job(const rows::Job& job, Context& context);
    [[nodiscard]] rows::Ending ending_of(const Context& context, const Result<Done>& result);
    void finish(const Context& context, const rows::Ending& ending);
    void deliver(const outbox::Claimed& effect);
    void recover_and_purge();
    [[nodiscard]] Instant lease() const { return options_.machine_now() + options_.lease; }
    void add_threads(int count, const std::function<bool()>& work) {
        for (int i = 0; i < count; ++i) threads_.emplace_back([this, work] { live(work); });
    }

    Database& db_;
    RunnerOptions options_;
    std::string claimer_;
    std::vector<std::thread> threads_;
    std::atomic<bool> is_stopping_{false};
    std::atomic<int> effects_held_{0};

    std::mutex mutex_;  // for what follows
    std::condition_variable changed_;
    std::uint64_t wakes_ = 0;
    std::map<Key, Context*> running_;
    SteadyClock::time_point next_recovery_{};
    SteadyClock::time_point next_purge_{};
};

/// A running job, told by the keeper what became of it.
class Runner::Impl::Context final : public JobContext {
public:
    Context(Impl& runner, const rows::Job& job) : runner_(runner), job_(job), progress_(job.progress) {
        is_cancelled_ = job.cancel_requested;
        const std::lock_guard lock(runner_.mutex_);
        runner_.running_[{job_.owner, job_.id}] = this;
    }
    /// For run_here().
    Context(Impl& runner, const rows::Job& job, std::function<void(const rows::Progress&)> on_progress)
        : Context(runner, job) {
        is_here_ = true;
        on_progress_ = std::move(on_progress);
    }
    ~Context() override {
        const std::lock_guard lock(runner_.mutex_);
        runner_.running_.erase({job_.owner, job_.id});
    }

    [[nodiscard]] const rows::Job& job() const override { return job_; }
    [[nodiscard]] Instant now() const override { return runner_.options_.now(); }
    [[nodiscard]] Result<Done> go_on() const override {
        if (is_cancelled()) return Error(Fault::conflict, "job.cancelled", "This was cancelled.");
        if (is_lost_ || runner_.is_stopping_)
            return Error(Fault::unavailable, "job.interrupted", "This goes on after the restart.");
        return Done{};
    }
    void report(const rows::Progress& progress) override {
        progress_ = progress;
        const auto now = SteadyClock::now();
        if (now - reported_ < kReportEvery) return;
        reported_ = now;
        write_progress();
    }
    void write_progress() {
        if (on_progress_) on_progress_(progress_);
        const auto held = runner_.db_.write_now([this](Tx& tx) -> Result<bool> {
            return rows::report(tx, job_.owner, job_.id, runner_.claimer_, progress_);
        });
        if (held && !*held) is_lost_ = true;
    }

    /// From the keeper's thread.
    void cancel() { is_cancelled_ = true; }
    /// Whether a command waits for it.
    [[nodiscard]] bool is_here() const { return is_here_; }
    [[nodiscard]] bool is_cancelled() const { return is_cancelled_ || (is_here_ && runner_.cancel_here); }

private:
    Impl& runner_;
    const rows::Job& job_;
    std::function<void(const rows::Progress&)> on_progress_;
    rows::Progress progress_;
    SteadyClock::time_point reported_{};
    bool is_here_ = false;
    std::atomic<bool> is_cancelled_{false};
    bool is_lost_ = false;  // another process has taken it over
};

void Runner::Impl::start() {
    recover_and_purge();
    for (const auto& [lane, kinds] : job_kinds)
        add_threads(options_.job_threads, [this, &kinds] { return run_due_job(kinds); });
    for (const auto& [kind, handler] : effect_handlers)
        add_threads(options_.effect_threads, [this, &kind] { return run_due_effects(kind); });
    for (auto& [lane, those] : sweeps) add_threads(1, [this, &those] { return run_due_sweep(those); });
    add_threads(1, [this] { return keep_hold(); });
}

void Runner::Impl::wake() {
    {
        const std::lock_guard lock(mutex_);
        ++wakes_;
    }
    changed_.notify_all();
}

void Runner::Impl::stop() {
    is_stopping_ = true;
    wake();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Runner::Impl::live(const std::function<bool()>& work) {
    std::uint64_t seen = 0;
    while (!is_stopping_) {
        bool found = false;
        try {
            found = work();
        } catch (const std::exception& failure) {
            log::error("jobs.failed", {{"what", failure.what()}});
        }
        if (found) continue;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, options_.poll, [&] { return is_stopping_ || wakes_ != seen; });
        seen = wakes_;
    }
}

bool Runner::Impl::run_due_job(const std::vector<std::string>& kinds) {
    const Instant now = options_.now();
    const auto due = db_.read_now([&](Tx& tx) { return rows::is_due(tx, kinds, now); });
    if (!due || !*due) return false;
    const rows::Claim wanted{claimer_, kinds, now, lease(), 1};
    const auto claimed = db_.write_now([&](Tx& tx) -> Result<std::vector<rows::Job>> {
        auto jobs = rows::claim(tx, wanted);
        // What a stopping thread has just given back is the next process's, not its neighbour's.
        if (is_stopping_)
            return Error(Fault::unavailable, "job.interrupted", "This goes on after the restart.");
        return jobs;
    });
    if (!claimed || claimed->empty()) return false;
    Context context(*this, claimed->front());
    static_cast<void>(run_job(claimed->front(), context));  // the row says how it went
    return true;
}

Result<Done> Runner::Impl::run_job(const rows::Job& job, Context& context) {
    Result<Done> answer = Done{};
    const auto begun = SteadyClock::now();
    const auto handler = job_handlers.find(job.kind);
    if (handler == job_handlers.end())
        answer = Error(Fault::invalid, "job.unknown_kind", "This program can't do that kind of job.");
    else if (job.attempts > kMostBeginnings)
        answer = Error(Fault::invalid, "job.given_up", "This was begun many times and never came to an end.");
    else
        answer = guarded(job.kind, [&] { return handler->second(db_, context); });
    context.write_progress();
    const auto ending = ending_of(context, answer);
    finish(context, ending);
    const std::chrono::duration<double> seconds = SteadyClock::now() - begun;
    log::info("job.ended", {{"kind", job.kind},
                            {"job", job.id.value},
                            {"state", rows::to_string(ending.state)},
                            {"error", ending.error_code},
                            {"seconds", seconds.count()}});
    return answer;
}

rows::Ending Runner::Impl::ending_of(const Context& context, const Result<Done>& result) {
    const Instant now = options_.now();
    if (result) {
        ++counters.jobs_done;
        return {rows::State::done, {}, {}, now};
    }
    const Error& error = result.error();
    rows::Ending ending{rows::State::failed, error.code, error.detail, now};
    const std::int64_t attempts = context.job().attempts;
    if (context.is_cancelled() && error.code == "job.cancelled") {
        ending.state = rows::State::cancelled;
        ++counters.jobs_cancelled;
    } else if (error.code == "job.interrupted") {
        ending.state = rows::State::ready;
    } else if (is_worth_retrying(error) && attempts < kMostAttempts) {
        ending.state = rows::State::ready;
        ending.run_at = now + wait_after(error, attempts);
        ++counters.jobs_retried;
    } else {
        ++counters.jobs_failed;
    }
    return ending;
}

/// Tries until it is written: a job whose end nobody knows would be run again. A command does not wait for
/// ever for a disk that is full; its job counts as a dead process's then.
void Runner::Impl::finish(const Context& context, const rows::Ending& ending) {
    const auto& job = context.job();
    for (int tries = 1;; ++tries) {
        const auto noted = db_.write_now([&](Tx& tx) -> Result<bool> {
            return rows::finish(tx, job.owner, job.id, claimer_, ending, options_.now());
        });
        if (noted || is_stopping_ || (context.is_here() && tries == kMostEndings)) return;
        log::warning("job.end_not_written", {{"kind", job.kind}, {"error", noted.error().code}});
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, options_.poll, [this] { return is_stopping_.load(); });
    }
}

bool Runner::Impl::run_due_effects(const std::string& kind) {
    const std::vector<std::string> kinds{kind};
    const Instant now = options_.now();
    const auto due = db_.read_now([&](Tx& tx) { return outbox::is_due(tx, kinds, now); });
    if (!due || !*due) return false;
    const outbox::Claim wanted{claimer_, kinds, now, lease(), kEffectsAtOnce};
    const auto claimed = db_.write_now(
        [&](Tx& tx) -> Result<std::vector<outbox::Claimed>> { return outbox::claim(tx, wanted); });
    if (!claimed || claimed->empty()) return false;
    ++effects_held_;
    std::size_t delivered = 0;
    for (; delivered < claimed->size() && !is_stopping_; ++delivered) deliver((*claimed)[delivered]);
    --effects_held_;
    for (; delivered < claimed->size(); ++delivered) {
        const auto& effect = (*claimed)[delivered];
        const auto given_back = db_.write_now([&](Tx& tx) -> Result<Done> {
            outbox::settle(tx, effect.key, claimer_, outbox::Outcome::retry, "", now, now);
            return Done{};
        });
        if (!given_back) break;  // the lease ends by itself
    }
    return true;
}

void Runner::Impl::deliver(const outbox::Claimed& effect) {
    const auto handler = effect_handlers.find(effect.kind);
    const auto result = guarded(effect.kind, [&] { return handler->second(db_, effect, options_.now()); });
    auto outcome = outbox::Outcome::delivered;
    std::string code;
    Instant next = options_.now();
    if (!result) {
        const Error& error = result.error();
        code = error.code;
        const bool again = is_worth_retrying(error) && effect.attempts < outbox::kMostAttempts;
        outcome = again ? outbox::Outcome::retry : outbox::Outcome::dead;
        next += wait_after(error, effect.attempts);
        log::warning(
            "effect.failed",
            {{"kind", effect.kind}, {"error", code}, {"attempts", effect.attempts}, {"again", again}});
    }
    const auto noted = db_.write_now([&](Tx& tx) -> Result<Done> {
        outbox::settle(tx, effect.key, claimer_, outcome, code, options_.now(), next);
        return Done{};
    });
    if (!noted)
        log::warning("effect.end_not_written", {{"kind", effect.kind}, {"error", noted.error().code}});
    auto& counter = outcome == outbox::Outcome::delivered ? counters.effects_delivered
                    : outcome == outbox::Outcome::retry   ? counters.effects_retried
                                                          : counters.effects_dead;
    ++counter;
}

bool Runner::Impl::run_due_sweep(std::vector<Sweep>& those) {
    Sweep* due = nullptr;
    const auto now = SteadyClock::now();
    for (auto& sweep : those)
        if (sweep.due <= now && (due == nullptr || sweep.due < due->due)) due = &sweep;
    if (due == nullptr) return false;
    const auto result = guarded(due->name, [&] { return due->run(db_, options_.now()); });
    if (!result) log::warning("sweep.failed", {{"sweep", due->name}, {"error", result.error().code}});
    due->due = SteadyClock::now() + due->period;
    return true;
}

/// Renews the leases of what runs here, and passes on what its owners cancelled.
bool Runner::Impl::keep_hold() {
    bool holds_jobs = false;
    {
        const std::lock_guard lock(mutex_);
        holds_jobs = !running_.empty();
    }
    if (holds_jobs || effects_held_ > 0) {
        const auto held = db_.write_now([&](Tx& tx) -> Result<std::vector<rows::Running>> {
            outbox::renew(tx, claimer_, lease());
            return rows::renew(tx, claimer_, lease());
        });
        const std::lock_guard lock(mutex_);
        if (held)
            for (const auto& job : *held)
                if (const auto found = running_.find({job.owner, job.id});
                    found != running_.end() && job.cancel_requested)
                    found->second->cancel();
    }
    recover_and_purge();
    return false;
}

void Runner::Impl::recover_and_purge() {
    if (!options_.is_server) return;  // a command runs its own job alone, and would leave the others ready
    const auto now = SteadyClock::now();
    if (now >= next_recovery_) {
        const auto recovered = db_.write_now([&](Tx& tx) -> Result<std::int64_t> {
            const Instant machine_now = options_.machine_now();
            return rows::recover(tx, claimer_, machine_now) + outbox::recover(tx, claimer_, machine_now);
        });
        if (recovered && *recovered > 0) log::info("jobs.recovered", {{"count", *recovered}});
        next_recovery_ = now + options_.lease / 3;
    }
    if (now >= next_purge_) {
        const auto purged = db_.write_now([&](Tx& tx) -> Result<std::int64_t> {
            const Instant before = options_.now() - kKeep;
            return rows::purge(tx, before) + outbox::purge(tx, before);
        });
        if (purged && *purged > 0) log::info("jobs.purged", {{"count", *purged}});
        next_purge_ = now + kPurgeEvery;
    }
}

Result<Done> Runner::Impl::run_here(const rows::NewJob& wanted,
                                    std::function<void(const rows::Progress&)> on_progress) {
    const auto claimed = db_.write_now([&](Tx& tx) -> Result<rows::Job> {
        rows::add_claimed(tx, wanted, claimer_, options_.now(), lease());
        return rows::find(tx, wanted.owner, wanted.id);
    });
    if (!claimed) return claimed.error();
    cancel_here = false;
    std::thread keeper([this] { live([this] { return keep_hold(); }); });
    Context context(*this, *claimed, std::move(on_progress));
    const auto answer = run_job(*claimed, context);
    is_stopping_ = true;
    wake();
    keeper.join();
    is_stopping_ = false;
    return answer;
}

Runner::Runner(Database& db, RunnerOptions options) : impl_(std::make_unique<Impl>(db, std::move(options))) {}

Runner::~Runner() {
    stop();
}

void Runner::on(std::string kind, JobHandler handler, Lane lane) {
    impl_->job_kinds[lane].push_back(kind);
    impl_->job_handlers.emplace(std::move(kind), std::move(handler));
}

void Runner::on_effect(std::string kind, EffectHandler handler) {
    impl_->effect_handlers.emplace(std::move(kind), std::move(handler));
}

void Runner::every(std::string name, std::chrono::milliseconds period,
                   std::function<Result<Done>(Database&, Instant)> sweep, Lane lane) {
    impl_->sweeps[lane].push_back({std::move(name), period, std::move(sweep), {}});
}

void Runner::start() {
    impl_->start();
}

void Runner::wake() {
    impl_->wake();
}

void Runner::stop() {
    impl_->stop();
}

Result<Done> Runner::run_here(const rows::NewJob& job,
                              std::function<void(const rows::Progress&)> on_progress) {
    return impl_->run_here(job, std::move(on_progress));
}

void Runner::cancel_here() {
    impl_->cancel_here = true;
}

const RunnerCounters& Runner::counters() const {
    return impl_->counters;
}

}  // namespace vv::jobs
