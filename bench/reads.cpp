// bench/reads.cpp — GET /api/visavis/v1/people/ID from a running server at 64 connections, beside a handler
// that answers a constant.
//
// Twice: as the server comes, which gives an answer again for at most a second while nobody writes
// (api/http/kept_answers.h), and from a copy of the data by a server that keeps none, so that every answer is
// read anew. `ratio` is of the first, `ratio_read_anew` of the second.
//
// The peer is this project's HTTP server in a process of its own with the same options, headers and observer,
// whose one handler answers the same paths with a constant as long as the people's pages are on average. wrk
// asks all for the same thousand people in random order, in turns of two seconds, so that the machine's
// moods fall on all.
#include "api/http/json.h"
#include "api/http/security.h"
#include "net/server.h"
#include "server/metrics.h"
#include "support/archives.h"
#include "support/large_account.h"
#include "support/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

namespace {

using namespace vv;
namespace json = boost::json;

constexpr int kTurns = 5;
constexpr std::size_t kPeople = 1000;
constexpr const char* kPath = "/api/visavis/v1/people";

boost::asio::awaitable<net::Response> answer_constant(const net::Response& constant, net::Request) {
    co_return constant;
}

/// The handler that answers a constant, in this process; wrk and the program are others.
class Constant {
public:
    explicit Constant(const std::string& body) : response_(200, "application/json", body) {
        response_.with("cache-control", "no-store");
        router_.add(net::Method::get, std::string(kPath) + "/:id",
                    [this](net::Request request) { return answer_constant(response_, std::move(request)); });
        router_.set_guard([](const net::Request& request) -> std::optional<net::Response> {
            return api::check_origin(request, "http://127.0.0.1") ? std::nullopt
                                                                  : std::optional(net::Response());
        });
        net::ServerOptions options;
        options.listen = "127.0.0.1:0";
        options.default_headers = api::security_headers();
        options.observe = [this](const net::Served& served) { metrics_.observe(served); };
        auto made = net::Server::create(std::move(options), router_);
        if (!made) bench::fail(made.error().detail);
        server_ = *std::move(made);
        server_->start();
    }
    [[nodiscard]] std::string url() const { return server_->url(); }

private:
    net::Response response_;
    server::Metrics metrics_;
    net::Router router_;
    std::unique_ptr<net::Server> server_;
};

std::vector<std::string> some_people(bench::Client& client) {
    std::vector<std::string> paths;
    for (std::string after; paths.size() < 8 * kPeople;) {
        const json::value page = json::parse(client.get(std::string(kPath) + "?limit=200" + after).body);
        for (const json::value& person : page.at("items").as_array())
            paths.push_back(std::string(kPath) + "/" + std::string(person.at("id").as_string()));
        if (page.at("next").is_null()) break;
        after = "&after=";
        for (const char c : page.at("next").as_string())
            after += c == ' ' ? std::string("%20") : std::string(1, c);
    }
    std::shuffle(paths.begin(), paths.end(), std::mt19937(1));
    paths.resize(std::min(paths.size(), kPeople));
    return paths;
}

/// wrk's side: the requests are made once, so that it costs as little as it can; what came of them as JSON.
void write_script(const std::string& file, const std::vector<std::string>& paths, const std::string& cookie) {
    std::ofstream script(file);
    script << "local paths = {";
    for (const std::string& path : paths) script << '"' << path << "\",";
    script << "}\nlocal requests, at = {}, 0\ninit = function() wrk.headers['Cookie'] = '" << cookie << "'\n"
           << R"(for i, path in ipairs(paths) do requests[i] = wrk.format('GET', path) end end
request = function() at = at % #requests + 1; return requests[at] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\n{"requests":%d,"microseconds":%d,"bytes":%d,"errors":%d,"p50":%d,"p99":%d}\n', summary.requests,
    summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50),
    latency:percentile(99)))
end
)";
    if (!script.flush()) bench::fail(file + " can't be written.");
}

struct Side {
    std::string url;
    std::vector<double> rates, p50, p99;
    std::int64_t bytes = 0, requests = 0;
};

