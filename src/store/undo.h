// store/undo.h — takes out again what files said, in steps of bounded size.
#pragma once

#include "core/people.h"
#include "store/database.h"
#include "store/imports.h"

#include <vector>

namespace vv::store::undo {

/// The next identities that these files speak of, by id; at most `limit`.
std::vector<core::IdentityId> identities_after(Tx& tx, core::AccountId owner,
                                               const std::vector<imports::FileId>& files,
                                               core::IdentityId after, int limit);
/// Takes the files' ties, contacts and sources of these identities out. A contact that another file has too
/// becomes that file's.
void take_out(Tx& tx, core::AccountId owner, const std::vector<imports::FileId>& files,
              const std::vector<core::IdentityId>& identities);
/// What hangs on no identity: gatherings, busy times, posts, places, the owner's keys.
void take_out_rest(Tx& tx, core::AccountId owner, const std::vector<imports::FileId>& files);

}  // namespace vv::store::undo
