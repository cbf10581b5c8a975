#include "core/meetings_offers.h"

#include "base/plain_line.h"
#include "base/text.h"

#include <algorithm>

namespace vv::core {
namespace {

constexpr std::chrono::hours kHalfADay{12};

enum class Lines { one, many };

Error invalid(std::string code, std::string detail) {
    return {Fault::invalid, "meeting." + std::move(code), std::move(detail)};
}

bool is_readable(std::string text, Lines lines) {
    if (lines == Lines::many) std::erase_if(text, [](char c) { return c == '\n' || c == '\t' || c == '\r'; });
    return is_utf8(text) && is_plain_line(text);
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Result<Done> check_text(std::string_view field, std::string_view text, std::size_t limit, Lines lines) {
    const std::string name(field);
    if (text.size() > limit)
        return invalid(name + "_too_long",
                       "The " + name + " may have " + std::to_string(limit) + " bytes at most; shorten it.");
    if (!is_readable(std::string(text), lines))
        return invalid(name + "_unreadable",
                       "The " + name + " holds characters that are no text; type it again.");
    return Done{};
}

Result<Done> refuse_web_address(std::string_view text) {
    if (has_web_address(text))
        return invalid(
            "web_address",
            "A first message to someone you are not linked with carries no web address; take it out.");
    return Done{};
}

Result<Done> check_slot(const Span& when, Instant now) {
    if (when.end <= when.start) return invalid("slot_empty", "A time must end after it starts.");
    if (when.start <= now) return invalid("slot_past", "A time must lie in the future.");
    if (when.end - when.start > kMeetingLimits.longest)
        return invalid("slot_long", "A meeting lasts seven days at most.");
    if (when.start - now > kMeetingLimits.farthest)
        return invalid("slot_far", "A time may be two years ahead at most.");
    return Done{};
}

Result<std::vector<Slot>> check_slots(std::vector<Slot> slots, Instant now) {
    if (slots.empty()) return invalid("no_slots", "Name at least one time.");
    if (slots.size() > kMeetingLimits.slots) return invalid("many_slots", "Name ten times at most.");
    for (const Slot& slot : slots) CHECK(check_slot(slot.when, now));
    std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.when < b.when; });
    const auto same = std::adjacent_find(slots.begin(), slots.end(),
                                         [](const Slot& a, const Slot& b) { return a.when == b.when; });
    if (same != slots.end()) return invalid("slot_twice", "A time is named twice; leave one out.");
    return slots;
}

Result<Done> check_place(const MeetingPlace& place) {
    if (trim(place.name).empty()) return invalid("place_unnamed", "Every place needs a name.");
    CHECK(check_text("place", place.name, kMeetingLimits.place_name, Lines::one));
    CHECK(check_text("address", place.address, kMeetingLimits.address, Lines::one));
    if (place.at && !place.at->is_valid())
        return invalid("place_off_the_map",
                       "A place's latitude is between -90 and 90, its longitude between -180 and 180.");
    return Done{};
}

Result<Done> check_places(const std::vector<MeetingPlace>& places) {
    if (places.empty()) return invalid("no_places", "Name at least one place.");
    if (places.size() > kMeetingLimits.places) return invalid("many_places", "Name five places at most.");
    for (const MeetingPlace& place : places) CHECK(check_place(place));
    return Done{};
}

template <class Numbered>
int highest(const std::vector<Numbered>& all) {
    int number = 0;
    for (const Numbered& one : all) number = std::max(number, one.number);
    return number;
}

// What is on the table stays as it is, so that a private address is neither told nor lost by naming its place
// again.
std::vector<MeetingPlace> named_places(const Meeting& meeting, const std::vector<MeetingPlace>& offered) {
    if (offered.empty()) return meeting.places;
    std::vector<MeetingPlace> places;
    for (const MeetingPlace& place : offered) {
        const auto known = std::find_if(
            meeting.places.begin(), meeting.places.end(),
            [&](const MeetingPlace& one) { return place.number != 0 && one.number == place.number; });
        places.push_back(known == meeting.places.end() ? place : *known);
        if (known == meeting.places.end()) places.back().named_by = meeting.me;
    }
    return places;
}

Result<Instant> open_until(const MeetingOffer& offer, Instant last_start, Instant now) {
    if (!offer.answer_by) return std::min(now + kMeetingLimits.open_for, last_start);
    if (*offer.answer_by <= now || *offer.answer_by > last_start)
        return invalid("answer_by", "The answer is wanted before the last of the times, and after now.");
    return *offer.answer_by;
}

}  // namespace

