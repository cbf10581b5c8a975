#include "formats/multistatus.h"
#include "fuzz.h"

// Any server of calendars and address books answers this.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    const auto answer = read_multistatus(fuzz::view(data, size));
    if (!answer) {
        VV_ASSERT(answer.error().fault == Fault::invalid && answer.error().code == "multistatus.broken");
        return 0;
    }
    for (const auto& item : answer->items)
        VV_ASSERT(is_utf8(item.href) && is_utf8(item.etag) && is_utf8(item.data) && is_utf8(item.ctag));
    VV_ASSERT(is_utf8(answer->token));
    return 0;
}
