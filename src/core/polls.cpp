#include "core/polls.h"

#include "core/free_time.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 4> kStates{"open", "picked", "closed", "expired"};
constexpr int kYesWeight = 2;
constexpr int kNeedWeight = 1;

Error closed(const Poll& poll) {
    return {Fault::conflict, "poll.closed",
            poll.state == PollState::picked
                ? "Thank you, but a time has been picked already, so nothing was changed."
                : "Thank you, but this poll has ended, so nothing was changed."};
}

bool is_over(const Poll& poll, Instant now) {
    return poll.state != PollState::open || now >= poll.closes_at;
}

bool suits(Wish wish) {
    return wish == Wish::yes || wish == Wish::if_need_be;
}

/// One of the times as a search for common free time that has a single start.
struct OneTime {
    Span when;
    SlotSearch search;

    explicit OneTime(const Span& span) {
        using std::chrono::minutes;
        const auto start = std::chrono::floor<minutes>(span.start);
        const auto length = std::chrono::ceil<minutes>(span.end - span.start);
        search.duration = std::clamp<minutes>(length, minutes(5), std::chrono::days(7));
        search.step = minutes(1);
        when = {start, start + search.duration};
        search.within = when;
    }
};

PersonTime time_of(const PollVoter& voter, int number, const std::optional<std::vector<Span>>& free,
                   const Span& when) {
    PersonTime time;
    const Wish wish = voter.wish_for(number);
    if (suits(wish)) {
        time.open = {when};
        time.preferences = {{when, wish == Wish::yes ? kYesWeight : kNeedWeight}};
    } else if (wish == Wish::none && free) {
        time.open = *free;
    }
    return time;
}

void count(PollStanding& standing, Wish wish) {
    switch (wish) {
        case Wish::yes:
            ++standing.yes;
            return;
        case Wish::if_need_be:
            ++standing.if_need_be;
            return;
        case Wish::no:
            ++standing.no;
            return;
        default:
            ++standing.unanswered;
    }
}

/// A standing with what it is sorted by.
struct Ranked {
    PollStanding standing;
    bool has_begun = false;
    int number = 0;  // of people
    std::int64_t liked = 0;
    Instant start;

    [[nodiscard]] auto order() const {
        return std::tuple(has_begun, !standing.suits_all, -number, -liked, start);
    }
};

Ranked rank(const Poll& poll, const PollTime& time, const PollFreeTime& free, Instant now) {
    const OneTime one(time.when);
    std::vector<PersonTime> people(1);
    people[0].open = free.organiser ? *free.organiser : std::vector<Span>{one.when};
    std::uint64_t must = 1;
    Ranked ranked;
    ranked.standing.time = time.number;
    for (std::size_t i = 0; i < poll.voters.size(); ++i) {
        const PollVoter& voter = poll.voters[i];
        count(ranked.standing, voter.wish_for(time.number));
        const auto known = i < free.voters.size() ? free.voters[i] : std::nullopt;
        people.push_back(time_of(voter, time.number, known, one.when));
        must |= std::uint64_t(voter.must_come) << (i + 1);
    }
    // Nobody is said to have to come here, so that a time that misses one is counted too, and comes last.
    const auto found = common_free_time(people, one.search);
    const std::uint64_t can = found && !found->empty() ? found->front().can : 0;
    ranked.liked = found && !found->empty() ? found->front().liked : 0;
    ranked.liked /= std::max<std::int64_t>(one.search.duration.count(), 1);
    ranked.standing.suits_organiser = (can & 1) != 0;
    ranked.standing.suits_all = (can & must) == must;
    ranked.number = std::popcount(can);
    ranked.standing.can = std::popcount(can & ~std::uint64_t(1));
    ranked.has_begun = time.when.start <= now;
    ranked.start = time.when.start;
    return ranked;
}

}  // namespace

std::string_view to_string(PollState state) {
    return kStates.at(static_cast<std::size_t>(state));
}

std::optional<PollState> parse_poll_state(std::string_view name) {
    const auto at = std::ranges::find(kStates, name);
    if (at == kStates.end()) return std::nullopt;
    return static_cast<PollState>(at - kStates.begin());
}

