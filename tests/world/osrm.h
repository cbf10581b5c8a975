// world/osrm.h — a router of the tests' own that speaks OSRM: it tells, hangs, or talks nonsense.
#pragma once

#include "base/geo.h"
#include "world/service.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vv::world {

class Osrm {
public:
    enum Mood { tells, hangs, babbles, refuses };  // who hangs, tells after two seconds
    using Seconds = std::function<int(LatLng from, LatLng to)>;

    /// Of a place to itself it is not asked.
    explicit Osrm(Seconds seconds);

    void start();
    void set_mood(Mood mood);
    /// The paths that were asked for so far.
    [[nodiscard]] std::vector<std::string> asked() const;
    /// Of such a path, the places: "/table/v1/driving/LNG,LAT;LNG,LAT".
    static std::vector<LatLng> places_of(const std::string& path);
    [[nodiscard]] std::string url() const { return service_.url(); }

private:
    struct State;
    std::shared_ptr<State> state_;
    Service service_;
};

}  // namespace vv::world
