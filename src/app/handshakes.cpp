#include "app/handshakes.h"

#include "app/links.h"
#include "app/ties.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/devices.h"
#include "store/encounters.h"
#include "store/handshakes.h"
#include "store/people.h"

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

// The part of a link behind its #, or the whole text.
std::string_view behind_hash(std::string_view text) {
    const auto hash = text.rfind('#');
    return hash == std::string_view::npos ? text : text.substr(hash + 1);
}

ShownOffer shown_offer(core::AccountId account, const core::Offer& offer) {
    const auto words = core::words_of(offer.nonce);
    ShownOffer shown;
    shown.nonce = offer.nonce;
    shown.account = account;
    shown.offer = core::encode_offer(offer);
    shown.issued = offer.issued;
    shown.words = words[0] + " " + words[1] + " " + words[2];
    return shown;
}

// A code carries all that is needed, so one that its phone could not register is registered by who reads it.
Result<ShownOffer> find_read(store::Tx& tx, const core::Offer& offer, const std::string& host) {
    if (auto shown = store::handshakes::find_offer(tx, offer.nonce)) {
        if (shown->offer != core::encode_offer(offer)) return no_code();
        return *std::move(shown);
    }
    const auto at = offer.from.rfind('@');
    if (offer.from.substr(at + 1) != host) return no_code();
    const auto account = store::accounts::find_by_handle(tx, offer.from.substr(0, at));
    if (!account) return no_code();
    const ShownOffer shown = shown_offer(account->id, offer);
    if (!store::handshakes::add_offer(tx, shown)) return used_code();
    return shown;
}

// A short code stands for one that was registered here; that one is held to all the rules.
Result<ShownOffer> find_known(store::Tx& tx, const std::string& nonce, Instant now) {
    auto shown = store::handshakes::find_offer(tx, nonce);
    if (!shown) return no_code();
    TRY(const core::Offer offer, core::decode_offer(shown->offer));
    CHECK(core::check_offer(offer, now));
    return *std::move(shown);
}

