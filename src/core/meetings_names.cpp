#include "core/meetings.h"

#include <array>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 7> kKinds{"coffee",     "lunch",     "dinner", "walk",
                                                 "conference", "gathering", "visit"};
constexpr std::array<std::string_view, 7> kStates{"proposed",  "scheduled", "met",    "missed",
                                                  "cancelled", "declined",  "expired"};
constexpr std::array<std::string_view, 2> kSides{"organiser", "invitee"};
constexpr std::array<std::string_view, 4> kWishes{"none", "yes", "if_need_be", "no"};
constexpr std::array<std::string_view, 6> kOutcomes{"unsaid",    "met",    "missed",
                                                    "not_there", "absent", "called_off"};
constexpr std::array<std::string_view, 9> kEvents{
    "proposed", "accepted", "declined", "countered", "rescheduled", "cancelled", "expired", "met", "missed"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
}
template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(MeetingKind kind) {
    return name_of(kKinds, kind);
}
std::optional<MeetingKind> parse_meeting_kind(std::string_view name) {
    return find<MeetingKind>(kKinds, name);
}
std::string_view to_string(MeetingState state) {
    return name_of(kStates, state);
}
std::optional<MeetingState> parse_meeting_state(std::string_view name) {
    return find<MeetingState>(kStates, name);
}
std::string_view to_string(Side side) {
    return name_of(kSides, side);
}
std::optional<Side> parse_side(std::string_view name) {
    return find<Side>(kSides, name);
}
std::string_view to_string(Wish wish) {
    return name_of(kWishes, wish);
}
std::optional<Wish> parse_wish(std::string_view name) {
    return find<Wish>(kWishes, name);
}
std::string_view to_string(Outcome outcome) {
    return name_of(kOutcomes, outcome);
}
std::optional<Outcome> parse_outcome(std::string_view name) {
    return find<Outcome>(kOutcomes, name);
}
std::string_view to_string(MeetingEvent event) {
    return name_of(kEvents, event);
}
std::optional<MeetingEvent> parse_meeting_event(std::string_view name) {
    return find<MeetingEvent>(kEvents, name);
}

}  // namespace vv::core
