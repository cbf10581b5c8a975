#include "store/trips.h"

#include "store/attributes.h"
#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <array>

namespace vv::store::trips {
namespace {

using soci::into;
using soci::use;

constexpr std::array<std::string_view, 7> kWhys{"planned", "no_room",   "no_time",   "unwanted",
                                                "said_no", "no_answer", "called_off"};
constexpr std::array<std::string_view, 3> kMeals{"none", "lunch", "dinner"};

template <class Enum, std::size_t N>
Enum parse(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    VV_ASSERT(at != names.end());
    return static_cast<Enum>(at - names.begin());
}

constexpr std::string_view kTrip =
    "t.id, t.place, t.lat, t.lng, t.zone, t.start_at, t.end_at, t.stay, t.stay_lat, t.stay_lng, t.most_a_day,"
    " t.within_km, t.worth, t.bound, t.created_at";

// The columns of kTrip.
struct Row {
    Trip trip;
    std::string zone;

    void bind(Prepared& select) {
        core::TripFrame& f = trip.frame;
        select.bind(into(trip.id));
        select.bind(into(f.place));
        select.bind(into(f.at.lat));
        select.bind(into(f.at.lng));
        select.bind(into(zone));
        select.bind(into(f.when.start));
        select.bind(into(f.when.end));
        select.bind(into(f.stay));
        select.bind(into(f.stay_at.lat));
        select.bind(into(f.stay_at.lng));
        select.bind(into(f.most_a_day));
        select.bind(into(f.within_km));
        select.bind(into(trip.worth));
        select.bind(into(trip.bound));
        select.bind(into(trip.created_at));
    }
    Trip take() {
        // A zone that the system's database has lost is read as UTC.
        const Result<Zone> known = Zone::find(zone);
        trip.frame.zone = known ? *known : Zone();
        return trip;
    }
};

// A part's row as it is stored, with what its meeting has come to.
struct PartRow {
    Part part;
    std::optional<core::PersonId> person;
    std::string kind, meal, why;
    std::optional<Instant> start, end;
    int travel = 0;
    std::optional<std::string> state, asked, role, last_step;
    std::optional<Instant> agreed_start, agreed_end, offered_start, offered_end;

