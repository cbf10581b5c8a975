#include "export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    using archive::Role;
    fuzz::import_two(archive::Kind::facebook,
                     std::array{Role::connections, Role::messages, Role::profile, Role::whole}, data, size);
    if (size > 0) fuzz::import_file("message_1.json", fuzz::view(data + 1, size - 1));
    return 0;
}
