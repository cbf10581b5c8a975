#include "net/request_parser.h"

#include "base/text.h"

namespace vv::net {
namespace http = boost::beast::http;

namespace {

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::patch:
            return Method::patch;
        case http::verb::delete_:
            return Method::delete_;
        case http::verb::options:
            return Method::options;
        case http::verb::propfind:
            return Method::propfind;
        case http::verb::report:
            return Method::report;
        default:
            return Method::other;
    }
}

}  // namespace

void RequestParser::on_request_impl(http::verb method, Text, Text target_text, int version_number,
                                    ErrorCode&) {
    request.method = method_of(method);
    target.assign(target_text.data(), target_text.size());
    version = version_number;
    request.headers.reserve(16);
}

void RequestParser::on_field_impl(http::field field, Text name, Text value, ErrorCode&) {
    if (is_header_done()) return;  // trailers: nobody who looked at the header has seen them
    if (field == http::field::host) ++hosts;
    if (field == http::field::transfer_encoding && ascii_lower({value.data(), value.size()}) != "chunked")
        is_coded = true;
    std::string lower = ascii_lower({name.data(), name.size()});
    if (field == http::field::expect) wants_100 = ascii_lower({value.data(), value.size()}) == "100-continue";
    request.headers.emplace_back(std::move(lower), std::string(value.data(), value.size()));
}

std::size_t RequestParser::on_body_impl(Text piece, ErrorCode&) {
    body.append(piece.data(), piece.size());
    return piece.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text piece, ErrorCode&) {
    body.append(piece.data(), piece.size());
    return piece.size();
}

}  // namespace vv::net
