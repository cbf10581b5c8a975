#include "net/client.h"

#include "base/text.h"
#include "net/curl.h"
#include "net/networks.h"

#include <algorithm>
#include <array>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vv::net {
namespace {

struct Transfer {
    const ClientOptions& options;
    ClientResponse response;
    bool too_large = false;
    bool refused_address = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* into) {
    auto& transfer = *static_cast<Transfer*>(into);
    if (transfer.response.body.size() + size * count > transfer.options.body_limit) {
        transfer.too_large = true;
        return 0;
    }
    transfer.response.body.append(data, size * count);
    return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* into) {
    auto& headers = static_cast<Transfer*>(into)->response.headers;
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) headers.clear();  // a redirect's answer begins
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && headers.size() < 200)
        headers.emplace_back(ascii_lower(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    return size * count;
}

// Called with the address that is about to be connected to: after the name was resolved, so that no name can
// point somewhere else between the check and the connection.
curl_socket_t open_socket(void* from, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(from);
    std::array<char, NI_MAXHOST> text{};
    const bool readable = ::getnameinfo(&address->addr, address->addrlen, text.data(), text.size(), nullptr,
                                        0, NI_NUMERICHOST) == 0;
    std::string_view host(text.data());
    host = host.substr(0, host.find('%'));  // a link-local address's interface
    if (!readable || (!transfer.options.allow_private && Networks::not_public().contains(host))) {
        transfer.refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool is_clean(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

Result<Done> check(const ClientRequest& request) {
    if (!request.url.starts_with("https://") && !request.url.starts_with("http://"))
        return Error(Fault::invalid, "client.url", "Only http:// and https:// addresses can be asked.");
    bool clean = is_clean(request.url) && is_clean(request.verb);
    for (const auto& [name, value] : request.headers) clean = clean && is_clean(name) && is_clean(value);
    if (!clean) return Error(Fault::invalid, "client.header", "A request's header holds a line break.");
    return Done{};
}

void prepare(CURL* curl, const ClientRequest& request, const CurlList& headers, Transfer& transfer) {
    const ClientOptions& options = transfer.options;
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // a proxy's address would be checked instead of the server's
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);  // nor longer for a name that is still being looked up
    curl_easy_setopt(curl, CURLOPT_USERAGENT, options.user_agent.c_str());
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    if (!request.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, request.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, request.password.c_str());
    }
    const bool reads =
        request.verb.empty() && (request.method == Method::get || request.method == Method::head);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, reads ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, static_cast<long>(options.redirects));
    if (request.method == Method::head) curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    if (reads) return;
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    const std::string verb = request.verb.empty() ? std::string(to_string(request.method)) : request.verb;
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, verb.c_str());
}

Error failure(CURLcode code, const Transfer& transfer) {
    if (transfer.refused_address)
        return {Fault::forbidden, "client.private_address", "That address is not on the public internet."};
    if (transfer.too_large)
        return {Fault::unavailable, "client.too_large", "The other server's answer is too large."};
    if (code == CURLE_URL_MALFORMAT)
        return {Fault::invalid, "client.url", "That is no address that can be asked."};
    return {Fault::unavailable, "client.no_answer",
            std::string("The other server gave no answer: ") + curl_easy_strerror(code) + "."};
}

}  // namespace

std::string_view ClientResponse::header(std::string_view lower_case_name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const auto& header) { return header.first == lower_case_name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Result<ClientResponse> Client::fetch(const ClientRequest& request) const {
    CHECK(check(request));
    const CurlHandle curl = make_curl();
    if (!curl) return Error(Fault::unavailable, "client.no_answer", "The HTTP client can't be started.");
    CurlList headers;
    for (const auto& [name, value] : request.headers) headers.add(name + ": " + value);
    Transfer transfer{options_, {}};
    prepare(curl.get(), request, headers, transfer);
    if (const CURLcode code = curl_easy_perform(curl.get()); code != CURLE_OK) return failure(code, transfer);
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    transfer.response.status = static_cast<int>(status);
    const char* url = nullptr;
    curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &url);
    if (url) transfer.response.url = url;
    return std::move(transfer.response);
}

}  // namespace vv::net
