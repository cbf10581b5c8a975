#include "core/ask/image.h"

#include "base/crypto.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace vv::core::ask {

// What may put a graph together.
struct Image {
    static std::unique_ptr<Graph> begin() { return std::unique_ptr<Graph>(new Graph()); }
    static Ties room_for(const Graph& graph, std::size_t ties) { return graph.room_for(ties); }
    static void add_page(Graph& graph, Ties ties, std::span<const std::uint32_t> counts,
                         std::vector<Block> blocks) {
        graph.add_page(std::move(ties), counts, std::move(blocks));
    }
    static void show(Graph& graph, Node accounts, Bits brokers) { graph.show(accounts, std::move(brokers)); }
};

namespace {

constexpr std::uint64_t kMark = 0x31'30'67'6b'73'61'76'76;  // "vvaskg01" where bytes stand as here

struct Head {
    std::uint64_t mark = kMark;
    std::uint64_t accounts = 0, ties = 0, blocks = 0;
};

Error damaged(const std::string& what) {
    return {Fault::invalid, "ask.damaged_image", "The image of the ask graph can't be used: " + what + "."};
}

class Writer {
public:
    explicit Writer(ByteSink& sink) : sink_(sink) {}

    template <class T>
    Result<Done> put(std::span<const T> values) {
        buffer_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
        return buffer_.size() < kPiece ? Result<Done>(Done{}) : flush();
    }
    Result<Done> finish() {
        CHECK(flush());
        const auto sum = sum_.finish();
        return sink_.write({reinterpret_cast<const char*>(sum.data()), sum.size()});
    }

private:
    static constexpr std::size_t kPiece = std::size_t{1} << 20;

    Result<Done> flush() {
        sum_.add(buffer_);
        CHECK(sink_.write(buffer_));
        buffer_.clear();
        return Done{};
    }

    ByteSink& sink_;
    Sha256 sum_;
    std::string buffer_;
};

class Reader {
public:
    explicit Reader(ByteSource& source) : source_(source) {}

    template <class T>
    Result<Done> get(std::span<T> values) {
        auto* const bytes = reinterpret_cast<char*>(values.data());
        CHECK(fill(bytes, values.size_bytes()));
        sum_.add({bytes, values.size_bytes()});
        return Done{};
    }
    Result<Done> check_sum() {
        Digest expected;
        CHECK(fill(reinterpret_cast<char*>(expected.data()), expected.size()));
        return sum_.finish() == expected ? Result<Done>(Done{}) : damaged("its sum is wrong");
    }

private:
    Result<Done> fill(char* bytes, std::size_t size) {
        while (size > 0) {
            TRY(const std::size_t got, source_.read(bytes, size));
            if (got == 0) return damaged("it ends too early");
            bytes += got;
            size -= got;
        }
        return Done{};
    }

    ByteSource& source_;
    Sha256 sum_;
};

Result<Head> read_head(Reader& reader, std::uint64_t size) {
    Head head;
    CHECK(reader.get(std::span(&head, 1)));
    if (head.mark != kMark) return damaged("it is none, or of another version");
    constexpr std::uint64_t most = std::uint64_t{1} << 40;
    if (head.accounts >= kNobody || head.ties > most || head.blocks > most)
        return damaged("its sizes are wrong");
    const std::uint64_t expected = sizeof(Head) + (head.accounts + 63) / 64 * sizeof(std::uint64_t) +
                                   head.accounts * sizeof(std::uint32_t) + head.blocks * sizeof(Block) +
                                   head.ties * sizeof(HalfTie) + sizeof(Digest);
    if (size != expected) return damaged("its sizes are wrong");
    return head;
}

bool is_row(std::span<const HalfTie> ties, Node node, Node accounts) {
    for (std::size_t i = 0; i < ties.size(); ++i) {
        const HalfTie& tie = ties[i];
        if (tie.to >= accounts || tie.to == node || (tie.out == kNoTrust && tie.in == kNoTrust)) return false;
        if (i == 0) continue;
        const HalfTie& before = ties[i - 1];
        if (before.out != tie.out ? before.out > tie.out : before.to >= tie.to) return false;
    }
    return true;
}

Result<Done> read_page(Reader& reader, Graph& graph, std::span<const std::uint32_t> counts,
                       std::span<const Block> blocks, Node first, Node accounts) {
    const auto size = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    auto ties = Image::room_for(graph, size);
    CHECK(reader.get(std::span(ties.get(), size)));
    const HalfTie* at = ties.get();
    for (std::size_t i = 0; i < counts.size(); at += counts[i++])
        if (!is_row({at, counts[i]}, first + static_cast<Node>(i), accounts))
            return damaged("a row is wrong");
    const auto end = first + static_cast<Node>(counts.size());
    const auto from = std::lower_bound(blocks.begin(), blocks.end(), Block{first, 0});
    const auto to = std::lower_bound(from, blocks.end(), Block{end, 0});
    Image::add_page(graph, std::move(ties), counts, {from, to});
    return Done{};
}

bool are_blocks(const std::vector<Block>& blocks, Node accounts) {
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (blocks[i].who >= accounts || blocks[i].whom >= accounts || (i > 0 && blocks[i - 1] >= blocks[i]))
            return false;
    return true;
}

}  // namespace

Result<Done> write_image(const View& view, ByteSink& sink) {
    Head head{kMark, view.accounts(), 0, 0};
    std::vector<std::uint32_t> counts;
    std::vector<Block> blocks;
    for (Node node = 0; node < view.accounts(); ++node) {
        counts.push_back(static_cast<std::uint32_t>(view.ties_of(node).size()));
        head.ties += counts.back();
        const auto own = view.blocks_of(node);
        blocks.insert(blocks.end(), own.begin(), own.end());
    }
    head.blocks = blocks.size();
    Writer writer(sink);
    CHECK(writer.put(std::span<const Head>(&head, 1)));
    CHECK(writer.put(std::span(view.brokers().words())));
    CHECK(writer.put(std::span<const std::uint32_t>(counts)));
    CHECK(writer.put(std::span<const Block>(blocks)));
    for (Node node = 0; node < view.accounts(); ++node) CHECK(writer.put(view.ties_of(node)));
    return writer.finish();
}

Result<std::unique_ptr<Graph>> read_image(ByteSource& source) {
    if (source.size() < sizeof(Head) + sizeof(Digest)) return damaged("it is too short");
    Reader reader(source);
    TRY(const Head head, read_head(reader, source.size()));
    const auto accounts = static_cast<Node>(head.accounts);
    std::vector<std::uint64_t> words((accounts + std::size_t{63}) / 64);
    std::vector<std::uint32_t> counts(accounts);
    std::vector<Block> blocks(head.blocks);
    CHECK(reader.get(std::span(words)));
    CHECK(reader.get(std::span(counts)));
    CHECK(reader.get(std::span(blocks)));
    if (std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) != head.ties)
        return damaged("its sizes are wrong");
    if (!are_blocks(blocks, accounts)) return damaged("its blocks are wrong");
    auto graph = Image::begin();
    for (std::size_t first = 0; first < accounts; first += kRowsOfPage) {
        const auto rows = std::span(counts).subspan(first, std::min(kRowsOfPage, accounts - first));
        CHECK(read_page(reader, *graph, rows, blocks, static_cast<Node>(first), accounts));
    }
    CHECK(reader.check_sum());
    Image::show(*graph, accounts, Bits(accounts, std::move(words)));
    return graph;
}

}  // namespace vv::core::ask
