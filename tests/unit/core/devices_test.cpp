#include "core/devices.h"

#include "base/crypto.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

std::string from_hex(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
    return bytes;
}

TEST(CheckPublicKey, TakesAnyRealKeyWithOrWithoutPadding) {
    const std::string key = base64url(make_ed25519().key);
    EXPECT_EQ(*check_public_key(key), key);
    EXPECT_EQ(*check_public_key(key + "="), key);
}

TEST(CheckPublicKey, RefusesWhatIsNoKey) {
    for (const std::string& bad : {std::string(), std::string("abc"), base64url(std::string(31, 'k')),
                                   base64url(std::string(33, 'k')), std::string(43, '*')})
        EXPECT_EQ(check_public_key(bad).error().field, "public_key");
}

// With a key of small order, R = the neutral point and S = 0 sign one message in eight: what is refused is
// dangerous.
TEST(CheckPublicKey, RefusesKeysThatLetAnythingPass) {
    const std::string signature = '\1' + std::string(63, '\0');
    for (const char* weak : {"0000000000000000000000000000000000000000000000000000000000000000",
                             "0100000000000000000000000000000000000000000000000000000000000000",
                             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        std::string key = from_hex(weak);
        bool forged = false;
        for (int i = 0; i < 200 && !forged; ++i) forged = verify_ed25519(key, std::to_string(i), signature);
        EXPECT_TRUE(forged) << weak;
        EXPECT_FALSE(check_public_key(base64url(key))) << weak;
        key.back() = static_cast<char>(key.back() | 0x80);
        EXPECT_FALSE(check_public_key(base64url(key))) << weak << " with the other sign";
    }
}

TEST(CheckDeviceName, IsOneShortLine) {
    EXPECT_EQ(*check_device_name(" My téléphone "), "My téléphone");
    for (const std::string& bad :
         {std::string(" "), std::string(61, 'x'), std::string("a\nb"), std::string("\xff")})
        EXPECT_EQ(check_device_name(bad).error().field, "name");
}

}  // namespace
}  // namespace vv::core
