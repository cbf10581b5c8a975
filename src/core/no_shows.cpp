#include "core/no_shows.h"

#include "base/plain_line.h"
#include "base/text.h"

namespace vv::core {

bool is_missed(Outcome outcome) {
    return outcome != Outcome::unsaid && outcome != Outcome::met;
}

bool says_whose(Outcome outcome) {
    return is_missed(outcome) && outcome != Outcome::missed;
}

Result<Meeting> excuse(Meeting mine, std::string_view words) {
    if (mine.mine() != Outcome::absent)
        return Error{Fault::conflict, "meeting.not_absent",
                     "A word of excuse is for who did not come; say so first."};
    std::string text(trim(words));
    if (text.size() > kNoShowLimits.excuse)
        return Error(Fault::invalid, "meeting.excuse", "That is too long for an excuse; shorten it.")
            .at("excuse");
    if (!is_utf8(text) || !is_plain_line(text))
        return Error(Fault::invalid, "meeting.excuse",
                     "There are characters in it that are no text; type it again.")
            .at("excuse");
    (mine.me == Side::organiser ? mine.organiser_excuse : mine.invitee_excuse) = std::move(text);
    return mine;
}

Result<Meeting> accept_excuse(Meeting mine) {
    if (mine.theirs() != Outcome::absent)
        return Error{Fault::conflict, "meeting.no_absence",
                     "The other side has not said that it did not come."};
    mine.is_excused = true;
    return mine;
}

bool stayed_away(const Meeting& mine) {
    const bool agrees = mine.theirs() == Outcome::unsaid || mine.theirs() == Outcome::absent;
    return mine.state == MeetingState::missed && mine.mine() == Outcome::not_there && agrees &&
           !mine.is_excused;
}

std::optional<Instant> faults_until(const Meeting& meeting) {
    const bool is_told = says_whose(meeting.organiser_says) || says_whose(meeting.invitee_says);
    if (!is_told || !meeting.agreed) return std::nullopt;
    return meeting.agreed->when.end + kNoShowLimits.kept;
}

}  // namespace vv::core
