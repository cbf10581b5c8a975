#include "formats/contacts_csv.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    ViewStream bytes(fuzz::view(data, size), 512);
    fuzz::StrictSink sink;
    Summary summary;
    Emitter out(sink, summary);
    const auto options = fuzz::options();
    VV_ASSERT(read_contacts_csv(bytes, "contacts.csv", options, out).ok());
    return 0;
}
