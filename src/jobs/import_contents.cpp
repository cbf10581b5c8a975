#include "jobs/import_contents.h"

namespace vv::jobs {

namespace archive = formats::archive;

std::optional<ImportContents::Content> ImportContents::of(archive::EntryId file) const {
    const auto found = known_.find(file);
    if (found == known_.end()) return std::nullopt;
    return Content{hex(found->second.hash), found->second.size};
}

Result<archive::Step> ImportContents::visit(archive::Entry& entry) {
    while (true) {
        CHECK(go_on_());
        TRY(const auto piece, entry.next());
        if (piece.empty()) return archive::Step::go_on;
    }
}

void ImportContents::begin(archive::EntryId file) {
    file_ = file;
    size_ = 0;
    hash_.reset();
    if (!known_.contains(file)) hash_.emplace();
}

void ImportContents::see(std::string_view piece) {
    if (!hash_) return;
    hash_->add(piece);
    size_ += static_cast<std::int64_t>(piece.size());
}

void ImportContents::end() {
    if (!hash_) return;
    known_[file_] = {hash_->finish(), size_};
    hash_.reset();
}

}  // namespace vv::jobs
