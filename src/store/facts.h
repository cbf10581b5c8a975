// store/facts.h — what archives say, written in batches: identities with their sources, ties, contacts,
// gatherings.
//
// Everything is written so that writing it again changes nothing. A row names its identity by a Ref, because
// identities that are new get their ids only when the batch is written.
#pragma once

#include "core/encounters.h"
#include "core/facts.h"
#include "core/topics.h"
#include "store/database.h"
#include "store/own_venues.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vv::store::facts {

/// An identity's id, or −1 − i for the i-th of the batch's keys.
using Ref = std::int64_t;

using FileId = std::int64_t;

struct Source {
    Ref who = 0;
    FileId file = 0;
    std::int64_t line = 0;
    core::Attributes attributes;
    bool is_blocked = false;
};

struct TieRow {
    Ref who = 0;
    core::TieKind kind = core::TieKind::connected;
    std::optional<Instant> since;
    FileId file = 0;
    std::int64_t line = 0;
};

/// 48 bytes: what most of an archive is.
struct ContactRow {
    Ref who = 0;
    Instant at;
    std::int64_t hash = 0;
    FileId file = 0;
    std::int64_t line = 0;
    std::int32_t people = 2;
    core::Channel channel = core::Channel::message;
    core::Direction direction = core::Direction::in;
};

struct GatheringRow {
    std::string source, series, key;
    FileId file = 0;
    std::int64_t line = 0;
    std::int64_t revision = 0;
    core::Gathering gathering;  // its attendees' ids are Refs until written
};

struct BusyRow {
    std::string key;
    Span when;
    std::optional<core::DayRange> days;
    FileId file = 0;
};

struct PostRow {
    std::string key, text, url;
    Instant at;
    FileId file = 0;
};

/// By its key: it draws no identity.
struct TopicRow {
    core::IdentityKey who;
    core::Topic topic;
    FileId file = 0;
};

struct OwnerKeyRow {
    std::string network;  // a network, or "name" for a name of the owner's
    std::string key;
    FileId file = 0;
};

struct Batch {
    std::vector<core::IdentityKey> keys;  // without doubles
    std::vector<Source> sources;          // at least one for each key and file that names it
    std::vector<TieRow> ties;
    std::vector<ContactRow> contacts;
    std::vector<GatheringRow> gatherings;
    std::vector<BusyRow> busy;
    std::vector<PostRow> posts;
    std::vector<TopicRow> topics;
    std::vector<own_venues::CheckedIn> venues;
    std::vector<OwnerKeyRow> owner_keys;

    [[nodiscard]] bool empty() const {
        return keys.empty() && sources.empty() && ties.empty() && contacts.empty() && gatherings.empty() &&
               busy.empty() && posts.empty() && topics.empty() && venues.empty() && owner_keys.empty();
    }
};

/// Writes a batch; gives the ids of its keys, in order. A constant number of statements, whatever the batch's
/// size, but for identities that were there before, which are looked at in chunks.
std::vector<core::IdentityId> write(Tx& tx, core::AccountId owner, const Batch& batch, IdSource& ids,
                                    Instant now);

/// All that the owner's archives name, the owner's own among them. One statement, O(their number).
std::int64_t count_identities(Tx& tx, core::AccountId owner);

}  // namespace vv::store::facts
