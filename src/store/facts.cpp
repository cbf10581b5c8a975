#include "store/facts.h"

#include "core/attributes.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/gatherings.h"
#include "store/lists.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace vv::store::facts {
namespace {

using core::AccountId;
using core::IdentityId;
using soci::into;
using soci::use;

/// What the database holds of an identity and what its files say of it.
struct Known {
    core::Network network = core::Network::manual;
    bool is_new = false;
    bool is_changed = false;
    std::string attributes;
    struct Said {
        std::int64_t line = 0;
        core::Attributes attributes;
        bool is_blocked = false;
        bool is_changed = false;
    };
    std::map<FileId, Said, std::greater<>> sources;  // newest file first
};
using KnownIdentities = std::map<IdentityId, Known>;

/// The ids of the batch's keys, found or drawn.
struct Keys {
    std::vector<IdentityId> ids;
    std::vector<bool> is_new;

    [[nodiscard]] IdentityId of(Ref ref) const {
        return ref < 0 ? ids[static_cast<std::size_t>(-1 - ref)] : IdentityId{ref};
    }
};

Keys find_or_draw(Tx& tx, AccountId owner, const std::vector<core::IdentityKey>& keys, IdSource& source,
                  Instant now) {
    Keys found{std::vector<IdentityId>(keys.size()), std::vector<bool>(keys.size(), true)};
    if (keys.empty()) return found;
    boost::json::array list;
    list.reserve(keys.size());
    for (const core::IdentityKey& key : keys) list.push_back({core::to_string(key.network), key.key});
    const std::string text = boost::json::serialize(list);
    long long index = 0;
    IdentityId id;
    Prepared select(tx,
                    "SELECT k.key, i.id FROM " + json_rows(tx.dialect(), "keys") +
                        " AS k JOIN identities i ON i.owner_id = :owner AND i.network = k.value->>0 AND "
                        "i.key = k.value->>1",
                    into(index), into(id), use(text, "keys"), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        found.ids[static_cast<std::size_t>(index)] = id;
        found.is_new[static_cast<std::size_t>(index)] = false;
    }
    for (IdentityId& drawn : found.ids)
        if (!drawn.is_set()) drawn = IdentityId{source.next(now)};
    return found;
}

void load(Tx& tx, AccountId owner, const std::vector<IdentityId>& identities, KnownIdentities& known) {
    if (identities.empty()) return;
    const std::string ids = id_list(identities);
    IdentityId id;
    std::string network;
    std::string joined;
    std::optional<long long> file;
    std::optional<long long> line;
    std::optional<std::string> said;
    std::optional<bool> is_blocked;
    Prepared select(tx,
                    "SELECT i.id, i.network, i.attributes, s.file_id, s.line, s.attributes, s.is_blocked "
                    "FROM identities i"
                    " LEFT JOIN identity_sources s ON s.owner_id = i.owner_id AND s.identity_id = i.id"
                    " WHERE i.owner_id = :owner AND i.id IN " +
                        ids_in(tx.dialect()),
                    into(id), into(network), into(joined), into(file), into(line), into(said),
                    into(is_blocked), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        Known& one = known[id];
        one.network = core::parse_network(network).value_or(core::Network::manual);
        one.attributes = joined;
        if (file) one.sources[*file] = {*line, attributes_from_json(*said), *is_blocked, false};
    }
}

/// Adds what the batch says to what is known.
void hear(KnownIdentities& known, const std::vector<Source>& sources, const Keys& keys) {
    for (const Source& source : sources) {
        Known& one = known[keys.of(source.who)];
        const auto [at, is_first] = one.sources.try_emplace(
            source.file, Known::Said{source.line, source.attributes, source.is_blocked, true});
        one.is_changed = one.is_changed || is_first;
        if (is_first) continue;
        core::Attributes before = at->second.attributes;
        core::add_attributes(at->second.attributes, source.attributes);
        const bool adds = at->second.attributes != before || (source.is_blocked && !at->second.is_blocked);
        at->second.is_blocked = at->second.is_blocked || source.is_blocked;
        at->second.is_changed = at->second.is_changed || adds;
        one.is_changed = one.is_changed || adds;
    }
}

core::Attributes join(const Known& known) {
    std::vector<core::Attributes> newest_first;
    for (const auto& [file, said] : known.sources) newest_first.push_back(said.attributes);
    return core::join_attributes(known.network, newest_first);
}

bool is_blocked(const Known& known) {
    return std::any_of(known.sources.begin(), known.sources.end(),
                       [](const auto& s) { return s.second.is_blocked; });
}

void save_sources(Tx& tx, AccountId owner, const KnownIdentities& known) {
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

void save_identities(Tx& tx, AccountId owner, const KnownIdentities& known, Instant now) {
    Bulk update(tx, {{"owner_id"}, {"id"}, {"name", Bulk::text}, {"attributes", Bulk::text}, {"blocked_at"}},
                "UPDATE identities SET name = r.name, attributes = r.attributes, is_stale = 1,"
                " blocked_at = CASE WHEN r.blocked_at IS NULL THEN NULL ELSE coalesce(identities.blocked_at, "
                "r.blocked_at) END"
                " FROM r WHERE identities.owner_id = r.owner_id AND identities.id = r.id");
    for (const auto& [id, one] : known) {
        if (one.is_new || !one.is_changed) continue;
        const core::Attributes joined = join(one);
        update.add(owner, id, joined.name.full, attributes_to_json(joined),
                   is_blocked(one) ? std::optional(now) : std::nullopt);
    }
    update.finish();
}

void add_identities(Tx& tx, AccountId owner, const std::vector<core::IdentityKey>& names, const Keys& keys,
                    const KnownIdentities& known, Instant now) {
    Bulk insert(tx,
                {{"owner_id"},
                 {"id"},
                 {"network", Bulk::text},
                 {"key", Bulk::text},
                 {"name", Bulk::text},
                 {"attributes", Bulk::text},
                 {"blocked_at"}},
                "INSERT INTO identities (owner_id, id, person_id, network, key, name, attributes, blocked_at)"
                " SELECT owner_id, id, 0, network, key, name, attributes, blocked_at FROM r");
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!keys.is_new[i]) continue;
        const Known& one = known.at(keys.ids[i]);
        const core::Attributes joined = join(one);
        insert.add(owner, keys.ids[i], core::to_string(names[i].network), names[i].key, joined.name.full,
                   attributes_to_json(joined), is_blocked(one) ? std::optional(now) : std::nullopt);
    }
    insert.finish();
}

