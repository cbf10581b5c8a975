#include "store/reminders_reasons.h"

#include "core/ties.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::reminders {

using core::AccountId;
using core::Known;
using core::PersonId;
using soci::into;
using soci::use;

const char* const kNotKeptAway =
    "p.blocked_at IS NULL AND NOT EXISTS (SELECT 1 FROM identities b WHERE b.owner_id = p.owner_id"
    " AND b.person_id = p.id AND b.blocked_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM account_blocks b"
    " WHERE (b.account_id = p.owner_id AND b.blocked_id = p.account_id)"
    " OR (b.account_id = p.account_id AND b.blocked_id = p.owner_id))";
const char* const kTouched =
    "CASE WHEN p.last_met > coalesce(p.last_contact, 0) THEN p.last_met ELSE p.last_contact END";
const char* const kBeingAsked =
    "(p.stage = 'planned' OR EXISTS (SELECT 1 FROM identities q CROSS JOIN meetings m"
    " WHERE q.owner_id = p.owner_id AND q.person_id = p.id AND m.owner_id = q.owner_id"
    " AND m.identity_id = q.id"
    " AND (m.state = 'proposed' OR (m.state = 'scheduled' AND m.agreed_end > :now))))";

namespace {

// Ms of silence for each day of the tie's half-life until it is cold, and until it is lost.
constexpr double kDay = 86'400'000;
double silence(double gaps) {
    return gaps * (core::kUsualGap / core::kStrengthHalfLife) * kDay;
}

const std::string& columns() {
    static const std::string text =
        "SELECT p.id, p.name, p.trust, p.trust_at, p.created_at, p.last_contact, p.last_met, p.half_life,"
        " p.gap_log, p.cadence_days, p.cadence_from, p.birthday, p.birth_year, p.next_step, CASE WHEN " +
        std::string(kBeingAsked) + " THEN 1 ELSE 0 END FROM people p WHERE p.owner_id = :owner AND " +
        kNotKeptAway;
    return text;
}

std::optional<core::Birthday> birthday_of(std::optional<int> number, int year) {
    if (number.value_or(0) <= 0) return std::nullopt;
    return core::Birthday{year, static_cast<unsigned>(*number / 100), static_cast<unsigned>(*number % 100)};
}

std::vector<Known> select_known(Tx& tx, const std::string& where, AccountId owner, Instant now,
                                const auto&... bindings) {
    Known who;
    Instant trust_at;
    double half_life = 0;
    std::optional<double> gap_log;
    std::optional<int> cadence, birthday;
    std::optional<Instant> cadence_from;
    int birth_year = 0;
    double trust = 0;
    std::vector<Known> found;
    Prepared select(tx, columns() + where, into(who.id), into(who.name), into(trust), into(trust_at),
                    into(who.created_at), into(who.last_contact), into(who.last_met), into(half_life),
                    into(gap_log), into(cadence), into(cadence_from), into(birthday), into(birth_year),
                    into(who.next_step), into(who.is_being_asked), use(owner, "owner"), use(now, "now"),
                    bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        who.trust = core::faded_trust(trust, trust_at, now);
        who.usual_gap = gap_log ? std::optional(core::usual_gap_of(core::Days(half_life))) : std::nullopt;
        who.cadence = cadence ? std::optional(core::Cadence{*cadence, cadence_from}) : std::nullopt;
        who.birthday = birthday_of(birthday, birth_year);
        found.push_back(who);
    }
    return found;
}

}  // namespace

std::map<PersonId, Known> known_people(Tx& tx, AccountId owner, const std::vector<PersonId>& people,
                                       Instant now) {
    std::map<PersonId, Known> found;
    if (people.empty()) return found;
    const std::string ids = id_list(people);
    for (Known& who : select_known(tx, " AND p.id IN " + ids_in(tx.dialect()), owner, now, use(ids, "ids"))) {
        const PersonId id = who.id;
        found.emplace(id, std::move(who));
    }
    return found;
}

