#include "app/trips_view.h"

#include "app/texts.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/suggestions.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace vv::app {
namespace {

using core::PersonId;
using formats::Fields;
using store::trips::Part;

std::string place_for(const Part& part, const core::TripFrame& frame, const Texts& texts) {
    if (!part.place.empty()) return part.place;
    const std::string where = frame.place.empty() ? texts.say("trip.town") : frame.place;
    return texts.say("trip.place." + std::string(core::to_string(part.kind)), Fields().set("place", where));
}

core::MeetingIdea idea_of(core::MeetingKind kind) {
    switch (kind) {
        case core::MeetingKind::lunch:
            return core::MeetingIdea::lunch;
        case core::MeetingKind::dinner:
            return core::MeetingIdea::dinner;
        case core::MeetingKind::walk:
            return core::MeetingIdea::walk;
        default:
            return core::MeetingIdea::coffee;
    }
}

// Whether each can be reached in time from the one before on its day.
void mark_tight(std::vector<TripPerson>& people, const Zone& zone) {
    const TripPerson* before = nullptr;
    for (TripPerson& one : people) {
        if (!one.part.when) return;
        const bool is_same_day =
            before && zone.date_of(before->part.when->start) == zone.date_of(one.part.when->start);
        one.is_tight = is_same_day && before->part.when->end + one.part.travel > one.part.when->start;
        before = &one;
    }
}

}  // namespace

std::string trip_purpose(const core::TripFrame& frame, const std::string& locale, Instant now) {
    const Texts& texts = Texts::of(locale);
    Fields fields;
    fields.set("place", frame.place.empty() ? texts.say("trip.town") : frame.place);
    fields.set("from", say_day(texts, frame.when.start, frame.zone, now));
    fields.set("to", say_day(texts, frame.when.end - std::chrono::milliseconds(1), frame.zone, now));
    return texts.say("trip.purpose", fields);
}

Result<TripView> view_trip(store::Tx& tx, const Caller& caller, store::trips::Trip trip) {
    TripView view;
    view.trip = std::move(trip);
    const core::TripFrame& frame = view.trip.frame;
    const auto account = store::accounts::find(tx, caller.account);
    const Texts& texts = Texts::of(account ? account->locale : "en");
    auto parts = store::trips::parts(tx, caller.account, view.trip.id);
    std::vector<PersonId> ids;
    for (const Part& part : parts) ids.push_back(part.person);
    std::unordered_map<PersonId, core::Person> people;
    for (core::Person& person : store::people::load(tx, caller.account, ids))
        people.emplace(person.id, std::move(person));
    std::unordered_map<PersonId, core::Candidate> candidates;
    for (core::Candidate& one : store::suggestions::candidates(tx, caller.account, ids, caller.now))
        candidates.emplace(one.person, std::move(one));
    const auto emails = store::trips::addresses(tx, caller.account, ids);
    const core::Occasion occasion = occasion_on(frame, caller);
    for (Part& part : parts) {
        if (!people.contains(part.person)) continue;
        TripPerson one;
        one.person = people.at(part.person);
        one.person.trust = core::faded_trust(one.person.trust, one.person.trust_at, caller.now);
        core::Candidate& candidate = candidates.at(part.person);
        if (part.is_visitor) candidate.at = frame.at, candidate.city = frame.place;
        one.suggestion = core::suggest(candidate, occasion);
        one.place = place_for(part, frame, texts);
        one.message = core::first_message(candidate, idea_of(part.kind), part.when, occasion);
        if (const auto email = emails.find(part.person); email != emails.end() && !one.person.account)
            one.email = email->second;
        one.part = std::move(part);
        view.people.push_back(std::move(one));
    }
    mark_tight(view.people, frame.zone);
    view.shared_with = store::trips::shared_with(tx, caller.account, view.trip.id);
    view.others_there = trips_shared_to(tx, caller, frame.when);
    std::erase_if(view.others_there, [&](const store::trips::Shared& other) {
        return distance_km(other.at, frame.at) > frame.within_km;
    });
    return view;
}

}  // namespace vv::app
