#include "app/reminders_making.h"

#include "app/push.h"
#include "app/reminders_mail.h"
#include "app/tally.h"
#include "app/trips_people.h"
#include "core/person_card.h"
#include "core/reminders_reasons.h"
#include "store/accounts.h"
#include "store/encounters.h"
#include "store/goals.h"
#include "store/meetings.h"
#include "store/reminders.h"
#include "store/reminders_reasons.h"
#include "store/resolution.h"
#include "store/trips.h"

#include <algorithm>
#include <map>

namespace vv::app {
namespace {

using core::Coming;
using core::Known;
using core::PersonId;
using core::Reminder;
using core::ReminderKind;

constexpr int kMostMeetings = 20;
constexpr int kMostPromises = 200;  // rows: a promise and somebody who was there
constexpr int kMostPeople = 30;     // of each kind of reason
constexpr int kMostTrips = 50;      // of the owner's own
constexpr int kBirthdaysAtOnce = 2'000;
constexpr std::size_t kMostAtATable = 3;  // more is a crowd: there is nobody in particular to prepare for

/// Something that people come to, before it is known who of them may be named.
struct Gathered {
    Coming coming;
    std::vector<PersonId> people;
    std::string stranger;  // who comes when it is nobody of the owner's people
};

std::string capital(std::string_view word) {
    std::string text(word);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::optional<Gathered> gathered(const store::meetings::Record& record) {
    const core::Meeting& meeting = record.meeting;
    if (!meeting.agreed) return std::nullopt;
    const std::string what = meeting.title.empty() ? capital(core::to_string(meeting.kind)) : meeting.title;
    Gathered one{{meeting.id, std::nullopt, what, meeting.agreed->when, meeting.agreed->place.name}, {}, {}};
    if (record.person)
        one.people.push_back(*record.person);
    else
        one.stranger = record.with_name;
    return one;
}

bool overlap(const Span& a, const Span& b) {
    return a.start < b.end && b.start < a.end;
}

/// What calendars hold of the next hours, but what was agreed here too.
void add_planned(store::Tx& tx, core::AccountId owner, Span within, std::vector<Gathered>& coming) {
    const std::size_t agreed = coming.size();
    auto found = store::encounters::within(tx, owner, within);
    for (const core::Encounter& e : core::join_encounters(std::move(found.encounters))) {
        const Span when{e.start, std::max(core::over_at(e), e.start + std::chrono::milliseconds(1))};
        const bool is_known = std::any_of(
            coming.begin(), coming.begin() + static_cast<std::ptrdiff_t>(agreed), [&](const Gathered& g) {
                return overlap(g.coming.when, when) && !g.people.empty() &&
                       std::ranges::count(e.people, g.people.front()) > 0;
            });
        if (is_known || e.people.empty() || e.people.size() > kMostAtATable) continue;
        const std::string what = e.title.empty() ? capital(core::to_string(e.kind)) : e.title;
        coming.push_back({{std::nullopt, e.id, what, when, e.place}, e.people, {}});
    }
}

/// Everything in an owner's records that may give a reason, read once.
struct Records {
    std::vector<Gathered> coming, past;
    std::vector<store::reminders::Promised> promises;
    std::map<PersonId, Known> people;
    std::map<PersonId, core::Notes> notes;

    [[nodiscard]] const Known* find(PersonId person) const {
        const auto at = people.find(person);
        return at == people.end() ? nullptr : &at->second;
    }
    /// The most trusted of them who may be named, and in `one` how many come besides.
    [[nodiscard]] std::optional<Known> whom_to_name(Gathered& one) const {
        if (!one.stranger.empty()) {
            Known stranger;
            stranger.name = one.stranger;
            return stranger;
        }
        const Known* best = nullptr;
        one.coming.others = -1;
        for (const PersonId person : one.people)
            if (const Known* who = find(person)) {
                ++one.coming.others;
                if (!best || who->trust > best->trust) best = who;
            }
        return best ? std::optional(*best) : std::nullopt;
    }
};

Records read_records(store::Tx& tx, const Caller& caller) {
    const core::AccountId owner = caller.account;
    const Instant now = caller.now;
    Records records;
    const Span ahead{now, now + core::kPrepareWithin + std::chrono::milliseconds(1)};
    for (const auto& record : store::meetings::scheduled_since(tx, owner, now, kMostMeetings))
        if (record.meeting.state == core::MeetingState::scheduled)
            if (auto one = gathered(record)) records.coming.push_back(std::move(*one));
    add_planned(tx, owner, ahead, records.coming);
    for (const auto& record : store::meetings::to_confirm(tx, owner, now, kMostMeetings))
        if (auto one = gathered(record)) records.past.push_back(std::move(*one));
    records.promises =
        store::reminders::promises(tx, owner, {now - 2 * core::kPromisesKept, now}, kMostPromises);
    std::vector<PersonId> people, companions;
    for (const Gathered& one : records.coming)
        companions.insert(companions.end(), one.people.begin(), one.people.end());
    people = companions;
    for (const Gathered& one : records.past)
        people.insert(people.end(), one.people.begin(), one.people.end());
    for (const auto& one : records.promises)
        people.insert(people.end(), one.people.begin(), one.people.end());
    records.people = store::reminders::known_people(tx, owner, people, now);
    records.notes = store::reminders::notes(tx, owner, companions, now);
    return records;
}

void add(std::vector<Reminder>& reminders, std::optional<Reminder> one) {
    if (one) reminders.push_back(std::move(*one));
}

void add_meetings(const Records& records, const Caller& caller, std::vector<Reminder>& reminders) {
    const auto notes_of = [&](PersonId person) {
        const auto at = records.notes.find(person);
        return at == records.notes.end() ? core::Notes{} : at->second;
    };
    for (Gathered one : records.coming)
        if (const auto who = records.whom_to_name(one))
            add(reminders, core::prepare(one.coming, *who, notes_of(who->id), caller.now, caller.zone));
    for (Gathered one : records.past)
        if (const auto who = records.whom_to_name(one))
            add(reminders, core::confirm(one.coming, *who, caller.now, caller.zone));
    for (const auto& one : records.promises)
        for (const PersonId person : one.people)
            if (const Known* who = records.find(person))
                if (auto made = core::follow_up(one.promise, *who, caller.now, caller.zone)) {
                    reminders.push_back(std::move(*made));
                    break;  // one of those who were there is enough
                }
}

void add_people(store::Tx& tx, const Caller& caller, std::vector<Reminder>& reminders) {
    const auto& [owner, now, zone] = caller;
    const auto days = core::birthdays_from(zone.date_of(now));
    for (const Known& who : store::reminders::with_birthday(tx, owner, days, now, kMostPeople))
        add(reminders, core::birthday_soon(who, now, zone));
    for (const Known& who : store::reminders::gone_cold(tx, owner, now, kMostPeople))
        add(reminders, core::cold(who, now, zone));
    for (const Known& who : store::reminders::past_cadence(tx, owner, now, kMostPeople))
        add(reminders, core::cold(who, now, zone));
}

core::Whereabouts whereabouts(store::Tx& tx, const Caller& caller) {
    core::Whereabouts own;
    for (auto& listed : store::trips::list(tx, caller.account, caller.now, kMostTrips))
        own.trips.push_back({listed.trip.id, std::move(listed.trip.frame)});
    const auto account = store::accounts::find(tx, caller.account);
    if (!account || !account->home) return own;
    own.home = account->home->at;
    own.home_name = account->home->name;
    return own;
}

/// Trips that ties let the owner know of. Mostly there are none, and then nothing more is read.
void add_trips(store::Tx& tx, const Caller& caller, std::vector<Reminder>& reminders) {
    const auto trips = trips_shared_to(tx, caller, {caller.now, caller.now + core::kTripAhead});
    if (trips.empty()) return;
    std::vector<PersonId> people;
    for (const auto& trip : trips) people.push_back(trip.person);
    const auto known = store::reminders::known_people(tx, caller.account, people, caller.now);
    const core::Whereabouts own = whereabouts(tx, caller);
    for (const auto& trip : trips) {
        const auto who = known.find(trip.person);
        if (who == known.end()) continue;
        const core::TieTrip theirs{trip.account, trip.trip, trip.place, trip.at, trip.when};
        add(reminders, core::trip_overlap(theirs, who->second, own, caller.now, caller.zone));
    }
}

Result<Done> add_pace(store::Tx& tx, const Caller& caller, std::vector<Reminder>& reminders) {
    const auto goal = store::goals::find(tx, caller.account, caller.zone.year_of(caller.now));
    if (!goal || goal->paused_at) return Done{};
    TRY(const YearTally year, tally_year(tx, caller, std::nullopt));
    const core::Tally& tally = year.tally;
    add(reminders, core::behind_pace({tally.met, goal->target, tally.expected_by_now.value_or(0)}, caller.now,
                                     caller.zone));
    return Done{};
}

Result<Done> make(store::Tx& tx, const Caller& caller, const core::ReminderSettings& settings,
                  IdSource& ids) {
    std::vector<Reminder> candidates;
    add_meetings(read_records(tx, caller), caller, candidates);
    add_people(tx, caller, candidates);
    if (!settings.is_muted(ReminderKind::trip)) add_trips(tx, caller, candidates);
    if (!settings.is_muted(ReminderKind::pace)) CHECK(add_pace(tx, caller, candidates));
    const auto known = store::reminders::known(tx, caller.account, candidates);
    std::erase_if(candidates, [&](const Reminder& r) {
        return known.contains({std::string(core::to_string(r.kind)), r.about});
    });
    const auto made = store::reminders::made_since(tx, caller.account, caller.now - core::kReminderWeek);
    std::vector<store::reminders::Row> rows;
    for (Reminder& chosen : core::choose_reminders(std::move(candidates), settings, made, caller.now))
        rows.push_back({{ids.next(caller.now)}, std::move(chosen), {}, {}, {}});
    store::reminders::add(tx, caller.account, rows, caller.now);
    std::vector<core::ReminderId> new_ones;
    for (const auto& row : rows) new_ones.push_back(row.id);
    if (const auto told = push_reminders(tx, caller, new_ones); !told.empty())
        store::reminders::note_pushed(tx, caller.account, told, caller.now);
    return Done{};
}

}  // namespace

Result<Done> make_reminders(store::Tx& tx, core::AccountId owner, const std::string& zone_name,
                            const ReminderDesk& desk, Instant now) {
    const auto found = Zone::find(zone_name);
    const Zone zone = found ? *found : Zone();
    if (!store::reminders::claim(tx, owner, now, core::next_morning(now, zone))) return Done{};
    const Caller caller{owner, now, zone};
    const core::ReminderSettings settings = store::reminders::settings(tx, owner);
    if (settings.a_week > 0 && !settings.is_paused(now)) CHECK(make(tx, caller, settings, *desk.ids));
    mail_digest(tx, caller, settings, desk);
    return Done{};
}

Result<bool> catch_up_birthdays(store::Tx& tx, core::AccountId owner) {
    const auto people = store::reminders::without_birthday(tx, owner, kBirthdaysAtOnce);
    if (people.empty()) return false;
    const auto placed = store::resolution::identities_of(tx, owner, people);
    std::map<PersonId, std::vector<const core::Identity*>> of;
    for (std::size_t i = 0; i < placed.identities.size(); ++i)
        of[placed.people[i]].push_back(&placed.identities[i]);
    std::vector<std::pair<PersonId, std::optional<core::Birthday>>> birthdays;
    for (const PersonId person : people) birthdays.emplace_back(person, core::told_birthday(of[person]));
    store::reminders::save_birthdays(tx, owner, birthdays);
    return people.size() == kBirthdaysAtOnce;
}

}  // namespace vv::app
