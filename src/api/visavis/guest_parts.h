// api/visavis/guest_parts.h — what the guests' pages have in common: their template, texts, answers and
// zones.
#pragma once

#include "api/visavis/guest_page.h"
#include "app/texts.h"
#include "core/meetings.h"
#include "formats/template.h"

#include <optional>
#include <string>
#include <string_view>

namespace vv::api::visavis {

/// A whole page: `body` between the head and the foot that all have.
std::string fill_page(std::string_view body, const formats::Fields& page);
std::string fill_guest_page(const formats::Fields& page);

/// What the head and the foot say, and what went wrong.
void set_frame(formats::Fields& page, const app::Texts& texts, std::string_view title,
               const std::optional<Error>& error);
/// The foot's link by which no more mail comes; nothing without a token.
void set_stop_link(formats::Fields& page, const app::Texts& texts, const std::string& token);

/// An address to write to, which may break before its @.
void set_contact(formats::Fields& page, const std::string& email);

/// Every text that begins with `prefix`, under the rest of its key: with "guest.", "guest.answer.hint" fills
/// {{answer_hint}}; with "lookout." and `before` "t_", "lookout.how.told" fills {{t_how_told}}.
void set_texts(formats::Fields& page, const app::Texts& texts, const formats::Fields& gaps,
               std::string_view prefix, std::string_view before = "");

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
