#include "store/imports.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/import_report.h"
#include "store/lists.h"

#include <array>
#include <boost/json.hpp>

namespace vv::store::imports {
namespace {

using core::AccountId;
using soci::into;
using soci::use;

constexpr std::array<std::string_view, 6> kStates{"queued", "running",   "done",
                                                  "failed", "cancelled", "undone"};

State parse_state(std::string_view name) {
    const auto* const found = std::find(kStates.begin(), kStates.end(), name);
    VV_ASSERT(found != kStates.end());
    return static_cast<State>(found - kStates.begin());
}

template <class... Bindings>
std::vector<Import> select(Tx& tx, const std::string& rest, const Bindings&... bindings) {
    Import row;
    std::string state, report, found;
    long long done = 0;
    long long total = 0;
    Prepared statement(
        tx,
        "SELECT i.id, i.job_id, i.name, i.state, i.path, i.is_upload, i.is_leaving, i.started_at, "
        "i.finished_at,"
        " i.report, i.error_code, i.error, coalesce(j.done, 0), coalesce(j.total, 0), coalesce(j.found, "
        "'{}'),"
        " coalesce(j.state, ''), coalesce(j.error_code, ''), coalesce(j.error_detail, '') FROM imports i"
        " LEFT JOIN jobs j ON j.owner_id = i.owner_id AND j.id = i.job_id WHERE i.owner_id = :owner" +
            rest,
        into(row.id), into(row.job), into(row.name), into(state), into(row.path), into(row.is_upload),
        into(row.is_leaving), into(row.started_at), into(row.finished_at), into(report), into(row.error_code),
        into(row.error), into(done), into(total), into(found), into(row.job_state), into(row.job_error_code),
        into(row.job_error), bindings...);
    std::vector<Import> imports;
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        row.state = parse_state(state);
        row.report = report.empty() ? std::nullopt : std::optional(parse_report(report));
        row.progress = {done, total, parse_counts(found)};
        imports.push_back(row);
    }
    return imports;
}

std::optional<Import> first(std::vector<Import> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

template <class... Bindings>
std::vector<File> select_files(Tx& tx, const std::string& rest, const Bindings&... bindings) {
    File row;
    std::string counts;
    long long id = 0;
    long long size = 0;
    std::optional<long long> same_as;
    Prepared statement(tx,
                       "SELECT f.id, f.import_id, f.archive, f.name, f.network, f.sha256, f.size, f.same_as, "
                       "f.is_read, i.started_at,"
                       " f.counts, f.seconds FROM import_files f JOIN imports i ON i.owner_id = f.owner_id "
                       "AND i.id = f.import_id"
                       " WHERE f.owner_id = :owner" +
                           rest + " ORDER BY +f.id",  // not by the key: SQLite would walk all files for it
                       into(id), into(row.import), into(row.archive), into(row.name), into(row.network),
                       into(row.sha256), into(size), into(same_as), into(row.is_read), into(row.read_at),
                       into(counts), into(row.counts.seconds), bindings...);
    std::vector<File> files;
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        const double seconds = row.counts.seconds;
        row.id = id;
        row.size = size;
        row.same_as = same_as ? std::optional<FileId>(*same_as) : std::nullopt;
        row.counts = parse_counts_line(counts);
        row.counts.archive = row.archive;
        row.counts.network = row.network;
        row.counts.seconds = seconds;
        files.push_back(row);
    }
    return files;
}

std::string text_list(const std::vector<std::string>& texts) {
    return boost::json::serialize(boost::json::array(texts.begin(), texts.end()));
}

}  // namespace

std::string_view to_string(State state) {
    return kStates[static_cast<std::size_t>(state)];
}

void add(Tx& tx, AccountId owner, const Import& import) {
    const std::string state(to_string(import.state));
    run(tx,
        "INSERT INTO imports (owner_id, id, name, state, path, is_upload, started_at)"
        " VALUES (:owner, :id, :name, :state, :path, :is_upload, :started)",
        use(owner, "owner"), use(import.id, "id"), use(import.name, "name"), use(state, "state"),
        use(import.path, "path"), use(import.is_upload, "is_upload"), use(import.started_at, "started"));
}

std::optional<Import> find(Tx& tx, AccountId owner, ImportId id) {
    return first(select(tx, " AND i.id = :id", use(owner, "owner"), use(id, "id")));
}

