// world/client.h — asks the real router in process, as a browser would, without sockets.
#pragma once

#include "net/router.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::world {

class Client {
public:
    /// `router` outlives the client.
    explicit Client(const net::Router& router) : router_(router) {}

    /// Sent with every request from now on; an answer's set-cookie is kept as a browser keeps it.
    void set_cookie(std::string name, std::string value);
    [[nodiscard]] std::string cookie(std::string_view name) const;

    /// `target` has the query: "/api/visavis/v1/people?limit=3". A body is sent as application/json.
    net::Response get(std::string_view target);
    net::Response post(std::string_view target, std::string json = {});
    net::Response put(std::string_view target, std::string json = {});
    net::Response patch(std::string_view target, std::string json = {});
    net::Response remove(std::string_view target);
    /// A request of one's own making; its path, query and cookies are filled in from `target`.
    net::Response send(std::string_view target, net::Request request);

private:
    const net::Router& router_;
    std::vector<std::pair<std::string, std::string>> cookies_;
};

}  // namespace vv::world
