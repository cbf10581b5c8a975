#include "formats/people_export.h"

#include "base/text.h"
#include "base/time.h"
#include "core/people_export.h"
#include "formats/formulas.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vv::formats {
namespace {

using Texts = std::vector<std::string>;

// What the identities say together, each value once.
struct Together {
    Texts names, emails, phones, urls, handles, labels, notes;
    core::Name name;  // the parts of the name that is shown, where an identity tells them
    std::optional<core::Birthday> birthday;
};

void add(Texts& list, std::string_view value) {
    const std::string text(trim(value));
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}
void add(Texts& list, const Texts& values) {
    for (const auto& value : values) add(list, value);
}

Together together(const ExportedPerson& one) {
    Together all;
    for (const auto& a : one.said) {
        if (a.name.full == one.person.name && all.name.full.empty()) all.name = a.name;
        for (const auto* name : {&a.name.full, &a.name.nickname, &a.name.maiden}) add(all.names, *name);
        add(all.names, a.other_names);
        add(all.emails, a.emails);
        add(all.phones, a.phones);
        add(all.urls, a.urls);
        add(all.handles, a.handles);
        add(all.labels, a.labels);
        add(all.notes, a.note);
        if (a.birthday && (!all.birthday || (all.birthday->year == 0 && a.birthday->year != 0)))
            all.birthday = a.birthday;
    }
    std::erase(all.names, one.person.name);
    add(all.labels, one.person.tags);
    add(all.labels, one.lists);
    add(all.notes, one.person.note);
    return all;
}

// The label that an address book gives a relation, so that the relation comes back with it.
std::string_view label_of(core::Relation relation) {
    switch (relation) {
        case core::Relation::relative:
            return "Family";
        case core::Relation::friend_:
            return "Friends";
        case core::Relation::customer:
            return "Customers";
        case core::Relation::colleague:
            return "Colleagues";
        case core::Relation::competitor:
            return "Competitors";
        case core::Relation::stranger:
            return "Strangers";
        default:
            return "Acquaintances";
    }
}

// The relation first: of several labels the first that names one counts. What everybody is who is nothing
// else goes without saying, unless the owner says it.
Texts labels_of(const core::Person& person, const Together& all) {
    Texts labels;
    const bool is_plain =
        person.relation == core::Relation::acquaintance && person.relation_set_by == core::SetBy::evidence;
    if (!is_plain) add(labels, label_of(person.relation));
    add(labels, all.labels);
    return labels;
}

std::string birthday_of(const core::Birthday& day) {
    std::array<char, 16> text{};
    if (day.year == 0)
        std::snprintf(text.data(), text.size(), "--%02u%02u", day.month, day.day);
    else
        std::snprintf(text.data(), text.size(), "%04d%02u%02u", day.year, day.month, day.day);
    return text.data();
}

// Text in a card: backslashes, commas, semicolons and line breaks are escaped (RFC 6350, 3.4).
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ',' || c == ';') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c != '\r')
            out += c;
    }
    return out;
}

class Card {
public:
    void line(std::string_view name, std::string_view value) {
        if (!value.empty()) fold_in(std::string(name) + ":" + std::string(value));
    }
    void text(std::string_view name, std::string_view value) { line(name, escaped(value)); }
    void texts(std::string_view name, const Texts& values) {
        for (const auto& value : values) text(name, value);
    }
    void list(std::string_view name, const Texts& values) {
        std::string joined;
        for (const auto& value : values) joined += (joined.empty() ? "" : ",") + escaped(value);
        line(name, joined);
    }
    std::string take() { return std::move(text_); }

private:
    // At most 75 bytes, never in the middle of a character.
    void fold_in(std::string_view line) {
        std::size_t room = 75;
        while (line.size() > room) {
            const auto piece = truncate_utf8(line, room);
            text_ += std::string(piece) + "\r\n ";
            line.remove_prefix(piece.size());
            room = 74;
        }
        text_ += std::string(line) + "\r\n";
    }