std::vector<Import> list(Tx& tx, AccountId owner, std::optional<ImportId> after, int limit) {
    const ImportId before = after.value_or(ImportId{INT64_MAX});
    return select(tx, " AND i.id < :before ORDER BY i.id DESC LIMIT :limit", use(owner, "owner"),
                  use(before, "before"), use(limit, "limit"));
}

void start(Tx& tx, AccountId owner, ImportId id, Instant now) {
    run(tx, "UPDATE imports SET state = 'running', started_at = :now WHERE owner_id = :owner AND id = :id",
        use(now, "now"), use(owner, "owner"), use(id, "id"));
}

void set_job(Tx& tx, AccountId owner, ImportId id, jobs::JobId job) {
    run(tx, "UPDATE imports SET job_id = :job WHERE owner_id = :owner AND id = :id", use(job, "job"),
        use(owner, "owner"), use(id, "id"));
}

void set_leaving(Tx& tx, AccountId owner, ImportId id) {
    run(tx, "UPDATE imports SET is_leaving = 1 WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
        use(id, "id"));
}

void finish(Tx& tx, AccountId owner, const Import& import) {
    const std::string state(to_string(import.state));
    const std::string report = import.report ? to_json(*import.report) : std::string();
    run(tx,
        "UPDATE imports SET state = :state, finished_at = :finished, report = :report, error_code = :code, "
        "error = :error,"
        " is_leaving = 0, path = :path WHERE owner_id = :owner AND id = :id",
        use(state, "state"), use(import.finished_at, "finished"), use(report, "report"),
        use(import.error_code, "code"), use(import.error, "error"), use(import.path, "path"),
        use(owner, "owner"), use(import.id, "id"));
}

bool reread(Tx& tx, AccountId owner, ImportId id, const std::string& archive, const std::string& network) {
    int one = 0;
    const bool is_kept =
        run(tx,
            "UPDATE imports SET state = 'queued', job_id = NULL WHERE owner_id = :owner AND id = :id"
            " AND state IN ('done', 'queued') AND path <> '' AND report <> '' RETURNING 1",
            into(one), use(owner, "owner"), use(id, "id"));
    if (is_kept)
        run(tx,
            "UPDATE import_files SET is_read = 0 WHERE owner_id = :owner AND import_id = :id"
            " AND archive = :archive AND network = :network AND same_as IS NULL",
            use(owner, "owner"), use(id, "id"), use(archive, "archive"), use(network, "network"));
    return is_kept;
}

void leave_as_read(Tx& tx, AccountId owner, ImportId id) {
    run(tx, "UPDATE imports SET state = 'done' WHERE owner_id = :owner AND id = :id", use(owner, "owner"),
        use(id, "id"));
    run(tx, "UPDATE import_files SET is_read = 1 WHERE owner_id = :owner AND import_id = :id",
        use(owner, "owner"), use(id, "id"));
}

std::vector<Kept> give_up_kept(Tx& tx, Instant before) {
    const std::string old =
        " WHERE state = 'done' AND is_leaving = 0 AND path <> '' AND finished_at < :before";
    Kept row;
    Prepared select(tx, "SELECT owner_id, id, path, is_upload FROM imports" + old, into(row.owner),
                    into(row.id), into(row.path), into(row.is_upload), use(before, "before"));
    auto found = select.all(row);
    run(tx, "UPDATE imports SET path = ''" + old, use(before, "before"));
    return found;
}

std::vector<std::string> upload_paths(Tx& tx) {
    std::string path;
    Prepared select(tx, "SELECT path FROM imports WHERE is_upload = 1 AND path <> ''", into(path));
    return select.all(path);
}

void lock(Tx& tx, AccountId owner) {
    run(tx, "UPDATE accounts SET created_at = created_at WHERE id = :owner", use(owner, "owner"));
}

bool has_job(Tx& tx, AccountId owner, jobs::JobId besides, Instant machine_now) {
    int one = 0;
    const std::string kind = kJob;
    return run(
        tx,
        "SELECT 1 FROM jobs WHERE owner_id = :owner AND kind = :kind AND id <> :besides AND (state = 'ready'"
        " OR (state = 'running' AND lease_until > :machine)) LIMIT 1",
        into(one), use(owner, "owner"), use(kind, "kind"), use(besides, "besides"),
        use(machine_now, "machine"));
}

