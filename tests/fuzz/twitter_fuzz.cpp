#include "export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    using archive::Role;
    fuzz::import_two(archive::Kind::twitter,
                     std::array{Role::whole, Role::messages, Role::headers, Role::profile, Role::table}, data,
                     size);
    return 0;
}
