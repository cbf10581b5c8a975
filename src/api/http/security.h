// api/http/security.h — what browsers are told about every answer, and who may change something.
#pragma once

#include "base/result.h"
#include "net/request.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::api {

/// Sent with every answer that sets nothing else: a strict content security policy without inline script, no
/// sniffing, no framing, no referrer to others, and of the device's senses only the camera, for our own page.
std::vector<std::pair<std::string, std::string>> security_headers();

/// Whether a request of this method may change something.
bool changes_state(net::Method method);

/// Refuses (`forbidden` http.origin) a state-changing request that another site's page made: its Origin must
/// be ours, or the browser must say that the request comes from our own page (Sec-Fetch-Site). A client that
/// sends neither is no browser and carries no cookie against its user's will. `base_url` is the server's own
/// address.
Result<Done> check_origin(const net::Request& request, std::string_view base_url);

}  // namespace vv::api
