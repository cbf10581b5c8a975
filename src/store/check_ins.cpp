#include "store/check_ins.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/circles.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::check_ins {
namespace {

using soci::into;
using soci::use;

/// Another account and the viewer's person for it, to be read into.
struct OtherRow {
    Other who;

    void bind(Prepared& select) {
        select.bind(into(who.account));
        select.bind(into(who.handle));
        select.bind(into(who.name));
        select.bind(into(who.person));
    }
};
constexpr const char* kOther = " a.id, a.handle, a.full_name, p.id ";
constexpr const char* kTheirPerson = " LEFT JOIN people p ON p.owner_id = :viewer AND p.account_id = a.id ";

struct CheckInRow {
    core::CheckIn check_in;

    void bind(Prepared& select) {
        select.bind(into(check_in.id));
        select.bind(into(check_in.place));
        select.bind(into(check_in.at.lat));
        select.bind(into(check_in.at.lng));
        select.bind(into(check_in.is_exact));
        select.bind(into(check_in.until));
    }
};
constexpr const char* kCheckIn = " c.id, c.place, c.lat, c.lng, c.is_exact, c.until_at ";

}  // namespace

void save(Tx& tx, core::AccountId owner, const core::CheckIn& check_in,
          std::span<const core::AccountId> shown_to) {
    remove(tx, owner);
    run(tx,
        "INSERT INTO check_ins (owner_id, id, place, lat, lng, is_exact, until_at)"
        " VALUES (:owner, :id, :place, :lat, :lng, :exact, :until)",
        use(owner, "owner"), use(check_in.id, "id"), use(check_in.place, "place"),
        use(check_in.at.lat, "lat"), use(check_in.at.lng, "lng"), use(check_in.is_exact, "exact"),
        use(check_in.until, "until"));
    Bulk insert(tx, {{"owner_id"}, {"check_in_id"}, {"account_id"}},
                "INSERT INTO check_in_shown (owner_id, check_in_id, account_id)"
                " SELECT owner_id, check_in_id, account_id FROM r");
    for (const core::AccountId account : shown_to) insert.add(owner, check_in.id, account);
    insert.finish();
}

void remove(Tx& tx, core::AccountId owner) {
    run(tx, "DELETE FROM check_ins WHERE owner_id = :owner", use(owner, "owner"));
    // That a note was written stays for a while; what it said is over.
    run(tx, "UPDATE nearby_notes SET until_at = 0 WHERE owner_id = :owner AND check_in_owner = :owner",
        use(owner, "owner"));
    run(tx, "UPDATE nearby_notes SET until_at = 0 WHERE account_id = :owner AND check_in_owner = :owner",
        use(owner, "owner"));
}

std::optional<Mine> find(Tx& tx, core::AccountId owner, Instant now) {
    CheckInRow row;
    Prepared select(
        tx,
        std::string("SELECT") + kCheckIn + "FROM check_ins c WHERE c.owner_id = :owner AND c.until_at > :now",
        use(owner, "owner"), use(now, "now"));
    row.bind(select);
    if (!select.execute()) return std::nullopt;
    Mine mine{row.check_in, {}};
    core::AccountName name;
    Prepared shown(
        tx,
        "SELECT a.id, a.handle, a.full_name FROM check_in_shown s JOIN accounts a ON a.id ="
        " s.account_id WHERE s.owner_id = :owner AND s.check_in_id = :id ORDER BY a.full_name, a.id",
        into(name.id), into(name.handle), into(name.name), use(owner, "owner"), use(row.check_in.id, "id"));
    mine.shown_to = shown.all(name);
    return mine;
}

std::vector<Shown> shown_to(Tx& tx, core::AccountId viewer, Instant now) {
    OtherRow other;
    CheckInRow row;
    Prepared select(tx,
                    std::string("SELECT") + kOther + "," + kCheckIn +
                        "FROM check_in_shown s JOIN check_ins c ON c.owner_id = s.owner_id"
                        " AND c.id = s.check_in_id JOIN accounts a ON a.id = s.owner_id" +
                        kTheirPerson +
                        "WHERE s.account_id = :viewer AND c.until_at > :now ORDER BY c.until_at, a.id, p.id",
                    use(viewer, "viewer"), use(now, "now"));
    other.bind(select);
    row.bind(select);
    std::vector<Shown> found;
    for (bool more = select.execute(); more; more = select.fetch())
        if (found.empty() || found.back().who.account != other.who.account)
            found.push_back({other.who, row.check_in});
    return found;
}

