#include "app/meetings.h"

#include "app/lookouts.h"
#include "app/meetings_changes.h"
#include "app/meetings_mail.h"
#include "app/meetings_table.h"
#include "app/meetings_view.h"
#include "app/polls.h"
#include "base/text.h"
#include "core/meetings_offers.h"
#include "core/no_shows.h"

#include <utility>

namespace vv::app {
namespace {

using core::Side;

constexpr int kOnToday = 20;

Side side_of(const MeetingTable& table, const Caller& caller) {
    return table.organiser.id == caller.account ? Side::organiser : Side::invitee;
}

// Loads, changes, saves, and shows the caller what it is now.
Result<MeetingView> change_as(store::Tx& tx, const Caller& caller, core::MeetingId meeting,
                              const MeetingDesk& desk, const MeetingChange& change) {
    TRY(MeetingTable table, load_table(tx, caller.account, meeting));
    CHECK(change_meeting(tx, table, side_of(table, caller), change, desk, caller.now));
    return view_meeting(tx, caller, meeting);
}

// What is agreed is cancelled; what the caller proposed is taken back; what the caller is asked is left
// unanswered.
Result<Done> end_meeting(store::Tx& tx, const Caller& caller, core::MeetingId meeting,
                         const MeetingDesk& desk) {
    Result<MeetingTable> table = load_table(tx, caller.account, meeting);
    if (!table) return Done{};
    const Side side = side_of(*table, caller);
    const core::Meeting mine = table->copy_of(side);
    if (mine.state == core::MeetingState::scheduled && caller.now >= mine.agreed->when.end) return Done{};
    const bool is_asked = mine.is_mine_to_answer();
    const auto end = [&](core::Meeting copy) {
        return is_asked ? core::ignore(std::move(copy), caller.now)
                        : core::cancel(std::move(copy), "", caller.now);
    };
    if (mine.state == core::MeetingState::declined) return Done{};
    if (is_asked && caller.now >= mine.expires_at) return Done{};
    return change_meeting(tx, *table, side, end, desk, caller.now);
}

}  // namespace

Result<MeetingView> answer_meeting(store::Tx& tx, Caller caller, AnswerMeeting input) {
    TRY(MeetingTable table, load_table(tx, caller.account, input.meeting));
    const std::vector<Span> taken = taken_from(tx, table, side_of(table, caller));
    const auto change = [&](core::Meeting mine) -> Result<core::Meeting> {
        switch (input.reply) {
            case MeetingReply::accept: {
                TRY(const core::Acceptance free, core::still_free(mine, input.acceptance, taken));
                return core::accept(std::move(mine), free, caller.now);
            }
            case MeetingReply::decline:
                return core::decline(std::move(mine), caller.now);
            default:
                return core::offer(std::move(mine), input.offer, caller.now);
        }
    };
    CHECK(change_meeting(tx, table, side_of(table, caller), change, input.desk, caller.now));
    return view_meeting(tx, caller, input.meeting);
}

Result<MeetingView> cancel_meeting(store::Tx& tx, Caller caller, CancelMeeting input) {
    const auto cancel = [&](core::Meeting mine) {
        return core::cancel(std::move(mine), input.message, caller.now);
    };
    TRY(MeetingView view, change_as(tx, caller, input.meeting, input.desk, cancel));
    call_off_lookout(tx, caller, input.meeting);
    return view;
}

Result<MeetingView> say_outcome(store::Tx& tx, Caller caller, SayOutcome input) {
    TRY(MeetingTable table, load_table(tx, caller.account, input.meeting));
    const Side side = side_of(table, caller);
    if (!input.feel.empty()) (side == Side::organiser ? table.home : *table.theirs).feel = input.feel;
    save_table(tx, table);
    const auto say = [&](core::Meeting mine) -> Result<core::Meeting> {
        TRY(mine, core::say_outcome(std::move(mine), input.outcome, caller.now));
        if (!input.excuse) return mine;
        return core::excuse(std::move(mine), *input.excuse);
    };
    CHECK(change_meeting(tx, table, side, say, input.desk, caller.now));
    return view_meeting(tx, caller, input.meeting);
}

Result<MeetingView> accept_excuse(store::Tx& tx, Caller caller, core::MeetingId meeting, MeetingDesk desk) {
    const auto accept = [](core::Meeting mine) { return core::accept_excuse(std::move(mine)); };
    return change_as(tx, caller, meeting, desk, accept);
}

Result<MeetingView> make_invitation_link(store::Tx& tx, Caller caller, core::MeetingId meeting,
                                         MeetingDesk desk) {
    TRY(const MeetingTable table, load_table(tx, caller.account, meeting));
    if (!table.guest || table.invitee || table.organiser.id != caller.account)
        return Error{Fault::conflict, "meeting.no_guest",
                     "A link is for an invitee without an account; this one has it on their page."};
    TRY(MeetingView view, view_meeting(tx, caller, meeting));
    view.invitation_link = make_guest_link(tx, table, desk, caller.now);
    return view;
}

Result<MeetingView> find_meeting(store::Tx& tx, Caller caller, core::MeetingId meeting) {
    return view_meeting(tx, caller, meeting);
}

Result<MeetingPage> list_meetings(store::Tx& tx, Caller caller, store::meetings::Page page) {
    const auto limit = static_cast<std::size_t>(page.limit);
    ++page.limit;
    std::vector<store::meetings::Record> records = store::meetings::list(tx, caller.account, page);
    const bool has_more = records.size() > limit;
    if (has_more) records.pop_back();
    return MeetingPage{view_meetings(tx, caller, std::move(records)), has_more};
}

Result<MeetingsToday> meetings_today(store::Tx& tx, Caller caller) {
    MeetingsToday today;
    today.to_answer = view_meetings(tx, caller, store::meetings::to_answer(tx, caller.account, kOnToday));
    today.to_confirm =
        view_meetings(tx, caller, store::meetings::to_confirm(tx, caller.account, caller.now, kOnToday));
    if (auto next = store::meetings::next_scheduled(tx, caller.account, caller.now)) {
        std::vector<store::meetings::Record> one;
        one.push_back(std::move(*next));
        today.next = std::move(view_meetings(tx, caller, std::move(one)).front());
    }
    return today;
}

Result<std::optional<core::MeetingId>> meeting_to_prove(store::Tx& tx, Caller caller, core::AccountId other) {
    constexpr std::chrono::hours kAround{2};
    const Span around{caller.now - kAround, caller.now + kAround};
    return store::meetings::agreed_within(tx, caller.account, other, around);
}

Result<Done> prove_meeting(store::Tx& tx, Caller caller, ProveMeeting input) {
    TRY(MeetingTable table, load_table(tx, caller.account, input.meeting));
    return settle_proof(tx, table, side_of(table, caller), input, caller.now);
}

Result<Done> note_refused_mail(store::Tx& tx, std::string about, Instant now) {
    const std::vector<std::string_view> parts = split(about, '/');
    if (parts[0] == "poll") return note_refused_poll_mail(tx, about, now);
    if (parts[0] == "lookout") return note_refused_lookout_mail(tx, about, now);
    if (parts.size() != 3 || parts[0] != "meeting") return Done{};
    TRY(const std::int64_t owner, parse_id(parts[1]));
    TRY(const std::int64_t meeting, parse_id(parts[2]));
    std::optional<store::meetings::Guest> guest = store::meetings::find_guest(tx, {owner}, {meeting});
    if (!guest) return Done{};
    guest->refused_at = now;
    store::meetings::save_guest(tx, {owner}, {meeting}, *guest);
    return Done{};
}

Result<Done> end_meetings_with(store::Tx& tx, Caller caller, std::vector<core::PersonId> people,
                               std::vector<core::AccountId> accounts, MeetingDesk desk) {
    for (const core::MeetingId id : store::meetings::open_with(tx, caller.account, people, accounts))
        CHECK(end_meeting(tx, caller, id, desk));
    return Done{};
}

Result<Done> leave_meeting(store::Tx& tx, Caller caller, core::MeetingId meeting, MeetingDesk desk) {
    Result<MeetingTable> table = load_table(tx, caller.account, meeting);
    if (!table) return Done{};
    const Side side = side_of(*table, caller);
    const core::Meeting mine = table->copy_of(side);
    if (mine.state == core::MeetingState::scheduled && caller.now >= mine.agreed->when.end) return Done{};
    const bool is_theirs = mine.state == core::MeetingState::declined || mine.is_mine_to_answer();
    if (side == Side::invitee && is_theirs) return run_out_meeting(tx, *table, desk, caller.now);
    const auto end = [&](core::Meeting copy) { return core::cancel(std::move(copy), "", caller.now); };
    return change_meeting(tx, *table, side, end, desk, caller.now);
}

}  // namespace vv::app