    Part take() {
        part.person = person.value_or(core::PersonId{});
        part.kind = core::parse_meeting_kind(kind).value();
        part.meal = parse<core::Meal>(kMeals, meal);
        part.why = parse<Why>(kWhys, why);
        part.when = start && end ? std::optional(Span{*start, *end}) : std::nullopt;
        part.travel = core::Minutes(travel);
        part.proposed.reset();
        if (!part.meeting || !state) return part;
        Proposed& meeting = part.proposed.emplace();
        meeting.meeting = *part.meeting;
        meeting.state = core::parse_meeting_state(*state).value();
        meeting.is_mine_to_answer = meeting.state == core::MeetingState::proposed && asked == role;
        meeting.was_declined = last_step == "declined";
        if (agreed_start && agreed_end) meeting.agreed = Span{*agreed_start, *agreed_end};
        if (offered_start && offered_end) meeting.offered = Span{*offered_start, *offered_end};
        return part;
    }
};

}  // namespace

std::string_view to_string(Why why) {
    return kWhys.at(static_cast<std::size_t>(why));
}

void save(Tx& tx, core::AccountId owner, const Trip& trip) {
    const core::TripFrame& f = trip.frame;
    run(tx,
        "INSERT INTO trips (owner_id, id, place, lat, lng, zone, start_at, end_at, stay, stay_lat, stay_lng,"
        " most_a_day, within_km, worth, bound, created_at) VALUES (:owner, :id, :place, :lat, :lng, :zone,"
        " :start, :end, :stay, :stay_lat, :stay_lng, :most, :within, :worth, :bound, :created)"
        " ON CONFLICT (owner_id, id) DO UPDATE SET place = excluded.place, lat = excluded.lat,"
        " lng = excluded.lng, zone = excluded.zone, start_at = excluded.start_at, end_at = excluded.end_at,"
        " stay = excluded.stay, stay_lat = excluded.stay_lat, stay_lng = excluded.stay_lng,"
        " most_a_day = excluded.most_a_day, within_km = excluded.within_km, worth = excluded.worth,"
        " bound = excluded.bound",
        use(owner, "owner"), use(trip.id, "id"), use(f.place, "place"), use(f.at.lat, "lat"),
        use(f.at.lng, "lng"), use(f.zone.name(), "zone"), use(f.when.start, "start"), use(f.when.end, "end"),
        use(f.stay, "stay"), use(f.stay_at.lat, "stay_lat"), use(f.stay_at.lng, "stay_lng"),
        use(f.most_a_day, "most"), use(f.within_km, "within"), use(trip.worth, "worth"),
        use(trip.bound, "bound"), use(trip.created_at, "created"));
}

Result<Trip> find(Tx& tx, core::AccountId owner, core::TripId id) {
    Row row;
    Prepared select(tx,
                    "SELECT " + std::string(kTrip) + " FROM trips t WHERE t.owner_id = :owner AND t.id = :id",
                    use(owner, "owner"), use(id, "id"));
    row.bind(select);
    if (!select.execute()) return Error(Fault::not_found, "trip.unknown", "There is no such trip.");
    return row.take();
}

void remove(Tx& tx, core::AccountId owner, core::TripId id) {
    run(tx, "DELETE FROM trips WHERE owner_id = :owner AND id = :id", use(owner, "owner"), use(id, "id"));
}

// Not by an index: an owner's trips are few enough to sort.
std::vector<Listed> list(Tx& tx, core::AccountId owner, Instant now, int limit) {
    const std::string counts = R"(
        , (SELECT count(*) FROM trip_people p WHERE p.owner_id = t.owner_id AND p.trip_id = t.id
           AND p.start_at IS NOT NULL)
        , (SELECT count(*) FROM trip_people p JOIN meetings m ON m.owner_id = p.owner_id AND m.id = p.meeting_id
           WHERE p.owner_id = t.owner_id AND p.trip_id = t.id AND m.state = 'proposed')
        , (SELECT count(*) FROM trip_people p JOIN meetings m ON m.owner_id = p.owner_id AND m.id = p.meeting_id
           WHERE p.owner_id = t.owner_id AND p.trip_id = t.id AND m.state IN ('scheduled', 'met'))
        , (SELECT count(*) FROM trip_people p WHERE p.owner_id = t.owner_id AND p.trip_id = t.id
           AND p.start_at IS NULL)
        FROM trips t WHERE t.owner_id = :owner
        ORDER BY CASE WHEN t.end_at >= :now THEN 0 ELSE 1 END,
                 CASE WHEN t.end_at >= :now THEN t.start_at ELSE -t.start_at END, t.id LIMIT :limit)";
    Row row;
    Listed listed;
    Prepared select(tx, "SELECT " + std::string(kTrip) + counts, use(owner, "owner"), use(now, "now"),
                    use(limit, "limit"));
    row.bind(select);
    select.bind(into(listed.planned));
    select.bind(into(listed.proposed));
    select.bind(into(listed.confirmed));
    select.bind(into(listed.left_out));
    std::vector<Listed> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        listed.trip = row.take();
        found.push_back(listed);
    }
    return found;
}

