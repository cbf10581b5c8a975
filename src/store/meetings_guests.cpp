#include "store/bind.h"
#include "store/lists.h"
#include "store/meetings.h"
#include "store/statements.h"

namespace vv::store::meetings {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kInvitee =
    "SELECT p.id, p.name, p.relation, p.account_id, p.first_met,"
    " CASE WHEN p.blocked_at IS NULL THEN 0 ELSE 1 END,"
    " (SELECT i.id FROM identities i WHERE i.owner_id = p.owner_id AND i.person_id = p.id"
    " ORDER BY CASE i.network WHEN 'account' THEN 0 ELSE 1 END, i.id LIMIT 1)"
    " FROM people p WHERE p.owner_id = :owner AND ";

template <class... Uses>
std::optional<Invitee> select_invitee(Tx& tx, core::AccountId owner, std::string_view condition,
                                      const Uses&... uses) {
    Invitee found;
    std::string relation;
    if (!run(tx, std::string(kInvitee).append(condition), into(found.person), into(found.name),
             into(relation), into(found.account), into(found.first_met), into(found.is_blocked),
             into(found.identity), use(owner, "owner"), uses...))
        return std::nullopt;
    found.relation = core::parse_relation(relation).value_or(core::Relation::acquaintance);
    return found;
}

}  // namespace

void save_guest(Tx& tx, core::AccountId owner, core::MeetingId id, const Guest& guest) {
    run(tx,
        "INSERT INTO meeting_guests (owner_id, meeting_id, email, zone, mailed_at, declined_at, refused_at)"
        " VALUES (:owner, :meeting, :email, :zone, :mailed, :declined, :refused)"
        " ON CONFLICT (owner_id, meeting_id) DO UPDATE SET email = excluded.email, zone = excluded.zone, "
        "mailed_at = excluded.mailed_at,"
        " declined_at = excluded.declined_at, refused_at = excluded.refused_at",
        use(owner, "owner"), use(id, "meeting"), use(guest.email, "email"), use(guest.zone, "zone"),
        use(guest.mailed_at, "mailed"), use(guest.declined_at, "declined"), use(guest.refused_at, "refused"));
}

std::optional<Guest> find_guest(Tx& tx, core::AccountId owner, core::MeetingId id) {
    Guest guest;
    if (!run(tx,
             "SELECT email, zone, mailed_at, declined_at, refused_at FROM meeting_guests"
             " WHERE owner_id = :owner AND meeting_id = :meeting",
             into(guest.email), into(guest.zone), into(guest.mailed_at), into(guest.declined_at),
             into(guest.refused_at), use(owner, "owner"), use(id, "meeting")))
        return std::nullopt;
    return guest;
}

std::unordered_map<core::MeetingId, Guest> guests(Tx& tx, core::AccountId owner,
                                                  const std::vector<core::MeetingId>& ids) {
    std::unordered_map<core::MeetingId, Guest> found;
    const std::string list = id_list(ids);
    core::MeetingId id;
    Guest guest;
    Prepared statement(
        tx,
        "SELECT meeting_id, email, zone, mailed_at, declined_at, refused_at FROM meeting_guests"
        " WHERE owner_id = :owner AND meeting_id IN " +
            ids_in(tx.dialect()),
        into(id), into(guest.email), into(guest.zone), into(guest.mailed_at), into(guest.declined_at),
        into(guest.refused_at), use(owner, "owner"), use(list, "ids"));
    for (bool more = statement.execute(); more; more = statement.fetch()) found.emplace(id, guest);
    return found;
}

std::unordered_map<core::AccountId, Other> others(Tx& tx, const std::vector<core::AccountId>& ids) {
    std::unordered_map<core::AccountId, Other> found;
    const std::string list = id_list(ids);
    core::AccountId id;
    Other other;
    Prepared statement(
        tx,
        "SELECT id, handle, full_name, CASE WHEN email_verified_at IS NULL THEN '' ELSE email END, locale"
        " FROM accounts WHERE id IN " +
            ids_in(tx.dialect()),
        into(id), into(other.handle), into(other.name), into(other.email), into(other.locale),
        use(list, "ids"));
    for (bool more = statement.execute(); more; more = statement.fetch()) found.emplace(id, other);
    return found;
}

void add_link(Tx& tx, core::AccountId owner, core::MeetingId id, const std::string& token_hash, Instant now) {
    run(tx,
        "INSERT INTO meeting_links (owner_id, meeting_id, token_hash, created_at)"
        " VALUES (:owner, :meeting, :hash, :now)",
        use(owner, "owner"), use(id, "meeting"), use(token_hash, "hash"), use(now, "now"));
}

std::optional<Linked> find_by_link(Tx& tx, const std::string& token_hash) {
    Linked found;
    if (!run(tx, "SELECT owner_id, meeting_id FROM meeting_links WHERE token_hash = :hash", into(found.owner),
             into(found.meeting), use(token_hash, "hash")))
        return std::nullopt;
    return found;
}

std::optional<Linked> find_by_uid(Tx& tx, const std::string& uid) {
    Linked found;
    if (!run(tx, "SELECT owner_id, id FROM meetings WHERE uid = :uid AND role = 'organiser'",
             into(found.owner), into(found.meeting), use(uid, "uid")))
        return std::nullopt;
    return found;
}

Result<Invitee> invitee(Tx& tx, core::AccountId owner, core::PersonId person) {
    std::optional<Invitee> found = select_invitee(tx, owner, "p.id = :person", use(person, "person"));
    if (!found) return Error{Fault::not_found, "person.unknown", "There is no such person among yours."};
    return *std::move(found);
}

std::optional<Invitee> invitee(Tx& tx, core::AccountId owner, core::AccountId account) {
    return select_invitee(tx, owner, "p.account_id = :account ORDER BY p.id LIMIT 1",
                          use(account, "account"));
}

}  // namespace vv::store::meetings
