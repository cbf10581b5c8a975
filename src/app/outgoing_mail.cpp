#include "app/outgoing_mail.h"

#include "app/keyed_hash.h"
#include "base/text.h"
#include "store/outbox.h"
#include "store/stopped_addresses.h"

#include <array>
#include <utility>

namespace vv::app {
namespace {

constexpr std::array<std::pair<const char*, std::string OutgoingMail::*>, 10> kFields{{
    {"to", &OutgoingMail::to},
    {"subject", &OutgoingMail::subject},
    {"text", &OutgoingMail::text},
    {"html", &OutgoingMail::html},
    {"ics", &OutgoingMail::ics},
    {"ics_method", &OutgoingMail::ics_method},
    {"reply_to", &OutgoingMail::reply_to},
    {"from_name", &OutgoingMail::from_name},
    {"about", &OutgoingMail::about},
    {"list_unsubscribe", &OutgoingMail::list_unsubscribe},
}};

}  // namespace

std::string stop_hash(store::Tx& tx, std::string_view address) {
    return keyed_hash(tx, "stopped_address", ascii_lower(trim(address)));
}

store::Payload to_payload(const OutgoingMail& mail) {
    store::Payload payload;
    for (const auto& [name, member] : kFields)
        if (!(mail.*member).empty()) payload[name] = mail.*member;
    return payload;
}

Result<OutgoingMail> mail_of(const store::Payload& payload) {
    OutgoingMail mail;
    for (const auto& [name, member] : kFields) mail.*member = store::field(payload, name);
    if (mail.to.empty()) return Error(Fault::invalid, "mail.payload", "The mail has no recipient.");
    return mail;
}

bool send_mail(store::Tx& tx, const std::string& key, core::AccountId owner, const OutgoingMail& mail,
               Recipient recipient, Instant now) {
    if (recipient == Recipient::anyone && is_mail_stopped(tx, mail.to)) return false;
    store::outbox::Effect effect{kMailEffect, key, owner, to_payload(mail), now};
    if (recipient == Recipient::holder) effect.payload["recipient"] = "holder";
    return store::outbox::push(tx, effect, now);
}

bool is_for_anyone(const store::Payload& payload) {
    return store::field(payload, "recipient") != "holder";
}

bool is_mail_stopped(store::Tx& tx, std::string_view address) {
    return store::stopped_addresses::contains(tx, stop_hash(tx, address));
}

}  // namespace vv::app
