#include "formats/receipt.h"
#include "fuzz.h"

// What is read is written and read again the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    const auto receipt = read_receipt(fuzz::view(data, size));
    if (!receipt) return 0;
    const auto written = write_receipt(*receipt);
    const auto again = read_receipt(written);
    VV_ASSERT(again.ok());
    VV_ASSERT(write_receipt(*again) == written);
    return 0;
}
