#include "store/facts.h"

#include "core/attributes.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/gatherings.h"
#include "store/internal/said.h"
#include "store/lists.h"
#include "store/topics.h"

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
                        " AS k CROSS JOIN identities i"
                        " WHERE i.owner_id = :owner AND i.network = k.value->>0 AND i.key = k.value->>1",
                    into(index), into(id), use(text, "keys"), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        found.ids[static_cast<std::size_t>(index)] = id;
        found.is_new[static_cast<std::size_t>(index)] = false;
    }
    for (IdentityId& drawn : found.ids)
        if (!drawn.is_set()) drawn = IdentityId{source.next(now)};
    return found;
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
        const core::Attributes joined = one.join();
        insert.add(owner, keys.ids[i], core::to_string(names[i].network), names[i].key, joined.name.full,
                   attributes_to_json(joined), one.is_blocked() ? std::optional(now) : std::nullopt);
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
    load_known(tx, owner, older, known);
    hear(known, batch.sources, keys);
    add_identities(tx, owner, batch.keys, keys, known, now);
    save_joined(tx, owner, known, now);
    save_said(tx, owner, known);
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
    Bulk busy(tx,
              {{"owner_id"},
               {"key", Bulk::text},
               {"start_at"},
               {"end_at"},
               {"file_id"},
               {"first_day"},
               {"last_day"}},
              "INSERT INTO busy (owner_id, key, start_at, end_at, file_id, first_day, last_day)"
              " SELECT owner_id, key, start_at, end_at, file_id, first_day, last_day FROM r WHERE true"
              " ON CONFLICT DO NOTHING");
    const auto number = [](Date day) -> std::int64_t {
        return std::chrono::sys_days(day).time_since_epoch().count();
    };
    for (const BusyRow& row : batch.busy) {
        if (row.days)
            busy.add(owner, row.key, row.when.start, row.when.end, row.file, number(row.days->first),
                     number(row.days->last));
        else
            busy.add(owner, row.key, row.when.start, row.when.end, row.file, std::nullopt, std::nullopt);
    }
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
    for (const OwnerKeyRow& row : batch.owner_keys) keys.add(owner, row.network, row.key, row.file);
    keys.finish();
}

}  // namespace

std::vector<IdentityId> write(Tx& tx, AccountId owner, const Batch& batch, IdSource& ids, Instant now) {
    const Keys keys = find_or_draw(tx, owner, batch.keys, ids, now);
    if (!batch.sources.empty()) write_identities(tx, owner, batch, keys, now);
    if (!batch.ties.empty()) write_ties(tx, owner, batch.ties, keys);
    if (!batch.contacts.empty()) write_contacts(tx, owner, batch.contacts, keys);
    if (!batch.gatherings.empty()) write_gatherings(tx, owner, batch.gatherings, keys);
    if (!batch.topics.empty()) topics::write(tx, owner, batch.topics);
    if (!batch.venues.empty()) own_venues::write(tx, owner, batch.venues, ids, now);
    if (!batch.busy.empty() || !batch.posts.empty() || !batch.owner_keys.empty())
        write_owners_own(tx, owner, batch);
    return keys.ids;
}

std::int64_t count_identities(Tx& tx, AccountId owner) {
    std::int64_t count = 0;
    run(tx, "SELECT count(*) FROM identities WHERE owner_id = :owner", soci::into(count),
        soci::use(owner, "owner"));
    return count;
}

}  // namespace vv::store::facts
