#include "formats/receipt.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace vv::formats {
namespace {

namespace json = boost::json;

constexpr std::size_t kMost = 64 * 1024;

Error bad_file(const std::string& what) {
    return {Fault::invalid, "handshake.file", what};
}

Result<std::string> text_of(const json::object& file, std::string_view name) {
    const json::value* found = file.if_contains(name);
    if (!found || !found->is_string()) return bad_file("The file has no text '" + std::string(name) + "'.");
    return std::string(found->as_string());
}

}  // namespace

std::string write_receipt(const core::SignedReceipt& s) {
    const json::object file{{"type", "visavis-handshake"},
                            {"version", 1},
                            {"receipt", core::receipt_text(s.receipt)},
                            {"a_signature", s.a_signature},
                            {"b_signature", s.b_signature}};
    return json::serialize(file) + "\n";
}

Result<core::SignedReceipt> read_receipt(std::string_view text) {
    if (text.size() > kMost) return bad_file("A receipt's file is never larger than 64 KiB.");
    boost::system::error_code failed;
    const json::value parsed = json::parse(json::string_view(text.data(), text.size()), failed);
    if (failed || !parsed.is_object()) return bad_file("The file is not JSON.");
    const json::object& file = parsed.as_object();
    TRY(const std::string type, text_of(file, "type"));
    const json::value* version = file.if_contains("version");
    if (type != "visavis-handshake" || !version || *version != 1)
        return bad_file("The file is not a handshake's receipt of version 1.");
    core::SignedReceipt read;
    TRY(const std::string receipt, text_of(file, "receipt"));
    TRY(read.receipt, core::parse_receipt(receipt));
    TRY(read.a_signature, text_of(file, "a_signature"));
    TRY(read.b_signature, text_of(file, "b_signature"));
    return read;
}

}  // namespace vv::formats
