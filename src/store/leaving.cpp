#include "store/leaving.h"

#include "store/bind.h"
#include "store/communities.h"
#include "store/statements.h"

#include <array>

namespace vv::store::leaving {
namespace {

using core::AccountId;
using soci::into;
using soci::use;

// No sweep's turn comes as late.
constexpr long long kNever = 253'402'300'799'000;

/// A private table and a column of its key, along which it is taken away piece by piece.
struct Part {
    const char* table;
    const char* column;
};
// Details before what they belong to. Whatever isn't here is small, and goes with the account.
constexpr std::array kParts{
    Part{"contacts", "identity_id"},
    Part{"contact_copies", "identity_id"},
    Part{"ties", "identity_id"},
    Part{"identity_sources", "identity_id"},
    Part{"encounter_people", "encounter_id"},
    Part{"encounters", "id"},
    Part{"gatherings", "series"},
    Part{"busy", "key"},
    Part{"posts", "key"},
    Part{"topics", "key"},
    Part{"people_texts", "person_id"},
    Part{"people_names", "word"},
    Part{"people_tags", "person_id"},
    Part{"people_acts", "id"},
    Part{"photos", "hash"},
    Part{"own_venue_files", "venue_id"},
    Part{"own_venues", "id"},
    Part{"import_rejections", "import_id"},
    Part{"owner_identities", "key"},
    Part{"decisions", "a"},
    Part{"review_pairs", "rank"},
    Part{"dismissals", "person_id"},
    Part{"suggestions_shown", "person_id"},
    Part{"reminders", "id"},
    Part{"identities", "id"},
    Part{"people", "id"},
    Part{"goals", "year"},
    Part{"goals_by_relation", "year"},
};

void run_all(Tx& tx, AccountId account, std::initializer_list<const char*> texts) {
    for (const char* text : texts) run(tx, text, use(account, "account"));
}

// What others' rows say of the account itself. Names, encounters and receipts are theirs.
void leave_others(Tx& tx, AccountId account) {
    run_all(tx, account,
            {"UPDATE meetings SET state = 'expired' WHERE with_account = :account"
             " AND (state IN ('proposed', 'declined') OR (state = 'scheduled' AND role = 'invitee'))",
             "UPDATE handshakes SET other_id = 0 WHERE other_id = :account",
             "DELETE FROM nearby_notes WHERE check_in_owner = :account"});
    // How people were before a change, to be undone: without whom they stood for.
    const std::string said = "\"account\":" + to_string(account);
    const std::string pattern = "%" + said + "%";
    const std::string none = "\"account\":null";
    run(tx,
        "UPDATE people_acts SET before = replace(before, :said, :none), after = replace(after, :said, :none)"
        " WHERE before LIKE :pattern OR after LIKE :pattern",
        use(said, "said"), use(none, "none"), use(pattern, "pattern"));
}

// What is still to be sent, such as that a meeting is off, is sent; whose it was is forgotten.
void hand_over_mails(Tx& tx, AccountId account) {
    const std::string id = to_string(account);
    const std::string pattern = "%" + id + "%";
    run(tx,
        "DELETE FROM outbox WHERE finished_at IS NOT NULL AND (owner_id = :account OR effect_key LIKE "
        ":pattern)",
        use(account, "account"), use(pattern, "pattern"));
    run(tx,
        "UPDATE outbox SET owner_id = 0, effect_key = replace(effect_key, :id, '0'),"
        " payload = replace(payload, :id, '0') WHERE owner_id = :account OR effect_key LIKE :pattern",
        use(id, "id"), use(account, "account"), use(pattern, "pattern"));
}

void end_asks_and_imports(Tx& tx, AccountId account, Instant now) {
    run(tx,
        "UPDATE imports SET state = 'cancelled', finished_at = :now WHERE owner_id = :account AND state = "
        "'queued'",
        use(now, "now"), use(account, "account"));
    run(tx, "UPDATE asks SET closed_at = :now WHERE owner_id = :account AND closed_at IS NULL",
        use(now, "now"), use(account, "account"));
    run(tx, "UPDATE ask_sends SET declined_at = :now WHERE account_id = :account AND declined_at IS NULL",
        use(now, "now"), use(account, "account"));
}

}  // namespace

std::optional<Instant> leaves_at(Tx& tx, AccountId account) {
    std::optional<Instant> at;
    run(tx, "SELECT leaves_at FROM accounts WHERE id = :account", into(at), use(account, "account"));
    return at;
}

void set(Tx& tx, AccountId account, std::optional<Instant> leaves_at) {
    run(tx, "UPDATE accounts SET leaves_at = :at WHERE id = :account", use(leaves_at, "at"),
        use(account, "account"));
}

std::vector<AccountId> due(Tx& tx, Instant now, int limit) {
    AccountId account;
    Prepared select(tx,
                    "SELECT id FROM accounts WHERE leaves_at IS NOT NULL AND leaves_at <= :now"
                    " ORDER BY leaves_at, id LIMIT :limit",
                    into(account), use(now, "now"), use(limit, "limit"));
    return select.all(account);
}

bool is_only_admin(Tx& tx, AccountId account) {
    int is_admin = 0, others = 0, admins = 0;
    run(tx,
        "SELECT coalesce(max(CASE WHEN id = :account THEN is_admin ELSE 0 END), 0),"
        " CAST(coalesce(sum(CASE WHEN id <> :account THEN 1 ELSE 0 END), 0) AS INTEGER),"
        " CAST(coalesce(sum(CASE WHEN id <> :account AND leaves_at IS NULL THEN is_admin ELSE 0 END), 0) AS "
        "INTEGER)"
        " FROM accounts",
        into(is_admin), into(others), into(admins), use(account, "account"));
    return is_admin != 0 && others > 0 && admins == 0;
}

std::vector<core::MeetingId> open_meetings(Tx& tx, AccountId account) {
    core::MeetingId id;
    Prepared select(tx,
                    "SELECT id FROM meetings WHERE owner_id = :account"
                    " AND state IN ('proposed', 'scheduled', 'declined') ORDER BY id",
                    into(id), use(account, "account"));
    return select.all(id);
}

// A friend who looks out for the account goes on doing so.
void withdraw(Tx& tx, AccountId account, Instant now) {
    // Both ways: who is gone for others has nobody here either, and whoever comes back is asked anew.
    run_all(tx, account,
            {"DELETE FROM sessions WHERE account_id = :account",
             "DELETE FROM one_time_tokens WHERE account_id = :account",
             "DELETE FROM handshake_offers WHERE account_id = :account OR reader_id = :account",
             "DELETE FROM link_requests WHERE owner_id = :account OR account_id = :account",
             "UPDATE people SET account_id = NULL WHERE owner_id = :account AND account_id IS NOT NULL",
             "UPDATE people SET account_id = NULL WHERE account_id = :account",
             "UPDATE broker_settings SET agrees = 0 WHERE owner_id = :account",
             "DELETE FROM free_busy_links WHERE owner_id = :account",
             "DELETE FROM free_time_shares WHERE owner_id = :account OR account_id = :account",
             "DELETE FROM trip_shares WHERE owner_id = :account OR account_id = :account",
             "DELETE FROM check_ins WHERE owner_id = :account",
             "DELETE FROM check_in_shown WHERE account_id = :account",
             "DELETE FROM free_windows WHERE owner_id = :account",
             "DELETE FROM free_window_shown WHERE account_id = :account",
             "DELETE FROM nearby_notes WHERE owner_id = :account OR account_id = :account"
             " OR check_in_owner = :account",
             "UPDATE walls SET link_hash = NULL WHERE owner_id = :account",
             "UPDATE subscriptions SET is_stopped = 1 WHERE owner_id = :account",
             "UPDATE introductions SET is_over = 1 WHERE made_at IS NULL AND owner_id = :account",
             "UPDATE introductions SET is_over = 1 WHERE made_at IS NULL AND asker_id = :account",
             "UPDATE introductions SET is_over = 1 WHERE made_at IS NULL AND target_id = :account",
             "DELETE FROM jobs WHERE owner_id = :account AND state = 'ready' AND kind <> 'lookout'",
             "UPDATE jobs SET cancel_requested = 1 WHERE owner_id = :account AND state = 'running'"});
    communities::leave_all(tx, account);
    end_asks_and_imports(tx, account, now);
    run(tx,
        "UPDATE accounts SET feed_token_hash = NULL, findable = 0, shows_ties = 0, nearby_circles = NULL,"
        " reminders_at = :never"
        " WHERE id = :account",
        use(kNever, "never"), use(account, "account"));
}

void restore(Tx& tx, AccountId account) {
    run(tx, "UPDATE accounts SET reminders_at = 0 WHERE id = :account", use(account, "account"));
}

bool erase_some(Tx& tx, AccountId account) {
    for (const auto& [table, column] : kParts) {
        const std::string rows = std::string(" FROM ") + table + " WHERE owner_id = :account";
        const std::string key = column;
        Prepared erase(tx,
                       "DELETE" + rows + " AND " + key + " <= coalesce((SELECT " + key + rows + " ORDER BY " +
                           key + " LIMIT 1 OFFSET 2000), (SELECT max(" + key + ")" + rows + "))",
                       use(account, "account"));
        erase.execute();
        if (erase.affected_rows() > 0) return true;
    }
    return false;
}

std::vector<std::string> erase(Tx& tx, AccountId account, const std::string& handle_hash) {
    std::string path;
    std::vector<std::string> files;
    {
        Prepared uploads(
            tx, "SELECT path FROM imports WHERE owner_id = :account AND is_upload = 1 AND path <> ''",
            into(path), use(account, "account"));
        files = uploads.all(path);
    }
    leave_others(tx, account);
    hand_over_mails(tx, account);
    run_all(tx, account,
            {"DELETE FROM jobs WHERE owner_id = :account", "DELETE FROM accounts WHERE id = :account",
             // Nothing leads to it in the network of asks, so that nobody needs to hear that it is gone.
             "DELETE FROM way_changes WHERE account_id = :account"});
    run(tx, "INSERT INTO retired_handles (handle_hash) VALUES (:hash) ON CONFLICT (handle_hash) DO NOTHING",
        use(handle_hash, "hash"));
    return files;
}

bool is_retired(Tx& tx, const std::string& handle_hash) {
    int one = 0;
    return run(tx, "SELECT 1 FROM retired_handles WHERE handle_hash = :hash", into(one),
               use(handle_hash, "hash"));
}

}  // namespace vv::store::leaving