    std::string text_;
};

void write_name(Card& card, const core::Person& person, const Together& all) {
    card.text("FN", person.name);
    const auto& n = all.name;
    if (n.family.empty() && n.given.empty()) return;
    card.line("N", escaped(n.family) + ";" + escaped(n.given) + ";" + escaped(n.additional) + ";" +
                       escaped(n.prefix) + ";" + escaped(n.suffix));
}

std::string joined(const Texts& values) {
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : " ::: ") + value;
    return text;
}

std::string cell(std::string_view text) {
    std::string out = "\"";
    for (const char c : as_text_cell(text)) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string row_of(const Texts& cells) {
    std::string row;
    for (const auto& text : cells) row += (row.empty() ? "" : ",") + cell(text);
    return row + "\r\n";
}

std::string day_of(const std::optional<Instant>& time) {
    return time ? format_rfc3339(*time) : std::string();
}

}  // namespace

std::string write_vcard(const ExportedPerson& one) {
    const core::Person& person = one.person;
    const Together all = together(one);
    Card card;
    card.line("BEGIN", "VCARD");
    card.line("VERSION", "4.0");
    card.line("PRODID", "-//Visavis//People//EN");
    card.line("UID", std::string(core::kExportedPerson) + to_string(person.id));
    write_name(card, person, all);
    card.list("NICKNAME", all.names);
    card.texts("EMAIL", all.emails);
    card.texts("TEL;VALUE=text", all.phones);
    for (const auto& url : all.urls) card.line("URL", url);
    for (const auto& handle : all.handles) card.text("IMPP", handle);
    card.text("ORG", person.organisation);
    card.text("TITLE", person.title);
    if (!person.city.empty()) card.line("ADR", ";;;" + escaped(person.city) + ";;;");
    if (all.birthday) card.line("BDAY", birthday_of(*all.birthday));
    card.list("CATEGORIES", labels_of(person, all));
    std::string note;
    for (const auto& text : all.notes) note += (note.empty() ? "" : "\n") + text;
    card.text("NOTE", note);
    card.text("X-VISAVIS-RELATION", core::to_string(person.relation));
    card.text("X-VISAVIS-STAGE", core::to_string(person.stage));
    card.text("X-VISAVIS-NEXT-STEP", person.next_step);
    card.line("END", "VCARD");
    return card.take();
}

std::string csv_header() {
    return row_of({"Visavis ID",  "Name",          "Given Name",   "Additional Name",   "Family Name",
                   "Name Prefix", "Name Suffix",   "Nickname",     "Birthday",          "E-mail",
                   "Phone",       "Website",       "Handle",       "Organization Name", "Organization Title",
                   "City",        "Labels",        "Notes",        "Next step",         "Relation",
                   "Stage",       "First contact", "Last contact", "Last met",          "Encounters"});
}

std::string csv_row(const ExportedPerson& one) {
    const core::Person& person = one.person;
    const Together all = together(one);
    return row_of({std::string(core::kExportedPerson) + to_string(person.id),
                   person.name,
                   all.name.given,
                   all.name.additional,
                   all.name.family,
                   all.name.prefix,
                   all.name.suffix,
                   joined(all.names),
                   all.birthday ? birthday_of(*all.birthday) : std::string(),
                   joined(all.emails),
                   joined(all.phones),
                   joined(all.urls),
                   joined(all.handles),
                   person.organisation,
                   person.title,
                   person.city,
                   joined(labels_of(person, all)),
                   joined(all.notes),
                   person.next_step,
                   std::string(core::to_string(person.relation)),
                   std::string(core::to_string(person.stage)),
                   day_of(person.first_contact),
                   day_of(person.last_contact),
                   day_of(person.last_met),
                   std::to_string(person.encounters)});
}

}  // namespace vv::formats
