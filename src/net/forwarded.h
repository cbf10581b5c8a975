// net/forwarded.h — internal: who the client is, behind proxies that we trust.
#pragma once

#include "net/networks.h"
#include "net/request.h"

#include <string>

namespace vv::net {

/// Sets `remote` and `secure`. `peer` is the connection's other end, in its usual form. Behind a trusted
/// proxy `remote` is the last address in X-Forwarded-For that is no trusted proxy itself: what stands left of
/// it is the client's own claim.
void trace_client(const Networks& trusted, const std::string& peer, bool tls, Request& request);

}  // namespace vv::net
