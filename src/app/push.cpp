#include "app/push.h"

#include "app/texts.h"
#include "base/crypto.h"
#include "core/devices.h"
#include "core/reminders_reasons.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "store/push.h"
#include "store/reminders.h"

#include <algorithm>

namespace vv::app {
namespace {

using core::AccountId;
using core::PushDevice;
using core::PushDeviceId;
using core::ReminderId;
using std::chrono::floor;
using std::chrono::seconds;
using store::field;

constexpr int kMostOpen = 200;
constexpr std::chrono::hours kNoticeKept{24};
constexpr std::chrono::minutes kTryKept{5};

Error unknown_device() {
    return {Fault::not_found, "push.unknown", "This browser is not among those that are told."};
}

void enqueue(store::Tx& tx, const PushDevice& device, const std::string& what, store::Payload payload,
             Instant run_at, Instant now) {
    payload["device"] = to_string(device.id);
    store::outbox::push(
        tx,
        {kPushEffect, "push/" + to_string(device.id) + "/" + what, device.owner, std::move(payload), run_at},
        now);
}

template <class AnyId>
Result<AnyId> id_in(const store::Payload& payload, const char* name) {
    TRY(const std::int64_t number, parse_id(field(payload, name)));
    return AnyId{number};
}

/// A reminder that is still open and wanted.
std::optional<core::Reminder> open_reminder(store::Tx& tx, AccountId owner, ReminderId id, Instant now) {
    const core::ReminderSettings settings = store::reminders::settings(tx, owner);
    if (settings.is_paused(now)) return std::nullopt;
    for (auto& row : store::reminders::open(tx, owner, now, kMostOpen))
        if (row.id == id && !settings.is_muted(row.reminder.kind)) return std::move(row.reminder);
    return std::nullopt;
}

/// Names nobody: the kind of news alone, under the program's name.
void say_kind(formats::PushMessage& message, const Texts& texts, std::string_view kind) {
    const std::string key = "push.kind." + std::string(kind);
    message.title = texts.say("push.title");
    message.body = texts.say(texts.all().contains(key) ? key : "push.kind.other");
}

Result<bool> fill_reminder(store::Tx& tx, PushToSend& sending, ReminderId id, const Texts& texts,
                           const Zone& zone, Instant now) {
    if (!sending.device.wishes.reminders) return false;
    const auto reminder = open_reminder(tx, sending.device.owner, id, now);
    if (!reminder) return false;
    sending.message.path = room_of(*reminder);
    sending.message.tag = "reminder/" + to_string(id);
    sending.keep = floor<seconds>(reminder->until - now);
    if (sending.device.wishes.shows == core::PushShows::kind) {
        say_kind(sending.message, texts, core::to_string(reminder->kind));
        return true;
    }
    sending.message.title = core::as_of(reminder->text, now, zone);
    for (const std::string& why : reminder->why)
        sending.message.body += (sending.message.body.empty() ? "" : " ") + core::as_of(why, now, zone);
    return true;
}

bool fill_notice(PushToSend& sending, const store::Payload& payload, const Texts& texts, Instant now) {
    const std::string kind = field(payload, "kind");
    if (!sending.device.wishes.notices && kind != "try") return false;
    const auto until = parse_rfc3339(field(payload, "until"));
    if (!until || *until <= now) return false;
    sending.message.path = field(payload, "path");
    sending.message.tag = field(payload, "tag");
    sending.keep = floor<seconds>(*until - now);
    sending.is_urgent = true;
    if (sending.device.wishes.shows == core::PushShows::kind) {
        say_kind(sending.message, texts, kind);
    } else {
        sending.message.title = texts.say("push.title");
        sending.message.body = field(payload, "text");
    }
    return true;
}

}  // namespace

Result<std::string> push_key(store::Tx& tx, Caller) {
    return base64url(store::push::server_key(tx).key);
}

Result<PushDevice> add_push_device(store::Tx& tx, Caller caller, NewPushDevice wanted,
                                   core::PushEndpoints endpoints) {
    PushDevice device;
    device.owner = caller.account;
    device.id = wanted.id;
    device.wishes = wanted.wishes;
    device.created_at = caller.now;
    TRY(device.name, core::check_device_name(wanted.name));
    TRY(device.endpoint, core::check_push_endpoint(wanted.endpoint, endpoints));
    TRY(device.public_key, core::check_push_key(wanted.public_key));
    TRY(device.auth, core::check_push_auth(wanted.auth));
    auto others = store::push::list(tx, caller.account, caller.now);
    for (const PushDevice& other : others)
        if (!wanted.replaces.empty() && other.endpoint == wanted.replaces) {
            device.wishes = other.wishes;
            device.name = other.name;
            store::push::remove(tx, caller.account, other.id);
        }
    std::erase_if(others, [&](const PushDevice& other) {
        return other.endpoint == device.endpoint || other.endpoint == wanted.replaces;
    });
    if (others.size() >= core::kMostPushDevices)
        return Error(Fault::conflict, "push.too_many",
                     "At most ten browsers can be told; remove one of them first.");
    store::push::save(tx, device, wanted.session_hash);
    return device;
}

Result<std::vector<PushDevice>> list_push_devices(store::Tx& tx, Caller caller) {
    return store::push::list(tx, caller.account, caller.now);
}

Result<PushDevice> set_push_wishes(store::Tx& tx, Caller caller, PushDeviceId id, core::PushWishes wishes) {
    auto device = store::push::find(tx, caller.account, id, caller.now);
    if (!device) return unknown_device();
    store::push::save_wishes(tx, caller.account, id, wishes);
    device->wishes = wishes;
    return *std::move(device);
}

Result<Done> remove_push_device(store::Tx& tx, Caller caller, PushDeviceId id) {
    if (!store::push::remove(tx, caller.account, id)) return unknown_device();
    return Done{};
}

Result<Done> try_push_device(store::Tx& tx, Caller caller, PushDeviceId id) {
    const auto device = store::push::find(tx, caller.account, id, caller.now);
    if (!device) return unknown_device();
    const auto account = store::accounts::find(tx, caller.account);
    const Texts& texts = Texts::of(account ? account->locale : "en");
    const auto minute = floor<std::chrono::minutes>(caller.now).time_since_epoch().count();
    enqueue(tx, *device, "try/" + std::to_string(minute),
            {{"kind", "try"},
             {"text", texts.say("push.kind.try")},
             {"path", "/settings/reminders"},
             {"tag", "try"},
             {"until", format_rfc3339(caller.now + kTryKept)}},
            caller.now, caller.now);
    return Done{};
}

std::vector<ReminderId> push_reminders(store::Tx& tx, const Caller& caller,
                                       const std::vector<ReminderId>& made) {
    if (made.empty()) return {};
    bool is_told = false;
    for (const PushDevice& device : store::push::list(tx, caller.account, caller.now)) {
        if (!device.wishes.reminders) continue;
        is_told = true;
        for (const ReminderId id : made)
            enqueue(tx, device, "reminder/" + to_string(id), {{"reminder", to_string(id)}}, caller.now,
                    caller.now);
    }
    return is_told ? made : std::vector<ReminderId>{};
}

void push_notice(store::Tx& tx, AccountId to, const Zone& zone, const Notice& notice, Instant now) {
    const Instant at = core::after_quiet_hours(now, zone);
    for (const PushDevice& device : store::push::list(tx, to, now))
        if (device.wishes.notices)
            enqueue(tx, device, notice.key,
                    {{"kind", notice.kind},
                     {"text", notice.text},
                     {"path", notice.path},
                     {"tag", notice.path},
                     {"until", format_rfc3339(at + kNoticeKept)}},
                    at, now);
}

Result<std::optional<PushToSend>> push_to_send(store::Tx& tx, AccountId owner, const store::Payload& payload,
                                               Instant now) {
    TRY(const auto id, id_in<PushDeviceId>(payload, "device"));
    const auto account = store::accounts::find(tx, owner);
    auto device = store::push::find(tx, owner, id, now);
    if (!account || !device) return std::optional<PushToSend>{};
    PushToSend sending;
    sending.device = *std::move(device);
    sending.message.locale = account->locale;
    const Texts& texts = Texts::of(account->locale);
    bool is_wanted = false;
    if (field(payload, "reminder").empty()) {
        is_wanted = fill_notice(sending, payload, texts, now);
    } else {
        TRY(const auto reminder, id_in<ReminderId>(payload, "reminder"));
        TRY(is_wanted, fill_reminder(tx, sending, reminder, texts, account->zone, now));
    }
    if (!is_wanted) return std::optional<PushToSend>{};
    sending.server = store::push::server_key(tx);
    return std::optional(std::move(sending));
}

Result<Done> note_push(store::Tx& tx, AccountId owner, const store::Payload& payload, PushFate fate,
                       Instant now) {
    TRY(const auto id, id_in<PushDeviceId>(payload, "device"));
    if (fate == PushFate::taken) {
        store::push::note_told(tx, owner, id, now);
        return Done{};
    }
    if (fate == PushFate::gone) store::push::remove(tx, owner, id);
    if (field(payload, "reminder").empty()) return Done{};
    const auto others = store::push::list(tx, owner, now);
    const bool is_told_elsewhere = std::ranges::any_of(
        others, [&](const PushDevice& other) { return other.id != id && other.wishes.reminders; });
    TRY(const auto reminder, id_in<ReminderId>(payload, "reminder"));
    if (!is_told_elsewhere) store::reminders::note_pushed(tx, owner, {reminder}, std::nullopt);
    return Done{};
}

std::string room_of(const core::Reminder& reminder) {
    if (reminder.meeting) return "/meetings/" + to_string(*reminder.meeting);
    if (reminder.person) return "/people/" + to_string(*reminder.person);
    return "/settings/goal";
}

}  // namespace vv::app
