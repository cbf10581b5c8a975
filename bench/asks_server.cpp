// bench/asks_server.cpp — who of 100,000 people fits an ask, asked of a running server.
//
// Asks from such as every sixth fits to such as nobody does are written, then the page of each (its parts,
// whom it was put to, the twenty who fit best with their reasons) is asked for 200 times in random order on
// one connection. A line a kind, milliseconds from the request to the whole answer as a client sees them, and
// at the end the p99 of the slowest.
#include "support/archives.h"
#include "support/large_account.h"
#include "support/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <map>
#include <random>

namespace {

using namespace vv;
namespace json = boost::json;

constexpr int kTimes = 200;
constexpr int kPeople = 100'000;

constexpr const char* kAsks[] = {
    "an engineer to look over our software",
    "four product managers in Toronto for an evening about trust",
    "an editor or a head of research in Berlin",
    "three consultants near Edinburgh",
    "somebody who is good with data and statistics",
    "a nurse",
    "a carpenter in Paris",
    "an engineer at Okafor",
    "somebody who knows falconry",
    "a friend in London",
};

using Waits = std::vector<double>;

double at(const Waits& sorted, double part) {
    return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

struct Kind {
    std::string text, path;
    std::size_t found = 0;
    Waits waits;
};

std::vector<Kind> write_asks(bench::Client& client) {
    std::vector<Kind> kinds;
    for (const char* text : kAsks) {
        const json::object body{{"text", text}};
        const auto made = json::parse(client.post("/api/visavis/v1/asks", json::serialize(body)).body);
        kinds.push_back({text, "/api/visavis/v1/asks/" + std::string(made.at("id").as_string()), 0, {}});
    }
    return kinds;
}

void measure(bench::Client& client) {
    std::vector<Kind> kinds = write_asks(client);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < kinds.size(); ++i) order.insert(order.end(), kTimes, i);
    std::shuffle(order.begin(), order.end(), std::mt19937(1));
    for (const std::size_t i : order) {
        const auto answer = client.get(kinds[i].path);
        kinds[i].waits.push_back(answer.milliseconds);
        kinds[i].found = json::parse(answer.body).at("fitting").as_array().size();
    }
    double slowest = 0;
    for (Kind& kind : kinds) {
        std::ranges::sort(kind.waits);
        slowest = std::max(slowest, at(kind.waits, 0.99));
        std::printf("{\"ask\":\"%s\",\"shown\":%zu,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
                    kind.text.c_str(), kind.found, at(kind.waits, 0.50), at(kind.waits, 0.99),
                    kind.waits.back());
    }
    std::printf("{\"people\":%d,\"slowest_p99_ms\":%.2f}\n", kPeople, slowest);
}

}  // namespace

int main() {
    const bench::Folder folder("asks_server");
    const std::string data = folder.path() + "/data";
    bench::ArchiveSize size;
    size.connections = kPeople;
    size.messages = 100'000;
    bench::write_linkedin(folder.path() + "/linkedin.zip", size);
    bench::write_contacts(folder.path() + "/contacts.vcf", size);
    bench::write_calendar(folder.path() + "/calendar.ics", size);
    bench::add_account(data);
    bench::run_visavis(data, {"--now", bench::kArchivesEnd, "--json", "import", "--account", bench::kHandle,
                              folder.path() + "/linkedin.zip", folder.path() + "/contacts.vcf",
                              folder.path() + "/calendar.ics"});
    const bench::RunningServer server(data, bench::kArchivesEnd);
    bench::Client client(server.url());
    client.sign_in(bench::kHandle, bench::kPassword);
    measure(client);
    return 0;
}
