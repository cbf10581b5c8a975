// net/wire.h — internal: an answer's bytes.
#pragma once

#include "net/worker.h"

#include <string>
#include <vector>

namespace vv::net {

struct Form {
    bool head = false;  // the body is counted, not sent
    bool keep_alive = true;
    int version = 11;
};

/// Appends the status line and header to `out`, and the body too when it is small enough for one packet to
/// carry both; otherwise the answer is true and the body is to be sent behind it. A header that holds a line
/// break is left out: nothing that a handler was tricked into can start another header.
bool write_head(const Response& response, const Form& form, const std::string& date, const Shared& shared,
                std::string& out);

/// The header lines that every answer gets.
std::string format_headers(const std::vector<std::pair<std::string, std::string>>& headers);

/// What a connection too many is told.
std::string overloaded_answer(const Shared& shared);

/// 404, 405 with Allow, or OPTIONS' answer.
Response no_route(Method method, const std::vector<Method>& allowed);

}  // namespace vv::net
