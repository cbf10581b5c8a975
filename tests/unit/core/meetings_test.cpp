#include "core/meetings.h"

#include "core/meetings_offers.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:00Z");
const Zone kToronto = *Zone::find("America/Toronto");

Slot slot(std::string_view start, hours length = hours(2)) {
    const Instant begin = *parse_rfc3339(start);
    return {0, {begin, begin + length}, Wish::none};
}
MeetingPlace place(std::string name, bool is_public = true) {
    return {0, std::move(name), "17 Spadina Avenue", std::nullopt, is_public};
}

Proposal dinner() {
    Proposal proposal;
    proposal.kind = MeetingKind::dinner;
    proposal.purpose = "To sit at one table again";
    proposal.zone = "America/Toronto";
    proposal.offer.slots = {slot("2026-12-04T00:00:00Z"), slot("2026-12-03T00:00:00Z"),
                            slot("2026-12-05T00:00:00Z")};
    proposal.offer.places = {place("Silver Lantern"), place("Harbour Kitchen")};
    proposal.offer.message = "Which evening suits you?";
    return proposal;
}
Meeting proposed(const Proposal& proposal = dinner()) {
    return *propose(proposal, MeetingId{1}, "uid", kNow);
}
std::string code_of(const Result<Meeting>& result) {
    return result ? "accepted" : result.error().code;
}
Acceptance yes_to(int number, std::optional<int> at = 1) {
    return {{{number, {}, Wish::yes}}, at};
}
Meeting scheduled() {
    return *accept(mirrored(proposed()), yes_to(1), kNow);
}

TEST(ProposeMeeting, PutsTimesInOrderAndNumbersThem) {
    const Meeting meeting = proposed();
    ASSERT_EQ(meeting.slots.size(), 3U);
    EXPECT_EQ(format_rfc3339(meeting.slots[0].when.start), "2026-12-03T00:00:00Z");
    EXPECT_EQ(meeting.slots[0].number, 1);
    EXPECT_EQ(meeting.places[1].number, 2);
    EXPECT_EQ(meeting.sequence, 0);
}

TEST(ProposeMeeting, IsOpenForSevenDaysOrUntilTheLastTime) {
    EXPECT_EQ(proposed().expires_at, kNow + hours(24 * 7));
    Proposal soon = dinner();
    soon.offer.slots = {slot("2026-11-21T17:00:00Z")};
    EXPECT_EQ(format_rfc3339(proposed(soon).expires_at), "2026-11-21T17:00:00Z");
    soon.offer.answer_by = *parse_rfc3339("2026-11-21T12:00:00Z");
    EXPECT_EQ(format_rfc3339(proposed(soon).expires_at), "2026-11-21T12:00:00Z");
    soon.offer.answer_by = *parse_rfc3339("2026-11-22T12:00:00Z");
    EXPECT_EQ(code_of(propose(soon, MeetingId{1}, "uid", kNow)), "meeting.answer_by");
}

