// net/crowd.h — internal: how many connections are open, in all and from each network, so that nobody takes
// all of them alone.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace vv::net {

/// Safe to use from all threads.
class Crowd {
public:
    /// A connection's place for as long as it is there, one too many or not.
    class Place {
    public:
        /// `network` is empty for whoever may have as many as there are.
        Place(Crowd& crowd, std::string network);
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        [[nodiscard]] bool is_too_many(std::size_t most, std::size_t most_of_one) const {
            return all_ > most || of_one_ > most_of_one;
        }

    private:
        Crowd& crowd_;
        std::string network_;
        std::size_t all_ = 0;     // with this one
        std::size_t of_one_ = 0;  // the same from its network
    };

    [[nodiscard]] std::size_t size() const;

private:
    mutable std::mutex mutex_;
    std::size_t all_ = 0;
    std::unordered_map<std::string, std::size_t> of_one_;
};

/// What one subscriber's machines share: an IPv4 address as it is, of an IPv6 address its first 64 bits.
/// `address` is in its usual form.
std::string network_of(const std::string& address);

}  // namespace vv::net
