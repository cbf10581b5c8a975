#include "app/polls.h"

#include "app/meetings_changes.h"
#include "app/meetings_invited.h"
#include "app/polls_mail.h"
#include "app/polls_view.h"
#include "app/stop_links.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/jobs.h"
#include "store/meetings.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using core::PollState;
using core::Wish;
using store::polls::Voter;

constexpr std::chrono::hours kDay{24};
constexpr int kOnList = 100;
constexpr std::size_t kOnToday = 10;
constexpr int kPollsADay = 20;  // each writes to as many as forty-nine

Error unknown() {
    return {Fault::not_found, "poll.unknown", "There is no such poll."};
}

Error wait(std::string code, std::string detail) {
    Error error{Fault::too_many, std::move(code), std::move(detail)};
    error.retry_after = std::chrono::hours(1);
    return error;
}

Result<std::vector<Invited>> find_voters(store::Tx& tx, const Caller& caller, const MakePoll& input) {
    std::vector<Invited> all;
    for (const PollInvitee& one : input.invitees) {
        TRY(Invited invited, find_invited(tx, caller, one.person, one.account, one.email));
        if (invited.is_stranger())
            return Error{Fault::invalid, "poll.stranger",
                         "A poll is for people you know. Ask " + invited.name() + " alone first."};
        const bool is_twice = std::ranges::any_of(
            all, [&](const Invited& other) { return other.person->person == invited.person->person; });
        if (is_twice)
            return Error{Fault::invalid, "poll.twice",
                         "Somebody is asked twice; leave one out: " + invited.name()};
        all.push_back(std::move(invited));
    }
    return all;
}

Result<Done> check_day(store::Tx& tx, const Caller& caller, const std::vector<Invited>& voters) {
    if (store::polls::made_since(tx, caller.account, caller.now - kDay) >= kPollsADay)
        return wait("poll.many", "Twenty polls in a day are the limit; the next one can wait a day.");
    const auto mailed = std::ranges::count_if(voters, [](const Invited& one) { return !one.email.empty(); });
    if (mailed == 0) return Done{};
    const int before = store::meetings::proposals_since(tx, caller.account, caller.now - kDay).to_guests +
                       store::polls::mailed_since(tx, caller.account, caller.now - kDay);
    if (before + mailed <= kGuestsADay) return Done{};
    return wait("meeting.many_mails",
                "Twenty invitations by mail in a day are the limit; pass on links instead.");
}

Voter voter_of(const Invited& invited, const std::string& zone) {
    Voter voter;
    voter.name = invited.name();
    if (invited.account) voter.account = invited.account->id;
    voter.identity = invited.person->identity;
    voter.person = invited.person->person;
    voter.email = invited.email;
    voter.zone = zone;
    return voter;
}

void plan_end(store::Tx& tx, const PollTable& table, const MeetingDesk& desk, Instant now) {
    const core::Poll& poll = table.record.poll;
    if (poll.state != PollState::open) {
        store::jobs::withdraw(tx, table.organiser.id, kPollJob, to_string(poll.id));
        return;
    }
    store::jobs::add(tx,
                     {{desk.ids->next(now)},
                      table.organiser.id,
                      kPollJob,
                      to_string(poll.id),
                      {{"poll", to_string(poll.id)}},
                      poll.closes_at},
                     now);
}

/// Where the caller sits at a poll: as its organiser (0) or a voter.
struct Place {
    PollTable table;
    int voter = 0;
};
Result<Place> place_of(store::Tx& tx, const Caller& caller, core::PollId id) {
    if (Result<PollTable> own = load_poll(tx, caller.account, id)) return Place{*std::move(own), 0};
    const auto seat = store::polls::seat_of(tx, caller.account, id);
    if (!seat || store::blocks::between(tx, caller.account, seat->owner)) return unknown();
    TRY(PollTable table, load_poll(tx, seat->owner, id));
    return Place{std::move(table), seat->voter};
}
Result<PollTable> own_poll(store::Tx& tx, const Caller& caller, core::PollId id) {
    return load_poll(tx, caller.account, id);
}

PollView view(store::Tx& tx, const Caller& caller, const Place& place) {
    return place.voter == 0 ? view_as_organiser(tx, caller, place.table)
                            : view_as_voter(tx, place.table, place.voter);
}

