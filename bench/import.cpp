// bench/import.cpp — how fast a LinkedIn export goes in, from the zip to people with their summaries.
//
//     import [--connections 30000] [--messages 500000] [--seed 1] [--database URL] [--keep FOLDER]
//
// Makes an export of that size (seeded; the same bytes each time), imports it into a new database, imports it
// again, and prints one JSON line. Facts are identities, ties and contacts as the report counts them. Peak
// memory is this process's while it imports; the export is made by a child process.

#include "app/import_steps.h"
#include "app/imports.h"
#include "jobs/import_archive.h"
#include "store/accounts.h"

#include <archive.h>
#include <archive_entry.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace vv;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* kOwnerSlug = "catherine-hollingsworth-bench";
constexpr const char* kOwnerName = "Catherine Hollingsworth";
const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

struct Wanted {
    int connections = 30'000;
    int messages = 500'000;
    std::uint64_t seed = 1;
    std::string database;
    std::string keep;
};

/// Numbers that are the same with every standard library.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t end) { return engine_() % end; }
    /// Few are drawn often, most seldom: the square of an even draw.
    std::uint64_t skewed(std::uint64_t end) {
        const double u = static_cast<double>(engine_() >> 11) * 0x1.0p-53;
        return static_cast<std::uint64_t>(u * u * static_cast<double>(end));
    }
    template <std::size_t N>
    const char* one_of(const char* const (&words)[N]) {
        return words[below(N)];
    }

private:
    std::mt19937_64 engine_;
};

constexpr const char* kGiven[] = {"Ann",   "Ben",  "Chloe",  "Dmitri",  "Élodie", "Farid", "Grace", "Hiro",
                                  "Ines",  "Jon",  "Kofi",   "Lena",    "Mateo",  "Nadia", "Oskar", "Priya",
                                  "Quinn", "Rosa", "Sven",   "Tara",    "Umar",   "Vera",  "Wei",   "Ximena",
                                  "Yusuf", "Zoë",  "Anders", "Beatriz", "Carlos", "Dana"};
constexpr const char* kFamily[] = {
    "Abara",  "Berg",     "Castillo",  "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad",  "Ito",
    "Jensen", "Kowalski", "Lindqvist", "Moreau", "Novak",   "Okafor",  "Petrov", "Quist",   "Rossi",
    "Sato",   "Tanaka",   "Ueda",      "Vogel",  "Wang",    "Yilmaz",  "Zhou",   "Adeyemi", "Brandt"};
constexpr const char* kTitles[] = {"Analyst", "Engineer",         "Product Manager",
                                   "Editor",  "Head of Research", "Consultant"};
constexpr const char* kWords[] = {"the",     "meeting",  "project", "thanks",  "tomorrow", "report",
                                  "idea",    "coffee",   "about",   "team",    "please",   "later",
                                  "working", "question", "great",   "summary", "budget",   "call"};

class ZipWriter {
public:
    explicit ZipWriter(const std::string& path) : zip_(archive_write_new()) {
        archive_write_set_format_zip(zip_);
        check(archive_write_open_filename(zip_, path.c_str()));
    }
    ~ZipWriter() {
        archive_write_close(zip_);
        archive_write_free(zip_);
    }
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    void begin(const char* name) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        check(archive_write_header(zip_, entry));
        archive_entry_free(entry);
    }
    void add(const std::string& text) {
        if (archive_write_data(zip_, text.data(), text.size()) < 0) check(ARCHIVE_FATAL);
    }

private:
    void check(int code) {
        if (code >= ARCHIVE_WARN) return;
        std::fprintf(stderr, "import: %s\n", archive_error_string(zip_));
        std::exit(1);
    }
    archive* zip_;
};

struct Connection {
    std::string given, family, slug;
};

Connection connection(int i, Dice& dice) {
    Connection one{dice.one_of(kGiven), dice.one_of(kFamily), {}};
    one.slug = ascii_lower(one.given) + "-" + ascii_lower(one.family) + "-" + std::to_string(100'000 + i);
    for (char& c : one.slug)
        if (static_cast<unsigned char>(c) >= 0x80) c = 'e';
    return one;
}

std::string stamp(Instant at) {
    std::string text = format_rfc3339(at);
    text[10] = ' ';
    text.pop_back();
    return text + " UTC";
}

void write_connections(ZipWriter& zip, const std::vector<Connection>& connections, Dice& dice) {
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    zip.begin("Connections.csv");
    zip.add("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for (const Connection& one : connections) {
        char date[24];
        std::snprintf(date, sizeof date, "%02d %s %d", static_cast<int>(1 + dice.below(28)),
                      dice.one_of(kMonths), static_cast<int>(2008 + dice.below(18)));
        zip.add(one.given + "," + one.family + ",https://www.linkedin.com/in/" + one.slug + ",,\"" +
                dice.one_of(kFamily) + " & Co, Ltd.\"," + dice.one_of(kTitles) + "," + date + "\n");
    }
}

void write_messages(ZipWriter& zip, const std::vector<Connection>& connections, int messages, Dice& dice) {
    zip.begin("messages.csv");
    zip.add(
        "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\",\"RECIPIENT "
        "PROFILE URLS\","
        "\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\",\"ATTACHMENTS\",\"IS MESSAGE DRAFT\",\"IS CONVERSATION "
        "DRAFT\"\n");
    const std::string owner =
        std::string("\"") + kOwnerName + "\",\"https://www.linkedin.com/in/" + kOwnerSlug + "\"";
    Instant at = kNow - std::chrono::hours(5);
    const auto pause =
        std::chrono::milliseconds(std::chrono::hours(24 * 365 * 15)) / messages;  // newest first
    for (int i = 0; i < messages; ++i) {
        at -= std::chrono::milliseconds(dice.below(2 * static_cast<std::uint64_t>(pause.count())));
        const std::size_t who = dice.skewed(connections.size());
        const Connection& one = connections[who];
        const std::string other =
            "\"" + one.given + " " + one.family + "\",\"https://www.linkedin.com/in/" + one.slug + "\"";
        const bool is_out = dice.below(2) == 0;
        std::string text;
        for (std::uint64_t words = 4 + dice.below(30); words > 0; --words)
            text += std::string(dice.one_of(kWords)) + " ";
        zip.add("\"2-" + std::to_string(1'000'000 + who) + "==\",\"\"," +
                (is_out ? owner + "," + other : other + "," + owner) + ",\"" + stamp(at) + "\",\"\",\"" +
                text + "\",\"INBOX\",\"\",\"No\",\"No\"\n");
    }
}

void make_export(const std::string& path, const Wanted& wanted) {
    Dice dice(wanted.seed);
    std::vector<Connection> connections;
    for (int i = 0; i < wanted.connections; ++i) connections.push_back(connection(i, dice));
    ZipWriter zip(path);
    zip.begin("Profile.csv");
    zip.add(
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo "
        "Location,Twitter "
        "Handles,Websites,Instant Messengers\nCatherine,Hollingsworth,,,,,,,,\"Toronto, Canada\",,,\n");
    write_connections(zip, connections, dice);
    write_messages(zip, connections, wanted.messages, dice);
}

/// In a child, so that its memory is not ours.
void make_export_apart(const std::string& path, const Wanted& wanted) {
    const pid_t child = ::fork();
    if (child == 0) {
        make_export(path, wanted);
        std::_Exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) std::exit(1);
}

double peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
    return 0;
}

