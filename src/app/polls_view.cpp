#include "app/polls_view.h"

#include "app/free_time.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/meetings.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace vv::app {
namespace {

using store::polls::Voter;

core::Blocks blocks_of(store::Tx& tx, const Voter& reader) {
    return reader.account ? store::blocks::around(tx, *reader.account) : core::Blocks{};
}

using Accounts = std::unordered_map<core::AccountId, store::meetings::Other>;

Accounts accounts_of(store::Tx& tx, std::span<const store::polls::Record> records) {
    std::vector<core::AccountId> ids;
    for (const auto& record : records)
        for (const Voter& voter : record.voters)
            if (voter.account) ids.push_back(*voter.account);
    if (ids.empty()) return {};
    return store::meetings::others(tx, ids);
}

std::optional<MailState> mail_state(const Voter& voter) {
    if (voter.account) return std::nullopt;
    return voter.refused_at ? MailState::refused : voter.mailed_at ? MailState::sent : MailState::by_hand;
}

Span around(const core::Poll& poll) {
    Span all = poll.times.front().when;
    for (const core::PollTime& time : poll.times)
        all = {std::min(all.start, time.when.start), std::max(all.end, time.when.end)};
    return {all.start - std::chrono::minutes(1), all.end + std::chrono::minutes(5)};
}

PollView show_to_organiser(const PollTable& table, const Accounts& accounts) {
    PollView view;
    view.poll = table.record.poll;
    view.is_mine = true;
    view.organiser = table.organiser.full_name;
    view.title = table.title_for_organiser();
    for (std::size_t i = 0; i < table.record.voters.size(); ++i) {
        const Voter& voter = table.record.voters[i];
        PollVoterView& shown = view.voters.emplace_back();
        shown.vote = view.poll.voters[i];
        shown.name = voter.name;
        if (voter.account && accounts.contains(*voter.account))
            shown.handle = accounts.at(*voter.account).handle;
        shown.mail = mail_state(voter);
        shown.mail_to = voter.email;
        shown.meeting = voter.meeting;
    }
    return view;
}

void withhold_address(core::Poll& poll) {
    if (poll.place.is_public || poll.state == core::PollState::picked) return;
    poll.place.address.clear();
    poll.place.at.reset();
}

PollView show_to_voter(const PollTable& table, int voter, const core::Blocks& blocks,
                       const std::string& locale) {
    PollView view;
    view.poll = table.record.poll;
    view.me = voter;
    view.organiser = table.organiser.full_name;
    withhold_address(view.poll);
    const auto at = static_cast<std::size_t>(voter - 1);
    view.title = table.title_for_voter(locale);
    view.meeting = table.record.voters.at(at).meeting;
    for (std::size_t i = 0; i < table.record.voters.size(); ++i) {
        const Voter& one = table.record.voters[i];
        view.has_kept_away = view.has_kept_away || (one.account && blocks.is_mine(*one.account));
        if (i != at && one.account && blocks.hides(*one.account)) continue;
        PollVoterView& shown = view.voters.emplace_back();
        shown.name = one.name;
        shown.vote.number = static_cast<int>(i) + 1;
        if (i == at) shown.vote = view.poll.voters[i];
    }
    for (core::PollVoter& one : view.poll.voters)
        if (one.number != voter) one = {one.number, false, {}, {}};
    return view;
}

}  // namespace

Result<PollTable> load_poll(store::Tx& tx, core::AccountId owner, core::PollId poll) {
    TRY(store::polls::Record record, store::polls::find(tx, owner, poll));
    const auto organiser = store::accounts::find(tx, owner);
    if (!organiser) return Error{Fault::not_found, "poll.unknown", "There is no such poll."};
    return PollTable{*organiser, std::move(record)};
}

PollView view_as_organiser(store::Tx& tx, const Caller& caller, const PollTable& table) {
    PollView view = show_to_organiser(table, accounts_of(tx, std::span(&table.record, 1)));
    if (view.poll.state == core::PollState::open) view.standings = poll_standings(tx, caller, table);
    return view;
}

std::vector<PollView> view_as_organiser(store::Tx& tx, const core::Account& organiser,
                                        std::vector<store::polls::Record> records) {
    const Accounts accounts = accounts_of(tx, records);
    std::vector<PollView> views;
    for (store::polls::Record& record : records)
        views.push_back(show_to_organiser({organiser, std::move(record)}, accounts));
    return views;
}

PollView view_as_voter(store::Tx& tx, const PollTable& table, int voter) {
    const Voter& reader = table.record.voters.at(static_cast<std::size_t>(voter - 1));
    std::string locale = table.organiser.locale;
    if (reader.account)
        if (const auto account = store::accounts::find(tx, *reader.account)) locale = account->locale;
    return show_to_voter(table, voter, blocks_of(tx, reader), locale);
}

std::vector<PollView> view_as_voter(store::Tx& tx, const core::Account& account, const core::Blocks& blocks,
                                    const std::vector<store::polls::Seat>& seats) {
    std::vector<core::AccountId> owners;
    for (const auto& seat : seats) owners.push_back(seat.owner);
    std::unordered_map<core::AccountId, core::Account> organisers;
    for (auto& one : store::accounts::load(tx, owners)) organisers.emplace(one.id, std::move(one));
    std::map<std::pair<core::AccountId, core::PollId>, PollTable> tables;
    for (auto& record : store::polls::load(tx, seats)) {
        const auto organiser = organisers.find(record.owner);
        if (organiser == organisers.end()) continue;
        const std::pair key(record.owner, record.poll.id);
        tables.emplace(key, PollTable{organiser->second, std::move(record)});
    }
    std::vector<PollView> views;
    for (const auto& seat : seats)
        if (const auto table = tables.find({seat.owner, seat.poll}); table != tables.end())
            views.push_back(show_to_voter(table->second, seat.voter, blocks, account.locale));
    return views;
}

std::vector<core::PollStanding> poll_standings(store::Tx& tx, const Caller& organiser,
                                               const PollTable& table) {
    const core::Poll& poll = table.record.poll;
    const Span within = around(poll);
    core::PollFreeTime free;
    free.organiser = time_without_appointments(tx, organiser, within);
    std::vector<core::PersonId> people;
    for (const Voter& voter : table.record.voters)
        if (voter.account && voter.person) people.push_back(*voter.person);
    const auto shared = shared_free_times(tx, organiser, people, within);
    for (const Voter& voter : table.record.voters) {
        const auto known = voter.person ? shared.find(*voter.person) : shared.end();
        free.voters.push_back(known == shared.end() ? std::nullopt : std::optional(known->second));
    }
    return core::standings(poll, free, organiser.now);
}

std::vector<std::string> company_of(store::Tx& tx, const PollTable& table, std::size_t at) {
    const core::Blocks blocks = blocks_of(tx, table.record.voters[at]);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < table.record.voters.size(); ++i) {
        const Voter& one = table.record.voters[i];
        if (i == at || (one.account && blocks.hides(*one.account))) continue;
        names.push_back(one.name);
    }
    return names;
}

}  // namespace vv::app
