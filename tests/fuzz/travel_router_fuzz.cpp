#include "formats/travel_router.h"
#include "fuzz.h"

// The first byte says which router it is and how many places it was asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    if (size == 0) return 0;
    const auto kind = data[0] % 2 == 0 ? RouterKind::osrm : RouterKind::valhalla;
    std::vector<LatLng> places;
    for (int i = 0; i < data[0] / 2 % 4; ++i) places.push_back({45.0 + i, -73.5});
    const auto table = read_table(kind, fuzz::view(data, size).substr(1), places);
    if (!table) {
        VV_ASSERT(table.error().fault == Fault::invalid && table.error().code == "travel.answer");
        return 0;
    }
    const auto again = core::TravelTable::parse(table->text());
    VV_ASSERT(again && again->text() == table->text());
    for (const LatLng from : places)
        for (const LatLng to : places) {
            const auto minutes = table->minutes(from, to);
            VV_ASSERT(!minutes || (*minutes >= 0 && *minutes <= 24 * 60));
        }
    return 0;
}
