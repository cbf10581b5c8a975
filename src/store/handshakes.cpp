#include "store/handshakes.h"

#include "store/bind.h"
#include "store/statements.h"

#include <limits>

namespace vv::store::handshakes {
namespace {

using soci::into;
using soci::use;

std::vector<ShownOffer> select_offers(Tx& tx, const std::string& where, const auto&... bindings) {
    ShownOffer o;
    Prepared select(tx,
                    "SELECT nonce, account_id, offer, issued_at, words, place, reader_id, read_at, receipt, "
                    "reader_signature, done_at FROM handshake_offers WHERE " +
                        where,
                    into(o.nonce), into(o.account), into(o.offer), into(o.issued), into(o.words),
                    into(o.place), into(o.reader), into(o.read_at), into(o.receipt), into(o.reader_signature),
                    into(o.done_at), bindings...);
    return select.all(o);
}

std::vector<Handshake> select_handshakes(Tx& tx, const std::string& where, const auto&... bindings) {
    Handshake h;
    Prepared select(
        tx,
        "SELECT owner_id, id, nonce, other_id, at, receipt, a_signature, b_signature, encounter_id "
        "FROM handshakes WHERE owner_id = :owner AND " +
            where,
        into(h.owner), into(h.id), into(h.nonce), into(h.other), into(h.at), into(h.receipt),
        into(h.a_signature), into(h.b_signature), into(h.encounter), bindings...);
    return select.all(h);
}

template <class Row>
std::optional<Row> first(std::vector<Row> rows) {
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

}  // namespace

bool add_offer(Tx& tx, const ShownOffer& o) {
    Prepared insert(tx, R"(INSERT INTO handshake_offers (nonce, account_id, offer, issued_at, words, place)
                           VALUES (:nonce, :account, :offer, :issued, :words, :place)
                           ON CONFLICT (nonce) DO NOTHING)",
                    use(o.nonce, "nonce"), use(o.account, "account"), use(o.offer, "offer"),
                    use(o.issued, "issued"), use(o.words, "words"), use(o.place, "place"));
    insert.execute();
    return insert.affected_rows() == 1;
}

std::optional<ShownOffer> find_offer(Tx& tx, const std::string& nonce) {
    return first(select_offers(tx, "nonce = :nonce", use(nonce, "nonce")));
}

std::vector<ShownOffer> find_by_words(Tx& tx, const std::string& words, Instant since) {
    return select_offers(tx, "words = :words AND issued_at >= :since AND reader_id IS NULL LIMIT 2",
                         use(words, "words"), use(since, "since"));
}

int count_since(Tx& tx, core::AccountId account, Instant since) {
    int count = 0;
    run(tx, "SELECT count(*) FROM handshake_offers WHERE account_id = :account AND issued_at >= :since",
        into(count), use(account, "account"), use(since, "since"));
    return count;
}

bool claim(Tx& tx, const std::string& nonce, core::AccountId reader, Instant at, const std::string& receipt) {
    Prepared update(tx, R"(UPDATE handshake_offers SET reader_id = :reader, read_at = :at, receipt = :receipt
                           WHERE nonce = :nonce AND reader_id IS NULL)",
                    use(reader, "reader"), use(at, "at"), use(receipt, "receipt"), use(nonce, "nonce"));
    update.execute();
    return update.affected_rows() == 1;
}

void save_reader_signature(Tx& tx, const std::string& nonce, const std::string& signature) {
    run(tx, "UPDATE handshake_offers SET reader_signature = :signature WHERE nonce = :nonce",
        use(signature, "signature"), use(nonce, "nonce"));
}

bool finish(Tx& tx, const std::string& nonce, Instant at) {
    Prepared update(tx, "UPDATE handshake_offers SET done_at = :at WHERE nonce = :nonce AND done_at IS NULL",
                    use(at, "at"), use(nonce, "nonce"));
    update.execute();
    return update.affected_rows() == 1;
}

int sweep(Tx& tx, Instant issued_before) {
    Prepared remove(tx, "DELETE FROM handshake_offers WHERE issued_at < :before AND done_at IS NULL",
                    use(issued_before, "before"));
    remove.execute();
    return static_cast<int>(remove.affected_rows());
}

void add(Tx& tx, const Handshake& h) {
    run(tx,
        R"(INSERT INTO handshakes (owner_id, id, nonce, other_id, at, receipt, a_signature, b_signature, encounter_id)
               VALUES (:owner, :id, :nonce, :other, :at, :receipt, :a_signature, :b_signature, :encounter))",
        use(h.owner, "owner"), use(h.id, "id"), use(h.nonce, "nonce"), use(h.other, "other"), use(h.at, "at"),
        use(h.receipt, "receipt"), use(h.a_signature, "a_signature"), use(h.b_signature, "b_signature"),
        use(h.encounter, "encounter"));
}

std::optional<Handshake> find(Tx& tx, core::AccountId owner, long long id) {
    return first(select_handshakes(tx, "id = :id", use(owner, "owner"), use(id, "id")));
}

std::optional<Handshake> find_by_nonce(Tx& tx, core::AccountId owner, const std::string& nonce) {
    return first(select_handshakes(tx, "nonce = :nonce", use(owner, "owner"), use(nonce, "nonce")));
}

std::vector<Handshake> list(Tx& tx, core::AccountId owner, std::optional<long long> before, int limit) {
    const long long start = before.value_or(std::numeric_limits<long long>::max());
    return select_handshakes(tx, "id < :before ORDER BY id DESC LIMIT :limit", use(owner, "owner"),
                             use(start, "before"), use(limit, "limit"));
}

}  // namespace vv::store::handshakes