std::optional<Import> next_waiting(Tx& tx, AccountId owner) {
    return first(select(tx, " AND (i.state = 'queued' OR i.is_leaving = 1) ORDER BY i.id LIMIT 1",
                        use(owner, "owner")));
}

std::vector<AccountId> stuck_owners(Tx& tx) {
    AccountId owner;
    const std::string kind = kJob;
    Prepared select(tx,
                    "SELECT DISTINCT i.owner_id FROM imports i WHERE (i.state = 'queued' OR i.is_leaving = "
                    "1) AND NOT EXISTS"
                    " (SELECT 1 FROM jobs j WHERE j.owner_id = i.owner_id AND j.kind = :kind"
                    " AND j.state IN ('ready', 'running'))",
                    into(owner), use(kind, "kind"));
    std::vector<AccountId> owners;
    for (bool more = select.execute(); more; more = select.fetch()) owners.push_back(owner);
    return owners;
}

std::vector<ImportId> abandoned(Tx& tx, AccountId owner, ImportId besides, Instant machine_now) {
    ImportId id;
    Prepared select(
        tx,
        "SELECT i.id FROM imports i WHERE i.owner_id = :owner AND i.state = 'running' AND i.id <> :besides"
        " AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.owner_id = i.owner_id AND j.id = i.job_id"
        " AND (j.state = 'ready' OR (j.state = 'running' AND j.lease_until > :machine)))",
        into(id), use(owner, "owner"), use(besides, "besides"), use(machine_now, "machine"));
    std::vector<ImportId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(id);
    return found;
}

void add_files(Tx& tx, AccountId owner, const std::vector<const File*>& files) {
    Bulk insert(
        tx,
        {{"owner_id"},
         {"id"},
         {"import_id"},
         {"archive", Bulk::text},
         {"name", Bulk::text},
         {"network", Bulk::text},
         {"sha256", Bulk::text},
         {"size"},
         {"same_as"},
         {"is_read"}},
        "INSERT INTO import_files (owner_id, id, import_id, archive, name, network, sha256, size, same_as, "
        "is_read)"
        " SELECT owner_id, id, import_id, archive, name, network, sha256, size, same_as, is_read FROM r");
    for (const File* file : files)
        insert.add(owner, file->id, file->import, file->archive, file->name, file->network, file->sha256,
                   file->size, file->same_as, file->is_read);
    insert.finish();
}

std::vector<File> files_of(Tx& tx, AccountId owner, ImportId import) {
    return select_files(tx, " AND f.import_id = :import", use(owner, "owner"), use(import, "import"));
}

std::vector<File> with_content(Tx& tx, AccountId owner, const std::vector<std::string>& sha256) {
    const std::string hashes = text_list(sha256);
    const std::string in = tx.dialect() == Dialect::sqlite
                               ? "(SELECT value FROM json_each(:hashes))"
                               : "(SELECT value FROM json_array_elements_text(CAST(:hashes AS json)))";
    return select_files(tx, " AND f.is_read = 1 AND f.sha256 IN " + in, use(owner, "owner"),
                        use(hashes, "hashes"));
}

std::vector<Sized> read_of_sizes(Tx& tx, AccountId owner, const std::string& network,
                                 const std::vector<std::int64_t>& sizes) {
    const std::string list = id_list(sizes);
    Sized row;
    long long size = 0;
    Prepared select(tx,
                    "SELECT DISTINCT name, size FROM import_files WHERE owner_id = :owner AND is_read = 1"
                    " AND network = :network AND size IN " +
                        ids_in(tx.dialect(), "sizes"),
                    into(row.name), into(size), use(owner, "owner"), use(network, "network"),
                    use(list, "sizes"));
    std::vector<Sized> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.size = size;
        found.push_back(row);
    }
    return found;
}

void mark_read(Tx& tx, AccountId owner, const std::vector<const File*>& files) {
    Bulk update(tx,
                {{"owner_id"},
                 {"id"},
                 {"sha256", Bulk::text},
                 {"size"},
                 {"counts", Bulk::text},
                 {"seconds", Bulk::real}},
                "UPDATE import_files SET is_read = 1, sha256 = r.sha256, size = r.size, counts = r.counts,"
                " seconds = r.seconds FROM r"
                " WHERE import_files.owner_id = r.owner_id AND import_files.id = r.id");
    for (const File* file : files)
        update.add(owner, file->id, file->sha256, file->size, to_json(file->counts), file->counts.seconds);
    update.finish();
}

