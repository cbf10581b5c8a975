// core/introductions.h — a broker brings two people together after both have said yes.
//
// One of the two is the asker: whose wish it is, or, when it is the broker's own idea, who is asked first and
// without being told about whom. The other is the target. The asker is named to the target only after the
// asker's yes, and the target to the asker only after the target's. A no is told to nobody: to the others it
// looks like "not now".
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "core/accounts.h"
#include "core/asks/progress.h"

#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

using IntroductionId = Id<struct IntroductionTag>;

enum class Role { broker, asker, target };
std::string_view to_string(Role role);

/// What one of the two says.
enum class Consent { unsaid, yes, not_now, no };
std::string_view to_string(Consent consent);
std::optional<Consent> parse_consent(std::string_view name);

/// asker_asked (the broker's own idea only) → target_asked → made | not_now | over | expired. `over`: the
/// broker took it back, or the ask it was for is done, or one of the three has left.
enum class IntroductionState { asker_asked, target_asked, made, not_now, over, expired };
std::string_view to_string(IntroductionState state);

struct Introduction {
    IntroductionId id;
    std::optional<AskId> ask;  // the asker's: asking was the asker's yes
    std::string to_target;     // the broker's words: why the target would want to meet the asker
    std::string to_asker;      // and the asker the target
    Consent asker_says = Consent::unsaid;
    Consent target_says = Consent::unsaid;
    Instant created_at;
    Instant expires_at;
    bool is_over = false;
    std::optional<Instant> made_at;
    std::optional<Instant> met_at;  // the two, face to face, since it was made
    std::string asker_thanks, target_thanks;
    bool operator==(const Introduction&) const = default;
};

struct IntroductionLimits {
    std::size_t words = 2'000, thanks = 500;  // bytes
    std::chrono::hours open_for{14 * 24};
    int a_day = 10;         // of one broker
    int mails_a_day = 5;    // of one broker, to people without an account
    int shown_at_once = 5;  // waiting for one target, from all brokers
};
inline constexpr IntroductionLimits kIntroductionLimits{};

/// A new one. Faults: `invalid` introduction.words when the words to either are missing, too long, no text,
/// or hold a web address.
Result<Introduction> introduce(IntroductionId id, std::optional<AskId> ask, std::string to_target,
                               std::string to_asker, Instant now);

IntroductionState state_of(const Introduction& introduction, Instant now);

/// What a side sees of the state; nothing: not even that there is such an introduction. The target's own no
/// is seen by the target alone, and of an introduction that the asker asked for the asker sees nothing before
/// it is made.
std::optional<IntroductionState> state_for(Role role, const Introduction& introduction, Instant now);

/// Faults: `conflict` introduction.not_asked when it is not this side's turn (any more), introduction.over
/// when it has ended.
Result<Introduction> answer(Introduction introduction, Role role, Consent consent, Instant now);
/// The broker takes it back; `conflict` introduction.over once it has ended.
Result<Introduction> take_back(Introduction introduction, Instant now);
/// A few words to the broker, once. Faults: `conflict` introduction.not_made, introduction.thanked; `invalid`
/// introduction.words.
Result<Introduction> thank(Introduction introduction, Role role, std::string words, Instant now);

/// A first draft of the broker's words, from what the broker knows.
struct DraftAbout {
    std::string broker, asker, target;  // names
    std::string asker_is, target_is;    // "Editor, Blue Heron"; may be empty
    bool for_ask = false;               // which is shown beside the words
};
struct Draft {
    std::string to_target, to_asker;
};
Draft draft_of(const DraftAbout& about);

}  // namespace vv::core