struct BadProposal {
    const char* code;
    void (*spoil)(Proposal&);
};
class ProposeMeetingRefuses : public testing::TestWithParam<BadProposal> {};
TEST_P(ProposeMeetingRefuses, WhatCannotBeMeant) {
    Proposal proposal = dinner();
    GetParam().spoil(proposal);
    EXPECT_EQ(code_of(propose(proposal, MeetingId{1}, "uid", kNow)), GetParam().code);
}
INSTANTIATE_TEST_SUITE_P(
    Proposals, ProposeMeetingRefuses,
    testing::Values(
        BadProposal{"meeting.no_slots", [](Proposal& p) { p.offer.slots.clear(); }},
        BadProposal{"meeting.many_slots",
                    [](Proposal& p) {
                        p.offer.slots.clear();
                        for (int i = 0; i < 11; ++i) {
                            p.offer.slots.push_back(slot("2026-12-03T00:00:00Z"));
                            p.offer.slots.back().when.start += minutes(i);
                        }
                    }},
        BadProposal{"meeting.slot_past",
                    [](Proposal& p) { p.offer.slots[1] = slot("2026-11-20T18:28:00Z"); }},
        BadProposal{"meeting.slot_empty",
                    [](Proposal& p) { p.offer.slots[0].when.end = p.offer.slots[0].when.start; }},
        BadProposal{"meeting.slot_long",
                    [](Proposal& p) { p.offer.slots[0] = slot("2026-12-03T00:00:00Z", hours(169)); }},
        BadProposal{"meeting.slot_far", [](Proposal& p) { p.offer.slots[0] = slot("2029-12-03T00:00:00Z"); }},
        BadProposal{"meeting.slot_twice", [](Proposal& p) { p.offer.slots[0] = p.offer.slots[1]; }},
        BadProposal{"meeting.no_places", [](Proposal& p) { p.offer.places.clear(); }},
        BadProposal{"meeting.many_places",
                    [](Proposal& p) { p.offer.places.assign(6, place("Silver Lantern")); }},
        BadProposal{"meeting.place_unnamed", [](Proposal& p) { p.offer.places[0].name = "  "; }},
        BadProposal{"meeting.place_off_the_map",
                    [](Proposal& p) {
                        p.offer.places[0].at = LatLng{91, 0};
                    }},
        BadProposal{"meeting.message_too_long", [](Proposal& p) { p.offer.message.assign(2001, 'x'); }},
        BadProposal{"meeting.title_unreadable",
                    [](Proposal& p) { p.title = "Dinner\r\nBcc: everyone@example.com"; }},
        BadProposal{"meeting.purpose_unreadable", [](Proposal& p) { p.purpose = "\xff\xfe"; }}));

TEST(ProposeMeetingToAStranger, NeedsAPurposeAndCarriesNoWebAddress) {
    Proposal proposal = dinner();
    proposal.to_stranger = true;
    EXPECT_TRUE(propose(proposal, MeetingId{1}, "uid", kNow).ok());
    proposal.offer.message = "See https://example.com";
    EXPECT_EQ(code_of(propose(proposal, MeetingId{1}, "uid", kNow)), "meeting.web_address");
    proposal.offer.message.clear();
    proposal.purpose = "Hi there";
    EXPECT_EQ(code_of(propose(proposal, MeetingId{1}, "uid", kNow)), "meeting.purpose_missing");
}

TEST(ProposeMeetingToAStranger, CannotSlipAWebAddressInWithALaterChange) {
    Proposal proposal = dinner();
    proposal.to_stranger = true;
    MeetingOffer later = dinner().offer;
    later.message = "WWW.example.com";
    EXPECT_EQ(code_of(offer(proposed(proposal), later, kNow)), "meeting.web_address");
}

TEST(AcceptMeeting, AgreesOnTheEarliestYesBeforeAnyIfNeedBe) {
    Acceptance answer;
    answer.wishes = {{1, {}, Wish::if_need_be}, {2, {}, Wish::no}, {3, {}, Wish::yes}};
    answer.place = 2;
    const Result<Meeting> after = accept(mirrored(proposed()), answer, kNow);
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(format_rfc3339(after->agreed->when.start), "2026-12-05T00:00:00Z");
    EXPECT_EQ(after->agreed->place.name, "Harbour Kitchen");
    EXPECT_EQ(after->slots[0].answer, Wish::if_need_be);
    EXPECT_EQ(after->state, MeetingState::scheduled);
    EXPECT_EQ(after->sequence, 1);
}

TEST(AcceptMeeting, TakesAnIfNeedBeWhenNothingElseSuits) {
    Acceptance answer;
    answer.wishes = {{1, {}, Wish::no}, {2, {}, Wish::if_need_be}, {3, {}, Wish::if_need_be}};
    answer.place = 1;
    EXPECT_EQ(format_rfc3339(accept(mirrored(proposed()), answer, kNow)->agreed->when.start),
              "2026-12-04T00:00:00Z");
}

