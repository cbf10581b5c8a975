#include "net/forwarded.h"

#include "base/text.h"

#include <vector>

namespace vv::net {

void trace_client(const Networks& trusted, const std::string& peer, bool tls, Request& request) {
    request.secure = tls;
    request.remote = peer;
    if (trusted.empty() || !trusted.contains(peer)) return;
    if (request.header("x-forwarded-proto") == "https") request.secure = true;
    std::vector<std::string_view> hops;
    for (const auto& [name, value] : request.headers)
        if (name == "x-forwarded-for")
            for (const std::string_view hop : split(value, ',')) hops.push_back(trim(hop));
    static const Networks everything = *Networks::parse({"::/0"});
    for (auto hop = hops.rbegin(); hop != hops.rend() && trusted.contains(request.remote); ++hop) {
        if (!everything.contains(*hop))
            break;  // no address: a proxy that says nonsense is not followed further
        request.remote = plain_address(*hop);
    }
}

}  // namespace vv::net
