// api/visavis/meetings.h — meetings in our own API: proposing, seeing, answering, cancelling, saying what
// came of them.
#pragma once

#include "api/http/context.h"
#include "app/meetings.h"
#include "net/router.h"

#include <boost/json/fwd.hpp>

namespace vv::api::visavis {

void add_meetings_routes(net::Router& router, Context& context);

/// A meeting as its side sees it; Today shows it too.
boost::json::object render_meeting(const app::MeetingView& view);
/// A place that is proposed or agreed; polls show it too.
boost::json::object render_place(const core::MeetingPlace& place);
/// What the other side would read, and what to mind.
boost::json::object render_preview(const app::MeetingPreview& preview);
/// What is proposed, without to whom: kind, times, places, texts.
Result<core::Proposal> parse_proposed(const boost::json::object& body);
/// What the server lends to use cases about meetings.
app::MeetingDesk meeting_desk(Context& context);

}  // namespace vv::api::visavis
