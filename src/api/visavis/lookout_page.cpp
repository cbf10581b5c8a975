#include "api/visavis/lookout_page.h"

#include "api/visavis/guest_parts.h"
#include "core/names.h"

extern "C" const char vv_lookout_page[];
extern "C" const char vv_lookout_page_end[];

namespace vv::api::visavis {
namespace {

using core::LookoutState;
using formats::Fields;

Fields gaps_of(const app::LookoutPage& shown, const app::Texts& texts, Instant now) {
    const core::Lookout& lookout = shown.lookout;
    const std::string& friend_name = lookout.friend_name;
    Fields gaps;
    gaps.set("owner", shown.owner).set("first", core::called(shown.owner)).set("company", lookout.company);
    gaps.set("friend", friend_name.empty() ? texts.say("mail.lookout.friend") : friend_name);
    gaps.set("until", app::say_moment(texts, lookout.until, shown.zone, now));
    gaps.set("alarm", app::say_moment(texts, lookout.alarm_at(), shown.zone, now));
    gaps.set("gone", app::say_day(texts, core::gone_at(lookout), shown.zone, now));
    gaps.set("city", app::city_of(shown.zone));
    if (lookout.safe_at) gaps.set("said", app::say_moment(texts, *lookout.safe_at, shown.zone, now));
    return gaps;
}

/// What stands below: to the friend what was told and how it goes on, to the owner what the friend sees.
void set_notes(Fields& page, const app::LookoutPage& shown, const app::Texts& texts, const Fields& gaps) {
    const bool is_waiting = shown.state == LookoutState::watching || shown.state == LookoutState::asking;
    page.set("may_stay", is_waiting).set("is_waiting", is_waiting && !shown.is_owners);
    page.set("is_raised", !shown.is_owners && shown.state == LookoutState::raised);
    if (shown.mails_friend) page.set("t_how_told", texts.say("lookout.how.told.mail", gaps));
    if (!shown.is_owners) return;
    for (const auto& [gap, key] : {std::pair{"t_told", "lookout.told.owner"},
                                   {"t_how_seen", "lookout.how.seen.owner"},
                                   {"t_how_no", "lookout.how.no.owner"}})
        page.set(gap, texts.say(key, gaps));
}

}  // namespace

std::string render_lookout_page(const app::LookoutPage& shown, Instant now,
                                const std::optional<Error>& error) {
    const app::Texts& texts = app::Texts::of(shown.locale);
    const Fields gaps = gaps_of(shown, texts, now);
    Fields page;
    set_texts(page, texts, gaps, "lookout.", "t_");
    const std::string key =
        std::string("lookout.") + (shown.is_owners ? "owner." : "") + std::string(to_string(shown.state));
    const bool is_by_page =
        shown.is_owners && !shown.mails_friend && texts.all().contains(key + ".text.page");
    const std::string text = is_by_page ? ".text.page" : ".text";
    page.set("by", texts.say(shown.is_owners ? "lookout.by.owner" : "lookout.by", gaps));
    const std::string title = texts.say(key + ".title", gaps);
    set_frame(page, texts, title, error);
    page.set("state_title", title).set("state_text", texts.say(key + text, gaps));
    const bool is_open = !shown.lookout.is_answered();
    page.set("answering", shown.is_owners && is_open);
    set_notes(page, shown, texts, gaps);
    page.set("company", shown.lookout.company).set("place", shown.lookout.place);
    page.set("when", app::say_when(texts, {shown.lookout.start, shown.lookout.until}, shown.zone, now));
    set_stop_link(page, texts, shown.stop_token);
    return fill_page({vv_lookout_page, static_cast<std::size_t>(vv_lookout_page_end - vv_lookout_page)},
                     page);
}

}  // namespace vv::api::visavis
