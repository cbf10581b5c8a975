// store/devices.h — an account's devices: the public half of one Ed25519 key each.
#pragma once

#include "core/devices.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::devices {

/// False when this key is registered already, by whomever, or was once.
bool add(Tx& tx, const core::Device& device);
/// Those in use, oldest first.
std::vector<core::Device> list(Tx& tx, core::AccountId account);
/// One in use.
std::optional<core::Device> find(Tx& tx, core::AccountId account, core::DeviceId id);
std::optional<core::Device> find_by_key(Tx& tx, core::AccountId account, const std::string& public_key);
/// Whether there was such a device in use. Its row stays, so that its key is never taken again.
bool revoke(Tx& tx, core::AccountId account, core::DeviceId id, Instant now);
/// It has just signed something.
void touch(Tx& tx, core::AccountId account, core::DeviceId id, Instant now);

}  // namespace vv::store::devices
