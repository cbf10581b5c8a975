#include "net/target.h"

#include "net/router.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace vv::net {
namespace {

constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~";

Error bad_target() {
    return {Fault::invalid, "http.target", "The request's target is no path."};
}

// What stands in an address goes into texts, which can't hold it everywhere.
bool holds_nul(std::string_view text) {
    return text.find('\0') != std::string_view::npos;
}

std::string decode_form(boost::urls::pct_string_view text) {
    boost::urls::encoding_opts options;
    options.space_as_plus = true;
    return text.decode(options);
}

std::string decode_field(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    std::string decoded = percent_decode(spaced);
    std::erase(decoded, '\0');
    return decoded;
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
    Target out;
    // Nearly every request is a plain path.
    if (target.starts_with('/') && !target.starts_with("//") &&
        target.find_first_not_of(kPlain) == std::string_view::npos) {
        out.encoded_path = out.path = std::string(target);
        return out;
    }
    if (!target.starts_with('/') && !target.starts_with("http://") && !target.starts_with("https://"))
        return bad_target();
    const boost::urls::string_view text(target.data(), target.size());
    auto parsed = target.starts_with('/') ? boost::urls::parse_origin_form(text)
                                          : boost::urls::parse_absolute_uri(text);
    if (!parsed) return bad_target();
    const auto path = parsed->encoded_path();
    out.encoded_path.assign(path.data(), path.size());
    if (path.empty()) out.encoded_path = "/";                     // of an absolute address (RFC 9110, 4.2.3)
    if (!out.encoded_path.starts_with('/')) return bad_target();  // "http://example:org/a" comes to that
    out.path = percent_decode(out.encoded_path);
    for (const auto parameter : parsed->encoded_params()) {
        out.query.emplace_back(decode_form(parameter.key), decode_form(parameter.value));
        if (holds_nul(out.query.back().second)) return bad_target();
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view body) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!body.empty()) {
        const std::string_view field = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(body.size(), field.size() + 1));
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        fields.emplace_back(decode_field(field.substr(0, equals)), decode_field(field.substr(equals + 1)));
    }
    return fields;
}

}  // namespace vv::net
