// app/subscriptions.h — what an owner wants read again and again: an address of a calendar, an address book
// or a blog's feed.
//
// A job looks whose turn it is (jobs/subscriptions), and what is new becomes an import like any other.
// docs/subscriptions.md tells what the other server may expect.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "core/subscriptions.h"
#include "store/database.h"
#include "store/jobs.h"
#include "store/subscriptions.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace vv::app {

using store::subscriptions::Subscription;
using store::subscriptions::SubscriptionId;

struct NewSubscription {
    std::string url;   // http://, https:// or webcal://
    std::string name;  // empty: after the address
    std::string user;
    std::string password;
    int every_minutes = core::kUsualMinutes;
    bool is_read_by_caller = false;  // a command; else it gets a job. Either way it is read at once
};
/// `invalid` subscription.url, .name, .every, .credentials; `conflict` subscription.known, .count (50 an
/// account).
Result<Subscription> add_subscription(store::Tx& tx, Caller caller, NewSubscription wanted, IdSource* ids);
/// By name.
Result<std::vector<Subscription>> list_subscriptions(store::Tx& tx, Caller caller);
/// What it brought stays. `not_found` subscription.unknown.
Result<Done> remove_subscription(store::Tx& tx, Caller caller, SubscriptionId id);
/// `not_found` subscription.unknown.
Result<Subscription> find_subscription(store::Tx& tx, core::AccountId owner, SubscriptionId id);

inline constexpr const char* kSubscriptionJob = "subscription";
/// The job that reads it once.
store::jobs::NewJob subscription_job(core::AccountId owner, SubscriptionId id, Instant now, IdSource& ids);
/// Gives those whose turn it is a job, and puts them off until that is through. Returns how many.
Result<std::size_t> start_due_subscriptions(store::Tx& tx, Instant now, IdSource* ids);
/// The caller's own whose turn it is, put off likewise, for a command that reads them itself.
Result<std::vector<Subscription>> take_due_subscriptions(store::Tx& tx, Caller caller);

/// How a look at the other server went.
struct Look {
    std::string kind;  // what it turned out to be
    store::subscriptions::Marks marks;
    std::string path;               // a file of ours with what is new; empty: nothing is
    std::chrono::seconds asked{0};  // the wait that the other server asks for
    std::vector<std::string> gone;  // events' UIDs that are no longer there: those to come won't take place
    std::optional<Error> error;
    bool is_gone = false;  // for good
};
/// Notes it and queues the import of what is new; `starts_import` false leaves it to the caller to run it.
/// `not_found` subscription.unknown when it was removed meanwhile.
Result<Subscription> note_look(store::Tx& tx, Caller caller, SubscriptionId id, Look look, bool starts_import,
                               IdSource* ids);

}  // namespace vv::app
