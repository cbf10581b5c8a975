#include "formats/calendar_reply.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace vv;
    using namespace vv::formats;
    const auto reply = read_calendar_reply(fuzz::view(data, size), *Zone::find("America/Toronto"));
    if (!reply) {
        VV_ASSERT(reply.error().fault == Fault::invalid && reply.error().code.starts_with("reply."));
        return 0;
    }
    VV_ASSERT(!reply->uid.empty() && !reply->attendee.empty() && !reply->from.empty());
    VV_ASSERT(is_utf8(reply->uid) && is_utf8(reply->comment) && reply->comment.size() <= 500);
    VV_ASSERT(reply->when.has_value() == (reply->method == CalendarReply::Method::counter));
    VV_ASSERT(!reply->when || reply->when->start < reply->when->end);
    return 0;
}
