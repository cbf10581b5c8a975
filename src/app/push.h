// app/push.h — web push: which browsers are told, what goes into the outbox for them, and what each gets.
//
// One effect of kind "push" for a browser and a piece of news. What it says is decided when it is sent: a
// reminder that was seen to meanwhile is not sent any more, and a browser shows no more than its owner allows
// by then.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "base/p256.h"
#include "core/push.h"
#include "core/reminders.h"
#include "formats/web_push.h"
#include "store/database.h"
#include "store/payload.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::app {

inline constexpr const char* kPushEffect = "push";

/// The server's public key, for a browser to subscribe with: base64url.
Result<std::string> push_key(store::Tx& tx, Caller caller);

struct NewPushDevice {
    core::PushDeviceId id;
    std::string name;
    std::string endpoint, public_key, auth;
    core::PushWishes wishes;
    std::string replaces;      // the endpoint that the browser had before: its wishes stay; may be empty
    std::string session_hash;  // in which it asks: they end together
};
/// The same endpoint again takes the place of what was. Faults: core's checks; `invalid` device.name_invalid;
/// `conflict` push.too_many.
Result<core::PushDevice> add_push_device(store::Tx& tx, Caller caller, NewPushDevice wanted,
                                         core::PushEndpoints endpoints);
/// Oldest first.
Result<std::vector<core::PushDevice>> list_push_devices(store::Tx& tx, Caller caller);
/// `not_found` push.unknown.
Result<core::PushDevice> set_push_wishes(store::Tx& tx, Caller caller, core::PushDeviceId id,
                                         core::PushWishes wishes);
/// `not_found` push.unknown.
Result<Done> remove_push_device(store::Tx& tx, Caller caller, core::PushDeviceId id);
/// Sends it a message to see that it works; once a minute. `not_found` push.unknown.
Result<Done> try_push_device(store::Tx& tx, Caller caller, core::PushDeviceId id);

/// Sends the browsers that want reminders these, which have just been made: which of them are in no mail
/// then. Each goes to each browser once, whatever comes.
std::vector<core::ReminderId> push_reminders(store::Tx& tx, const Caller& caller,
                                             const std::vector<core::ReminderId>& made);

/// Something that happened and concerns an account.
struct Notice {
    std::string key;   // the same again is the same notice: "meeting/12/3/accepted"
    std::string kind;  // meeting, poll, introduction, ask, free: a text of the catalogue
    std::string text;  // with names
    std::string path;
};
/// By night it waits for the morning.
void push_notice(store::Tx& tx, core::AccountId to, const Zone& zone, const Notice& notice, Instant now);

/// What the job sends.
struct PushToSend {
    core::PushDevice device;
    formats::PushMessage message;
    P256Pair server;
    std::chrono::seconds keep{0};  // how long the service may keep it for a browser that is off
    bool is_urgent = false;
};
/// Nothing when there is nothing to say any more: the browser is gone or wants none, the reminder was seen
/// to.
Result<std::optional<PushToSend>> push_to_send(store::Tx& tx, core::AccountId owner,
                                               const store::Payload& payload, Instant now);

enum class PushFate { taken, gone, given_up };
/// A browser that is gone is told nothing further; a reminder that reached no browser is in the next mail.
Result<Done> note_push(store::Tx& tx, core::AccountId owner, const store::Payload& payload, PushFate fate,
                       Instant now);

/// Where a reminder leads to: "/people/12".
std::string room_of(const core::Reminder& reminder);

}  // namespace vv::app
