// net/client.h — HTTP requests to other servers. libcurl stops in client.cpp and mail.cpp.
//
// Blocking, for the jobs' threads: never on a network thread. A request goes to public addresses only,
// whatever a name resolves to and wherever a redirect points, unless the operator allows others.
#pragma once

#include "base/result.h"
#include "net/request.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::net {

struct ClientOptions {
    bool allow_private = false;  // addresses of Networks::not_public()
    std::chrono::milliseconds timeout{20'000};
    std::size_t body_limit = 4 << 20;  // bytes of an answer; more is an error
    int redirects = 3;                 // followed for GET and HEAD only
    std::string user_agent = "Visavis/" VV_VERSION;
};

struct ClientRequest {
    Method method = Method::get;
    std::string verb;  // instead of `method`: "PROPFIND"
    std::string url;   // http:// or https://
    std::string user;  // with the password, for this host alone
    std::string password;
    std::vector<std::pair<std::string, std::string>> headers;  // none may hold a line break
    std::string body;
};

struct ClientResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case; of the last answer
    std::string body;
    std::string url;  // where redirects led

    [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
};

/// Safe from any thread.
class Client {
public:
    explicit Client(ClientOptions options) : options_(std::move(options)) {}

    /// Any answer is a value, whatever its status. `invalid` for a URL or header that can't be; `forbidden`
    /// client.private_address; `unavailable` when there is no answer in time, or one that is too large.
    Result<ClientResponse> fetch(const ClientRequest& request) const;

private:
    ClientOptions options_;
};

}  // namespace vv::net