void save_nearby(Tx& tx, core::AccountId owner, const std::optional<core::Circles>& circles) {
    const auto text = circles ? std::optional(circles::to_json(*circles)) : std::nullopt;
    run(tx, "UPDATE accounts SET nearby_circles = :circles WHERE id = :owner", use(text, "circles"),
        use(owner, "owner"));
    if (circles) return;
    run(tx, "UPDATE nearby_notes SET until_at = 0 WHERE owner_id = :owner", use(owner, "owner"));
    run(tx, "UPDATE nearby_notes SET until_at = 0 WHERE account_id = :owner", use(owner, "owner"));
}

std::optional<core::Circles> nearby(Tx& tx, core::AccountId owner) {
    std::optional<std::string> text;
    run(tx, "SELECT nearby_circles FROM accounts WHERE id = :owner", into(text), use(owner, "owner"));
    return text ? std::optional(circles::from_json(*text)) : std::nullopt;
}

std::vector<Candidate> candidates(Tx& tx, std::span<const core::AccountId> accounts, core::AccountId viewer,
                                  Instant now) {
    const std::string ids = id_list(accounts);
    Candidate row;
    std::string text;
    std::optional<double> lat, lng;
    Prepared select(tx,
                    "SELECT a.id, a.nearby_circles, coalesce(c.lat, a.home_lat), coalesce(c.lng, a.home_lng)"
                    " FROM accounts a LEFT JOIN check_in_shown s ON s.owner_id = a.id"
                    " AND s.account_id = :viewer LEFT JOIN check_ins c ON c.owner_id = s.owner_id"
                    " AND c.id = s.check_in_id AND c.until_at > :now WHERE a.id IN " +
                        ids_in(tx.dialect()) + " AND a.nearby_circles IS NOT NULL ORDER BY a.id",
                    into(row.account), into(text), into(lat), into(lng), use(viewer, "viewer"),
                    use(now, "now"), use(ids, "ids"));
    std::vector<Candidate> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.circles = circles::from_json(text);
        row.here = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        found.push_back(row);
    }
    return found;
}

void note_near(Tx& tx, core::AccountId checked_in, core::AccountId other, Instant until, Instant quiet_until,
               Instant now) {
    const auto note = [&](core::AccountId owner, core::AccountId about) {
        run(tx,
            "INSERT INTO nearby_notes (owner_id, account_id, check_in_owner, until_at, quiet_until)"
            " VALUES (:owner, :account, :checked_in, :until, :quiet) ON CONFLICT (owner_id, account_id)"
            " DO UPDATE SET check_in_owner = excluded.check_in_owner, until_at = excluded.until_at,"
            " quiet_until = excluded.quiet_until, seen_at = NULL WHERE nearby_notes.quiet_until <= :now",
            use(owner, "owner"), use(about, "account"), use(checked_in, "checked_in"), use(until, "until"),
            use(quiet_until, "quiet"), use(now, "now"));
    };
    note(checked_in, other);
    note(other, checked_in);
}

std::vector<Note> notes(Tx& tx, core::AccountId owner, Instant now) {
    OtherRow other;
    core::AccountId checked_in;
    Instant until;
    Prepared select(tx,
                    std::string("SELECT") + kOther +
                        ", n.check_in_owner, n.until_at FROM nearby_notes n JOIN accounts a"
                        " ON a.id = n.account_id" +
                        kTheirPerson +
                        "WHERE n.owner_id = :viewer AND n.until_at > :now AND n.seen_at IS NULL"
                        " ORDER BY n.until_at, a.id, p.id",
                    use(owner, "viewer"), use(now, "now"));
    other.bind(select);
    select.bind(into(checked_in));
    select.bind(into(until));
    std::vector<Note> found;
    for (bool more = select.execute(); more; more = select.fetch())
        if (found.empty() || found.back().who.account != other.who.account)
            found.push_back({other.who, checked_in == other.who.account, until});
    return found;
}

void see_note(Tx& tx, core::AccountId owner, core::AccountId other, Instant now) {
    run(tx, "UPDATE nearby_notes SET seen_at = :now WHERE owner_id = :owner AND account_id = :other",
        use(now, "now"), use(owner, "owner"), use(other, "other"));
}

void sweep(Tx& tx, Instant now) {
    run(tx, "DELETE FROM check_ins WHERE until_at <= :now", use(now, "now"));
    run(tx, "DELETE FROM nearby_notes WHERE quiet_until <= :now", use(now, "now"));
}

}  // namespace vv::store::check_ins
