#include "core/asks/progress.h"

#include <algorithm>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 5> kAsked{"asked", "yes", "not_now", "met", "left_out"};
constexpr std::array<std::string_view, 3> kStates{"open", "met", "closed"};

}  // namespace

std::string_view to_string(AskedState state) {
    return kAsked[static_cast<std::size_t>(state)];
}

std::optional<AskedState> parse_asked_state(std::string_view name) {
    const auto at = std::ranges::find(kAsked, name);
    if (at == kAsked.end()) return std::nullopt;
    return static_cast<AskedState>(at - kAsked.begin());
}

AskedState state_now(const Asked& asked) {
    const bool is_waiting = asked.state == AskedState::asked || asked.state == AskedState::yes;
    const bool met_since = asked.asked_at && asked.last_met && *asked.last_met >= *asked.asked_at;
    return is_waiting && met_since ? AskedState::met : asked.state;
}

AskProgress progress_of(std::span<const Asked> people) {
    AskProgress progress;
    for (const Asked& one : people) {
        const AskedState state = state_now(one);
        if (state == AskedState::left_out) continue;
        ++progress.asked;
        if (state == AskedState::yes || state == AskedState::met) ++progress.yes;
        if (state == AskedState::met) ++progress.met;
    }
    return progress;
}

std::string_view to_string(AskState state) {
    return kStates[static_cast<std::size_t>(state)];
}

AskState state_of(const AskProgress& progress, std::optional<int> wanted, bool is_closed) {
    if (wanted && progress.met >= *wanted) return AskState::met;
    return is_closed ? AskState::closed : AskState::open;
}

}  // namespace vv::core
