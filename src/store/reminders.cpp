#include "store/reminders.h"

#include "base/text.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/reminders_reasons.h"
#include "store/statements.h"

#include <boost/json.hpp>

namespace vv::store::reminders {
namespace {

using core::AccountId;
using core::PersonId;
using core::ReminderId;
using soci::into;
using soci::use;

constexpr const char* kColumns =
    "SELECT r.id, r.kind, r.about, r.person_id, p.name, r.meeting_id, r.encounter_id, r.at, r.touched_at,"
    " r.text, r.why, r.weight, r.due_at, r.until_at, r.mailed_at, r.pushed_at"
    " FROM reminders r LEFT JOIN people p ON p.owner_id = r.owner_id AND p.id = r.person_id"
    " WHERE r.owner_id = :owner";

// What has become of the reason since the reminder was made.
const std::string kStillTrue =
    std::string(" AND (r.person_id IS NULL OR (p.id IS NOT NULL AND ") + kNotKeptAway +
    "))"
    " AND (r.touched_at IS NULL OR (coalesce(" +
    kTouched + ", 0) <= r.touched_at AND NOT " + kBeingAsked +
    "))"
    " AND (r.meeting_id IS NULL OR EXISTS (SELECT 1 FROM meetings m WHERE m.owner_id = r.owner_id"
    " AND m.id = r.meeting_id AND CASE r.kind WHEN 'prepare'"
    " THEN m.state = 'scheduled' AND m.agreed_start = r.at ELSE m.state IN ('scheduled', 'met')"
    " AND CASE m.role WHEN 'organiser' THEN m.organiser_says ELSE m.invitee_says END = 'unsaid' END))"
    " AND (r.encounter_id IS NULL OR EXISTS (SELECT 1 FROM encounters e WHERE e.owner_id = r.owner_id"
    " AND e.id = r.encounter_id AND e.denied_at IS NULL AND (r.at IS NULL OR e.start_at = r.at)))"
    " AND (r.trip_id IS NULL OR (NOT " +
    kBeingAsked +
    " AND EXISTS (SELECT 1 FROM trips t JOIN trip_shares s ON s.owner_id = t.owner_id AND s.trip_id = t.id"
    " WHERE t.owner_id = r.trip_owner AND t.id = r.trip_id AND t.start_at = r.at AND t.end_at = r.trip_end"
    " AND s.account_id = r.owner_id)"
    " AND (r.own_trip IS NULL OR EXISTS (SELECT 1 FROM trips o WHERE o.owner_id = r.owner_id"
    " AND o.id = r.own_trip AND o.start_at < r.trip_end AND o.end_at > r.at))))";

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::vector<Row> select_rows(Tx& tx, const std::string& where, const auto&... bindings) {
    Row row;
    core::Reminder& r = row.reminder;
    std::string kind, why;
    std::optional<std::string> name;
    std::vector<Row> found;
    Prepared select(tx, kColumns + where, into(row.id), into(kind), into(r.about), into(r.person), into(name),
                    into(r.meeting), into(r.encounter), into(r.at), into(r.touched), into(r.text), into(why),
                    into(r.weight), into(r.due), into(r.until), into(row.mailed_at), into(row.pushed_at),
                    bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        const auto known = core::parse_reminder_kind(kind);
        if (!known) continue;  // of another version of the program
        r.kind = *known;
        row.person_name = name.value_or("");
        r.why.clear();
        if (!why.empty())
            for (const auto line : split(why, '\n')) r.why.emplace_back(line);
        found.push_back(row);
    }
    return found;
}

}  // namespace

core::ReminderSettings settings(Tx& tx, AccountId owner) {
    core::ReminderSettings settings;
    std::string muted;
    int day = 0;
    if (!run(tx,
             "SELECT a_week, muted, digest, digest_day, paused_until FROM reminder_settings"
             " WHERE owner_id = :owner",
             into(settings.a_week), into(muted), into(settings.digest), into(day),
             into(settings.paused_until), use(owner, "owner")))
        return {};
    settings.digest_day = std::chrono::weekday(static_cast<unsigned>(day));
    for (const auto name : split(muted, ','))
        if (const auto kind = core::parse_reminder_kind(name)) settings.muted.push_back(*kind);
    return settings;
}

void save_settings(Tx& tx, AccountId owner, const core::ReminderSettings& settings) {
    std::string muted;
    for (const auto kind : settings.muted)
        muted += (muted.empty() ? "" : ",") + std::string(core::to_string(kind));
    const int day = static_cast<int>(settings.digest_day.iso_encoding());
    run(tx,
        "INSERT INTO reminder_settings (owner_id, a_week, muted, digest, digest_day, paused_until)"
        " VALUES (:owner, :a_week, :muted, :digest, :day, :paused)"
        " ON CONFLICT (owner_id) DO UPDATE SET a_week = excluded.a_week, muted = excluded.muted,"
        " digest = excluded.digest, digest_day = excluded.digest_day, paused_until = excluded.paused_until",
        use(owner, "owner"), use(settings.a_week, "a_week"), use(muted, "muted"),
        use(settings.digest, "digest"), use(day, "day"), use(settings.paused_until, "paused"));
}

std::vector<Due> due(Tx& tx, Instant now, int limit) {
    Due row;
    Prepared select(tx,
                    "SELECT id, zone FROM accounts WHERE reminders_at <= :now ORDER BY reminders_at, id"
                    " LIMIT :limit",
                    into(row.owner), into(row.zone), use(now, "now"), use(limit, "limit"));
    return select.all(row);
}

bool claim(Tx& tx, AccountId owner, Instant now, Instant next) {
    Prepared update(tx, "UPDATE accounts SET reminders_at = :next WHERE id = :owner AND reminders_at <= :now",
                    use(next, "next"), use(owner, "owner"), use(now, "now"));
    update.execute();
    return update.affected_rows() == 1;
}

void make_first_soon(Tx& tx, AccountId owner) {
    run(tx,
        "UPDATE accounts SET reminders_at = 0 WHERE id = :owner"
        " AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.owner_id = :owner)",
        use(owner, "owner"));
}

Instant digest_at(Tx& tx, AccountId owner) {
    Instant at;
    run(tx, "SELECT digest_at FROM accounts WHERE id = :owner", into(at), use(owner, "owner"));
    return at;
}

void save_digest_at(Tx& tx, AccountId owner, Instant at) {
    run(tx, "UPDATE accounts SET digest_at = :at WHERE id = :owner", use(at, "at"), use(owner, "owner"));
}

void add(Tx& tx, AccountId owner, const std::vector<Row>& rows, Instant now) {
    if (rows.empty()) return;
    Bulk insert(tx,
                {{"owner_id"},
                 {"id"},
                 {"kind", Bulk::text},
                 {"about", Bulk::text},
                 {"person_id"},
                 {"meeting_id"},
                 {"encounter_id"},
                 {"at"},
                 {"touched_at"},
                 {"text", Bulk::text},
                 {"why", Bulk::text},
                 {"weight", Bulk::real},
                 {"due_at"},
                 {"until_at"},
                 {"created_at"},
                 {"trip_owner"},
                 {"trip_id"},
                 {"trip_end"},
                 {"own_trip"}},
                "INSERT INTO reminders (owner_id, id, kind, about, person_id, meeting_id, encounter_id, at,"
                " touched_at, text, why, weight, due_at, until_at, created_at, trip_owner, trip_id, trip_end,"
                " own_trip)"
                " SELECT owner_id, id, kind, about, person_id, meeting_id, encounter_id, at, touched_at,"
                " text, why, weight, due_at, until_at, created_at, trip_owner, trip_id, trip_end, own_trip"
                " FROM r WHERE true"
                " ON CONFLICT (owner_id, kind, about) DO NOTHING");
    for (const Row& row : rows) {
        const core::Reminder& r = row.reminder;
        const auto& trip = r.trip;
        insert.add(owner, row.id, core::to_string(r.kind), r.about, r.person, r.meeting, r.encounter, r.at,
                   r.touched, r.text, joined(r.why), r.weight, r.due, r.until, now,
                   trip ? std::optional(trip->owner) : std::nullopt,
                   trip ? std::optional(trip->trip) : std::nullopt,
                   trip ? std::optional(trip->when.end) : std::nullopt, trip ? trip->own : std::nullopt);
    }
    insert.finish();
}

std::set<Reason> known(Tx& tx, AccountId owner, const std::vector<core::Reminder>& candidates) {
    if (candidates.empty()) return {};
    boost::json::array list;
    for (const core::Reminder& one : candidates)
        list.push_back(boost::json::array{core::to_string(one.kind), one.about});
    const std::string reasons = boost::json::serialize(list);
    Reason row;
    Prepared select(tx,
                    "SELECT r.kind, r.about FROM " + json_rows(tx.dialect(), "reasons") +
                        " AS k CROSS JOIN reminders r WHERE r.owner_id = :owner AND r.kind = k.value->>0"
                        " AND r.about = k.value->>1",
                    into(row.first), into(row.second), use(reasons, "reasons"), use(owner, "owner"));
    std::set<Reason> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.insert(row);
    return found;
}

std::vector<core::PastReminder> made_since(Tx& tx, AccountId owner, Instant since) {
    std::string kind;
    core::PastReminder row;
    std::vector<core::PastReminder> found;
    Prepared select(tx,
                    "SELECT kind, created_at FROM reminders WHERE owner_id = :owner AND created_at > :since",
                    into(kind), into(row.made), use(owner, "owner"), use(since, "since"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.kind = core::parse_reminder_kind(kind).value_or(core::ReminderKind::cold);
        found.push_back(row);
    }
    return found;
}

std::vector<Row> open(Tx& tx, AccountId owner, Instant now, int limit) {
    return select_rows(tx,
                       " AND r.done_at IS NULL AND r.until_at > :now AND r.due_at <= :now"
                       " AND (r.snoozed_until IS NULL OR r.snoozed_until <= :now)" +
                           kStillTrue + " ORDER BY r.weight DESC, r.id LIMIT :limit",
                       use(owner, "owner"), use(now, "now"), use(limit, "limit"));
}

std::optional<Row> find(Tx& tx, AccountId owner, ReminderId id) {
    auto found = select_rows(tx, " AND r.id = :id", use(owner, "owner"), use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void finish(Tx& tx, AccountId owner, ReminderId id, Instant now) {
    run(tx, "UPDATE reminders SET done_at = :now WHERE owner_id = :owner AND id = :id AND done_at IS NULL",
        use(now, "now"), use(owner, "owner"), use(id, "id"));
}

void snooze(Tx& tx, AccountId owner, ReminderId id, Instant until) {
    run(tx, "UPDATE reminders SET snoozed_until = :until WHERE owner_id = :owner AND id = :id",
        use(until, "until"), use(owner, "owner"), use(id, "id"));
}

void note_mailed(Tx& tx, AccountId owner, const std::vector<ReminderId>& ids, Instant now) {
    const std::string list = id_list(ids);
    run(tx, "UPDATE reminders SET mailed_at = :now WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
        use(now, "now"), use(owner, "owner"), use(list, "ids"));
}

void note_pushed(Tx& tx, AccountId owner, const std::vector<ReminderId>& ids, std::optional<Instant> at) {
    const std::string list = id_list(ids);
    run(tx, "UPDATE reminders SET pushed_at = :at WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
        use(at, "at"), use(owner, "owner"), use(list, "ids"));
}

void finish_kind(Tx& tx, AccountId owner, core::ReminderKind kind, Instant now) {
    const std::string name(core::to_string(kind));
    run(tx,
        "UPDATE reminders SET done_at = :now WHERE owner_id = :owner AND kind = :kind AND done_at IS NULL",
        use(now, "now"), use(owner, "owner"), use(name, "kind"));
}

void absorb(Tx& tx, AccountId owner, std::span<const std::pair<PersonId, PersonId>> gone_into) {
    std::vector<PersonId> gone;
    for (const auto& [from, to] : gone_into) gone.push_back(from);
    const std::string ids = id_list(gone);
    ReminderId id;
    PersonId person;
    std::vector<std::pair<ReminderId, PersonId>> moved;
    Prepared select(tx,
                    "SELECT id, person_id FROM reminders WHERE owner_id = :owner AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(id), into(person), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        for (const auto& [from, to] : gone_into)
            if (from == person) moved.emplace_back(id, to);
    if (moved.empty()) return;
    Bulk update(tx, {{"owner_id"}, {"id"}, {"person_id"}},
                "UPDATE reminders SET person_id = r.person_id FROM r"
                " WHERE reminders.owner_id = r.owner_id AND reminders.id = r.id");
    for (const auto& [reminder, to] : moved) update.add(owner, reminder, to);
    update.finish();
}

void forget(Tx& tx, AccountId owner, const std::string& people) {
    run(tx, "DELETE FROM reminders WHERE owner_id = :owner AND person_id IN " + ids_in(tx.dialect()),
        use(owner, "owner"), use(people, "ids"));
}

}  // namespace vv::store::reminders
