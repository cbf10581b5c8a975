// app/introductions_table.h — an introduction with the three whom it is about, as loaded from the store.
#pragma once

#include "app/introductions.h"
#include "core/accounts.h"
#include "store/introductions.h"
#include "store/network_asks.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct IntroductionTable {
    store::introductions::Row row;  // is_over also when nobody waits for it any more
    core::Account broker;
    std::optional<core::Account> asker, target;
    std::optional<store::network_asks::Standing> ask;

    [[nodiscard]] const core::Introduction& introduction() const { return row.introduction; }
    [[nodiscard]] const core::Account* account_of(core::Role role) const;
    /// As the others read it.
    [[nodiscard]] std::string name_of(core::Role role) const;
    /// Where a side is written to; an account's address only when it is proven; may be empty.
    [[nodiscard]] std::string email_of(core::Role role) const;
    [[nodiscard]] std::string locale_of(core::Role role) const;
    [[nodiscard]] Zone zone_of(core::Role role) const;
    [[nodiscard]] std::string ask_text() const { return ask ? ask->ask.text : std::string(); }
};

/// `not_found` introduction.unknown when the broker has left.
Result<IntroductionTable> lay_introduction(store::Tx& tx, store::introductions::Row row);
Error unknown_introduction();

/// The caller's part in it, if it may know of it: blocks hide it, except from a broker who is kept away.
std::optional<core::Role> role_in(const store::introductions::Row& row, core::AccountId account);

/// As the caller may see them; those of which the caller may not know are left out. A constant number of
/// statements.
std::vector<IntroductionView> show_introductions(store::Tx& tx, const Caller& caller,
                                                 std::vector<store::introductions::Row> rows);

/// Both have said yes: see answer_introduction(). Faults are those of adding a person.
Result<Done> bring_together(store::Tx& tx, IntroductionTable& table, IdSource& ids, Instant now);

/// What one side says, with everything that follows: saved, brought together, and whoever is next is told.
/// Faults: core::answer()'s.
Result<Done> settle_answer(store::Tx& tx, IntroductionTable& table, core::Role role, core::Consent consent,
                           const MeetingDesk& desk, Instant now);

}  // namespace vv::app
