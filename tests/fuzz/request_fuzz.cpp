#include "fuzz.h"
#include "net/forwarded.h"
#include "net/request_parser.h"
#include "net/target.h"

#include <boost/asio/buffer.hpp>

using namespace vv;
using namespace vv::net;

namespace {

/// As connection.cpp feeds it: what is there, until the parser wants more than there is.
bool feed(RequestParser& parser, std::string_view bytes) {
    boost::beast::error_code failed;
    while (!bytes.empty() && !parser.is_done()) {
        const std::size_t used = parser.put(boost::asio::buffer(bytes), failed);
        bytes.remove_prefix(used);
        if (failed || used == 0) break;
    }
    return parser.is_header_done() && (!failed || failed == boost::beast::http::error::need_more);
}

}  // namespace

// Whatever comes over the wire before a handler sees it: the header, the target, who sent it, a form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Networks kTrusted = [] {
        auto networks = Networks::parse({"127.0.0.0/8", "10.0.0.0/8"});
        VV_ASSERT(networks.ok());
        return *std::move(networks);
    }();
    RequestParser parser;
    parser.header_limit(16'384);
    parser.body_limit(65'536);
    if (!feed(parser, formats::fuzz::view(data, size))) return 0;
    VV_ASSERT(parser.body.size() <= 65'536);
    Request& request = parser.request;
    trace_client(kTrusted, "127.0.0.1", false, request);
    VV_ASSERT(!request.remote.empty());
    static_cast<void>(request.cookie("session"));
    for (const auto& [name, value] : parse_form(parser.body)) VV_ASSERT(name.size() <= parser.body.size());
    const auto target = parse_target(parser.target);
    if (!target) return 0;
    VV_ASSERT(target->path.starts_with('/') && target->path.size() <= parser.target.size());
    return 0;
}
