// bench/inserts [FOLDER] — many rows in one transaction, and one row by key: what each way of saying it
// costs.
//
// Eight columns (two ids, three more numbers, three texts of 10 to 40 bytes) into SQLite, a million rows a
// way, in transactions of 20,000.
#include "store/bulk.h"
#include "store/statements.h"

#include <cstdio>
#include <filesystem>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace vv;
using Clock = std::chrono::steady_clock;
using soci::into;
using soci::use;
using store::Tx;

constexpr long long kRows = 1'000'000;
constexpr long long kAtOnce = 20'000;
constexpr long long kLookups = 200'000;

const std::string kText =
    "INSERT INTO facts (owner_id, id, at, kind, count, name, place, words) "
    "VALUES (:owner, :id, :at, :kind, :count, :name, :place, :words)";

struct Row {
    std::int64_t owner = 7, id = 0, at = 0, kind = 0, count = 0;
    std::string name, place, words;

    void become(long long number) {
        id = number;
        at = 1'700'000'000'000 + number * 1000;
        kind = number % 5;
        count = number % 97;
        name = "Ann Lee " + std::to_string(number);
        place = "Toronto, Ontario";
        words = "A message of thirty letters: " + std::to_string(number);
    }
};

/// Of this process: tells the cost of a way even on a busy machine.
double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Result<Done> insert_prepared(Tx& tx, long long from) {
    Row row;
    store::Prepared insert(tx, kText, use(row.owner, "owner"), use(row.id, "id"), use(row.at, "at"),
                           use(row.kind, "kind"), use(row.count, "count"), use(row.name, "name"),
                           use(row.place, "place"), use(row.words, "words"));
    for (long long number = from; number < from + kAtOnce; ++number) {
        row.become(number);
        insert.execute();
    }
    return Done{};
}

Result<Done> insert_vectors(Tx& tx, long long from) {
    constexpr std::size_t size = 500;
    std::vector<long long> owner(size), id(size), at(size), kind(size), count(size);
    std::vector<std::string> name(size), place(size), words(size);
    store::Prepared insert(tx, kText, use(owner, "owner"), use(id, "id"), use(at, "at"), use(kind, "kind"),
                           use(count, "count"), use(name, "name"), use(place, "place"), use(words, "words"));
    Row row;
    for (long long number = from; number < from + kAtOnce;) {
        for (std::size_t i = 0; i < size; ++i, ++number) {
            row.become(number);
            owner[i] = row.owner, id[i] = row.id, at[i] = row.at, kind[i] = row.kind, count[i] = row.count;
            name[i] = row.name, place[i] = row.place, words[i] = row.words;
        }
        insert.execute();
    }
    return Done{};
}

Result<Done> insert_bulk(Tx& tx, long long from) {
    using store::Bulk;
    Bulk insert(
        tx,
        {{"owner_id"},
         {"id"},
         {"at"},
         {"kind"},
         {"count"},
         {"name", Bulk::text},
         {"place", Bulk::text},
         {"words", Bulk::text}},
        "INSERT INTO facts SELECT owner_id, id, at, kind, count, name, place, words FROM r WHERE true");
    Row row;
    for (long long number = from; number < from + kAtOnce; ++number) {
        row.become(number);
        insert.add(row.owner, row.id, row.at, row.kind, row.count, row.name, row.place, row.words);
    }
    insert.finish();
    return Done{};
}

Result<Done> make_table(Tx& tx) {
    tx.sql() << "DROP TABLE IF EXISTS facts";
    tx.sql() << "CREATE TABLE facts (owner_id BIGINT NOT NULL, id BIGINT NOT NULL, at BIGINT NOT NULL, kind "
                "BIGINT NOT NULL, "
                "count BIGINT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, "
                "PRIMARY KEY (owner_id, id)) WITHOUT ROWID";
    return Done{};
}

void measure_inserts(store::Database& db, const char* way, Result<Done> (*insert)(Tx&, long long)) {
    VV_ASSERT(db.write_now(make_table).ok());
    const auto begun = Clock::now();
    const double cpu_before = cpu_seconds();
    for (long long from = 0; from < kRows; from += kAtOnce)
        VV_ASSERT(db.write_now([&](Tx& tx) { return insert(tx, from); }).ok());
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("{\"insert\":\"%s\",\"rows_per_second\":%.0f,\"cpu_microseconds_a_row\":%.2f}\n", way,
                static_cast<double>(kRows) / seconds,
                (cpu_seconds() - cpu_before) * 1e6 / static_cast<double>(kRows));
}

Result<Done> look_up_parsed(Tx& tx) {
    std::string name;
    for (long long i = 0; i < kLookups; ++i) {
        const long long id = i * 7919 % kRows;
        tx.sql() << "SELECT name FROM facts WHERE owner_id = 7 AND id = :id", into(name), use(id, "id");
    }
    return Done{};
}

Result<Done> look_up_kept(Tx& tx) {
    std::string name;
    for (long long i = 0; i < kLookups; ++i) {
        const long long id = i * 7919 % kRows;
        store::run(tx, "SELECT name FROM facts WHERE owner_id = 7 AND id = :id", into(name), use(id, "id"));
    }
    return Done{};
}

void measure_lookups(store::Database& db, const char* way, Result<Done> (*look_up)(Tx&)) {
    const auto begun = Clock::now();
    const double cpu_before = cpu_seconds();
    VV_ASSERT(db.read_now(look_up).ok());
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("{\"look_up\":\"%s\",\"rows_per_second\":%.0f,\"cpu_microseconds_a_row\":%.2f}\n", way,
                static_cast<double>(kLookups) / seconds,
                (cpu_seconds() - cpu_before) * 1e6 / static_cast<double>(kLookups));
}

int measure(const std::string& folder) {
    store::DatabaseOptions options;
    options.url = "sqlite:" + folder + "/bench.db";
    auto opened = store::Database::open(options);
    VV_ASSERT(opened.ok());
    store::Database& db = **opened;
    measure_inserts(db, "soci vectors", &insert_vectors);
    measure_inserts(db, "bulk", &insert_bulk);
    measure_inserts(db, "prepared", &insert_prepared);
    measure_lookups(db, "parsed each time", &look_up_parsed);
    measure_lookups(db, "prepared once", &look_up_kept);
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    std::printf("{\"peak_mb\":%.0f}\n", static_cast<double>(used.ru_maxrss) / 1024);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const auto place = argc > 1 ? std::filesystem::path(argv[1])
                                : std::filesystem::read_symlink("/proc/self/exe").parent_path();
    std::string folder = (place / "inserts-XXXXXX").string();
    VV_ASSERT(::mkdtemp(folder.data()) != nullptr);
    const int status = measure(folder);
    std::filesystem::remove_all(folder);
    return status;
}
