// formats/archive/twitter_people.h — who owns an X archive, and who takes part in its groups.
#pragma once

#include "core/facts.h"
#include "formats/options.h"

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::formats::archive {

/// An account's id when it is one: digits, and not the "-1" of accounts that are gone. Empty otherwise.
std::string account_id(const boost::json::value& object, std::string_view name);
std::string account_id(const boost::json::value& value);

/// Gathers the owner from account.js, profile.js and the manifest; without them, from the conversations: the
/// one account in all of them.
class TwitterOwner {
public:
    /// A record of one of those files, whatever it tells.
    void add(const boost::json::value& record);
    /// Old archives' user_details.js: a member of its one object.
    void add_detail(std::string_view name, const boost::json::value& value);
    /// The two accounts of a conversation.
    void add_conversation(const std::string& one, const std::string& other);
    /// Whom the owner answered in answering a tweet of the archive's own.
    void add_answer_to_oneself(const std::string& id);
    /// Decides after the last of them.
    void settle(const ParseOptions& options);
    /// Those among whom it can't be told; empty when it can.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }

    [[nodiscard]] bool is_known() const { return !id_.empty(); }
    [[nodiscard]] bool is(std::string_view id) const { return !id_.empty() && id == id_; }
    /// The name in addresses; empty when it is not known.
    [[nodiscard]] const std::string& username() const { return username_; }
    /// In lower case.
    [[nodiscard]] const std::vector<std::string>& emails() const { return attributes_.emails; }
    [[nodiscard]] core::OwnerSeen fact() const;

private:
    std::string id_;
    std::string username_;
    core::Attributes attributes_;
    std::vector<std::string> candidates_;  // those in every conversation so far
    int conversations_ = 0;
    core::OwnerUnsure unsure_;
};

/// The members of each group conversation, as joins and senders tell. At most 1,000 a group and about 300,000
/// in all.
class TwitterGroups {
public:
    /// A record of a group's `messages`.
    void add(const std::string& conversation, const boost::json::value& message);
    [[nodiscard]] const std::vector<std::string>& members(const std::string& conversation) const;

private:
    void add_member(std::vector<std::string>& members, std::string id);

    std::unordered_map<std::string, std::vector<std::string>> groups_;
    std::size_t total_ = 0;
};

}  // namespace vv::formats::archive