void write_identities(Tx& tx, AccountId owner, const Batch& batch, const Keys& keys, Instant now) {
    KnownIdentities known;
    std::set<IdentityId> fresh;
    for (std::size_t i = 0; i < batch.keys.size(); ++i)
        if (keys.is_new[i]) {
            fresh.insert(keys.ids[i]);
            Known& one = known[keys.ids[i]];
            one.is_new = true;
            one.network = batch.keys[i].network;
        }
    std::vector<IdentityId> older;
    for (const Source& source : batch.sources)
        if (const IdentityId id = keys.of(source.who); !fresh.contains(id)) older.push_back(id);
    load(tx, owner, older, known);
    hear(known, batch.sources, keys);
    add_identities(tx, owner, batch.keys, keys, known, now);
    save_identities(tx, owner, known, now);
    save_sources(tx, owner, known);
}

void write_ties(Tx& tx, AccountId owner, const std::vector<TieRow>& ties, const Keys& keys) {
    std::map<std::tuple<IdentityId, core::TieKind, FileId>, TieRow> rows;  // the earliest of doubles
    for (const TieRow& tie : ties) {
        const auto [at, is_first] = rows.try_emplace({keys.of(tie.who), tie.kind, tie.file}, tie);
        if (!is_first && tie.since && (!at->second.since || *tie.since < *at->second.since))
            at->second.since = tie.since;
    }
    Bulk insert(
        tx, {{"owner_id"}, {"identity_id"}, {"kind", Bulk::text}, {"since"}, {"file_id"}, {"line"}},
        "INSERT INTO ties (owner_id, identity_id, kind, since, file_id, line)"
        " SELECT owner_id, identity_id, kind, since, file_id, line FROM r WHERE true"
        " ON CONFLICT (owner_id, identity_id, kind, file_id) DO UPDATE SET since = CASE"
        " WHEN excluded.since < ties.since OR ties.since IS NULL THEN excluded.since ELSE ties.since END");
    for (const auto& [key, tie] : rows)
        insert.add(owner, std::get<0>(key), core::to_string(tie.kind), tie.since, tie.file, tie.line);
    insert.finish();
}

