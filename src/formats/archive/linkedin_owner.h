// formats/archive/linkedin_owner.h — who owns a LinkedIn export, which no file of it says in one place.
#pragma once

#include "core/facts.h"
#include "formats/archive/linkedin_parties.h"
#include "formats/archive/linkedin_tables.h"
#include "formats/csv.h"
#include "formats/options.h"

#include <string>
#include <utility>
#include <vector>

namespace vv::formats::archive {

/// Gathers the owner from Profile, Email Addresses and PhoneNumbers, and the owner's address from the
/// messages: the one profile that takes part in every one of them, or among several the one of the profile's
/// name.
class LinkedInOwner {
public:
    /// A row of one of the owner's three tables.
    void add(const Table& table, const CsvRow& row);

    /// The participants of one message, `whole` when none is without an address. Returns true once the owner
    /// is beyond doubt: no more messages are needed.
    bool add_message(const std::vector<Party>& parties, bool whole);
    /// Decides after the last add_message().
    void settle(const ParseOptions& options);
    /// Those among whom it can't be told; empty when it can.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }

    /// Whether this party is the owner.
    [[nodiscard]] bool is(const Party& party) const;
    [[nodiscard]] bool is_known() const { return !slug_.empty() || !attributes_.name.full.empty(); }
    [[nodiscard]] core::OwnerSeen fact() const;

private:
    using Candidate = std::pair<std::string, std::string>;  // slug and name

    void add_profile(const Table& table, const CsvRow& row);
    void narrow(const std::vector<Party>& parties);
    void remember_namesakes(const std::vector<Party>& parties);

    core::Attributes attributes_;
    std::vector<Candidate> candidates_;  // those in every message so far
    std::vector<Candidate> namesakes_;   // those of the profile's name
    bool any_message_ = false;
    std::int64_t messages_ = 0;
    std::string slug_;
    core::OwnerUnsure unsure_;
};

}  // namespace vv::formats::archive
