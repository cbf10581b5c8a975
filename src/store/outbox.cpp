#include "store/outbox.h"

#include "store/internal/claims.h"
#include "store/statements.h"

#include <algorithm>
#include <cmath>

namespace vv::store::outbox {
namespace {

using soci::into;
using soci::use;

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::delivered:
            return "delivered";
        case Outcome::retry:
            return "ready";
        case Outcome::dead:
            break;
    }
    return "dead";
}

}  // namespace

bool push(Tx& tx, const Effect& effect, Instant now) {
    const std::string payload = to_json(effect.payload);
    const long long owner = effect.owner.value;
    const long long run_at = millis(effect.run_at);
    const long long created_at = millis(now);
    Prepared insert(tx,
                    "INSERT INTO outbox (effect_key, owner_id, kind, payload, state, run_at, created_at) "
                    "VALUES (:key, :owner, :kind, :payload, 'ready', :run_at, :created_at) "
                    "ON CONFLICT (effect_key) DO NOTHING",
                    use(effect.key, "key"), use(owner, "owner"), use(effect.kind, "kind"),
                    use(payload, "payload"), use(run_at, "run_at"), use(created_at, "created_at"));
    insert.execute();
    return insert.affected_rows() > 0;
}

bool withdraw(Tx& tx, std::string_view key) {
    const std::string effect_key(key);
    Prepared remove(tx, "DELETE FROM outbox WHERE effect_key = :key AND state = 'ready'",
                    use(effect_key, "key"));
    remove.execute();
    return remove.affected_rows() > 0;
}

std::vector<Claimed> claim(Tx& tx, const Claim& claim) {
    std::vector<Claimed> claimed;
    if (claim.kinds.empty()) return claimed;
    const std::string text =
        "UPDATE outbox SET state = 'running', attempts = attempts + 1, claimed_by = :claimer, lease_until = "
        ":lease "
        "WHERE effect_key IN (SELECT effect_key FROM outbox WHERE state = 'ready' AND run_at <= :now AND "
        "kind IN (" +
        internal::placeholders(claim.kinds.size()) + ") ORDER BY run_at, effect_key LIMIT :most" +
        internal::skip_locked(tx.dialect()) +
        ") RETURNING effect_key, kind, owner_id, payload, attempts, run_at";
    const long long lease = millis(claim.lease_until);
    const long long now = millis(claim.now);
    std::string key;
    std::string kind;
    std::string payload;
    long long owner = 0;
    long long attempts = 0;
    long long run_at = 0;
    Prepared update(tx, text, into(key), into(kind), into(owner), into(payload), into(attempts), into(run_at),
                    use(claim.claimer, "claimer"), use(lease, "lease"), use(now, "now"),
                    use(claim.limit, "most"));
    internal::bind_kinds(update, claim.kinds);
    std::vector<std::pair<long long, Claimed>> rows;  // RETURNING has no order of its own
    for (bool has_row = update.execute(); has_row; has_row = update.fetch())
        rows.push_back({run_at, {key, kind, {owner}, parse_payload(payload), attempts}});
    std::ranges::sort(rows, {},
                      [](const auto& row) { return std::pair(row.first, std::string_view(row.second.key)); });
    for (auto& row : rows) claimed.push_back(std::move(row.second));
    return claimed;
}

Result<bool> is_due(Tx& tx, const std::vector<std::string>& kinds, Instant now) {
    return internal::is_due(tx, "outbox", kinds, now);
}

void settle(Tx& tx, std::string_view key, std::string_view claimer, Outcome outcome,
            std::string_view error_code, Instant now, Instant run_at) {
    const std::string effect_key(key);
    const std::string holder(claimer);
    const std::string state(to_string(outcome));
    const std::string code(error_code);
    const long long next = millis(run_at);
    const long long finished = millis(now);
    run(tx,
        "UPDATE outbox SET state = :state, error_code = :code, run_at = :next, claimed_by = '', "
        "payload = CASE WHEN :state = 'ready' THEN payload ELSE '{}' END, "
        "finished_at = CASE WHEN :state = 'ready' THEN NULL ELSE CAST(:finished AS BIGINT) END "
        "WHERE effect_key = :key AND state = 'running' AND claimed_by = :holder",
        use(state, "state"), use(code, "code"), use(next, "next"), use(finished, "finished"),
        use(effect_key, "key"), use(holder, "holder"));
}

std::chrono::milliseconds backoff(std::int64_t attempts, double jitter) {
    const double doubled =
        10'000.0 * std::pow(2.0, static_cast<double>(std::clamp<std::int64_t>(attempts, 1, 20) - 1));
    const double wait = std::min(doubled, 6.0 * 3'600'000.0);
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(wait * (1.0 + 0.2 * std::clamp(jitter, 0.0, 1.0))));
}

void renew(Tx& tx, std::string_view claimer, Instant lease_until) {
    const std::string holder(claimer);
    const long long lease = millis(lease_until);
    run(tx, "UPDATE outbox SET lease_until = :lease WHERE state = 'running' AND claimed_by = :holder",
        use(lease, "lease"), use(holder, "holder"));
}

std::int64_t recover(Tx& tx, std::string_view claimer, Instant machine_now) {
    return internal::recover(tx, "outbox", claimer, machine_now);
}

std::int64_t purge(Tx& tx, Instant before) {
    return internal::purge(tx, "outbox", before);
}

Result<Backlog> backlog(Tx& tx) {
    Backlog backlog;
    run(tx,
        "SELECT (SELECT count(*) FROM outbox WHERE state IN ('ready', 'running')), "
        "(SELECT count(*) FROM outbox WHERE state = 'dead')",
        into(backlog.waiting), into(backlog.dead));
    return backlog;
}

}  // namespace vv::store::outbox
