#include "app/devices.h"

#include "store/devices.h"

namespace vv::app {

Result<core::Device> add_device(store::Tx& tx, Caller caller, NewDevice input) {
    core::Device device;
    device.account = caller.account;
    device.id = input.id;
    device.created_at = caller.now;
    TRY(device.name, core::check_device_name(input.name));
    TRY(device.public_key, core::check_public_key(input.public_key));
    if (auto known = store::devices::find_by_key(tx, caller.account, device.public_key))
        return *std::move(known);
    if (store::devices::list(tx, caller.account).size() >= core::kMaxDevices)
        return Error(Fault::conflict, "device.too_many",
                     "An account has at most 20 devices; remove one first.");
    if (!store::devices::add(tx, device))
        return Error(Fault::conflict, "device.key_taken",
                     "This key has been used already; let the page make a new one.")
            .at("public_key");
    return device;
}

Result<std::vector<core::Device>> list_devices(store::Tx& tx, Caller caller) {
    return store::devices::list(tx, caller.account);
}

Result<Done> revoke_device(store::Tx& tx, Caller caller, core::DeviceId id) {
    if (!store::devices::revoke(tx, caller.account, id, caller.now))
        return Error(Fault::not_found, "device.unknown", "There is no such device (any more).");
    return Done{};
}

}  // namespace vv::app
