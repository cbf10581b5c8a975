#include "base/crypto.h"
#include "core/ask/image.h"
#include "core/ask/search.h"
#include "fuzz.h"

#include <string>

using namespace vv;
using namespace vv::core::ask;

namespace {

class StringSink final : public ByteSink {
public:
    Result<Done> write(std::string_view bytes) override {
        text += bytes;
        return Done{};
    }
    std::string text;
};

std::string small_image() {
    std::vector<Tie> ties;
    for (Node i = 0; i < 70; ++i)
        ties.push_back({i, (i + 1 + i % 9) % 71, static_cast<Steps>(i * 50), kNoTrust});
    Bits brokers(71);
    for (std::size_t i = 0; i < 71; i += 2) brokers.set(i);
    const auto graph = Graph::build(71, std::move(ties), std::move(brokers), {{1, 2}, {3, 70}});
    StringSink sink;
    VV_ASSERT(graph.ok() && write_image(*(*graph)->view(), sink).ok());
    return sink.text;
}

}  // namespace

// Bytes of a good image are changed and its sum put right: it is refused, or a graph that can be searched.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string kImage = small_image();
    std::string image = kImage.substr(0, kImage.size() - sizeof(Digest));
    for (std::size_t i = 0; i + 2 < size; i += 3)
        image[(data[i] + std::size_t{256} * data[i + 1]) % image.size()] = static_cast<char>(data[i + 2]);
    const auto sum = sha256(image);
    image.append(sum.begin(), sum.end());
    const auto source = view_bytes(image);
    const auto graph = read_image(*source);
    if (!graph || (*graph)->view()->accounts() == 0) return 0;
    const auto view = (*graph)->view();
    std::vector<Wanted> wanted;
    for (Node node = 0; node < view->accounts(); node += 3) wanted.push_back({node, 0});
    for (const Way& way : Search().best(*view, {view->accounts() / 2, wanted}))
        VV_ASSERT(way.who < view->accounts() && way.path.size() <= kMostHops + 1);
    return 0;
}