TEST(AcceptMeeting, WantsAPlaceOnlyWhenThereAreSeveral) {
    EXPECT_EQ(code_of(accept(mirrored(proposed()), yes_to(1, std::nullopt), kNow)),
              "meeting.no_place_chosen");
    Proposal one = dinner();
    one.offer.places.resize(1);
    EXPECT_EQ(code_of(accept(mirrored(proposed(one)), yes_to(1, std::nullopt), kNow)), "accepted");
}

TEST(AcceptMeeting, IsRefusedForTheOneWhoProposed) {
    EXPECT_EQ(code_of(accept(proposed(), yes_to(1), kNow)), "meeting.not_asked");
}

TEST(AcceptMeeting, CannotHitATimeOfAnOlderOffer) {
    const Meeting organiser = *offer(proposed(), dinner().offer, kNow);
    EXPECT_EQ(organiser.slots[0].number, 4);
    EXPECT_EQ(code_of(accept(mirrored(organiser), yes_to(1, 3), kNow)), "meeting.slot_gone");
    EXPECT_EQ(code_of(accept(mirrored(organiser), yes_to(4, 1), kNow)), "meeting.place_gone");
    EXPECT_EQ(code_of(accept(mirrored(organiser), yes_to(4, 3), kNow)), "accepted");
}

TEST(AcceptMeeting, SkipsTimesThatHaveBegun) {
    Proposal proposal = dinner();
    proposal.offer.slots = {slot("2026-11-21T17:00:00Z"), slot("2026-11-22T17:00:00Z")};
    const Meeting invitee = mirrored(proposed(proposal));
    const Instant later = *parse_rfc3339("2026-11-21T17:00:00Z");
    EXPECT_EQ(code_of(accept(invitee, yes_to(1), later)), "meeting.slot_past");
    Acceptance both = yes_to(1);
    both.wishes.push_back({2, {}, Wish::if_need_be});
    EXPECT_EQ(format_rfc3339(accept(invitee, both, later)->agreed->when.start), "2026-11-22T17:00:00Z");
}

TEST(AcceptMeeting, WithNoWishAtAllIsRefused) {
    EXPECT_EQ(code_of(accept(mirrored(proposed()), Acceptance{{{1, {}, Wish::no}}, 1}, kNow)),
              "meeting.no_slot_chosen");
}

TEST(DeclineMeeting, IsSeenByTheDeclinerAlone) {
    const Meeting organiser = proposed();
    const Meeting invitee = *decline(mirrored(organiser), kNow);
    EXPECT_EQ(invitee.state, MeetingState::declined);
    EXPECT_EQ(mirrored(invitee, organiser), organiser);
}

TEST(DeclineMeeting, EndsExactlyLikeAProposalThatNobodyAnswered) {
    const Meeting organiser = proposed();
    const Meeting declined = *decline(mirrored(organiser), kNow);
    const Meeting after_decline = *expire(mirrored(declined, organiser), organiser.expires_at);
    const Meeting after_silence = *expire(organiser, organiser.expires_at);
    EXPECT_EQ(after_decline, after_silence);
    EXPECT_EQ(mirrored(after_decline, declined), mirrored(after_silence, mirrored(organiser)));
}

TEST(DeclineMeeting, CanBeTakenBackWhileTheProposalIsOpen) {
    const Meeting organiser = proposed();
    const Meeting declined = *decline(mirrored(organiser), kNow);
    const Meeting accepted = *accept(declined, yes_to(2), kNow + hours(3));
    const Meeting theirs = mirrored(accepted, organiser);
    EXPECT_EQ(theirs.state, MeetingState::scheduled);
    EXPECT_EQ(theirs.history.size(), 2U);  // proposed, accepted
    EXPECT_EQ(code_of(accept(declined, yes_to(2), organiser.expires_at)), "meeting.expired");
}

TEST(DeclineMeeting, IsNotUndoneByAChangedProposal) {
    const Meeting organiser = proposed();
    const Meeting declined = *decline(mirrored(organiser), kNow);
    const Meeting changed = *offer(organiser, dinner().offer, kNow + hours(1));
    const Meeting still = mirrored(changed, declined);
    EXPECT_EQ(still.state, MeetingState::declined);
    EXPECT_EQ(still.slots, changed.slots);
}

