#include "formats/icalendar_read.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv::formats;
    fuzz::StrictSink sink;
    Summary summary;
    Emitter out(sink, summary);
    auto options = fuzz::options();
    options.window = {options.now - std::chrono::years(2), options.now + std::chrono::years(1)};
    CalendarReader reader(options, out);
    ViewStream first(fuzz::view(data, size), 61);
    VV_ASSERT(reader.scan(first, "calendar.ics").ok());
    ViewStream second(fuzz::view(data, size));
    VV_ASSERT(reader.read(second, "calendar.ics").ok());
    return 0;
}
