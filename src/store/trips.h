// store/trips.h — trips as rows: where and when, who was looked at, and who may know of it.
#pragma once

#include "core/accounts.h"
#include "core/meetings.h"
#include "core/trips_hours.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::store::trips {

struct Trip {
    core::TripId id;
    core::TripFrame frame;
    double worth = 0;
    double bound = 0;
    Instant created_at;
};

/// Why somebody is not in the plan.
enum class Why { planned, no_room, no_time, unwanted, said_no, no_answer, called_off };
std::string_view to_string(Why why);

/// A meeting that was proposed, as its owner's copy stands.
struct Proposed {
    core::MeetingId meeting;
    core::MeetingState state = core::MeetingState::proposed;
    bool is_mine_to_answer = false;
    bool was_declined = false;  // it ended with a no
    std::optional<Span> agreed;
    std::optional<Span> offered;  // the first time on the table
};

/// One who was looked at.
struct Part {
    core::IdentityId identity;
    core::PersonId person;  // read only: whose identity that is now
    double worth = 0;
    core::MeetingKind kind = core::MeetingKind::coffee;
    core::Meal meal = core::Meal::none;
    std::optional<Span> when;  // nothing: left out
    LatLng at;
    std::string place;
    core::Minutes travel{0};
    bool is_pinned = false;
    bool is_visitor = false;
    Why why = Why::planned;
    std::optional<core::MeetingId> meeting;
    std::optional<Proposed> proposed;  // read only; nothing when the meeting is gone
};

void save(Tx& tx, core::AccountId owner, const Trip& trip);
/// `not_found` trip.unknown.
Result<Trip> find(Tx& tx, core::AccountId owner, core::TripId id);
void remove(Tx& tx, core::AccountId owner, core::TripId id);

/// The owner's trips, those to come or under way first and soonest, then the latest that are past.
struct Listed {
    Trip trip;
    int planned = 0;  // with a time, proposed or not
    int proposed = 0;
    int confirmed = 0;
    int left_out = 0;
};
std::vector<Listed> list(Tx& tx, core::AccountId owner, Instant now, int limit);

/// By time, then who is left out by worth. Two statements.
std::vector<Part> parts(Tx& tx, core::AccountId owner, core::TripId id);
/// In place of those stored.
void save_parts(Tx& tx, core::AccountId owner, core::TripId id, const std::vector<Part>& parts);
/// The owner's trips that hold this meeting, or that are under way or to come and touch the span.
std::vector<core::TripId> touched(Tx& tx, core::AccountId owner, core::MeetingId meeting,
                                  std::optional<Span> span);

/// The oldest identity of each of these people. One statement.
std::unordered_map<core::PersonId, core::IdentityId> identities(Tx& tx, core::AccountId owner,
                                                                std::span<const core::PersonId> people);
/// The first mail address that an archive or the owner gives for each of these people. One statement.
std::unordered_map<core::PersonId, std::string> addresses(Tx& tx, core::AccountId owner,
                                                          std::span<const core::PersonId> people);

/// Sharing twice changes nothing.
void share(Tx& tx, core::AccountId owner, core::TripId id, core::AccountId with, Instant now);
void unshare(Tx& tx, core::AccountId owner, core::TripId id, core::AccountId with);
/// With whom, by name.
std::vector<core::AccountName> shared_with(Tx& tx, core::AccountId owner, core::TripId id);

/// Somebody else's trip that the viewer may know of, and who of the viewer's people that is.
struct Shared {
    core::PersonId person;
    std::string name;
    core::AccountId account;
    core::TripId trip;
    std::string place;
    LatLng at;
    Span when;
};
/// Those that touch a span, of the people whom the viewer is linked with. One statement.
std::vector<Shared> shared_to(Tx& tx, core::AccountId viewer, Span within);

}  // namespace vv::store::trips
