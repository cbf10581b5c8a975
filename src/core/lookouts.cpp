#include "core/lookouts.h"

#include "base/plain_line.h"
#include "base/text.h"
#include "core/accounts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 5> kStates{"watching", "asking", "raised", "safe", "called_off"};

Error invalid(const char* field, std::string detail) {
    return Error(Fault::invalid, std::string("lookout.") + field, std::move(detail)).at(field);
}
Error over() {
    return {Fault::conflict, "lookout.over", "This has ended; there is nothing to change any more."};
}

Result<std::string> check_line(std::string_view typed, std::size_t most, const char* field) {
    std::string text(trim(typed));
    if (text.size() > most)
        return invalid(field, "At most " + std::to_string(most) + " bytes, please; shorten it.");
    if (!is_utf8(text) || !is_plain_line(text))
        return invalid(field, "There are characters in it that are no text; type it again.");
    return text;
}

Result<std::string> check_words(std::string_view typed, std::size_t most, const char* field) {
    TRY(std::string text, check_line(typed, most, field));
    if (!is_visible(text)) return invalid(field, "Your friend needs to know this; fill it in.");
    return text;
}

}  // namespace

std::string_view to_string(LookoutState state) {
    return kStates[static_cast<std::size_t>(state)];
}

Result<Lookout> look_out(Lookout wanted, const Span& meeting, Instant now) {
    TRY(wanted.place, check_words(wanted.place, kLookoutLimits.place, "place"));
    TRY(wanted.company, check_words(wanted.company, kLookoutLimits.company, "company"));
    TRY(wanted.friend_name, check_line(wanted.friend_name, kLookoutLimits.friend_name, "friend"));
    if (!wanted.friend_email.empty()) {
        TRY(wanted.friend_email, check_email(wanted.friend_email));
    }
    if (wanted.grace < kLookoutLimits.least_grace || wanted.grace > kLookoutLimits.most_grace)
        return invalid("grace", "Between 15 minutes and four hours can pass before your friend is told.");
    if (wanted.until <= now) return invalid("until", "That time has passed; choose a later one.");
    if (wanted.until <= meeting.start || wanted.until > meeting.end + kLookoutLimits.after)
        return invalid("until", "Choose a time after the meeting begins, at most a day after it ends.");
    wanted.start = meeting.start;
    wanted.created_at = now;
    return wanted;
}

LookoutState state_of(const Lookout& lookout, Instant now) {
    if (lookout.safe_at) return LookoutState::safe;
    if (lookout.called_off_at) return LookoutState::called_off;
    if (lookout.raised_at || now >= lookout.alarm_at()) return LookoutState::raised;
    return now >= lookout.until ? LookoutState::asking : LookoutState::watching;
}

Result<Lookout> come_home(Lookout lookout, Instant now) {
    if (lookout.safe_at) return lookout;
    if (lookout.called_off_at) return over();
    lookout.safe_at = now;
    return lookout;
}

Result<Lookout> stay_longer(Lookout lookout, Instant until, Instant now) {
    const LookoutState state = state_of(lookout, now);
    if (state != LookoutState::watching && state != LookoutState::asking) return over();
    if (until <= lookout.until || until <= now || until > std::max(now, lookout.until) + kLookoutLimits.after)
        return invalid("until", "Choose a later time than before, at most a day ahead.");
    lookout.until = until;
    lookout.asked_at.reset();
    return lookout;
}

Lookout call_off(Lookout lookout, Instant now) {
    if (!lookout.is_answered()) lookout.called_off_at = now;
    return lookout;
}

std::optional<Instant> due_next(const Lookout& lookout) {
    if (lookout.is_answered() || lookout.raised_at) return std::nullopt;
    return lookout.asked_at ? lookout.alarm_at() : lookout.until;
}

Instant gone_at(const Lookout& lookout) {
    if (lookout.is_answered())
        return std::max(lookout.safe_at, lookout.called_off_at).value() + kLookoutLimits.kept_answered;
    return lookout.alarm_at() + kLookoutLimits.kept_raised;
}

}  // namespace vv::core
