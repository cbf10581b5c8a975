// store/payload.h — what jobs and effects carry: flat fields, kept as JSON text that use cases never see.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace vv::store {

/// Field → value; ids and instants in decimal.
using Payload = std::map<std::string, std::string, std::less<>>;
/// What a job has found so far ("people" → 120), for those who wait for it.
using Counts = std::map<std::string, std::int64_t, std::less<>>;

std::string to_json(const Payload& payload);
std::string to_json(const Counts& counts);
/// What to_json wrote; throws on anything else, which only a damaged database holds.
Payload parse_payload(std::string_view json);
Counts parse_counts(std::string_view json);

/// The field's value, or "" without one.
std::string field(const Payload& payload, std::string_view name);

}  // namespace vv::store
