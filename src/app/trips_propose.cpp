#include "app/trips.h"
#include "app/trips_view.h"
#include "store/accounts.h"
#include "store/free_time.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using store::trips::Part;

bool overlaps(const std::vector<Span>& taken, Span when) {
    return std::ranges::any_of(
        taken, [&](const Span& span) { return span.start < when.end && when.start < span.end; });
}

// What a proposal to this one says.
ProposeMeeting proposal_for(const TripView& view, const TripPerson& one, const TripAsk& ask,
                            const std::string& purpose, const MeetingDesk& desk) {
    ProposeMeeting input;
    input.person = one.part.person;
    input.desk = desk;
    if (!one.person.account) input.email = ask.email.value_or(one.email);
    core::Proposal& proposal = input.proposal;
    proposal.kind = one.part.kind;
    proposal.purpose = purpose;
    proposal.zone = view.trip.frame.zone.name();
    proposal.tells_decline = true;
    if (one.part.when) proposal.offer.slots.push_back({0, *one.part.when, core::Wish::none});
    core::MeetingPlace place;
    place.name = one.place;
    proposal.offer.places.push_back(std::move(place));
    proposal.offer.message = ask.message;
    return input;
}

Error not_planned() {
    return {Fault::conflict, "trip.not_planned", "No hour is planned for them; plan again first."};
}

// A certain hour is offered to one person at a time.
Result<Done> check_hour(store::Tx& tx, const Caller& caller, const Part& part) {
    if (!part.when || part.meeting) return not_planned();
    if (overlaps(store::free_time::offered(tx, caller.account, *part.when), *part.when) ||
        overlaps(store::free_time::meetings(tx, caller.account, *part.when), *part.when))
        return Error(Fault::conflict, "trip.hour_taken",
                     "Somebody else has been offered that hour meanwhile; plan again first.");
    return Done{};
}

Result<TripSent> send(store::Tx& tx, const Caller& caller, const TripView& view, const TripAsk& ask,
                      const std::string& purpose, const MeetingDesk& desk) {
    const auto one = std::ranges::find(view.people, ask.person,
                                       [](const TripPerson& person) { return person.part.person; });
    if (one == view.people.end()) return not_planned();
    CHECK(check_hour(tx, caller, one->part));
    TRY(const MeetingView made, propose_meeting(tx, caller, proposal_for(view, *one, ask, purpose, desk)));
    return TripSent{ask.person, made.record.meeting.id, made.invitation_link};
}

std::string purpose_of(store::Tx& tx, const Caller& caller, const TripView& view) {
    const auto account = store::accounts::find(tx, caller.account);
    return trip_purpose(view.trip.frame, account ? account->locale : "en", caller.now);
}

}  // namespace

Result<TripWaveView> propose_on_trip(store::Tx& tx, Caller caller, TripWave wave) {
    TRY(const TripView view, find_trip(tx, caller, wave.trip));
    const std::string purpose = purpose_of(tx, caller, view);
    auto parts = store::trips::parts(tx, caller.account, wave.trip);
    TripWaveView told;
    for (const TripAsk& ask : wave.asks) {
        Result<TripSent> sent = send(tx, caller, view, ask, purpose, wave.desk);
        if (!sent) {
            told.held.push_back({ask.person, std::move(sent.error())});
            continue;
        }
        const auto part = std::ranges::find(parts, ask.person, &Part::person);
        part->meeting = sent->meeting;
        told.sent.push_back(*std::move(sent));
    }
    store::trips::save_parts(tx, caller.account, wave.trip, parts);
    TRY(told.view, find_trip(tx, caller, wave.trip));
    return told;
}

Result<MeetingPreview> preview_on_trip(store::Tx& tx, Caller caller, core::TripId trip, TripAsk ask,
                                       MeetingDesk desk) {
    TRY(const TripView view, find_trip(tx, caller, trip));
    const auto one = std::ranges::find(view.people, ask.person,
                                       [](const TripPerson& person) { return person.part.person; });
    if (one == view.people.end())
        return Error(Fault::not_found, "person.unknown", "There is no such person on this trip.");
    if (!one->part.when) return not_planned();
    return preview_meeting(tx, caller, proposal_for(view, *one, ask, purpose_of(tx, caller, view), desk));
}

}  // namespace vv::app
