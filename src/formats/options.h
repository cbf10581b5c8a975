// formats/options.h — what every parser of archives is told, and what it tells besides its facts.
#pragma once

#include "core/facts.h"
#include "core/topics.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace vv::formats {

struct ParseOptions {
    Instant now;
    std::string region;  // ISO 3166 of the owner, for telephone numbers; may be empty
    Zone zone;           // the owner's, for wall times without a zone
    /// Addresses and names known to be the owner's, in any case: the account's, and what OwnerSeen facts of
    /// groups read before have told. Calendars need them most.
    std::vector<std::string> owner_emails;
    std::vector<std::string> owner_names;
    /// What the owner answered to OwnerUnsure: who the owner is in an archive, and who not.
    std::vector<core::IdentityKey> confirmed_keys;
    std::vector<core::IdentityKey> denied_keys;
    /// Calendar entries outside it are left out; empty: from 30 years before `now` to 2 years after.
    Span window{Instant{}, Instant{}};
    /// Told how many bytes of the group have been read, about every 64 KiB.
    std::function<void(std::uint64_t)> progress;
    /// Where titles and tags of what others wrote go; null: nowhere.
    core::TopicSink* topics = nullptr;
};

struct Summary {
    std::uint64_t records = 0;   // rows, cards, events
    std::uint64_t rejected = 0;  // those that could not be read, each put out as a Rejected
    bool stopped = false;        // the sink asked to stop
};

}  // namespace vv::formats
