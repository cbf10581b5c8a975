#include "formats/archive/parse.h"

#include "formats/archive/linkedin.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

Result<Summary> parse(const Archive& archive, const Group& group, const ParseOptions& options,
                      core::FactSink& sink, const Limits& limits) {
    Summary summary;
    Emitter out(sink, summary);
    switch (group.kind) {
        case Kind::linkedin:
            CHECK(read_linkedin(archive, group, options, out, limits));
            return summary;
        default:
            return Error{Fault::invalid, "archive.unsupported",
                         std::string(title(group.kind)) + " archives can't be read yet."};
    }
}

}  // namespace vv::formats::archive
