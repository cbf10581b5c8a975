// app/trips.h — trips: whom to see where one will be, planned, proposed, and closed up when somebody can't.
//
// A trip is its owner's alone. With whom it is shared sees that the owner will be in that place from when to
// when, and nothing else; sharing is off until the owner names an account that they are linked with.
#pragma once

#include "app/meetings.h"
#include "app/trips_plan.h"
#include "core/person.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vv::app {

/// What is known of a trip that is to be planned; the rest is found out.
struct TripWanted {
    std::string city;          // a name; needed without `at`
    std::optional<LatLng> at;  // wins over `city`
    Instant start, end;
    std::string stay;               // where one sleeps
    std::optional<LatLng> stay_at;  // the middle of the place without
    std::optional<int> most_a_day;
    std::optional<double> within_km;
};
/// The frame with its zone. Faults: core::check_frame()'s; `invalid` trip.city.
Result<core::TripFrame> frame_of(const Caller& caller, const TripWanted& wanted);

/// Somebody who was looked at, as the owner sees them.
struct TripPerson {
    store::trips::Part part;
    core::Person person;
    core::Suggestion suggestion;
    std::string place;      // where to meet: never empty
    std::string message;    // a first message to start from
    std::string email;      // where an invitation would go; empty: by a link
    bool is_tight = false;  // the way from the meeting before takes longer than there is
};
struct TripView {
    store::trips::Trip trip;
    std::vector<TripPerson> people;  // by time, then who is left out by worth
    std::vector<core::AccountName> shared_with;
    std::vector<store::trips::Shared> others_there;  // whose own trip overlaps
};

/// Plans and keeps nothing: for the command.
struct TripDraft {
    core::TripFrame frame;
    std::vector<std::pair<store::trips::Part, std::string>> parts;  // with names
    double worth = 0;
    double bound = 0;
};
Result<TripDraft> draft_trip(store::Tx& tx, Caller caller, TripWanted wanted);

/// Faults: frame_of()'s; `invalid` trip.past; `too_many` trip.many.
Result<TripView> create_trip(store::Tx& tx, Caller caller, TripWanted wanted, IdSource* ids);
Result<std::vector<store::trips::Listed>> list_trips(store::Tx& tx, Caller caller);
/// `not_found` trip.unknown, as below.
Result<TripView> find_trip(store::Tx& tx, Caller caller, core::TripId id);
/// In place of what it was; what is settled stays, the rest is planned again. What is not set stays.
struct TripChange {
    core::TripId trip;
    std::optional<Instant> start, end;
    std::optional<std::string> stay;
    std::optional<LatLng> stay_at;
    std::optional<int> most_a_day;
    std::optional<double> within_km;
};
Result<TripView> change_trip(store::Tx& tx, Caller caller, TripChange change);
Result<TripView> replan_trip(store::Tx& tx, Caller caller, core::TripId id);
/// Meetings that were proposed live on.
Result<Done> remove_trip(store::Tx& tx, Caller caller, core::TripId id);

/// The owner's hand: another time for somebody, another place, not at all, or as the planner likes.
struct TripMove {
    core::TripId trip;
    core::PersonId person;
    std::optional<Instant> start;      // stays there from now on
    std::optional<bool> wanted;        // false: left out; true: planned again as is best
    std::optional<std::string> place;  // where to meet
};
/// Faults: `not_found` trip.unknown, person.unknown; `invalid` trip.outside, trip.place; `conflict`
/// trip.proposed once the other was asked, trip.clash when the hour leaves no time for what is settled.
Result<TripView> move_on_trip(store::Tx& tx, Caller caller, TripMove move);

/// One who is asked, in the owner's words.
struct TripAsk {
    core::PersonId person;
    std::string message;
    std::optional<std::string> email;  // nothing: where the owner's record says; empty: by a link
};
struct TripWave {
    core::TripId trip;
    std::vector<TripAsk> asks;
    MeetingDesk desk;
};
struct TripSent {
    core::PersonId person;
    core::MeetingId meeting;
    std::string invitation_link;  // of who has no account
};
struct TripHeld {
    core::PersonId person;
    Error why;
};
struct TripWaveView {
    TripView view;
    std::vector<TripSent> sent;
    std::vector<TripHeld> held;
};
/// Proposes their hours to those who are asked. An hour is certain for one person at a time: one that is on
/// the table elsewhere is held back, as is what propose_meeting() refuses. The others are sent all the same.
Result<TripWaveView> propose_on_trip(store::Tx& tx, Caller caller, TripWave wave);
/// What one of them would read. Faults: `not_found` person.unknown; those of preview_meeting().
Result<MeetingPreview> preview_on_trip(store::Tx& tx, Caller caller, core::TripId trip, TripAsk ask,
                                       MeetingDesk desk);

/// `not_found` trip.unknown, account.unknown; `conflict` trip.not_linked with who is none of the caller's.
Result<Done> share_trip(store::Tx& tx, Caller caller, core::TripId trip, std::string handle);
Result<Done> unshare_trip(store::Tx& tx, Caller caller, core::TripId trip, std::string handle);

}  // namespace vv::app
