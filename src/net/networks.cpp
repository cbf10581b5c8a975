#include "net/networks.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

namespace vv::net {
namespace ip = boost::asio::ip;

namespace {

std::optional<ip::address> read_address(std::string_view text) {
    boost::system::error_code failed;
    const ip::address address = ip::make_address(std::string(text), failed);
    if (failed) return std::nullopt;
    return address;
}

ip::address_v6::bytes_type wide(const ip::address& address) {
    return address.is_v6() ? address.to_v6().to_bytes()
                           : ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

bool same_prefix(const std::array<std::uint8_t, 16>& a, const std::array<unsigned char, 16>& b, int length) {
    const auto whole = static_cast<std::size_t>(length / 8);
    if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
    const int rest = length % 8;
    return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

Error bad_network(const std::string& text) {
    return {Fault::invalid, "net.network",
            "'" + text + "' is no network; write an address, or one with a length like 10.0.0.0/8."};
}

}  // namespace

Result<Networks> Networks::parse(const std::vector<std::string>& networks) {
    Networks out;
    for (const std::string& text : networks) {
        const std::size_t slash = text.find('/');
        const auto address = read_address(std::string_view(text).substr(0, slash));
        if (!address) return bad_network(text);
        const int most = address->is_v4() ? 32 : 128;
        int length = most;
        if (slash != std::string::npos) {
            const char* end = text.data() + text.size();
            const auto [stop, failed] = std::from_chars(text.data() + slash + 1, end, length);
            if (failed != std::errc() || stop != end || length < 0 || length > most) return bad_network(text);
        }
        Network network{{}, length + (128 - most)};
        const auto bytes = wide(*address);
        std::copy(bytes.begin(), bytes.end(), network.first.begin());
        out.networks_.push_back(network);
    }
    return out;
}

// IANA's special-purpose registries (RFC 6890 and what updates it), less what is globally reachable.
const Networks& Networks::not_public() {
    static const Networks networks = *parse({
        "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
        "::/96",         "::ffff:0:0:0/96", "64:ff9b::/96",   "64:ff9b:1::/48", "100::/64",
        "2001::/23",     "2001:db8::/32",   "2002::/16",      "3fff::/20",      "5f00::/16",
        "fc00::/7",      "fe80::/10",       "fec0::/10",      "ff00::/8",
    });
    return networks;
}

bool Networks::contains(std::string_view text) const {
    const auto address = read_address(text);
    if (!address) return false;
    const auto bytes = wide(*address);
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return same_prefix(network.first, bytes, network.length);
    });
}

std::string plain_address(std::string_view text) {
    const auto address = read_address(text);
    if (!address) return std::string(text);
    if (address->is_v6() && address->to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, address->to_v6()).to_string();
    return address->to_string();
}

}  // namespace vv::net
