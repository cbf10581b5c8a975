#include "formats/vcard.h"

#include "base/text.h"
#include "formats/content_lines.h"
#include "formats/person_card.h"
#include "formats/text_stream.h"
#include "formats/vcard_values.h"

#include <algorithm>
#include <array>

namespace vv::formats {
namespace {

using core::Attributes;

// One card while it is read.
struct Card {
    Attributes attributes;
    std::string uid;
    std::string photo;
    bool is_photo_too_large = false;
    CardVersion version = CardVersion::v30;
    std::int64_t line = 0;
    bool is_no_person = false;  // a group, a company, a place
    bool has_name_parts = false;
};

// Several names in one component stand with commas between them.
std::string without_commas(std::string_view component) {
    std::string out;
    for (const auto name : split(component, ',')) {
        if (!out.empty() && !trim(name).empty()) out += ' ';
        out += trim(name);
    }
    return out;
}

void read_name(Card& card, const ContentProperty& property) {
    auto parts = card_components(property, card.version);
    parts.resize(std::max<std::size_t>(parts.size(), 5));
    for (auto& part : parts) part = without_commas(part);
    auto& name = card.attributes.name;
    name.family = trim(parts[0]);
    name.given = trim(parts[1]);
    name.additional = trim(parts[2]);
    name.prefix = trim(parts[3]);
    name.suffix = trim(parts[4]);
    card.has_name_parts = std::any_of(parts.begin(), parts.end(), [](const auto& p) { return !p.empty(); });
}

void read_address(Card& card, const ContentProperty& property) {
    auto parts = card_components(property, card.version);
    parts.resize(std::max<std::size_t>(parts.size(), 7));
    const bool preferred = property.has("TYPE", "pref") || property.parameter("PREF") == "1";
    const auto place = join_place(parts[2], parts[3], parts[4], parts[6]);
    if (!place.empty() && (card.attributes.place.empty() || preferred)) card.attributes.place = place;
}

void read_phone(Card& card, const ContentProperty& property) {
    if (property.has("TYPE", "fax")) return;
    auto number = card_text(property, card.version);
    if (ascii_lower(number.substr(0, 4)) == "tel:") number.erase(0, 4);
    add_value(card.attributes.phones, number);
}

// X-SOCIALPROFILE;type=twitter;x-user=annlee:http://twitter.com/annlee
void read_profile(Card& card, const ContentProperty& property) {
    const auto url = card_text(property, card.version);
    const auto type = ascii_lower(property.parameter("TYPE").empty() ? property.parameter("SERVICE-TYPE")
                                                                     : property.parameter("TYPE"));
    std::string user(property.parameter("X-USER"));
    if (user.empty()) user = property.parameter("USERNAME");
    if (user.empty() && url.find("://") != std::string::npos) user = last_segment(url);
    if (url.starts_with("http")) add_value(card.attributes.urls, url);
    if (!type.empty() && !user.empty()) add_value(card.attributes.handles, handle(type, user));
}

// IMPP:skype:live:ann · IMPP;X-SERVICE-TYPE=Skype:skype:ann · X-SKYPE:ann
void read_messenger(Card& card, const ContentProperty& property) {
    auto value = card_text(property, card.version);
    auto service = ascii_lower(property.parameter("X-SERVICE-TYPE"));
    if (same_word(property.name, "IMPP")) {
        const auto colon = value.find(':');
        if (colon == std::string::npos && service.empty()) return;
        if (service.empty()) service = ascii_lower(value.substr(0, colon));
        if (colon != std::string::npos) value = value.substr(colon + 1);
    } else {
        service = ascii_lower(property.name.substr(2));
        if (service.ends_with("-username")) service.resize(service.size() - 9);
    }
    if (!value.empty()) add_value(card.attributes.handles, handle(service, value));
}

// X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Bob;1;;;
void read_android(Card& card, const ContentProperty& property) {
    const auto parts = card_components(property, card.version);
    if (parts.size() < 2) return;
    if (parts[0].ends_with("/nickname")) add_nickname(card.attributes, parts[1]);
    if (parts[0].ends_with("/contact_event") && parts.size() > 2 && parts[2] == "3")
        card.attributes.birthday = card_birthday(parts[1]);
}

void read_kind(Card& card, const ContentProperty& property) {
    const auto kind = ascii_lower(card_text(property, card.version));
    card.is_no_person =
        card.is_no_person || kind == "group" || kind == "org" || kind == "location" || kind == "company";
}

void read_email(Card& card, const ContentProperty& property) {
    auto address = card_text(property, card.version);
    if (ascii_lower(address.substr(0, 7)) == "mailto:") address.erase(0, 7);
    add_value(card.attributes.emails, address);
}

void read_organisation(Card& card, const ContentProperty& property) {
    const auto parts = card_components(property, card.version);
    if (card.attributes.organisation.empty()) card.attributes.organisation = parts.front();
}

void read_version(Card& card, const ContentProperty& property) {
    const auto version = trim(property.value);
    card.version = version == "2.1"   ? CardVersion::v21
                   : version == "4.0" ? CardVersion::v40
                                      : CardVersion::v30;
}

struct Reader {
    std::string_view name;
    void (*read)(Card&, const ContentProperty&);
};

void keep_first(std::string& field, std::string text, std::size_t most = 1'000) {
    if (field.empty()) field = truncate_utf8(text, most);
}

constexpr std::array kReaders = std::to_array<Reader>({
    {"VERSION", read_version},
    {"N", read_name},
    {"FN", [](Card& c, const ContentProperty& p) { keep_first(c.attributes.name.full, card_text(p, c.version)); }},
    {"EMAIL", read_email},
    {"TEL", read_phone},
    {"UID", [](Card& c, const ContentProperty& p) { keep_first(c.uid, card_text(p, c.version)); }},
    {"ORG", read_organisation},
    {"TITLE", [](Card& c, const ContentProperty& p) { keep_first(c.attributes.title, card_text(p, c.version)); }},
    {"BDAY", [](Card& c, const ContentProperty& p) { c.attributes.birthday = card_birthday(card_text(p, c.version)); }},
    {"NICKNAME",
     [](Card& c, const ContentProperty& p) {
         for (const auto& name : card_list(p, c.version)) add_nickname(c.attributes, name);
     }},
    {"X-MAIDENNAME", [](Card& c, const ContentProperty& p) { keep_first(c.attributes.name.maiden, card_text(p, c.version)); }},
    {"ADR", read_address},
    {"GEO", [](Card& c, const ContentProperty& p) { c.attributes.at = card_place(card_text(p, c.version)); }},
    {"URL", [](Card& c, const ContentProperty& p) { add_value(c.attributes.urls, card_text(p, c.version)); }},
    {"NOTE", [](Card& c, const ContentProperty& p) { keep_first(c.attributes.note, card_text(p, c.version), 4'000); }},
    {"X-VISAVIS-NEXT-STEP", [](Card& c, const ContentProperty& p) { keep_first(c.attributes.next_step, card_text(p, c.version), 4'000); }},
    {"CATEGORIES",
     [](Card& c, const ContentProperty& p) {
         for (const auto& label : card_list(p, c.version)) add_label(c.attributes, label);
     }},
    {"X-SOCIALPROFILE", read_profile},
    {"SOCIALPROFILE", read_profile},
    {"IMPP", read_messenger},
    {"X-SKYPE", read_messenger},
    {"X-SKYPE-USERNAME", read_messenger},
    {"X-AIM", read_messenger},
    {"X-ICQ", read_messenger},
    {"X-MSN", read_messenger},
    {"X-JABBER", read_messenger},
    {"X-TWITTER", read_messenger},
    {"X-ANDROID-CUSTOM", read_android},
    {"KIND", read_kind},
    {"X-ADDRESSBOOKSERVER-KIND", read_kind},
    {"X-ABSHOWAS", read_kind},
});

class CardReader {
public:
    CardReader(ByteStream& bytes, std::string_view file, const ParseOptions& options, Emitter& out)
        : text_(bytes, EightBit::keep),
          lines_(text_, LineDialect::vcard),
          file_(file),
          options_(options),
          out_(out) {}

    Result<Done> run() {
        ContentLine line;
        while (!out_.stopped()) {
            TRY(const bool more, lines_.next(line));
            if (!more) break;
            read(line);
        }
        if (depth_ > 0 && !out_.stopped())
            reject_open("the file ends within a card; its other cards went in.");
        return Done{};
    }

private:
    void read(const ContentLine& line) {
        if (!split_property(line, property_)) {
            reject_stray(line.line, "this line is no field of a card; it was left out.", line.text);
        } else if (same_word(property_.name, "BEGIN") && same_word(trim(property_.value), "VCARD")) {
            begin(line);
        } else if (same_word(property_.name, "END") && same_word(trim(property_.value), "VCARD")) {
            end(line);
        } else if (depth_ == 1) {
            read_field(line, property_);
        } else if (depth_ == 0) {
            reject_stray(line.line, "this line stands outside of any card; it was left out.", line.text);
        }
    }

    // A card may hold another one (its agent, in 2.1); only AGENT may open it.
    void begin(const ContentLine& line) {
        if (depth_ > 0 && !agent_) {
            reject_open("a card begins before this one has ended; it was left out.");
            depth_ = 0;
        }
        agent_ = false;
        strayed_ = false;
        if (depth_++ > 0) return;
        card_ = {};
        card_.line = line.line;
        ++count_;
        out_.count_record();
    }

    void end(const ContentLine& line) {
        if (depth_ == 0) return out_.reject(line.line, "a card ends here that has not begun.", line.text);
        strayed_ = false;
        if (--depth_ == 0) finish();
    }

    void take_photo(const ContentLine& line) {
        card_.attributes.photo_hash = line.picture_hash;
        card_.photo = line.picture;
        card_.is_photo_too_large = line.picture.empty();
    }

    void read_field(const ContentLine& line, const ContentProperty& property) {
        agent_ = same_word(property.name, "AGENT");
        if (!line.picture_hash.empty() && card_.attributes.photo_hash.empty()) take_photo(line);
        for (const auto& reader : kReaders)
            if (same_word(reader.name, property.name)) return reader.read(card_, property);
    }

    void finish() {
        auto& attributes = card_.attributes;
        const bool company = !card_.has_name_parts && !attributes.organisation.empty() &&
                             attributes.name.full == attributes.organisation && attributes.emails.empty();
        if (card_.is_no_person || company) return;
        settle_name(attributes);
        if (is_nobody(attributes))
            return out_.reject(card_.line,
                               "the card has neither a name, an address nor a number; it was left out.", "");
        if (is_owner(attributes, options_)) {
            out_.emit(core::OwnerSeen{std::move(attributes), {}}, card_.line);
            return;
        }
        emit_photo();
        const auto key = card_.uid.empty() ? row_key(file_, count_) : card_.uid;
        out_.emit(core::IdentitySeen{{core::Network::vcard, key}, std::move(attributes)}, card_.line);
    }

    void emit_photo() {
        if (card_.is_photo_too_large)
            out_.reject(card_.line,
                        "the photo of this card is larger than 10 MB; the card went in without it.",
                        card_.attributes.name.full);
        if (!card_.photo.empty())
            out_.emit(core::PhotoSeen{card_.attributes.photo_hash, std::move(card_.photo)}, card_.line);
    }

    // One report for what may be a long run of such lines.
    void reject_stray(std::int64_t line, std::string error, std::string_view text) {
        if (!strayed_ && !trim(text).empty()) out_.reject(line, std::move(error), text);
        strayed_ = true;
    }
    void reject_open(std::string error) {
        out_.reject(card_.line, std::move(error), card_.attributes.name.full);
    }

    TextStream text_;
    ContentLines lines_;
    std::string_view file_;
    const ParseOptions& options_;
    Emitter& out_;
    ContentProperty property_;  // of the line at hand
    Card card_;
    int depth_ = 0;
    bool agent_ = false;  // the line before was AGENT: the next card belongs to this one
    bool strayed_ = false;
    std::int64_t count_ = 0;
};

}  // namespace

Result<Done> read_vcards(ByteStream& bytes, std::string_view file, const ParseOptions& options,
                         Emitter& out) {
    return CardReader(bytes, file, options, out).run();
}

}  // namespace vv::formats
