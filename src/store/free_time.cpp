#include "store/free_time.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::free_time {
namespace {

using soci::into;
using soci::use;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// No interval of a calendar is longer: older ones need not be looked at.
constexpr days kLongest{367};
// What takes whole days may lie so far from where its file's zone put it.
constexpr hours kZonesApart{26};

std::int64_t number_of(Date day) {
    return std::chrono::sys_days(day).time_since_epoch().count();
}
Date day_of(std::int64_t number) {
    return Date(std::chrono::sys_days(days(number)));
}

std::vector<Span> spans(Prepared& select, const Span& row) {
    std::vector<Span> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(row);
    return found;
}

void read_hours(Tx& tx, core::AccountId owner, core::WeekHours& week) {
    int weekday = 0, start = 0, end = 0;
    Prepared select(tx,
                    "SELECT weekday, start_minute, end_minute FROM meeting_hours WHERE owner_id = :owner"
                    " ORDER BY weekday, start_minute",
                    into(weekday), into(start), into(end), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch())
        week.at(static_cast<std::size_t>(weekday - 1)).push_back({minutes(start), minutes(end)});
}

void read_kept_free(Tx& tx, core::AccountId owner, std::vector<core::DayRange>& kept) {
    long long first = 0, last = 0;
    Prepared select(tx,
                    "SELECT first_day, last_day FROM days_kept_free WHERE owner_id = :owner"
                    " ORDER BY first_day, last_day",
                    into(first), into(last), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch())
        kept.push_back({day_of(first), day_of(last)});
}

}  // namespace

std::optional<core::MeetingHabits> find_habits(Tx& tx, core::AccountId owner) {
    core::MeetingHabits habits;
    long long rest = 0;
    if (!run(tx, "SELECT a_week, rest_minutes FROM meeting_paces WHERE owner_id = :owner",
             into(habits.pace.a_week), into(rest), use(owner, "owner")))
        return std::nullopt;
    habits.pace.rest = minutes(rest);
    read_hours(tx, owner, habits.hours);
    read_kept_free(tx, owner, habits.kept_free);
    return habits;
}

void save_habits(Tx& tx, core::AccountId owner, const core::MeetingHabits& habits) {
    const long long rest = habits.pace.rest.count();
    run(tx,
        "INSERT INTO meeting_paces (owner_id, a_week, rest_minutes) VALUES (:owner, :a_week, :rest)"
        " ON CONFLICT (owner_id) DO UPDATE SET a_week = excluded.a_week, rest_minutes = "
        "excluded.rest_minutes",
        use(owner, "owner"), use(habits.pace.a_week, "a_week"), use(rest, "rest"));
    run(tx, "DELETE FROM meeting_hours WHERE owner_id = :owner", use(owner, "owner"));
    int weekday = 0, start = 0, end = 0;
    Prepared hour(tx, "INSERT INTO meeting_hours VALUES (:owner, :weekday, :start, :end)",
                  use(owner, "owner"), use(weekday, "weekday"), use(start, "start"), use(end, "end"));
    for (const auto& ranges : habits.hours) {
        ++weekday;
        for (const core::HourRange& range : ranges) {
            start = static_cast<int>(range.start.count());
            end = static_cast<int>(range.end.count());
            hour.execute();
        }
    }
    run(tx, "DELETE FROM days_kept_free WHERE owner_id = :owner", use(owner, "owner"));
    long long first = 0, last = 0;
    Prepared kept(tx, "INSERT INTO days_kept_free VALUES (:owner, :first, :last)", use(owner, "owner"),
                  use(first, "first"), use(last, "last"));
    for (const core::DayRange& range : habits.kept_free) {
        first = number_of(range.first);
        last = number_of(range.last);
        kept.execute();
    }
}