void remove_files(Tx& tx, AccountId owner, const std::vector<FileId>& files) {
    const std::string ids = id_list(files);
    run(tx, "DELETE FROM import_files WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
}

bool hand_over(Tx& tx, AccountId owner, FileId file) {
    const long long id = file;
    long long heir = 0;
    if (!run(tx, "SELECT id FROM import_files WHERE owner_id = :owner AND same_as = :id ORDER BY id LIMIT 1",
             into(heir), use(owner, "owner"), use(id, "id")))
        return false;
    // The row that has the facts becomes the heir's; the heir's own row, which had none, goes.
    run(tx,
        "UPDATE import_files SET import_id = h.import_id, archive = h.archive, name = h.name FROM "
        "import_files h"
        " WHERE h.owner_id = :owner AND h.id = :heir AND import_files.owner_id = :owner AND import_files.id "
        "= :id",
        use(owner, "owner"), use(heir, "heir"), use(id, "id"));
    run(tx, "DELETE FROM import_files WHERE owner_id = :owner AND id = :heir", use(owner, "owner"),
        use(heir, "heir"));
    return true;
}

void add_rejections(Tx& tx, AccountId owner, ImportId import, const std::vector<Rejection>& rejections) {
    Bulk insert(
        tx,
        {{"owner_id"},
         {"import_id"},
         {"number"},
         {"archive", Bulk::text},
         {"file", Bulk::text},
         {"line"},
         {"error", Bulk::text},
         {"excerpt", Bulk::text}},
        "INSERT INTO import_rejections (owner_id, import_id, number, archive, file, line, error, excerpt)"
        " SELECT owner_id, import_id, number, archive, file, line, error, excerpt FROM r WHERE true"
        " ON CONFLICT DO NOTHING");
    for (const Rejection& one : rejections)
        insert.add(owner, import, one.number, one.archive, one.file, one.line, one.error, one.excerpt);
    insert.finish();
}

std::vector<Rejection> rejections(Tx& tx, AccountId owner, ImportId import, std::int64_t after, int limit) {
    Rejection row;
    long long number = 0;
    long long line = 0;
    const long long from = after;
    Prepared select(
        tx,
        "SELECT number, archive, file, line, error, excerpt FROM import_rejections WHERE owner_id = :owner"
        " AND import_id = :import AND number > :after ORDER BY number LIMIT :limit",
        into(number), into(row.archive), into(row.file), into(line), into(row.error), into(row.excerpt),
        use(owner, "owner"), use(import, "import"), use(from, "after"), use(limit, "limit"));
    std::vector<Rejection> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.number = number;
        row.line = line;
        found.push_back(row);
    }
    return found;
}

void remove_rejections(Tx& tx, AccountId owner, ImportId import) {
    run(tx, "DELETE FROM import_rejections WHERE owner_id = :owner AND import_id = :import",
        use(owner, "owner"), use(import, "import"));
}

std::int64_t count_identities(Tx& tx, AccountId owner, const std::vector<FileId>& files) {
    const std::string ids = id_list(files);
    long long found = 0;
    run(tx,
        "SELECT count(DISTINCT s.identity_id) FROM identity_sources s"
        " JOIN identities i ON i.owner_id = s.owner_id AND i.id = s.identity_id"
        " WHERE s.owner_id = :owner AND s.file_id IN " +
            ids_in(tx.dialect()) +
            " AND NOT EXISTS (SELECT 1 FROM owner_identities o WHERE o.owner_id = i.owner_id"
            " AND o.network = i.network AND o.key = i.key)",
        into(found), use(owner, "owner"), use(ids, "ids"));
    return found;
}

std::int64_t count_encounters(Tx& tx, AccountId owner, const std::vector<FileId>& files, Instant now) {
    const std::string ids = id_list(files);
    long long found = 0;
    run(tx,
        "SELECT count(DISTINCT e.id) FROM gatherings g JOIN encounters e ON e.owner_id = g.owner_id"
        " AND e.source = g.source AND e.source_key = g.key WHERE g.owner_id = :owner AND g.file_id IN " +
            ids_in(tx.dialect()) + " AND coalesce(e.end_at, e.start_at) <= :now",
        into(found), use(owner, "owner"), use(ids, "ids"), use(now, "now"));
    return found;
}

}  // namespace vv::store::imports
