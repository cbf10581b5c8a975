// formats/archive/facebook_people.h — who is who in a Facebook export, which knows people by their names
// alone.
#pragma once

#include "core/facts.h"
#include "formats/options.h"

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::formats::archive {

/// The owner: from profile_information.json; without it, whoever takes part in every thread.
class FacebookOwner {
public:
    explicit FacebookOwner(const ParseOptions& options) : options_(options) {}

    void add_profile(const boost::json::value& profile);
    void add_thread(const std::vector<std::string>& participants);
    /// Decides after the last add_thread(). The profile's name counts unless no thread knows it.
    void settle();

    [[nodiscard]] bool is_known() const { return !name_.empty(); }
    [[nodiscard]] bool is(std::string_view name) const { return is_known() && name == name_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Those among whom it can't be told; empty when it can.
    [[nodiscard]] const core::OwnerUnsure& unsure() const { return unsure_; }
    [[nodiscard]] const core::Attributes& attributes() const { return attributes_; }

private:
    const ParseOptions& options_;
    core::Attributes attributes_;
    std::vector<std::string> candidates_;  // those in every thread so far
    bool any_thread_ = false;
    bool profile_in_thread_ = false;
    std::int64_t threads_ = 0;
    std::string name_;
    core::OwnerUnsure unsure_;
};

/// The friends' names: which of them several friends have, and whom a name means then.
class FacebookFriends {
public:
    /// The friends of one file follow. A name's namesakes are numbered within each file.
    void begin_file() { ++file_; }
    void add(std::string_view name, std::optional<Instant> since);

    [[nodiscard]] bool is_friend(std::string_view name) const;
    [[nodiscard]] bool are_several(const std::string& name) const { return namesakes_.contains(name); }
    /// The key of the N-th friend of that name, from 0.
    [[nodiscard]] static core::IdentityKey key(std::string_view name, std::size_t n);

    /// A thread with someone of a name that several friends have, and when it began.
    void add_thread(const std::string& folder, const std::string& name, Instant first);
    /// Gives each such thread to one of the friends, after the last add_thread().
    void settle();

    /// Whom a name means in a thread, or outside of threads (`folder` empty), at a time.
    [[nodiscard]] core::IdentityKey find(const std::string& name, const std::string& folder,
                                         Instant at) const;

private:
    struct Thread {
        std::string folder;
        Instant first;
    };
    struct Namesakes {
        std::vector<Instant> since;  // in the order of the friends file
        std::vector<Thread> threads;
    };
    struct Seen {
        std::uint32_t file = 0;   // the last one that has the name
        std::uint32_t count = 0;  // how often it has it
        Instant since;            // of the first there
    };

    void share_out(const Namesakes& namesakes);

    std::unordered_map<std::uint64_t, Seen> seen_;  // by the name's hash
    std::uint32_t file_ = 0;
    std::unordered_map<std::string, Namesakes> namesakes_;
    std::unordered_map<std::string, std::size_t> by_folder_;  // which of its namesakes a thread is with
};

}  // namespace vv::formats::archive