TEST(OfferOtherTimes, TurnsTheQuestionRound) {
    const Meeting countered = *offer(mirrored(proposed()), dinner().offer, kNow);
    EXPECT_EQ(countered.asked, Side::organiser);
    EXPECT_EQ(countered.history.back().what, MeetingEvent::countered);
    EXPECT_EQ(code_of(accept(mirrored(countered), yes_to(4, 3), kNow)), "accepted");
    EXPECT_EQ(code_of(accept(countered, yes_to(4, 3), kNow)), "meeting.not_asked");
}

TEST(OfferOtherTimes, MovesAMeetingThatWasAgreed) {
    const Meeting moved = *offer(scheduled(), dinner().offer, kNow);
    EXPECT_EQ(moved.state, MeetingState::proposed);
    EXPECT_FALSE(moved.agreed.has_value());
    EXPECT_EQ(moved.sequence, 2);
    EXPECT_EQ(moved.history.back().what, MeetingEvent::rescheduled);
}

TEST(OfferOtherTimes, KeepsAPrivatePlaceWithoutTellingItsAddress) {
    Proposal proposal = dinner();
    proposal.offer.places = {place("At home", false)};
    const Meeting invitee = mirrored(proposed(proposal));
    EXPECT_FALSE(invitee.shows_address_of(invitee.places[0]));
    MeetingOffer other_time = dinner().offer;
    other_time.places.clear();
    const Meeting same_place = *offer(invitee, other_time, kNow);
    EXPECT_EQ(same_place.places[0].address, "17 Spadina Avenue");
    EXPECT_FALSE(same_place.shows_address_of(same_place.places[0]));
    other_time.places = {invitee.places[0], place("Silver Lantern", false)};
    other_time.places[0].address = "somewhere else";
    const Meeting both = *offer(invitee, other_time, kNow);
    EXPECT_EQ(both.places[0].address, "17 Spadina Avenue");
    EXPECT_FALSE(both.shows_address_of(both.places[0]));
    EXPECT_TRUE(both.shows_address_of(both.places[1]));
    const Meeting agreed = *accept(mirrored(both), yes_to(4, 3), kNow);
    EXPECT_TRUE(mirrored(agreed).shows_address_of(agreed.places[0]));
}

TEST(OfferOtherTimes, EndsAfterFiftyChanges) {
    Meeting meeting = proposed();
    for (int i = 0; i < 50; ++i) meeting = *offer(meeting, dinner().offer, kNow);
    const Result<Meeting> after = offer(meeting, dinner().offer, kNow);
    ASSERT_FALSE(after.ok());
    EXPECT_EQ(after.error().fault, Fault::too_many);
}

TEST(CancelMeeting, IsForEitherSideOnceAgreed) {
    const Meeting invitee = scheduled();
    EXPECT_EQ(cancel(invitee, "", kNow)->sequence, 2);
    EXPECT_EQ(cancel(mirrored(invitee), "", kNow)->state, MeetingState::cancelled);
    EXPECT_EQ(code_of(cancel(invitee, "", *parse_rfc3339("2026-12-03T02:00:00Z"))), "meeting.past");
}

TEST(CancelMeeting, IsNotForTheInviteeWhoIsAsked) {
    EXPECT_EQ(code_of(cancel(mirrored(proposed()), "", kNow)), "meeting.not_yours");
    EXPECT_EQ(code_of(cancel(proposed(), "", kNow)), "accepted");
    const Meeting countered = *offer(mirrored(proposed()), dinner().offer, kNow);
    EXPECT_EQ(code_of(cancel(countered, "", kNow)), "accepted");
}

TEST(Outcome, OfOneSideIsEnoughForMetAndOfBothForMissed) {
    const Instant after = *parse_rfc3339("2026-12-03T02:00:00Z");
    const Meeting invitee = scheduled();
    EXPECT_EQ(say_outcome(invitee, Outcome::met, after)->state, MeetingState::met);
    const Meeting missed = *say_outcome(invitee, Outcome::missed, after);
    EXPECT_EQ(missed.state, MeetingState::scheduled);
    EXPECT_EQ(say_outcome(mirrored(missed, mirrored(invitee)), Outcome::missed, after)->state,
              MeetingState::missed);
    EXPECT_EQ(say_outcome(mirrored(missed, mirrored(invitee)), Outcome::met, after)->state,
              MeetingState::met);
}

