#include "core/ask/search.h"

#include "oracle.h"

#include <gtest/gtest.h>

namespace vv::core::ask {
namespace {

constexpr Plan kPlans[] = {Plan::chosen, Plan::forward, Plan::gates, Plan::meeting};

// Ties that are as warm both ways.
Tie tie(Node a, Node b, double trust) {
    return {a, b, steps_of(trust), steps_of(trust)};
}

Bits everybody(Node accounts) {
    Bits bits(accounts);
    for (Node node = 0; node < accounts; ++node) bits.set(node);
    return bits;
}

std::unique_ptr<Graph> graph_of(Node accounts, std::vector<Tie> ties, std::vector<SetBlock> blocks = {}) {
    return *std::move(Graph::build(accounts, std::move(ties), everybody(accounts), blocks));
}

std::vector<Node> path(const Graph& graph, Node from, Node to, int hops = kMostHops) {
    std::vector<Node> found;
    for (const Plan plan : kPlans) {
        const Wanted wanted{to, 0};
        const auto ways = Search().best(*graph.view(), {from, {&wanted, 1}, 10, hops, plan});
        if (plan == Plan::chosen && !ways.empty()) found = ways.front().path;
        EXPECT_EQ(ways.empty() ? std::vector<Node>{} : ways.front().path, found);
    }
    return found;
}

void expect_as_the_oracle(Search& search, const View& view, Question question) {
    const auto expected = oracle::best(view, question);
    for (const Plan plan : kPlans) {
        question.plan = plan;
        const auto ways = search.best(view, question);
        ASSERT_EQ(oracle::costs(ways), expected) << "plan " << static_cast<int>(plan);
        for (const Way& way : ways) ASSERT_EQ(oracle::fault(view, question, way), "");
    }
}

TEST(AskSearch, FindsWhatAPlainLayeredDijkstraFinds) {
    oracle::Dice dice(1);
    Search search;
    for (int round = 0; round < 400; ++round) {
        oracle::Shape shape;
        shape.accounts = 2 + dice(60);
        shape.ties = shape.accounts * (1 + dice(6));
        shape.trusts = 1 + dice(20);
        shape.brokers = dice(3) == 0 ? 1000 : 600;
        shape.blocks = dice(2) == 0 ? 0 : dice(shape.accounts);
        const auto graph = oracle::random_graph(dice, shape);
        const auto view = graph->view();
        for (std::uint32_t i = 0; i < 8; ++i) {
            const auto wanted = oracle::random_wanted(dice, shape.accounts, i % 2 == 0 ? 100 : 600, 1 + i);
            const Question question{dice(shape.accounts), wanted, 1 + dice(10),
                                    1 + static_cast<int>(dice(4))};
            expect_as_the_oracle(search, *view, question);
        }
    }
}

TEST(AskSearch, FindsTheSameWhileTiesChange) {
    oracle::Dice dice(2);
    Search search;
    for (int round = 0; round < 40; ++round) {
        const oracle::Shape shape{70, 250, 9, 700, 12};
        const auto graph = oracle::random_graph(dice, shape);
        const auto account = [&] { return dice(shape.accounts); };
        for (int i = 0; i < 30; ++i) {
            std::vector<Change> changes;
            for (int n = 0; n < 6; ++n) {
                const Node a = account(), b = account();
                const auto trust = dice(3) == 0 ? kNoTrust : static_cast<Steps>(dice(8000));
                if (a != b) changes.emplace_back(SetTrust{a, b, trust});
            }
            if (i % 7 == 3) changes.emplace_back(Forget{account()});
            if (i % 5 == 1) changes.emplace_back(SetBroker{account(), SetBroker::Consent::withdrawn});
            if (i % 5 == 2) changes.emplace_back(SetBroker{account(), SetBroker::Consent::given});
            if (const Node a = account(), b = account(); i % 3 == 0 && a != b)
                changes.emplace_back(
                    SetBlock{a, b, i % 2 == 0 ? SetBlock::State::set : SetBlock::State::lifted});
            ASSERT_TRUE(graph->apply(changes).ok());
            const auto wanted = oracle::random_wanted(dice, shape.accounts, 300, 4);
            expect_as_the_oracle(search, *graph->view(), {account(), wanted, 5, 4});
        }
    }
}

// The cheap way to 3 uses up the hops; plain Dijkstra would settle 3 by it and never see 4.
TEST(AskSearch, ALongWarmWayToABrokerDoesNotHideTheShortOne) {
    const auto graph = graph_of(7, {tie(0, 1, 0.99), tie(1, 2, 0.99), tie(2, 3, 0.99), tie(0, 3, 0.2),
                                    tie(3, 4, 0.9), tie(4, 5, 0.9)});
    EXPECT_EQ(path(*graph, 0, 3), (std::vector<Node>{0, 1, 2, 3}));
    EXPECT_EQ(path(*graph, 0, 4), (std::vector<Node>{0, 1, 2, 3, 4}));
    EXPECT_EQ(path(*graph, 0, 5), (std::vector<Node>{0, 3, 4, 5}));
    EXPECT_EQ(path(*graph, 0, 4, 3), (std::vector<Node>{0, 3, 4}));
    EXPECT_EQ(path(*graph, 0, 5, 2), (std::vector<Node>{}));
    EXPECT_EQ(path(*graph, 0, 6), (std::vector<Node>{}));
}

TEST(AskSearch, ALongWarmWayBeatsAShortColdOne) {
    const auto graph =
        graph_of(5, {tie(0, 4, 0.5), tie(0, 1, 0.9), tie(1, 2, 0.9), tie(2, 3, 0.9), tie(3, 4, 0.9)});
    EXPECT_EQ(path(*graph, 0, 4), (std::vector<Node>{0, 1, 2, 3, 4}));
    EXPECT_EQ(path(*graph, 0, 4, 3), (std::vector<Node>{0, 4}));
}

TEST(AskSearch, TrustCountsInTheDirectionOfTheWay) {
    const Steps warm = steps_of(0.9), cold = steps_of(0.1);
    const auto graph =
        graph_of(4, {{0, 1, warm, cold}, {1, 3, cold, warm}, {0, 2, cold, warm}, {2, 3, 0, warm}});
    EXPECT_EQ(path(*graph, 0, 3), (std::vector<Node>{0, 2, 3}));  // 0.1 against 0.09
    EXPECT_EQ(path(*graph, 3, 0), (std::vector<Node>{3, 2, 0}));
}

TEST(AskSearch, OnlyThoseWhoAgreedAreBrokers) {
    Bits brokers(4);
    brokers.set(2);
    const auto graph = *std::move(
        Graph::build(4, {tie(0, 1, 0.9), tie(1, 3, 0.9), tie(0, 2, 0.5), tie(2, 3, 0.5)}, brokers));
    EXPECT_EQ(path(*graph, 0, 3), (std::vector<Node>{0, 2, 3}));
    EXPECT_EQ(path(*graph, 0, 1), (std::vector<Node>{0, 1}));  // the asker's own tie needs nobody's consent
    const Change change = SetBroker{1, SetBroker::Consent::given};
    ASSERT_TRUE(graph->apply({&change, 1}).ok());
    EXPECT_EQ(path(*graph, 0, 3), (std::vector<Node>{0, 1, 3}));
}

TEST(AskSearch, NoWayLeadsOverABlock) {
    const std::vector<Tie> ties{tie(0, 1, 0.9), tie(1, 2, 0.9), tie(2, 3, 0.9), tie(0, 4, 0.3),
                                tie(4, 3, 0.3)};
    const std::vector<Node> warm{0, 1, 2, 3}, cold{0, 4, 3};
    EXPECT_EQ(path(*graph_of(5, ties), 0, 3), warm);
    EXPECT_EQ(path(*graph_of(5, ties, {{1, 2}}), 0, 3), cold);  // side by side
    EXPECT_EQ(path(*graph_of(5, ties, {{2, 0}}), 0, 3), cold);  // with the asker
    EXPECT_EQ(path(*graph_of(5, ties, {{3, 1}}), 0, 3), cold);  // with the one asked for
    EXPECT_EQ(path(*graph_of(5, ties, {{3, 0}}), 0, 3), std::vector<Node>{});
    EXPECT_EQ(path(*graph_of(5, ties, {{1, 4}}), 0, 3), warm);  // never on one way
}

TEST(AskSearch, WhoIsFartherThanThoughtGivesWay) {
    // 1 is the nearest but blocked the broker; 2 comes before her then.
    const auto graph = graph_of(
        6, {tie(0, 3, 0.9), tie(3, 4, 0.9), tie(4, 1, 0.9), tie(0, 5, 0.2), tie(5, 1, 0.9), tie(0, 2, 0.5)},
        {{1, 3}});
    const std::vector<Wanted> wanted{{1, 0}, {2, 0}};
    for (const Plan plan : kPlans) {
        const auto ways = Search().best(*graph->view(), {0, wanted, 1, 4, plan});
        ASSERT_EQ(ways.size(), 1U);
        EXPECT_EQ(ways.front().who, 2U);
    }
}

TEST(AskSearch, EqualCostsGoByNumber) {
    std::vector<Tie> star;
    for (Node node = 1; node < 500; ++node) star.push_back(tie(0, node, 0.5));
    const auto graph = graph_of(500, star);
    std::vector<Wanted> wanted;
    for (Node node = 1; node < 500; ++node) wanted.push_back({node, 0});
    for (const Plan plan : kPlans) {
        const auto ways = Search().best(*graph->view(), {499, wanted, 10, 4, plan});
        ASSERT_EQ(ways.size(), 10U);
        for (Node i = 0; i < 10; ++i) {
            EXPECT_EQ(ways[i].who, i + 1);
            EXPECT_EQ(ways[i].path, (std::vector<Node>{499, 0, i + 1}));
        }
    }
}

TEST(AskSearch, ABetterFitCanBeFartherAway) {
    const auto graph = graph_of(4, {tie(0, 1, 0.6), tie(0, 2, 0.9), tie(2, 3, 0.9)});
    const std::vector<Wanted> wanted{{0, 0}, {1, steps_of(0.5)}, {3, steps_of(0.9)}};  // oneself is not found
    for (const Plan plan : kPlans) {
        const auto ways = Search().best(*graph->view(), {0, wanted, 2, 4, plan});
        ASSERT_EQ(ways.size(), 2U);
        EXPECT_EQ(ways[0].who, 3U);
        EXPECT_NEAR(trust_of(ways[0].cost), 0.9 * 0.9 * 0.9, 0.001);
        EXPECT_NEAR(trust_of(ways[1].cost), 0.6 * 0.5, 0.001);
    }
}

TEST(AskSearch, NobodyIsWantedOrReached) {
    const auto graph = graph_of(3, {tie(1, 2, 0.6)});
    const std::vector<Wanted> wanted{{1, 0}, {2, 0}}, nobody;
    for (const Plan plan : kPlans) {
        EXPECT_TRUE(Search().best(*graph->view(), {0, wanted, 5, 4, plan}).empty());
        EXPECT_TRUE(Search().best(*graph->view(), {0, nobody, 5, 4, plan}).empty());
        EXPECT_TRUE(Search().best(*graph->view(), {0, wanted, 0, 4, plan}).empty());
    }
}

TEST(AskWarmest, AlternativesShareNoBroker) {
    const auto graph =
        graph_of(8, {tie(0, 1, 0.9), tie(1, 7, 0.9), tie(0, 2, 0.8), tie(2, 7, 0.8), tie(2, 1, 0.99),
                     tie(0, 3, 0.7), tie(3, 4, 0.7), tie(4, 7, 0.7), tie(0, 7, 0.2)});
    std::vector<std::vector<Node>> paths;
    for (const Way& way : Search().warmest(*graph->view(), 0, 7)) paths.push_back(way.path);
    EXPECT_EQ(paths, (std::vector<std::vector<Node>>{{0, 1, 7}, {0, 2, 7}, {0, 3, 4, 7}, {0, 7}}));
    EXPECT_EQ(Search().warmest(*graph->view(), 0, 7, 2).size(), 2U);
    EXPECT_EQ(Search().warmest(*graph->view(), 0, 7, 4, 1).size(), 1U);
    EXPECT_TRUE(Search().warmest(*graph->view(), 0, 6).empty());
    EXPECT_TRUE(Search().warmest(*graph->view(), 0, 0).empty());
}

TEST(AskWarmest, EachIsTheWarmestWithoutTheBrokersBefore) {
    oracle::Dice dice(3);
    Search search;
    for (int round = 0; round < 300; ++round) {
        const auto graph = oracle::random_graph(dice, {24, 90, 12, 800, dice(8)});
        const auto view = graph->view();
        const Node from = dice(24), to = dice(24);
        std::set<Node> used;
        for (const Way& way : search.warmest(*view, from, to)) {
            const Wanted wanted{to, 0};
            ASSERT_EQ(oracle::fault(*view, {from, {&wanted, 1}}, way), "");
            for (const Node node : way.path) ASSERT_FALSE(used.contains(node));
            const Cost expected = oracle::warmest(*view, from, to, 4, used);
            if (way.path.size() == 2)
                ASSERT_EQ(way.cost, expected);
            else
                ASSERT_GE(way.cost, expected);  // equal, or the direct tie was warmer and stands before
            used.insert(way.path.begin() + 1, way.path.end() - 1);
        }
    }
}

}  // namespace
}  // namespace vv::core::ask
