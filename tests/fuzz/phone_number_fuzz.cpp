#include "base/phone.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto phone = vv::parse_phone(vv::formats::fuzz::view(data, size), "CA");
    if (!phone) return 0;
    VV_ASSERT(phone->e164.starts_with('+') && phone->e164.size() <= 20);
    VV_ASSERT(vv::to_e164(phone->e164, "") == phone->e164);
    return 0;
}
