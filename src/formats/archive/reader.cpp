#include "formats/archive/reader.h"

#include "formats/archive/unpack.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kHead = 512;  // enough to know a tar

Result<std::string> read_head(const InputFile& file) {
    TRY(const auto source, file.open());
    std::string head(kHead, '\0');
    std::size_t size = 0;
    while (size < head.size()) {
        TRY(const auto got, source->read(head.data() + size, head.size() - size));
        if (got == 0) break;
        size += got;
    }
    head.resize(size);
    return head;
}

class PackedEntry final : public Entry {
public:
    PackedEntry(const Unpacker::Header& header, EntryId id, Unpacker& unpacker, std::string_view head = {})
        : Entry(header.path, id, header.size), unpacker_(unpacker), head_(head) {}

    Result<std::string_view> next() override {
        if (!head_.empty()) return std::exchange(head_, {});
        return unpacker_.next_piece();
    }

private:
    Unpacker& unpacker_;
    std::string_view head_;  // the first piece, when it was looked at
};

class LooseEntry final : public Entry {
public:
    LooseEntry(const InputFile& file, EntryId id, ByteSource& source, const Limits& limits, Usage& usage)
        : Entry(file.path, id, file.size),
          source_(source),
          limits_(limits),
          usage_(usage),
          buffer_(65'536, '\0') {}

    Result<std::string_view> next() override {
        TRY(const auto got, source_.read(buffer_.data(), buffer_.size()));
        grown_ += got;
        usage_.expanded += got;
        if (grown_ > limits_.entry_bytes || usage_.expanded > limits_.total_bytes)
            return Error{Fault::too_many, "archive.too_large",
                         path() + ": the files given are too large to be read."};
        return std::string_view(buffer_).substr(0, got);
    }

private:
    ByteSource& source_;
    const Limits& limits_;
    Usage& usage_;
    std::uint64_t grown_ = 0;
    std::string buffer_;
};

// An entry under a witness's eyes.
class WitnessedEntry final : public Entry {
public:
    WitnessedEntry(Entry& entry, Witness& witness)
        : Entry(entry.path(), entry.id(), entry.size()), entry_(entry), witness_(witness) {
        witness_.begin(entry.id());
    }

    Result<std::string_view> next() override {
        auto piece = entry_.next();
        if (!piece) return piece;
        piece->empty() ? witness_.end() : witness_.see(*piece);
        return piece;
    }

private:
    Entry& entry_;
    Witness& witness_;
};

// One walk: over everything when `wanted` is null.
class Walk {
public:
    Walk(const Archive& archive, const Limits& limits, const std::vector<EntryId>* wanted, Visitor& visitor)
        : archive_(archive), limits_(limits), wanted_(wanted), visitor_(visitor) {}

    Result<Done> run() {
        if (archive_.packed) return run_packed();
        for (std::uint32_t i = 0; i < archive_.files.size(); ++i) {
            if (!wants({i})) continue;
            TRY(const auto source, archive_.files[i].open());
            LooseEntry entry(archive_.files[i], {i}, *source, limits_, usage_);
            TRY(const auto step, visit(entry));
            if (step == Step::stop) break;
        }
        return Done{};
    }

private:
    Result<Step> visit(Entry& entry) {
        if (!archive_.witness) return visitor_.visit(entry);
        WitnessedEntry witnessed(entry, *archive_.witness);
        return visitor_.visit(witnessed);
    }

    Result<Done> run_packed() {
        TRY(const auto source, archive_.files.front().open());
        TRY(const bool empty, is_empty_zip(*source));
        if (empty) return Done{};
        usage_.packed = source->size();
        TRY(const auto unpacker, Unpacker::open(*source, archive_.name, limits_, usage_));
        for (std::uint32_t i = 0; more_from(i); ++i) {
            TRY(const auto header, unpacker->next_header());
            if (!header) break;
            TRY(const auto step, visit_outer(*unpacker, *header, i));
            if (step == Step::stop) break;
        }
        return Done{};
    }

