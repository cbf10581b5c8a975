// bench/suggestions.cpp — how long whom-to-meet takes on an account with 30,000 people and on one with
// 100,000, or as many as `--people` says, asked of a running server. 300 of them, or as many as `--members`
// says, have an account of their own, know twenty of each other and let that be told.
//
// Each kind of question is asked 200 times in random order on one connection, then the mixture by four
// clients at once. A line a kind, then one for all: milliseconds from the request to the whole answer, as a
// client sees them, and those that the server's threads have spent on it, which a busy machine does not
// stretch.
#include "suggestions_members.h"
#include "support/archives.h"
#include "support/large_account.h"
#include "support/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string_view>
#include <thread>

namespace {

using namespace vv;

constexpr int kTimes = 200;
constexpr int kClients = 4;

struct Question {
    const char* kind;
    const char* query;
    const char* path = "/suggestions";
};
constexpr Question kQuestions[] = {
    {"at home", ""},
    {"at home, a hundred", "?limit=100"},
    {"in a city", "?city=Berlin"},
    {"in a city, a hundred", "?city=Berlin&limit=100"},
    {"in a city, never met", "?city=Berlin&shelf=first"},
    {"in a city, long not seen", "?city=Berlin&shelf=dormant"},
    {"where nobody lives", "?city=Auckland"},
    {"around a city", "?city=Berlin&within=30"},
    {"within 5 km", "?near=43.6532,-79.3832&within=5"},
    {"within 100 km of a place with few", "?near=55.9533,-3.1883&within=100"},
    {"where nobody is", "?near=-54.8,-68.3&within=50"},
    {"of one relation", "?relation=friend"},
    {"in one week", "?from=2026-12-07&to=2026-12-13&city=Montreal"},
    {"the list, whom to see first", "?order=first", "/people"},
};

struct Waits {
    std::vector<double> client,
        server;  // milliseconds; of a server that answers several at once only the first

    void add(const Waits& more) {
        client.insert(client.end(), more.client.begin(), more.client.end());
        server.insert(server.end(), more.server.begin(), more.server.end());
    }
};

double at(std::vector<double>& sorted, double part) {
    return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

void print(const std::string& kind, int clients, Waits waits) {
    std::ranges::sort(waits.client);
    std::printf(
        "{\"question\":\"%s\",\"clients\":%d,\"requests\":%zu,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%."
        "2f",
        kind.c_str(), clients, waits.client.size(), at(waits.client, 0.50), at(waits.client, 0.99),
        waits.client.back());
    std::ranges::sort(waits.server);
    if (!waits.server.empty())
        std::printf(",\"cpu_p50_ms\":%.2f,\"cpu_p99_ms\":%.2f", at(waits.server, 0.50),
                    at(waits.server, 0.99));
    std::printf("}\n");
    std::fflush(stdout);
}

/// Every question `times` times, shuffled.
std::map<std::string, Waits> ask(bench::Client& client, int times, std::uint32_t seed,
                                 const bench::RunningServer* alone = nullptr) {
    std::vector<const Question*> order;
    for (const Question& question : kQuestions)
        order.insert(order.end(), static_cast<std::size_t>(times), &question);
    std::shuffle(order.begin(), order.end(), std::mt19937(seed));
    std::map<std::string, Waits> waits;
    for (const Question* question : order) {
        Waits& kind = waits[question->kind];
        const double before = alone ? alone->cpu_milliseconds() : 0;
        kind.client.push_back(
            client.get(std::string("/api/visavis/v1") + question->path + question->query).milliseconds);
        if (alone) kind.server.push_back(alone->cpu_milliseconds() - before);
    }
    return waits;
}

Waits all_of(const std::map<std::string, Waits>& by_kind) {
    Waits all;
    for (const auto& [kind, waits] : by_kind) all.add(waits);
    return all;
}

std::int64_t count_people(const std::string& data) {
    const auto listed = bench::run_visavis(data, {"--json", "people", "--account", bench::kHandle});
    return std::ranges::count(listed.out, '\n');
}

double p99(Waits waits) {
    std::ranges::sort(waits.client);
    return at(waits.client, 0.99);
}

void measure(int wanted, int members) {
    const bench::Folder folder("suggestions");
    const std::string data = folder.path() + "/data";
    bench::make_large_account(data, folder.path(), wanted);
    const std::int64_t people = count_people(data);
    bench::add_members(data, members, bench::kArchivesEnd);
    const bench::RunningServer server(data, bench::kArchivesEnd);
    bench::Client client(server.url());
    client.sign_in(bench::kHandle, bench::kPassword);

    const auto alone = ask(client, kTimes, 1, &server);
    for (const Question& question : kQuestions) print(question.kind, 1, alone.at(question.kind));
    Waits together[kClients];
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t i = 0; i < kClients; ++i)
            threads.emplace_back([&, i] {
                bench::Client one(server.url());
                one.use_cookie(client.cookie());
                together[i] = all_of(ask(one, kTimes / kClients, 2 + i));
            });
    }
    Waits at_once;
    for (const Waits& waits : together) at_once.add(waits);
    print("all", kClients, at_once);
    print("all", 1, all_of(alone));
    std::printf("{\"people\":%lld,\"members\":%d,\"all_p99_ms_%d\":%.2f,\"city_p99_ms_%d\":%.2f}\n",
                static_cast<long long>(people), members, wanted, p99(all_of(alone)), wanted,
                p99(alone.at("in a city")));
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<int> sizes{30'000, 100'000};
    int members = 300;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view option = argv[i];
        if (i + 1 == argc || (option != "--people" && option != "--members"))
            bench::fail("Usage: suggestions [--people N] [--members N]");
        const int number = std::atoi(argv[i + 1]);
        if (option == "--members")
            members = number;
        else
            sizes = {number};
    }
    if (sizes[0] < 1'000 || sizes[0] > 190'000) bench::fail("--people is a number from 1000 to 190000.");
    if (members < 0 || members > 500) bench::fail("--members is a number up to 500.");
    for (const int people : sizes) measure(people, members);
    return 0;
}
