// jobs/import_contents.h — what is in an archive's files: content hash and size, learned as they are read.
//
// It is the witness of an archive's walks: while a parser reads a file it sees the bytes, which saves
// unpacking them twice. As a visitor it reads files for nothing else.
#pragma once

#include "base/crypto.h"
#include "formats/archive/reader.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace vv::jobs {

class ImportContents final : public formats::archive::Visitor, public formats::archive::Witness {
public:
    struct Content {
        std::string sha256;
        std::int64_t size = 0;
    };

    /// `go_on` is asked for every piece that is read for the hash alone.
    explicit ImportContents(std::function<Result<Done>()> go_on) : go_on_(std::move(go_on)) {}

    /// Of a file that was read to its end.
    [[nodiscard]] std::optional<Content> of(formats::archive::EntryId file) const;
    /// Another archive's files follow.
    void clear() { known_.clear(); }

    Result<formats::archive::Step> visit(formats::archive::Entry& entry) override;
    void unreadable(formats::archive::Unreadable) override {}

    void begin(formats::archive::EntryId file) override;
    void see(std::string_view piece) override;
    void end() override;

private:
    std::function<Result<Done>()> go_on_;
    struct Known {
        Digest hash;
        std::int64_t size = 0;
    };
    std::map<formats::archive::EntryId, Known> known_;
    formats::archive::EntryId file_;
    std::optional<Sha256> hash_;  // of the file being read, unless it is known
    std::int64_t size_ = 0;
};

}  // namespace vv::jobs
