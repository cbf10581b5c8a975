#include "formats/calendar/owner.h"

#include "base/text.h"

#include <algorithm>

namespace vv::formats::calendar {
namespace {

constexpr std::size_t kEnoughMeetings = 4;
constexpr std::size_t kEnoughOthers = 3;
constexpr std::size_t kAddresses = 100'000;

}  // namespace

Owner::Owner(const ParseOptions& options) {
    for (const auto& email : options.owner_emails) emails_.insert(lower(trim(email)));
    for (const auto& name : options.owner_names)
        if (auto folded = fold(name); !folded.empty()) names_.insert(std::move(folded));
}

void Owner::begin_file() {
    appearances_.clear();
    meetings_ = 0;
}

void Owner::calendar_name(std::string_view name) {
    ContentProperty property;
    property.value = name;
    if (auto email = address_of(property); !email.empty()) emails_.insert(std::move(email));
}

void Owner::add_guest(const Guest& guest, bool counts) {
    if (!guest.name.empty() && !names_.empty() && names_.contains(fold(guest.name)))
        emails_.insert(guest.email);
    if (counts && (appearances_.size() < kAddresses || appearances_.contains(guest.email)))
        ++appearances_[guest.email];
}

void Owner::add(const Event& event) {
    const bool listed =
        !event.organizer || std::any_of(event.guests.begin(), event.guests.end(), [&](const Guest& guest) {
            return guest.email == event.organizer->email;
        });
    // Where only the other is listed, the owner is not.
    const bool counts = event.guests.size() + (listed ? 0 : 1) >= 2;
    if (counts) ++meetings_;
    for (const auto& guest : event.guests) add_guest(guest, counts);
    if (!listed) add_guest(*event.organizer, counts);
}

void Owner::end_file() {
    if (meetings_ < kEnoughMeetings || appearances_.size() < kEnoughOthers + 1) return;
    const std::string* only = nullptr;
    for (const auto& [email, count] : appearances_) {
        if (emails_.contains(email) && count * 2 > meetings_)
            return;  // the owner of this file is known already
        if (count != meetings_) continue;
        if (only) return;
        only = &email;
    }
    if (only) emails_.insert(*only);
}

}  // namespace vv::formats::calendar
