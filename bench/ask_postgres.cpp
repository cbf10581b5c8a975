#include "ask.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <libpq-fe.h>
#include <memory>

namespace vv::bench {
namespace {

using core::ask::Cost;
using core::ask::Graph;
using core::ask::Node;

// Four hops are some hundred thousand walks here, each of which the query makes; in the large network they
// would be more than its disk holds.
constexpr Node kAccounts = 20'000;
constexpr std::uint64_t kTies = 100'000;
constexpr int kQuestions = 10;
constexpr double kRate = 0.01;

constexpr const char* kTables =
    "CREATE TEMP TABLE tie (a int, b int, cost int);"
    "CREATE TEMP TABLE broker (account int PRIMARY KEY);"
    "CREATE TEMP TABLE wanted (account int PRIMARY KEY, unfit int);";
constexpr const char* kQuery = R"(
    WITH RECURSIVE walk (account, hops, cost) AS (
        SELECT $1::int, 0, 0
        UNION
        SELECT tie.b, walk.hops + 1, walk.cost + tie.cost
        FROM walk JOIN tie ON tie.a = walk.account
        WHERE walk.hops < 4 AND (walk.hops = 0 OR walk.account IN (SELECT account FROM broker)))
    SELECT wanted.account, min(walk.cost + wanted.unfit) AS cost
    FROM walk JOIN wanted USING (account)
    WHERE wanted.account <> $1::int
    GROUP BY wanted.account ORDER BY cost, wanted.account LIMIT 10)";

class Connection {
public:
    explicit Connection(const std::string& url) : connection_(PQconnectdb(url.c_str()), &PQfinish) {
        if (PQstatus(connection_.get()) != CONNECTION_OK) fail(PQerrorMessage(connection_.get()));
    }

    void run(const char* sql) { expect(PQexec(connection_.get(), sql), PGRES_COMMAND_OK); }

    void copy(const char* sql, const std::string& rows) {
        expect(PQexec(connection_.get(), sql), PGRES_COPY_IN);
        if (PQputCopyData(connection_.get(), rows.data(), static_cast<int>(rows.size())) != 1 ||
            PQputCopyEnd(connection_.get(), nullptr) != 1)
            fail(PQerrorMessage(connection_.get()));
        expect(PQgetResult(connection_.get()), PGRES_COMMAND_OK);
        while (PGresult* more = PQgetResult(connection_.get())) PQclear(more);
    }

    std::vector<std::pair<Cost, Node>> ask(Node asker) {
        const std::string text = std::to_string(asker);
        const char* value = text.c_str();
        const auto result =
            expect(PQexecParams(connection_.get(), kQuery, 1, nullptr, &value, nullptr, nullptr, 0),
                   PGRES_TUPLES_OK);
        std::vector<std::pair<Cost, Node>> found;
        for (int i = 0; i < PQntuples(result.get()); ++i)
            found.emplace_back(static_cast<Cost>(std::atoi(PQgetvalue(result.get(), i, 1))),
                               static_cast<Node>(std::atoi(PQgetvalue(result.get(), i, 0))));
        return found;
    }

private:
    using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

    Answer expect(PGresult* result, ExecStatusType status) {
        Answer answer(result, &PQclear);
        if (PQresultStatus(answer.get()) != status) fail(PQerrorMessage(connection_.get()));
        return answer;
    }

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

std::string row(std::initializer_list<std::uint32_t> numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : "\t") + std::to_string(number);
    return text + "\n";
}

void fill(Connection& connection, const core::ask::View& view, const Trait& wanted) {
    std::string ties, brokers, wishes;
    for (Node node = 0; node < view.accounts(); ++node) {
        for (const auto& tie : view.outward(node)) ties += row({node, tie.to, tie.out});
        if (view.brokers().test(node)) brokers += row({node});
    }
    for (const auto& one : wanted) wishes += row({one.who, one.unfit});
    connection.run(kTables);
    connection.copy("COPY tie FROM STDIN", ties);
    connection.copy("COPY broker FROM STDIN", brokers);
    connection.copy("COPY wanted FROM STDIN", wishes);
    connection.run("CREATE INDEX ON tie (a); ANALYZE tie; ANALYZE broker; ANALYZE wanted;");
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

bool compare_with_postgres(const std::string& url, std::uint64_t seed) {
    auto world = invent_world(kAccounts, kTies, seed);
    const auto graph = Graph::build(world.accounts, std::move(world.ties), world.brokers);
    if (!graph) fail(graph.error().detail);
    const auto view = (*graph)->view();
    Dice dice(seed);
    Trait wanted;
    for (Node node = 0; node < kAccounts; ++node)
        if (dice.unit() < kRate) wanted.push_back({node, core::ask::steps_of(0.3 + 0.7 * dice.unit())});
    Connection connection(url);
    fill(connection, *view, wanted);
    core::ask::Search search;
    std::vector<double> ours, theirs;
    int equal = 0;
    for (int i = 0; i < kQuestions; ++i) {
        const Node asker = dice.below(kAccounts);
        double before = wall_seconds();
        const auto ways = search.best(*view, {asker, wanted});
        ours.push_back(wall_seconds() - before);
        before = wall_seconds();
        const auto best = connection.ask(asker);
        theirs.push_back(wall_seconds() - before);
        equal += std::ranges::equal(best, ways, [](const auto& one, const auto& way) {
            return one.first == way.cost && one.second == way.who;
        });
    }
    std::printf(
        "{\"peer\":\"postgresql recursive query\",\"accounts\":%u,\"directed_ties\":%llu,\"rate\":%.2g,"
        "\"questions\":%d,\"equal\":%d,\"p50_ms\":%.1f,\"ours_p50_ms\":%.3f,\"ratio_p50\":%.0f}\n",
        kAccounts, static_cast<unsigned long long>((*graph)->ties()), kRate, kQuestions, equal,
        percentile_ms(theirs, 0.5), percentile_ms(ours, 0.5),
        percentile_ms(theirs, 0.5) / percentile_ms(ours, 0.5));
    std::fflush(stdout);
    return equal == kQuestions;
}

}  // namespace vv::bench
