#include "store/internal/said.h"

#include "core/attributes.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"

#include <algorithm>

namespace vv::store {

using core::AccountId;
using core::IdentityId;
using soci::into;
using soci::use;

core::Attributes Known::join() const {
    std::vector<core::Attributes> newest_first;
    for (const auto& [file, said] : sources) newest_first.push_back(said.attributes);
    return core::join_attributes(network, newest_first);
}

bool Known::is_blocked() const {
    return std::any_of(sources.begin(), sources.end(), [](const auto& s) { return s.second.is_blocked; });
}

void load_known(Tx& tx, AccountId owner, const std::vector<IdentityId>& identities, KnownIdentities& known) {
    if (identities.empty()) return;
    const std::string ids = id_list(identities);
    IdentityId id;
    std::string network;
    std::string joined;
    bool was_blocked = false;
    std::optional<long long> file;
    std::optional<long long> line;
    std::optional<std::string> said;
    std::optional<bool> is_blocked;
    Prepared select(tx,
                    "SELECT i.id, i.network, i.attributes, CASE WHEN i.blocked_at IS NULL THEN 0 ELSE 1 END,"
                    " s.file_id, s.line, s.attributes, s.is_blocked FROM identities i"
                    " LEFT JOIN identity_sources s ON s.owner_id = i.owner_id AND s.identity_id = i.id"
                    " WHERE i.owner_id = :owner AND i.id IN " +
                        ids_in(tx.dialect()),
                    into(id), into(network), into(joined), into(was_blocked), into(file), into(line),
                    into(said), into(is_blocked), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        Known& one = known[id];
        one.network = core::parse_network(network).value_or(core::Network::manual);
        one.attributes = joined;
        one.was_blocked = was_blocked;
        if (file) one.sources[*file] = {*line, attributes_from_json(*said), *is_blocked, false};
    }
}

void save_said(Tx& tx, AccountId owner, const KnownIdentities& known) {
    Bulk save(
        tx,
        {{"owner_id"}, {"identity_id"}, {"file_id"}, {"line"}, {"attributes", Bulk::text}, {"is_blocked"}},
        "INSERT INTO identity_sources (owner_id, identity_id, file_id, line, attributes, is_blocked)"
        " SELECT owner_id, identity_id, file_id, line, attributes, is_blocked FROM r WHERE true"
        " ON CONFLICT (owner_id, identity_id, file_id)"
        " DO UPDATE SET attributes = excluded.attributes, is_blocked = excluded.is_blocked");
    for (const auto& [id, one] : known)
        for (const auto& [file, said] : one.sources)
            if (said.is_changed)
                save.add(owner, id, file, said.line, attributes_to_json(said.attributes), said.is_blocked);
    save.finish();
}

void save_joined(Tx& tx, AccountId owner, const KnownIdentities& known, Instant now) {
    Bulk update(tx, {{"owner_id"}, {"id"}, {"name", Bulk::text}, {"attributes", Bulk::text}, {"blocked_at"}},
                "UPDATE identities SET name = r.name, attributes = r.attributes, is_stale = 1,"
                " blocked_at = CASE WHEN r.blocked_at IS NULL THEN NULL ELSE coalesce(identities.blocked_at, "
                "r.blocked_at) END"
                " FROM r WHERE identities.owner_id = r.owner_id AND identities.id = r.id");
    for (const auto& [id, one] : known) {
        if (one.is_new || !one.is_changed) continue;
        const core::Attributes joined = one.join();
        const std::string attributes = attributes_to_json(joined);
        if (attributes == one.attributes && one.is_blocked() == one.was_blocked) continue;
        update.add(owner, id, joined.name.full, attributes,
                   one.is_blocked() ? std::optional(now) : std::nullopt);
    }
    update.finish();
}

}  // namespace vv::store
