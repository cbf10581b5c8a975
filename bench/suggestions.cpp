// bench/suggestions.cpp — how long whom-to-meet takes on an account with 30,000 people, asked of a running
// server.
//
// Each kind of question is asked 500 times in random order on one connection, then the mixture by four
// clients at once. A line a kind, then one for all: milliseconds from the request to the whole answer, as a
// client sees them.
#include "support/archives.h"
#include "support/large_account.h"
#include "support/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <map>
#include <random>
#include <thread>

namespace {

using namespace vv;

constexpr int kTimes = 500;
constexpr int kClients = 4;

struct Question {
    const char* kind;
    const char* query;
};
constexpr Question kQuestions[] = {
    {"at home", ""},
    {"at home, a hundred", "?limit=100"},
    {"in a city", "?city=Berlin"},
    {"within 5 km", "?near=43.6532,-79.3832&within=5"},
    {"within 100 km of a place with few", "?near=55.9533,-3.1883&within=100"},
    {"where nobody is", "?near=-54.8,-68.3&within=50"},
    {"of one relation", "?relation=friend"},
    {"in one week", "?from=2026-12-07&to=2026-12-13&city=Montreal"},
};

using Waits = std::vector<double>;

void print(const std::string& kind, int clients, Waits waits) {
    std::ranges::sort(waits);
    const auto at = [&](double part) {
        return waits[static_cast<std::size_t>(static_cast<double>(waits.size() - 1) * part)];
    };
    std::printf(
        "{\"question\":\"%s\",\"clients\":%d,\"requests\":%zu,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%."
        "2f}\n",
        kind.c_str(), clients, waits.size(), at(0.50), at(0.99), waits.back());
    std::fflush(stdout);
}

/// Every question `times` times, shuffled.
std::map<std::string, Waits> ask(bench::Client& client, int times, std::uint32_t seed) {
    std::vector<const Question*> order;
    for (const Question& question : kQuestions)
        order.insert(order.end(), static_cast<std::size_t>(times), &question);
    std::shuffle(order.begin(), order.end(), std::mt19937(seed));
    std::map<std::string, Waits> waits;
    for (const Question* question : order)
        waits[question->kind].push_back(
            client.get(std::string("/api/visavis/v1/suggestions") + question->query).milliseconds);
    return waits;
}

Waits all_of(const std::map<std::string, Waits>& by_kind) {
    Waits all;
    for (const auto& [kind, waits] : by_kind) all.insert(all.end(), waits.begin(), waits.end());
    return all;
}

std::int64_t count_people(const std::string& data) {
    const auto listed = bench::run_visavis(data, {"--json", "people", "--account", bench::kHandle});
    return std::ranges::count(listed.out, '\n');
}

}  // namespace

int main() {
    const bench::Folder folder("suggestions");
    const std::string data = folder.path() + "/data";
    bench::make_large_account(data, folder.path());
    const std::int64_t people = count_people(data);
    const bench::RunningServer server(data, bench::kArchivesEnd);
    bench::Client client(server.url());
    client.sign_in(bench::kHandle, bench::kPassword);

    const auto alone = ask(client, kTimes, 1);
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
    for (const Waits& waits : together) at_once.insert(at_once.end(), waits.begin(), waits.end());
    print("all", kClients, at_once);
    print("all", 1, all_of(alone));
    std::printf("{\"people\":%lld}\n", static_cast<long long>(people));
    return 0;
}
