#include "api/visavis/cities.h"

#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "core/cities.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

/// GET /cities?query=tor (open: it tells nothing of anybody)
boost::asio::awaitable<Result<net::Response>> find(Context&, net::Request request) {
    json::array items;
    for (const core::City& city : core::find_cities(text_query(request, "query").value_or("")))
        items.push_back({{"name", city.name},
                         {"country", city.country},
                         {"at", json::array{city.at.lat, city.at.lng}},
                         {"zone", city.zone}});
    co_return ok(page_json(std::move(items)));
}

}  // namespace

void add_cities_routes(net::Router& router, Context& context) {
    router.add(net::Method::get, "/api/visavis/v1/cities", handle(context, &find));
}

}  // namespace vv::api::visavis
