#include "net/crowd.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <utility>

namespace vv::net {

Crowd::Place::Place(Crowd& crowd, std::string network) : crowd_(crowd), network_(std::move(network)) {
    const std::lock_guard lock(crowd_.mutex_);
    all_ = ++crowd_.all_;
    if (!network_.empty()) of_one_ = ++crowd_.of_one_[network_];
}

Crowd::Place::~Place() {
    const std::lock_guard lock(crowd_.mutex_);
    --crowd_.all_;
    if (const auto found = crowd_.of_one_.find(network_); found != crowd_.of_one_.end())
        if (--found->second == 0) crowd_.of_one_.erase(found);
}

std::size_t Crowd::size() const {
    const std::lock_guard lock(mutex_);
    return all_;
}

std::string network_of(const std::string& address) {
    boost::system::error_code failed;
    const auto parsed = boost::asio::ip::make_address(address, failed);
    if (failed || !parsed.is_v6()) return address;
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return boost::asio::ip::address_v6(bytes).to_string();
}

}  // namespace vv::net
