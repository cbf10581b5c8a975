#include "store/meetings.h"

#include "core/no_shows.h"
#include "store/bind.h"
#include "store/lists.h"
#include "store/meetings_parts.h"
#include "store/statements.h"

#include <algorithm>

namespace vv::store::meetings {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kSelect =
    "SELECT m.id, m.uid, m.role, m.state, m.asked, m.kind, m.title, m.purpose, m.message, m.zone, "
    "m.to_stranger,"
    " m.agreed_start, m.agreed_end, m.agreed_place, m.created_at, m.expires_at, m.sequence, m.organiser_says,"
    " m.invitee_says, m.with_account, m.with_name, m.identity_id, i.person_id, p.name, m.has_peer, "
    "m.is_first,"
    " m.encounter_id, m.feel, m.asked_at, m.tells_decline, m.poll_id, m.organiser_excuse, m.invitee_excuse,"
    " m.is_excused"
    " FROM meetings m LEFT JOIN identities i ON i.owner_id = m.owner_id AND i.id = m.identity_id"
    " LEFT JOIN people p ON p.owner_id = i.owner_id AND p.id = i.person_id WHERE m.owner_id = :owner ";

// A record's row with the words that enumerations are stored as.
struct Row {
    Record record;
    std::string role, state, asked, kind, organiser_says, invitee_says;
    std::optional<Instant> agreed_start, agreed_end;
    std::optional<int> agreed_place;
    std::optional<std::string> person_name;

    Row() = default;
    explicit Row(const Record& from)
        : record(from),
          role(to_string(from.meeting.me)),
          state(to_string(from.meeting.state)),
          asked(to_string(from.meeting.asked)),
          kind(to_string(from.meeting.kind)),
          organiser_says(to_string(from.meeting.organiser_says)),
          invitee_says(to_string(from.meeting.invitee_says)) {
        if (!from.meeting.agreed) return;
        agreed_start = from.meeting.agreed->when.start;
        agreed_end = from.meeting.agreed->when.end;
        agreed_place = from.meeting.agreed->place.number;
    }

    Record take() {
        core::Meeting& m = record.meeting;
        record.person_name = person_name.value_or("");
        m.me = core::parse_side(role).value();
        m.state = core::parse_meeting_state(state).value();
        m.asked = core::parse_side(asked).value();
        m.kind = core::parse_meeting_kind(kind).value();
        m.organiser_says = core::parse_outcome(organiser_says).value();
        m.invitee_says = core::parse_outcome(invitee_says).value();
        m.agreed.reset();
        if (agreed_start && agreed_end && agreed_place) {
            m.agreed = core::Agreement{{*agreed_start, *agreed_end}, {}};
            m.agreed->place.number = *agreed_place;
        }
        return record;
    }
};

template <class... Uses>
std::vector<Record> select(Tx& tx, core::AccountId owner, std::string_view rest, const Uses&... uses) {
    Row r;
    core::Meeting& m = r.record.meeting;
    Prepared statement(
        tx, std::string(kSelect).append(rest), into(m.id), into(m.uid), into(r.role), into(r.state),
        into(r.asked), into(r.kind), into(m.title), into(m.purpose), into(m.message), into(m.zone),
        into(m.to_stranger), into(r.agreed_start), into(r.agreed_end), into(r.agreed_place),
        into(m.created_at), into(m.expires_at), into(m.sequence), into(r.organiser_says),
        into(r.invitee_says), into(r.record.with_account), into(r.record.with_name), into(r.record.identity),
        into(r.record.person), into(r.person_name), into(r.record.has_peer), into(r.record.is_first),
        into(r.record.encounter), into(r.record.feel), into(r.record.asked_at), into(m.tells_decline),
        into(r.record.poll), into(m.organiser_excuse), into(m.invitee_excuse), into(m.is_excused),
        use(owner, "owner"), uses...);
    std::vector<Record> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) found.push_back(r.take());
    parts::load(tx, owner, found);
    return found;
}

Instant order_of(const core::Meeting& meeting) {
    if (meeting.agreed) return meeting.agreed->when.start;
    return meeting.slots.empty() ? meeting.created_at : meeting.slots.front().when.start;
}

