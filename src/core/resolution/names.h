// core/resolution/names.h — a name as written, read into given and family names.
//
// A source's own parts are believed first; a bare line is read as given names before the family name, "Lee,
// Bob" the other way round. Titles, degrees and emoji fall away, "Jr" and "Sr" are kept because they tell
// father and son apart, and words in brackets are kept aside: they are a maiden name, a nickname, an employer
// or the name in another script.
#pragma once

#include "core/people.h"
#include "core/resolution/lexicon.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::core::resolution {

/// Where a reading comes from. Only what a source displays as the name can contradict another; the others can
/// agree.
enum class Source : unsigned char { display, alias, slug, address };

/// One reading of a name: folded words, either list may be empty but not both.
struct NameForm {
    std::vector<std::string> given;
    std::vector<std::string> family;  // particles among them: {"von", "der", "heide"}
    Source source = Source::display;
    bool former = false;          // with a maiden name, or what may be one
    bool transliterated = false;  // from another script
    bool operator==(const NameForm&) const = default;
};

struct NameReading {
    std::vector<NameForm> forms;    // the first is the display name's, when it has one; no duplicates
    std::vector<std::string> tags;  // single words in brackets: perhaps an employer or a place
    Generation generation = Generation::none;
    bool couple = false;  // "Ann & Bob Lee": one card for two
    std::string label;    // the display name, folded, as a whole
};

/// Everything that the attributes say of the name: display, further names, nickname, maiden name.
NameReading read_names(const Attributes& attributes);

/// A line of words of which nothing is known but that they name somebody ("anjali nair"): given names first.
NameForm form_of_words(std::vector<std::string> words, Source source);

/// The name as a list shows it: without brackets, degrees and emoji, given names first; "Jr." stays.
std::string readable_name(std::string_view written);

/// The words run together: {"von", "der", "heide"} → "vonderheide".
std::string joined(const std::vector<std::string>& words);

}  // namespace vv::core::resolution
