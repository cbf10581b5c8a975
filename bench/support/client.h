// support/client.h — somebody who is signed in and asks the server one thing after another on one connection.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace vv::bench {

struct Answer {
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;
    double milliseconds = 0;
};

/// Anything but a 2xx answer ends the benchmark. One thread's.
class Client {
public:
    explicit Client(std::string server);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void sign_in(const std::string& handle, const std::string& password);
    /// "visavis_session=…", for others that ask in her name.
    [[nodiscard]] const std::string& cookie() const { return cookie_; }
    void use_cookie(std::string cookie) { cookie_ = std::move(cookie); }

    Answer get(const std::string& path);
    Answer post(const std::string& path, const std::string& json);

private:
    Answer ask(const std::string& path, const std::string* json);

    std::string server_;
    std::string cookie_;
    void* curl_;
};

}  // namespace vv::bench
