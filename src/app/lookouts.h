// app/lookouts.h — tell a friend: a friend without an account knows where, with whom and until when, and is
// told when no word comes afterwards.
//
// The other side of the meeting learns nothing of it: nothing here is written to anybody but its owner and
// the friend, and no answer about the meeting shows it. Everything is deleted by itself (core::gone_at).
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "core/lookouts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// As its owner sees it.
struct LookoutView {
    core::Lookout lookout;
    core::LookoutState state = core::LookoutState::watching;
    MailState mail = MailState::by_hand;  // how the mail to the friend fares
    std::string link;  // only in the answer that made it: the server keeps no more than its hash
};

struct LookOut {
    core::MeetingId meeting;
    std::optional<std::string> place, company;  // else as the meeting has them
    std::optional<Instant> until;               // else an hour after its end
    std::optional<std::chrono::minutes> grace;  // else an hour
    std::string friend_name, friend_email;      // may be empty
    MeetingDesk desk;
};
/// Faults: core::look_out()'s; `not_found` meeting.unknown; `conflict` lookout.not_agreed for a meeting
/// without a time, lookout.already while one is open for it; `too_many` throttle.lookouts,
/// throttle.guest_mail.
Result<LookoutView> ask_friend(store::Tx& tx, Caller caller, LookOut input);

/// Those that are kept still, by when they are over.
Result<std::vector<LookoutView>> list_lookouts(store::Tx& tx, Caller caller);

/// "I'm home safe." A friend who was told that no word came is told of it. Faults: core::come_home()'s;
/// `not_found` lookout.unknown, as below.
Result<LookoutView> come_home(store::Tx& tx, Caller caller, core::LookoutId id, MeetingDesk desk);
/// Faults: core::stay_longer()'s.
Result<LookoutView> stay_longer(store::Tx& tx, Caller caller, core::LookoutId id, Instant until,
                                MeetingDesk desk);
/// A new link for the friend; those before it go on working. `too_many` throttle.lookouts.
Result<LookoutView> make_lookout_link(store::Tx& tx, Caller caller, core::LookoutId id, MeetingDesk desk);
/// All of it is deleted at once.
Result<Done> remove_lookout(store::Tx& tx, Caller caller, core::LookoutId id);

// ---- what others tell lookouts ----

/// The caller has called the meeting off.
void call_off_lookout(store::Tx& tx, const Caller& caller, core::MeetingId meeting);

/// The job that looks at a lookout when something falls due: its kind.
inline constexpr const char* kLookoutJob = "lookout";
/// What has fallen due by `now`: "home safe?", then the word to the friend. Saying it again changes nothing.
/// One that is gone is no error.
Result<Done> settle_due_lookout(store::Tx& tx, core::AccountId owner, core::LookoutId id, MeetingDesk desk,
                                Instant now);

/// The friend's address takes no mail: the owner sees it. `about` is the mail's.
Result<Done> note_refused_lookout_mail(store::Tx& tx, const std::string& about, Instant now);

/// Deletes those whose time is over.
Result<Done> sweep_lookouts(store::Tx& tx, Instant now);

}  // namespace vv::app