Result<Meeting> lay_out(Meeting meeting, const MeetingOffer& offer, Links links, Instant now) {
    TRY(auto slots, check_slots(offer.slots, now));
    std::vector<MeetingPlace> places = named_places(meeting, offer.places);
    CHECK(check_places(places));
    CHECK(check_message(offer.message));
    if (links == Links::refused) {
        CHECK(refuse_web_address(offer.message));
        for (const MeetingPlace& place : places) {
            CHECK(refuse_web_address(place.name));
            CHECK(refuse_web_address(place.address));
        }
    }
    TRY(meeting.expires_at, open_until(offer, slots.back().when.start, now));
    int number = highest(meeting.slots);
    for (Slot& slot : slots) slot = {++number, slot.when, Wish::none};
    int place_number = highest(meeting.places);
    for (MeetingPlace& place : places) place.number = ++place_number;
    meeting.slots = std::move(slots);
    meeting.places = std::move(places);
    meeting.message = std::string(trim(offer.message));
    meeting.agreed.reset();
    return meeting;
}

Result<Done> check_words(const Proposal& proposal) {
    CHECK(check_text("title", proposal.title, kMeetingLimits.title, Lines::one));
    CHECK(check_text("purpose", proposal.purpose, kMeetingLimits.purpose, Lines::many));
    if (!proposal.to_stranger) return Done{};
    if (characters(trim(proposal.purpose)) < kMeetingLimits.purpose_characters)
        return invalid("purpose_missing",
                       "Say in a sentence why you would like to meet: you and the other are not linked yet.");
    CHECK(refuse_web_address(proposal.title));
    CHECK(refuse_web_address(proposal.purpose));
    return Done{};
}

Result<Done> check_message(std::string_view message) {
    return check_text("message", message, kMeetingLimits.message, Lines::many);
}

bool is_taken(const Slot& slot, std::span<const Span> taken) {
    if (slot.when.end - slot.when.start > kHalfADay) return false;
    return std::any_of(taken.begin(), taken.end(), [&](const Span& other) {
        return other.end - other.start <= kHalfADay && other.start < slot.when.end &&
               slot.when.start < other.end;
    });
}

Result<Acceptance> still_free(const Meeting& mine, Acceptance answer, std::span<const Span> taken) {
    if (mine.state != MeetingState::proposed && mine.state != MeetingState::declined) return answer;
    bool has_lost = false;
    bool has_left = false;
    for (Slot& wish : answer.wishes) {
        if (wish.answer != Wish::yes && wish.answer != Wish::if_need_be) continue;
        const auto slot = std::find_if(mine.slots.begin(), mine.slots.end(),
                                       [&](const Slot& s) { return s.number == wish.number; });
        const bool is_lost = slot != mine.slots.end() && is_taken(*slot, taken);
        if (is_lost) wish.answer = Wish::none;
        (is_lost ? has_lost : has_left) = true;
    }
    if (has_lost && !has_left)
        return Error{Fault::conflict, "meeting.slot_taken",
                     "Sorry, that time was taken a moment ago. Choose another, or suggest one of your own."};
    return answer;
}

std::vector<MeetingWarning> warnings(const Meeting& meeting, bool is_first, const Zone& zone) {
    using std::chrono::hours;
    std::vector<MeetingWarning> found;
    if (!is_first) return found;
    const auto is_private = [](const MeetingPlace& place) { return !place.is_public; };
    if (std::any_of(meeting.places.begin(), meeting.places.end(), is_private))
        found.push_back(
            {"private_place",
             "This is a private address. For a first meeting a public place is the better choice."});
    const auto is_late = [&zone](const Slot& slot) {
        if (slot.when.end - slot.when.start > kHalfADay)
            return false;  // days of a conference have their nights
        const WallTime start = zone.to_local(slot.when.start);
        const WallTime end = zone.to_local(slot.when.end);
        const auto day = std::chrono::floor<std::chrono::days>(start);
        return start < day + hours(7) || end > day + hours(22);
    };
    if (std::any_of(meeting.slots.begin(), meeting.slots.end(), is_late))
        found.push_back({"late_hour",
                         "One of the times is late in the evening or at night. For a first meeting the day "
                         "is the better choice."});
    return found;
}

}  // namespace vv::core
