// formats/vcard_values.h — the values of a card's lines: charsets, quoted-printable, escapes, dates, places.
#pragma once

#include "core/people.h"
#include "formats/content_lines.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::formats {

enum class CardVersion { v21, v30, v40 };

/// A value as text: transfer encoding and charset undone, escapes resolved, trimmed.
std::string card_text(const ContentProperty& property, CardVersion version);
/// The components of a structured value: split at semicolons before anything is decoded.
std::vector<std::string> card_components(const ContentProperty& property, CardVersion version);
/// The items of a list: split at commas that are not escaped.
std::vector<std::string> card_list(const ContentProperty& property, CardVersion version);

/// "1982-11-15", "19821115", "--0203", "1604-02-29" (1604 and 0000 mean no year), "1996-10-22T14:00:00Z".
std::optional<core::Birthday> card_birthday(std::string_view value);

/// "geo:43.6,-79.3" or "43.6;-79.3".
std::optional<LatLng> card_place(std::string_view value);

}  // namespace vv::formats
