#include "app/ways_file.h"

#include "base/crypto.h"
#include "base/files.h"
#include "core/ask/image.h"

#include <cstring>
#include <span>
#include <utility>

namespace vv::app {
namespace {

constexpr std::uint64_t kMark = 0x31'30'73'79'61'77'76'76;  // "vvways01" where bytes stand as here

struct Head {
    std::uint64_t mark = kMark;
    std::int64_t loaded_at = 0, seq = 0, account = 0;
    std::uint64_t accounts = 0;
};

Error damaged(const std::string& what) {
    return {Fault::invalid, "ways.damaged_image", "The image of the ways can't be used: " + what + "."};
}

template <class T>
std::string_view bytes_of(std::span<const T> values) {
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

template <class T>
Result<Done> get(ByteSource& source, std::span<T> values) {
    auto* at = reinterpret_cast<char*>(values.data());
    for (std::size_t left = values.size_bytes(); left > 0;) {
        TRY(const std::size_t got, source.read(at, left));
        if (got == 0) return damaged("it ends too early");
        at += got;
        left -= got;
    }
    return Done{};
}

/// What is left of another source from where it stands.
class Rest final : public ByteSource {
public:
    Rest(ByteSource& whole, std::uint64_t begin) : whole_(whole), begin_(begin) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override { return whole_.read(buffer, size); }
    Result<Done> seek(std::uint64_t position) override { return whole_.seek(begin_ + position); }
    [[nodiscard]] std::uint64_t size() const override { return whole_.size() - begin_; }

private:
    ByteSource& whole_;
    std::uint64_t begin_;
};

}  // namespace

Result<Done> write_ways(const std::string& path, const WaysImage& image, const core::ask::View& view) {
    const Head head{kMark, millis(image.loaded_at), image.last.seq, image.last.account.value,
                    image.accounts.size()};
    return replace_file(path, [&](ByteSink& sink) -> Result<Done> {
        Sha256 sum;
        for (const std::string_view part :
             {bytes_of(std::span<const Head>(&head, 1)), bytes_of(std::span(image.accounts))}) {
            sum.add(part);
            CHECK(sink.write(part));
        }
        const Digest digest = sum.finish();
        CHECK(sink.write(bytes_of(std::span<const Digest::value_type>(digest))));
        return core::ask::write_image(view, sink);
    });
}

Result<ReadWays> read_ways(const std::string& path) {
    TRY(const auto source, open_file(path));
    Head head;
    if (source->size() < sizeof head + sizeof(Digest)) return damaged("it is too short");
    CHECK(get(*source, std::span(&head, 1)));
    if (head.mark != kMark) return damaged("it is none, or of another version");
    const std::uint64_t room = source->size() - sizeof head - sizeof(Digest);
    if (head.accounts > room / sizeof(core::AccountId)) return damaged("its sizes are wrong");
    ReadWays read;
    read.image.loaded_at = from_millis(head.loaded_at);
    read.image.last = {head.seq, {head.account}};
    read.image.accounts.resize(head.accounts);
    CHECK(get(*source, std::span(read.image.accounts)));
    Digest expected{};
    CHECK(get(*source, std::span<Digest::value_type>(expected)));
    Sha256 sum;
    sum.add(bytes_of(std::span<const Head>(&head, 1)));
    sum.add(bytes_of(std::span<const core::AccountId>(read.image.accounts)));
    if (sum.finish() != expected) return damaged("its sum is wrong");
    Rest rest(*source, sizeof head + head.accounts * sizeof(core::AccountId) + sizeof(Digest));
    TRY(read.graph, core::ask::read_image(rest));
    if (read.graph->view()->accounts() != head.accounts) return damaged("its numbers are wrong");
    return read;
}

}  // namespace vv::app