constexpr const char* kSave =
    "INSERT INTO meetings (owner_id, id, uid, role, state, asked, kind, title, purpose, message, zone, "
    "to_stranger,"
    " agreed_start, agreed_end, agreed_place, created_at, expires_at, sequence, organiser_says, "
    "invitee_says,"
    " with_account, with_name, identity_id, has_peer, is_first, encounter_id, feel, asked_at, sort_at,"
    " tells_decline, poll_id, organiser_excuse, invitee_excuse, is_excused, no_show, faults_until)"
    " VALUES (:owner, :id, :uid, :role, :state, :asked, :kind, :title, :purpose, :message, :zone, "
    ":stranger,"
    " :agreed_start, :agreed_end, :agreed_place, :created, :expires, :sequence, :organiser_says, "
    ":invitee_says,"
    " :with_account, :with_name, :identity, :peer, :first, :encounter, :feel, :asked_at, :sort, :tells,"
    " :poll, :organiser_excuse, :invitee_excuse, :excused, :no_show, :faults)"
    " ON CONFLICT (owner_id, id) DO UPDATE SET state = excluded.state, asked = excluded.asked,"
    " title = excluded.title, purpose = excluded.purpose, message = excluded.message,"
    " agreed_start = excluded.agreed_start, agreed_end = excluded.agreed_end,"
    " agreed_place = excluded.agreed_place, expires_at = excluded.expires_at, sequence = "
    "excluded.sequence,"
    " organiser_says = excluded.organiser_says, invitee_says = excluded.invitee_says,"
    " with_account = excluded.with_account, with_name = excluded.with_name, identity_id = "
    "excluded.identity_id,"
    " has_peer = excluded.has_peer, encounter_id = excluded.encounter_id, feel = excluded.feel,"
    " asked_at = excluded.asked_at, sort_at = excluded.sort_at,"
    " organiser_excuse = excluded.organiser_excuse, invitee_excuse = excluded.invitee_excuse,"
    " is_excused = excluded.is_excused, no_show = excluded.no_show, faults_until = excluded.faults_until";

void save_row(Tx& tx, core::AccountId owner, const Record& record) {
    const Row r(record);
    const core::Meeting& m = r.record.meeting;
    const Instant sort_at = order_of(m);
    const bool no_show = core::stayed_away(m);
    const std::optional<Instant> faults = core::faults_until(m);
    run(tx, kSave, use(owner, "owner"), use(m.id, "id"), use(m.uid, "uid"), use(r.role, "role"),
        use(r.state, "state"), use(r.asked, "asked"), use(r.kind, "kind"), use(m.title, "title"),
        use(m.purpose, "purpose"), use(m.message, "message"), use(m.zone, "zone"),
        use(m.to_stranger, "stranger"), use(r.agreed_start, "agreed_start"), use(r.agreed_end, "agreed_end"),
        use(r.agreed_place, "agreed_place"), use(m.created_at, "created"), use(m.expires_at, "expires"),
        use(m.sequence, "sequence"), use(r.organiser_says, "organiser_says"),
        use(r.invitee_says, "invitee_says"), use(r.record.with_account, "with_account"),
        use(r.record.with_name, "with_name"), use(r.record.identity, "identity"),
        use(r.record.has_peer, "peer"), use(r.record.is_first, "first"), use(r.record.encounter, "encounter"),
        use(r.record.feel, "feel"), use(r.record.asked_at, "asked_at"), use(sort_at, "sort"),
        use(m.tells_decline, "tells"), use(r.record.poll, "poll"),
        use(m.organiser_excuse, "organiser_excuse"), use(m.invitee_excuse, "invitee_excuse"),
        use(m.is_excused, "excused"), use(no_show, "no_show"), use(faults, "faults"));
}

}  // namespace

Place place_of(const core::Meeting& meeting) {
    const bool is_over = core::is_over(meeting.state);
    const std::int64_t at = millis(order_of(meeting));
    return {is_over ? 1 : 0, is_over ? -at : at, meeting.id};
}

void save(Tx& tx, core::AccountId owner, const Record& record) {
    save_row(tx, owner, record);
    parts::save(tx, owner, record.meeting);
}

Result<Record> find(Tx& tx, core::AccountId owner, core::MeetingId id) {
    std::vector<Record> found = select(tx, owner, "AND m.id = :id", use(id, "id"));
    if (found.empty()) return Error{Fault::not_found, "meeting.unknown", "There is no such meeting."};
    return std::move(found.front());
}

// Not by an index: an owner's meetings are few enough to sort.
std::vector<Record> list(Tx& tx, core::AccountId owner, const Page& page) {
    constexpr std::string_view kRest = R"(
        AND (CAST(:state AS TEXT) IS NULL OR m.state = :state)
        AND (CAST(:person AS BIGINT) IS NULL OR i.person_id = :person)
        AND (CASE WHEN m.state IN ('proposed', 'scheduled', 'declined') THEN 0 ELSE 1 END,
             CASE WHEN m.state IN ('proposed', 'scheduled', 'declined') THEN m.sort_at ELSE -m.sort_at END,
             m.id) > (CAST(:part AS INTEGER), CAST(:at AS BIGINT), CAST(:after AS BIGINT))
        ORDER BY CASE WHEN m.state IN ('proposed', 'scheduled', 'declined') THEN 0 ELSE 1 END,
                 CASE WHEN m.state IN ('proposed', 'scheduled', 'declined') THEN m.sort_at ELSE -m.sort_at END, m.id
        LIMIT :limit)";
    const std::optional<std::string> state =
        page.state ? std::optional<std::string>(to_string(*page.state)) : std::nullopt;
    const Place after = page.after.value_or(Place{-1, 0, {}});
    return select(tx, owner, kRest, use(state, "state"), use(page.person, "person"), use(after.part, "part"),
                  use(after.at, "at"), use(after.meeting, "after"), use(page.limit, "limit"));
}

std::vector<Record> to_answer(Tx& tx, core::AccountId owner, int limit) {
    return select(tx, owner,
                  "AND m.state = 'proposed' AND m.asked = m.role ORDER BY m.sort_at, m.id LIMIT :limit",
                  use(limit, "limit"));
}

