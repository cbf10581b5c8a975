#include "api/http/password_hasher.h"

#include "base/crypto.h"

#include <algorithm>
#include <memory>
#include <thread>

namespace vv::api {
namespace {

namespace asio = boost::asio;

int half_of_the_cores() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

}  // namespace

PasswordHasher::PasswordHasher(int threads, int most_waiting)
    : worker_(threads > 0 ? threads : half_of_the_cores(), most_waiting) {}

const std::string& PasswordHasher::nobody() {
    static const std::string hash =
        "$argon2id$v=19$m=19456,t=2,p=1$b2QygRRZAeNWQTO8gyoCWw$IgX597CgHe4045rbowcnUX5jwjZxqFR7rmIf0KXCUJw";
    return hash;
}

asio::awaitable<Result<std::string>> PasswordHasher::hash(std::string password) {
    auto made = std::make_shared<std::string>();
    std::function<void()> work = [made, password = std::move(password)] { *made = hash_password(password); };
    CO_TRY(const Done done, co_await worker_.run(std::move(work)));
    static_cast<void>(done);
    co_return *made;
}

asio::awaitable<Result<bool>> PasswordHasher::fits(std::string password, std::string hash) {
    auto found = std::make_shared<bool>(false);
    std::function<void()> work = [found, password = std::move(password), hash = std::move(hash)] {
        const bool fits = verify_password(password, hash.empty() ? nobody() : hash);
        *found = fits && !hash.empty();
    };
    CO_TRY(const Done done, co_await worker_.run(std::move(work)));
    static_cast<void>(done);
    co_return *found;
}

}  // namespace vv::api
