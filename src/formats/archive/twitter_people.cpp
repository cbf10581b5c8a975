#include "formats/archive/twitter_people.h"

#include "base/text.h"
#include "formats/json_fields.h"
#include "formats/owner_choice.h"
#include "formats/person_card.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestId = 20;
constexpr std::size_t kMostMembers = 300'000;
constexpr std::size_t kMostInGroup = 1'000;

}  // namespace

std::string account_id(const json::value& value) {
    auto id = id_of(value);
    const bool digits = !id.empty() && id.size() <= kLongestId && id != "0" &&
                        std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? id : std::string{};
}

std::string account_id(const json::value& object, std::string_view name) {
    const auto* found = member(object, name);
    return found ? account_id(*found) : std::string{};
}

void TwitterOwner::add(const json::value& record) {
    if (const auto* account = member(record, "account")) {
        if (auto id = account_id(*account, "accountId"); !id.empty()) id_ = std::move(id);
        username_ = text_at(*account, "username");
        attributes_.name.full = text_at(*account, "accountDisplayName");
        add_value(attributes_.emails, ascii_lower(text_at(*account, "email")));
    } else if (const auto* profile = member(record, "profile")) {
        const auto* description = member(*profile, "description");
        if (!description) return;
        add_value(attributes_.urls, text_at(*description, "website"));
        attributes_.place = text_at(*description, "location");
    } else if (auto id = account_id(record, "accountId"); !id.empty() && id_.empty()) {
        id_ = std::move(id);  // the manifest's userInfo
        username_ = text_at(record, "userName");
        attributes_.name.full = text_at(record, "displayName");
    }
}

void TwitterOwner::add_detail(std::string_view name, const json::value& value) {
    if (name == "id") id_ = account_id(value);
    if (name == "screen_name") username_ = text_of(value);
    if (name == "full_name") attributes_.name.full = text_of(value);
    if (name == "location") attributes_.place = text_of(value);
}

void TwitterOwner::add_conversation(const std::string& one, const std::string& other) {
    if (one.empty() || other.empty() || one == other) return;
    if (conversations_++ == 0)
        candidates_ = {one, other};
    else
        std::erase_if(candidates_, [&](const std::string& id) { return id != one && id != other; });
}

void TwitterOwner::add_answer_to_oneself(const std::string& id) {
    if (id_.empty()) id_ = account_id(json::value(json::string(id)));
}

void TwitterOwner::settle(const ParseOptions& options) {
    if (!id_.empty()) return;
    if (candidates_.size() == 1) id_ = candidates_.front();
    if (candidates_.size() < 2) return;
    std::vector<core::OwnerCandidate> candidates;
    for (const auto& id : candidates_)
        candidates.push_back(
            {{core::Network::twitter, id}, {}, core::OwnerEvidence::everywhere, conversations_});
    unsure_ = choose_owner(options, std::move(candidates));
    id_ = unsure_.taken;
}

core::OwnerSeen TwitterOwner::fact() const {
    core::OwnerSeen seen{attributes_, {}};
    if (!id_.empty()) seen.keys.push_back({core::Network::twitter, id_});
    if (!username_.empty()) {
        seen.attributes.handles.push_back(handle("twitter", username_));
        seen.attributes.urls.insert(seen.attributes.urls.begin(), "https://twitter.com/" + username_);
    }
    return seen;
}

void TwitterGroups::add(const std::string& conversation, const json::value& message) {
    if (total_ >= kMostMembers) return;
    const auto [at, added] = groups_.try_emplace(conversation);
    auto& members = at->second;
    total_ += added ? 1 : 0;
    if (const auto* made = member(message, "messageCreate"))
        add_member(members, account_id(*made, "senderId"));
    for (const auto* name : {"joinConversation", "participantsJoin", "participantsLeave"}) {
        const auto* event = member(message, name);
        if (!event) continue;
        add_member(members, account_id(*event, "initiatingUserId"));
        for (const auto* list : {"participantsSnapshot", "userIds"})
            for (const auto& id : items_at(*event, list)) add_member(members, account_id(id));
    }
}

void TwitterGroups::add_member(std::vector<std::string>& members, std::string id) {
    if (id.empty() || members.size() >= kMostInGroup) return;
    if (std::find(members.begin(), members.end(), id) != members.end()) return;
    members.push_back(std::move(id));
    ++total_;
}

const std::vector<std::string>& TwitterGroups::members(const std::string& conversation) const {
    static const std::vector<std::string> kNone;
    const auto found = groups_.find(conversation);
    return found == groups_.end() ? kNone : found->second;
}

}  // namespace vv::formats::archive
