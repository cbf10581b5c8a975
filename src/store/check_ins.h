// store/check_ins.h — who is where for an hour and lets whom see it, and who is near whom.
#pragma once

#include "core/accounts.h"
#include "core/check_ins.h"
#include "core/circles.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::store::check_ins {

/// In place of the one before; shown to these accounts.
void save(Tx& tx, core::AccountId owner, const core::CheckIn& check_in,
          std::span<const core::AccountId> shown_to);
/// With it goes every note about it, on both sides.
void remove(Tx& tx, core::AccountId owner);

struct Mine {
    core::CheckIn check_in;
    std::vector<core::AccountName> shown_to;  // by name
};
/// Nothing once it is over.
std::optional<Mine> find(Tx& tx, core::AccountId owner, Instant now);

/// Somebody else, as the viewer knows them.
struct Other {
    core::AccountId account;
    std::string handle, name;              // the account's own
    std::optional<core::PersonId> person;  // of the viewer's
};
struct Shown {
    Other who;
    core::CheckIn check_in;
};
/// What others show the viewer, by when it ends. One statement.
std::vector<Shown> shown_to(Tx& tx, core::AccountId viewer, Instant now);

/// None: the owner neither hears of others nor is told of.
void save_nearby(Tx& tx, core::AccountId owner, const std::optional<core::Circles>& circles);
std::optional<core::Circles> nearby(Tx& tx, core::AccountId owner);

/// One who might be near somebody.
struct Candidate {
    core::AccountId account;
    core::Circles circles;
    std::optional<LatLng> here;  // where a check-in that `viewer` may see says, else home
};
/// Those of these accounts who want to be told. One statement.
std::vector<Candidate> candidates(Tx& tx, std::span<const core::AccountId> accounts, core::AccountId viewer,
                                  Instant now);

/// A note on each side, unless one was written about the two and is not to be followed yet.
void note_near(Tx& tx, core::AccountId checked_in, core::AccountId other, Instant until, Instant quiet_until,
               Instant now);
struct Note {
    Other who;
    bool is_theirs = false;  // they checked in; else the owner did, and they are around
    Instant until;
};
/// Those not seen to yet. One statement.
std::vector<Note> notes(Tx& tx, core::AccountId owner, Instant now);
void see_note(Tx& tx, core::AccountId owner, core::AccountId other, Instant now);

/// Deletes what is over.
void sweep(Tx& tx, Instant now);

}  // namespace vv::store::check_ins
