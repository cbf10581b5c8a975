#include "api/http/travel_desk.h"

#include "base/log.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace vv::api {
namespace {

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::minutes kTrouble{1};
constexpr std::size_t kMostKept = 1'000;  // of at most sixty-four places: 16 MB

}  // namespace

boost::asio::awaitable<core::TravelTable> TravelDesk::table(std::vector<LatLng> places, Instant now) {
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    if (places.size() < 2 || places.size() > core::kMostTablePlaces) co_return core::TravelTable();
    if (auto known = kept(places, now)) co_return *std::move(known);
    if (is_left_alone(now)) co_return core::TravelTable();
    auto told = std::make_shared<core::TravelTable>();
    std::function<void()> work = [this, told, places, now] { *told = ask_now(places, now); };
    const Result<Done> done = co_await worker_.run(std::move(work));
    if (!done) co_return core::TravelTable();
    co_return *told;
}

bool TravelDesk::is_left_alone(Instant now) {
    const std::lock_guard lock(mutex_);
    return now < left_alone_until_;
}

std::optional<core::TravelTable> TravelDesk::kept(const Places& places, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(places);
    if (at == kept_.end() || at->second.until <= now) return std::nullopt;
    return at->second.table;
}

void TravelDesk::keep(const core::TravelTable& table, Instant now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(kept_, [now](const auto& one) { return one.second.until <= now; });
    if (kept_.size() >= kMostKept)
        kept_.erase(std::ranges::min_element(kept_, {}, [](const auto& one) { return one.second.until; }));
    kept_.insert_or_assign(table.places(), Kept{table, now + kDay});
}

// Those who waited behind one that got no answer do not wait for another.
core::TravelTable TravelDesk::ask_now(const Places& places, Instant now) {
    if (is_left_alone(now)) return {};
    Result<core::TravelTable> table = ask_(places);
    if (table) {
        keep(*table, now);
        return *std::move(table);
    }
    log::warning("travel.router", {{"error", table.error().code}});
    const std::lock_guard lock(mutex_);
    left_alone_until_ = now + kTrouble;
    return {};
}

}  // namespace vv::api
