#include "formats/archive/parse.h"

#include "formats/archive/linkedin.h"
#include "formats/archive/metered.h"
#include "formats/contacts_csv.h"
#include "formats/emitter.h"
#include "formats/vcard.h"

namespace vv::formats::archive {
namespace {

using ReadFile = Result<Done> (*)(ByteStream&, std::string_view, const ParseOptions&, Emitter&);

// Reads file after file of a kind whose files know nothing of each other.
class FileReader final : public Visitor {
public:
    FileReader(ReadFile read, const ParseOptions& options, Emitter& out)
        : read_(read), options_(options), out_(out) {}

    Result<Step> visit(Entry& entry) override {
        out_.enter(entry.path());
        Metered bytes(entry, options_, total_);
        CHECK(read_(bytes, entry.path(), options_, out_));
        return out_.stopped() ? Step::stop : Step::go_on;
    }
    void unreadable(Unreadable) override {}

private:
    ReadFile read_;
    const ParseOptions& options_;
    Emitter& out_;
    std::uint64_t total_ = 0;
};

Result<Done> read_files(ReadFile read, const Archive& archive, const Group& group,
                        const ParseOptions& options, Emitter& out, const Limits& limits) {
    std::vector<EntryId> ids;
    for (const auto& file : group.files) ids.push_back(file.id);
    FileReader reader(read, options, out);
    return walk(archive, limits, ids, reader);
}

}  // namespace

Result<Summary> parse(const Archive& archive, const Group& group, const ParseOptions& options,
                      core::FactSink& sink, const Limits& limits) {
    Summary summary;
    Emitter out(sink, summary);
    switch (group.kind) {
        case Kind::linkedin:
            CHECK(read_linkedin(archive, group, options, out, limits));
            return summary;
        case Kind::vcard:
            CHECK(read_files(&read_vcards, archive, group, options, out, limits));
            return summary;
        case Kind::google_contacts:
        case Kind::outlook:
            CHECK(read_files(&read_contacts_csv, archive, group, options, out, limits));
            return summary;
        default:
            return Error{Fault::invalid, "archive.unsupported",
                         std::string(title(group.kind)) + " archives can't be read yet."};
    }
}

}  // namespace vv::formats::archive
