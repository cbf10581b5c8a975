#include "store/free_to_meet.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/statements.h"

namespace vv::store::free_to_meet {
namespace {

using soci::into;
using soci::use;

/// A window's columns, to be read into.
struct Row {
    core::FreeWindow window;
    std::optional<std::string> kind;

    void bind(Prepared& select) {
        select.bind(into(window.id));
        select.bind(into(window.when.start));
        select.bind(into(window.when.end));
        select.bind(into(kind));
        select.bind(into(window.place));
        select.bind(into(window.at.lat));
        select.bind(into(window.at.lng));
        select.bind(into(window.radius_km));
    }
    [[nodiscard]] core::FreeWindow read() const {
        core::FreeWindow made = window;
        made.kind = kind ? core::parse_meeting_kind(*kind) : std::nullopt;
        return made;
    }
};
constexpr const char* kWindow = " w.id, w.start_at, w.end_at, w.kind, w.place, w.lat, w.lng, w.radius_km ";

}  // namespace

void save(Tx& tx, core::AccountId owner, const core::FreeWindow& window,
          std::span<const core::AccountId> shown_to) {
    const auto kind = window.kind ? std::optional(std::string(core::to_string(*window.kind))) : std::nullopt;
    run(tx,
        "INSERT INTO free_windows (owner_id, id, start_at, end_at, kind, place, lat, lng, radius_km)"
        " VALUES (:owner, :id, :start, :end, :kind, :place, :lat, :lng, :radius)",
        use(owner, "owner"), use(window.id, "id"), use(window.when.start, "start"),
        use(window.when.end, "end"), use(kind, "kind"), use(window.place, "place"), use(window.at.lat, "lat"),
        use(window.at.lng, "lng"), use(window.radius_km, "radius"));
    Bulk insert(tx, {{"owner_id"}, {"window_id"}, {"account_id"}},
                "INSERT INTO free_window_shown (owner_id, window_id, account_id)"
                " SELECT owner_id, window_id, account_id FROM r");
    for (const core::AccountId account : shown_to) insert.add(owner, window.id, account);
    insert.finish();
}

bool remove(Tx& tx, core::AccountId owner, core::FreeWindowId id) {
    Prepared gone(tx, "DELETE FROM free_windows WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
                  use(id, "id"));
    gone.execute();
    return gone.affected_rows() > 0;
}

std::vector<Mine> mine(Tx& tx, core::AccountId owner, Instant now) {
    Row row;
    Prepared select(tx,
                    std::string("SELECT") + kWindow +
                        "FROM free_windows w WHERE w.owner_id = :owner AND w.end_at > :now"
                        " ORDER BY w.start_at, w.id",
                    use(owner, "owner"), use(now, "now"));
    row.bind(select);
    std::vector<Mine> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back({row.read(), {}});
    core::FreeWindowId window;
    core::AccountName name;
    Prepared shown(tx,
                   "SELECT s.window_id, a.id, a.handle, a.full_name FROM free_window_shown s JOIN accounts a"
                   " ON a.id = s.account_id WHERE s.owner_id = :owner ORDER BY a.full_name, a.id",
                   into(window), into(name.id), into(name.handle), into(name.name), use(owner, "owner"));
    for (bool more = shown.execute(); more; more = shown.fetch())
        for (Mine& one : found)
            if (one.window.id == window) one.shown_to.push_back(name);
    return found;
}

std::vector<Shown> shown_to(Tx& tx, core::AccountId viewer, Instant now) {
    check_ins::Other other;
    Row row;
    Prepared select(tx,
                    std::string("SELECT a.id, a.handle, a.full_name, p.id,") + kWindow +
                        "FROM free_window_shown s JOIN free_windows w ON w.owner_id = s.owner_id"
                        " AND w.id = s.window_id JOIN accounts a ON a.id = s.owner_id"
                        " LEFT JOIN people p ON p.owner_id = :viewer AND p.account_id = a.id"
                        " WHERE s.account_id = :viewer AND w.end_at > :now ORDER BY w.start_at, w.id, p.id",
                    into(other.account), into(other.handle), into(other.name), into(other.person),
                    use(viewer, "viewer"), use(now, "now"));
    row.bind(select);
    std::vector<Shown> found;
    for (bool more = select.execute(); more; more = select.fetch())
        if (found.empty() || found.back().window.id != row.window.id) found.push_back({other, row.read()});
    return found;
}

void sweep(Tx& tx, Instant now) {
    run(tx, "DELETE FROM free_windows WHERE end_at <= :now", use(now, "now"));
}

}  // namespace vv::store::free_to_meet
