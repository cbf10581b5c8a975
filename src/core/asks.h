// core/asks.h — an ask in plain words, taken apart: who is wanted, for what, how many, where, by when, and
// what is given in return.
//
// The structure is what counts: it is shown, may be changed by its writer, and is what people are matched
// with (core/asks/match.h). Words are read with a lexicon that is data (core/asks/lexicon.h). Whatever is not
// understood stays a word to search for; nothing in an ask is ever more than words.
#pragma once

#include "base/geo.h"
#include "base/result.h"
#include "base/time.h"
#include "core/people.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

inline constexpr std::size_t kLongestAsk = 2'000;  // bytes
inline constexpr int kMostWanted = 100;

/// A place that an ask names.
struct AskPlace {
    std::string name;
    LatLng at;
    std::string country;  // ISO 3166; empty: not known
    bool operator==(const AskPlace&) const = default;
};

struct Ask {
    std::string text;  // as it was written
    std::vector<std::string>
        titles;  // any of them will do: "chief executive", "head of engineering", "sales"
    std::vector<std::string> topics;  // words of what they know, do or like
    std::vector<std::string> organisations;
    std::vector<Relation> relations;
    std::string purpose;       // "to interview for a magazine article"
    std::optional<int> count;  // how many are wanted, when the ask says
    std::optional<AskPlace> place;
    std::optional<Date> by;
    std::string in_return;
    bool operator==(const Ask&) const = default;
};

/// Takes a text apart. `today` is the writer's day, for "by Friday". Faults: `invalid` ask.empty, ask.long.
Result<Ask> read_ask(std::string_view text, Date today);

/// What its writer changed, made plain lines of bounded length. Faults: `invalid` ask.empty when neither a
/// title nor a topic, an organisation or a relation is left; ask.long, ask.count.
Result<Ask> check_ask(Ask ask);

/// The place of a name; `invalid` ask.city when no city is called so.
Result<AskPlace> ask_place(std::string_view city);

}  // namespace vv::core
