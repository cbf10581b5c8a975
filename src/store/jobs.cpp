#include "store/jobs.h"

#include "store/internal/claims.h"
#include "store/statements.h"

#include <algorithm>
#include <array>

namespace vv::store::jobs {
namespace {

using soci::into;
using soci::use;

constexpr std::array<std::string_view, 5> kStates = {"ready", "running", "done", "failed", "cancelled"};

State parse_state(std::string_view name) {
    const auto* const found = std::ranges::find(kStates, name);
    VV_ASSERT(found != kStates.end());
    return static_cast<State>(found - kStates.begin());
}

/// One row as SOCI fills it; `columns` in this order.
struct Row {
    static constexpr const char* columns =
        "owner_id, id, kind, payload, state, run_at, attempts, done, total, found, cancel_requested, "
        "error_code, "
        "error_detail, created_at, finished_at";

    long long owner = 0, id = 0, run_at = 0, attempts = 0, done = 0, total = 0, created_at = 0,
              finished_at = 0;
    int cancel_requested = 0;
    soci::indicator finished = soci::i_null;
    std::string kind, payload, state, found, error_code, error_detail;

    void bind(Prepared& select) {
        select.bind(into(owner)), select.bind(into(id)), select.bind(into(kind)), select.bind(into(payload));
        select.bind(into(state)), select.bind(into(run_at)), select.bind(into(attempts)),
            select.bind(into(done));
        select.bind(into(total)), select.bind(into(found)), select.bind(into(cancel_requested));
        select.bind(into(error_code)), select.bind(into(error_detail)), select.bind(into(created_at));
        select.bind(into(finished_at, finished));
    }
    [[nodiscard]] Job job() const {
        Job job;
        job.id = {id};
        job.owner = {owner};
        job.kind = kind;
        job.payload = parse_payload(payload);
        job.state = parse_state(state);
        job.run_at = from_millis(run_at);
        job.attempts = attempts;
        job.progress = {done, total, parse_counts(found)};
        job.cancel_requested = cancel_requested != 0;
        job.error_code = error_code;
        job.error_detail = error_detail;
        job.created_at = from_millis(created_at);
        if (finished == soci::i_ok) job.finished_at = from_millis(finished_at);
        return job;
    }
};

std::vector<Job> fetch_all(Prepared& select, Row& row) {
    std::vector<Job> jobs;
    for (bool has_row = select.execute(); has_row; has_row = select.fetch()) jobs.push_back(row.job());
    return jobs;
}

std::string key_of(const NewJob& job) {
    return job.key.empty() ? to_string(job.id) : job.key;
}

/// A running job whose like has been asked for again meanwhile: it need not wait a second time.
constexpr const char* kIsOvertaken =
    "state = 'running' AND EXISTS (SELECT 1 FROM jobs AS next WHERE next.owner_id = jobs.owner_id "
    "AND next.kind = jobs.kind AND next.unique_key = jobs.unique_key AND next.state = 'ready')";

std::vector<Job> claim_those(Tx& tx, const Claim& claim, const std::string& whose) {
    const long long lease = millis(claim.lease_until);
    const long long now = millis(claim.now);
    Row row;
    Prepared update(
        tx,
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, claimed_by = :claimer, "
        "lease_until = :lease WHERE (owner_id, id) IN (SELECT owner_id, id FROM jobs "
        "WHERE state = 'ready' AND run_at <= :now AND kind IN (" +
            internal::placeholders(claim.kinds.size()) + ")" + whose + " ORDER BY run_at, id LIMIT :most" +
            internal::skip_locked(tx.dialect()) + ") RETURNING " + Row::columns,
        use(claim.claimer, "claimer"), use(lease, "lease"), use(now, "now"), use(claim.limit, "most"));
    row.bind(update);
    internal::bind_kinds(update, claim.kinds);
    auto jobs = fetch_all(update, row);
    std::ranges::sort(jobs, {}, [](const Job& job) { return std::pair(job.run_at, job.id); });
    return jobs;
}

}  // namespace

std::string_view to_string(State state) {
    return kStates.at(static_cast<std::size_t>(state));
}

JobId add(Tx& tx, const NewJob& job, Instant now) {
    const std::string key = key_of(job);
    const std::string payload = to_json(job.payload);
    const long long owner = job.owner.value;
    const long long id = job.id.value;
    const long long run_at = millis(job.run_at);
    const long long created_at = millis(now);
    long long kept = id;
    run(tx,
        "INSERT INTO jobs (owner_id, id, kind, unique_key, payload, state, run_at, created_at) "
        "VALUES (:owner, :id, :kind, :key, :payload, 'ready', :run_at, :created_at) "
        "ON CONFLICT (owner_id, kind, unique_key) WHERE state = 'ready' "
        "DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at RETURNING id",
        into(kept), use(owner, "owner"), use(id, "id"), use(job.kind, "kind"), use(key, "key"),
        use(payload, "payload"), use(run_at, "run_at"), use(created_at, "created_at"));
    return {kept};
}

Result<Job> find(Tx& tx, core::AccountId owner, JobId id) {
    const long long owner_id = owner.value;
    const long long job_id = id.value;
    Row row;
    Prepared select(tx,
                    std::string("SELECT ") + Row::columns + " FROM jobs WHERE owner_id = :owner AND id = :id",
                    use(owner_id, "owner"), use(job_id, "id"));
    row.bind(select);
    if (!select.execute()) return Error(Fault::not_found, "job.unknown", "There is no such job.");
    return row.job();
}

std::vector<Job> list(Tx& tx, core::AccountId owner, std::string_view kind, int limit) {
    const long long owner_id = owner.value;
    const std::string of_kind(kind);
    Row row;
    Prepared select(tx,
                    std::string("SELECT ") + Row::columns +
                        " FROM jobs WHERE owner_id = :owner AND kind = :kind ORDER BY id DESC LIMIT :limit",
                    use(owner_id, "owner"), use(of_kind, "kind"), use(limit, "limit"));
    row.bind(select);
    return fetch_all(select, row);
}

Result<Job> request_cancel(Tx& tx, core::AccountId owner, JobId id, Instant now) {
    const long long owner_id = owner.value;
    const long long job_id = id.value;
    const long long finished = millis(now);
    run(tx,
        "UPDATE jobs SET cancel_requested = 1, finished_at = CASE WHEN state = 'ready' THEN CAST(:finished "
        "AS BIGINT) END, "
        "state = CASE WHEN state = 'ready' THEN 'cancelled' ELSE state END "
        "WHERE owner_id = :owner AND id = :id AND state IN ('ready', 'running')",
        use(finished, "finished"), use(owner_id, "owner"), use(job_id, "id"));
    return find(tx, owner, id);
}

bool withdraw(Tx& tx, core::AccountId owner, std::string_view kind, std::string_view key) {
    const long long owner_id = owner.value;
    const std::string of_kind(kind);
    const std::string unique_key(key);
    Prepared remove(tx,
                    "DELETE FROM jobs WHERE owner_id = :owner AND kind = :kind AND unique_key = :key "
                    "AND state = 'ready'",
                    use(owner_id, "owner"), use(of_kind, "kind"), use(unique_key, "key"));
    remove.execute();
    return remove.affected_rows() > 0;
}

std::vector<Job> claim(Tx& tx, const Claim& claim) {
    if (claim.kinds.empty()) return {};
    // Whoever has one at work waits behind everybody else, however many more of theirs are due before.
    auto jobs =
        claim_those(tx, claim,
                    " AND owner_id NOT IN (SELECT r.owner_id FROM jobs r WHERE r.state = 'running' AND "
                    "r.kind IN (" +
                        internal::placeholders(claim.kinds.size()) + "))");
    return jobs.empty() ? claim_those(tx, claim, "") : jobs;
}

void add_claimed(Tx& tx, const NewJob& job, std::string_view claimer, Instant now, Instant lease_until) {
    const std::string key = key_of(job);
    const std::string payload = to_json(job.payload);
    const std::string holder(claimer);
    const long long owner = job.owner.value;
    const long long id = job.id.value;
    const long long run_at = millis(job.run_at);
    const long long created_at = millis(now);
    const long long lease = millis(lease_until);
    run(tx,
        "INSERT INTO jobs (owner_id, id, kind, unique_key, payload, state, run_at, attempts, claimed_by, "
        "lease_until, "
        "created_at) VALUES (:owner, :id, :kind, :key, :payload, 'running', :run_at, 1, :holder, :lease, "
        ":created_at)",
        use(owner, "owner"), use(id, "id"), use(job.kind, "kind"), use(key, "key"), use(payload, "payload"),
        use(run_at, "run_at"), use(holder, "holder"), use(lease, "lease"), use(created_at, "created_at"));
}

Result<bool> is_due(Tx& tx, const std::vector<std::string>& kinds, Instant now) {
    return internal::is_due(tx, "jobs", kinds, now);
}

bool report(Tx& tx, core::AccountId owner, JobId id, std::string_view claimer, const Progress& progress) {
    const long long owner_id = owner.value;
    const long long job_id = id.value;
    const std::string holder(claimer);
    const std::string found = to_json(progress.found);
    Prepared update(tx,
                    "UPDATE jobs SET done = :done, total = :total, found = :found "
                    "WHERE owner_id = :owner AND id = :id AND state = 'running' AND claimed_by = :holder",
                    use(progress.done, "done"), use(progress.total, "total"), use(found, "found"),
                    use(owner_id, "owner"), use(job_id, "id"), use(holder, "holder"));
    update.execute();
    return update.affected_rows() > 0;
}

bool finish(Tx& tx, core::AccountId owner, JobId id, std::string_view claimer, const Ending& ending,
            Instant now) {
    const long long owner_id = owner.value;
    const long long job_id = id.value;
    const std::string holder(claimer);
    const std::string state(to_string(ending.state));
    const long long next = millis(ending.run_at);
    const long long finished = millis(now);
    if (ending.state == State::ready) {
        Prepared overtaken(
            tx,
            std::string("UPDATE jobs SET state = 'done', claimed_by = '', finished_at = :finished "
                        "WHERE owner_id = :owner AND id = :id AND claimed_by = :holder AND ") +
                kIsOvertaken,
            use(finished, "finished"), use(owner_id, "owner"), use(job_id, "id"), use(holder, "holder"));
        overtaken.execute();
        if (overtaken.affected_rows() > 0) return true;
    }
    Prepared update(
        tx,
        "UPDATE jobs SET state = :state, error_code = :code, error_detail = :detail, claimed_by = '', "
        "run_at = CASE WHEN :state = 'ready' THEN CAST(:next AS BIGINT) ELSE run_at END, "
        "finished_at = CASE WHEN :state = 'ready' THEN NULL ELSE CAST(:finished AS BIGINT) END "
        "WHERE owner_id = :owner AND id = :id AND state = 'running' AND claimed_by = :holder",
        use(state, "state"), use(ending.error_code, "code"), use(ending.error_detail, "detail"),
        use(next, "next"), use(finished, "finished"), use(owner_id, "owner"), use(job_id, "id"),
        use(holder, "holder"));
    update.execute();
    return update.affected_rows() > 0;
}

std::vector<Running> renew(Tx& tx, std::string_view claimer, Instant lease_until) {
    const std::string holder(claimer);
    const long long lease = millis(lease_until);
    long long owner = 0;
    long long id = 0;
    int cancel_requested = 0;
    Prepared update(tx,
                    "UPDATE jobs SET lease_until = :lease WHERE state = 'running' AND claimed_by = :holder "
                    "RETURNING owner_id, id, cancel_requested",
                    into(owner), into(id), into(cancel_requested), use(lease, "lease"),
                    use(holder, "holder"));
    std::vector<Running> running;
    for (bool has_row = update.execute(); has_row; has_row = update.fetch())
        running.push_back({{owner}, {id}, cancel_requested != 0});
    return running;
}

std::int64_t recover(Tx& tx, std::string_view claimer, Instant machine_now) {
    const std::string holder(claimer);
    const long long now = millis(machine_now);
    run(tx,
        std::string("UPDATE jobs SET state = 'done', claimed_by = '', finished_at = run_at "
                    "WHERE claimed_by <> :holder AND ") +
            internal::kIsDead + " AND " + kIsOvertaken,
        use(holder, "holder"), use(now, "now"));
    return internal::recover(tx, "jobs", claimer, machine_now);
}

void give_up(Tx& tx, core::AccountId owner, JobId id, Instant now) {
    const long long owner_id = owner.value;
    const long long job_id = id.value;
    const long long finished = millis(now);
    run(tx,
        "UPDATE jobs SET state = 'failed', claimed_by = '', finished_at = :finished WHERE owner_id = :owner "
        "AND "
        "id "
        "= :id AND state IN ('ready', 'running')",
        use(finished, "finished"), use(owner_id, "owner"), use(job_id, "id"));
}

std::int64_t purge(Tx& tx, Instant before) {
    return internal::purge(tx, "jobs", before);
}

Result<Backlog> backlog(Tx& tx) {
    long long waiting = 0;
    long long running = 0;
    long long failed = 0;
    run(tx,
        "SELECT (SELECT count(*) FROM jobs WHERE state = 'ready'), "
        "(SELECT count(*) FROM jobs WHERE state = 'running'), (SELECT count(*) FROM jobs WHERE state = "
        "'failed')",
        into(waiting), into(running), into(failed));
    return Backlog{waiting, running, failed};
}

}  // namespace vv::store::jobs
