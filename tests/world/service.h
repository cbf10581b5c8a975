// world/service.h — a server of somebody else's, on a loopback port of its own: it is asked through a socket.
#pragma once

#include "net/server.h"
#include "world/databases.h"

#include <memory>
#include <string>

namespace vv::world {

class Service {
public:
    Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service() { stop(); }

    /// What it answers; before start().
    net::Router& router() { return router_; }
    /// Fails the test when it can't.
    void start();
    /// Lets what runs end. A second time is of no effect.
    void stop();
    [[nodiscard]] std::string url() const { return server_->url(); }

private:
    TempFolder folder_;
    net::Router router_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace vv::world
