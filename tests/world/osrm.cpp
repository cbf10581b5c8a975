#include "world/osrm.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <mutex>

namespace vv::world {

struct Osrm::State {
    Seconds seconds;
    mutable std::mutex mutex;
    Mood mood = tells;
    std::vector<std::string> asked;

    Mood note(const std::string& path) {
        const std::lock_guard lock(mutex);
        asked.push_back(path);
        return mood;
    }
    [[nodiscard]] std::string table_for(const std::string& path) const {
        const auto places = places_of(path);
        std::string rows;
        for (const LatLng& from : places) {
            rows += rows.empty() ? "[" : ",[";
            for (const LatLng& to : places)
                rows +=
                    (&to == places.data() ? "" : ",") + std::to_string(from == to ? 0 : seconds(from, to));
            rows += "]";
        }
        return R"({"code":"Ok","durations":[)" + rows + "]}";
    }
    static boost::asio::awaitable<net::Response> answer(std::shared_ptr<State> state, net::Request request) {
        const Mood mood = state->note(request.path);
        if (mood == hangs) {
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                            std::chrono::seconds(2));
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        if (mood == babbles) co_return net::Response(200, "text/html", "<h1>It works</h1>");
        if (mood == refuses) co_return net::Response(400, "application/json", R"({"code":"TooBig"})");
        co_return net::Response(200, "application/json", state->table_for(request.path));
    }
};

Osrm::Osrm(Seconds seconds) : state_(std::make_shared<State>()) {
    state_->seconds = std::move(seconds);
}

void Osrm::start() {
    service_.router().set_fallback(
        [state = state_](net::Request request) { return State::answer(state, std::move(request)); });
    service_.start();
}

void Osrm::set_mood(Mood mood) {
    const std::lock_guard lock(state_->mutex);
    state_->mood = mood;
}

std::vector<LatLng> Osrm::places_of(const std::string& path) {
    std::vector<LatLng> places;
    const char* at = path.c_str() + path.rfind('/') + 1;
    const char* const end = path.c_str() + path.size();
    while (at < end) {
        LatLng place;
        at = std::from_chars(at, end, place.lng).ptr + 1;
        at = std::from_chars(at, end, place.lat).ptr + 1;
        places.push_back(place);
    }
    return places;
}

std::vector<std::string> Osrm::asked() const {
    const std::lock_guard lock(state_->mutex);
    return state_->asked;
}

}  // namespace vv::world
