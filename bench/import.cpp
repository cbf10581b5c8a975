// bench/import.cpp — how fast a LinkedIn export goes in, from the zip to people with their summaries.
//
//     import [--connections 30000] [--messages 500000] [--seed 1] [--database URL]
//
// Makes an export of that size, imports it with the program's own command (`visavis import`) into a new
// account, imports it again, and prints one JSON line. Facts are the identities, ties and contacts that the
// command reports; seconds and memory are the whole process's, from its start to its end.
#include "base/text.h"
#include "support/archives.h"
#include "support/program.h"

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>

namespace {

namespace json = boost::json;
using namespace vv;

struct Wanted {
    bench::ArchiveSize size;
    std::string database;
};

Wanted parse(int argc, char** argv) {
    Wanted wanted;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        if (name == "--connections")
            wanted.size.connections = std::atoi(argv[i + 1]);
        else if (name == "--messages")
            wanted.size.messages = std::atoi(argv[i + 1]);
        else if (name == "--seed")
            wanted.size.seed = std::strtoull(argv[i + 1], nullptr, 10);
        else if (name == "--database")
            wanted.database = argv[i + 1];
        else
            bench::fail("There is no option " + name + ".");
    }
    return wanted;
}

struct Imported {
    double seconds = 0;
    double peak_memory = 0;
    std::int64_t facts = 0;
    std::int64_t people = 0;
};

std::int64_t number(const json::object& line, std::string_view key) {
    const json::value* value = line.if_contains(key);
    return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

class Account {
public:
    Account(std::string data, std::string database) : data_(std::move(data)), database_(std::move(database)) {
        const std::vector<std::string> words{
            "account",         "add",    "catherine",      "--email", "catherine@example.com", "--name",
            bench::kOwnerName, "--zone", "America/Toronto"};
        bench::run_visavis(data_, with_database(words), "seven quiet lanterns\n");
    }

    Imported import(const std::string& path) {
        const std::vector<std::string> words{"--json", "import", "--account", "catherine", path};
        std::vector<std::string> dated{"--now", bench::kArchivesEnd};
        dated.insert(dated.end(), words.begin(), words.end());
        const bench::Ended ended = bench::run_visavis(data_, with_database(dated));
        Imported imported{ended.seconds, ended.peak_memory, 0, 0};
        for (const std::string_view text : split(ended.out, '\n')) {
            if (trim(text).empty()) continue;
            const json::value parsed = json::parse(json::string_view(text.data(), text.size()));
            const json::object& line = parsed.as_object();
            imported.facts += number(line, "identities") + number(line, "ties") + number(line, "contacts");
            imported.people += number(line, "people");
        }
        return imported;
    }

private:
    [[nodiscard]] std::vector<std::string> with_database(std::vector<std::string> words) const {
        if (!database_.empty()) words.insert(words.begin(), {"--database", database_});
        return words;
    }

    std::string data_;
    std::string database_;
};

}  // namespace

int main(int argc, char** argv) {
    const Wanted wanted = parse(argc, argv);
    const bench::Folder folder("import");
    const std::string path = folder.path() + "/Complete_LinkedInDataExport.zip";
    bench::write_linkedin(path, wanted.size);
    Account account(folder.path() + "/data", wanted.database);
    const Imported first = account.import(path);
    const Imported second = account.import(path);
    std::printf(
        "{\"facts\":%lld,\"people\":%lld,\"seconds\":%.3f,\"facts_per_second\":%.0f,\"peak_rss_mb\":%.1f,"
        "\"second_import_seconds\":%.3f,\"ratio\":%.2f}\n",
        static_cast<long long>(first.facts), static_cast<long long>(first.people), first.seconds,
        static_cast<double>(first.facts) / first.seconds, std::max(first.peak_memory, second.peak_memory),
        second.seconds, first.seconds / second.seconds);
    return 0;
}
