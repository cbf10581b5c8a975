// net/curl.h — internal: libcurl's handles with owners.
#pragma once

#include "net/mail_tls.h"

#include <curl/curl.h>
#include <memory>
#include <string>

namespace vv::net {

struct CurlDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using CurlHandle = std::unique_ptr<CURL, CurlDeleter>;
using CurlMime = std::unique_ptr<curl_mime, CurlDeleter>;

/// A handle after libcurl's global initialisation, which happens once.
inline CurlHandle make_curl() {
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    return CurlHandle(initialised == CURLE_OK ? curl_easy_init() : nullptr);
}

inline long use_ssl(MailTls tls) {
    return tls == MailTls::required     ? CURLUSESSL_ALL
           : tls == MailTls::if_offered ? CURLUSESSL_TRY
                                        : CURLUSESSL_NONE;
}

class CurlList {
public:
    void add(const std::string& line) {
        curl_slist* longer = curl_slist_append(list_.get(), line.c_str());
        if (!longer) return;  // no memory
        static_cast<void>(list_.release());
        list_.reset(longer);
    }
    [[nodiscard]] curl_slist* get() const { return list_.get(); }

private:
    std::unique_ptr<curl_slist, CurlDeleter> list_;
};

}  // namespace vv::net
