#include "formats/contacts_table.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <span>

namespace vv::formats {
namespace {

using Field = ContactsField;

struct Known {
    std::string_view header;  // folded
    Field field;
};

// Exact headers of both Google layouts.
constexpr std::array kGoogle = std::to_array<Known>({
    {"name", Field::name},
    {"given name", Field::given},
    {"first name", Field::given},
    {"additional name", Field::additional},
    {"middle name", Field::additional},
    {"family name", Field::family},
    {"last name", Field::family},
    {"name prefix", Field::prefix},
    {"name suffix", Field::suffix},
    {"nickname", Field::nickname},
    {"short name", Field::nickname},
    {"maiden name", Field::maiden},
    {"file as", Field::file_as},
    {"birthday", Field::birthday},
    {"notes", Field::notes},
    {"group membership", Field::labels},
    {"labels", Field::labels},
    {"location", Field::place},
    {"organization name", Field::organisation},
    {"organization title", Field::title},
    {"occupation", Field::title},
});

// Beside Google's in the table that this program writes.
constexpr std::array kVisavis = std::to_array<Known>({
    {"visavis id", Field::uid},
    {"e-mail", Field::email},
    {"phone", Field::phone},
    {"website", Field::url},
    {"handle", Field::handle},
    {"city", Field::city},
    {"next step", Field::next_step},
});

// The last part of numbered headers: "E-mail 3 - Value".
struct Numbered {
    std::string_view group;
    std::string_view part;
    Field field;
};
constexpr std::array kNumbered = std::to_array<Numbered>({
    {"e-mail ", "value", Field::email},
    {"phone ", "value", Field::phone},
    {"website ", "value", Field::url},
    {"organization ", "name", Field::organisation},
    {"organization ", "title", Field::title},
    {"address ", "city", Field::city},
    {"address ", "country", Field::country},
    {"address ", "formatted", Field::place},
    {"im ", "value", Field::im_name},
    {"im ", "service", Field::im_service},
});

constexpr std::array kOutlook = std::to_array<Known>({
    {"first name", Field::given},
    {"vorname", Field::given},
    {"prenom", Field::given},
    {"nombre", Field::given},
    {"nome", Field::given},
    {"voornaam", Field::given},
    {"middle name", Field::additional},
    {"weitere vornamen", Field::additional},
    {"deuxieme prenom", Field::additional},
    {"segundo nombre", Field::additional},
    {"secondo nome", Field::additional},
    {"segundo nome", Field::additional},
    {"middelste naam", Field::additional},
    {"last name", Field::family},
    {"nachname", Field::family},
    {"nom", Field::family},
    {"apellidos", Field::family},
    {"cognome", Field::family},
    {"sobrenome", Field::family},
    {"apelido", Field::family},
    {"achternaam", Field::family},
    {"title", Field::prefix},
    {"anrede", Field::prefix},
    {"titre", Field::prefix},
    {"suffix", Field::suffix},
    {"nickname", Field::nickname},
    {"company", Field::organisation},
    {"firma", Field::organisation},
    {"societe", Field::organisation},
    {"organizacion", Field::organisation},
    {"empresa", Field::organisation},
    {"societa", Field::organisation},
    {"bedrijf", Field::organisation},
    {"job title", Field::title},
    {"position", Field::title},
    {"puesto", Field::title},
    {"cargo", Field::title},
    {"posizione", Field::title},
    {"functie", Field::title},
    {"web page", Field::url},
    {"webseite", Field::url},
    {"page web", Field::url},
    {"personal web page", Field::url},
    {"birthday", Field::birthday},
    {"geburtstag", Field::birthday},
    {"anniversaire", Field::birthday},
    {"cumpleanos", Field::birthday},
    {"compleanno", Field::birthday},
    {"aniversario", Field::birthday},
    {"verjaardag", Field::birthday},
    {"notes", Field::notes},
    {"notizen", Field::notes},
    {"categories", Field::labels},
    {"kategorien", Field::labels},
    {"business city", Field::city},
    {"home city", Field::city},
    {"other city", Field::city},
    {"ort geschaftlich", Field::city},
    {"ort privat", Field::city},
    {"business country", Field::country},
    {"business country/region", Field::country},
    {"home country", Field::country},
    {"home country/region", Field::country},
});

std::optional<Field> find(std::span<const Known> known, std::string_view header) {
    const auto at =
        std::find_if(known.begin(), known.end(), [&](const Known& k) { return k.header == header; });
    return at == known.end() ? std::nullopt : std::optional(at->field);
}

std::optional<Field> google_field(std::string_view header) {
    if (const auto field = find(kGoogle, header)) return field;
    const auto dash = header.rfind(" - ");
    if (dash == std::string_view::npos) return std::nullopt;
    const auto part = header.substr(dash + 3);
    for (const auto& known : kNumbered)
        if (header.starts_with(known.group) && part == known.part) return known.field;
    return std::nullopt;
}

// "E-mail 2 Address", "E-Mail-Adresse", "Business Phone", "Mobiltelefon", "Téléphone mobile": by what they
// contain.
std::optional<Field> outlook_field(std::string_view header) {
    if (const auto field = find(kOutlook, header)) return field;
    const auto has = [&](std::string_view word) { return header.find(word) != std::string_view::npos; };
    const bool mail = has("e-mail") || has("email") || has("correo") || has("adresse de messagerie");
    if (mail)
        return has("type") || has("display") || has("typ") || has("name") || has("nom")
                   ? std::nullopt
                   : std::optional(Field::email);
    if (has("phone") || has("telefon") || has("telefoon") || has("mobil") || has("pager") || has("movil"))
        return has("fax") ? std::nullopt : std::optional(Field::phone);
    return std::nullopt;
}

bool has_any(const std::vector<std::string>& headers, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) {
        return std::find(headers.begin(), headers.end(), word) != headers.end();
    });
}