Busy busy(Tx& tx, core::AccountId owner, Span within) {
    const Instant earliest = within.start - kLongest;
    const Span wide{within.start - kZonesApart, within.end + kZonesApart};
    Span span;
    std::optional<long long> first, last;
    const int most = kMostBusy;
    Prepared select(
        tx,
        "SELECT b.start_at, b.end_at, b.first_day, b.last_day FROM busy b"
        " WHERE b.owner_id = :owner AND b.start_at >= :earliest AND b.start_at < :to AND b.end_at > :from"
        " AND b.end_at > b.start_at AND NOT EXISTS (SELECT 1 FROM busy n WHERE n.owner_id = b.owner_id"
        " AND n.key = b.key AND n.file_id > b.file_id) ORDER BY b.start_at LIMIT :most",
        into(span.start), into(span.end), into(first), into(last), use(owner, "owner"),
        use(earliest, "earliest"), use(wide.start, "from"), use(wide.end, "to"), use(most, "most"));
    Busy found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        if (first && last)
            found.days.push_back({day_of(*first), day_of(*last)});
        else if (span.start < within.end && within.start < span.end)
            found.spans.push_back(span);
    }
    return found;
}

std::vector<Span> meetings(Tx& tx, core::AccountId owner, Span within) {
    Span span;
    Prepared select(tx, R"(
        SELECT agreed_start, agreed_end FROM meetings WHERE owner_id = :owner AND state = 'scheduled'
        AND agreed_start < :to AND agreed_end > :from
        UNION
        SELECT start_at, coalesce(end_at, start_at + 3600000) FROM encounters
        WHERE owner_id = :owner AND start_at < :to AND coalesce(end_at, start_at + 3600000) > :from AND denied_at IS NULL)",
                    into(span.start), into(span.end), use(owner, "owner"), use(within.start, "from"),
                    use(within.end, "to"));
    return spans(select, span);
}

std::vector<Span> agreed_but(Tx& tx, core::AccountId owner, core::MeetingId meeting, Span within) {
    Span span;
    Prepared select(
        tx,
        "SELECT agreed_start, agreed_end FROM meetings WHERE owner_id = :owner AND state = 'scheduled'"
        " AND id <> :meeting AND agreed_start < :to AND agreed_end > :from AND (poll_id IS NULL OR poll_id <>"
        " COALESCE((SELECT poll_id FROM meetings WHERE owner_id = :owner AND id = :meeting), 0))",
        into(span.start), into(span.end), use(owner, "owner"), use(meeting, "meeting"),
        use(within.start, "from"), use(within.end, "to"));
    return spans(select, span);
}

std::vector<Span> offered(Tx& tx, core::AccountId owner, Span within) {
    Span span;
    Prepared select(tx, R"(
        SELECT s.start_at, s.end_at FROM meetings m
        JOIN meeting_slots s ON s.owner_id = m.owner_id AND s.meeting_id = m.id
        WHERE m.owner_id = :owner AND m.state = 'proposed' AND m.asked <> m.role
          AND s.start_at < :to AND s.end_at > :from
        UNION
        SELECT t.start_at, t.end_at FROM polls p
        JOIN poll_times t ON t.owner_id = p.owner_id AND t.poll_id = p.id
        WHERE p.owner_id = :owner AND p.state = 'open' AND t.start_at < :to AND t.end_at > :from
        UNION
        SELECT t.start_at, t.end_at FROM poll_voters v
        JOIN polls p ON p.owner_id = v.owner_id AND p.id = v.poll_id AND p.state = 'open'
        JOIN poll_wishes w ON w.owner_id = v.owner_id AND w.poll_id = v.poll_id AND w.voter = v.number
        JOIN poll_times t ON t.owner_id = v.owner_id AND t.poll_id = v.poll_id AND t.number = w.number
        WHERE v.account_id = :owner AND w.wish IN ('yes', 'if_need_be')
          AND t.start_at < :to AND t.end_at > :from
          AND NOT EXISTS (SELECT 1 FROM account_blocks b
                          WHERE (b.account_id = v.account_id AND b.blocked_id = v.owner_id)
                             OR (b.account_id = v.owner_id AND b.blocked_id = v.account_id)))",
                    into(span.start), into(span.end), use(owner, "owner"), use(within.start, "from"),
                    use(within.end, "to"));
    return spans(select, span);
}