/// In key order, so that neighbouring rows share their pages; without doubles of one file.
std::vector<ContactRow> in_key_order(const std::vector<ContactRow>& contacts, const Keys& keys) {
    std::vector<ContactRow> rows = contacts;
    for (ContactRow& row : rows) row.who = keys.of(row.who).value;
    const auto key = [](const ContactRow& row) { return std::tuple(row.who, row.at, row.hash, row.file); };
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    rows.erase(
        std::unique(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }),
        rows.end());
    return rows;
}

void write_contacts(Tx& tx, AccountId owner, const std::vector<ContactRow>& contacts, const Keys& keys) {
    const std::vector<ContactRow> rows = in_key_order(contacts, keys);
    Bulk insert(
        tx,
        {{"owner_id"},
         {"identity_id"},
         {"at"},
         {"hash"},
         {"channel"},
         {"direction"},
         {"people"},
         {"file_id"},
         {"line"}},
        "INSERT INTO contacts (owner_id, identity_id, at, hash, channel, direction, people, file_id, line)"
        " SELECT owner_id, identity_id, at, hash, channel, direction, people, file_id, line FROM r WHERE true"
        " ON CONFLICT DO NOTHING");
    for (const ContactRow& row : rows)
        insert.add(owner, row.who, row.at, row.hash, static_cast<int>(row.channel),
                   static_cast<int>(row.direction), static_cast<std::int64_t>(row.people), row.file,
                   row.line);
    if (insert.finish() == static_cast<std::int64_t>(rows.size())) return;
    Bulk copies(
        tx, {{"owner_id"}, {"file_id"}, {"identity_id"}, {"at"}, {"hash"}, {"line"}},
        "INSERT INTO contact_copies (owner_id, file_id, identity_id, at, hash, line)"
        " SELECT r.owner_id, r.file_id, r.identity_id, r.at, r.hash, r.line FROM r JOIN contacts c"
        " ON c.owner_id = r.owner_id AND c.identity_id = r.identity_id AND c.at = r.at AND c.hash = r.hash"
        " WHERE c.file_id <> r.file_id ON CONFLICT DO NOTHING");
    for (const ContactRow& row : rows) copies.add(owner, row.file, row.who, row.at, row.hash, row.line);
    copies.finish();
}

void write_gatherings(Tx& tx, AccountId owner, const std::vector<GatheringRow>& gatherings,
                      const Keys& keys) {
    std::map<std::tuple<std::string, std::string, std::string, FileId>, const GatheringRow*>
        rows;  // the last of doubles
    for (const GatheringRow& row : gatherings) rows[{row.source, row.series, row.key, row.file}] = &row;
    Bulk insert(
        tx,
        {{"owner_id"},
         {"source", Bulk::text},
         {"series", Bulk::text},
         {"key", Bulk::text},
         {"file_id"},
         {"line"},
         {"revision"},
         {"record", Bulk::text}},
        "INSERT INTO gatherings (owner_id, source, series, key, file_id, line, revision, record)"
        " SELECT owner_id, source, series, key, file_id, line, revision, record FROM r WHERE true"
        " ON CONFLICT (owner_id, source, series, key, file_id)"
        " DO UPDATE SET line = excluded.line, revision = excluded.revision, record = excluded.record");
    for (const auto& [key, row] : rows) {
        core::Gathering gathering = row->gathering;
        for (core::Attendee& attendee : gathering.attendees) attendee.who = keys.of(attendee.who.value);
        const std::string record =
            gathering.attendees.empty() ? std::string() : gatherings::to_json(gathering);
        insert.add(owner, row->source, row->series, row->key, row->file, row->line, row->revision, record);
    }
    insert.finish();
}

