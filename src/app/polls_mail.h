// app/polls_mail.h — what is written to a poll's organiser and to those who are asked.
#pragma once

#include "app/meetings.h"
#include "app/outgoing_mail.h"
#include "core/accounts.h"
#include "store/polls.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// A poll with its organiser, as its letters need them.
struct PollTable {
    core::Account organiser;
    store::polls::Record record;

    [[nodiscard]] Zone zone() const;  // of the place
    /// Its own title, else "Lunch with Ann Lee" to a voter, or "Lunch with Bob Stone and 2 others".
    [[nodiscard]] std::string title_for_voter(const std::string& locale) const;
    [[nodiscard]] std::string title_for_organiser() const;
};

/// "Bob Stone, Meiling Ouyang and 3 others".
std::string say_names(const std::vector<std::string>& names, const std::string& locale);

/// `asked` which times suit; `elsewhere` a time was picked that the voter can't make; `closed` it was given
/// up.
enum class VoterNews { asked, elsewhere, closed };
/// Tells the voter at this place in the record, if there is an address that may be written to. `company` are
/// the others who are asked.
void tell_voter(store::Tx& tx, PollTable& table, std::size_t at, VoterNews news,
                const std::vector<std::string>& company, const MeetingDesk& desk, Instant now);

/// `answered` by everyone, `picked` (with the calendar's entry for all who come), `expired`.
enum class OrganiserNews { answered, picked, expired };
/// `names`: of who comes, for `picked`. `best`: the best time, for `answered`.
void tell_organiser(store::Tx& tx, const PollTable& table, OrganiserNews news,
                    const std::vector<std::string>& names, std::optional<int> best, const MeetingDesk& desk,
                    Instant now);

/// A new private link for the voter at this place in the record: the address as a whole.
std::string make_voter_link(store::Tx& tx, const PollTable& table, std::size_t at, const MeetingDesk& desk,
                            Instant now);

}  // namespace vv::app
