// store/subscriptions.h — what is read again and again where it lies: calendars, address books, feeds.
#pragma once

#include "core/people.h"
#include "store/database.h"
#include "store/imports.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::subscriptions {

using SubscriptionId = Id<struct SubscriptionTag>;

/// What the other server said of its content when it was last read: tells the next time what is new.
struct Marks {
    std::string etag;
    std::string modified;
    std::string token;    // a collection's
    std::string items;    // a collection's, with their ETags: a line each
    std::string content;  // our own hash
};

struct Subscription {
    SubscriptionId id;
    core::AccountId owner;
    std::string name;
    std::string kind;  // calendar, contacts, feed, caldav, carddav; empty: never read yet
    std::string url;
    std::string user;      // may be empty
    std::string password;  // for the other server alone: in no answer, no log
    int every_minutes = 0;
    Marks marks;
    std::optional<imports::ImportId> import;  // the last one that it brought
    Instant next_at;
    std::optional<Instant> checked_at;
    std::optional<Instant> changed_at;  // when something new was there
    int failures = 0;                   // since it last worked
    bool is_stopped = false;            // the other server said that it is gone
    std::string error_code;             // of the last check
    std::string error;
    Instant created_at;
};

void add(Tx& tx, const Subscription& subscription);
std::optional<Subscription> find(Tx& tx, core::AccountId owner, SubscriptionId id);
/// By name.
std::vector<Subscription> list(Tx& tx, core::AccountId owner);
/// What a check changes: all but name, address, credentials and rhythm.
void save(Tx& tx, const Subscription& subscription);
/// False when there is none.
bool remove(Tx& tx, core::AccountId owner, SubscriptionId id);

/// Whose turn it is, the longest waiting first; of one owner, or (unset) of all.
std::vector<Subscription> due(Tx& tx, core::AccountId owner, Instant now, int limit);
/// Not before that time again: somebody reads it now.
void put_off(Tx& tx, core::AccountId owner, SubscriptionId id, Instant until);

}  // namespace vv::store::subscriptions
