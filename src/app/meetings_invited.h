// app/meetings_invited.h — whom a caller means to meet, and what stands between the two.
#pragma once

#include "app/caller.h"
#include "app/meetings_table.h"
#include "core/accounts.h"
#include "store/database.h"
#include "store/meetings.h"

#include <optional>
#include <string>

namespace vv::app {

struct Invited {
    std::optional<core::Account> account;
    std::optional<store::meetings::Invitee> person;
    std::string email;       // a guest's
    bool is_hidden = false;  // the invitee keeps the caller away; the caller must not notice

    /// Whether there is no link between the two. A link is both sides' word that they know each other, so
    /// asking for a purpose without one tells nothing new.
    [[nodiscard]] bool is_stranger() const;
    /// As the caller calls them.
    [[nodiscard]] const std::string& name() const;
};

/// A person of the caller's, or an account by its handle: exactly one of the two. `email` is for a person
/// without an account. Faults: `not_found` person.unknown, account.unknown; `invalid` meeting.nobody,
/// meeting.yourself, email.invalid; `conflict` meeting.you_blocked.
Result<Invited> find_invited(store::Tx& tx, const Caller& caller, const std::optional<core::PersonId>& person,
                             const std::string& account, const std::string& email);

/// The table of a meeting that is about to begin: both sides' copies as far as there are two.
MeetingTable seat(store::Tx& tx, core::Account organiser, const Invited& invited, core::Meeting meeting);

/// How many invitations by mail an owner may have sent in a day.
inline constexpr int kGuestsADay = 20;

}  // namespace vv::app