// Puts the wishes in, and tells the organiser when they were the last that were waited for.
Result<Done> take_vote(store::Tx& tx, PollTable& table, int voter, const std::vector<core::PollWish>& wishes,
                       const MeetingDesk& desk, Instant now) {
    const bool was_answered = table.record.poll.is_answered();
    TRY(table.record.poll, core::vote(table.record.poll, voter, wishes, now));
    store::polls::save(tx, table.record);
    if (was_answered || !table.record.poll.is_answered()) return Done{};
    const Caller organiser{table.organiser.id, now, table.organiser.zone};
    const auto standing = poll_standings(tx, organiser, table);
    tell_organiser(tx, table, OrganiserNews::answered, {}, standing.front().time, desk, now);
    return Done{};
}

core::Proposal proposal_of(const core::Poll& poll, const core::PollTime& time) {
    core::Proposal proposal;
    proposal.kind = poll.kind;
    proposal.title = poll.title;
    proposal.purpose = poll.purpose;
    proposal.zone = poll.zone;
    proposal.offer.slots = {{0, time.when, Wish::none}};
    proposal.offer.places = {poll.place};
    proposal.offer.places.front().number = 0;
    proposal.offer.message = poll.message;
    return proposal;
}

Result<Invited> invited_of(store::Tx& tx, const Caller& caller, const Voter& voter) {
    if (voter.person && *voter.person != core::PersonId{})
        return find_invited(tx, caller, voter.person, "", voter.email);
    const auto account = voter.account ? store::accounts::find(tx, *voter.account) : std::nullopt;
    if (!account) return unknown();
    return find_invited(tx, caller, std::nullopt, account->handle, "");
}

/// What picking makes for one voter: who said no, or can't be asked any more, gets no meeting.
enum class Made { nothing, question, meeting };
Result<Made> make_meeting(store::Tx& tx, const Caller& caller, PollTable& table, std::size_t at,
                          const core::Meeting& meeting, const MeetingDesk& desk) {
    Voter& voter = table.record.voters[at];
    const Wish wish = table.record.poll.voters[at].wish_for(*table.record.poll.picked);
    if (wish == Wish::no) return Made::nothing;
    const Result<Invited> invited = invited_of(tx, caller, voter);
    if (!invited) return Made::nothing;
    MeetingTable made = seat(tx, table.organiser, *invited, meeting);
    made.home.poll = table.record.poll.id;
    if (made.guest) made.guest->zone = voter.zone;
    if (made.guest && voter.refused_at) made.guest->refused_at = voter.refused_at;
    voter.meeting = meeting.id;
    const bool is_agreed = wish != Wish::none && made.has(core::Side::invitee);
    if (is_agreed)
        start_agreed_meeting(tx, made, desk, caller.now);
    else
        start_meeting(tx, made, desk, caller.now);
    if (made.guest)
        store::polls::hand_over_links(
            tx, {table.organiser.id, table.record.poll.id, static_cast<int>(at) + 1}, meeting.id);
    return is_agreed ? Made::meeting : Made::question;
}

Result<Done> make_meetings(store::Tx& tx, const Caller& caller, PollTable& table, const MeetingDesk& desk) {
    const core::Poll& poll = table.record.poll;
    const core::Proposal proposal = proposal_of(poll, *poll.time(*poll.picked));
    std::vector<std::string> coming;
    bool is_anybody_asked = false;
    for (std::size_t i = 0; i < table.record.voters.size(); ++i) {
        TRY(const core::Meeting meeting,
            core::propose(proposal, {desk.ids->next(caller.now)}, random_token(18), caller.now));
        TRY(const Made made, make_meeting(tx, caller, table, i, meeting, desk));
        if (made == Made::meeting) coming.push_back(table.record.voters[i].name);
        if (made == Made::nothing) tell_voter(tx, table, i, VoterNews::elsewhere, {}, desk, caller.now);
        is_anybody_asked = is_anybody_asked || made != Made::nothing;
    }
    if (!is_anybody_asked)
        return Error{Fault::conflict, "poll.nobody",
                     "Nobody can come then. Pick another time, or ask again with others."};
    store::polls::save(tx, table.record);
    const auto news = coming.empty() ? std::nullopt : std::optional(OrganiserNews::picked);
    if (news) tell_organiser(tx, table, *news, coming, std::nullopt, desk, caller.now);
    return Done{};
}

Result<PollTable> table_of_link(store::Tx& tx, const std::string& token, int& voter) {
    const Error nowhere{Fault::not_found, "invitation.unknown",
                        "This link leads nowhere; copy it from the mail as a whole."};
    const auto seat = store::polls::find_by_link(tx, sha256_hex(token));
    if (!seat) return nowhere;
    Result<PollTable> table = load_poll(tx, seat->owner, seat->poll);
    if (!table) return nowhere;
    voter = seat->voter;
    return table;
}

