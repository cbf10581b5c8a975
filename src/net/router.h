// net/router.h — from a method and a path to a handler.
#pragma once

#include "base/result.h"
#include "net/request.h"
#include "net/response.h"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::net {

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

/// How a route takes its body: in memory up to the limit, or streamed to a file in the upload folder.
enum class Body { in_memory, to_file };
struct RouteOptions {
    Body body = Body::in_memory;
    std::uint64_t body_limit = 1 << 20;  // bytes; more is answered 413
    /// Asked with the headers, before the body is read: any answer but 200 is sent instead of reading it. For
    /// uploads, which a stranger must not be able to fill the disk with.
    Handler admit;
};

/// Routes are added at start and only read afterwards; safe from any thread then.
class Router {
public:
    Router();
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    /// `pattern` has parameters as `:name` and may end in `*rest`: "/api/visavis/v1/people/:id". A literal
    /// part wins over a parameter, a parameter over a rest. Adding the same method and pattern twice is a
    /// bug.
    void add(Method method, std::string pattern, Handler handler, RouteOptions options = {});
    /// Asked before any handler and before a body is read; an answer is sent instead (the check of a
    /// request's origin).
    using Guard = std::function<std::optional<Response>(const Request&)>;
    void set_guard(Guard guard) { guard_ = std::move(guard); }
    [[nodiscard]] const Guard& guard() const { return guard_; }

    /// What answers GET and HEAD when no route fits (the page's files); without one, 404.
    void set_fallback(Handler handler);

    struct Route {
        Method method;
        std::string pattern;
        std::vector<std::string> names;  // of the parameters, in order
        Handler handler;
        RouteOptions options;
    };
    struct Match {
        const Route* route = nullptr;               // null: no such path, or not with this method
        std::map<std::string, std::string> params;  // decoded
        std::vector<Method> allowed;  // when the path exists with other methods only (405, OPTIONS)
    };
    /// `path` is as it came, percent-encoded. HEAD takes GET's route. O(parts of the path), but for paths
    /// that two patterns share up to a literal and a parameter, where both are followed.
    [[nodiscard]] Match match(Method method, std::string_view path) const;

    /// All routes, for the documentation's test and for metrics.
    [[nodiscard]] std::vector<const Route*> routes() const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
    std::unique_ptr<Route> fallback_;
    Guard guard_;
};

/// "%C3%A9" → "é"; the text as it is when it is not valid percent-encoding.
std::string percent_decode(std::string_view text);

}  // namespace vv::net
