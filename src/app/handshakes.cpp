#include "app/handshakes.h"

#include "app/encounters.h"
#include "app/links.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/devices.h"
#include "store/handshakes.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vv::app {
namespace {

using std::chrono::minutes;
using store::handshakes::ShownOffer;

constexpr minutes kOfferWindow{5};
constexpr int kOffersInWindow = 20;

Error no_code() {
    return {Fault::not_found, "handshake.code", "There is no such code. Ask for the one shown now."};
}
Error used_code() {
    return {Fault::conflict, "handshake.used", "This code has been read already. Ask for the one shown now."};
}
Error no_device() {
    return {Fault::forbidden, "handshake.device",
            "This device is not among the account's devices; register it in Settings."};
}

std::string address_of(const core::Account& account, const std::string& host) {
    return account.handle + "@" + host;
}

std::string cell_text(LatLng place) {
    const LatLng cell = snap_to_cell(place);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.2f,%.2f", cell.lat, cell.lng);
    return text.data();
}

std::optional<core::AccountName> name_of(store::Tx& tx, core::AccountId id) {
    const auto names = store::accounts::names(tx, {id});
    return names.empty() ? std::nullopt : std::optional(names.front());
}

// The code that was read or typed; words only stand for codes that were shown here within their minute.
Result<ShownOffer> find_shown(store::Tx& tx, const Caller& caller, const ReadOffer& input) {
    if (!input.offer.empty()) {
        TRY(const core::Offer offer, core::decode_offer(input.offer));
        CHECK(core::check_offer(offer, caller.now));
        auto shown = store::handshakes::find_offer(tx, offer.nonce);
        if (!shown || shown->offer != input.offer) return no_code();
        return *std::move(shown);
    }
    TRY(const std::string words, core::normalise_words(input.words));
    auto found = store::handshakes::find_by_words(tx, words, caller.now - core::kOfferLife);
    if (found.empty()) return no_code();
    if (found.size() > 1)
        return Error(Fault::conflict, "handshake.words",
                     "Two codes have these words just now; wait for the next one.");
    return std::move(found.front());
}

// The signer's key is in the receipt; its device may have been revoked since.
Result<Done> check_signature(store::Tx& tx, core::AccountId account, const std::string& key,
                             const std::string& receipt, const std::string& signature) {
    if (!store::devices::find_by_key(tx, account, key)) return no_device();
    const auto raw_key = from_base64url(key);
    const auto raw = from_base64url(signature);
    if (!raw_key || !raw || !verify_ed25519(*raw_key, receipt, *raw))
        return Error(Fault::invalid, "handshake.signature",
                     "The signature does not hold over the receipt's text.");
    return Done{};
}

HandshakeState state_of(const ShownOffer& offer, Instant now) {
    if (offer.done_at) return HandshakeState::done;
    if (!offer.reader)
        return now > offer.issued + core::kOfferLife ? HandshakeState::expired : HandshakeState::waiting;
    if (now > *offer.read_at + core::kConfirmWithin) return HandshakeState::expired;
    return offer.reader_signature.empty() ? HandshakeState::read : HandshakeState::signed_;
}

bool is_side(const ShownOffer& offer, core::AccountId account) {
    return offer.account == account || offer.reader == account;
}

// One side's copy: the receipt, the encounter, and the person who is that account now.
void keep(store::Tx& tx, const ShownOffer& offer, const core::Receipt& receipt,
          const std::string& a_signature, core::AccountId owner, core::AccountId other, Instant now,
          IdSource& ids) {
    const core::IdentityId who = link_person(tx, owner, other, now, ids);
    ProvenEncounter encounter;
    encounter.source = "handshake";
    encounter.source_key = offer.nonce;
    encounter.start = receipt.at;
    encounter.evidence = core::Evidence::handshake;
    encounter.people = {who};
    if (owner == offer.account) encounter.meeting = offer.meeting;
    const core::EncounterId kept = record_encounter(tx, owner, encounter, now, ids);
    store::handshakes::add(tx, {owner, ids.next(now), offer.nonce, other, receipt.at, offer.receipt,
                                a_signature, offer.reader_signature, kept.value});
}

Result<Done> sign_as_reader(store::Tx& tx, const ShownOffer& offer, const core::Receipt& receipt,
                            const std::string& signature) {
    CHECK(check_signature(tx, *offer.reader, receipt.b_key, offer.receipt, signature));
    store::handshakes::save_reader_signature(tx, offer.nonce, signature);
    return Done{};
}

Result<Done> sign_as_shower(store::Tx& tx, const ShownOffer& offer, const core::Receipt& receipt,
                            const std::string& signature, Instant now, IdSource& ids) {
    if (offer.reader_signature.empty())
        return Error(Fault::conflict, "handshake.unsigned",
                     "The other phone has not signed yet; wait a moment.");
    CHECK(check_signature(tx, offer.account, receipt.a_key, offer.receipt, signature));
    CHECK(core::verify({receipt, signature, offer.reader_signature}));
    if (!store::handshakes::finish(tx, offer.nonce, now)) return Done{};
    keep(tx, offer, receipt, signature, offer.account, *offer.reader, now, ids);
    keep(tx, offer, receipt, signature, *offer.reader, offer.account, now, ids);
    return Done{};
}

Result<HandshakeRow> row_of(store::Tx& tx, const store::handshakes::Handshake& h) {
    TRY(core::Receipt receipt, core::parse_receipt(h.receipt));
    const auto with = name_of(tx, h.other).value_or(core::AccountName{h.other, "", ""});
    return HandshakeRow{h.id, h.at, with, h.encounter, {std::move(receipt), h.a_signature, h.b_signature}};
}

}  // namespace

