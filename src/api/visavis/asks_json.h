// api/visavis/asks_json.h — asks and introductions as JSON.
#pragma once

#include "api/http/json.h"
#include "app/asks.h"
#include "app/introductions.h"
#include "app/network_asks.h"

#include <boost/json/object.hpp>
#include <cstddef>
#include <vector>

namespace vv::api::visavis {

json::object render_ask(const app::AskView& view);
/// A list with `rank` from 1.
json::array render_fitting(const std::vector<app::MatchedPerson>& people, const core::Ask& ask);

/// One that came before somebody: what may be known of another's ask.
json::object render_received(const app::ReceivedAsk& received);
json::object render_introduction(const app::IntroductionView& view);
json::array render_introductions(const std::vector<app::IntroductionView>& views);
json::array render_asked(const std::vector<store::communities::Asked>& communities);
json::array render_sent(const std::vector<app::SentTo>& sent);

}  // namespace vv::api::visavis
