#include "api/http/kept_routes.h"

#include "api/http/faults.h"

namespace vv::api {
namespace {

using boost::asio::awaitable;

// Each part with its length before it, so that no two requests have one key.
void append(std::string& key, std::string_view part) {
    key += std::to_string(part.size());
    key += ':';
    key += part;
}

std::string key_of(std::string_view pattern, const std::string& session_hash, const net::Request& request) {
    std::string key;
    key.reserve(256);
    append(key, session_hash);
    append(key, pattern);  // it says how many parameters follow
    for (const auto& [name, value] : request.params) append(key, value);
    for (const auto& [name, value] : request.query) {
        append(key, name);
        append(key, value);
    }
    return key;
}

// What the key is made of.
net::Request shown(std::string_view session_cookie, net::Request request) {
    net::Request out;
    out.method = net::Method::get;
    out.params = std::move(request.params);
    out.query = std::move(request.query);
    out.headers.emplace_back("cookie", std::string(kSessionCookie) + "=" + std::string(session_cookie));
    return out;
}

awaitable<net::Response> answer(Context& context, std::string_view pattern, KeptHandle handler,
                                net::Request request) {
    const auto session_hash = session_hash_of(request);
    if (!session_hash) co_return respond(session_hash.error());
    KeptAnswers& kept = *context.kept;
    const KeptAnswers::Moment before = kept.before_read(context.now());
    std::string key = kept.keeps_any() ? key_of(pattern, *session_hash, request) : std::string();
    if (kept.keeps_any())
        if (const auto found = kept.find(key, before.at)) co_return *found;
    const std::string cookie(request.cookie(kSessionCookie).value_or(""));
    net::Request asked = shown(cookie, std::move(request));
    Result<Answered<net::Response>> answered = co_await handler(context, std::move(asked));
    if (!answered) co_return respond(answered.error());
    if (kept.keeps_any() && answered->value.status == 200)
        kept.keep(std::move(key), before, context.now(), answered->who.ends_at, answered->value);
    co_return std::move(answered->value);
}

}  // namespace

void add_kept_route(net::Router& router, Context& context, std::string pattern, KeptHandle handler) {
    const auto handle = [&context, pattern, handler](net::Request request) {
        return answer(context, pattern, handler, std::move(request));
    };
    router.add(net::Method::get, pattern, handle);
}

}  // namespace vv::api
