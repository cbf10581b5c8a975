#include "formats/json_fields.h"

#include "formats/text_stream.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <charconv>

namespace vv::formats {
namespace {

namespace json = boost::json;

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

const json::value* member(const json::value& object, std::string_view name) {
    const auto* members = object.if_object();
    const auto* found = members ? members->if_contains(name) : nullptr;
    return found && !found->is_null() ? found : nullptr;
}

std::string_view text_of(const json::value& value) {
    const auto* text = value.if_string();
    return text ? std::string_view(text->data(), text->size()) : std::string_view{};
}

std::string_view text_at(const json::value& object, std::string_view name) {
    const auto* found = member(object, name);
    return found ? text_of(*found) : std::string_view{};
}

std::string id_of(const json::value& value) {
    if (const auto* whole = value.if_int64()) return std::to_string(*whole);
    if (const auto* whole = value.if_uint64()) return std::to_string(*whole);
    return std::string(text_of(value));
}

std::string id_at(const json::value& object, std::string_view name) {
    const auto* found = member(object, name);
    return found ? id_of(*found) : std::string{};
}

std::optional<std::int64_t> whole_at(const json::value& object, std::string_view name) {
    const auto* found = member(object, name);
    if (!found) return std::nullopt;
    if (const auto* whole = found->if_int64()) return *whole;
    return read_number<std::int64_t>(text_of(*found));
}

std::optional<double> number_at(const json::value& object, std::string_view name) {
    const auto* found = member(object, name);
    if (!found) return std::nullopt;
    if (const auto* number = found->if_double()) return *number;
    if (const auto* whole = found->if_int64()) return static_cast<double>(*whole);
    return read_number<double>(text_of(*found));
}

std::span<const json::value> items_at(const json::value& object, std::string_view name) {
    const auto* found = member(object, name);
    const auto* items = found ? found->if_array() : nullptr;
    if (!items) return {};
    return {items->data(), items->size()};
}

Result<Done> read_records(ByteStream& bytes, std::span<const JsonPath> paths, JsonVisitor& visitor,
                          Emitter& out) {
    TextStream text(bytes);
    auto read = read_json(text, paths, visitor);
    const auto line = read ? 0 : line_of(read.error());
    if (line == 0) return read;
    out.count_record();
    out.reject(line, read.error().detail + " What comes after that is left out; the rest went in.", {});
    return Done{};
}

Result<Done> scan_records(ByteStream& bytes, std::span<const JsonPath> paths, JsonVisitor& visitor) {
    TextStream text(bytes);
    auto read = read_json(text, paths, visitor);
    if (!read && line_of(read.error()) == 0) return read;
    return Done{};
}

}  // namespace vv::formats
