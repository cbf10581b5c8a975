// core/asks/progress.h — how those who were asked answered, and when an ask is done.
#pragma once

#include "core/people.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace vv::core {

using AskId = Id<struct AskTag>;

/// What came of one person for an ask. `left_out` was not asked and is not to be shown for it.
enum class AskedState { asked, yes, not_now, met, left_out };
std::string_view to_string(AskedState state);
std::optional<AskedState> parse_asked_state(std::string_view name);

struct Asked {
    PersonId person;
    AskedState state = AskedState::asked;
    std::optional<Instant> asked_at;
    Instant changed_at;
    std::optional<Instant> last_met;  // the owner and they, face to face
};

/// What it comes to: whoever was asked, or said yes, and was met since, is met.
AskedState state_now(const Asked& asked);

struct AskProgress {
    int asked = 0;  // in all, whatever they said
    int yes = 0;    // of those, who said yes or were met
    int met = 0;
    bool operator==(const AskProgress&) const = default;
};
AskProgress progress_of(std::span<const Asked> people);

/// An ask is met, and so closed, when as many as wanted were met; its owner may close any.
enum class AskState { open, met, closed };
std::string_view to_string(AskState state);
AskState state_of(const AskProgress& progress, std::optional<int> wanted, bool is_closed);

}  // namespace vv::core
