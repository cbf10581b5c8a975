#include "api/http/paging.h"

#include "base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace vv::api {
namespace {

constexpr std::size_t kMaxCursor = 500;

Error bad_query(std::string_view name, const std::string& what) {
    return Error(Fault::invalid, "query.parameter", "?" + std::string(name) + " " + what + ".")
        .at(std::string(name));
}

std::optional<std::string_view> given(const net::Request& request, std::string_view name) {
    const auto text = request.query_value(name);
    return text && !text->empty() ? text : std::nullopt;
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

Result<Page> parse_page(const net::Request& request, int usual, int most) {
    TRY(const auto limit, integer_query(request, "limit", 1, most));
    Page page{static_cast<int>(limit.value_or(usual)), text_query(request, "after")};
    if (page.after && page.after->size() > kMaxCursor) return bad_query("after", "is no cursor of ours");
    return page;
}

boost::json::value page_json(boost::json::array items, const std::optional<std::string>& next) {
    boost::json::object page;
    page["items"] = std::move(items);
    page["next"] = next ? boost::json::value(*next) : boost::json::value(nullptr);
    return page;
}

Result<std::optional<std::int64_t>> integer_query(const net::Request& request, std::string_view name,
                                                  std::int64_t least, std::int64_t most) {
    const auto text = given(request, name);
    if (!text) return std::optional<std::int64_t>();
    const auto number = read_number<std::int64_t>(*text);
    if (!number || *number < least || *number > most)
        return bad_query(
            name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return number;
}

Result<std::optional<double>> number_query(const net::Request& request, std::string_view name, double least,
                                           double most) {
    const auto text = given(request, name);
    if (!text) return std::optional<double>();
    const auto number = read_number<double>(*text);
    if (!number || !(*number >= least && *number <= most))
        return bad_query(name,
                         "must be a number from " + std::to_string(least) + " to " + std::to_string(most));
    return number;
}

Result<std::optional<Date>> date_query(const net::Request& request, std::string_view name) {
    const auto text = text_query(request, name);
    if (!text) return std::optional<Date>();
    TRY(const Date date, parse_date(*text));
    return std::optional(date);
}

Result<std::optional<LatLng>> place_query(const net::Request& request, std::string_view name) {
    const auto text = given(request, name);
    if (!text) return std::optional<LatLng>();
    const std::size_t comma = text->find(',');
    if (comma != std::string_view::npos) {
        const auto lat = read_number<double>(trim(text->substr(0, comma)));
        const auto lng = read_number<double>(trim(text->substr(comma + 1)));
        const LatLng at{lat.value_or(1000), lng.value_or(1000)};
        if (at.is_valid()) return std::optional<LatLng>(at);
    }
    return bad_query(name, "must be a place as latitude,longitude in degrees");
}

std::optional<std::string> text_query(const net::Request& request, std::string_view name) {
    const auto text = given(request, name);
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

Result<std::int64_t> raw_id_param(const net::Request& request, const std::string& name) {
    if (const auto id = parse_id(request.param(name))) return *id;
    return Error(Fault::not_found, "http.not_found", "There is nothing at this address.");
}

}  // namespace vv::api
