#include "api/http/password_hasher.h"

#include "base/crypto.h"

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <thread>

namespace vv::api {
namespace {

namespace asio = boost::asio;

int half_of_the_cores() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

/// Starts the work for a coroutine and resumes it at home. A class with a constructor: g++ 12 destroys other
/// temporaries twice.
class Hop {
public:
    Hop(asio::thread_pool& pool, std::function<void()> work) : pool_(&pool), work_(std::move(work)) {}

    template <class Handler>
    void operator()(Handler&& handler) {
        auto home = asio::get_associated_executor(handler);
        // The guard keeps the caller's loop alive while only the pool knows of the coroutine.
        auto guard = std::make_shared<asio::executor_work_guard<decltype(home)>>(home);
        auto waiting = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
        asio::post(*pool_, [work = std::move(work_), waiting, guard] {
            work();
            asio::post(guard->get_executor(), [waiting] { std::move (*waiting)(); });
            guard->reset();
        });
    }

private:
    asio::thread_pool* pool_;
    std::function<void()> work_;
};

Error busy() {
    Error error(Fault::unavailable, "server.busy",
                "Too many people sign in at this moment; try again in a few seconds.");
    error.retry_after = std::chrono::seconds(3);
    return error;
}

}  // namespace

PasswordHasher::PasswordHasher(int threads, int most_waiting)
    : pool_(static_cast<std::size_t>(threads > 0 ? threads : half_of_the_cores())),
      most_waiting_(most_waiting) {}

PasswordHasher::~PasswordHasher() {
    pool_.join();
}

const std::string& PasswordHasher::nobody() {
    static const std::string hash =
        "$argon2id$v=19$m=19456,t=2,p=1$b2QygRRZAeNWQTO8gyoCWw$IgX597CgHe4045rbowcnUX5jwjZxqFR7rmIf0KXCUJw";
    return hash;
}

bool PasswordHasher::enter() {
    if (waiting_.fetch_add(1) < most_waiting_) return true;
    waiting_.fetch_sub(1);
    return false;
}

asio::awaitable<void> PasswordHasher::run(std::function<void()> work) {
    Hop start(pool_, std::move(work));
    return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(std::move(start),
                                                                        asio::use_awaitable);
}

asio::awaitable<Result<std::string>> PasswordHasher::hash(std::string password) {
    if (!enter()) co_return busy();
    auto made = std::make_shared<std::string>();
    std::function<void()> work = [made, password = std::move(password)] { *made = hash_password(password); };
    co_await run(std::move(work));
    waiting_.fetch_sub(1);
    co_return *made;
}

asio::awaitable<Result<bool>> PasswordHasher::fits(std::string password, std::string hash) {
    if (!enter()) co_return busy();
    auto found = std::make_shared<bool>(false);
    std::function<void()> work = [found, password = std::move(password), hash = std::move(hash)] {
        const bool fits = verify_password(password, hash.empty() ? nobody() : hash);
        *found = fits && !hash.empty();
    };
    co_await run(std::move(work));
    waiting_.fetch_sub(1);
    co_return *found;
}

}  // namespace vv::api
