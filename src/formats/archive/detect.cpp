#include "formats/archive/detect.h"

#include "base/text.h"
#include "formats/archive/facebook_files.h"
#include "formats/archive/linkedin_tables.h"
#include "formats/archive/mastodon.h"
#include "formats/archive/twitter_files.h"
#include "formats/archive/unpack.h"
#include "formats/archive/whatsapp_lines.h"
#include "formats/contacts_table.h"
#include "formats/csv.h"
#include "formats/text_stream.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace vv::formats::archive {
namespace {

constexpr int kRowsLookedAt = 50;

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool holds_all(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::all_of(parts.begin(), parts.end(), [&](auto part) { return holds(text, part); });
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](auto part) { return holds(text, part); });
}

std::string base_name(std::string_view path) {
    return ascii_lower(path.substr(path.rfind('/') + 1));
}

// Pictures, films, sounds, fonts, documents for people: they hold nobody's data that could be read here.
bool is_media(std::string_view head) {
    using namespace std::string_view_literals;
    static constexpr std::array kMagic = {"\xff\xd8\xff"sv,
                                          "\x89PNG"sv,
                                          "GIF8"sv,
                                          "RIFF"sv,
                                          "OggS"sv,
                                          "ID3"sv,
                                          "%PDF"sv,
                                          "wOFF"sv,
                                          "wOF2"sv,
                                          "\0\0\1\0"sv,
                                          "\x1a\x45\xdf\xa3"sv,
                                          "fLaC"sv,
                                          "\xff\xfb"sv,
                                          "\xff\xf1"sv,
                                          "\0\1\0\0\0"sv,
                                          "OTTO"sv,
                                          "#!AMR"sv,
                                          "II*\0"sv,
                                          "MM\0*"sv,
                                          "<svg"sv};
    if (head.size() >= 12 && head.substr(4, 4) == "ftyp") return true;
    if (head.starts_with("BM") && head.size() > 6 && head[6] == 0) return true;
    return looks_like_document(head) ||
           std::any_of(kMagic.begin(), kMagic.end(), [&](auto magic) { return head.starts_with(magic); });
}

std::string decode_head(std::string_view head) {
    ViewStream bytes(head);
    TextStream text(bytes);
    std::string out;
    while (true) {
        const auto piece = text.next();
        if (!piece || piece->empty()) return out;
        out += *piece;
    }
}

// Lists in brackets, as only Ning's archiver writes them; or, where somebody has mended that, by its name for
// members.
bool is_ning(std::string_view text) {
    const auto inside = trim(text.substr(text[0] == '(' ? 1 : 0));
    if (text[0] == '(') return inside.starts_with('[') || inside.starts_with('{');
    return holds(text, "\"contributorName\"");
}

std::optional<Detected> detect_json(std::string_view text, const std::string& name) {
    const auto is = [](Kind kind, Role role = Role::whole) { return Detected{kind, role}; };
    if (const auto role = twitter_role(text)) return is(Kind::twitter, *role);
    if (text.empty() || !holds("{[(", text.substr(0, 1))) return std::nullopt;
    if (is_ning(text))
        return is(Kind::ning,
                  holds(text, "\"fullName\"") && holds_any(text, {"\"level\"", "\"profilePhoto\""})
                      ? Role::connections
                      : Role::whole);
    if (holds_any(text, {"\"timelineObjects\"", "\"semanticSegments\"", "\"placeVisit\"",
                         "\"activitySegment\"", "\"latitudeE7\"", "\"rawSignals\"", "\"locationHistory"}) ||
        (text[0] == '[' && holds_all(text, {"\"startTime\"", "\"endTime\""}) &&
         holds_any(text, {"\"visit\"", "\"activity\""})))
        return is(Kind::timeline);
    if (holds_all(text, {"\"userId\"", "\"exportDate\"", "\"conversations\""})) return is(Kind::skype);
    if (holds(text, "www.w3.org/ns/activitystreams") || holds(text, "\"orderedItems\"")) {
        const bool actor = holds(text, "\"preferredUsername\"") && !holds(text, "\"orderedItems\"");
        return is(Kind::mastodon, actor ? Role::profile : Role::whole);
    }
    if (const auto role = facebook_role(text, name)) return is(Kind::facebook, *role);
    if (holds_any(text,
                  {"\"timeZoneOffset\"", "\"timeArrived\"", "\"venueLikes\"", "\"homeCity\"", "4sqi.net"}) ||
        (holds(text, "\"venue\"") && holds(text, "\"createdAt\"")) ||
        (holds_all(text, {"\"firstName\"", "\"relationship\""}))) {
        const bool people = holds(text, "\"firstName\"") && !holds(text, "\"venue\"");
        return is(Kind::foursquare, people ? Role::profile : Role::whole);
    }
    // An empty list says nothing; its wrapper and its name together do.
    static constexpr std::array kSwarm = {"comments.json", "unconfirmed_visits.json",
                                          "tips.json",     "lists.json",
                                          "friends.json",  "visits.json",
                                          "shares.json",   "plans.json",
                                          "photos.json",   "checkins1.json",
                                          "checkins.json", "expertise.json"};
    if (holds_all(text, {"\"count\"", "\"items\""}) &&
        std::find(kSwarm.begin(), kSwarm.end(), name) != kSwarm.end())
        return is(Kind::foursquare);
    return std::nullopt;
}

