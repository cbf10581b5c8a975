#include "fuzz.h"

// The bytes as the one file of an export, whatever detection would make of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    const auto bytes = fuzz::view(data, size);
    const auto source = [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); };
    const archive::Archive archive{"ning.zip", {{"a.json", size, source}}, false};
    archive::Group group;
    group.kind = archive::Kind::ning;
    group.files = {{{0}, "a.json", archive::Role::connections}};
    fuzz::StrictSink sink;
    VV_ASSERT(archive::parse(archive, group, fuzz::options(&sink), sink).ok());
    return 0;
}