void write_owners_own(Tx& tx, AccountId owner, const Batch& batch) {
    Bulk busy(tx, {{"owner_id"}, {"key", Bulk::text}, {"start_at"}, {"end_at"}, {"file_id"}},
              "INSERT INTO busy (owner_id, key, start_at, end_at, file_id)"
              " SELECT owner_id, key, start_at, end_at, file_id FROM r WHERE true ON CONFLICT DO NOTHING");
    for (const BusyRow& row : batch.busy) busy.add(owner, row.key, row.when.start, row.when.end, row.file);
    busy.finish();
    Bulk posts(
        tx,
        {{"owner_id"}, {"key", Bulk::text}, {"at"}, {"text", Bulk::text}, {"url", Bulk::text}, {"file_id"}},
        "INSERT INTO posts (owner_id, key, at, text, url, file_id)"
        " SELECT owner_id, key, at, text, url, file_id FROM r WHERE true ON CONFLICT DO NOTHING");
    for (const PostRow& row : batch.posts) posts.add(owner, row.key, row.at, row.text, row.url, row.file);
    posts.finish();
    Bulk keys(tx, {{"owner_id"}, {"network", Bulk::text}, {"key", Bulk::text}, {"file_id"}},
              "INSERT INTO owner_identities (owner_id, network, key, file_id)"
              " SELECT owner_id, network, key, file_id FROM r WHERE true ON CONFLICT DO NOTHING");
    for (const OwnerKeyRow& row : batch.owner_keys)
        keys.add(owner, core::to_string(row.key.network), row.key.key, row.file);
    keys.finish();
}

}  // namespace

std::vector<IdentityId> write(Tx& tx, AccountId owner, const Batch& batch, IdSource& ids, Instant now) {
    const Keys keys = find_or_draw(tx, owner, batch.keys, ids, now);
    if (!batch.sources.empty()) write_identities(tx, owner, batch, keys, now);
    if (!batch.ties.empty()) write_ties(tx, owner, batch.ties, keys);
    if (!batch.contacts.empty()) write_contacts(tx, owner, batch.contacts, keys);
    if (!batch.gatherings.empty()) write_gatherings(tx, owner, batch.gatherings, keys);
    if (!batch.busy.empty() || !batch.posts.empty() || !batch.owner_keys.empty())
        write_owners_own(tx, owner, batch);
    return keys.ids;
}

void rejoin(Tx& tx, AccountId owner, const std::vector<IdentityId>& identities, Instant now) {
    KnownIdentities known;
    load(tx, owner, identities, known);
    std::vector<IdentityId> gone;
    for (auto& [id, one] : known) {
        if (one.sources.empty())
            gone.push_back(id);
        else
            one.is_changed = attributes_to_json(join(one)) != one.attributes;
    }
    save_identities(tx, owner, known, now);
    if (gone.empty()) return;
    const std::string ids = id_list(gone);
    const std::string in = ids_in(tx.dialect());
    run(tx,
        "UPDATE identities SET is_stale = 1 WHERE owner_id = :owner AND person_id <> 0 AND person_id IN"
        " (SELECT person_id FROM identities WHERE owner_id = :owner AND id IN " +
            in + ")",
        use(owner, "owner"), use(ids, "ids"));
    for (const char* const rows : {"encounter_people WHERE owner_id = :owner AND identity_id IN ",
                                   "identities WHERE owner_id = :owner AND id IN "})
        run(tx, std::string("DELETE FROM ") + rows + in, use(owner, "owner"), use(ids, "ids"));
}

std::vector<IdentityId> owner_identities(Tx& tx, AccountId owner) {
    IdentityId id;
    Prepared select(
        tx,
        "SELECT i.id FROM identities i WHERE i.owner_id = :owner AND EXISTS (SELECT 1 FROM owner_identities o"
        " WHERE o.owner_id = i.owner_id AND o.network = i.network AND o.key = i.key)",
        into(id), use(owner, "owner"));
    std::vector<IdentityId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(id);
    return found;
}

}  // namespace vv::store::facts