std::vector<Record> to_confirm(Tx& tx, core::AccountId owner, Instant now, int limit) {
    return select(tx, owner,
                  "AND m.state IN ('scheduled', 'met') AND m.agreed_end <= :now"
                  " AND CASE m.role WHEN 'organiser' THEN m.organiser_says ELSE m.invitee_says END = 'unsaid'"
                  " ORDER BY m.sort_at DESC, m.id DESC LIMIT :limit",
                  use(now, "now"), use(limit, "limit"));
}

std::optional<Record> next_scheduled(Tx& tx, core::AccountId owner, Instant now) {
    std::vector<Record> found = scheduled_since(tx, owner, now, 1);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Record> scheduled_since(Tx& tx, core::AccountId owner, Instant since, int limit) {
    return select(tx, owner,
                  "AND m.state IN ('scheduled', 'met') AND m.agreed_end >= :since"
                  " ORDER BY m.sort_at, m.id LIMIT :limit",
                  use(since, "since"), use(limit, "limit"));
}

std::vector<Record> of_poll(Tx& tx, core::AccountId owner, core::PollId poll) {
    return select(tx, owner, "AND m.poll_id = :poll ORDER BY m.id", use(poll, "poll"));
}

std::vector<core::PersonId> agreed_people(Tx& tx, core::AccountId owner, Span span) {
    core::PersonId person;
    Prepared select(tx,
                    "SELECT DISTINCT i.person_id FROM meetings m JOIN identities i ON i.owner_id = m.owner_id"
                    " AND i.id = m.identity_id WHERE m.owner_id = :owner AND m.state = 'scheduled'"
                    " AND m.sort_at >= :from AND m.sort_at < :to AND i.person_id <> 0 ORDER BY i.person_id",
                    into(person), use(owner, "owner"), use(span.start, "from"), use(span.end, "to"));
    return select.all(person);
}

std::vector<core::MeetingId> open_with(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
                                       std::span<const core::AccountId> accounts) {
    const std::string people_ids = id_list(people);
    const std::string account_ids = id_list(accounts);
    core::MeetingId id;
    Prepared statement(tx,
                       "SELECT id FROM meetings WHERE owner_id = :owner AND with_account IN " +
                           ids_in(tx.dialect(), "accounts") +
                           " AND state IN ('proposed', 'scheduled', 'declined')"
                           " UNION SELECT m.id FROM identities i JOIN meetings m ON m.owner_id = i.owner_id"
                           " AND m.identity_id = i.id WHERE i.owner_id = :owner AND i.person_id <> 0"
                           " AND i.person_id IN " +
                           ids_in(tx.dialect(), "people") +
                           " AND m.state IN ('proposed', 'scheduled', 'declined') ORDER BY id",
                       into(id), use(owner, "owner"), use(account_ids, "accounts"),
                       use(people_ids, "people"));
    return statement.all(id);
}

std::optional<core::MeetingId> agreed_within(Tx& tx, core::AccountId owner, core::AccountId other,
                                             Span span) {
    core::MeetingId id;
    if (!run(tx,
             "SELECT id FROM meetings WHERE owner_id = :owner AND with_account = :other AND state IN "
             "('scheduled', 'met')"
             " AND agreed_start <= :until AND agreed_end >= :since ORDER BY sort_at, id LIMIT 1",
             into(id), use(owner, "owner"), use(other, "other"), use(span.end, "until"),
             use(span.start, "since")))
        return std::nullopt;
    return id;
}

Proposals proposals_since(Tx& tx, core::AccountId owner, Instant since) {
    Proposals counted;
    run(tx,
        "SELECT CAST(COALESCE(SUM(m.to_stranger), 0) AS INTEGER), CAST(COUNT(g.meeting_id) AS INTEGER)"
        " FROM meetings m LEFT JOIN meeting_guests g ON g.owner_id = m.owner_id AND g.meeting_id = m.id"
        " AND g.email <> '' WHERE m.owner_id = :owner AND m.role = 'organiser' AND m.created_at > :since",
        into(counted.to_strangers), into(counted.to_guests), use(owner, "owner"), use(since, "since"));
    return counted;
}

int proposed_since(Tx& tx, core::AccountId owner, core::AccountId other, Instant since) {
    int count = 0;
    run(tx,
        "SELECT CAST(COUNT(*) AS INTEGER) FROM meetings WHERE owner_id = :owner AND with_account = :other"
        " AND role = 'organiser' AND created_at > :since",
        into(count), use(owner, "owner"), use(other, "other"), use(since, "since"));
    return count;
}

bool has_open_proposal(Tx& tx, core::AccountId owner, core::AccountId other) {
    int one = 0;
    return run(
        tx,
        "SELECT 1 FROM meetings WHERE owner_id = :owner AND with_account = :other AND role = 'organiser'"
        " AND state = 'proposed' AND asked = 'invitee' LIMIT 1",
        into(one), use(owner, "owner"), use(other, "other"));
}

}  // namespace vv::store::meetings