std::vector<Known> with_birthday(Tx& tx, AccountId owner, const std::vector<int>& days, Instant now,
                                 int limit) {
    const std::string list = id_list(days);
    return select_known(tx,
                        " AND p.birthday > 0 AND p.birthday IN " + ids_in(tx.dialect()) +
                            " AND (p.stage <> 'known' OR p.relation IN ('friend', 'relative'))"
                            " ORDER BY p.trust DESC, p.id LIMIT :limit",
                        owner, now, use(list, "ids"), use(limit, "limit"));
}

std::vector<Known> gone_cold(Tx& tx, AccountId owner, Instant now, int limit) {
    const double cold = silence(core::kColdGaps);
    const double lost = silence(core::kLostGaps);
    const std::string touched = kTouched;
    return select_known(
        tx,
        " AND p.gap_log IS NOT NULL AND p.cadence_days IS NULL"
        " AND (p.encounters > 0 OR (p.contacts_in > 0 AND p.contacts_out > 0))"
        " AND " +
            touched + " + p.half_life * :cold <= :now AND " + touched +
            " + p.half_life * :lost > :now"
            " AND NOT EXISTS (SELECT 1 FROM dismissals d WHERE d.owner_id = p.owner_id AND d.person_id = p.id"
            " AND (d.until_at IS NULL OR d.until_at > :now))"
            " AND NOT EXISTS (SELECT 1 FROM reminders c WHERE c.owner_id = p.owner_id AND c.person_id = p.id"
            " AND c.kind = 'cold' AND c.touched_at >= " +
            touched +
            ")"
            " ORDER BY p.trust DESC, p.id LIMIT :limit",
        owner, now, use(cold, "cold"), use(lost, "lost"), use(limit, "limit"));
}

std::vector<Known> past_cadence(Tx& tx, AccountId owner, Instant now, int limit) {
    const std::string since =
        "coalesce(" + std::string(kTouched) + ", p.created_at) + p.cadence_days * CAST(86400000 AS bigint)";
    return select_known(
        tx,
        " AND p.cadence_days IS NOT NULL AND " + since +
            " <= :now"
            " AND coalesce(p.cadence_from, 0) + p.cadence_days * CAST(86400000 AS bigint) <= :now"
            " AND NOT EXISTS (SELECT 1 FROM reminders c WHERE c.owner_id = p.owner_id AND c.person_id = p.id"
            " AND c.kind = 'cold' AND c.touched_at >= coalesce(" +
            kTouched +
            ", 0)"
            " AND c.created_at > coalesce(p.cadence_from, 0))"
            " ORDER BY p.trust DESC, p.id LIMIT :limit",
        owner, now, use(limit, "limit"));
}

