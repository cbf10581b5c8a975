#include "unit/net/certificate.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace vv::net {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Cert = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void add_extension(X509* cert, int which, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, which, value.c_str());
    X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
}

}  // namespace

Certificate::Certificate(const std::string& name) {
    std::string pattern = testing::TempDir() + "certificate-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Cert cert(X509_new(), X509_free);
    X509_set_version(cert.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), 24 * 3600);
    X509_NAME* subject = X509_get_subject_name(cert.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(cert.get(), subject);
    X509_set_pubkey(cert.get(), key.get());
    add_extension(cert.get(), NID_subject_alt_name, "DNS:" + name + ",IP:127.0.0.1");
    add_extension(cert.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(cert.get(), key.get(), EVP_sha256());
    const File cert_out(std::fopen(cert_file().c_str(), "w"), std::fclose);
    PEM_write_X509(cert_out.get(), cert.get());
    const File key_out(std::fopen(key_file().c_str(), "w"), std::fclose);
    PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

Certificate::~Certificate() {
    std::filesystem::remove_all(folder_);
}

}  // namespace vv::net
