#include "store/lookouts.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::lookouts {
namespace {

using core::AccountId;
using core::LookoutId;
using soci::into;
using soci::use;

std::vector<Row> select(Tx& tx, const std::string& where, AccountId owner, Instant now,
                        const auto&... bindings) {
    Row row;
    core::Lookout& l = row.lookout;
    int grace = 0;
    std::vector<Row> found;
    Prepared select(tx,
                    "SELECT id, meeting_id, place, company, zone, start_at, until_at, grace_minutes,"
                    " friend_name, friend_email, created_at, asked_at, raised_at, safe_at, called_off_at,"
                    " mailed_at, refused_at FROM lookouts WHERE owner_id = :owner AND gone_at > :now" +
                        where,
                    into(l.id), into(l.meeting), into(l.place), into(l.company), into(l.zone), into(l.start),
                    into(l.until), into(grace), into(l.friend_name), into(l.friend_email), into(l.created_at),
                    into(l.asked_at), into(l.raised_at), into(l.safe_at), into(l.called_off_at),
                    into(row.mailed_at), into(row.refused_at), use(owner, "owner"), use(now, "now"),
                    bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        l.grace = std::chrono::minutes(grace);
        found.push_back(row);
    }
    return found;
}

std::optional<Row> first(std::vector<Row> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

void save(Tx& tx, AccountId owner, const Row& row) {
    const core::Lookout& l = row.lookout;
    const int grace = static_cast<int>(l.grace.count());
    const Instant gone = core::gone_at(l);
    run(tx,
        "INSERT INTO lookouts (owner_id, id, meeting_id, place, company, zone, start_at, until_at,"
        " grace_minutes, friend_name, friend_email, created_at, asked_at, raised_at, safe_at, called_off_at,"
        " mailed_at, refused_at, gone_at) VALUES (:owner, :id, :meeting, :place, :company, :zone, :start,"
        " :until, :grace, :name, :email, :created, :asked, :raised, :safe, :off, :mailed, :refused, :gone)"
        " ON CONFLICT (owner_id, id) DO UPDATE SET until_at = excluded.until_at, asked_at = "
        "excluded.asked_at,"
        " raised_at = excluded.raised_at, safe_at = excluded.safe_at,"
        " called_off_at = excluded.called_off_at, mailed_at = excluded.mailed_at,"
        " refused_at = excluded.refused_at, gone_at = excluded.gone_at",
        use(owner, "owner"), use(l.id, "id"), use(l.meeting, "meeting"), use(l.place, "place"),
        use(l.company, "company"), use(l.zone, "zone"), use(l.start, "start"), use(l.until, "until"),
        use(grace, "grace"), use(l.friend_name, "name"), use(l.friend_email, "email"),
        use(l.created_at, "created"), use(l.asked_at, "asked"), use(l.raised_at, "raised"),
        use(l.safe_at, "safe"), use(l.called_off_at, "off"), use(row.mailed_at, "mailed"),
        use(row.refused_at, "refused"), use(gone, "gone"));
}

std::optional<Row> find(Tx& tx, AccountId owner, LookoutId id, Instant now) {
    return first(select(tx, " AND id = :id", owner, now, use(id, "id")));
}

std::optional<Row> find(Tx& tx, AccountId owner, core::MeetingId meeting, Instant now) {
    return first(select(tx, " AND meeting_id = :meeting", owner, now, use(meeting, "meeting")));
}

std::vector<Row> list(Tx& tx, AccountId owner, Instant now) {
    return select(tx, " ORDER BY until_at, id", owner, now);
}

void remove(Tx& tx, AccountId owner, LookoutId id) {
    run(tx, "DELETE FROM lookouts WHERE owner_id = :owner AND id = :id", use(owner, "owner"), use(id, "id"));
}

void add_link(Tx& tx, AccountId owner, LookoutId id, const std::string& token_hash, bool is_owners,
              Instant now) {
    run(tx,
        "INSERT INTO lookout_links (owner_id, lookout_id, token_hash, is_owners, created_at)"
        " VALUES (:owner, :id, :hash, :owners, :now)",
        use(owner, "owner"), use(id, "id"), use(token_hash, "hash"), use(is_owners, "owners"),
        use(now, "now"));
}

std::optional<Linked> find_by_link(Tx& tx, const std::string& token_hash) {
    Linked linked;
    if (!run(tx, "SELECT owner_id, lookout_id, is_owners FROM lookout_links WHERE token_hash = :hash",
             into(linked.owner), into(linked.lookout), into(linked.is_owners), use(token_hash, "hash")))
        return std::nullopt;
    return linked;
}

void sweep(Tx& tx, Instant now) {
    run(tx, "DELETE FROM lookouts WHERE gone_at <= :now", use(now, "now"));
}

}  // namespace vv::store::lookouts
