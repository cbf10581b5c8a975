// bench/idle.cpp — how soon the server is ready and how little it holds, with the sample world imported.
//
// Twenty starts, from the process to the line that says it is ready; then what is resident when nobody asks,
// and again after a person has looked around.
#include "support/archives.h"
#include "support/large_account.h"
#include "support/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

namespace {

using namespace vv;
using namespace std::chrono_literals;

constexpr int kStarts = 20;

void import_samples(const std::string& data) {
    bench::add_account(data);
    std::vector<std::string> words{"--now",  bench::kArchivesEnd, "--json",
                                   "import", "--account",         bench::kHandle};
    for (const auto& entry : std::filesystem::directory_iterator(VV_SAMPLES))
        if (entry.path().extension() == ".zip") words.push_back(entry.path().string());
    bench::run_visavis(data, std::move(words));
}

/// What a visit asks for: the page's rooms, and the pages of a hundred people.
void look_around(bench::Client& client) {
    client.sign_in(bench::kHandle, bench::kPassword);
    for (const char* path :
         {"/", "/api/visavis/v1/today", "/api/visavis/v1/suggestions", "/api/visavis/v1/tally",
          "/api/visavis/v1/encounters", "/api/visavis/v1/meetings", "/api/visavis/v1/imports"})
        client.get(path);
    const auto people = boost::json::parse(client.get("/api/visavis/v1/people?limit=100").body);
    for (const auto& person : people.at("items").as_array())
        client.get("/api/visavis/v1/people/" + std::string(person.at("id").as_string()));
}

}  // namespace

int main() {
    const bench::Folder folder("idle");
    const std::string data = folder.path() + "/data";
    import_samples(data);
    std::vector<double> starts;
    for (int i = 0; i < kStarts; ++i) {
        const bench::RunningServer server(data, bench::kArchivesEnd);
        bench::Client(server.url()).get("/readyz");
        starts.push_back(1000 * server.start_seconds());
    }
    std::ranges::sort(starts);
    const bench::RunningServer server(data, bench::kArchivesEnd);
    std::this_thread::sleep_for(2s);
    const double fresh = server.resident_memory();
    bench::Client client(server.url());
    look_around(client);
    std::this_thread::sleep_for(2s);
    std::printf(
        "{\"start_ms_p50\":%.0f,\"start_ms_max\":%.0f,\"idle_mb\":%.1f,\"idle_mb_after_a_visit\":%.1f}\n",
        starts[starts.size() / 2], starts.back(), fresh, server.resident_memory());
    return 0;
}
