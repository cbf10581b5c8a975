// formats/contacts_table.h — address books as CSV: which of four layouts a header row begins, and its
// columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::formats {

enum class ContactsLayout { google, outlook, visavis };

/// What a column of an address book holds; columns that are not read are not in the table.
enum class ContactsField {
    name,
    given,
    additional,
    family,
    prefix,
    suffix,
    nickname,
    maiden,
    file_as,
    birthday,
    notes,
    next_step,
    labels,
    email,
    phone,
    url,
    organisation,
    title,
    place,
    city,
    country,
    im_service,
    im_name,
    handle,
    uid,
};

struct ContactsTable {
    ContactsLayout layout = ContactsLayout::google;
    std::size_t width = 0;
    std::vector<std::pair<std::size_t, ContactsField>> columns;  // in the order of the header
};

/// The address book that this header row begins: Google's old and new headers, Outlook's own and Google's
/// imitation of it, in English, this program's own, and Outlook's in German, French, Spanish, Italian,
/// Portuguese and Dutch. Nothing otherwise.
std::optional<ContactsTable> contacts_table(const std::vector<std::string_view>& header);

}  // namespace vv::formats
