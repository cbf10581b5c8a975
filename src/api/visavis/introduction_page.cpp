#include "api/visavis/introduction_page.h"

#include "api/visavis/guest_parts.h"
#include "base/text.h"

extern "C" const char vv_introduction_page[];
extern "C" const char vv_introduction_page_end[];

namespace vv::api::visavis {
namespace {

using core::IntroductionState;
using formats::Fields;

void set_lines(Fields& page, std::string_view name, std::string_view text) {
    std::vector<Fields> lines;
    if (!text.empty())
        for (const std::string_view line : split(text, '\n'))
            lines.push_back(Fields().set("line", trim(line)));
    page.set(std::string(name) + "_quote", !lines.empty()).set(std::string(name) + "_lines", lines);
}

// Nothing while the answer is awaited.
std::string state_key(const app::GuestIntroduction& shown) {
    switch (shown.state) {
        case IntroductionState::made:
            return "made";
        case IntroductionState::not_now:
            return shown.answer == core::Consent::unsaid ? "over" : "refused";
        case IntroductionState::over:
        case IntroductionState::expired:
            return std::string(to_string(shown.state));
        default:
            return shown.answer == core::Consent::yes ? "waiting" : "";
    }
}

}  // namespace

std::string render_introduction_page(const app::GuestIntroduction& shown, const IntroductionPageView& view) {
    const app::Texts& texts = app::Texts::of(shown.locale);
    Fields gaps;
    gaps.set("broker", shown.broker).set("asker", shown.asker).set("name", shown.guest);
    gaps.set("expires", app::say_day(texts, shown.expires_at, shown.zone, view.now));
    Fields page;
    set_texts(page, texts, gaps, "introduction.", "t_");
    set_frame(page, texts, texts.say("introduction.title", gaps), view.error);
    set_lines(page, "words", shown.words);
    set_lines(page, "ask", shown.ask);
    const std::string state = state_key(shown);
    page.set("answering", state.empty()).set("needs_email", shown.needs_email);
    page.set("email_typed", view.typed.value("email")).set("thanks_typed", view.typed.value("thanks"));
    page.set("is_made", state == "made").set("is_thanked", shown.is_thanked);
    set_contact(page, shown.contact);
    page.set("result_url", shown.result_url);
    if (!state.empty())
        page.set("state_title", texts.say("introduction." + state + ".title", gaps))
            .set("state_text", texts.say("introduction." + state + ".text", gaps));
    set_stop_link(page, texts, shown.stop_token);
    return fill_page(
        {vv_introduction_page, static_cast<std::size_t>(vv_introduction_page_end - vv_introduction_page)},
        page);
}

}  // namespace vv::api::visavis
