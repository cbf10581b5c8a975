// net/request_parser.h — internal: bytes into a Request, through Beast's parser.
#pragma once

#include "net/request.h"

#include <boost/beast/http/basic_parser.hpp>
#include <string>

namespace vv::net {

/// Fills a Request field by field, so that nothing is copied twice. Body bytes gather in `body()`, whose
/// owner may take them away between calls (uploads).
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    Request request;
    std::string target;  // as it came
    int version = 11;
    int hosts = 0;           // HTTP/1.1 wants exactly one
    bool is_coded = false;   // by a transfer coding other than "chunked": where such a body ends is a guess
    bool wants_100 = false;  // Expect: 100-continue
    std::string body;

private:
    using Text = boost::beast::string_view;
    using ErrorCode = boost::beast::error_code;
    void on_request_impl(boost::beast::http::verb method, Text, Text target_text, int version_number,
                         ErrorCode&) override;
    void on_response_impl(int, Text, int, ErrorCode&) override {}
    void on_field_impl(boost::beast::http::field field, Text name, Text value, ErrorCode&) override;
    void on_header_impl(ErrorCode&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(Text piece, ErrorCode&) override;
    void on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text piece, ErrorCode&) override;
    void on_finish_impl(ErrorCode&) override {}
};

}  // namespace vv::net
