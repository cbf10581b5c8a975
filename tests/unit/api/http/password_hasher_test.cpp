#include "api/http/password_hasher.h"

#include "base/crypto.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <optional>
#include <thread>

namespace vv::api {
namespace {

namespace asio = boost::asio;

asio::awaitable<void> compare(PasswordHasher& hasher, std::string password, std::string hash,
                              std::optional<Result<bool>>& into, std::thread::id& resumed_on) {
    into = co_await hasher.fits(std::move(password), std::move(hash));
    resumed_on = std::this_thread::get_id();
}

asio::awaitable<void> make(PasswordHasher& hasher, std::string password,
                           std::optional<Result<std::string>>& into) {
    into = co_await hasher.hash(std::move(password));
}

class Hashing : public testing::Test {
protected:
    Result<bool> fits(const std::string& password, const std::string& hash) {
        std::optional<Result<bool>> found;
        std::thread::id thread;
        asio::co_spawn(loop, compare(hasher, password, hash, found, thread), asio::detached);
        loop.restart();
        loop.run();
        EXPECT_EQ(thread, std::this_thread::get_id()) << "handlers go on where they were";
        return *found;
    }
    asio::io_context loop;
    PasswordHasher hasher{1, 2};
};

TEST_F(Hashing, TellsTheRightPasswordFromAWrongOne) {
    std::optional<Result<std::string>> hash;
    asio::co_spawn(loop, make(hasher, "four random words", hash), asio::detached);
    loop.run();
    ASSERT_TRUE(*hash);
    EXPECT_TRUE(*fits("four random words", **hash));
    EXPECT_FALSE(*fits("four random wards", **hash));
}

TEST_F(Hashing, FitsNobodyWhoIsNotThereAtTheSameCost) {
    EXPECT_FALSE(*fits("four random words", ""));
    const auto cost_of = [](const std::string& hash) {
        return hash.substr(0, hash.find("$", hash.find("p=")) + 1);
    };
    EXPECT_EQ(cost_of(PasswordHasher::nobody()), cost_of(hash_password("anything")));
    EXPECT_EQ(PasswordHasher::nobody().size(), hash_password("anything").size());
}

TEST_F(Hashing, TurnsAwayMoreThanItCanKeepWaiting) {
    std::array<std::optional<Result<bool>>, 3> found;
    std::thread::id thread;
    for (auto& one : found) asio::co_spawn(loop, compare(hasher, "guess", "", one, thread), asio::detached);
    loop.run();
    EXPECT_TRUE(found[0]->ok());
    EXPECT_TRUE(found[1]->ok());
    ASSERT_FALSE(found[2]->ok());
    EXPECT_EQ(found[2]->error().fault, Fault::unavailable);
    EXPECT_GT(found[2]->error().retry_after.count(), 0);
    EXPECT_TRUE(fits("guess", "").ok()) << "and takes new ones afterwards";
}

}  // namespace
}  // namespace vv::api
