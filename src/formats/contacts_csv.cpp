#include "formats/contacts_csv.h"

#include "base/text.h"
#include "formats/contacts_table.h"
#include "formats/csv.h"
#include "formats/dates.h"
#include "formats/formulas.h"
#include "formats/person_card.h"
#include "formats/text_stream.h"
#include "formats/vcard_values.h"

#include <algorithm>

namespace vv::formats {
namespace {

using Field = ContactsField;

constexpr std::string_view kBetweenValues = ":::";

// One cell may hold several values: "a@example.com ::: b@example.com".
template <class Take>
void each_value(std::string_view cell, Take take) {
    while (!cell.empty()) {
        const auto end = cell.find(kBetweenValues);
        if (const auto value = trim(cell.substr(0, end)); !value.empty()) take(value);
        cell = end == std::string_view::npos ? std::string_view{} : cell.substr(end + kBetweenValues.size());
    }
}

// What a row's cells add up to beyond its attributes.
struct Row {
    core::Attributes attributes;
    std::string file_as, street, city, country, im_service, uid;
};

void keep_first(std::string& field, std::string_view text, std::size_t most = 1'000) {
    if (field.empty()) field = truncate_utf8(trim(text), most);
}

// "1970-05-01", " --05-01", "4/15/1935"; Outlook writes 0/0/00 for none.
std::optional<core::Birthday> birthday(std::string_view cell) {
    if (const auto day = card_birthday(trim(cell))) return day;
    const auto day = parse_anniversary(cell);
    return day ? std::optional(core::Birthday{day->year, day->month, day->day}) : std::nullopt;
}

// Where a field of one value is kept; none for those of several values, or of a form of their own.
std::string* kept_in(Row& row, Field field) {
    auto& a = row.attributes;
    switch (field) {
        case Field::name:
            return &a.name.full;
        case Field::given:
            return &a.name.given;
        case Field::additional:
            return &a.name.additional;
        case Field::family:
            return &a.name.family;
        case Field::prefix:
            return &a.name.prefix;
        case Field::suffix:
            return &a.name.suffix;
        case Field::maiden:
            return &a.name.maiden;
        case Field::file_as:
            return &row.file_as;
        case Field::uid:
            return &row.uid;
        case Field::organisation:
            return &a.organisation;
        case Field::title:
            return &a.title;
        case Field::place:
            return &row.street;
        case Field::city:
            return &row.city;
        case Field::country:
            return &row.country;
        default:
            return nullptr;
    }
}

void take_cell(Row& row, Field field, std::string_view cell) {
    if (std::string* const one = kept_in(row, field)) return keep_first(*one, cell);
    auto& a = row.attributes;
    switch (field) {
        case Field::nickname:
            return each_value(cell, [&](auto v) { add_nickname(a, v); });
        case Field::birthday:
            a.birthday = birthday(cell);
            return;
        case Field::notes:
            return keep_first(a.note, cell, 4'000);
        case Field::next_step:
            return keep_first(a.next_step, cell, 4'000);
        case Field::labels:
            return each_value(cell, [&](auto v) { add_label(a, v); });
        case Field::email:
            return each_value(cell, [&](auto v) { add_value(a.emails, v); });
        case Field::phone:
            return each_value(cell, [&](auto v) { add_value(a.phones, v); });
        case Field::url:
            return each_value(cell, [&](auto v) { add_value(a.urls, v); });
        case Field::im_service:
            row.im_service = cell;
            return;
        case Field::im_name:
            return each_value(cell, [&](auto v) { add_value(a.handles, handle(row.im_service, v)); });
        case Field::handle:
            return each_value(cell, [&](auto v) { add_value(a.handles, v); });
        default:
            return;
    }
}

class ContactsReader {
public:
    ContactsReader(ByteStream& text, char delimiter, std::string_view file, const ParseOptions& options,
                   Emitter& out)
        : csv_(text, {}, delimiter), file_(file), options_(options), out_(out) {}

    Result<Done> run() {
        CsvRow row;
        TRY(const bool any, csv_.next(row));
        const auto table = any ? contacts_table(row.fields) : std::nullopt;
        if (!table) {
            out_.reject(1,
                        row.problem == CsvProblem::none
                            ? "this table of contacts has no header that is known; export it again."
                            : "its header can't be read: " + describe(row.problem),
                        row.raw);
            return Done{};
        }
        while (!out_.stopped()) {
            TRY(const bool more, csv_.next(row));
            if (!more) break;
            read(*table, row);
        }
        return Done{};
    }

private:
    void read(const ContactsTable& table, const CsvRow& row) {
        ++count_;
        out_.count_record();
        if (row.problem != CsvProblem::none) return out_.reject(row.line, describe(row.problem), row.raw);
        if (row.fields.size() > table.width)
            return out_.reject(row.line,
                               "the row has " + std::to_string(row.fields.size()) + " columns, its header " +
                                   std::to_string(table.width) + "; a comma or a quote may be astray.",
                               row.raw);
        Row read;
        const bool is_ours = table.layout == ContactsLayout::visavis;
        for (const auto& [column, field] : table.columns) {
            auto cell = trim(row.at(column));
            if (is_ours) cell = trim(text_of_cell(cell));
            if (!cell.empty()) take_cell(read, field, cell);
        }
        auto& attributes = read.attributes;
        attributes.place = join_place(read.street, read.city, "", read.country);
        settle_name(attributes);
        if (attributes.name.full.empty() && attributes.emails.empty()) attributes.name.full = read.file_as;
        if (is_nobody(attributes)) return;  // a company's row, or an empty one
        if (is_owner(attributes, options_))
            return out_.emit(core::OwnerSeen{std::move(attributes), {}}, row.line);
        if (is_ours && !read.uid.empty())
            return out_.emit(core::IdentitySeen{{core::Network::vcard, read.uid}, std::move(attributes)},
                             row.line);
        const auto network =
            table.layout == ContactsLayout::outlook ? core::Network::outlook : core::Network::google_contacts;
        out_.emit(core::IdentitySeen{{network, row_key(file_, count_)}, std::move(attributes)}, row.line);
    }

    CsvReader csv_;
    std::string_view file_;
    const ParseOptions& options_;
    Emitter& out_;
    std::int64_t count_ = 0;
};

}  // namespace

Result<Done> read_contacts_csv(ByteStream& bytes, std::string_view file, const ParseOptions& options,
                               Emitter& out) {
    TextStream text(bytes);
    TRY(const auto head, text.next());
    const std::string kept(head);
    Resumed whole(kept, text);
    return ContactsReader(whole, guess_delimiter(kept), file, options, out).run();
}

}  // namespace vv::formats