std::vector<Promised> promises(Tx& tx, AccountId owner, Span span, int limit) {
    core::Promise row;
    std::optional<Instant> end;
    PersonId person;
    std::vector<Promised> found;
    Prepared select(
        tx,
        "SELECT DISTINCT e.start_at, e.id, e.end_at, e.next_step, i.person_id FROM encounters e"
        " CROSS JOIN encounter_people ep CROSS JOIN identities i"
        " WHERE e.owner_id = :owner AND e.start_at >= :from AND e.start_at < :to AND e.next_step <> ''"
        " AND e.denied_at IS NULL AND ep.owner_id = e.owner_id AND ep.encounter_id = e.id"
        " AND i.owner_id = ep.owner_id AND i.id = ep.identity_id"
        " ORDER BY e.start_at DESC, e.id, i.person_id LIMIT :limit",
        into(row.start), into(row.encounter), into(end), into(row.next_step), into(person),
        use(owner, "owner"), use(span.start, "from"), use(span.end, "to"), use(limit, "limit"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.over = end.value_or(row.start);
        if (found.empty() || found.back().promise.encounter != row.encounter) found.push_back({row, {}});
        found.back().people.push_back(person);
    }
    return found;
}

std::map<PersonId, core::Notes> notes(Tx& tx, AccountId owner, const std::vector<PersonId>& people,
                                      Instant before) {
    std::map<PersonId, core::Notes> found;
    if (people.empty()) return found;
    const std::string ids = id_list(people);
    PersonId person;
    core::Notes row;
    Prepared select(
        tx,
        "SELECT i.person_id, e.ideas, e.next_step FROM identities i CROSS JOIN encounter_people ep"
        " CROSS JOIN encounters e WHERE i.owner_id = :owner AND i.person_id IN " +
            ids_in(tx.dialect()) +
            " AND ep.owner_id = i.owner_id AND ep.identity_id = i.id AND e.owner_id = ep.owner_id"
            " AND e.id = ep.encounter_id AND e.denied_at IS NULL AND e.start_at < :before"
            " AND (e.ideas <> '' OR e.next_step <> '') ORDER BY e.start_at, e.id",
        into(person), into(row.ideas), into(row.next_step), use(owner, "owner"), use(ids, "ids"),
        use(before, "before"));
    for (bool more = select.execute(); more; more = select.fetch()) found[person] = row;
    return found;
}

std::vector<PersonId> without_birthday(Tx& tx, AccountId owner, int limit) {
    PersonId id;
    Prepared select(tx,
                    "SELECT id FROM people WHERE owner_id = :owner AND birthday IS NULL ORDER BY id"
                    " LIMIT :limit",
                    into(id), use(owner, "owner"), use(limit, "limit"));
    return select.all(id);
}

void save_birthdays(Tx& tx, AccountId owner,
                    const std::vector<std::pair<PersonId, std::optional<core::Birthday>>>& birthdays) {
    Bulk update(tx, {{"owner_id"}, {"id"}, {"birthday"}, {"birth_year"}},
                "UPDATE people SET birthday = r.birthday, birth_year = r.birth_year FROM r"
                " WHERE people.owner_id = r.owner_id AND people.id = r.id");
    for (const auto& [person, birthday] : birthdays)
        update.add(owner, person, birthday_number(birthday), birthday ? birthday->year : 0);
    update.finish();
}

int birthday_number(const std::optional<core::Birthday>& birthday) {
    return birthday ? static_cast<int>(birthday->month * 100 + birthday->day) : 0;
}

Cadences cadences(Tx& tx, AccountId owner, PersonId person) {
    std::optional<int> days;
    std::optional<Instant> from;
    double half_life = 0;
    std::optional<double> gap_log;
    Cadences found;
    if (!run(tx,
             "SELECT cadence_days, cadence_from, half_life, gap_log FROM people"
             " WHERE owner_id = :owner AND id = :id",
             into(days), into(from), into(half_life), into(gap_log), use(owner, "owner"), use(person, "id")))
        return found;
    if (days) found.wanted = core::Cadence{*days, from};
    if (gap_log) found.usual = core::usual_gap_of(core::Days(half_life));
    return found;
}

void save_cadence(Tx& tx, AccountId owner, PersonId person, const std::optional<core::Cadence>& cadence) {
    const auto days = cadence ? std::optional(cadence->days) : std::nullopt;
    const auto from = cadence ? cadence->from : std::nullopt;
    run(tx,
        "UPDATE people SET cadence_days = :days, cadence_from = :from WHERE owner_id = :owner AND id = :id",
        use(days, "days"), use(from, "from"), use(owner, "owner"), use(person, "id"));
}

void begin_cadence(Tx& tx, AccountId owner, PersonId person, Instant now) {
    run(tx,
        "UPDATE people SET cadence_from = :now WHERE owner_id = :owner AND id = :id"
        " AND cadence_days IS NOT NULL",
        use(now, "now"), use(owner, "owner"), use(person, "id"));
}

}  // namespace vv::store::reminders
