#include "core/ask/image.h"

#include "base/crypto.h"
#include "oracle.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace vv::core::ask {
namespace {

class StringSink final : public ByteSink {
public:
    Result<Done> write(std::string_view bytes) override {
        text += bytes;
        return Done{};
    }
    std::string text;
};

std::string image_of(const View& view) {
    StringSink sink;
    EXPECT_TRUE(write_image(view, sink).ok());
    return sink.text;
}

Result<std::unique_ptr<Graph>> read(std::string_view bytes) {
    const auto source = view_bytes(bytes);
    return read_image(*source);
}

// As if somebody had taken care that the sum is right.
std::string summed(std::string bytes) {
    bytes.resize(bytes.size() - sizeof(Digest));
    const auto sum = sha256(bytes);
    return bytes.append(sum.begin(), sum.end());
}

std::unique_ptr<Graph> some_graph(std::uint32_t seed) {
    oracle::Dice dice(seed);
    auto graph = oracle::random_graph(dice, {150, 600, 20, 700, 20});
    const std::vector<Change> changes{SetTrust{3, 4, 77}, SetTrust{4, 9, kNoTrust}, Forget{12}};
    EXPECT_TRUE(graph->apply(changes).ok());
    return graph;
}

TEST(AskImage, IsReadAsItWasWritten) {
    const auto graph = some_graph(1);
    const auto before = graph->view();
    const auto read_graph = *std::move(read(image_of(*before)));
    const auto after = read_graph->view();
    ASSERT_EQ(after->accounts(), before->accounts());
    EXPECT_EQ(read_graph->ties(), graph->ties());
    EXPECT_EQ(after->brokers(), before->brokers());
    for (Node node = 0; node < before->accounts(); ++node) {
        EXPECT_TRUE(std::ranges::equal(after->ties_of(node), before->ties_of(node)));
        EXPECT_TRUE(std::ranges::equal(after->blocks_of(node), before->blocks_of(node)));
    }
    const Change change = SetTrust{0, 149, 5};
    ASSERT_TRUE(read_graph->apply({&change, 1}).ok());
    EXPECT_EQ(image_of(*before), image_of(*graph->view()));
}

TEST(AskImage, AnEmptyGraphHasOneToo) {
    const auto graph = *std::move(Graph::build(0, {}, Bits()));
    EXPECT_EQ((*read(image_of(*graph->view())))->view()->accounts(), 0U);
}

TEST(AskImage, AnyDamageIsSeen) {
    const auto image = image_of(*some_graph(2)->view());
    for (std::size_t i = 0; i < image.size(); i += 7) {
        std::string damaged = image;
        damaged[i] = static_cast<char>(damaged[i] ^ (1 << i % 8));
        ASSERT_EQ(read(damaged).error().code, "ask.damaged_image") << "byte " << i;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{8}, image.size() / 2, image.size() - 1})
        EXPECT_EQ(read(image.substr(0, size)).error().code, "ask.damaged_image");
    EXPECT_FALSE(read(image + "x").ok());
}

// Whatever it says: it is refused, or read as a graph that can be searched.
TEST(AskImage, AForgedOneDoesNoHarm) {
    const auto image = image_of(*some_graph(3)->view());
    oracle::Dice dice(4);
    Search search;
    for (int i = 0; i < 3'000; ++i) {
        std::string forged = image;
        for (int n = 0; n < 1 + i % 3; ++n)
            forged[dice(static_cast<std::uint32_t>(image.size()))] = static_cast<char>(dice(256));
        const auto graph = read(summed(forged));
        if (!graph) continue;
        const auto view = (*graph)->view();
        const auto wanted = oracle::random_wanted(dice, view->accounts(), 100, 3);
        for (const Way& way : search.best(*view, {dice(view->accounts()), wanted}))
            EXPECT_LT(way.who, view->accounts());
    }
}

TEST(AskImage, AFileIsReplacedOrStaysAsItIs) {
    const auto folder = std::filesystem::temp_directory_path() / "visavis-ask-image";
    std::filesystem::create_directories(folder);
    const std::string path = folder / "image";
    const auto graph = some_graph(5);
    const auto write = [&](ByteSink& sink) { return write_image(*graph->view(), sink); };
    ASSERT_TRUE(replace_file(path, write).ok());
    const auto failed = replace_file(path, [](ByteSink& sink) -> Result<Done> {
        CHECK(sink.write("half"));
        return Error(Fault::unavailable, "test.failed");
    });
    EXPECT_EQ(failed.error().code, "test.failed");
    const auto source = *std::move(open_file(path));
    EXPECT_TRUE(read_image(*source).ok());
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
    EXPECT_EQ(replace_file((folder / "none" / "image").string(), write).error().fault, Fault::not_found);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace vv::core::ask
