// api/http/json.h — JSON bodies in and out.
//
// A reader of a field names it in its error, so that the page can show what is wrong where it is wrong.
// Absent and null are the same. Include <boost/json/object.hpp> and the like where you use them: they cost a
// second each.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "net/request.h"
#include "net/response.h"

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::api {

namespace json = boost::json;

/// The request's body, which must be a JSON object of at most 32 levels and say so in its content type; no
/// body at all is an empty object. `invalid` http.json.
Result<json::object> parse_body(const net::Request& request);

/// `code` body.field with the field's name, for what a handler finds wrong itself.
Error bad_field(std::string_view name, std::string_view what);

// Required: `invalid` when absent. Texts are valid UTF-8 of at most `most` bytes; a required one is not
// blank.
Result<std::string> text_field(const json::object& body, std::string_view name, std::size_t most = 10'000);
Result<bool> bool_field(const json::object& body, std::string_view name);
Result<std::int64_t> integer_field(const json::object& body, std::string_view name, std::int64_t least,
                                   std::int64_t most);
Result<std::int64_t> raw_id_field(const json::object& body, std::string_view name);
Result<Instant> time_field(const json::object& body, std::string_view name);
/// An array of at most `most` items; valid as long as `body`.
Result<const json::array*> array_field(const json::object& body, std::string_view name, std::size_t most);
Result<std::vector<std::string>> texts_field(const json::object& body, std::string_view name,
                                             std::size_t most_items, std::size_t most_bytes = 1'000);
Result<std::vector<std::int64_t>> raw_ids_field(const json::object& body, std::string_view name,
                                                std::size_t most);

// Optional.
Result<std::optional<std::string>> optional_text(const json::object& body, std::string_view name,
                                                 std::size_t most = 10'000);
Result<std::optional<bool>> optional_bool(const json::object& body, std::string_view name);
Result<std::optional<std::int64_t>> optional_integer(const json::object& body, std::string_view name,
                                                     std::int64_t least, std::int64_t most);
Result<std::optional<std::int64_t>> optional_raw_id(const json::object& body, std::string_view name);
Result<std::optional<Instant>> optional_time(const json::object& body, std::string_view name);
/// [lat, lng] on the globe.
Result<std::optional<LatLng>> optional_place(const json::object& body, std::string_view name);
/// Null when absent.
Result<const json::object*> optional_object(const json::object& body, std::string_view name);

/// Ids are decimal strings.
template <class AnyId>
Result<AnyId> id_field(const json::object& body, std::string_view name) {
    TRY(const std::int64_t value, raw_id_field(body, name));
    return AnyId{value};
}
template <class AnyId>
Result<std::optional<AnyId>> optional_id(const json::object& body, std::string_view name) {
    TRY(const std::optional<std::int64_t> value, optional_raw_id(body, name));
    return value ? std::optional<AnyId>(AnyId{*value}) : std::nullopt;
}
template <class AnyId>
Result<std::vector<AnyId>> ids_field(const json::object& body, std::string_view name, std::size_t most) {
    TRY(const std::vector<std::int64_t> values, raw_ids_field(body, name, most));
    std::vector<AnyId> ids;
    ids.reserve(values.size());
    for (const std::int64_t value : values) ids.push_back(AnyId{value});
    return ids;
}

// Answers; private data, so that no cache keeps them.
net::Response ok(const json::value& body);
net::Response created(const json::value& body);
net::Response accepted(const json::value& body);
net::Response no_content();

/// Null when there is nothing.
json::value to_json(const std::optional<Instant>& time);
json::value to_json(const std::optional<LatLng>& place);
json::value text_or_null(const std::string& text);

}  // namespace vv::api
