#include "support/client.h"

#include "base/text.h"
#include "support/program.h"

#include <chrono>
#include <curl/curl.h>
#include <string_view>

namespace vv::bench {
namespace {

std::size_t take_body(char* data, std::size_t, std::size_t size, void* answer) {
    static_cast<Answer*>(answer)->body.append(data, size);
    return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* answer) {
    const std::string_view line(data, size);
    const auto colon = line.find(':');
    if (colon != std::string_view::npos)
        static_cast<Answer*>(answer)->headers.emplace_back(ascii_lower(line.substr(0, colon)),
                                                           trim(line.substr(colon + 1)));
    return size;
}

}  // namespace

Client::Client(std::string server) : server_(std::move(server)), curl_(curl_easy_init()) {
    if (curl_ == nullptr) fail("There is no curl.");
}

Client::~Client() {
    curl_easy_cleanup(curl_);
}

void Client::sign_in(const std::string& handle, const std::string& password) {
    const std::string json = R"({"login":")" + handle + R"(","password":")" + password + "\"}";
    for (const auto& [name, value] : ask("/api/visavis/v1/session", &json).headers)
        if (name == "set-cookie") cookie_ = value.substr(0, value.find(';'));
    if (cookie_.empty()) fail("Signing in brought no cookie.");
}

Answer Client::get(const std::string& path) {
    return ask(path, nullptr);
}

Answer Client::post(const std::string& path, const std::string& json) {
    return ask(path, &json);
}

Answer Client::ask(const std::string& path, const std::string* json) {
    Answer answer;
    const std::string url = server_ + path;
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer);
    if (!cookie_.empty()) curl_easy_setopt(curl_, CURLOPT_COOKIE, cookie_.c_str());
    curl_slist* headers = curl_slist_append(nullptr, "content-type: application/json");
    if (json != nullptr) {
        curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, json->c_str());
    }
    const auto begun = std::chrono::steady_clock::now();
    const CURLcode failed = curl_easy_perform(curl_);
    answer.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    curl_slist_free_all(headers);
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    if (failed != CURLE_OK || status / 100 != 2)
        fail(path + " was answered " + std::to_string(status) + ": " + answer.body);
    return answer;
}

}  // namespace vv::bench
