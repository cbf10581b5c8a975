#include "world/service.h"

#include <gtest/gtest.h>

namespace vv::world {

void Service::start() {
    net::ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.threads = 1;
    options.upload_folder = folder_.path();
    auto made = net::Server::create(options, router_);
    ASSERT_TRUE(made) << made.error().detail;
    server_ = *std::move(made);
    server_->start();
}

void Service::stop() {
    if (server_) server_->drain(std::chrono::seconds(3));
    server_.reset();
}

}  // namespace vv::world
