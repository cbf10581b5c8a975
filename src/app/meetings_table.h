// app/meetings_table.h — both sides of one meeting at one table: loaded together, changed together, saved
// together.
#pragma once

#include "app/meetings.h"
#include "core/accounts.h"
#include "store/meetings.h"

#include <optional>
#include <string>

namespace vv::app {

struct MeetingTable {
    core::Account organiser;
    store::meetings::Record home;                   // the organiser's copy
    std::optional<core::Account> invitee;           // when the invitee has an account
    std::optional<store::meetings::Record> theirs;  // the invitee's copy; none of a guest, nor behind a block
    std::optional<store::meetings::Guest> guest;    // stays when the guest turns out to have an account

    /// A side's copy. A guest's is what it would be; VV_ASSERTs that there is one.
    [[nodiscard]] core::Meeting copy_of(core::Side side) const;
    [[nodiscard]] bool has(core::Side side) const;
    /// Puts a side's changed copy in place and carries the change over to the other.
    void put(core::Side side, const core::Meeting& changed);

    /// A side's name as the other side reads it.
    [[nodiscard]] const std::string& name_of(core::Side side) const;
    [[nodiscard]] const core::Account* account_of(core::Side side) const;
    /// What the meeting is called to a side: its title, else its kind with the other's name.
    [[nodiscard]] std::string title_for(core::Side side) const;
    /// The zone in which a side reads times, the meeting's when it is not known.
    [[nodiscard]] Zone zone_of(core::Side side) const;
    [[nodiscard]] Zone meeting_zone() const;
    /// The language in which the server writes to a side; a guest gets the organiser's.
    [[nodiscard]] const std::string& locale_of(core::Side side) const;
    /// The address at which a side is written to, and which the other is told once a time is agreed: an
    /// account's only when it is proven, as anybody can type somebody else's; may be empty.
    [[nodiscard]] std::string email_of(core::Side side) const;
};

/// The table at which `owner` sits, as organiser or invitee. `not_found` meeting.unknown.
Result<MeetingTable> load_table(store::Tx& tx, core::AccountId owner, core::MeetingId meeting);
/// Both copies and the guest, as far as there are any.
void save_table(store::Tx& tx, const MeetingTable& table);

/// Its own title, else "Lunch with Ann Lee" in that language.
std::string meeting_title(const core::Meeting& meeting, const std::string& other, const std::string& locale);

}  // namespace vv::app