TEST(Outcome, IsTakenFromTheStart) {
    const Meeting meeting = scheduled();
    EXPECT_EQ(code_of(say_outcome(meeting, Outcome::met, *parse_rfc3339("2026-12-02T23:59:59Z"))),
              "meeting.not_begun");
    EXPECT_EQ(code_of(say_outcome(meeting, Outcome::met, *parse_rfc3339("2026-12-03T00:00:00Z"))),
              "accepted");
}

TEST(Outcome, OnceSaidStays) {
    const Instant after = *parse_rfc3339("2026-12-03T02:00:00Z");
    const Meeting met = *say_outcome(scheduled(), Outcome::met, after);
    EXPECT_EQ(code_of(say_outcome(met, Outcome::missed, after)), "meeting.already_said");
    EXPECT_EQ(*say_outcome(met, Outcome::met, after), met);
}

TEST(Outcome, LapsesWhenOneSaysMissedAndTheOtherNothing) {
    const Instant end = *parse_rfc3339("2026-12-03T02:00:00Z");
    const Meeting said = *say_outcome(scheduled(), Outcome::missed, end);
    EXPECT_EQ(code_of(lapse(said, end + hours(24 * 14 - 1))), "meeting.not_due");
    EXPECT_EQ(lapse(said, end + hours(24 * 14))->state, MeetingState::missed);
    EXPECT_EQ(code_of(lapse(scheduled(), end + hours(24 * 60))), "meeting.not_due");
}

TEST(MeetingWarnings, NameAPrivateAddressAndALateHourOfAFirstMeeting) {
    Proposal proposal = dinner();
    EXPECT_TRUE(warnings(proposed(proposal), true, kToronto).empty());
    proposal.offer.places[1].is_public = false;
    proposal.offer.slots[0] = slot("2026-12-04T02:00:00Z");  // 21:00 to 23:00 there
    const auto found = warnings(proposed(proposal), true, kToronto);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].code, "private_place");
    EXPECT_EQ(found[1].code, "late_hour");
    EXPECT_TRUE(warnings(proposed(proposal), false, kToronto).empty());
}

TEST(MeetingWarnings, KnowEarlyMorningsAndTheNightsOfAConference) {
    Proposal proposal = dinner();
    proposal.offer.slots = {slot("2026-12-04T11:59:00Z")};  // 06:59 there
    EXPECT_EQ(warnings(proposed(proposal), true, kToronto).size(), 1U);
    proposal.offer.slots = {slot("2026-12-04T14:00:00Z", hours(56))};
    EXPECT_TRUE(warnings(proposed(proposal), true, kToronto).empty());
}

TEST(StillFree, LeavesOutTimesThatWentToSomebodyElse) {
    const Meeting invitee = mirrored(*propose(dinner(), MeetingId{1}, "uid", kNow));
    const std::vector<Span> first = {invitee.slots[0].when};
    EXPECT_EQ(still_free(invitee, yes_to(1), first).error().code, "meeting.slot_taken");
    EXPECT_EQ(still_free(invitee, yes_to(2), first)->wishes[0].answer, Wish::yes);
    EXPECT_EQ(still_free(invitee, yes_to(9), first)->wishes[0].answer, Wish::yes)
        << "accept() says what is wrong";
    const std::vector<Span> days = {{invitee.slots[0].when.start - hours(24), invitee.slots[0].when.end}};
    EXPECT_TRUE(still_free(invitee, yes_to(1), days).ok()) << "days of a conference have room for a dinner";
    const Meeting over = *decline(invitee, kNow);
    EXPECT_EQ(still_free(over, yes_to(1), first).error().code, "meeting.slot_taken");
}

}  // namespace
}  // namespace vv::core
