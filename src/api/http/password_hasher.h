// api/http/password_hasher.h — argon2id on threads of its own.
//
// A hash takes 20 ms and 19 MiB: on a network thread it would stop every connection there, in a transaction
// every writer. Few at a time, and those who wait are counted, so that a flood of sign-ins costs strangers
// their patience and the server neither its memory nor its other work.
#pragma once

#include "api/http/worker.h"
#include "base/result.h"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace vv::api {

class PasswordHasher {
public:
    /// `threads` 0: half of the cores. More than `most_waiting` at a time are answered `unavailable`.
    explicit PasswordHasher(int threads = 0, int most_waiting = 100);

    /// argon2id in PHC form. `unavailable` server.busy.
    boost::asio::awaitable<Result<std::string>> hash(std::string password);
    /// Whether the password fits the hash. An empty hash (nobody is called so) fits nothing and takes as
    /// long.
    boost::asio::awaitable<Result<bool>> fits(std::string password, std::string hash);

    /// The hash that an unknown name is compared with: hash_password() of a password that was thrown away.
    static const std::string& nobody();

private:
    Worker worker_;
};

}  // namespace vv::api
