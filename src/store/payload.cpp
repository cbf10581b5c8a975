#include "store/payload.h"

#include <boost/json.hpp>

namespace vv::store {
namespace json = boost::json;

std::string to_json(const Payload& payload) {
    json::object object;
    for (const auto& [name, value] : payload) object.emplace(name, value);
    return json::serialize(object);
}

std::string to_json(const Counts& counts) {
    json::object object;
    for (const auto& [name, value] : counts) object.emplace(name, value);
    return json::serialize(object);
}

Payload parse_payload(std::string_view text) {
    Payload payload;
    const json::value parsed = json::parse(text);
    for (const auto& [name, value] : parsed.as_object())
        payload.emplace(name, json::value_to<std::string>(value));
    return payload;
}

Counts parse_counts(std::string_view text) {
    Counts counts;
    const json::value parsed = json::parse(text);
    for (const auto& [name, value] : parsed.as_object())
        counts.emplace(name, json::value_to<std::int64_t>(value));
    return counts;
}

std::string field(const Payload& payload, std::string_view name) {
    const auto found = payload.find(name);
    return found == payload.end() ? std::string() : found->second;
}

}  // namespace vv::store