bool is_google(const std::vector<std::string>& headers) {
    const bool named =
        has_any(headers, {"given name", "first name"}) && has_any(headers, {"family name", "last name"});
    return named &&
           has_any(headers, {"group membership", "yomi name", "phonetic first name", "file as", "labels",
                             "e-mail 1 - value", "e-mail 1 - label", "phone 1 - value", "organization name"});
}

bool is_outlook(const ContactsTable& table, const std::vector<std::string>& headers) {
    const auto holds = [&](Field field) {
        return std::any_of(table.columns.begin(), table.columns.end(),
                           [&](const auto& c) { return c.second == field; });
    };
    // LinkedIn's connections look alike, but are short and end with a date.
    const bool long_enough = headers.size() > 7 || has_any(headers, {"mobile phone", "e-mail 2 address"});
    return long_enough && holds(Field::given) && holds(Field::family) &&
           (holds(Field::email) || holds(Field::phone));
}

}  // namespace

std::optional<ContactsTable> contacts_table(const std::vector<std::string_view>& cells) {
    std::vector<std::string> headers;
    for (const auto cell : cells) headers.push_back(cell.size() > 80 ? std::string{} : fold(cell));
    ContactsTable table;
    table.width = headers.size();
    const bool ours = !headers.empty() && headers.front() == "visavis id";
    const bool google = ours || is_google(headers);
    table.layout = ours ? ContactsLayout::visavis : google ? ContactsLayout::google : ContactsLayout::outlook;
    for (std::size_t i = 0; i < headers.size(); ++i)
        if (const auto own = ours ? find(kVisavis, headers[i]) : std::nullopt)
            table.columns.emplace_back(i, *own);
        else if (const auto field = google ? google_field(headers[i]) : outlook_field(headers[i]))
            table.columns.emplace_back(i, *field);
    if (google || is_outlook(table, headers)) return table;
    return std::nullopt;
}

}  // namespace vv::formats