std::string_view to_string(HandshakeState state) {
    constexpr std::array<std::string_view, 5> kNames{"waiting", "read", "signed", "done", "expired"};
    return kNames[static_cast<std::size_t>(state)];
}

Result<ShownCode> show_offer(store::Tx& tx, Caller caller, ShowOffer input) {
    TRY(const core::Offer offer, core::decode_offer(input.offer));
    CHECK(core::check_offer(offer, caller.now));
    const auto account = store::accounts::find(tx, caller.account);
    if (!account || offer.from != address_of(*account, input.host))
        return Error(Fault::forbidden, "handshake.from",
                     "A code must carry the address of the account that shows it.");
    if (!store::devices::find_by_key(tx, caller.account, offer.key)) return no_device();
    if (store::handshakes::count_since(tx, caller.account, caller.now - kOfferWindow) >= kOffersInWindow)
        return Error(Fault::too_many, "handshake.offers", "Too many codes in a few minutes; wait a little.");
    const auto words = core::words_of(offer.nonce);
    ShownOffer shown;
    shown.nonce = offer.nonce;
    shown.account = caller.account;
    shown.offer = input.offer;
    shown.issued = offer.issued;
    shown.words = words[0] + " " + words[1] + " " + words[2];
    shown.meeting = input.meeting;
    shown.place = input.place ? cell_text(*input.place) : "";
    if (!store::handshakes::add_offer(tx, shown)) return used_code();
    return ShownCode{offer.nonce, words, offer.issued + core::kOfferLife};
}

Result<ReadCode> read_offer(store::Tx& tx, Caller caller, ReadOffer input) {
    TRY(const ShownOffer shown, find_shown(tx, caller, input));
    if (store::blocks::between(tx, caller.account, shown.account)) return no_code();
    if (shown.account == caller.account)
        return Error(Fault::invalid, "handshake.oneself",
                     "This is your own code; the other person reads it.");
    TRY(const core::Offer offer, core::decode_offer(shown.offer));
    const auto device = store::devices::find(tx, caller.account, input.device);
    const auto reader = store::accounts::find(tx, caller.account);
    if (!device || !reader) return no_device();
    if (!store::devices::find_by_key(tx, shown.account, offer.key))
        return no_code();  // revoked since it was shown
    core::Receipt receipt{offer.nonce,        offer.issued, caller.now,
                          offer.from,         offer.key,    address_of(*reader, input.host),
                          device->public_key, "",           input.keep_place ? shown.place : ""};
    if (shown.meeting) receipt.meeting = std::to_string(*shown.meeting);
    const std::string text = core::receipt_text(receipt);
    if (!store::handshakes::claim(tx, offer.nonce, caller.account, caller.now, text)) return used_code();
    return ReadCode{offer.nonce, *name_of(tx, shown.account), text};
}

Result<HandshakeProgress> handshake_progress(store::Tx& tx, Caller caller, std::string nonce) {
    const auto offer = store::handshakes::find_offer(tx, nonce);
    if (!offer || !is_side(*offer, caller.account)) return no_code();
    HandshakeProgress progress;
    progress.state = state_of(*offer, caller.now);
    if (!offer->reader) return progress;
    progress.with = name_of(tx, offer->account == caller.account ? *offer->reader : offer->account);
    progress.receipt = offer->receipt;
    if (const auto made = store::handshakes::find_by_nonce(tx, caller.account, nonce)) {
        progress.handshake = made->id;
        progress.encounter = made->encounter;
    }
    return progress;
}

Result<HandshakeProgress> sign_receipt(store::Tx& tx, Caller caller, std::string nonce, std::string signature,
                                       IdSource* ids) {
    const auto offer = store::handshakes::find_offer(tx, nonce);
    if (!offer || !is_side(*offer, caller.account)) return no_code();
    if (!offer->reader) return Error(Fault::conflict, "handshake.unread", "Nobody has read this code yet.");
    if (offer->done_at) return handshake_progress(tx, caller, nonce);
    if (caller.now > *offer->read_at + core::kConfirmWithin)
        return Error(Fault::conflict, "handshake.late",
                     "Too long has passed since the code was read; show a new one.");
    if (store::blocks::between(tx, offer->account, *offer->reader)) return no_code();
    TRY(const core::Receipt receipt, core::parse_receipt(offer->receipt));
    if (*offer->reader == caller.account)
        CHECK(sign_as_reader(tx, *offer, receipt, signature));
    else
        CHECK(sign_as_shower(tx, *offer, receipt, signature, caller.now, *ids));
    return handshake_progress(tx, caller, nonce);
}

Result<std::vector<HandshakeRow>> list_handshakes(store::Tx& tx, Caller caller,
                                                  std::optional<std::int64_t> before, int limit) {
    const auto kept = store::handshakes::list(tx, caller.account, before, std::clamp(limit, 1, 200));
    std::vector<core::AccountId> others;
    for (const auto& h : kept) others.push_back(h.other);
    const auto names = store::accounts::names(tx, others);
    std::vector<HandshakeRow> rows;
    for (const auto& h : kept) {
        TRY(core::Receipt receipt, core::parse_receipt(h.receipt));
        const auto name = std::ranges::find(names, h.other, &core::AccountName::id);
        rows.push_back({h.id,
                        h.at,
                        name == names.end() ? core::AccountName{h.other, "", ""} : *name,
                        h.encounter,
                        {std::move(receipt), h.a_signature, h.b_signature}});
    }
    return rows;
}

Result<HandshakeRow> find_handshake(store::Tx& tx, Caller caller, std::int64_t id) {
    const auto kept = store::handshakes::find(tx, caller.account, id);
    if (!kept) return Error(Fault::not_found, "handshake.unknown", "There is no such handshake among yours.");
    return row_of(tx, *kept);
}

}  // namespace vv::app
