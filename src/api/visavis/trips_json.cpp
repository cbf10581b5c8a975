#include "api/visavis/trips_json.h"

#include "api/http/json.h"
#include "api/visavis/people.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using core::MeetingState;
using store::trips::Part;
using store::trips::Why;

// The units of a suggestion's score.
double value_of(double worth) {
    return worth / 100;
}

std::string_view state_of(const Part& part) {
    if (!part.when) return "left_out";
    if (!part.proposed) return "planned";
    switch (part.proposed->state) {
        case MeetingState::scheduled:
            return "confirmed";
        case MeetingState::met:
            return "met";
        default:
            return "proposed";
    }
}

json::value render_awaits(const Part& part) {
    if (!part.proposed || part.proposed->state != MeetingState::proposed) return nullptr;
    return part.proposed->is_mine_to_answer ? "you" : "them";
}

json::object render(const app::TripPerson& one) {
    const Part& part = one.part;
    json::array reasons;
    for (const core::Reason& reason : one.suggestion.reasons)
        reasons.push_back({{"kind", reason.kind}, {"text", reason.text}, {"weight", reason.weight}});
    json::object body;
    body["person"] = render_row(one.person);
    body["state"] = state_of(part);
    body["why"] =
        part.why == Why::planned ? json::value(nullptr) : json::value(store::trips::to_string(part.why));
    body["kind"] = core::to_string(part.kind);
    body["start"] = part.when ? json::value(format_rfc3339(part.when->start)) : json::value(nullptr);
    body["end"] = part.when ? json::value(format_rfc3339(part.when->end)) : json::value(nullptr);
    body["place"] = one.place;
    body["at"] = to_json(std::optional(part.at));
    body["travel_minutes"] = part.travel.count();
    body["pinned"] = part.is_pinned;
    body["visitor"] = part.is_visitor;
    body["tight"] = one.is_tight;
    body["value"] = value_of(part.worth);
    body["reasons"] = std::move(reasons);
    body["message"] = one.message;
    body["email"] = text_or_null(one.email);
    body["meeting"] = part.meeting ? json::value(to_string(*part.meeting)) : json::value(nullptr);
    body["awaits"] = render_awaits(part);
    return body;
}

void render_frame(json::object& body, const store::trips::Trip& trip) {
    const core::TripFrame& frame = trip.frame;
    body["id"] = to_string(trip.id);
    body["place"] = frame.place;
    body["at"] = to_json(std::optional(frame.at));
    body["zone"] = frame.zone.name();
    body["start"] = format_rfc3339(frame.when.start);
    body["end"] = format_rfc3339(frame.when.end);
}

}  // namespace

json::object render_trip(const app::TripView& view) {
    const store::trips::Trip& trip = view.trip;
    json::object body;
    render_frame(body, trip);
    body["stay"] = text_or_null(trip.frame.stay);
    body["stay_at"] = to_json(std::optional(trip.frame.stay_at));
    body["most_a_day"] = trip.frame.most_a_day;
    body["within_km"] = trip.frame.within_km;
    body["value"] = value_of(trip.worth);
    body["bound"] = value_of(trip.bound);
    json::array people, shared, others;
    for (const app::TripPerson& one : view.people) people.push_back(render(one));
    for (const core::AccountName& account : view.shared_with)
        shared.push_back({{"handle", account.handle}, {"name", account.name}});
    for (const store::trips::Shared& other : view.others_there) {
        json::object one;
        one["person"] = json::object{{"id", to_string(other.person)}, {"name", other.name}};
        one["place"] = other.place;
        one["start"] = format_rfc3339(other.when.start);
        one["end"] = format_rfc3339(other.when.end);
        others.push_back(std::move(one));
    }
    body["people"] = std::move(people);
    body["shared_with"] = std::move(shared);
    body["others_there"] = std::move(others);
    return body;
}

json::object render_listed(const store::trips::Listed& listed) {
    json::object body;
    render_frame(body, listed.trip);
    body["planned"] = listed.planned;
    body["proposed"] = listed.proposed;
    body["confirmed"] = listed.confirmed;
    body["left_out"] = listed.left_out;
    return body;
}

json::object render_wave(const app::TripWaveView& told) {
    json::array sent, held;
    for (const app::TripSent& one : told.sent) {
        json::object body;
        body["person"] = to_string(one.person);
        body["meeting"] = to_string(one.meeting);
        body["invitation_link"] = text_or_null(one.invitation_link);
        sent.push_back(std::move(body));
    }
    for (const app::TripHeld& one : told.held) {
        json::object body;
        body["person"] = to_string(one.person);
        body["code"] = one.why.code;
        body["detail"] = one.why.detail;
        held.push_back(std::move(body));
    }
    json::object body;
    body["trip"] = render_trip(told.view);
    body["sent"] = std::move(sent);
    body["held"] = std::move(held);
    return body;
}

}  // namespace vv::api::visavis
