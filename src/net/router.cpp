#include "net/router.h"

#include "base/text.h"

#include <boost/url/decode_view.hpp>
#include <boost/url/pct_string_view.hpp>

namespace vv::net {

// One part of the path. A node without routes is only on the way to others.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::vector<std::unique_ptr<Route>> rests;   // patterns that end here in *name
    std::vector<std::unique_ptr<Route>> routes;  // patterns that end here
};

namespace {

using Routes = std::vector<std::unique_ptr<Router::Route>>;

const Router::Route* find_method(const Routes& routes, Method method) {
    const Method wanted = method == Method::head ? Method::get : method;
    for (const auto& route : routes)
        if (route->method == wanted) return route.get();
    return nullptr;
}

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts = split(path, '/');
    if (!parts.empty()) parts.erase(parts.begin());  // before the leading slash
    return parts;
}

// The path from the part `at` on, for *rest.
std::string_view rest_of(const std::vector<std::string_view>& parts, std::size_t at) {
    const char* begin = parts[at].data();
    return {begin, static_cast<std::size_t>(parts.back().data() + parts.back().size() - begin)};
}

void list(const Routes& from, std::vector<const Router::Route*>& into) {
    for (const auto& route : from) into.push_back(route.get());
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Method method, std::string pattern, Handler handler, RouteOptions options) {
    VV_ASSERT(!pattern.empty() && pattern.front() == '/');
    auto route = std::make_unique<Route>();
    route->method = method;
    route->handler = std::move(handler);
    route->options = std::move(options);
    Node* node = root_.get();
    Routes* end = &node->routes;
    for (const std::string_view part : parts_of(pattern)) {
        VV_ASSERT(end == &node->routes);  // nothing may follow *rest
        if (part.starts_with(':') || part.starts_with('*')) route->names.emplace_back(part.substr(1));
        if (part.starts_with('*')) {
            end = &node->rests;
            continue;
        }
        std::unique_ptr<Node>& next =
            part.starts_with(':') ? node->parameter : node->literals[std::string(part)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
        end = &node->routes;
    }
    VV_ASSERT(find_method(*end, method) == nullptr);
    route->pattern = std::move(pattern);
    end->push_back(std::move(route));
}

void Router::set_fallback(Handler handler) {
    fallback_ = std::make_unique<Route>();
    fallback_->method = Method::get;
    fallback_->pattern = "(page)";
    fallback_->handler = std::move(handler);
}

namespace {

// One search: where a part is taken by a parameter or a rest is remembered on the way down.
struct Search {
    Method method;
    std::vector<std::string_view> parts;
    std::vector<std::string_view> taken;
    std::vector<Method> allowed;

    const Router::Route* end_at(const Routes& routes) {
        const Router::Route* found = find_method(routes, method);
        if (!found)
            for (const auto& route : routes) allowed.push_back(route->method);
        return found;
    }

    template <class Node>
    const Router::Route* descend(const Node& node, std::size_t at) {
        if (at == parts.size()) return end_at(node.routes);
        if (const auto literal = node.literals.find(parts[at]); literal != node.literals.end())
            if (const Router::Route* found = descend(*literal->second, at + 1)) return found;
        if (node.parameter && !parts[at].empty()) {
            taken.push_back(parts[at]);
            if (const Router::Route* found = descend(*node.parameter, at + 1)) return found;
            taken.pop_back();
        }
        if (node.rests.empty()) return nullptr;
        taken.push_back(rest_of(parts, at));
        if (const Router::Route* found = end_at(node.rests)) return found;
        taken.pop_back();
        return nullptr;
    }
};

}  // namespace

Router::Match Router::match(Method method, std::string_view path) const {
    Search search;
    search.method = method;
    search.parts = parts_of(path);
    Match match;
    match.route = search.descend(*root_, 0);
    if (match.route) {
        for (std::size_t i = 0; i < search.taken.size(); ++i)
            match.params.emplace(match.route->names[i], percent_decode(search.taken[i]));
        return match;
    }
    match.allowed = std::move(search.allowed);
    const bool reads = method == Method::get || method == Method::head;
    if (match.allowed.empty() && reads && fallback_) match.route = fallback_.get();
    return match;
}

std::vector<const Router::Route*> Router::routes() const {
    std::vector<const Route*> all;
    std::vector<const Node*> open{root_.get()};
    while (!open.empty()) {
        const Node* node = open.back();
        open.pop_back();
        list(node->routes, all);
        list(node->rests, all);
        if (node->parameter) open.push_back(node->parameter.get());
        for (const auto& [part, below] : node->literals) open.push_back(below.get());
    }
    return all;
}

std::string percent_decode(std::string_view text) {
    if (text.find('%') == std::string_view::npos) return std::string(text);
    const auto view = boost::urls::make_pct_string_view({text.data(), text.size()});
    if (!view) return std::string(text);
    return view->decode();
}

}  // namespace vv::net
