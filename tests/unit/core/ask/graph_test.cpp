#include "core/ask/graph.h"

#include "oracle.h"

#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <thread>

namespace vv::core::ask {
namespace {

std::vector<HalfTie> row(const View& view, Node node) {
    const auto ties = view.ties_of(node);
    return {ties.begin(), ties.end()};
}

Result<Done> apply(Graph& graph, const Change& change) {
    return graph.apply({&change, 1});
}

// Every row in order, every tie in both rows with the same trusts.
void expect_sound(const View& view) {
    for (Node node = 0; node < view.accounts(); ++node) {
        const auto ties = view.ties_of(node);
        EXPECT_TRUE(std::is_sorted(ties.begin(), ties.end(), [](const HalfTie& a, const HalfTie& b) {
            return std::pair(a.out, a.to) < std::pair(b.out, b.to);
        }));
        EXPECT_EQ(view.outward(node).size(), std::count_if(ties.begin(), ties.end(), [](const auto& one) {
                      return one.out != kNoTrust;
                  }));
        for (const HalfTie& tie : ties) {
            EXPECT_TRUE(tie.out != kNoTrust || tie.in != kNoTrust);
            const auto theirs = row(view, tie.to);
            EXPECT_EQ(std::count(theirs.begin(), theirs.end(), HalfTie{node, tie.in, tie.out}), 1);
        }
    }
}

TEST(AskGraph, RoundsTrustByLessThanHalfAStep) {
    for (double trust = 0.0001; trust < 1; trust += 0.00037)
        EXPECT_NEAR(trust_of(steps_of(trust)) / trust, 1, 1.0 / 8191);
    EXPECT_EQ(steps_of(0), kNoTrust - 1);
    EXPECT_EQ(steps_of(std::nan("")), kNoTrust - 1);
    EXPECT_EQ(steps_of(1), 0);
    EXPECT_EQ(steps_of(7), 0);
}

TEST(AskGraph, RowsAreWarmestFirstAndPairsOne) {
    const auto graph = *std::move(Graph::build(4,
                                               {{0, 1, 500, 40},
                                                {0, 2, 30, kNoTrust},
                                                {3, 0, 7, kNoTrust},
                                                {1, 0, 50, 100},
                                                {1, 2, kNoTrust, kNoTrust}},
                                               Bits(4)));
    const auto view = graph->view();
    EXPECT_EQ(row(*view, 0), (std::vector<HalfTie>{{2, 30, kNoTrust}, {1, 100, 40}, {3, kNoTrust, 7}}));
    EXPECT_EQ(row(*view, 1), (std::vector<HalfTie>{{0, 40, 100}}));
    EXPECT_EQ(view->outward(0).size(), 2U);
    EXPECT_EQ(graph->ties(), 4U);
    expect_sound(*view);
}

TEST(AskGraph, RefusesWhatCannotBe) {
    EXPECT_EQ(Graph::build(2, {{0, 2, 1, 1}}, Bits(2)).error().code, "ask.no_account");
    EXPECT_EQ(Graph::build(2, {{1, 1, 1, 1}}, Bits(2)).error().code, "ask.with_oneself");
    const auto graph = *std::move(Graph::build(2, {{0, 1, 1, 1}}, Bits(2)));
    const std::vector<Change> half{SetTrust{0, 1, 9}, SetTrust{0, 2, 9}};
    EXPECT_EQ(graph->apply(half).error().fault, Fault::invalid);
    EXPECT_EQ(row(*graph->view(), 0).front().out, 1);  // all or none
    EXPECT_EQ(apply(*graph, SetBlock{1, 1}).error().code, "ask.with_oneself");
    EXPECT_EQ(apply(*graph, Forget{2}).error().code, "ask.no_account");
}

TEST(AskGraph, AViewStaysAsItIs) {
    const auto graph = *std::move(Graph::build(3, {{0, 1, 10, 20}}, Bits(3)));
    const auto before = graph->view();
    ASSERT_TRUE(apply(*graph, SetTrust{0, 1, 5}).ok());
    ASSERT_TRUE(apply(*graph, SetTrust{0, 2, 3}).ok());
    ASSERT_TRUE(apply(*graph, SetTrust{1, 0, kNoTrust}).ok());
    EXPECT_EQ(row(*before, 0), (std::vector<HalfTie>{{1, 10, 20}}));
    EXPECT_EQ(row(*graph->view(), 0), (std::vector<HalfTie>{{2, 3, kNoTrust}, {1, 5, kNoTrust}}));
    EXPECT_EQ(graph->view()->version(), before->version() + 3);
    EXPECT_EQ(graph->ties(), 2U);
    expect_sound(*graph->view());
}

TEST(AskGraph, AViewOutlivesTheGraph) {
    auto graph = *std::move(Graph::build(3, {{0, 1, 10, 20}}, Bits(3)));
    const auto first = graph->view();
    for (int i = 0; i < 50'000; ++i) ASSERT_TRUE(apply(*graph, SetTrust{0, 1, static_cast<Steps>(i)}).ok());
    const auto last = graph->view();
    graph.reset();
    EXPECT_EQ(row(*first, 0).front().out, 10);
    EXPECT_EQ(row(*last, 0).front().out, 49'999);
}

TEST(AskGraph, ChangesLeaveItAsIfItWereBuiltSo) {
    oracle::Dice dice(5);
    const Node accounts = 1'000;
    const auto graph = *std::move(Graph::build(accounts, {}, Bits(accounts)));
    std::map<std::pair<Node, Node>, Steps> trusts;
    const auto account = [&] { return dice(accounts); };
    for (int i = 0; i < 4'000; ++i) {
        std::vector<Change> changes;
        for (int j = 0; j < 25; ++j) {
            const Node a = account(), b = account();
            if (a == b) continue;
            const Steps trust = dice(4) == 0 ? kNoTrust : static_cast<Steps>(dice(60'000));
            trusts[{a, b}] = trust;
            changes.emplace_back(SetTrust{a, b, trust});
        }
        ASSERT_TRUE(graph->apply(changes).ok());
    }
    const Node gone = account();
    ASSERT_TRUE(apply(*graph, Forget{gone}).ok());
    std::vector<Tie> ties;
    for (const auto& [pair, trust] : trusts)
        if (pair.first != gone && pair.second != gone)
            ties.push_back({pair.first, pair.second, trust, kNoTrust});
    const auto built = *std::move(Graph::build(accounts, ties, Bits(accounts)));
    for (Node node = 0; node < accounts; ++node)
        EXPECT_EQ(row(*graph->view(), node), row(*built->view(), node));
    EXPECT_EQ(graph->ties(), built->ties());
    EXPECT_LT(graph->bytes(), built->bytes() * 3 / 2);
    EXPECT_GE(graph->bytes(), built->bytes());
    expect_sound(*graph->view());
}

TEST(AskGraph, WhoIsForgottenIsNowhere) {
    oracle::Dice dice(6);
    const auto graph = oracle::random_graph(dice, {30, 200, 9, 1000, 30});
    ASSERT_TRUE(apply(*graph, Forget{7}).ok());
    const auto view = graph->view();
    EXPECT_TRUE(view->ties_of(7).empty());
    EXPECT_TRUE(view->blocks_of(7).empty());
    EXPECT_FALSE(view->brokers().test(7));
    for (Node node = 0; node < 30; ++node) {
        EXPECT_FALSE(view->is_blocked(node, 7));
        for (const HalfTie& tie : view->ties_of(node)) EXPECT_NE(tie.to, 7U);
    }
    expect_sound(*view);
}

TEST(AskGraph, NewAccountsHaveRoomForTies) {
    const auto graph = *std::move(Graph::build(63, {{0, 62, 4, 4}}, Bits(63)));
    EXPECT_EQ(graph->add_accounts(70), 63U);
    ASSERT_TRUE(apply(*graph, SetTrust{132, 0, 9}).ok());
    ASSERT_TRUE(apply(*graph, SetBroker{132, SetBroker::Consent::given}).ok());
    EXPECT_FALSE(apply(*graph, SetTrust{133, 0, 9}).ok());
    EXPECT_EQ(row(*graph->view(), 132), (std::vector<HalfTie>{{0, 9, kNoTrust}}));
    expect_sound(*graph->view());
}

TEST(AskGraph, BlocksAreMutualAndCanBeLifted) {
    const auto graph = *std::move(Graph::build(3, {}, Bits(3), {{0, 1}, {0, 2}, {0, 1}}));
    EXPECT_TRUE(graph->view()->is_blocked(1, 0));
    EXPECT_TRUE(graph->view()->is_blocked(0, 2));
    ASSERT_TRUE(apply(*graph, SetBlock{1, 0, SetBlock::State::lifted}).ok());
    EXPECT_FALSE(graph->view()->is_blocked(0, 1));
    EXPECT_TRUE(graph->view()->is_blocked(2, 0));
}

// Readers hold whatever view they took against the oracle while a writer goes on.
TEST(AskGraph, AnswersAreExactWhileUpdatesAreInFlight) {
    oracle::Dice dice(7);
    const auto graph = oracle::random_graph(dice, {150, 600, 20, 800, 20});
    std::atomic<bool> is_over = false;
    std::thread writer([&] {
        oracle::Dice own(8);
        while (!is_over) {
            std::vector<Change> changes;
            for (int i = 0; i < 4; ++i) {
                const Node a = own(150), b = own(150);
                if (a != b) changes.emplace_back(SetTrust{a, b, static_cast<Steps>(own(9000))});
            }
            ASSERT_TRUE(graph->apply(changes).ok());
            std::this_thread::yield();
        }
    });
    Search search;
    for (int i = 0; i < 40; ++i) {
        const auto view = graph->view();
        const auto wanted = oracle::random_wanted(dice, 150, 50, 3);
        const Question question{dice(150), wanted, 5};
        EXPECT_EQ(oracle::costs(search.best(*view, question)), oracle::best(*view, question));
    }
    is_over = true;
    writer.join();
    expect_sound(*graph->view());
}

}  // namespace
}  // namespace vv::core::ask
