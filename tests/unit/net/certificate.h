// unit/net/certificate.h — a self-signed certificate in a folder of the test's own.
#pragma once

#include <string>

namespace vv::net {

class Certificate {
public:
    /// For one DNS name and 127.0.0.1; good for a day.
    explicit Certificate(const std::string& name);
    ~Certificate();
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    [[nodiscard]] std::string cert_file() const { return folder_ + "/cert.pem"; }
    [[nodiscard]] std::string key_file() const { return folder_ + "/key.pem"; }

private:
    std::string folder_;
};

}  // namespace vv::net