std::vector<Part> parts(Tx& tx, core::AccountId owner, core::TripId id) {
    PartRow r;
    Part& p = r.part;
    Prepared select(tx, R"(
        SELECT p.identity_id, i.person_id, p.worth, p.kind, p.meal, p.start_at, p.end_at, p.lat, p.lng, p.place,
               p.travel_minutes, p.is_pinned, p.is_visitor, p.why, p.meeting_id, m.state, m.asked, m.role,
               m.agreed_start, m.agreed_end,
               (SELECT s.start_at FROM meeting_slots s WHERE s.owner_id = m.owner_id AND s.meeting_id = m.id
                ORDER BY s.start_at LIMIT 1),
               (SELECT s.end_at FROM meeting_slots s WHERE s.owner_id = m.owner_id AND s.meeting_id = m.id
                ORDER BY s.start_at LIMIT 1),
               (SELECT h.what FROM meeting_steps h WHERE h.owner_id = m.owner_id AND h.meeting_id = m.id
                ORDER BY h.number DESC LIMIT 1)
        FROM trip_people p LEFT JOIN identities i ON i.owner_id = p.owner_id AND i.id = p.identity_id
        LEFT JOIN meetings m ON m.owner_id = p.owner_id AND m.id = p.meeting_id
        WHERE p.owner_id = :owner AND p.trip_id = :id
        ORDER BY CASE WHEN p.start_at IS NULL THEN 1 ELSE 0 END, p.start_at, p.worth DESC, p.identity_id)",
                    into(p.identity), into(r.person), into(p.worth), into(r.kind), into(r.meal),
                    into(r.start), into(r.end), into(p.at.lat), into(p.at.lng), into(p.place), into(r.travel),
                    into(p.is_pinned), into(p.is_visitor), into(r.why), into(p.meeting), into(r.state),
                    into(r.asked), into(r.role), into(r.agreed_start), into(r.agreed_end),
                    into(r.offered_start), into(r.offered_end), into(r.last_step), use(owner, "owner"),
                    use(id, "id"));
    std::vector<Part> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        Part part = r.take();
        // Two who were merged since are one, and whose identity is gone is nobody.
        const bool is_known =
            std::ranges::any_of(found, [&](const Part& one) { return one.person == part.person; });
        if (part.person.is_set() && !is_known) found.push_back(std::move(part));
    }
    return found;
}

void save_parts(Tx& tx, core::AccountId owner, core::TripId id, const std::vector<Part>& parts) {
    run(tx, "DELETE FROM trip_people WHERE owner_id = :owner AND trip_id = :id", use(owner, "owner"),
        use(id, "id"));
    Part p;
    std::string kind, meal, why;
    std::optional<Instant> start, end;
    int travel = 0;
    Prepared insert(
        tx,
        "INSERT INTO trip_people (owner_id, trip_id, identity_id, worth, kind, meal, start_at, end_at, lat,"
        " lng, place, travel_minutes, is_pinned, is_visitor, why, meeting_id) VALUES (:owner, :id, :identity,"
        " :worth, :kind, :meal, :start, :end, :lat, :lng, :place, :travel, :pinned, :visitor, :why, "
        ":meeting)",
        use(owner, "owner"), use(id, "id"), use(p.identity, "identity"), use(p.worth, "worth"),
        use(kind, "kind"), use(meal, "meal"), use(start, "start"), use(end, "end"), use(p.at.lat, "lat"),
        use(p.at.lng, "lng"), use(p.place, "place"), use(travel, "travel"), use(p.is_pinned, "pinned"),
        use(p.is_visitor, "visitor"), use(why, "why"), use(p.meeting, "meeting"));
    for (const Part& part : parts) {
        p = part;
        kind = core::to_string(p.kind);
        meal = kMeals.at(static_cast<std::size_t>(p.meal));
        why = to_string(p.why);
        start = p.when ? std::optional(p.when->start) : std::nullopt;
        end = p.when ? std::optional(p.when->end) : std::nullopt;
        travel = static_cast<int>(p.travel.count());
        insert.execute();
    }
}

std::vector<core::TripId> touched(Tx& tx, core::AccountId owner, core::MeetingId meeting,
                                  std::optional<Span> span) {
    const Span within = span.value_or(Span{Instant::max(), Instant::min()});
    core::TripId id;
    Prepared select(tx, R"(
        SELECT t.id FROM trips t WHERE t.owner_id = :owner AND t.start_at < :to AND t.end_at > :from
        UNION SELECT p.trip_id FROM trip_people p WHERE p.owner_id = :owner AND p.meeting_id = :meeting)",
                    into(id), use(owner, "owner"), use(within.end, "to"), use(within.start, "from"),
                    use(meeting, "meeting"));
    return select.all(id);
}

