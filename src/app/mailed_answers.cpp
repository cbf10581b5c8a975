#include "app/mailed_answers.h"

#include "app/keyed_hash.h"
#include "app/meetings_changes.h"
#include "app/meetings_table.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "core/meetings_offers.h"
#include "store/meetings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::app {
namespace {

using core::MeetingState;
using core::Response;
using core::Side;
using formats::CalendarReply;

constexpr std::size_t kTagLength = 32;  // 128 bits, in hex: mail programs may change the case of letters

Error not_ours() {
    return {Fault::forbidden, "reply.not_ours", "The answer is to nothing that was asked of its sender."};
}

std::string tag_of(store::Tx& tx, std::string_view uid, Side side) {
    const std::string text = std::string(uid) + "/" + std::string(to_string(side));
    return keyed_hash(tx, "calendar_reply", text).substr(0, kTagLength);
}

// Addresses that came with a mail: what stands between the last plus sign and the @.
std::string_view tag_in(std::string_view address) {
    const std::size_t at = address.find('@');
    const std::size_t plus = address.substr(0, at).rfind('+');
    if (at == std::string_view::npos || plus == std::string_view::npos) return {};
    return address.substr(plus + 1, at - plus - 1);
}

bool has_tag(const CalendarReply& reply, const std::string& tag) {
    return std::ranges::any_of(
        reply.to, [&](const std::string& address) { return equal_secrets(tag_in(address), tag); });
}

/// The meeting that an answer is to, and whose it is.
struct Found {
    MeetingTable table;
    Side side = Side::invitee;
};
Result<Found> find_meeting_of(store::Tx& tx, const CalendarReply& reply) {
    if (reply.from != reply.attendee) return not_ours();
    const auto linked = store::meetings::find_by_uid(tx, reply.uid);
    if (!linked) return not_ours();
    Result<MeetingTable> table = load_table(tx, linked->owner, linked->meeting);
    if (!table) return not_ours();
    for (const Side side : {Side::invitee, Side::organiser}) {
        const bool is_theirs = table->has(side) && ascii_lower(table->email_of(side)) == reply.attendee;
        if (is_theirs && has_tag(reply, tag_of(tx, reply.uid, side))) return Found{*std::move(table), side};
    }
    return not_ours();
}

core::MeetingOffer offer_of(const CalendarReply& reply) {
    core::MeetingOffer offer;
    offer.slots.push_back({0, *reply.when, core::Wish::none});
    if (core::check_message(reply.comment)) offer.message = reply.comment;
    return offer;
}

// A yes is to the time that the entry shows: the first on the table.
core::Acceptance yes_to_first(const core::Meeting& mine) {
    core::Acceptance yes;
    yes.wishes.push_back({mine.slots.front().number, {}, core::Wish::yes});
    if (!mine.places.empty()) yes.place = mine.places.front().number;
    return yes;
}

Result<core::Meeting> answer(core::Meeting mine, const CalendarReply& reply, const std::vector<Span>& taken,
                             Instant now) {
    if (reply.method == CalendarReply::Method::counter)
        return core::offer(std::move(mine), offer_of(reply), now);
    if (reply.answer == Response::declined)
        return mine.state == MeetingState::scheduled ? core::cancel(std::move(mine), "", now)
                                                     : core::decline(std::move(mine), now);
    TRY(const core::Acceptance free, core::still_free(mine, yes_to_first(mine), taken));
    return core::accept(std::move(mine), free, now);
}

// What an answer says without changing anything.
bool is_known(const core::Meeting& mine, const CalendarReply& reply) {
    if (reply.method == CalendarReply::Method::counter) return false;
    if (reply.answer == Response::none) return true;
    if (mine.state == MeetingState::scheduled) return reply.answer != Response::declined;
    return mine.state == MeetingState::declined && reply.answer == Response::declined;
}

Result<MailedAnswer> consider(store::Tx& tx, MeetingTable& table, Side side, Instant now) {
    const Result<core::Meeting> considered = core::consider(table.copy_of(side), now);
    if (!considered) return MailedAnswer::outdated;
    table.put(side, *considered);
    save_table(tx, table);
    return MailedAnswer::taken;
}

}  // namespace

std::string answers_address(store::Tx& tx, std::string_view mailbox, std::string_view uid, Side side) {
    const std::size_t at = mailbox.find('@');
    if (at == std::string_view::npos) return {};
    return std::string(mailbox.substr(0, at)) + "+" + tag_of(tx, uid, side) + std::string(mailbox.substr(at));
}

std::string_view to_string(MailedAnswer what) {
    constexpr std::array<std::string_view, 3> kNames{"taken", "known", "outdated"};
    return kNames[static_cast<std::size_t>(what)];
}

Result<MailedAnswer> take_mailed_answer(store::Tx& tx, const CalendarReply& reply, const MeetingDesk& desk,
                                        Instant now) {
    TRY(Found found, find_meeting_of(tx, reply));
    MeetingTable& table = found.table;
    const core::Meeting mine = table.copy_of(found.side);
    if (reply.sequence != mine.sequence) return MailedAnswer::outdated;
    if (is_known(mine, reply)) return MailedAnswer::known;
    CHECK(count_try(tx, Throttle::guest_answers, to_string(table.home.meeting.id), now));
    const bool is_maybe = reply.method == CalendarReply::Method::reply && reply.answer == Response::tentative;
    if (is_maybe) return consider(tx, table, found.side, now);
    const std::vector<Span> taken = taken_from(tx, table, found.side);
    const Result<Done> changed = change_meeting(
        tx, table, found.side, [&](core::Meeting copy) { return answer(std::move(copy), reply, taken, now); },
        desk, now);
    if (changed) return MailedAnswer::taken;
    // Nothing was written: core said that this can't be done with the meeting as it is.
    const Fault fault = changed.error().fault;
    if (fault == Fault::conflict || fault == Fault::invalid) return MailedAnswer::outdated;
    return changed.error();
}

}  // namespace vv::app
