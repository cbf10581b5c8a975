// core/network_asks.h — when an ask that is sent to a tie comes before that tie's eyes.
//
// Nobody is flooded: a broker says how many asks a day are welcome, and may be silent for a while; what comes
// on top waits its turn, and who asks a great deal waits longer. The asker notices nothing of all this: an
// ask that waits, one that is declined, one behind a block and one of which nothing came look alike.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vv::core {

using AskSendId = Id<struct AskSendTag>;

struct NetworkAskLimits {
    std::size_t at_once = 20;
    int a_day = 30;                   // one account's, to all ties
    int free_a_week = 20;             // of which none is slowed
    std::chrono::hours slower_by{1};  // for each beyond
    std::chrono::hours slowest{3 * 24};
    std::chrono::hours open_for{14 * 24};
    int most_welcome = 50;  // a day, of one broker
};
inline constexpr NetworkAskLimits kNetworkAskLimits{};

/// What an account says about being asked.
struct Brokering {
    bool agrees = false;  // stands on other people's ways, and is told of by the first one on them
    int a_day = 3;        // asks a day that are welcome; 0: none
    std::optional<Instant> silent_until;
    bool operator==(const Brokering&) const = default;
};
/// `invalid` broker.a_day; a silence longer than a year is one of a year.
Result<Brokering> check_brokering(Brokering brokering, Instant now);

/// When the ask comes before the recipient. `shown` are the times at which the recipient's latest asks came
/// or will come, the latest first, a_day of them if there are so many. `sent_this_week`: by the asker, this
/// one not counted. Nothing: never, none is welcome.
std::optional<Instant> comes_at(const Brokering& recipient, std::span<const Instant> shown,
                                int sent_this_week, Instant now);

/// An address to share with all who helped; `invalid` ask.result unless it is http or https, whole, and names
/// nobody's password.
Result<std::string> check_result(std::string_view typed);

}  // namespace vv::core
