#include "core/introductions.h"

#include "base/plain_line.h"
#include "base/text.h"
#include "core/meetings_offers.h"
#include "core/names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 3> kRoles{"broker", "asker", "target"};
constexpr std::array<std::string_view, 4> kConsents{"unsaid", "yes", "not_now", "no"};
constexpr std::array<std::string_view, 6> kStates{"asker_asked", "target_asked", "made",
                                                  "not_now",     "over",         "expired"};

bool is_refusal(Consent consent) {
    return consent == Consent::not_now || consent == Consent::no;
}

bool is_open(IntroductionState state) {
    return state == IntroductionState::asker_asked || state == IntroductionState::target_asked;
}

Error bad_words(std::string detail) {
    return {Fault::invalid, "introduction.words", std::move(detail)};
}
Error over() {
    return {Fault::conflict, "introduction.over", "This introduction has ended."};
}

// What both the words of an introduction and thanks must be: short, text, and without a way out of here.
Result<std::string> check_words(std::string_view typed, std::size_t most, const char* field) {
    std::string text(trim(typed));
    std::erase(text, '\r');
    if (text.size() > most)
        return bad_words("At most " + std::to_string(most) + " bytes, please; shorten it.").at(field);
    std::string lines = text;
    std::replace_if(
        lines.begin(), lines.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    if (!is_utf8(lines) || !is_plain_line(lines))
        return bad_words("There are characters in it that are no text; type it again.").at(field);
    if (has_web_address(text))
        return bad_words("Words to somebody who has not agreed yet carry no web address; take it out.")
            .at(field);
    return text;
}

std::string with_work(const std::string& name, const std::string& work) {
    return work.empty() ? name : name + " (" + work + ")";
}

}  // namespace

std::string_view to_string(Role role) {
    return kRoles[static_cast<std::size_t>(role)];
}
std::string_view to_string(Consent consent) {
    return kConsents[static_cast<std::size_t>(consent)];
}
std::string_view to_string(IntroductionState state) {
    return kStates[static_cast<std::size_t>(state)];
}
std::optional<Consent> parse_consent(std::string_view name) {
    const auto at = std::ranges::find(kConsents, name);
    if (at == kConsents.end()) return std::nullopt;
    return static_cast<Consent>(at - kConsents.begin());
}

Result<Introduction> introduce(IntroductionId id, std::optional<AskId> ask, std::string to_target,
                               std::string to_asker, Instant now) {
    Introduction made;
    made.id = id;
    made.ask = ask;
    made.asker_says = ask ? Consent::yes : Consent::unsaid;
    made.created_at = now;
    made.expires_at = now + kIntroductionLimits.open_for;
    TRY(made.to_target, check_words(to_target, kIntroductionLimits.words, "to_target"));
    TRY(made.to_asker, check_words(to_asker, kIntroductionLimits.words, "to_asker"));
    if (made.to_target.empty())
        return bad_words("Say why the two would want to meet each other.").at("to_target");
    if (made.to_asker.empty())
        return bad_words("Say why the two would want to meet each other.").at("to_asker");
    return made;
}

IntroductionState state_of(const Introduction& introduction, Instant now) {
    if (introduction.made_at) return IntroductionState::made;
    if (is_refusal(introduction.asker_says) || is_refusal(introduction.target_says))
        return IntroductionState::not_now;
    if (introduction.is_over) return IntroductionState::over;
    if (now >= introduction.expires_at) return IntroductionState::expired;
    return introduction.asker_says == Consent::yes ? IntroductionState::target_asked
                                                   : IntroductionState::asker_asked;
}

std::optional<IntroductionState> state_for(Role role, const Introduction& introduction, Instant now) {
    const IntroductionState state = state_of(introduction, now);
    if (role == Role::broker || state == IntroductionState::made) return state;
    if (role == Role::target) {
        if (introduction.asker_says != Consent::yes) return std::nullopt;
        return state;
    }
    if (introduction.ask) return std::nullopt;
    if (is_open(state)) return state;
    if (introduction.asker_says == Consent::unsaid) return state;
    return IntroductionState::not_now;  // whatever ended it
}

Result<Introduction> answer(Introduction introduction, Role role, Consent consent, Instant now) {
    const IntroductionState state = state_of(introduction, now);
    const auto turn = role == Role::asker ? IntroductionState::asker_asked : IntroductionState::target_asked;
    if (role == Role::broker || consent == Consent::unsaid || (is_open(state) && state != turn))
        return Error{Fault::conflict, "introduction.not_asked", "It is not your turn to answer this."};
    if (state != turn) return over();
    (role == Role::asker ? introduction.asker_says : introduction.target_says) = consent;
    if (introduction.asker_says == Consent::yes && introduction.target_says == Consent::yes)
        introduction.made_at = now;
    return introduction;
}

Result<Introduction> take_back(Introduction introduction, Instant now) {
    if (!is_open(state_of(introduction, now))) return over();
    introduction.is_over = true;
    return introduction;
}

Result<Introduction> thank(Introduction introduction, Role role, std::string words, Instant now) {
    if (role == Role::broker || state_of(introduction, now) != IntroductionState::made)
        return Error{Fault::conflict, "introduction.not_made", "There is nobody to thank for this yet."};
    std::string& thanks = role == Role::asker ? introduction.asker_thanks : introduction.target_thanks;
    if (!thanks.empty()) return Error{Fault::conflict, "introduction.thanked", "You have said thank you."};
    TRY(thanks, check_words(words, kIntroductionLimits.thanks, "words"));
    if (thanks.empty()) return bad_words("Write a few words.").at("words");
    return introduction;
}

Draft draft_of(const DraftAbout& about) {
    const std::string asker = with_work(about.asker, about.asker_is);
    const std::string target = with_work(about.target, about.target_is);
    const std::string hello = "Hello " + called(about.target) + ", ";
    Draft draft;
    draft.to_target =
        about.for_ask
            ? hello + asker +
                  " is looking for somebody, and I thought of you at once. Would you like to meet?"
            : hello + "I would like you to meet " + asker + ". I think that you have much to talk about.";
    draft.to_asker = "Hello " + called(about.asker) + ", " +
                     (!about.for_ask ? "I know somebody you would enjoy meeting."
                                     : "meet " + target + ". You will find what you are looking for.");
    return draft;
}

}  // namespace vv::core
