// formats/archive/ning_members.h — members of a Ning network, and which of them is the owner.
#pragma once

#include "core/facts.h"
#include "formats/options.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats::archive {

/// Whether an item of an archive's list is a member.
bool is_ning_member(const boost::json::value& item);

core::IdentityKey ning_key(std::string_view contributor);
/// "2009-05-04T14:11:35.000Z".
std::optional<Instant> ning_time(const boost::json::value& item, std::string_view name);
core::Attributes ning_attributes(const boost::json::value& member);

/// The owner: the member with one of the account's addresses; else the one with the account's name; else the
/// network's creator, to whom alone Ning gives the archive.
class NingOwner {
public:
    explicit NingOwner(const ParseOptions& options);  // which outlives this

    void add(const boost::json::value& member);
    /// None of the account's addresses is in these files.
    void rule_out_addresses() { may_be_addressed_ = false; }
    /// Whether nothing that may follow changes the answer: an address is one member's, a network has one
    /// creator.
    [[nodiscard]] bool is_certain() const {
        return !by_email_.empty() || (!may_be_addressed_ && !namesake_creator_.empty());
    }
    /// In lower case.
    [[nodiscard]] const std::vector<std::string>& emails() const { return emails_; }
    /// Decides after the last add().
    void settle();

    /// Those among whom it can't be told, or a creator by whom the account isn't known; empty when it is
    /// certain.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }
    [[nodiscard]] bool is_known() const { return !key_.empty(); }
    [[nodiscard]] bool is(std::string_view contributor) const { return is_known() && contributor == key_; }
    [[nodiscard]] core::OwnerSeen fact() const;

private:
    struct Member {
        std::string key;
        core::Attributes attributes;
    };
    // Members of a sort: who is the only one of it is the owner.
    using Found = std::vector<Member>;
    static void add_to(Found& found, std::string_view key, const boost::json::value& member);
    void take(const Member& member);
    void ask();
    [[nodiscard]] bool is_addressed(std::string_view email) const;
    [[nodiscard]] bool is_named(std::string_view name) const;

    const ParseOptions& options_;
    std::vector<std::string> emails_;  // the account's, in lower case
    std::vector<std::string> names_;   // folded
    Found by_email_;
    Found by_name_;
    Found namesake_creator_;  // of the account's name, and the creator
    Found creator_;
    std::string key_;
    core::Attributes attributes_;
    core::OwnerUnsure unsure_;
    bool may_be_addressed_ = true;
};

}  // namespace vv::formats::archive
