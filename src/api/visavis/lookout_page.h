// api/visavis/lookout_page.h — the page of a lookout, for a friend without an account and for who is looked
// out for, as HTML that works without script.
#pragma once

#include "app/lookouts_friend.h"

#include <optional>
#include <string>

namespace vv::api::visavis {

/// `error`: why the answer did not go through.
std::string render_lookout_page(const app::LookoutPage& shown, Instant now,
                                const std::optional<Error>& error = {});

}  // namespace vv::api::visavis
