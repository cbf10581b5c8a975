#include "fuzz.h"

// The first byte says how the bytes part into the two files of an export, and what those are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    if (size == 0) return 0;
    const auto all = fuzz::view(data + 1, size - 1);
    const auto cut = all.size() * data[0] / 256;
    const auto source = [](std::string_view bytes) {
        return [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); };
    };
    const archive::Archive archive{
        "facebook.zip",
        {{"a.json", cut, source(all.substr(0, cut))}, {"b.json", all.size() - cut, source(all.substr(cut))}},
        false};
    archive::Group group;
    group.kind = archive::Kind::facebook;
    group.files = {{{0}, "a.json", archive::Role::connections}, {{1}, "b.json", archive::Role::messages}};
    if ((data[0] & 1) != 0) group.files[0].role = archive::Role::profile;
    if ((data[0] & 2) != 0) group.files[1].role = archive::Role::whole;
    fuzz::StrictSink sink;
    VV_ASSERT(archive::parse(archive, group, fuzz::options(), sink).ok());
    fuzz::import_file("message_1.json", all);
    return 0;
}
