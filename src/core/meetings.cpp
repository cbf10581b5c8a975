#include "core/meetings.h"

#include "base/text.h"
#include "core/meetings_offers.h"
#include "core/no_shows.h"

#include <algorithm>

namespace vv::core {
namespace {

Error conflict(std::string code, std::string detail) {
    return {Fault::conflict, "meeting." + std::move(code), std::move(detail)};
}
Error is_closed(MeetingState state) {
    if (state == MeetingState::scheduled)
        return conflict(
            "closed",
            "A time is agreed already, so this answer came too late. To meet at another, suggest one.");
    if (state == MeetingState::cancelled)
        return conflict("closed", "The meeting has been called off, so there is nothing to answer any more.");
    return conflict("closed", "This meeting is over, so there is nothing to answer any more.");
}
Error ran_out() {
    return conflict("expired", "The proposal has run out; propose again.");
}

void note(Meeting& meeting, MeetingEvent what, std::optional<Side> by, Instant now) {
    meeting.history.push_back({now, by, what});
}

void forget_decline(Meeting& meeting) {
    std::erase_if(meeting.history,
                  [](const MeetingStep& step) { return step.what == MeetingEvent::declined; });
}

bool is_open(const Meeting& meeting) {
    return meeting.state == MeetingState::proposed || meeting.state == MeetingState::declined;
}

/// Whether this side may answer the open offer; one who has declined still may.
Result<Done> check_asked(const Meeting& mine, Instant now) {
    if (!is_open(mine)) return is_closed(mine.state);
    if (mine.asked != mine.me)
        return conflict("not_asked", "The other side has not answered your proposal yet.");
    if (now >= mine.expires_at) return ran_out();
    return Done{};
}

Result<Slot*> best_slot(Meeting& mine, const Acceptance& answer, Instant now) {
    for (const Slot& wish : answer.wishes) {
        const auto slot = std::find_if(mine.slots.begin(), mine.slots.end(),
                                       [&](const Slot& s) { return s.number == wish.number; });
        if (slot == mine.slots.end())
            return conflict("slot_gone", "The times have changed since; look again before you answer.");
        slot->answer = wish.answer;
    }
    Slot* best = nullptr;  // slots are in order of time
    bool has_suited = false;
    for (Slot& slot : mine.slots) {
        if (slot.answer != Wish::yes && slot.answer != Wish::if_need_be) continue;
        has_suited = true;
        if (slot.when.start <= now) continue;
        if (!best || (slot.answer == Wish::yes && best->answer == Wish::if_need_be)) best = &slot;
    }
    if (best) return best;
    if (has_suited) return conflict("slot_past", "That time has passed; choose another.");
    return Error{Fault::invalid, "meeting.no_slot_chosen", "Choose a time that suits you, or decline."};
}

Result<MeetingPlace> chosen_place(const Meeting& mine, std::optional<int> number) {
    if (!number && mine.places.size() == 1) return mine.places.front();
    if (!number) return Error{Fault::invalid, "meeting.no_place_chosen", "Choose one of the places."};
    const auto place = std::find_if(mine.places.begin(), mine.places.end(),
                                    [&](const MeetingPlace& p) { return p.number == *number; });
    if (place == mine.places.end())
        return conflict("place_gone", "The places have changed since; look again before you answer.");
    return *place;
}

void set_outcome(Meeting& mine, Side side, Outcome outcome) {
    (side == Side::organiser ? mine.organiser_says : mine.invitee_says) = outcome;
}

}  // namespace

bool is_over(MeetingState state) {
    return state != MeetingState::proposed && state != MeetingState::scheduled &&
           state != MeetingState::declined;
}

bool Meeting::shows_address_of(const MeetingPlace& place) const {
    return place.is_public || agreed || place.named_by == me;
}

bool Meeting::is_mine_to_answer() const {
    return state == MeetingState::proposed && asked == me;
}

Result<Meeting> propose(const Proposal& proposal, MeetingId id, std::string uid, Instant now) {
    CHECK(check_words(proposal));
    Meeting meeting;
    meeting.id = id;
    meeting.uid = std::move(uid);
    meeting.kind = proposal.kind;
    meeting.title = proposal.title;
    meeting.purpose = proposal.purpose;
    meeting.zone = proposal.zone;
    meeting.to_stranger = proposal.to_stranger;
    meeting.tells_decline = proposal.tells_decline;
    meeting.created_at = now;
    TRY(meeting, lay_out(std::move(meeting), proposal.offer,
                         proposal.to_stranger ? Links::refused : Links::allowed, now));
    note(meeting, MeetingEvent::proposed, Side::organiser, now);
    return meeting;
}

Result<Meeting> accept(Meeting mine, const Acceptance& answer, Instant now) {
    CHECK(check_asked(mine, now));
    for (Slot& slot : mine.slots) slot.answer = Wish::none;
    TRY(const Slot* const slot, best_slot(mine, answer, now));
    TRY(MeetingPlace place, chosen_place(mine, answer.place));
    mine.agreed = Agreement{slot->when, std::move(place)};
    mine.state = MeetingState::scheduled;
    ++mine.sequence;
    forget_decline(mine);
    note(mine, MeetingEvent::accepted, mine.me, now);
    return mine;
}

Result<Meeting> decline(Meeting mine, Instant now) {
    // Of what the guest has put on the table instead the guest was told nothing, and needs not be: it is the
    // organiser's no then.
    if (!mine.tells_decline || mine.me != Side::invitee) return ignore(std::move(mine), now);
    CHECK(check_asked(mine, now));
    mine.state = MeetingState::cancelled;
    mine.message.clear();
    ++mine.sequence;
    note(mine, MeetingEvent::declined, mine.me, now);
    return mine;
}

Result<Meeting> ignore(Meeting mine, Instant now) {
    CHECK(check_asked(mine, now));
    if (mine.state == MeetingState::declined) return mine;
    mine.state = MeetingState::declined;
    note(mine, MeetingEvent::declined, mine.me, now);
    return mine;
}

Result<Meeting> consider(Meeting mine, Instant now) {
    CHECK(check_asked(mine, now));
    mine.slots.front().answer = Wish::if_need_be;
    return mine;
}

Result<Meeting> offer(Meeting mine, const MeetingOffer& offer, Instant now) {
    const bool is_agreed = mine.state == MeetingState::scheduled;
    if (!is_open(mine) && !is_agreed) return is_closed(mine.state);
    if (!is_agreed && now >= mine.expires_at) return ran_out();
    if (is_agreed && now >= mine.agreed->when.start)
        return conflict("begun", "The meeting has begun; say afterwards whether you met.");
    if (mine.sequence >= kMeetingLimits.changes)
        return Error{Fault::too_many, "meeting.many_changes",
                     "This meeting has been changed fifty times; talk it over."};
    const bool is_counter = !is_agreed && mine.asked == mine.me;
    const bool is_strangers =
        mine.to_stranger && mine.me == Side::organiser && !is_agreed && mine.asked != mine.me;
    TRY(mine, lay_out(std::move(mine), offer, is_strangers ? Links::refused : Links::allowed, now));
    mine.state = MeetingState::proposed;
    mine.asked = other(mine.me);
    ++mine.sequence;
    forget_decline(mine);
    note(mine, is_counter ? MeetingEvent::countered : MeetingEvent::rescheduled, mine.me, now);
    return mine;
}

Result<Meeting> cancel(Meeting mine, std::string_view message, Instant now) {
    CHECK(check_message(message));
    if (mine.state != MeetingState::proposed && mine.state != MeetingState::scheduled)
        return is_closed(mine.state);
    if (mine.state == MeetingState::scheduled && now >= mine.agreed->when.end)
        return conflict("past", "The meeting is past; say whether you met.");
    if (mine.is_mine_to_answer() && mine.me == Side::invitee)
        return conflict("not_yours", "This is the other side's proposal; decline it.");
    mine.state = MeetingState::cancelled;
    mine.message = std::string(trim(message));
    ++mine.sequence;
    note(mine, MeetingEvent::cancelled, mine.me, now);
    return mine;
}

Result<Meeting> expire(Meeting mine, Instant now) {
    if (!is_open(mine)) return is_closed(mine.state);
    if (now < mine.expires_at) return conflict("not_due", "The proposal is still open.");
    mine.state = MeetingState::expired;
    ++mine.sequence;
    forget_decline(mine);
    note(mine, MeetingEvent::expired, std::nullopt, mine.expires_at);
    return mine;
}

Result<Meeting> say_outcome(Meeting mine, Outcome outcome, Instant now) {
    const bool may_be_met = mine.state == MeetingState::scheduled || mine.state == MeetingState::met ||
                            (mine.state == MeetingState::missed && says_whose(outcome));
    if (mine.mine() == outcome && outcome != Outcome::unsaid) return mine;
    if (!may_be_met) return is_closed(mine.state);
    if (outcome == Outcome::unsaid) return Error{Fault::invalid, "meeting.outcome", "Say whether you met."};
    if (now < mine.agreed->when.start)
        return conflict("not_begun", "The meeting has not begun yet; say afterwards whether you met.");
    const bool says_more = mine.mine() == Outcome::missed && says_whose(outcome);
    if (mine.mine() != Outcome::unsaid && !says_more)
        return conflict("already_said", "You have already said whether you met.");
    set_outcome(mine, mine.me, outcome);
    if (outcome == Outcome::met) mine.state = MeetingState::met;
    if (is_missed(outcome) && is_missed(mine.theirs())) mine.state = MeetingState::missed;
    if (!says_more)
        note(mine, outcome == Outcome::met ? MeetingEvent::met : MeetingEvent::missed, mine.me, now);
    return mine;
}

Result<Meeting> prove(Meeting mine, Instant now) {
    if (mine.state != MeetingState::scheduled && mine.state != MeetingState::met &&
        mine.state != MeetingState::missed)
        return conflict("not_agreed", "No meeting was agreed that this could prove.");
    const bool is_news = mine.state != MeetingState::met || mine.organiser_says != Outcome::met ||
                         mine.invitee_says != Outcome::met;
    if (!is_news) return mine;
    mine.state = MeetingState::met;
    set_outcome(mine, Side::organiser, Outcome::met);
    set_outcome(mine, Side::invitee, Outcome::met);
    mine.organiser_excuse.clear();
    mine.invitee_excuse.clear();
    mine.is_excused = false;
    note(mine, MeetingEvent::met, std::nullopt, now);
    return mine;
}

Result<Meeting> lapse(Meeting mine, Instant now) {
    if (mine.state != MeetingState::scheduled) return is_closed(mine.state);
    const bool is_half_said = is_missed(mine.organiser_says) || is_missed(mine.invitee_says);
    if (!is_half_said || now < mine.agreed->when.end + kMeetingLimits.unsaid_for)
        return conflict("not_due", "The other side may still say whether you met.");
    mine.state = MeetingState::missed;
    note(mine, MeetingEvent::missed, std::nullopt, now);
    return mine;
}

Meeting mirrored(const Meeting& mine) {
    Meeting theirs = mine;
    theirs.me = other(mine.me);
    return theirs;
}

Meeting mirrored(const Meeting& mine, Meeting theirs) {
    if (mine.state == MeetingState::declined) return theirs;
    const bool stays_declined = theirs.state == MeetingState::declined &&
                                mine.state == MeetingState::proposed && mine.asked == theirs.me;
    Meeting after = mine;
    after.id = theirs.id;
    after.me = theirs.me;
    if (!stays_declined) return after;
    after.state = MeetingState::declined;
    std::copy_if(theirs.history.begin(), theirs.history.end(), std::back_inserter(after.history),
                 [](const MeetingStep& step) { return step.what == MeetingEvent::declined; });
    return after;
}

}  // namespace vv::core
