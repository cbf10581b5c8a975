#include "notify/travel_router.h"

namespace vv::notify {

Result<core::TravelTable> ask_router(const TravelRouter& router, std::vector<LatLng> places) {
    if (places.empty() || places.size() > core::kMostTablePlaces)
        return Error(Fault::invalid, "travel.places", "A router is asked for 64 places at most.");
    formats::TableQuestion question = formats::table_question(router.kind, router.url, router.by, places);
    net::ClientRequest request;
    request.url = std::move(question.url);
    request.headers = {{"Accept", "application/json"}};
    if (!question.body.empty()) {
        request.method = net::Method::post;
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = std::move(question.body);
    }
    TRY(const net::ClientResponse answer, net::Client(router.client).fetch(request));
    if (answer.status != 200)
        return Error(Fault::unavailable, "travel.refused",
                     "The router answered " + std::to_string(answer.status) + ".");
    return formats::read_table(router.kind, answer.body, std::move(places));
}

}  // namespace vv::notify
