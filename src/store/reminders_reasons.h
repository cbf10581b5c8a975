// store/reminders_reasons.h — where an owner's records give a reason to remind. Each is one statement, and
// bounded.
#pragma once

#include "core/reminders_reasons.h"
#include "store/database.h"

#include <map>
#include <string>
#include <vector>

namespace vv::store::reminders {

// Parts of statements that both files of this stem use, about `people p`.

/// Nobody whom the owner blocked here or in another network, nor who keeps the owner away.
extern const char* const kNotKeptAway;
/// The last contact or encounter; null when there was none.
extern const char* const kTouched;
/// Whether something is proposed to them or agreed, and still open.
extern const char* const kBeingAsked;

/// Those of these people who may be reminded of.
std::map<core::PersonId, core::Known> known_people(Tx& tx, core::AccountId owner,
                                                   const std::vector<core::PersonId>& people, Instant now);
/// The most trusted whose birthday is one of `days` (month × 100 + day), of those with whom there is a tie.
std::vector<core::Known> with_birthday(Tx& tx, core::AccountId owner, const std::vector<int>& days,
                                       Instant now, int limit);
/// The most trusted who have been silent for longer than usual, and of whose silence nothing was said yet.
std::vector<core::Known> gone_cold(Tx& tx, core::AccountId owner, Instant now, int limit);
/// The most trusted whose cadence, as the owner set it, has run out.
std::vector<core::Known> past_cadence(Tx& tx, core::AccountId owner, Instant now, int limit);

/// Encounters in a span with a next step, latest first, and who was there.
struct Promised {
    core::Promise promise;
    std::vector<core::PersonId> people;
};
std::vector<Promised> promises(Tx& tx, core::AccountId owner, Span span, int limit);
/// What was noted of the latest encounter with each of these people that has notes.
std::map<core::PersonId, core::Notes> notes(Tx& tx, core::AccountId owner,
                                            const std::vector<core::PersonId>& people, Instant before);

/// People whose card was written before it held a birthday; at most `limit`.
std::vector<core::PersonId> without_birthday(Tx& tx, core::AccountId owner, int limit);
void save_birthdays(Tx& tx, core::AccountId owner,
                    const std::vector<std::pair<core::PersonId, std::optional<core::Birthday>>>& birthdays);
/// As the column holds it: month × 100 + day, 0 for none.
int birthday_number(const std::optional<core::Birthday>& birthday);

/// How often the owner wants to be in touch with a person, and how often the two usually are.
struct Cadences {
    std::optional<core::Cadence> wanted;
    std::optional<core::Days> usual;
};
Cadences cadences(Tx& tx, core::AccountId owner, core::PersonId person);
void save_cadence(Tx& tx, core::AccountId owner, core::PersonId person,
                  const std::optional<core::Cadence>& cadence);
/// The owner has seen to it: the cadence, if there is one, begins anew.
void begin_cadence(Tx& tx, core::AccountId owner, core::PersonId person, Instant now);

}  // namespace vv::store::reminders