Wish PollVoter::wish_for(int time) const {
    const auto at = std::ranges::find(wishes, time, &PollWish::time);
    return at == wishes.end() ? Wish::none : at->wish;
}

const PollTime* Poll::time(int number) const {
    const auto at = std::ranges::find(times, number, &PollTime::number);
    return at == times.end() ? nullptr : &*at;
}

PollVoter* Poll::voter(int number) {
    const auto at = std::ranges::find(voters, number, &PollVoter::number);
    return at == voters.end() ? nullptr : &*at;
}

const PollVoter* Poll::voter(int number) const {
    const auto at = std::ranges::find(voters, number, &PollVoter::number);
    return at == voters.end() ? nullptr : &*at;
}

bool Poll::is_answered() const {
    return std::ranges::all_of(voters, [](const PollVoter& one) { return one.answered_at.has_value(); });
}

Result<Poll> begin_poll(const Proposal& asked, const std::vector<bool>& must_come, PollId id, std::string uid,
                        Instant now) {
    if (must_come.empty() || must_come.size() > kMostVoters)
        return Error{Fault::invalid, "poll.voters", "A poll is for one to forty-nine people besides you."};
    if (asked.offer.places.size() != 1)
        return Error{Fault::invalid, "poll.place", "Name the one place where it would be."};
    Proposal proposal = asked;
    proposal.offer.answer_by.reset();
    proposal.to_stranger = false;
    TRY(const Meeting laid, propose(proposal, {}, uid, now));
    Poll poll;
    poll.id = id;
    poll.uid = std::move(uid);
    poll.kind = laid.kind;
    poll.title = laid.title;
    poll.purpose = laid.purpose;
    poll.message = laid.message;
    poll.zone = laid.zone;
    poll.place = laid.places.front();
    poll.created_at = now;
    for (const Slot& slot : laid.slots) poll.times.push_back({slot.number, slot.when});
    poll.closes_at = poll.times.back().when.start;
    int number = 0;
    for (const bool must : must_come) poll.voters.push_back({++number, must, {}, {}});
    return poll;
}

Result<Poll> vote(Poll poll, int voter, std::span<const PollWish> wishes, Instant now) {
    if (is_over(poll, now)) return closed(poll);
    PollVoter* const who = poll.voter(voter);
    if (!who) return Error{Fault::not_found, "poll.unknown", "There is no such poll."};
    who->wishes.clear();
    for (const PollTime& time : poll.times) {
        const auto said = std::ranges::find(wishes, time.number, &PollWish::time);
        if (said != wishes.end() && said->wish != Wish::none) who->wishes.push_back(*said);
    }
    who->answered_at = who->wishes.empty() ? std::nullopt : std::optional(now);
    return poll;
}

Result<Poll> pick(Poll poll, int time, Instant now) {
    if (is_over(poll, now)) return closed(poll);
    const PollTime* const chosen = poll.time(time);
    if (!chosen) return Error{Fault::invalid, "poll.time", "That is none of the poll's times."};
    if (chosen->when.start <= now)
        return Error{Fault::conflict, "poll.time_past", "That time has passed; pick another."};
    poll.state = PollState::picked;
    poll.picked = time;
    return poll;
}

Result<Poll> close(Poll poll, Instant now) {
    if (is_over(poll, now)) return closed(poll);
    poll.state = PollState::closed;
    return poll;
}

Result<Poll> expire(Poll poll, Instant now) {
    if (poll.state != PollState::open || now < poll.closes_at)
        return Error{Fault::conflict, "poll.not_due", "The poll has not run out."};
    poll.state = PollState::expired;
    return poll;
}

std::vector<PollStanding> standings(const Poll& poll, const PollFreeTime& free, Instant now) {
    std::vector<Ranked> ranked;
    for (const PollTime& time : poll.times) ranked.push_back(rank(poll, time, free, now));
    std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) { return a.order() < b.order(); });
    std::vector<PollStanding> standing;
    for (const Ranked& one : ranked) standing.push_back(one.standing);
    return standing;
}

}  // namespace vv::core
