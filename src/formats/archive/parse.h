// formats/archive/parse.h — the seam between archives and the importer: what is in one, and its facts.
//
//     gather() → for each archive: survey() → for each group: parse() → facts
//
// An error from survey() or parse() means that nothing of this archive can be trusted: what its groups have
// put into the sink so far must be dropped.
#pragma once

#include "core/facts.h"
#include "formats/archive/kinds.h"
#include "formats/archive/reader.h"
#include "formats/options.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace vv::formats::archive {

struct File {
    EntryId id;
    std::string path;
    Role role = Role::whole;
    std::uint64_t size = 0;  // expanded, as the archive claims; 0 when it does not say
};

/// The files of one network in one archive: one line of the import's answer.
struct Group {
    Kind kind = Kind::linkedin;
    std::vector<File> files;  // in the archive's order
    std::uint64_t bytes = 0;  // of the files that will be read, expanded; what progress counts up to

    /// What walk() wants: all of them, or those in one of these roles.
    [[nodiscard]] std::vector<EntryId> ids() const;
    [[nodiscard]] std::vector<EntryId> ids(std::initializer_list<Role> roles) const;
};

/// What can't be read, and why; `kind` where it is certain.
struct Unsupported {
    std::string file;
    std::optional<Kind> kind;
    std::string error;
};

struct Survey {
    std::vector<Group> groups;  // readable ones, in the order of Kind
    std::vector<Unsupported> unsupported;
};

/// Looks at the beginning of every file. An export made as HTML makes one line a kind; files of no known kind
/// one each, at most 20; pictures, viewers and empty files are passed over.
Result<Survey> survey(const Archive& archive, const Limits& limits = {});

/// Emits the facts of one group of survey()'s, in the order of its files. Memory is bounded whatever they
/// hold.
Result<Summary> parse(const Archive& archive, const Group& group, const ParseOptions& options,
                      core::FactSink& sink, const Limits& limits = {});

}  // namespace vv::formats::archive
