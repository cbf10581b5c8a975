// formats/person_card.h — what vCards and tables of contacts have in common: from a card's fields to an
// identity.
#pragma once

#include "core/people.h"
#include "formats/options.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

/// Appends what is not empty and not there yet; at most 200 values, each cut at 1,000 bytes.
void add_value(std::vector<std::string>& list, std::string_view value);
/// The first nickname is the name's own, further ones are other names.
void add_nickname(core::Attributes& attributes, std::string_view name);
/// A group of the address book, without Google's "* "; the one that every contact is in is left out.
void add_label(core::Attributes& attributes, std::string_view label);
/// "twitter" and "@AnnLee" → "twitter:annlee"; Skype's ids keep their case and their "live:".
std::string handle(std::string_view service, std::string_view user);
/// What follows the last slash of an address.
std::string last_segment(std::string_view url);
/// "Toronto, ON, Canada" from its parts, the street only when nothing else is there.
std::string join_place(std::string_view street, std::string_view city, std::string_view region,
                       std::string_view country);

/// Puts the full name together where the card leaves it out, and empties it where it is only an e-mail
/// address, which then is among the addresses.
void settle_name(core::Attributes& attributes);
/// Neither a name, an address, a number nor a handle.
bool is_nobody(const core::Attributes& attributes);
/// Whether the card is the owner's own: it has one of the owner's addresses, and no other name than the
/// owner's.
bool is_owner(const core::Attributes& attributes, const ParseOptions& options);

/// The key of the N-th record of a file: "contacts.vcf:2".
std::string row_key(std::string_view file, std::int64_t record);

}  // namespace vv::formats
