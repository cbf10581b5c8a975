#include "formats/mail_headers.h"
#include "fuzz.h"

// The first byte says where the bytes part into a mailbox and a second one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    if (size == 0) return 0;
    const auto all = fuzz::view(data + 1, size - 1);
    for (const auto& address : parse_mail_addresses(all.substr(0, 2'000)))
        VV_ASSERT(is_utf8(address.name) && is_utf8(address.email) &&
                  address.email.find('@') != std::string::npos);
    const auto cut = all.size() * data[0] / 256;
    const auto source = [](std::string_view bytes) {
        return [bytes]() -> Result<std::unique_ptr<ByteSource>> { return view_bytes(bytes); };
    };
    const archive::Archive archive{
        "mail.zip",
        {{"a.mbox", cut, source(all.substr(0, cut))}, {"b.eml", all.size() - cut, source(all.substr(cut))}},
        false};
    archive::Group group;
    group.kind = archive::Kind::mail;
    group.files = {{{0}, "a.mbox", archive::Role::whole}, {{1}, "b.eml", archive::Role::whole}};
    fuzz::StrictSink sink;
    VV_ASSERT(archive::parse(archive, group, fuzz::options(), sink).ok());
    return 0;
}
