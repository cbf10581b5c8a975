// formats/calendar/owner.h — which addresses in a calendar are the owner's own.
#pragma once

#include "formats/calendar/event.h"
#include "formats/options.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace vv::formats::calendar {

/// Known addresses, a calendar's own name where that is an address, addresses under the owner's name, and in
/// each file the one address that takes part in every meeting of it. Not the one that is met most: that would
/// be a friend.
class Owner {
public:
    explicit Owner(const ParseOptions& options);

    void begin_file();
    void calendar_name(std::string_view name);
    void add(const Event& event);
    void end_file();

    [[nodiscard]] bool is(const std::string& email) const { return emails_.contains(email); }
    [[nodiscard]] const std::unordered_set<std::string>& emails() const { return emails_; }

private:
    void add_guest(const Guest& guest, bool counts);

    std::unordered_set<std::string> emails_;
    std::unordered_set<std::string> names_;  // folded
    std::unordered_map<std::string, std::size_t>
        appearances_;           // of this file: events in which an address takes part
    std::size_t meetings_ = 0;  // of this file: events of two and more
};

}  // namespace vv::formats::calendar
