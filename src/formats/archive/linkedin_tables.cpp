#include "formats/archive/linkedin_tables.h"

#include "base/text.h"

#include <algorithm>
#include <span>
#include <string>

namespace vv::formats::archive {
namespace {

using Words = std::span<const std::string_view>;

// Folded words (lower case, no accents) in English, German, French, Spanish, Italian, Portuguese and Dutch.
constexpr auto kFirstName = std::to_array<std::string_view>(
    {"first name", "vorname", "prenom", "nombre", "nome", "primeiro nome", "voornaam"});
constexpr auto kLastName = std::to_array<std::string_view>({"last name", "nachname", "nom", "nom de famille",
                                                            "apellidos", "apellido", "cognome", "sobrenome",
                                                            "apelido", "ultimo nome", "achternaam"});
constexpr auto kEmail = std::to_array<std::string_view>(
    {"email address", "e-mail address", "e-mail-adresse", "e-mailadresse", "adresse e-mail", "adresse email",
     "direccion de correo electronico", "correo electronico", "direccion de email", "indirizzo email",
     "indirizzo e-mail", "endereco de e-mail", "endereco de email", "e-mail", "email", "e-mailadres"});
constexpr auto kCompany = std::to_array<std::string_view>(
    {"company", "unternehmen", "firma", "entreprise", "societe", "empresa", "azienda", "societa", "bedrijf"});
constexpr auto kPosition =
    std::to_array<std::string_view>({"position", "poste", "fonction", "cargo", "puesto", "posicion",
                                     "posizione", "qualifica", "posicao", "functie"});
constexpr auto kConnectedOn = std::to_array<std::string_view>(
    {"connected on", "verbunden am", "connexion le", "date de connexion", "connecte le", "connectee le",
     "en relation depuis", "conectado el", "fecha de conexion", "collegato il", "data di collegamento",
     "data del collegamento", "conectado em", "conexao em", "data da conexao", "data de conexao",
     "connectie op", "verbonden op", "connectiedatum"});

bool is_one_of(std::string_view cell, Words words) {
    return std::find(words.begin(), words.end(), cell) != words.end();
}

class Header {
public:
    explicit Header(const std::vector<std::string_view>& cells) {
        for (const auto cell : cells) folded_.push_back(cell.size() > 80 ? std::string{} : fold(cell));
        table_.width = cells.size();
        table_.at.fill(kNoColumn);
    }

    [[nodiscard]] bool has(std::string_view word) const {
        return std::find(folded_.begin(), folded_.end(), word) != folded_.end();
    }
    [[nodiscard]] std::string_view cell(std::size_t i) const {
        return i < folded_.size() ? std::string_view(folded_[i]) : std::string_view{};
    }
    [[nodiscard]] std::size_t width() const { return folded_.size(); }

    void set(Column column, std::string_view word) { set(column, Words(&word, 1)); }
    void set(Column column, Words words) {
        for (std::size_t i = 0; i < folded_.size(); ++i)
            if (is_one_of(folded_[i], words)) return put(column, i);
    }
    void put(Column column, std::size_t i) { table_.at[static_cast<std::size_t>(column)] = i; }
    Table as(Role role) {
        table_.role = role;
        return table_;
    }

private:
    std::vector<std::string> folded_;
    Table table_;
};

std::optional<Table> connections(Header& header) {
    const bool names = is_one_of(header.cell(0), kFirstName) && is_one_of(header.cell(1), kLastName);
    const bool in_order = header.width() == 7 && header.cell(2) == "url";
    const bool by_words = names && is_one_of(header.cell(header.width() - 1), kConnectedOn);
    if (!in_order && !by_words) return std::nullopt;
    header.put(Column::first_name, 0);
    header.put(Column::last_name, 1);
    header.put(Column::date, header.width() - 1);
    if (in_order) {
        header.put(Column::url, 2);
        header.put(Column::email, 3);
        header.put(Column::company, 4);
        header.put(Column::position, 5);
    } else {
        header.set(Column::url, "url");
        header.set(Column::email, kEmail);
        header.set(Column::company, kCompany);
        header.set(Column::position, kPosition);
    }
    return header.as(Role::connections);
}

std::optional<Table> messages(Header& header) {
    if (!header.has("conversation id") || !header.has("from") || !header.has("date")) return std::nullopt;
    header.set(Column::conversation, "conversation id");
    header.set(Column::from, "from");
    header.set(Column::from_url, "sender profile url");
    header.set(Column::to, "to");
    header.set(Column::to_urls, "recipient profile urls");
    header.set(Column::date, "date");
    header.set(Column::folder, "folder");
    header.set(Column::is_draft, "is message draft");
    header.set(Column::in_draft, "is conversation draft");
    return header.as(Role::messages);
}

// The last two headers are in no language; the five before them keep their order in every one.
std::optional<Table> invitations(Header& header) {
    if (header.width() < 7 || header.cell(5) != "inviterprofileurl") return std::nullopt;
    header.put(Column::from, 0);
    header.put(Column::to, 1);
    header.put(Column::date, 2);
    header.put(Column::note, 3);
    header.put(Column::direction, 4);
    header.put(Column::from_url, 5);
    header.put(Column::to_urls, 6);
    return header.as(Role::invitations);
}

std::optional<Table> profile(Header& header) {
    const bool names = is_one_of(header.cell(0), kFirstName) && is_one_of(header.cell(1), kLastName);
    if (!names || header.width() != 13) return std::nullopt;
    constexpr std::array kOrder = {Column::first_name, Column::last_name, Column::maiden_name,
                                   Column::address, Column::birth_date};
    for (std::size_t i = 0; i < kOrder.size(); ++i) header.put(kOrder.at(i), i);
    header.put(Column::position, 5);
    header.put(Column::geo_location, 9);
    header.put(Column::twitter, 10);
    header.put(Column::websites, 11);
    header.put(Column::messengers, 12);
    return header.as(Role::profile);
}

std::optional<Table> own_details(Header& header) {
    if (header.width() == 4 && is_one_of(header.cell(0), kEmail) && !header.has("phone")) {
        header.put(Column::email, 0);
        return header.as(Role::email_addresses);
    }
    if (header.width() == 3 && header.cell(0) == "extension" && header.cell(1) == "number") {
        header.put(Column::number, 1);
        return header.as(Role::phone_numbers);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Table> linkedin_table(const std::vector<std::string_view>& cells) {
    if (cells.size() < 3 || cells.size() > 40) return std::nullopt;
    Header header(cells);
    for (const auto& match : {&messages, &invitations, &profile, &connections, &own_details})
        if (auto table = match(header)) return table;
    return std::nullopt;
}

}  // namespace vv::formats::archive