[[noreturn]] void fail(const Error& error) {
    std::fprintf(stderr, "import: %s: %s\n", error.code.c_str(), error.detail.c_str());
    std::exit(1);
}

core::AccountId add_account(store::Database& db) {
    core::Account account;
    account.id = {1};
    account.handle = "catherine";
    account.email = "catherine@example.com";
    account.full_name = kOwnerName;
    account.region = "CA";
    account.created_at = kNow;
    const auto added = db.write_now([&](store::Tx& tx) -> Result<Done> {
        store::accounts::add(tx, account, "");
        return Done{};
    });
    if (!added) fail(added.error());
    return account.id;
}

struct Measured {
    store::imports::Report report;
    double seconds = 0;
};

Measured import(store::Database& db, core::AccountId owner, const std::string& path, IdSource& ids) {
    jobs::RunnerOptions options;
    options.now = [] { return kNow; };
    options.machine_now = &system_now;
    jobs::Runner runner(db, options);
    const jobs::ImportDeps deps{ids, &system_now};
    runner.on(store::imports::kJob, [&deps](store::Database& base, jobs::JobContext& context) {
        return jobs::run_import(base, context, deps);
    });
    const app::ImportId id{ids.next(kNow)};
    auto job = app::import_job(owner, id, kNow, ids);
    job.payload["name"] = "export.zip";
    job.payload["path"] = path;
    const auto begun = SteadyClock::now();
    const auto result = runner.run_here(job, nullptr);
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    if (!result) fail(result.error());
    const auto found = db.read_now([&](store::Tx& tx) {
        return app::find_import(tx, {owner, kNow, {}}, id);
    });
    if (!found) fail(found.error());
    return {found->report.value(), seconds};
}

Wanted parse(int argc, char** argv) {
    Wanted wanted;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        if (name == "--connections")
            wanted.connections = std::atoi(argv[i + 1]);
        else if (name == "--messages")
            wanted.messages = std::atoi(argv[i + 1]);
        else if (name == "--seed")
            wanted.seed = std::strtoull(argv[i + 1], nullptr, 10);
        else if (name == "--database")
            wanted.database = argv[i + 1];
        else if (name == "--keep")
            wanted.keep = argv[i + 1];
        else
            fail(Error(Fault::invalid, "usage", "unknown option " + name));
    }
    return wanted;
}

}  // namespace

int main(int argc, char** argv) {
    const Wanted wanted = parse(argc, argv);
    std::string folder = wanted.keep;
    if (folder.empty()) folder = (std::filesystem::temp_directory_path() / "visavis-bench-XXXXXX").string();
    if (wanted.keep.empty() && ::mkdtemp(folder.data()) == nullptr) return 1;
    const std::string path = folder + "/export.zip";
    make_export_apart(path, wanted);

    store::DatabaseOptions options;
    options.url = wanted.database.empty() ? "sqlite:" + folder + "/visavis.db" : wanted.database;
    auto db = store::Database::open(options);
    if (!db) fail(db.error());
    IdSource ids(0, &system_now);
    const core::AccountId owner = add_account(**db);
    const Measured first = import(**db, owner, path, ids);
    const Measured second = import(**db, owner, path, ids);
    std::int64_t facts = 0;
    for (const auto& line : first.report.lines) facts += line.identities + line.ties + line.contacts;
    std::printf(
        "{\"facts\":%lld,\"people\":%lld,\"seconds\":%.3f,\"facts_per_second\":%.0f,\"peak_rss_mb\":%.1f,"
        "\"second_import_seconds\":%.3f,\"ratio\":%.2f}\n",
        static_cast<long long>(facts), static_cast<long long>(first.report.people), first.seconds,
        static_cast<double>(facts) / first.seconds, peak_megabytes(), second.seconds,
        first.seconds / second.seconds);
    (*db)->close();
    if (wanted.keep.empty()) std::filesystem::remove_all(folder);
    return 0;
}
