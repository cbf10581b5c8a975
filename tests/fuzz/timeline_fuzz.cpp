#include "export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    fuzz::import_two(archive::Kind::timeline, std::array{archive::Role::whole}, data, size);
    return 0;
}
