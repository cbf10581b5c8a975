// store/internal/said.h — an identity with what each file says of it, on its way between the database and a
// change.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace vv::store {

/// What the database holds of an identity and what its files say of it.
struct Known {
    struct Said {
        std::int64_t line = 0;
        core::Attributes attributes;
        bool is_blocked = false;
        bool is_changed = false;
    };

    core::Network network = core::Network::manual;
    bool is_new = false;
    bool is_changed = false;
    std::string attributes;  // JSON, as joined before
    bool was_blocked = false;
    std::map<std::int64_t, Said, std::greater<>> sources;  // newest file first

    [[nodiscard]] core::Attributes join() const;
    [[nodiscard]] bool is_blocked() const;
};
using KnownIdentities = std::map<core::IdentityId, Known>;

/// Adds these identities as they are. One statement.
void load_known(Tx& tx, core::AccountId owner, const std::vector<core::IdentityId>& identities,
                KnownIdentities& known);
/// Writes the sources that changed.
void save_said(Tx& tx, core::AccountId owner, const KnownIdentities& known);
/// Joins anew the identities that changed and are not new. Of whom something else is said then is stale from
/// then on.
void save_joined(Tx& tx, core::AccountId owner, const KnownIdentities& known, Instant now);

}  // namespace vv::store
