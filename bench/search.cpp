// bench/search.cpp — a search over a book of 100,000 people, asked of a running server, on both databases.
//
// From words that everybody has to such as nobody has, whole, begun and misspelt, each asked 200
// times in random order on one connection: milliseconds from the request to the whole answer, as a client
// sees them. A line a kind, and at the end the p99 of the slowest kind of each database. PostgreSQL is the
// one that VV_TEST_POSTGRES names (tools/with_postgres starts one); without it that half is left out.
#include "support/archives.h"
#include "support/large_account.h"
#include "support/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

namespace {

using namespace vv;
namespace json = boost::json;

constexpr int kTimes = 200;
constexpr int kPeople = 100'000;

struct Question {
    const char* kind;
    const char* query;
};
constexpr Question kQuestions[] = {
    {"everybody", ""},
    {"a word of everybody", "?query=ltd"},
    {"a word of every sixth", "?query=engineer"},
    {"two words of every sixth", "?query=product%20manager"},
    {"the beginning of every sixth's word", "?query=e"},
    {"a given name", "?query=ann"},
    {"a given name and a common word", "?query=ann%20engineer"},
    {"a whole name", "?query=yusuf%20okafor"},
    {"a whole name that is begun", "?query=yusuf%20oka"},
    {"one person", "?query=100042"},
    {"a misspelt name", "?query=dmirti%20fischr"},
    {"a misspelt name and a common word", "?query=dmirti%20engineer"},
    {"nobody", "?query=qwertzuiop"},
    {"in a city", "?query=engineer&city=Toronto"},
    {"never met", "?query=engineer&seen=never"},
};

using Waits = std::vector<double>;

double at(const Waits& sorted, double part) {
    return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

std::string url_of(const char* query, const std::string& after = {}) {
    const std::string url = std::string("/api/visavis/v1/people") + query;
    if (after.empty()) return url;
    std::string encoded;
    for (const char c : after) encoded += c == ' ' ? std::string("%20") : std::string(1, c);
    return url + (*query == '\0' ? "?after=" : "&after=") + encoded;
}

/// The p99 of the slowest kind.
double ask(bench::Client& client, const char* database) {
    std::vector<const Question*> order;
    for (const Question& question : kQuestions)
        order.insert(order.end(), static_cast<std::size_t>(kTimes), &question);
    std::shuffle(order.begin(), order.end(), std::mt19937(1));
    std::map<std::string, Waits> first, second;
    std::map<std::string, std::size_t> found;
    for (const Question* question : order) {
        const auto answer = client.get(url_of(question->query));
        first[question->kind].push_back(answer.milliseconds);
        const json::value page = json::parse(answer.body);
        found[question->kind] = page.at("items").as_array().size();
        if (const json::string* next = page.at("next").if_string())
            second[question->kind].push_back(
                client.get(url_of(question->query, std::string(next->data(), next->size()))).milliseconds);
    }
    double slowest = 0;
    const auto print = [&](const char* kind, const char* page, Waits waits) {
        if (waits.empty()) return;
        std::ranges::sort(waits);
        slowest = std::max(slowest, at(waits, 0.99));
        std::printf(
            "{\"database\":\"%s\",\"search\":\"%s\",\"page\":\"%s\",\"shown\":%zu,\"p50_ms\":%.2f,"
            "\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
            database, kind, page, found[kind], at(waits, 0.50), at(waits, 0.99), waits.back());
    };
    for (const Question& question : kQuestions) {
        print(question.kind, "first", first[question.kind]);
        print(question.kind, "second", second[question.kind]);
    }
    std::fflush(stdout);
    return slowest;
}

double measure(const std::string& folder, const char* database) {
    const std::string data = folder + "/" + database;
    bench::add_account(data);
    bench::run_visavis(data, {"--now", bench::kArchivesEnd, "--json", "import", "--account", bench::kHandle,
                              folder + "/linkedin.zip", folder + "/contacts.vcf"});
    const bench::RunningServer server(data, bench::kArchivesEnd);
    bench::Client client(server.url());
    client.sign_in(bench::kHandle, bench::kPassword);
    return ask(client, database);
}

}  // namespace

int main() {
    const bench::Folder folder("search");
    bench::ArchiveSize size;
    size.connections = kPeople;
    size.messages = 10'000;
    bench::write_linkedin(folder.path() + "/linkedin.zip", size);
    bench::write_contacts(folder.path() + "/contacts.vcf", size);
    const double sqlite = measure(folder.path(), "sqlite");
    std::printf("{\"people\":%d,\"sqlite_p99_ms\":%.2f}\n", kPeople, sqlite);
    std::fflush(stdout);
    const char* url = std::getenv("VV_TEST_POSTGRES");
    if (url == nullptr) {
        std::fprintf(stderr, "bench/search leaves PostgreSQL out: VV_TEST_POSTGRES names none\n");
        return 0;
    }
    ::setenv("VISAVIS_DATABASE", url, 1);
    const double postgresql = measure(folder.path(), "postgresql");
    std::printf("{\"people\":%d,\"postgresql_p99_ms\":%.2f}\n", kPeople, postgresql);
    return 0;
}
