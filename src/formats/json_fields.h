// formats/json_fields.h — members of a JSON record as exports write them: numbers as strings, nulls, members
// left out. What is missing or of another kind reads as empty.
#pragma once

#include "formats/emitter.h"
#include "formats/json_records.h"

#include <optional>
#include <string>
#include <string_view>

namespace vv::formats {

/// The member of this name; nothing when `object` is no object, has none or has null.
const boost::json::value* member(const boost::json::value& object, std::string_view name);
/// A string's text, which lives as long as the record; empty for anything else.
std::string_view text_of(const boost::json::value& value);
std::string_view text_at(const boost::json::value& object, std::string_view name);
/// An identifier written as a string or as a whole number; empty for anything else.
std::string id_of(const boost::json::value& value);
std::string id_at(const boost::json::value& object, std::string_view name);
/// A whole number, or a string that is one.
std::optional<std::int64_t> whole_at(const boost::json::value& object, std::string_view name);
/// A number, or a string that is one.
std::optional<double> number_at(const boost::json::value& object, std::string_view name);
/// The items of the array of this name; none when there is no array.
std::span<const boost::json::value> items_at(const boost::json::value& object, std::string_view name);

/// read_json() over one file of an export, whatever its encoding (formats/text_stream.h): where its text is
/// no JSON, that is put out as a Rejected, and the records before it stand. Errors are the stream's alone.
Result<Done> read_records(ByteStream& bytes, std::span<const JsonPath> paths, JsonVisitor& visitor,
                          Emitter& out);
/// The same for a pass that only looks ahead: it says nothing of a break, which the pass after it will tell.
Result<Done> scan_records(ByteStream& bytes, std::span<const JsonPath> paths, JsonVisitor& visitor);

}  // namespace vv::formats
