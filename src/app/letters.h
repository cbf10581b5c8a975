// app/letters.h — the form that mails of more than a few lines share (data/mails), as text and as HTML.
#pragma once

#include "app/outgoing_mail.h"
#include "formats/template.h"

#include <string>
#include <string_view>

namespace vv::app {

/// Fills the letter's two forms. What has no field is left out, with its blank lines.
void set_letter(OutgoingMail& mail, const formats::Fields& fields);

/// "example.org" of "https://example.org"
std::string host_of(std::string_view url);

}  // namespace vv::app
