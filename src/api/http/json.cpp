#include "api/http/json.h"

#include "base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace vv::api {
namespace {

constexpr std::size_t kMaxDepth = 32;

Error bad_json(std::string what) {
    return {Fault::invalid, "http.json", std::move(what)};
}

// Null and absent are the same.
const json::value* find(const json::object& body, std::string_view name) {
    const json::value* value = body.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

// PostgreSQL's texts can't hold it, and no text needs it.
bool holds_nul(const json::string& text) {
    return text.find('\0') != json::string::npos;
}

template <class T>
Result<T> require(Result<std::optional<T>> value, std::string_view name) {
    if (!value) return std::move(value.error());
    if (!value->has_value()) return bad_field(name, "is missing");
    return *std::move(*value);
}

Result<std::int64_t> read_id(const json::value& value, std::string_view name) {
    if (value.is_string())
        if (const auto id = parse_id(value.get_string()); id) return *id;
    return bad_field(name, "must be an id, a string of digits");
}

net::Response respond_json(int status, const json::value& body) {
    net::Response response(status, "application/json", json::serialize(body));
    response.with("cache-control", "no-store");
    return response;
}

}  // namespace

Result<json::object> parse_body(const net::Request& request) {
    if (request.body.empty()) return json::object();
    const std::string type = ascii_lower(request.header("content-type").value_or(""));
    if (trim(split(type, ';').front()) != "application/json")
        return bad_json("The body must be sent as application/json.");
    json::parse_options options;
    options.max_depth = kMaxDepth;
    boost::system::error_code failed;
    json::value value = json::parse(request.body, failed, {}, options);
    if (failed) return bad_json("The body is no valid JSON: " + failed.message() + ".");
    if (!value.is_object()) return bad_json("The body must be a JSON object.");
    return std::move(value.get_object());
}

Error bad_field(std::string_view name, std::string_view what) {
    return Error(Fault::invalid, "body.field", "\"" + std::string(name) + "\" " + std::string(what) + ".")
        .at(std::string(name));
}

Result<std::optional<std::string>> optional_text(const json::object& body, std::string_view name,
                                                 std::size_t most) {
    const json::value* value = find(body, name);
    if (!value) return std::optional<std::string>();
    if (!value->is_string()) return bad_field(name, "must be a text");
    const json::string& text = value->get_string();
    if (holds_nul(text)) return bad_field(name, "must be a text without NUL characters");
    if (text.size() > most)
        return bad_field(name, "is too long; at most " + std::to_string(most) + " bytes fit");
    return std::optional<std::string>(std::in_place, text.data(), text.size());
}

Result<std::string> text_field(const json::object& body, std::string_view name, std::size_t most) {
    TRY(std::string text, require(optional_text(body, name, most), name));
    if (trim(text).empty()) return bad_field(name, "is missing");
    return text;
}

Result<std::optional<bool>> optional_bool(const json::object& body, std::string_view name) {
    const json::value* value = find(body, name);
    if (!value) return std::optional<bool>();
    if (!value->is_bool()) return bad_field(name, "must be true or false");
    return std::optional<bool>(value->get_bool());
}

Result<bool> bool_field(const json::object& body, std::string_view name) {
    return require(optional_bool(body, name), name);
}

Result<std::optional<std::int64_t>> optional_integer(const json::object& body, std::string_view name,
                                                     std::int64_t least, std::int64_t most) {
    const json::value* value = find(body, name);
    if (!value) return std::optional<std::int64_t>();
    boost::system::error_code inexact;
    const auto number = value->to_number<std::int64_t>(inexact);
    if (inexact || number < least || number > most)
        return bad_field(
            name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return std::optional<std::int64_t>(number);
}

Result<std::int64_t> integer_field(const json::object& body, std::string_view name, std::int64_t least,
                                   std::int64_t most) {
    return require(optional_integer(body, name, least, most), name);
}

Result<std::optional<std::int64_t>> optional_raw_id(const json::object& body, std::string_view name) {
    const json::value* value = find(body, name);
    if (!value) return std::optional<std::int64_t>();
    TRY(const std::int64_t id, read_id(*value, name));
    return std::optional<std::int64_t>(id);
}

Result<std::int64_t> raw_id_field(const json::object& body, std::string_view name) {
    return require(optional_raw_id(body, name), name);
}

Result<std::optional<Instant>> optional_time(const json::object& body, std::string_view name) {
    const json::value* value = find(body, name);
    if (!value) return std::optional<Instant>();
    if (!value->is_string()) return bad_field(name, "must be a time like 2026-11-20T18:28:30Z");
    const Result<Instant> time = parse_rfc3339(value->get_string());
    if (!time) return bad_field(name, "must be a time like 2026-11-20T18:28:30Z");
    return std::optional<Instant>(*time);
}

Result<Instant> time_field(const json::object& body, std::string_view name) {
    return require(optional_time(body, name), name);
}

Result<std::optional<LatLng>> optional_place(const json::object& body, std::string_view name) {
    const json::value* value = find(body, name);
    if (!value) return std::optional<LatLng>();
    const json::array* pair = value->if_array();
    LatLng at;
    bool is_place = pair && pair->size() == 2 && (*pair)[0].is_number() && (*pair)[1].is_number();
    if (is_place) {
        at = {(*pair)[0].to_number<double>(), (*pair)[1].to_number<double>()};
        is_place = at.is_valid();
    }
    if (!is_place) return bad_field(name, "must be a place as [latitude, longitude] in degrees");
    return std::optional<LatLng>(at);
}

Result<const json::array*> array_field(const json::object& body, std::string_view name, std::size_t most) {
    const json::value* value = find(body, name);
    if (!value) return bad_field(name, "is missing");
    const json::array* items = value->if_array();
    if (!items) return bad_field(name, "must be a list");
    if (items->size() > most)
        return bad_field(name, "has too many items; at most " + std::to_string(most) + " fit");
    return items;
}

Result<const json::object*> optional_object(const json::object& body, std::string_view name) {
    const json::value* value = find(body, name);
    if (!value) return static_cast<const json::object*>(nullptr);
    if (!value->is_object()) return bad_field(name, "must be an object");
    return &value->get_object();
}

Result<std::vector<std::string>> texts_field(const json::object& body, std::string_view name,
                                             std::size_t most_items, std::size_t most_bytes) {
    TRY(const json::array* items, array_field(body, name, most_items));
    std::vector<std::string> texts;
    texts.reserve(items->size());
    for (const json::value& item : *items) {
        if (!item.is_string() || item.get_string().size() > most_bytes || holds_nul(item.get_string()))
            return bad_field(name, "must hold texts of at most " + std::to_string(most_bytes) + " bytes");
        texts.emplace_back(item.get_string().data(), item.get_string().size());
    }
    return texts;
}

Result<std::vector<std::int64_t>> raw_ids_field(const json::object& body, std::string_view name,
                                                std::size_t most) {
    TRY(const json::array* items, array_field(body, name, most));
    std::vector<std::int64_t> ids;
    ids.reserve(items->size());
    for (const json::value& item : *items) {
        TRY(const std::int64_t id, read_id(item, name));
        ids.push_back(id);
    }
    return ids;
}

net::Response ok(const json::value& body) {
    return respond_json(200, body);
}
net::Response created(const json::value& body) {
    return respond_json(201, body);
}
net::Response accepted(const json::value& body) {
    return respond_json(202, body);
}

net::Response no_content() {
    net::Response response;
    response.status = 204;
    return response;
}

json::value to_json(const std::optional<Instant>& time) {
    return time ? json::value(format_rfc3339(*time)) : json::value(nullptr);
}

json::value to_json(const std::optional<LatLng>& place) {
    return place ? json::value(json::array{place->lat, place->lng}) : json::value(nullptr);
}
json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace vv::api
