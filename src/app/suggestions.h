// app/suggestions.h — whom to meet, for the owner's page and command.
#pragma once

#include "app/caller.h"
#include "core/person.h"
#include "core/suggestions.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// What is asked for; everything may be left out.
struct SuggestionsWanted {
    std::string city;                 // a name; `invalid` suggestions.city when no city is called so
    std::optional<LatLng> near;       // wins over `city`; without both, the account's home
    std::optional<double> within_km;  // only people known to be that near
    std::optional<Date> from;  // the days on which it may be, [from, to]; four weeks from tomorrow without
    std::optional<Date> to;
    std::vector<core::Relation> relations;  // empty: all
    std::optional<core::Shelf> shelf;       // nothing: all
    std::size_t limit = 10;
};

struct SuggestedMeeting {
    core::Person person;
    core::Suggestion suggestion;
    std::optional<Span> when;  // a free hour that suits
    std::string message;       // a first message to start from
};

/// Whom to meet, best first: of exactly the best by core::suggest() of everyone who may be suggested, twice
/// as many as wanted and ten, those that core::vary() leaves. Blocked and put-off people never appear.
/// Faults: `invalid` suggestions.city, suggestions.days, suggestions.within.
Result<std::vector<SuggestedMeeting>> suggest_meetings(store::Tx& tx, Caller caller,
                                                       SuggestionsWanted wanted);

enum class Dismissal { not_now, never };

/// "Not now" rests for 30 days, "never" for ever. `not_found` person.unknown.
Result<Done> dismiss_suggestion(store::Tx& tx, Caller caller, core::PersonId person, Dismissal dismissal);

/// These were before the owner's eyes. Who was on three days, while nothing came of it, rests for 90 days.
Result<Done> note_shown(store::Tx& tx, Caller caller, std::vector<core::PersonId> people);

}  // namespace vv::app