    Result<Step> visit_outer(Unpacker& unpacker, const Unpacker::Header& header, std::uint32_t index) {
        if (header.unreadable) return pass_over(header.path, *header.unreadable);
        if (wanted_) {
            if (wants({index})) {
                PackedEntry entry(header, {index}, unpacker);
                return visit(entry);
            }
            if (!wants_inside(index)) return Step::go_on;
            PackedEntry entry(header, {index}, unpacker);
            return visit_inner(entry, header.path, index);
        }
        TRY(const auto head, unpacker.next_piece());
        PackedEntry entry(header, {index}, unpacker, head);
        if (!is_zip(head)) return visit(entry);
        if (head.starts_with("PK\x05\x06")) return pass_over(header.path, "it holds no files.");
        return visit_inner(entry, header.path, index);
    }

    // A zip without files is its directory's end alone, which libarchive does not take for a zip.
    static Result<bool> is_empty_zip(ByteSource& source) {
        std::array<char, 4> head{};
        TRY(const auto got, source.read(head.data(), head.size()));
        CHECK(source.seek(0));
        return std::string_view(head.data(), got) == "PK\x05\x06";
    }

    // A zip in the zip, read as it streams by; deeper ones are left.
    Result<Step> visit_inner(Entry& packed, const std::string& path, std::uint32_t outer) {
        TRY(const auto unpacker, Unpacker::open(packed, archive_.name + "/" + path, limits_, usage_));
        for (std::int32_t i = 0;; ++i) {
            TRY(auto header, unpacker->next_header());
            if (!header) return Step::go_on;
            header->path = path + "/" + header->path;
            const EntryId id{outer, i};
            if (!header->unreadable && wanted_ && !wants(id)) continue;
            if (header->unreadable) {
                if (!wanted_) visitor_.unreadable({header->path, *header->unreadable});
                continue;
            }
            TRY(const auto head, unpacker->next_piece());
            if (is_zip(head)) {
                visitor_.unreadable({header->path, "zips are nested too deep; unpack the outer one first."});
                continue;
            }
            PackedEntry entry(*header, id, *unpacker, head);
            TRY(const auto step, visit(entry));
            if (step == Step::stop) return step;
        }
    }

    Result<Step> pass_over(const std::string& path, const std::string& why) {
        if (!wanted_) visitor_.unreadable({path, why});
        return Step::go_on;
    }

    static bool is_zip(std::string_view head) {
        return head.starts_with("PK") && looks_packed(head) && !looks_like_document(head);
    }
    [[nodiscard]] bool wants(EntryId id) const {
        return !wanted_ || std::binary_search(wanted_->begin(), wanted_->end(), id);
    }
    [[nodiscard]] bool wants_inside(std::uint32_t outer) const {
        const auto at = std::upper_bound(wanted_->begin(), wanted_->end(), EntryId{outer, -1});
        return at != wanted_->end() && at->outer == outer;
    }
    [[nodiscard]] bool more_from(std::uint32_t outer) const {
        return !wanted_ || (!wanted_->empty() && wanted_->back().outer >= outer);
    }

    const Archive& archive_;
    const Limits& limits_;
    const std::vector<EntryId>* wanted_;
    Visitor& visitor_;
    Usage usage_;
};

}  // namespace

Result<std::vector<Archive>> gather(const std::string& name, std::vector<InputFile> files) {
    std::vector<Archive> packed;
    Archive loose{name, {}, false};
    for (auto& file : files) {
        TRY(const auto head, read_head(file));
        if (looks_packed(head) && !looks_like_document(head))
            packed.push_back({file.path, {std::move(file)}, true});
        else
            loose.files.push_back(std::move(file));
    }
    if (!loose.files.empty()) packed.insert(packed.begin(), std::move(loose));
    return packed;
}

Result<Done> walk(const Archive& archive, const Limits& limits, Visitor& visitor) {
    return Walk(archive, limits, nullptr, visitor).run();
}

Result<Done> walk(const Archive& archive, const Limits& limits, const std::vector<EntryId>& wanted,
                  Visitor& visitor) {
    return Walk(archive, limits, &wanted, visitor).run();
}

}  // namespace vv::formats::archive
