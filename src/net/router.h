// net/router.h — from a method and a path to a handler.
#pragma once

#include "base/result.h"
#include "net/request.h"
#include "net/response.h"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vv::net {

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

/// How a route takes its body: in memory up to the limit, or streamed to a file in the upload folder.
enum class Body { in_memory, to_file };
struct RouteOptions {
    Body body = Body::in_memory;
    std::size_t body_limit = 1 << 20;  // bytes; more is answered 413
};

/// Routes are added at start and only read afterwards; safe from any thread then.
class Router {
public:
    /// `pattern` has parameters as `:name` and may end in `*rest`: "/api/visavis/v1/people/:id".
    void add(Method method, std::string pattern, Handler handler, RouteOptions options = {});
    /// What answers when no route fits (the page's files); without one, 404.
    void set_fallback(Handler handler);

    struct Match {
        const Handler* handler = nullptr;  // null: no such path; then `allowed` is empty too
        std::vector<std::pair<std::string, std::string>> params;
        RouteOptions options;
        std::vector<Method> allowed;  // set when the path exists with other methods (405)
        std::string_view pattern;     // for metrics: never the path itself
    };
    [[nodiscard]] Match match(Method method, std::string_view path) const;

private:
    struct Route {
        Method method;
        std::vector<std::string> parts;
        std::string pattern;
        Handler handler;
        RouteOptions options;
    };
    std::vector<Route> routes_;
    Handler fallback_;
};

}  // namespace vv::net
