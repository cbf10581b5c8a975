#include "store/polls.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <boost/json.hpp>
#include <map>
#include <set>
#include <utility>

namespace vv::store::polls {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kSelect =
    "SELECT p.owner_id, p.id, p.uid, p.state, p.kind, p.title, p.purpose, p.message, p.zone, p.place, "
    "p.address, p.lat, p.lng, p.is_public, p.created_at, p.closes_at, p.picked FROM ";

Error unknown() {
    return {Fault::not_found, "poll.unknown", "There is no such poll."};
}

/// A poll's row, with the words that enumerations are stored as.
struct Row {
    core::AccountId owner;
    core::Poll poll;
    std::string state, kind;
    std::optional<double> lat, lng;

    Record take() {
        poll.state = core::parse_poll_state(state).value();
        poll.kind = core::parse_meeting_kind(kind).value();
        poll.place.number = 1;
        poll.place.at = lat && lng ? std::optional<LatLng>({*lat, *lng}) : std::nullopt;
        return {owner, poll, {}};
    }
};

// Whose poll, and which: an id is one owner's.
using Key = std::pair<core::AccountId, core::PollId>;
using ByKey = std::map<Key, Record*>;

constexpr std::string_view kOfPoll =
    "WHERE t.owner_id = CAST(k.value->>0 AS BIGINT) AND t.poll_id = CAST(k.value->>1 AS BIGINT)";

std::string list_of(const std::set<Key>& polls) {
    boost::json::array list;
    for (const auto& [owner, poll] : polls) list.push_back(boost::json::array{owner.value, poll.value});
    return boost::json::serialize(list);
}

void load_times(Tx& tx, const std::string& keys, const ByKey& polls) {
    Key key;
    core::PollTime time;
    Prepared select(tx,
                    "SELECT t.owner_id, t.poll_id, t.number, t.start_at, t.end_at FROM " +
                        json_rows(tx.dialect(), "keys") + " AS k CROSS JOIN poll_times t " +
                        std::string(kOfPoll) + " ORDER BY t.number",
                    into(key.first), into(key.second), into(time.number), into(time.when.start),
                    into(time.when.end), use(keys, "keys"));
    for (bool more = select.execute(); more; more = select.fetch()) polls.at(key)->poll.times.push_back(time);
}

void load_voters(Tx& tx, const std::string& keys, const ByKey& polls) {
    Key key;
    core::PollVoter voter;
    Voter one;
    Prepared select(tx,
                    "SELECT t.owner_id, t.poll_id, t.number, t.must_come, t.answered_at, t.name, "
                    "t.account_id, t.identity_id, i.person_id, t.email, t.zone, t.mailed_at, t.refused_at, "
                    "t.meeting_id FROM " +
                        json_rows(tx.dialect(), "keys") +
                        " AS k CROSS JOIN poll_voters t LEFT JOIN identities i ON i.owner_id = t.owner_id"
                        " AND i.id = t.identity_id " +
                        std::string(kOfPoll) + " ORDER BY t.number",
                    into(key.first), into(key.second), into(voter.number), into(voter.must_come),
                    into(voter.answered_at), into(one.name), into(one.account), into(one.identity),
                    into(one.person), into(one.email), into(one.zone), into(one.mailed_at),
                    into(one.refused_at), into(one.meeting), use(keys, "keys"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        polls.at(key)->poll.voters.push_back(voter);
        polls.at(key)->voters.push_back(one);
    }
}

void load_wishes(Tx& tx, const std::string& keys, const ByKey& polls) {
    Key key;
    int voter = 0;
    core::PollWish wish;
    std::string word;
    Prepared select(
        tx,
        "SELECT t.owner_id, t.poll_id, t.voter, t.number, t.wish FROM " + json_rows(tx.dialect(), "keys") +
            " AS k CROSS JOIN poll_wishes t " + std::string(kOfPoll) + " ORDER BY t.voter, t.number",
        into(key.first), into(key.second), into(voter), into(wish.time), into(word), use(keys, "keys"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        wish.wish = core::parse_wish(word).value();
        polls.at(key)->poll.voter(voter)->wishes.push_back(wish);
    }
}

/// Polls as `from` and what follows it tells, with all that belongs to them. Four statements.
template <class... Uses>
std::vector<Record> select(Tx& tx, std::string_view from, const Uses&... uses) {
    Row r;
    core::Poll& p = r.poll;
    Prepared statement(tx, std::string(kSelect).append(from), into(r.owner), into(p.id), into(p.uid),
                       into(r.state), into(r.kind), into(p.title), into(p.purpose), into(p.message),
                       into(p.zone), into(p.place.name), into(p.place.address), into(r.lat), into(r.lng),
                       into(p.place.is_public), into(p.created_at), into(p.closes_at), into(p.picked),
                       uses...);
    std::vector<Record> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) found.push_back(r.take());
    if (found.empty()) return found;
    ByKey by_key;
    std::set<Key> all;
    for (Record& record : found) {
        const Key key(record.owner, record.poll.id);
        by_key.emplace(key, &record);
        all.insert(key);
    }
    const std::string keys = list_of(all);
    load_times(tx, keys, by_key);
    load_voters(tx, keys, by_key);
    load_wishes(tx, keys, by_key);
    return found;
}

void save_row(Tx& tx, const Record& record) {
    const core::Poll& p = record.poll;
    const std::string state(to_string(p.state)), kind(to_string(p.kind));
    const auto lat = p.place.at ? std::optional(p.place.at->lat) : std::nullopt;
    const auto lng = p.place.at ? std::optional(p.place.at->lng) : std::nullopt;
    run(tx,
        "INSERT INTO polls (owner_id, id, uid, state, kind, title, purpose, message, zone, place, address, "
        "lat, lng,"
        " is_public, created_at, closes_at, picked) VALUES (:owner, :id, :uid, :state, :kind, :title, "
        ":purpose,"
        " :message, :zone, :place, :address, :lat, :lng, :public, :created, :closes, :picked)"
        " ON CONFLICT (owner_id, id) DO UPDATE SET state = excluded.state, picked = excluded.picked",
        use(record.owner, "owner"), use(p.id, "id"), use(p.uid, "uid"), use(state, "state"),
        use(kind, "kind"), use(p.title, "title"), use(p.purpose, "purpose"), use(p.message, "message"),
        use(p.zone, "zone"), use(p.place.name, "place"), use(p.place.address, "address"), use(lat, "lat"),
        use(lng, "lng"), use(p.place.is_public, "public"), use(p.created_at, "created"),
        use(p.closes_at, "closes"), use(p.picked, "picked"));
}

void save_times(Tx& tx, const Record& record) {
    core::PollTime time;
    Prepared insert(tx,
                    "INSERT INTO poll_times (owner_id, poll_id, number, start_at, end_at)"
                    " VALUES (:owner, :poll, :number, :start, :end) ON CONFLICT DO NOTHING",
                    use(record.owner, "owner"), use(record.poll.id, "poll"), use(time.number, "number"),
                    use(time.when.start, "start"), use(time.when.end, "end"));
    for (const core::PollTime& one : record.poll.times) {
        time = one;
        insert.execute();
    }
}

void save_voters(Tx& tx, const Record& record) {
    core::PollVoter voter;
    Voter one;
    Prepared insert(
        tx,
        "INSERT INTO poll_voters (owner_id, poll_id, number, must_come, name, account_id, identity_id, "
        "email, zone,"
        " answered_at, mailed_at, refused_at, meeting_id) VALUES (:owner, :poll, :number, :must, :name, "
        ":account,"
        " :identity, :email, :zone, :answered, :mailed, :refused, :meeting)"
        " ON CONFLICT (owner_id, poll_id, number) DO UPDATE SET email = excluded.email, zone = excluded.zone,"
        " answered_at = excluded.answered_at, mailed_at = excluded.mailed_at, refused_at = "
        "excluded.refused_at,"
        " meeting_id = excluded.meeting_id",
        use(record.owner, "owner"), use(record.poll.id, "poll"), use(voter.number, "number"),
        use(voter.must_come, "must"), use(one.name, "name"), use(one.account, "account"),
        use(one.identity, "identity"), use(one.email, "email"), use(one.zone, "zone"),
        use(voter.answered_at, "answered"), use(one.mailed_at, "mailed"), use(one.refused_at, "refused"),
        use(one.meeting, "meeting"));
    for (std::size_t i = 0; i < record.voters.size(); ++i) {
        voter = record.poll.voters[i];
        one = record.voters[i];
        insert.execute();
    }
}

void save_wishes(Tx& tx, const Record& record) {
    run(tx, "DELETE FROM poll_wishes WHERE owner_id = :owner AND poll_id = :poll", use(record.owner, "owner"),
        use(record.poll.id, "poll"));
    int voter = 0, time = 0;
    std::string wish;
    Prepared insert(tx,
                    "INSERT INTO poll_wishes (owner_id, poll_id, voter, number, wish)"
                    " VALUES (:owner, :poll, :voter, :number, :wish)",
                    use(record.owner, "owner"), use(record.poll.id, "poll"), use(voter, "voter"),
                    use(time, "number"), use(wish, "wish"));
    for (const core::PollVoter& one : record.poll.voters)
        for (const core::PollWish& said : one.wishes) {
            voter = one.number;
            time = said.time;
            wish = to_string(said.wish);
            insert.execute();
        }
}

}  // namespace

void save(Tx& tx, const Record& record) {
    save_row(tx, record);
    save_times(tx, record);
    save_voters(tx, record);
    save_wishes(tx, record);
}

Result<Record> find(Tx& tx, core::AccountId owner, core::PollId id) {
    std::vector<Record> found =
        select(tx, "polls p WHERE p.owner_id = :owner AND p.id = :id", use(owner, "owner"), use(id, "id"));
    if (found.empty()) return unknown();
    return std::move(found.front());
}

std::unordered_map<core::PollId, std::string> uids(Tx& tx, core::AccountId owner,
                                                   std::span<const core::PollId> polls) {
    const std::string ids = id_list(polls);
    core::PollId id;
    std::string uid;
    Prepared select(tx, "SELECT id, uid FROM polls WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
                    into(id), into(uid), use(owner, "owner"), use(ids, "ids"));
    std::unordered_map<core::PollId, std::string> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace(id, uid);
    return found;
}

std::optional<Seat> seat_of(Tx& tx, core::AccountId account, core::PollId id) {
    Seat seat{{}, id, 0};
    if (!run(tx,
             "SELECT owner_id, number FROM poll_voters WHERE account_id = :account AND poll_id = :poll LIMIT "
             "1",
             into(seat.owner), into(seat.voter), use(account, "account"), use(id, "poll")))
        return std::nullopt;
    return seat;
}

// Not by an index: an owner's polls are few enough to sort.
std::vector<Record> list(Tx& tx, core::AccountId owner, int limit) {
    return select(tx,
                  "polls p WHERE p.owner_id = :owner ORDER BY CASE p.state WHEN 'open' THEN 0 ELSE 1 END,"
                  " CASE p.state WHEN 'open' THEN p.closes_at ELSE -p.closes_at END, p.id LIMIT :limit",
                  use(owner, "owner"), use(limit, "limit"));
}

std::vector<Seat> asking(Tx& tx, core::AccountId account, Instant now, int limit) {
    Seat seat;
    Prepared select(tx,
                    "SELECT v.owner_id, v.poll_id, v.number FROM poll_voters v JOIN polls p"
                    " ON p.owner_id = v.owner_id AND p.id = v.poll_id WHERE v.account_id = :account"
                    " AND p.state = 'open' AND p.closes_at > :now ORDER BY p.closes_at, p.id LIMIT :limit",
                    into(seat.owner), into(seat.poll), into(seat.voter), use(account, "account"),
                    use(now, "now"), use(limit, "limit"));
    return select.all(seat);
}

int made_since(Tx& tx, core::AccountId owner, Instant since) {
    int count = 0;
    run(tx,
        "SELECT CAST(COUNT(*) AS INTEGER) FROM polls p WHERE p.owner_id = :owner AND p.created_at > :since",
        into(count), use(owner, "owner"), use(since, "since"));
    return count;
}

std::vector<Record> load(Tx& tx, std::span<const Seat> seats) {
    if (seats.empty()) return {};
    std::set<Key> wanted;
    for (const Seat& seat : seats) wanted.emplace(seat.owner, seat.poll);
    const std::string keys = list_of(wanted);
    return select(tx,
                  json_rows(tx.dialect(), "keys") +
                      " AS k CROSS JOIN polls p WHERE p.owner_id = CAST(k.value->>0 AS BIGINT)"
                      " AND p.id = CAST(k.value->>1 AS BIGINT)",
                  use(keys, "keys"));
}

int mailed_since(Tx& tx, core::AccountId owner, Instant since) {
    int count = 0;
    run(tx,
        "SELECT CAST(COUNT(*) AS INTEGER) FROM polls p JOIN poll_voters v ON v.owner_id = p.owner_id"
        " AND v.poll_id = p.id AND v.email <> '' WHERE p.owner_id = :owner AND p.created_at > :since",
        into(count), use(owner, "owner"), use(since, "since"));
    return count;
}

void add_link(Tx& tx, const Seat& seat, const std::string& token_hash, Instant now) {
    run(tx,
        "INSERT INTO poll_links (owner_id, poll_id, voter, token_hash, created_at)"
        " VALUES (:owner, :poll, :voter, :hash, :now)",
        use(seat.owner, "owner"), use(seat.poll, "poll"), use(seat.voter, "voter"), use(token_hash, "hash"),
        use(now, "now"));
}

std::optional<Seat> find_by_link(Tx& tx, const std::string& token_hash) {
    Seat seat;
    if (!run(tx, "SELECT owner_id, poll_id, voter FROM poll_links WHERE token_hash = :hash", into(seat.owner),
             into(seat.poll), into(seat.voter), use(token_hash, "hash")))
        return std::nullopt;
    return seat;
}

void hand_over_links(Tx& tx, const Seat& seat, core::MeetingId meeting) {
    run(tx,
        "INSERT INTO meeting_links (owner_id, meeting_id, token_hash, created_at)"
        " SELECT owner_id, :meeting, token_hash, created_at FROM poll_links"
        " WHERE owner_id = :owner AND poll_id = :poll AND voter = :voter",
        use(meeting, "meeting"), use(seat.owner, "owner"), use(seat.poll, "poll"), use(seat.voter, "voter"));
}

}  // namespace vv::store::polls
