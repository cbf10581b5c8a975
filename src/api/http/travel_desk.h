// api/http/travel_desk.h — how long ways take, asked of the operator's router beside the network threads.
//
// Whoever waits for an answer waits for a short time: a router that doesn't tell is left alone for a minute,
// and the caller's estimates stand. What it told is kept for a day, for everybody who asks about the same
// cells.
#pragma once

#include "api/http/worker.h"
#include "base/time.h"
#include "core/travel.h"
#include "core/travel_table.h"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace vv::api {

class TravelDesk {
public:
    /// Blocks, for a second or two at most.
    using Ask = std::function<Result<core::TravelTable>(std::vector<LatLng>)>;
    TravelDesk(core::TravelMode by, Ask ask) : by_(by), ask_(std::move(ask)) {}

    /// Whose ways the router knows.
    [[nodiscard]] core::TravelMode by() const { return by_; }

    /// The ways between these places, core::kMostTablePlaces at most, in whatever order: one without a way
    /// when the router doesn't tell, or is asked too much at a time.
    boost::asio::awaitable<core::TravelTable> table(std::vector<LatLng> places, Instant now);

private:
    using Places = std::vector<LatLng>;  // sorted
    struct Kept {
        core::TravelTable table;
        Instant until;
    };
    [[nodiscard]] bool is_left_alone(Instant now);
    std::optional<core::TravelTable> kept(const Places& places, Instant now);
    void keep(const core::TravelTable& table, Instant now);
    core::TravelTable ask_now(const Places& places, Instant now);

    core::TravelMode by_;
    Ask ask_;
    std::mutex mutex_;
    std::map<Places, Kept> kept_;
    Instant left_alone_until_{};
    Worker worker_{4, 8};  // so that nobody waits for two turns of others
};

}  // namespace vv::api
