#include "export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    using archive::Role;
    fuzz::import_two(archive::Kind::mastodon,
                     std::array{Role::whole, Role::profile, Role::following, Role::blocked, Role::lists},
                     data, size);
    return 0;
}
