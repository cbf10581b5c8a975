// formats/archive/metered.h — a file's bytes, told to the progress bar as they pass.
#pragma once

#include "formats/bytes.h"
#include "formats/options.h"

namespace vv::formats::archive {

class Metered final : public ByteStream {
public:
    /// `total` counts over all files of a group.
    Metered(ByteStream& source, const ParseOptions& options, std::uint64_t& total)
        : source_(source), options_(options), total_(total) {}

    Result<std::string_view> next() override {
        auto piece = source_.next();
        if (piece) total_ += piece->size();
        if (piece && options_.progress) options_.progress(total_);
        return piece;
    }

private:
    ByteStream& source_;
    const ParseOptions& options_;
    std::uint64_t& total_;
};

}  // namespace vv::formats::archive
