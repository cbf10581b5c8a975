// formats/people_export.h — an owner's people as vCard 4 (RFC 6350) and as a table: for any address book, and
// back again.
//
// Pure: the same people give the same bytes. A person is one card or row under a key of its own
// (core/people_export.h), which tells when it is read again that no two of them are one.
#pragma once

#include "core/person.h"

#include <string>
#include <vector>

namespace vv::formats {

struct ExportedPerson {
    core::Person person;
    std::vector<core::Attributes> said;  // what each of its identities says, the most believed first
    std::vector<std::string> lists;      // names
};

/// One card, lines folded at 75 bytes and ended by CRLF.
std::string write_vcard(const ExportedPerson& person);

/// The table's first row, and a person's; several values of a cell stand apart by " ::: ".
std::string csv_header();
std::string csv_row(const ExportedPerson& person);

}  // namespace vv::formats
