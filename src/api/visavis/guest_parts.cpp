#include "api/visavis/guest_parts.h"

#include <algorithm>
#include <array>
#include <vector>

extern "C" const char vv_guest_page[];
extern "C" const char vv_guest_page_end[];
extern "C" const char vv_page_head[];
extern "C" const char vv_page_head_end[];
extern "C" const char vv_page_foot[];
extern "C" const char vv_page_foot_end[];

namespace vv::api::visavis {
namespace {

using formats::Fields;

// Zones to choose from, besides the guest's own and the meeting's: one or two for every clock.
constexpr std::array<std::string_view, 36> kZones{
    "Africa/Cairo",      "Africa/Johannesburg", "Africa/Lagos",        "Africa/Nairobi",
    "America/Anchorage", "America/Bogota",      "America/Chicago",     "America/Denver",
    "America/Halifax",   "America/Los_Angeles", "America/Mexico_City", "America/New_York",
    "America/Sao_Paulo", "America/St_Johns",    "America/Toronto",     "Asia/Bangkok",
    "Asia/Dhaka",        "Asia/Dubai",          "Asia/Hong_Kong",      "Asia/Jakarta",
    "Asia/Jerusalem",    "Asia/Karachi",        "Asia/Kathmandu",      "Asia/Kolkata",
    "Asia/Shanghai",     "Asia/Tehran",         "Asia/Tokyo",          "Australia/Adelaide",
    "Australia/Sydney",  "Europe/Athens",       "Europe/Berlin",       "Europe/Lisbon",
    "Europe/London",     "Europe/Moscow",       "Pacific/Auckland",    "Pacific/Honolulu"};

std::string say_zone(const app::Texts& texts, const ZoneChoice& choice) {
    Fields fields;
    fields.set("city", app::city_of(choice.zone)).set("meeting_city", app::city_of(choice.place));
    fields.set("meeting_time", app::say_moment(texts, choice.first, choice.place, choice.now));
    const bool is_same = choice.zone.to_local(choice.first) == choice.place.to_local(choice.first);
    return texts.say(is_same ? "zone" : "zone.other", fields);
}

}  // namespace

std::string fill_page(std::string_view body, const Fields& page) {
    std::string whole(vv_page_head, vv_page_head_end);
    whole += body;
    whole.append(vv_page_foot, vv_page_foot_end);
    return formats::fill_html(whole, page);
}

std::string fill_guest_page(const Fields& page) {
    return fill_page({vv_guest_page, static_cast<std::size_t>(vv_guest_page_end - vv_guest_page)}, page);
}

void set_frame(Fields& page, const app::Texts& texts, std::string_view title,
               const std::optional<Error>& error) {
    page.set("language", "en").set("page_title", title);
    page.set("skip", texts.say("guest.skip")).set("about", texts.say("guest.about"));
    page.set("error", error ? std::string_view(error->detail) : std::string_view());
    page.set("error_title", texts.say("guest.error"));
}

void set_stop_link(Fields& page, const app::Texts& texts, const std::string& token) {
    if (token.empty()) return;
    page.set("stop_link", "/stop/" + token).set("stop", texts.say("guest.stop"));
}

void set_contact(Fields& page, const std::string& email) {
    const std::size_t at = std::min(email.rfind('@'), email.size());
    page.set("contact_email", email).set("contact_user", email.substr(0, at));
    page.set("contact_host", email.substr(at));
}

void set_texts(Fields& page, const app::Texts& texts, const Fields& gaps, std::string_view prefix,
               std::string_view before) {
    for (const auto& [key, text] : texts.all()) {
        if (!key.starts_with(prefix)) continue;
        std::string name = key.substr(prefix.size());
        std::replace(name.begin(), name.end(), '.', '_');
        page.set(std::string(before) + name, texts.say(key, gaps));
    }
}

Fields when_fields(const app::Texts& texts, const Span& when, const Zone& zone, Instant now) {
    Fields fields;
    fields.set("day", app::say_day(texts, when.start, zone, now));
    fields.set("hours", app::say_hours(texts, when, zone, now));
    return fields;
}

void set_wish(Fields& fields, const Form& typed, int number, core::Wish stands) {
    const std::string text = std::to_string(number);
    std::string_view wish = typed.value("s" + text);
    if (wish.empty()) wish = to_string(stands);
    fields.set("number", text).set("is_yes", wish == "yes").set("is_maybe", wish == "if_need_be");
    fields.set("is_no", wish == "no");
}

void set_zone_choice(Fields& page, const app::Texts& texts, const ZoneChoice& choice) {
    std::vector<std::string> names(kZones.begin(), kZones.end());
    names.push_back(choice.zone.name());
    names.push_back(choice.place.name());
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::vector<Fields> options;
    for (const std::string& name : names) {
        const auto zone = Zone::find(name);
        if (!zone) continue;
        Fields option;
        option.set("value", name)
            .set("city", app::city_of(*zone))
            .set("selected", name == choice.zone.name());
        options.push_back(std::move(option));
    }
    page.set("zones", std::vector<Fields>{Fields().set("options", options)});
    page.set("zone", say_zone(texts, choice)).set("zone_name", choice.zone.name());
}

}  // namespace vv::api::visavis
