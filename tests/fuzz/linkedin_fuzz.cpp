#include "export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    using archive::Role;
    fuzz::import_two(archive::Kind::linkedin,
                     std::array{Role::messages, Role::connections, Role::profile, Role::invitations}, data,
                     size);
    return 0;
}
