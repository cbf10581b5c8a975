// formats/archive/facebook_threads.h — who takes part in each thread, known before its messages are read.
#pragma once

#include "formats/archive/facebook_people.h"
#include "formats/archive/reader.h"
#include "formats/json_records.h"

#include <map>

namespace vv::formats::archive {

/// One file of a thread; message_1.json and message_2.json lie in one folder.
struct FacebookThread {
    std::string folder;
    std::vector<std::string> names;  // of all who take part, the owner among them; at most 1,000
    std::size_t people = 0;          // how many they are
};

/// A pass over the files with messages: as little of each as tells its participants, and when a thread began
/// whose other end has a name that several friends have. What can't be read is left for the last pass to
/// tell.
class FacebookThreads final : public Visitor, public JsonVisitor {
public:
    FacebookThreads(FacebookOwner& owner, FacebookFriends& friends) : owner_(owner), friends_(friends) {}

    Result<Step> visit(Entry& entry) override;
    void unreadable(Unreadable) override {}
    bool take(const JsonRecord& record) override;

    /// The thread that a file belongs to; nobody takes part where its beginning could not be read.
    [[nodiscard]] const FacebookThread& at(EntryId file) const;

private:
    void read_participants(const boost::json::value& list);
    [[nodiscard]] const std::string* namesake() const;

    FacebookOwner& owner_;
    FacebookFriends& friends_;
    std::map<EntryId, FacebookThread> threads_;
    FacebookThread current_;
    bool participants_read_ = false;
    bool message_read_ = false;
    std::optional<Instant> first_;  // of the messages looked at
};

}  // namespace vv::formats::archive
