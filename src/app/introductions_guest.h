// app/introductions_guest.h — an introduction in the hands of a target without an account: whoever has the
// private link.
#pragma once

#include "app/introductions.h"

#include <string>

namespace vv::app {

/// What stands on the page: nothing of the asker but the name and the ask before both have said yes.
struct GuestIntroduction {
    std::string broker, asker, guest;  // names; the asker's is empty when they have left
    std::string words;                 // the broker's
    std::string ask;                   // the asker's; may be empty
    core::IntroductionState state = core::IntroductionState::target_asked;
    core::Consent answer = core::Consent::unsaid;
    std::string contact;  // the asker's address, once it is made
    std::string result_url;
    bool is_thanked = false;
    bool needs_email = false;  // nobody knows where the guest can be reached
    Instant expires_at;
    Zone zone;  // the broker's
    std::string locale;
    std::string stop_token;
};

/// `not_found` introduction.unknown.
Result<GuestIntroduction> open_introduction(store::Tx& tx, std::string token, Instant now);

struct GuestConsent {
    std::string token;
    core::Consent consent = core::Consent::unsaid;  // or, when that is unsaid, thanks
    std::string email;                              // for a yes where it is not known
    std::string thanks;
    MeetingDesk desk;
    Instant now;
};
/// Faults: core::answer()'s and core::thank()'s; `not_found` introduction.unknown; `invalid` email.invalid.
Result<GuestIntroduction> answer_as_guest(store::Tx& tx, GuestConsent input);

}  // namespace vv::app