GuestPoll show_to_guest(store::Tx& tx, const PollTable& table, int voter) {
    const Voter& reader = table.record.voters[static_cast<std::size_t>(voter - 1)];
    GuestPoll shown;
    shown.view = view_as_voter(tx, table, voter);
    shown.guest = reader.name;
    shown.locale = table.organiser.locale;
    shown.poll_zone = table.zone();
    const Result<Zone> own = Zone::find(reader.zone);
    shown.zone = own ? *own : shown.poll_zone;
    shown.email = reader.email;
    if (!reader.email.empty()) shown.stop_token = stop_token(tx, reader.email);
    return shown;
}

Result<Done> take_address(store::Tx& tx, Voter& voter, const VoteByLink& input) {
    if (input.email.empty() || !voter.email.empty()) return Done{};
    TRY(const std::string email, core::check_email(input.email));
    if (!count_try(tx, Throttle::guest_mail, email, input.now))
        return Error{Fault::too_many, "meeting.many_mails",
                     "This address has had enough mail today; try tomorrow."};
    voter.email = email;
    return Done{};
}

}  // namespace

Result<PollView> make_poll(store::Tx& tx, Caller caller, MakePoll input) {
    const auto organiser = store::accounts::find(tx, caller.account);
    if (!organiser) return Error{Fault::not_found, "account.unknown", "There is no such account."};
    std::vector<bool> must_come;
    for (const PollInvitee& one : input.invitees) must_come.push_back(one.must_come);
    if (input.proposal.zone.empty()) input.proposal.zone = caller.zone.name();
    if (!Zone::find(input.proposal.zone))
        return Error{Fault::invalid, "zone.unknown", "The time zone is a name like Europe/Paris."};
    PollTable table{*organiser, {caller.account, {}, {}}};
    TRY(table.record.poll, core::begin_poll(input.proposal, must_come, {input.desk.ids->next(caller.now)},
                                            random_token(18), caller.now));
    TRY(const std::vector<Invited> invited, find_voters(tx, caller, input));
    CHECK(check_day(tx, caller, invited));
    for (const Invited& one : invited) table.record.voters.push_back(voter_of(one, table.record.poll.zone));
    store::polls::save(tx, table.record);  // first: a guest's link belongs to a poll that is there
    for (std::size_t i = 0; i < invited.size(); ++i)
        tell_voter(tx, table, i, VoterNews::asked, company_of(tx, table, i), input.desk, caller.now);
    store::polls::save(tx, table.record);
    plan_end(tx, table, input.desk, caller.now);
    PollView made = view_as_organiser(tx, caller, table);
    for (std::size_t i = 0; i < invited.size(); ++i)
        if (!invited[i].account) made.voters[i].link = make_voter_link(tx, table, i, input.desk, caller.now);
    return made;
}

Result<PollList> list_polls(store::Tx& tx, Caller caller) {
    PollList list;
    const auto organiser = store::accounts::find(tx, caller.account);
    if (!organiser) return Error{Fault::not_found, "account.unknown", "There is no such account."};
    list.mine = view_as_organiser(tx, *organiser, store::polls::list(tx, caller.account, kOnList));
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    auto seats = store::polls::asking(tx, caller.account, caller.now, kOnList);
    std::erase_if(seats, [&](const auto& seat) { return blocks.hides(seat.owner); });
    list.asked = view_as_voter(tx, *organiser, blocks, seats);
    return list;
}

Result<std::vector<PollView>> polls_today(store::Tx& tx, Caller caller) {
    auto seats = store::polls::asking(tx, caller.account, caller.now, kOnList);
    if (seats.empty()) return std::vector<PollView>();
    const auto account = store::accounts::find(tx, caller.account);
    if (!account) return Error{Fault::not_found, "account.unknown", "There is no such account."};
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    std::erase_if(seats, [&](const auto& seat) { return blocks.hides(seat.owner); });
    std::vector<PollView> waiting = view_as_voter(tx, *account, blocks, seats);
    std::erase_if(waiting, [](const PollView& view) {
        const core::PollVoter* const mine = view.poll.voter(view.me);
        return mine != nullptr && mine->answered_at.has_value();
    });
    if (waiting.size() > kOnToday) waiting.resize(kOnToday);
    return waiting;
}