void forget(Tx& tx, core::AccountId owner, const std::vector<std::string>& uids, Instant now) {
    std::string uid, stem;
    int length = 0;
    const std::string those =
        " FROM busy WHERE owner_id = :owner AND start_at > :now"
        " AND (key = :uid OR substr(key, 1, CAST(:length AS INTEGER)) = :stem)";
    Prepared read_again(
        tx,
        "UPDATE import_files SET sha256 = '' WHERE owner_id = :owner AND id IN (SELECT file_id" + those + ")",
        use(owner, "owner"), use(now, "now"), use(uid, "uid"), use(length, "length"), use(stem, "stem"));
    Prepared remove(tx, "DELETE" + those, use(owner, "owner"), use(now, "now"), use(uid, "uid"),
                    use(length, "length"), use(stem, "stem"));
    for (const std::string& one : uids) {
        uid = one;
        stem = one + "/";
        length = 0;
        for (const char c : stem) length += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
        read_again.execute();
        remove.execute();
    }
}

void share(Tx& tx, core::AccountId owner, core::AccountId with, Instant now) {
    run(tx,
        "INSERT INTO free_time_shares (owner_id, account_id, created_at) VALUES (:owner, :account, :now)"
        " ON CONFLICT (owner_id, account_id) DO NOTHING",
        use(owner, "owner"), use(with, "account"), use(now, "now"));
}

void unshare(Tx& tx, core::AccountId owner, core::AccountId with) {
    run(tx, "DELETE FROM free_time_shares WHERE owner_id = :owner AND account_id = :account",
        use(owner, "owner"), use(with, "account"));
}

std::vector<core::AccountName> shared_with(Tx& tx, core::AccountId owner) {
    core::AccountName row;
    Prepared select(
        tx,
        "SELECT a.id, a.handle, a.full_name FROM free_time_shares s JOIN accounts a ON a.id = s.account_id"
        " WHERE s.owner_id = :owner ORDER BY a.full_name, a.id",
        into(row.id), into(row.handle), into(row.name), use(owner, "owner"));
    std::vector<core::AccountName> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(row);
    return found;
}

bool shares(Tx& tx, core::AccountId owner, core::AccountId with) {
    int one = 0;
    return run(tx, "SELECT 1 FROM free_time_shares WHERE owner_id = :owner AND account_id = :account",
               into(one), use(owner, "owner"), use(with, "account"));
}

std::vector<std::pair<core::PersonId, core::AccountId>> sharing(Tx& tx, core::AccountId viewer,
                                                                const std::vector<core::PersonId>& people) {
    const std::string ids = id_list(people);
    std::pair<core::PersonId, core::AccountId> row;
    Prepared select(tx,
                    "SELECT p.id, p.account_id FROM people p JOIN free_time_shares s ON s.owner_id ="
                    " p.account_id AND s.account_id = p.owner_id WHERE p.owner_id = :viewer AND p.id IN " +
                        ids_in(tx.dialect()),
                    into(row.first), into(row.second), use(viewer, "viewer"), use(ids, "ids"));
    return select.all(row);
}

void save_link(Tx& tx, core::AccountId owner, const std::optional<std::string>& token_hash) {
    run(tx, "DELETE FROM free_busy_links WHERE owner_id = :owner", use(owner, "owner"));
    if (token_hash)
        run(tx, "INSERT INTO free_busy_links (owner_id, token_hash) VALUES (:owner, :hash)",
            use(owner, "owner"), use(*token_hash, "hash"));
}

bool has_link(Tx& tx, core::AccountId owner) {
    int one = 0;
    return run(tx, "SELECT 1 FROM free_busy_links WHERE owner_id = :owner", into(one), use(owner, "owner"));
}

std::optional<core::AccountId> find_by_link(Tx& tx, const std::string& token_hash) {
    core::AccountId owner;
    if (!run(tx, "SELECT owner_id FROM free_busy_links WHERE token_hash = :hash", into(owner),
             use(token_hash, "hash")))
        return std::nullopt;
    return owner;
}

}  // namespace vv::store::free_time
