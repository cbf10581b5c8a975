#include "formats/archive/facebook_people.h"

#include "base/text.h"
#include "formats/archive/facebook_text.h"
#include "formats/hash.h"
#include "formats/json_fields.h"
#include "formats/owner_choice.h"
#include "formats/person_card.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

std::uint64_t hash_of(std::string_view name) {
    return Hash64().add(name).value();
}

std::string text_in(const json::value& object, std::string_view name) {
    return facebook_name(text_at(object, name));
}

// Lists of addresses are strings in some years and objects in others.
void add_all(std::vector<std::string>& list, const json::value& object, std::string_view name,
             std::string_view inner) {
    for (const auto& item : items_at(object, name)) {
        const auto text = text_of(item);
        add_value(list, facebook_name(text.empty() ? text_at(item, inner) : text));
    }
}

void read_name(const json::value& profile, core::Name& name) {
    const auto* written = member(profile, "name");
    if (!written) return;
    name.full = written->is_string() ? facebook_name(text_of(*written)) : text_in(*written, "full_name");
    name.given = text_in(*written, "first_name");
    name.additional = text_in(*written, "middle_name");
    name.family = text_in(*written, "last_name");
    if (name.full.empty()) name.full = trim(name.given + " " + name.family);
}

std::optional<core::Birthday> read_birthday(const json::value& profile) {
    const auto* written = member(profile, "birthday");
    if (!written) return std::nullopt;
    const auto year = whole_at(*written, "year").value_or(0);
    const auto month = whole_at(*written, "month").value_or(0);
    const auto day = whole_at(*written, "day").value_or(0);
    if (month < 1 || month > 12 || day < 1 || day > 31 || year < 0 || year > 9999) return std::nullopt;
    return core::Birthday{static_cast<int>(year), static_cast<unsigned>(month), static_cast<unsigned>(day)};
}

}  // namespace

void FacebookOwner::add_profile(const json::value& profile) {
    read_name(profile, attributes_.name);
    if (const auto* emails = member(profile, "emails")) {
        add_all(attributes_.emails, *emails, "emails", "email");
        add_all(attributes_.emails, *emails, "previous_emails", "email");
    }
    add_all(attributes_.phones, profile, "phone_numbers", "phone_number");
    add_all(attributes_.urls, profile, "websites", "address");
    if (const auto* city = member(profile, "current_city")) attributes_.place = text_in(*city, "name");
    attributes_.birthday = read_birthday(profile);
    if (const auto username = text_in(profile, "username"); !username.empty())
        add_value(attributes_.handles, handle("facebook", username));
}

void FacebookOwner::add_thread(const std::vector<std::string>& participants) {
    if (participants.size() < 2) return;  // a thread with oneself or with nobody tells nothing
    const auto takes_part = [&](const std::string& name) {
        return std::find(participants.begin(), participants.end(), name) != participants.end();
    };
    profile_in_thread_ = profile_in_thread_ || takes_part(attributes_.name.full);
    ++threads_;
    if (!any_thread_) {
        candidates_ = participants;
        std::erase_if(candidates_, [](const std::string& name) { return is_facebook_nobody(name); });
        any_thread_ = !candidates_.empty();
        return;
    }
    auto left = candidates_;
    std::erase_if(left, [&](const std::string& name) { return !takes_part(name); });
    // A thread without any of them (a group the owner has left) proves nothing.
    if (!left.empty()) candidates_ = std::move(left);
}

void FacebookOwner::settle() {
    name_ = attributes_.name.full;
    if (!name_.empty() && (profile_in_thread_ || candidates_.empty())) return;
    // A profile whose name is in no thread has changed it: the one in every thread is the same human then.
    std::string chosen = candidates_.size() == 1 ? candidates_.front() : std::string{};
    if (candidates_.size() > 1) {
        std::vector<core::OwnerCandidate> candidates;
        for (const auto& name : candidates_)
            candidates.push_back({facebook_key(name), name, core::OwnerEvidence::everywhere, threads_});
        unsure_ = choose_owner(options_, std::move(candidates));
        for (const auto& name : candidates_)
            if (facebook_key(name).key == unsure_.taken) chosen = name;
    }
    if (chosen.empty()) return;
    name_ = chosen;
    if (attributes_.name.full.empty()) attributes_.name.full = name_;
}

void FacebookFriends::add(std::string_view name, std::optional<Instant> since) {
    auto& seen = seen_[hash_of(name)];
    const auto began = since.value_or(Instant{});
    if (seen.file != file_) seen = {file_, 0, began};
    if (seen.count++ == 0) {
        return;
    }
    // An earlier export in the same archive may have told of fewer of them.
    auto& known = namesakes_[std::string(name)].since;
    if (known.empty()) known.push_back(seen.since);
    if (known.size() < seen.count) known.push_back(began);
}

bool FacebookFriends::is_friend(std::string_view name) const {
    return seen_.contains(hash_of(name));
}

core::IdentityKey FacebookFriends::key(std::string_view name, std::size_t n) {
    auto key = facebook_key(name);
    if (n > 0) key.key += "#" + std::to_string(n + 1);
    return key;
}

void FacebookFriends::add_thread(const std::string& folder, const std::string& name, Instant first) {
    auto& threads = namesakes_[name].threads;
    const auto same = std::find_if(threads.begin(), threads.end(),
                                   [&](const Thread& thread) { return thread.folder == folder; });
    if (same == threads.end())
        threads.push_back({folder, first});
    else
        same->first = std::min(same->first, first);
}

void FacebookFriends::settle() {
    for (auto& [name, namesakes] : namesakes_) {
        std::sort(namesakes.threads.begin(), namesakes.threads.end(), [](const Thread& a, const Thread& b) {
            return std::pair(a.first, a.folder) < std::pair(b.first, b.folder);
        });
        share_out(namesakes);
    }
}

// People write to each other once they are friends. As many threads as friends: the oldest thread is the
// oldest friend's. Fewer: each is with whoever had become a friend last when it began.
void FacebookFriends::share_out(const Namesakes& namesakes) {
    const auto& since = namesakes.since;
    std::vector<std::size_t> left(since.size());
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = left.size() - 1 - i;
    std::stable_sort(left.begin(), left.end(),
                     [&](std::size_t a, std::size_t b) { return since[a] < since[b]; });
    const bool each_has_one = namesakes.threads.size() >= left.size();
    for (const auto& thread : namesakes.threads) {
        auto chosen = left.begin();
        while (!each_has_one && chosen + 1 != left.end() && since[*(chosen + 1)] <= thread.first) ++chosen;
        by_folder_[thread.folder] = *chosen;
        if (left.size() > 1) left.erase(chosen);  // threads beyond the number of friends are with the last
    }
}

core::IdentityKey FacebookFriends::find(const std::string& name, const std::string& folder,
                                        Instant at) const {
    const auto found = namesakes_.find(name);
    if (found == namesakes_.end()) return facebook_key(name);
    if (const auto thread = by_folder_.find(folder); thread != by_folder_.end())
        return key(name, thread->second);
    const auto& since = found->second.since;
    const auto was_friend =
        std::find_if(since.begin(), since.end(), [&](Instant began) { return began <= at; });
    return key(name, was_friend == since.end() ? 0 : static_cast<std::size_t>(was_friend - since.begin()));
}

}  // namespace vv::formats::archive