std::unordered_map<core::PersonId, core::IdentityId> identities(Tx& tx, core::AccountId owner,
                                                                std::span<const core::PersonId> people) {
    const std::string ids = id_list(people);
    core::PersonId person;
    core::IdentityId identity;
    Prepared select(tx,
                    "SELECT person_id, min(id) FROM identities WHERE owner_id = :owner AND person_id IN " +
                        ids_in(tx.dialect()) + " GROUP BY person_id",
                    into(person), into(identity), use(owner, "owner"), use(ids, "ids"));
    std::unordered_map<core::PersonId, core::IdentityId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace(person, identity);
    return found;
}

std::unordered_map<core::PersonId, std::string> addresses(Tx& tx, core::AccountId owner,
                                                          std::span<const core::PersonId> people) {
    const std::string ids = id_list(people);
    core::PersonId person;
    std::string network, key, attributes;
    Prepared select(tx,
                    "SELECT person_id, network, key, attributes FROM identities WHERE owner_id = :owner AND"
                    " person_id IN " +
                        ids_in(tx.dialect()) + " ORDER BY id",
                    into(person), into(network), into(key), into(attributes), use(owner, "owner"),
                    use(ids, "ids"));
    std::unordered_map<core::PersonId, std::string> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        const auto emails = attributes_from_json(attributes).emails;
        if (!emails.empty())
            found.try_emplace(person, emails.front());
        else if (network == "email")
            found.try_emplace(person, key);
    }
    return found;
}

void share(Tx& tx, core::AccountId owner, core::TripId id, core::AccountId with, Instant now) {
    run(tx,
        "INSERT INTO trip_shares (owner_id, trip_id, account_id, created_at) VALUES (:owner, :id, :account,"
        " :now) ON CONFLICT (owner_id, trip_id, account_id) DO NOTHING",
        use(owner, "owner"), use(id, "id"), use(with, "account"), use(now, "now"));
}

void unshare(Tx& tx, core::AccountId owner, core::TripId id, core::AccountId with) {
    run(tx, "DELETE FROM trip_shares WHERE owner_id = :owner AND trip_id = :id AND account_id = :account",
        use(owner, "owner"), use(id, "id"), use(with, "account"));
}

std::vector<core::AccountName> shared_with(Tx& tx, core::AccountId owner, core::TripId id) {
    core::AccountName row;
    Prepared select(tx,
                    "SELECT a.id, a.handle, a.full_name FROM trip_shares s JOIN accounts a ON a.id ="
                    " s.account_id WHERE s.owner_id = :owner AND s.trip_id = :id ORDER BY a.full_name, a.id",
                    into(row.id), into(row.handle), into(row.name), use(owner, "owner"), use(id, "id"));
    return select.all(row);
}

std::vector<Shared> shared_to(Tx& tx, core::AccountId viewer, Span within) {
    Shared row;
    Prepared select(tx, R"(
        SELECT p.id, p.name, t.owner_id, t.id, t.place, t.lat, t.lng, t.start_at, t.end_at
        FROM trip_shares s JOIN trips t ON t.owner_id = s.owner_id AND t.id = s.trip_id
        JOIN people p ON p.owner_id = s.account_id AND p.account_id = s.owner_id
        WHERE s.account_id = :viewer AND t.start_at < :to AND t.end_at > :from
        ORDER BY t.start_at, p.id)",
                    into(row.person), into(row.name), into(row.account), into(row.trip), into(row.place),
                    into(row.at.lat), into(row.at.lng), into(row.when.start), into(row.when.end),
                    use(viewer, "viewer"), use(within.end, "to"), use(within.start, "from"));
    return select.all(row);
}

}  // namespace vv::store::trips
