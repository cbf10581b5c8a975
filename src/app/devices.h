// app/devices.h — the devices with which an account shakes hands.
#pragma once

#include "app/caller.h"
#include "core/devices.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace vv::app {

struct NewDevice {
    core::DeviceId id;
    std::string name;
    std::string public_key;
};
/// The same key of the same account again is the device that is there. Faults: `invalid` with the field;
/// `conflict` device.key_taken for a key that was registered by another account or revoked, device.too_many.
Result<core::Device> add_device(store::Tx& tx, Caller caller, NewDevice input);
/// Those in use, oldest first.
Result<std::vector<core::Device>> list_devices(store::Tx& tx, Caller caller);
/// Nothing it signs afterwards is believed; what it signed before stays true. `not_found` device.unknown.
Result<Done> revoke_device(store::Tx& tx, Caller caller, core::DeviceId id);

}  // namespace vv::app
