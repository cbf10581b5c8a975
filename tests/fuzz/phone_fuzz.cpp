#include "formats/archive/phone.h"
#include "fuzz.h"

// Wherever the pieces are cut, as many records come out; which bytes are windows-1252 depends on the first
// piece.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    std::uint64_t records[2] = {0, 0};
    for (const std::size_t piece : {65'536, 7}) {
        ViewStream bytes(fuzz::view(data, size), piece);
        fuzz::StrictSink sink;
        Summary summary;
        Emitter out(sink, summary);
        VV_ASSERT(archive::read_phone(bytes, "sms.xml", fuzz::options(), out).ok());
        records[piece == 7 ? 1 : 0] = summary.records * 1'000 + summary.rejected;
    }
    VV_ASSERT(records[0] == records[1] || !vv::is_utf8(fuzz::view(data, size)));
    return 0;
}
