// formats/archive/facebook_messages.h — contacts out of the messages and calls of Facebook's threads.
#pragma once

#include "formats/archive/facebook_people.h"
#include "formats/archive/facebook_threads.h"
#include "formats/emitter.h"

#include <unordered_set>

namespace vv::formats::archive {

/// Puts out once the identity of everyone who is no friend: the friends' files tell of those.
class FacebookSeen {
public:
    FacebookSeen(const FacebookFriends& friends, Emitter& out) : friends_(friends), out_(out) {}
    void see(const core::IdentityKey& who, const std::string& name, std::int64_t number);

private:
    const FacebookFriends& friends_;
    Emitter& out_;
    std::unordered_set<std::uint64_t> seen_;
};

class FacebookMessages {
public:
    FacebookMessages(const FacebookOwner& owner, const FacebookFriends& friends, FacebookSeen& seen,
                     Emitter& out)
        : owner_(owner), friends_(friends), seen_(seen), out_(out) {}

    /// The messages of one file of this thread follow. The thread must outlive them.
    void begin_file(const FacebookThread& thread);
    void read(const JsonRecord& record);

private:
    bool is_readable(const JsonRecord& record);
    void contact_with(const std::string& name, core::ContactMade& made, std::int64_t number);
    std::uint64_t natural_key(const core::ContactMade& made, std::string_view sender);

    const FacebookOwner& owner_;
    const FacebookFriends& friends_;
    FacebookSeen& seen_;
    Emitter& out_;
    const FacebookThread* thread_ = nullptr;
    bool owner_missed_ = false;  // that nobody knows whose thread it is has been said
    std::vector<std::string> others_;
    Instant last_;                           // of the message before
    std::vector<std::uint64_t> in_instant_;  // natural keys of the messages of that instant
};

}  // namespace vv::formats::archive
