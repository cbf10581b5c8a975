// formats/json_records.h — records out of a JSON document of any size, one at a time.
//
// A document is read once, from front to back; of all that it holds only the values at the wanted paths are
// built, one after the other, so that memory follows the largest record and never the file.
#pragma once

#include "formats/bytes.h"

#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vv::formats {

/// Where a record lies, from the top: names of members, and "*" for each item of an array.
/// {"messages", "*"} is every item of {"messages": […]}, {} the whole document. No wanted path may begin with
/// another one.
using JsonPath = std::vector<std::string>;

struct JsonRecord {
    std::size_t path = 0;             // which of the wanted paths
    std::int64_t number = 0;          // counts the records of that path in this document, from 1
    const boost::json::value& value;  // gone when the visitor returns
};

class JsonVisitor {
public:
    virtual ~JsonVisitor() = default;
    /// False asks to stop reading.
    virtual bool take(const JsonRecord& record) = 0;
    /// The record of that path and number is too large. True leaves it out and reads on; else reading ends.
    virtual bool pass_over([[maybe_unused]] std::size_t path, [[maybe_unused]] std::int64_t number) {
        return false;
    }
};

struct JsonLimits {
    std::size_t record_bytes = 16U << 20;  // text of one record; larger ones: pass_over()
    std::size_t depth = 64;                // arrays and objects within one another
};

/// Puts the records at `paths` into `visitor`, in the document's order. White space may follow the document,
/// nothing else may. Errors are the stream's, or `json.syntax` and `json.too_large`, which say at which line
/// and byte; the records before the error have been taken. Broken UTF-8 passes (see
/// formats/text_stream.h), lone surrogates become U+FFFD.
Result<Done> read_json(ByteStream& bytes, std::span<const JsonPath> paths, JsonVisitor& visitor,
                       const JsonLimits& limits = {});

/// The line, from 1, at which read_json() met a `json.syntax` or `json.too_large`; 0 for all other errors.
std::int64_t line_of(const Error& error);

}  // namespace vv::formats
