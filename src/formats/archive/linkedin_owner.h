// formats/archive/linkedin_owner.h — who owns a LinkedIn export, which no file of it says in one place.
#pragma once

#include "core/facts.h"
#include "formats/archive/linkedin_tables.h"
#include "formats/csv.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::formats::archive {

/// Someone who takes part in a message; the slug is empty when the export gives no address.
struct Party {
    std::string_view name;
    std::string_view slug;
};

/// Gathers the owner from Profile, Email Addresses and PhoneNumbers, and the owner's address from the
/// messages: the one profile that takes part in every one of them, or among several the one of the profile's
/// name.
class LinkedInOwner {
public:
    /// A row of one of the owner's three tables.
    void add(const Table& table, const CsvRow& row);

    /// The participants of one message. Returns true once the owner is beyond doubt: no more messages are
    /// needed.
    bool add_message(const std::vector<Party>& parties);

    /// Whether this party is the owner.
    [[nodiscard]] bool is(const Party& party) const;
    [[nodiscard]] bool is_known() const { return !slug_.empty() || !attributes_.name.full.empty(); }
    /// Decides after the last add_message().
    void settle();
    [[nodiscard]] core::OwnerSeen fact() const;

private:
    void add_profile(const Table& table, const CsvRow& row);

    core::Attributes attributes_;
    std::vector<std::pair<std::string, std::string>>
        candidates_;  // slug and name of those in every message so far
    bool any_message_ = false;
    std::string slug_;
};

}  // namespace vv::formats::archive
