// app/meetings_mail.h — what is written to the two sides of a meeting, and what stands in their calendars.
#pragma once

#include "app/meetings_table.h"
#include "app/outgoing_mail.h"
#include "formats/icalendar_write.h"

#include <string>
#include <string_view>

namespace vv::app {

/// What happened, in the order of data/texts: `changed` an open offer, `moved` an agreed time, `ended` a
/// proposal that ran out as the side that was asked sees it, `expired` as the other does, `picked` the time
/// of a poll.
enum class MeetingNews {
    proposed,
    changed,
    countered,
    moved,
    accepted,
    declined,
    cancelled,
    expired,
    ended,
    outcome,
    picked
};

struct MeetingLetter {
    core::Side to = core::Side::invitee;
    MeetingNews news = MeetingNews::proposed;
    bool is_own_doing = false;  // the reader did it
    std::string link;
    std::string stop_link;    // for a guest
    std::string answer_to{};  // where a calendar program's answer goes; empty: answers come in by the page
};

/// The letter and, but for `outcome`, the calendar's message. Pure.
OutgoingMail write_letter(const MeetingTable& table, const MeetingLetter& letter, const MeetingDesk& desk,
                          Instant now);

/// Tells one side by mail, if it has an address that may be written to: a guest's, or an account's that is
/// proven.
void tell(store::Tx& tx, MeetingTable& table, core::Side to, MeetingNews news, bool is_own_doing,
          const MeetingDesk& desk, Instant now);

/// A new private link for the guest: the address as a whole.
std::string make_guest_link(store::Tx& tx, const MeetingTable& table, const MeetingDesk& desk, Instant now);

/// A side's copy as it stands in a calendar.
formats::CalendarEvent calendar_event(const core::Meeting& copy, const std::string& title,
                                      std::string_view locale);
/// The same as a message to that side (RFC 5546). `organiser` is the address that answers go to; no other is
/// in it but the reader's own.
formats::CalendarEvent calendar_message(const MeetingTable& table, core::Side side,
                                        const std::string& attendee, const std::string& organiser);

/// "Silver Lantern, 17 Spadina Avenue"; of a private place only the name while no time is agreed and it is
/// the other side's.
std::string say_place(const core::Meeting& copy, const core::MeetingPlace& place, std::string_view locale);

}  // namespace vv::app
