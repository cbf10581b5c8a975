#include "formats/dav.h"
#include "formats/multistatus.h"
#include "fuzz.h"

#include <algorithm>

// What a calendar program asks for stays within its limits, and what it is answered is XML that can be read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    const auto asked = read_dav_request(fuzz::view(data, size));
    if (!asked) {
        VV_ASSERT(asked.error().fault == Fault::invalid && asked.error().code == "dav.broken");
        return 0;
    }
    VV_ASSERT(asked->properties.size() <= 100 && asked->hrefs.size() <= 2'000);
    for (const auto& name : asked->properties) VV_ASSERT(std::ranges::count(asked->properties, name) == 1);
    std::vector<DavResource> resources{{.href = "/dav/<a>&\"b", .properties = {}, .is_gone = false}};
    for (std::size_t i = 0; i < asked->properties.size(); i += 2)
        resources[0].properties[asked->properties[i]] = "<D:collection/>";
    for (const auto& href : asked->hrefs)
        resources.push_back({.href = href, .properties = {}, .is_gone = true});
    const auto answer = read_multistatus(write_multistatus(resources, *asked));
    VV_ASSERT(answer.ok() && answer->items.size() == resources.size());
    VV_ASSERT(answer->items[0].href == resources[0].href);
    return 0;
}
