#include "store/no_shows.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::no_shows {

using soci::into;
using soci::use;

std::set<core::PersonId> of_owner(Tx& tx, core::AccountId owner, Instant now) {
    core::PersonId person;
    Prepared select(tx,
                    "SELECT i.person_id FROM meetings m JOIN identities i ON i.owner_id = m.owner_id"
                    " AND i.id = m.identity_id WHERE m.owner_id = :owner AND m.no_show = 1"
                    " AND m.faults_until > :now",
                    into(person), use(owner, "owner"), use(now, "now"));
    std::set<core::PersonId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.insert(person);
    return found;
}

void forget(Tx& tx, Instant now) {
    run(tx,
        "UPDATE meetings SET no_show = 0, faults_until = NULL, organiser_excuse = '', invitee_excuse = '',"
        " is_excused = 0,"
        " organiser_says = CASE WHEN organiser_says IN ('unsaid', 'met') THEN organiser_says"
        " ELSE 'missed' END,"
        " invitee_says = CASE WHEN invitee_says IN ('unsaid', 'met') THEN invitee_says ELSE 'missed' END"
        " WHERE faults_until <= :now",
        use(now, "now"));
}

}  // namespace vv::store::no_shows
