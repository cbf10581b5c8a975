#include "app/lookouts.h"

#include "app/lookouts_mail.h"
#include "app/meetings_mail.h"
#include "app/meetings_view.h"
#include "app/outgoing_mail.h"
#include "app/throttles.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/jobs.h"
#include "store/lookouts.h"

#include <utility>

namespace vv::app {
namespace {

using core::LookoutId;
using core::MeetingState;
using store::lookouts::Row;

constexpr std::chrono::hours kUsuallyAfter{1};

Error unknown_lookout() {
    return {Fault::not_found, "lookout.unknown", "There is nothing of that kind any more."};
}

Result<Row> find(store::Tx& tx, const Caller& caller, LookoutId id) {
    auto row = store::lookouts::find(tx, caller.account, id, caller.now);
    if (!row) return unknown_lookout();
    return *std::move(row);
}

Result<core::Account> owner_of(store::Tx& tx, const Caller& caller) {
    auto owner = store::accounts::find(tx, caller.account);
    if (!owner) return Error{Fault::unauthenticated, "session.none", "Sign in again."};
    return *std::move(owner);
}

MailState mail_of_friend(store::Tx& tx, const Row& row) {
    if (row.lookout.friend_email.empty()) return MailState::by_hand;
    if (row.refused_at || is_mail_stopped(tx, row.lookout.friend_email)) return MailState::refused;
    return row.mailed_at ? MailState::sent : MailState::off;
}

LookoutView view_of(store::Tx& tx, const Row& row, Instant now) {
    return {row.lookout, core::state_of(row.lookout, now), mail_of_friend(tx, row), {}};
}

void plan_next(store::Tx& tx, core::AccountId owner, const core::Lookout& lookout, const MeetingDesk& desk,
               Instant now) {
    const std::string id = to_string(lookout.id);
    const auto due = core::due_next(lookout);
    if (!due) {
        store::jobs::withdraw(tx, owner, kLookoutJob, id);
        return;
    }
    store::jobs::add(tx, {{desk.ids->next(now)}, owner, kLookoutJob, id, {{"lookout", id}}, *due}, now);
}

/// What the owner would have the friend read, filled up from the meeting.
Result<core::Lookout> wanted(store::Tx& tx, const Caller& caller, const LookOut& input) {
    TRY(const MeetingView view, view_meeting(tx, caller, input.meeting));
    const core::Meeting& meeting = view.record.meeting;
    const bool is_agreed = meeting.state == MeetingState::scheduled || meeting.state == MeetingState::met;
    if (!is_agreed || !meeting.agreed)
        return Error{Fault::conflict, "lookout.not_agreed",
                     "No time is agreed for this meeting yet; tell a friend once there is one."};
    const Span& when = meeting.agreed->when;
    const std::string& name = view.record.person_name.empty() ? view.with_name : view.record.person_name;
    core::Lookout lookout;
    lookout.meeting = input.meeting;
    lookout.place = input.place.value_or(say_place(meeting, meeting.agreed->place, view.locale));
    lookout.company = input.company.value_or(name);
    lookout.zone = meeting.zone;
    lookout.until = input.until.value_or(when.end + kUsuallyAfter);
    lookout.grace = input.grace.value_or(lookout.grace);
    lookout.friend_name = input.friend_name;
    lookout.friend_email = std::string(trim(input.friend_email));
    return core::look_out(std::move(lookout), when, caller.now);
}

// One that has ended makes room for another.
Result<Done> make_room(store::Tx& tx, const Caller& caller, core::MeetingId meeting) {
    store::lookouts::sweep(tx, caller.now);
    const auto before = store::lookouts::find(tx, caller.account, meeting, caller.now);
    if (!before) return Done{};
    if (!before->lookout.is_answered())
        return Error{Fault::conflict, "lookout.already",
                     "A friend looks out for you at this meeting already."};
    store::lookouts::remove(tx, caller.account, before->lookout.id);
    return Done{};
}

Result<Done> count_mail(store::Tx& tx, const core::Lookout& lookout, const MeetingDesk& desk, Instant now) {
    if (lookout.friend_email.empty() || desk.mail_from.empty()) return Done{};
    return count_try(tx, Throttle::guest_mail, lookout.friend_email, now);
}

}  // namespace

Result<LookoutView> ask_friend(store::Tx& tx, Caller caller, LookOut input) {
    TRY(const core::Account owner, owner_of(tx, caller));
    Row row;
    TRY(row.lookout, wanted(tx, caller, input));
    CHECK(make_room(tx, caller, input.meeting));
    CHECK(count_try(tx, Throttle::lookouts, to_string(caller.account), caller.now));
    CHECK(count_mail(tx, row.lookout, input.desk, caller.now));
    row.lookout.id = {input.desk.ids->next(caller.now)};
    store::lookouts::save(tx, caller.account, row);  // first: a link belongs to one that is there
    tell_of_lookout(tx, owner, row, LookoutNews::asked, input.desk, caller.now);
    store::lookouts::save(tx, caller.account, row);
    plan_next(tx, caller.account, row.lookout, input.desk, caller.now);
    LookoutView view = view_of(tx, row, caller.now);
    view.link = make_lookout_address(tx, caller.account, row.lookout.id, false, input.desk, caller.now);
    return view;
}

Result<std::vector<LookoutView>> list_lookouts(store::Tx& tx, Caller caller) {
    std::vector<LookoutView> views;
    for (const Row& row : store::lookouts::list(tx, caller.account, caller.now))
        views.push_back(view_of(tx, row, caller.now));
    return views;
}

Result<LookoutView> come_home(store::Tx& tx, Caller caller, LookoutId id, MeetingDesk desk) {
    TRY(const core::Account owner, owner_of(tx, caller));
    TRY(Row row, find(tx, caller, id));
    if (row.lookout.safe_at) return view_of(tx, row, caller.now);
    TRY(row.lookout, core::come_home(std::move(row.lookout), caller.now));
    if (row.lookout.raised_at) tell_of_lookout(tx, owner, row, LookoutNews::safe, desk, caller.now);
    store::lookouts::save(tx, caller.account, row);
    plan_next(tx, caller.account, row.lookout, desk, caller.now);
    return view_of(tx, row, caller.now);
}

Result<LookoutView> stay_longer(store::Tx& tx, Caller caller, LookoutId id, Instant until, MeetingDesk desk) {
    TRY(Row row, find(tx, caller, id));
    TRY(row.lookout, core::stay_longer(std::move(row.lookout), until, caller.now));
    store::lookouts::save(tx, caller.account, row);
    plan_next(tx, caller.account, row.lookout, desk, caller.now);
    return view_of(tx, row, caller.now);
}

Result<LookoutView> make_lookout_link(store::Tx& tx, Caller caller, LookoutId id, MeetingDesk desk) {
    TRY(const Row row, find(tx, caller, id));
    CHECK(count_try(tx, Throttle::lookouts, to_string(caller.account), caller.now));
    LookoutView view = view_of(tx, row, caller.now);
    view.link = make_lookout_address(tx, caller.account, id, false, desk, caller.now);
    return view;
}

Result<Done> remove_lookout(store::Tx& tx, Caller caller, LookoutId id) {
    CHECK(find(tx, caller, id));
    store::lookouts::remove(tx, caller.account, id);
    store::jobs::withdraw(tx, caller.account, kLookoutJob, to_string(id));
    return Done{};
}

void call_off_lookout(store::Tx& tx, const Caller& caller, core::MeetingId meeting) {
    auto row = store::lookouts::find(tx, caller.account, meeting, caller.now);
    if (!row) return;
    row->lookout = core::call_off(std::move(row->lookout), caller.now);
    store::lookouts::save(tx, caller.account, *row);
    store::jobs::withdraw(tx, caller.account, kLookoutJob, to_string(row->lookout.id));
}

Result<Done> settle_due_lookout(store::Tx& tx, core::AccountId owner, LookoutId id, MeetingDesk desk,
                                Instant now) {
    const auto account = store::accounts::find(tx, owner);
    auto row = store::lookouts::find(tx, owner, id, now);
    if (!account || !row) return Done{};
    core::Lookout& lookout = row->lookout;
    const core::LookoutState state = core::state_of(lookout, now);
    if (state == core::LookoutState::asking && !lookout.asked_at) {
        lookout.asked_at = now;
        tell_of_lookout(tx, *account, *row, LookoutNews::home, desk, now);
    }
    if (state == core::LookoutState::raised && !lookout.raised_at) {
        lookout.raised_at = now;
        tell_of_lookout(tx, *account, *row, LookoutNews::raised, desk, now);
    }
    store::lookouts::save(tx, owner, *row);
    plan_next(tx, owner, lookout, desk, now);
    return Done{};
}

Result<Done> note_refused_lookout_mail(store::Tx& tx, const std::string& about, Instant now) {
    const std::vector<std::string_view> parts = split(about, '/');
    if (parts.size() != 3 || parts[0] != "lookout") return Done{};
    TRY(const std::int64_t owner, parse_id(parts[1]));
    TRY(const std::int64_t id, parse_id(parts[2]));
    auto row = store::lookouts::find(tx, {owner}, LookoutId{id}, now);
    if (!row) return Done{};
    row->refused_at = now;
    store::lookouts::save(tx, {owner}, *row);
    return Done{};
}

Result<Done> sweep_lookouts(store::Tx& tx, Instant now) {
    store::lookouts::sweep(tx, now);
    return Done{};
}

}  // namespace vv::app
