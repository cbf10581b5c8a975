#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    vv::formats::fuzz::import_file("given.zip", vv::formats::fuzz::view(data, size));
    return 0;
}