std::optional<Detected> detect_markup(std::string_view text) {
    const auto lower_text = ascii_lower(text);
    if (lower_text.starts_with("<!doctype html") || lower_text.starts_with("<html")) {
        if (holds_any(lower_text, {"facebook.com", "<title>facebook", "your facebook"}))
            return Detected{Kind::facebook, Role::html};
        return Detected{std::nullopt, Role::by_file};
    }
    if (!text.starts_with('<')) return std::nullopt;
    if (holds_any(text, {"<smses", "<calls", "SMS Backup & Restore"}))
        return Detected{Kind::phone, Role::whole};
    if (holds_any(lower_text, {"<rss", "<feed", "<opml", "<rdf:rdf", "wordpress extended rss"}))
        return Detected{Kind::blog, Role::whole};
    return std::nullopt;
}

std::optional<Detected> detect_row(const CsvRow& row, bool first, const std::string& name) {
    if (const auto table = linkedin_table(row.fields)) {
        // LinkedIn's robots and coaches have files of the same layout; no one is behind them.
        const bool robot = table->role == Role::messages && holds_any(name, {"guide", "role_play", "coach"});
        return Detected{Kind::linkedin, robot ? Role::by_file : table->role};
    }
    if (!first) return std::nullopt;
    if (const auto table = contacts_table(row.fields))
        return Detected{table->layout == ContactsLayout::outlook ? Kind::outlook : Kind::google_contacts,
                        Role::whole};
    const auto head = row.fields.empty() ? std::string{} : fold(row.at(0));
    if (const auto role = mastodon_role(row, name)) return Detected{Kind::mastodon, *role};
    if (head == "tweet_id") return Detected{Kind::twitter, Role::table};
    if (head == "subject" && row.fields.size() > 4 && fold(row.at(1)) == "start date")
        return Detected{Kind::calendar, Role::by_file};
    return std::nullopt;
}

std::optional<Detected> detect_table(std::string_view text, const std::string& name) {
    ViewStream stream(text);
    CsvReader csv(stream, {}, guess_delimiter(text));
    CsvRow row;
    for (int i = 0; i < kRowsLookedAt; ++i) {
        const auto more = csv.next(row);
        if (!more || !*more) break;
        if (const auto found = detect_row(row, i == 0, name)) return found;
    }
    return std::nullopt;
}

// A mailbox, or a letter's header, which may begin with any field.
bool begins_like_a_letter(std::string_view text) {
    const auto first = text.substr(0, text.find('\n'));
    const auto colon = first.find(':');
    const bool field = colon != std::string_view::npos && colon > 0 &&
                       first.substr(0, colon).find_first_of(" \t\"<{[") == std::string_view::npos;
    if (!field && !first.starts_with("From ")) return false;
    const auto header = "\n" + ascii_lower(text.substr(0, text.find("\n\n")));
    int fields = 0;
    for (const auto name :
         {"\nfrom:", "\nto:", "\nsubject:", "\ndate:", "\nmessage-id:", "\nreceived:", "\nmime-version:"})
        fields += holds(header, name) ? 1 : 0;
    return fields >= 3 || (fields >= 2 && first.starts_with("From "));
}

std::optional<Detected> detect_lines(std::string_view text) {
    int chats = 0;
    int lines = 0;
    for (const auto line : split(text.substr(0, 4'000), '\n')) {
        const auto clean = trim(line);
        if (clean.empty() || ++lines > 20) continue;
        if (read_chat_head(clean)) ++chats;
    }
    if (chats > 0 && chats * 4 >= std::min(lines, 20)) return Detected{Kind::whatsapp, Role::whole};
    if (begins_like_a_letter(text)) return Detected{Kind::mail, Role::whole};
    if (trim(text) == "No conversations found") return Detected{Kind::linkedin, Role::by_file};
    return std::nullopt;
}

}  // namespace

Detected detect(std::string_view path, std::string_view head) {
    if (is_media(head)) return {std::nullopt, Role::by_file};
    const std::string decoded = decode_head(head);
    const std::string_view text = trim(decoded);
    const std::string name = base_name(path);
    const auto first = ascii_lower(text.substr(0, 32));
    if (first.starts_with("begin:vcard")) return {Kind::vcard, Role::whole};
    if (first.starts_with("begin:vcalendar")) return {Kind::calendar, Role::whole};
    if (const auto found = detect_json(text, name)) return *found;
    if (const auto found = detect_markup(text)) return *found;
    if (text.find('\0') != std::string_view::npos) return {};
    if (const auto found = detect_table(text, name)) return *found;
    if (const auto found = detect_lines(text)) return *found;
    return {};
}

}  // namespace vv::formats::archive