void take_turn(Side& side, const std::string& script) {
    const auto ended = bench::run({"wrk", "-t1", "-c64", "-d2s", "-s", script, side.url});
    const auto at = ended.out.find("\n{");
    if (ended.status != 0 || at == std::string::npos) bench::fail("wrk says: " + ended.out);
    const json::value told =
        json::parse(json::string_view(ended.out).substr(at + 1, ended.out.find('\n', at + 1) - at - 1));
    const auto number = [&told](const char* key) { return told.at(key).to_number<std::int64_t>(); };
    if (number("errors") > 0) bench::fail("Not every request was answered: " + ended.out);
    side.requests += number("requests");
    side.bytes += number("bytes");
    side.rates.push_back(1e6 * static_cast<double>(number("requests")) /
                         static_cast<double>(number("microseconds")));
    side.p50.push_back(static_cast<double>(number("p50")) / 1000);
    side.p99.push_back(static_cast<double>(number("p99")) / 1000);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void print(const char* who, const Side& side) {
    std::printf(
        "{\"handler\":\"%s\",\"connections\":64,\"requests_per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,"
        "\"bytes_an_answer\":%lld}\n",
        who, median(side.rates), median(side.p50), median(side.p99),
        static_cast<long long>(side.bytes / std::max<std::int64_t>(side.requests, 1)));
}

/// A server that keeps no answers.
std::unique_ptr<bench::RunningServer> serve_anew(const std::string& data) {
    ::setenv("VISAVIS_SERVER_KEPT_ANSWERS_MB", "0", 1);
    auto server = std::make_unique<bench::RunningServer>(data, bench::kArchivesEnd);
    ::unsetenv("VISAVIS_SERVER_KEPT_ANSWERS_MB");
    return server;
}

double metric(bench::Client& client, const std::string& name) {
    const std::string all = client.get("/metrics").body;
    const auto at = all.find("\n" + name + " ");
    if (at == std::string::npos) bench::fail(name + " is no metric.");
    return std::strtod(all.c_str() + at + name.size() + 2, nullptr);
}

/// Both must send the same headers, but for the moment.
void compare_headers(const bench::Answer& person, const bench::Answer& constant) {
    const auto names = [](const bench::Answer& answer) {
        std::vector<std::string> all;
        for (const auto& [name, value] : answer.headers)
            all.push_back(name == "date" || name == "content-length" ? name : name + ": " + value);
        std::ranges::sort(all);
        return all;
    };
    if (names(person) != names(constant)) bench::fail("The constant is sent with other headers.");
}

}  // namespace

int main() {
    const bench::Folder folder("reads");
    const std::string data = folder.path() + "/data";
    bench::make_large_account(data, folder.path());
    const std::string copy = folder.path() + "/copy";
    std::filesystem::copy(data, copy, std::filesystem::copy_options::recursive);
    const bench::RunningServer server(data, bench::kArchivesEnd);
    bench::Client client(server.url());
    client.sign_in(bench::kHandle, bench::kPassword);
    const auto paths = some_people(client);
    std::size_t length = 0;
    for (const std::string& path : paths) length += client.get(path).body.size();

    const Constant constant(std::string(length / paths.size(), 'x'));
    bench::Client other(constant.url());
    compare_headers(client.get(paths.front()), other.get(paths.front()));
    const auto anew = serve_anew(copy);
    bench::Client to_anew(anew->url());
    to_anew.sign_in(bench::kHandle, bench::kPassword);
    const std::string script = folder.path() + "/people.lua", anew_script = folder.path() + "/anew.lua";
    write_script(script, paths, client.cookie());
    write_script(anew_script, paths, to_anew.cookie());
    Side read{server.url(), {}, {}, {}}, same{constant.url(), {}, {}, {}}, unkept{anew->url(), {}, {}, {}};
    for (int turn = 0; turn < kTurns; ++turn) {
        take_turn(same, script);
        take_turn(read, script);
        take_turn(unkept, anew_script);
    }
    print("a person", read);
    print("a person, read anew each time", unkept);
    print("a constant", same);
    const double hits = metric(client, "visavis_kept_answers_hits_total");
    const double misses = metric(client, "visavis_kept_answers_misses_total");
    std::printf("{\"given_again\":%.0f,\"read\":%.0f,\"kept_bytes\":%.0f}\n", hits, misses,
                metric(client, "visavis_kept_answers_bytes"));
    std::printf("{\"ratio\":%.2f,\"ratio_read_anew\":%.2f}\n", median(read.rates) / median(same.rates),
                median(unkept.rates) / median(same.rates));
    return 0;
}
