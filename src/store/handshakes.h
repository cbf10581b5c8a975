// store/handshakes.h — codes shown and receipts kept.
#pragma once

#include "core/handshakes.h"
#include "core/people.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::handshakes {

/// A code and how far it has come: shown, read (`reader`, `receipt`), signed by the reader, done.
struct ShownOffer {
    std::string nonce;
    core::AccountId account;
    std::string offer;
    Instant issued;
    std::string words;
    std::string place;
    std::optional<core::AccountId> reader;
    std::optional<Instant> read_at;
    std::string receipt;
    std::string reader_signature;
    std::optional<Instant> done_at;
};

/// False when the nonce has been shown before; then nothing is written.
bool add_offer(Tx& tx, const ShownOffer& offer);
std::optional<ShownOffer> find_offer(Tx& tx, const std::string& nonce);
/// The unread codes with these words issued at `since` or later, at most two: more than one is ambiguous.
std::vector<ShownOffer> find_by_words(Tx& tx, const std::string& words, Instant since);
/// How many codes the account has shown since then: for its limit.
int count_since(Tx& tx, core::AccountId account, Instant since);
/// Claims a code for its reader. False when somebody has it already, whoever asked first.
bool claim(Tx& tx, const std::string& nonce, core::AccountId reader, Instant at, const std::string& receipt);
void save_reader_signature(Tx& tx, const std::string& nonce, const std::string& signature);
/// False when it was done before.
bool finish(Tx& tx, const std::string& nonce, Instant at);
/// Forgets codes that nobody finished and that were issued before then: their time check refuses them anyway.
int sweep(Tx& tx, Instant issued_before);

/// One side's receipt.
struct Handshake {
    core::AccountId owner;
    long long id = 0;
    std::string nonce;
    core::AccountId other;
    Instant at;
    std::string receipt;
    std::string a_signature;
    std::string b_signature;
    long long encounter = 0;
};

void add(Tx& tx, const Handshake& handshake);
std::optional<Handshake> find(Tx& tx, core::AccountId owner, long long id);
std::optional<Handshake> find_by_nonce(Tx& tx, core::AccountId owner, const std::string& nonce);
/// Newest first, before the id `before`; at most `limit`.
std::vector<Handshake> list(Tx& tx, core::AccountId owner, std::optional<long long> before, int limit);

}  // namespace vv::store::handshakes
