// api/http/paging.h — query parameters: pages of lists, and the rest of what stands in an address.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "net/request.h"

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vv::api {

/// `?limit=&after=`: keyset paging. `after` is the `next` of the page before, opaque to clients.
struct Page {
    int limit;
    std::optional<std::string> after;
};
/// `invalid` for a limit that is no number from 1 to `most`, or an absurd `after`.
Result<Page> parse_page(const net::Request& request, int usual = 50, int most = 200);

/// {"items":[…],"next":"cursor"|null}
boost::json::value page_json(boost::json::array items, const std::optional<std::string>& next = std::nullopt);

// Parameters after the question mark; nothing when absent or empty, `invalid` with the name when wrong.
Result<std::optional<std::int64_t>> integer_query(const net::Request& request, std::string_view name,
                                                  std::int64_t least, std::int64_t most);
Result<std::optional<double>> number_query(const net::Request& request, std::string_view name, double least,
                                           double most);
/// "2026-11-20"
Result<std::optional<Date>> date_query(const net::Request& request, std::string_view name);
/// "lat,lng"
Result<std::optional<LatLng>> place_query(const net::Request& request, std::string_view name);
std::optional<std::string> text_query(const net::Request& request, std::string_view name);

/// The id in the path; `not_found` for what is none, as no such thing exists.
Result<std::int64_t> raw_id_param(const net::Request& request, const std::string& name);
template <class AnyId>
Result<AnyId> id_param(const net::Request& request, const std::string& name) {
    TRY(const std::int64_t value, raw_id_param(request, name));
    return AnyId{value};
}

}  // namespace vv::api
