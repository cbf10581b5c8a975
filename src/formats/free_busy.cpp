#include "formats/free_busy.h"

#include <algorithm>

namespace vv::formats {
namespace {

// "20261120T183000Z"
std::string stamp_of(Instant t) {
    std::string text = format_rfc3339(std::chrono::floor<std::chrono::seconds>(t));
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

}  // namespace

std::string write_free_busy(std::span<const Span> busy, Span within, Instant stamp) {
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Visavis//Visavis " VV_VERSION
                       "//EN\r\nBEGIN:VFREEBUSY\r\nUID:free-busy\r\n";
    text += "DTSTAMP:" + stamp_of(stamp) + "\r\n";
    text += "DTSTART:" + stamp_of(within.start) + "\r\n";
    text += "DTEND:" + stamp_of(within.end) + "\r\n";
    // One to a line: none is long enough to be folded.
    for (const Span& span : busy)
        text += "FREEBUSY;FBTYPE=BUSY:" + stamp_of(span.start) + "/" + stamp_of(span.end) + "\r\n";
    return text + "END:VFREEBUSY\r\nEND:VCALENDAR\r\n";
}

}  // namespace vv::formats
