// base/phone.h — telephone numbers as people write them, brought to E.164. libphonenumber stops here.
//
// Pure but for libphonenumber's own tables, which are loaded at first use and never change; safe from any
// thread. Reading a number takes about 10 µs; the last hundred thousand are remembered, as address books are
// read again with every import.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vv {

/// What kind of line a number is; `either` where the numbering plan does not tell (all of North America),
/// `service` for what companies are called at: free, premium and shared-cost numbers, mailboxes.
enum class PhoneKind { fixed, mobile, either, service, other };

struct Phone {
    std::string e164;  // "+14165550169"
    std::string
        extension;  // digits after "ext.", not part of E.164: a switchboard's number belongs to many people
    PhoneKind kind = PhoneKind::other;
};

/// Reads a number as written: blanks, dots, brackets, "tel:" URIs, direction marks, other scripts' digits.
/// `region` (ISO 3166, "CA"; may be empty) is where a number without a country code belongs. Nothing when the
/// digits can't be a whole number there: short codes, local parts, senders like "BANK". `text` beyond 250
/// bytes is never a number.
std::optional<Phone> parse_phone(std::string_view text, std::string_view region);

/// parse_phone()'s E.164 form alone.
std::optional<std::string> to_e164(std::string_view text, std::string_view region);

/// The region of an E.164 number in ISO 3166 ("CA"); empty for one of no country, and for what is none.
/// Some 5 µs.
std::string region_of(std::string_view e164);

}  // namespace vv
