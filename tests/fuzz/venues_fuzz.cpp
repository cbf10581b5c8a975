#include "formats/venues.h"
#include "fuzz.h"

namespace {

using namespace vv;

// What comes out is plain, on the earth, and has a key.
class Sink final : public formats::VenueSink {
public:
    bool take(std::int64_t feature, std::string key, core::VenueEntry venue) override {
        VV_ASSERT(feature > 0 && !key.empty() && key.size() <= 100);
        const auto again = core::tidy(venue);
        VV_ASSERT(again.ok() && *again == venue);
        return true;
    }
    bool reject(std::int64_t feature, std::string error) override {
        VV_ASSERT(feature > 0 && !error.empty());
        return true;
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    formats::ViewStream bytes(formats::fuzz::view(data, size), 13);
    Sink sink;
    const auto counts = formats::read_venues(bytes, sink);
    VV_ASSERT(!counts || counts->passed_over <= counts->features);
    return 0;
}
