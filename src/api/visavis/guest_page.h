// api/visavis/guest_page.h — the pages for guests, as HTML that works without script.
#pragma once

#include "app/meetings_guest.h"
#include "app/polls.h"
#include "base/result.h"
#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::api::visavis {

/// A form's fields, as they were sent.
struct Form {
    std::vector<std::pair<std::string, std::string>> fields;

    /// Empty when there is none.
    [[nodiscard]] std::string_view value(std::string_view name) const;
};

/// How an invitation is to be shown.
struct GuestView {
    std::string token;
    Zone zone;  // in which times are said
    Instant now;
    Form typed;                  // what did not go through: nothing typed is lost
    std::optional<Error> error;  // and why
};

/// Times that a guest may suggest at once.
inline constexpr int kGuestTimes = 3;

std::string render_invitation(const app::GuestInvitation& invitation, const GuestView& view);
/// The same page for a poll: times, an answer to each, who else is asked.
std::string render_guest_poll(const app::GuestPoll& poll, const GuestView& view);
/// The link leads nowhere. `prefix` of the texts: "guest" or "stop".
std::string render_unknown(std::string_view prefix);

enum class StopPage { asks, stopped, resumed };
/// `prefix` of the texts: "stop" or "digest".
std::string render_stop(std::string_view prefix, StopPage page, const std::string& server);

}  // namespace vv::api::visavis
