#include "core/devices.h"

#include "base/crypto.h"
#include "base/plain_line.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace vv::core {
namespace {

// The encodings of the curve's eight points of small order, and the two that are not reduced, without their
// sign bit (RFC 8032's field; the list of libsodium's has_small_order).
constexpr std::array<std::string_view, 7> kSmallOrder = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

bool has_small_order(std::string key) {
    key.back() = static_cast<char>(key.back() & 0x7f);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(key.data());
    return std::ranges::find(kSmallOrder, hex({bytes, key.size()})) != kSmallOrder.end();
}

Error wrong_key(std::string detail) {
    return Error(Fault::invalid, "device.key_invalid", std::move(detail)).at("public_key");
}

}  // namespace

Result<std::string> check_public_key(std::string_view text) {
    auto key = from_base64url(text);
    if (!key || key->size() != 32)
        return wrong_key("A device's key is 32 bytes of Ed25519 in base64url; let the page make one.");
    if (has_small_order(*key))
        return wrong_key("This key would make every signature valid; let the page make one.");
    return base64url(*key);
}

Result<std::string> check_device_name(std::string_view text) {
    const std::string_view name = trim(text);
    const auto points =
        std::ranges::count_if(name, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    if (name.empty() || points > 60 || !is_plain_line(name) || !is_utf8(name))
        return Error(Fault::invalid, "device.name_invalid",
                     "A device's name is 1 to 60 characters on one line.")
            .at("name");
    return std::string(name);
}

}  // namespace vv::core
