#include "fuzz.h"

// The whole way of a file: detection is passed over, both readings are not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    const auto bytes = fuzz::view(data, size);
    const archive::Archive archive{
        "blog.xml",
        {{"blog.xml", size, [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); }}},
        false};
    archive::Group group;
    group.kind = archive::Kind::blog;
    group.files = {{{0}, "blog.xml", archive::Role::whole}};
    fuzz::StrictSink sink;
    VV_ASSERT(archive::parse(archive, group, fuzz::options(&sink), sink).ok());
    return 0;
}