// The code that was read or typed; words only stand for codes that were registered within their minute.
Result<ShownOffer> find_shown(store::Tx& tx, const Caller& caller, const ReadOffer& input) {
    if (!input.code.empty()) {
        const std::string_view code = behind_hash(input.code);
        if (const auto nonce = core::decode_known_offer(code)) return find_known(tx, *nonce, caller.now);
        TRY(const core::Offer offer, core::decode_offer(code));
        CHECK(core::check_offer(offer, caller.now));
        return find_read(tx, offer, input.host);
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
core::EncounterId keep(store::Tx& tx, const ShownOffer& offer, const core::Receipt& receipt,
                       const std::string& a_signature, core::AccountId owner, core::AccountId other,
                       Instant now, IdSource& ids) {
    const core::IdentityId who = link_person(tx, owner, other, now, ids);
    store::encounters::Row encounter;
    encounter.kind = core::EncounterKind::chance;  // a meeting that it belongs to says better
    encounter.start = receipt.at;
    encounter.evidence = core::Evidence::handshake;
    encounter.source = "handshake";
    encounter.source_key = offer.nonce;
    encounter.people = {who};
    const auto kept = store::encounters::save(tx, owner, {encounter}, ids, now);
    refresh_ties(tx, owner, {*store::people::find_by_account(tx, owner, other)}, now);
    store::handshakes::add(tx, {owner, ids.next(now), offer.nonce, other, receipt.at, offer.receipt,
                                a_signature, offer.reader_signature, kept.front().value});
    return kept.front();
}

Result<Done> sign_as_reader(store::Tx& tx, const ShownOffer& offer, const core::Receipt& receipt,
                            const std::string& signature) {
    CHECK(check_signature(tx, *offer.reader, receipt.b_key, offer.receipt, signature));
    store::handshakes::save_reader_signature(tx, offer.nonce, signature);
    return Done{};
}

Result<Done> sign_as_shower(store::Tx& tx, const Caller& caller, const ShownOffer& offer,
                            const core::Receipt& receipt, const std::string& signature, MeetingDesk desk) {
    if (offer.reader_signature.empty())
        return Error(Fault::conflict, "handshake.unsigned",
                     "The other phone has not signed yet; wait a moment.");
    CHECK(check_signature(tx, offer.account, receipt.a_key, offer.receipt, signature));
    CHECK(core::verify({receipt, signature, offer.reader_signature}));
    if (!store::handshakes::finish(tx, offer.nonce, caller.now)) return Done{};
    const auto mine =
        keep(tx, offer, receipt, signature, offer.account, *offer.reader, caller.now, *desk.ids);
    const auto theirs =
        keep(tx, offer, receipt, signature, *offer.reader, offer.account, caller.now, *desk.ids);
    TRY(const auto meeting, meeting_to_prove(tx, caller, *offer.reader));
    if (meeting) CHECK(prove_meeting(tx, caller, {*meeting, mine, theirs, std::move(desk)}));
    return Done{};
}

// Rows with their names and people: one statement each for all of them.
Result<std::vector<HandshakeRow>> rows_of(store::Tx& tx, core::AccountId owner,
                                          const std::vector<store::handshakes::Handshake>& kept) {
    std::vector<core::AccountId> others;
    for (const auto& h : kept) others.push_back(h.other);
    const auto names = store::accounts::names(tx, others);
    const auto people = store::people::of_accounts(tx, owner, others);
    std::vector<HandshakeRow> rows;
    for (const auto& h : kept) {
        HandshakeRow row{h.id, h.at, {h.other, "", ""}, std::nullopt, "", h.encounter, false, {}};
        TRY(row.receipt.receipt, core::parse_receipt(h.receipt));
        row.receipt.a_signature = h.a_signature;
        row.receipt.b_signature = h.b_signature;
        if (const auto name = std::ranges::find(names, h.other, &core::AccountName::id); name != names.end())
            row.with = *name;
        const auto is_other = [&h](const core::Person& p) { return p.account == h.other; };
        if (const auto person = std::ranges::find_if(people, is_other); person != people.end()) {
            row.person = person->id;
            row.person_name = person->name;
            row.is_first = person->first_met == h.at;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string_view to_string(HandshakeState state) {
    constexpr std::array<std::string_view, 5> kNames{"waiting", "read", "signed", "done", "expired"};
    return kNames[static_cast<std::size_t>(state)];
}

Result<ShownCode> show_offer(store::Tx& tx, Caller caller, ShowOffer input) {
    const auto account = store::accounts::find(tx, caller.account);
    const auto device = store::devices::find(tx, caller.account, input.device);
    if (!account || !device) return no_device();
    const core::Offer offer{address_of(*account, input.host), device->public_key, std::move(input.nonce),
                            input.issued, std::move(input.signature)};
    CHECK(core::check_offer(offer, caller.now));
    if (store::handshakes::count_since(tx, caller.account, caller.now - kOfferWindow) >= kOffersInWindow)
        return Error(Fault::too_many, "handshake.offers", "Too many codes in a few minutes; wait a little.");
    ShownOffer shown = shown_offer(caller.account, offer);
    shown.place = input.place ? cell_text(*input.place) : "";
    if (!store::handshakes::add_offer(tx, shown)) return used_code();
    return ShownCode{offer.nonce, shown.offer, core::words_of(offer.nonce), offer.issued + core::kOfferLife};
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
    TRY(const auto meeting, meeting_to_prove(tx, caller, shown.account));
    if (meeting) receipt.meeting = to_string(*meeting);
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
        TRY(auto rows, rows_of(tx, caller.account, {*made}));
        progress.handshake = std::move(rows.front());
    }
    return progress;
}

Result<HandshakeProgress> sign_receipt(store::Tx& tx, Caller caller, std::string nonce, std::string signature,
                                       MeetingDesk desk) {
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
        CHECK(sign_as_shower(tx, caller, *offer, receipt, signature, std::move(desk)));
    return handshake_progress(tx, caller, nonce);
}

Result<std::vector<HandshakeRow>> list_handshakes(store::Tx& tx, Caller caller,
                                                  std::optional<std::int64_t> before, int limit) {
    return rows_of(tx, caller.account,
                   store::handshakes::list(tx, caller.account, before, std::clamp(limit, 1, 200)));
}

Result<HandshakeRow> find_handshake(store::Tx& tx, Caller caller, std::int64_t id) {
    const auto kept = store::handshakes::find(tx, caller.account, id);
    if (!kept) return Error(Fault::not_found, "handshake.unknown", "There is no such handshake among yours.");
    TRY(auto rows, rows_of(tx, caller.account, {*kept}));
    return std::move(rows.front());
}

}  // namespace vv::app
