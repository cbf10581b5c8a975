#include "store/database.h"

#include "base/log.h"
#include "store/internal/backends.h"
#include "store/internal/faults.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <future>
#include <soci/error.h>
#include <string_view>

namespace vv::store {
namespace {

namespace asio = boost::asio;

using Submit = void (Database::*)(Database::Body, Database::Completion);

/// Starts a transaction for a coroutine. A class with a constructor: g++ 12 destroys other temporaries twice.
class Hop {
public:
    Hop(Database& db, Submit submit, Database::Body body, std::function<void(std::exception_ptr)> keep)
        : db_(&db), submit_(submit), body_(std::move(body)), keep_(std::move(keep)) {}

    template <class Handler>
    void operator()(Handler&& handler) {
        auto home = asio::get_associated_executor(handler);
        // The guard keeps the caller's loop alive while only a database thread knows of the coroutine.
        auto guard = std::make_shared<asio::executor_work_guard<decltype(home)>>(home);
        auto waiting = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
        (db_->*submit_)(std::move(body_),
                        [keep = std::move(keep_), waiting, guard](std::exception_ptr failure) {
                            keep(std::move(failure));
                            asio::post(guard->get_executor(), [waiting] { std::move (*waiting)(); });
                            guard->reset();
                        });
    }

private:
    Database* db_;
    Submit submit_;
    Database::Body body_;
    std::function<void(std::exception_ptr)> keep_;
};

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
    const std::string_view url = options.url;
    try {
        if (url.starts_with("sqlite:")) return open_sqlite(options.url.substr(7), options);
        if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
            return open_postgresql(options.url, options);
    } catch (const Refusal& refusal) {
        return refusal.error();
    } catch (const soci::soci_error&) {
        return translate(std::current_exception());
    }
    return Error(Fault::invalid, "database.url", "A database is named sqlite:PATH or postgresql://….");
}

Error Database::fault_of(const std::exception_ptr& failure) {
    return translate(failure);
}

boost::asio::awaitable<void> Database::hop(std::shared_ptr<JobBase> job, Access access) {
    const Submit submit = access == Access::read ? &Database::submit_read : &Database::submit_write;
    Hop start(
        *this, submit, [job](Tx& tx) { return job->run(tx); },
        [job](std::exception_ptr failure) { job->failure = std::move(failure); });
    return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(std::move(start),
                                                                        asio::use_awaitable);
}

void Database::wait(JobBase& job, Access access) {
    std::promise<void> answered;
    auto answer = answered.get_future();
    auto body = [&job](Tx& tx) { return job.run(tx); };
    auto done = [&job, &answered](std::exception_ptr failure) {
        job.failure = std::move(failure);
        answered.set_value();
    };
    if (access == Access::read)
        submit_read(body, done);
    else
        submit_write(body, done);
    answer.wait();
}

}  // namespace vv::store
