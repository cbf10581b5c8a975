#include "formats/archive/whatsapp_lines.h"
#include "fuzz.h"

// Two chats of one telephone; the first byte says where the bytes part.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    if (size == 0) return 0;
    const auto all = fuzz::view(data + 1, size - 1);
    const auto cut = all.size() * data[0] / 256;
    const auto source = [](std::string_view bytes) {
        return [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); };
    };
    const archive::Archive archive{"chats.zip",
                                   {{"WhatsApp Chat with Bob.txt", cut, source(all.substr(0, cut))},
                                    {"_chat.txt", all.size() - cut, source(all.substr(cut))}},
                                   false};
    archive::Group group;
    group.kind = archive::Kind::whatsapp;
    group.files = {{{0}, "WhatsApp Chat with Bob.txt", archive::Role::whole},
                   {{1}, "_chat.txt", archive::Role::whole}};
    fuzz::StrictSink sink;
    VV_ASSERT(archive::parse(archive, group, fuzz::options(), sink).ok());
    return 0;
}
