// core/resolution/addresses.h — e-mail addresses, profile URLs, handles and employers brought to one form.
#pragma once

#include "core/people.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core::resolution {

struct Email {
    std::string address;             // canonical: lower case, without +tag; Gmail's without dots
    std::string local;               // letters of the part before @, run together: "samueltaylor"
    std::vector<std::string> words;  // the same, split where the address splits it: {"samuel", "taylor"}
    std::string domain;
    bool role = false;  // info@, sales@: read by many
};
/// Nothing when the text is no address.
std::optional<Email> read_email(std::string_view text);

/// "veridian-labs.example.com" → "veridianlabs": the label that an employer's name may equal, run together.
/// Empty for providers of private mail.
std::string employer_of_domain(std::string_view domain);

/// A profile or home page in one form: host and path, lower case, without scheme, "www.", query and final
/// slash; "http://twitter.com/Ann" and the handle "twitter:ann" are both "twitter:ann". Empty when it names
/// nobody.
std::string canonical_page(std::string_view url);
std::string canonical_handle(std::string_view handle);

/// The words of a home page's name as far as they may be its owner's: "hakonlindstrom.example/blog" →
/// hakonlindstrom. None of a page among those of a large site.
std::vector<std::string> site_words(std::string_view page);

/// The words in a canonical handle: "twitter:carrie_pen_29" → carrie, pen; "skype:live:ann.lee" → ann, lee.
std::vector<std::string> handle_words(std::string_view handle);

/// A canonical handle without network and host, when it has a number and five signs and more: "mossmoth_43"
/// is hardly another human's elsewhere. Else empty.
std::string nick_of(std::string_view handle);

/// The words in a profile's slug ("genevieve-jolicoeur-71843515" → genevieve, jolicoeur), without numbers and
/// degrees.
std::vector<std::string> slug_words(std::string_view slug);

/// The words of an employer's name without legal forms: "Veridian Labs, Inc." → veridian, labs.
std::vector<std::string> employer_words(std::string_view organisation);

}  // namespace vv::core::resolution