Result<PollView> find_poll(store::Tx& tx, Caller caller, core::PollId poll) {
    TRY(const Place place, place_of(tx, caller, poll));
    return view(tx, caller, place);
}

Result<PollView> vote_in_poll(store::Tx& tx, Caller caller, core::PollId poll,
                              std::vector<core::PollWish> wishes, MeetingDesk desk) {
    TRY(Place place, place_of(tx, caller, poll));
    if (place.voter == 0) return unknown();
    CHECK(take_vote(tx, place.table, place.voter, wishes, desk, caller.now));
    return view(tx, caller, place);
}

Result<PollView> pick_in_poll(store::Tx& tx, Caller caller, core::PollId poll, int time, MeetingDesk desk) {
    TRY(PollTable table, own_poll(tx, caller, poll));
    TRY(table.record.poll, core::pick(table.record.poll, time, caller.now));
    CHECK(make_meetings(tx, caller, table, desk));
    plan_end(tx, table, desk, caller.now);
    return view_as_organiser(tx, caller, table);
}

Result<PollView> close_poll(store::Tx& tx, Caller caller, core::PollId poll, MeetingDesk desk) {
    TRY(PollTable table, own_poll(tx, caller, poll));
    TRY(table.record.poll, core::close(table.record.poll, caller.now));
    for (std::size_t i = 0; i < table.record.voters.size(); ++i)
        tell_voter(tx, table, i, VoterNews::closed, {}, desk, caller.now);
    store::polls::save(tx, table.record);
    plan_end(tx, table, desk, caller.now);
    return view_as_organiser(tx, caller, table);
}

Result<PollView> make_poll_link(store::Tx& tx, Caller caller, core::PollId poll, int voter,
                                MeetingDesk desk) {
    TRY(const PollTable table, own_poll(tx, caller, poll));
    if (!table.record.poll.voter(voter)) return unknown();
    const auto at = static_cast<std::size_t>(voter - 1);
    if (table.record.voters[at].account)
        return Error{Fault::conflict, "meeting.no_guest",
                     "A link is for who has no account; this one has it on their page."};
    PollView made = view_as_organiser(tx, caller, table);
    made.voters[at].link = make_voter_link(tx, table, at, desk, caller.now);
    return made;
}

Result<Done> settle_due_poll(store::Tx& tx, core::AccountId owner, core::PollId poll, MeetingDesk desk,
                             Instant now) {
    Result<PollTable> table = load_poll(tx, owner, poll);
    if (!table) return Done{};
    const Result<core::Poll> expired = core::expire(table->record.poll, now);
    if (!expired) return Done{};
    table->record.poll = *expired;
    tell_organiser(tx, *table, OrganiserNews::expired, {}, std::nullopt, desk, now);
    store::polls::save(tx, table->record);
    return Done{};
}

Result<Done> note_refused_poll_mail(store::Tx& tx, const std::string& about, Instant now) {
    const std::vector<std::string_view> parts = split(about, '/');
    if (parts.size() != 4 || parts[0] != "poll") return Done{};
    TRY(const std::int64_t owner, parse_id(parts[1]));
    TRY(const std::int64_t poll, parse_id(parts[2]));
    TRY(const std::int64_t voter, parse_id(parts[3]));
    Result<store::polls::Record> record = store::polls::find(tx, {owner}, {poll});
    if (!record || voter > static_cast<std::int64_t>(record->voters.size())) return Done{};
    record->voters[static_cast<std::size_t>(voter - 1)].refused_at = now;
    store::polls::save(tx, *record);
    return Done{};
}

Result<GuestPoll> open_poll_link(store::Tx& tx, std::string token) {
    int voter = 0;
    TRY(const PollTable table, table_of_link(tx, token, voter));
    return show_to_guest(tx, table, voter);
}

Result<GuestPoll> vote_by_link(store::Tx& tx, VoteByLink input) {
    int voter = 0;
    TRY(PollTable table, table_of_link(tx, input.token, voter));
    CHECK(count_try(tx, Throttle::guest_answers,
                    to_string(table.record.poll.id) + "/" + std::to_string(voter), input.now));
    Voter& reader = table.record.voters[static_cast<std::size_t>(voter - 1)];
    if (Zone::find(input.zone)) reader.zone = input.zone;
    CHECK(take_address(tx, reader, input));
    CHECK(take_vote(tx, table, voter, input.wishes, input.desk, input.now));
    return show_to_guest(tx, table, voter);
}

}  // namespace vv::app
