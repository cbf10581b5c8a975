// api/visavis/guest_parts.h — what the guests' pages have in common: their template, texts, answers and
// zones.
#pragma once

#include "api/visavis/guest_page.h"
#include "app/texts.h"
#include "core/meetings.h"
#include "formats/template.h"

#include <string>

namespace vv::api::visavis {

std::string fill_guest_page(const formats::Fields& page);

/// Every text of the guest's page without a part of its own, under its key: "guest.answer.hint" fills
/// {{answer_hint}}.
void set_guest_texts(formats::Fields& page, const app::Texts& texts, const formats::Fields& gaps);

/// The day and the hours of a time.
formats::Fields when_fields(const app::Texts& texts, const Span& when, const Zone& zone, Instant now);

/// The number of a time and what is said to it: as typed, else as it stands.
void set_wish(formats::Fields& fields, const Form& typed, int number, core::Wish stands);

/// In which zone times are said, and the form that chooses another.
struct ZoneChoice {
    const Zone& zone;
    const Zone& place;  // where one would meet
    Instant first;      // of the times on the page
    Instant now;
};
void set_zone_choice(formats::Fields& page, const app::Texts& texts, const ZoneChoice& choice);

}  // namespace vv::api::visavis
