// net/networks.h — sets of addresses, by network: trusted proxies, who may read metrics, where requests may
// not go.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vv::net {

class Networks {
public:
    /// Each is "10.0.0.0/8", "fd00::/8" or a bare address. `invalid` net.network names what is none.
    static Result<Networks> parse(const std::vector<std::string>& networks);
    /// Everything that is no public host: private, loopback, link-local, shared, unspecified, multicast,
    /// reserved, documentation, and the IPv6 forms that carry an IPv4 address inside.
    static const Networks& not_public();

    /// False for what is no address.
    [[nodiscard]] bool contains(std::string_view address) const;
    [[nodiscard]] bool empty() const { return networks_.empty(); }

private:
    // IPv4 lies in ::ffff:0:0/96, so that a v4 peer on a v6 socket is the same address.
    using Bytes = std::array<std::uint8_t, 16>;
    struct Network {
        Bytes first;
        int length;  // bits
    };
    std::vector<Network> networks_;
};

/// The address in its usual form, a v4 address in v6 clothes as v4; the text itself when it is no address.
std::string plain_address(std::string_view address);

}  // namespace vv::net
