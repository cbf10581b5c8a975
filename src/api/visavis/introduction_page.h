// api/visavis/introduction_page.h — the page of an introduction for who has no account, as HTML that works
// without script.
#pragma once

#include "api/visavis/guest_page.h"
#include "app/introductions_guest.h"

#include <optional>
#include <string>

namespace vv::api::visavis {

struct IntroductionPageView {
    Instant now;
    Form typed;                  // what did not go through
    std::optional<Error> error;  // and why
};

std::string render_introduction_page(const app::GuestIntroduction& introduction,
                                     const IntroductionPageView& view);

}  // namespace vv::api::visavis
