// store/push.h — browsers that are told by web push, and the server's own key for it.
#pragma once

#include "base/p256.h"
#include "core/push.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::push {

/// The server's key pair, made at the first call and kept ever after: a browser's subscription holds for one
/// key alone.
P256Pair server_key(Tx& tx);

/// A browser asks in a session of its account. The row with its endpoint, whosever it was, gives way: who
/// holds the browser now is told there, and nobody else.
void save(Tx& tx, const core::PushDevice& device, const std::string& session_hash);
/// Oldest first; none whose session is over.
std::vector<core::PushDevice> list(Tx& tx, core::AccountId owner, Instant now);
std::optional<core::PushDevice> find(Tx& tx, core::AccountId owner, core::PushDeviceId id, Instant now);
void save_wishes(Tx& tx, core::AccountId owner, core::PushDeviceId id, const core::PushWishes& wishes);
/// Whether there was one.
bool remove(Tx& tx, core::AccountId owner, core::PushDeviceId id);
void note_told(Tx& tx, core::AccountId owner, core::PushDeviceId id, Instant now);

}  // namespace vv::store::push
