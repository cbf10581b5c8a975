// core/asks/titles.h — what a title says of somebody's work, and how well it fits what an ask wants.
#pragma once

#include "core/asks/lexicon.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core::asks {

/// A title, or a phrase of an ask, read with the lexicon.
struct Work {
    std::vector<std::string> words;  // as the lexicon compares them
    std::vector<TradeId> trades;     // whose title it holds
    std::vector<TradeId> kinds;      // that it is a word for; of an ask only
    std::vector<FieldId> fields;     // named, or a trade's own
    std::vector<FieldId> more;       // a trade's others
    Level level = Level::none;       // the highest it says
    bool is_role = false;            // "CTO", "head of engineering": a level in a field rather than a trade

    [[nodiscard]] bool is_known() const {
        return is_role || !trades.empty() || !kinds.empty() || !fields.empty();
    }
};

Work read_title(std::string_view title, const Lexicon& lexicon);
/// The same of what an ask wants: words for trades count too.
Work read_wanted(std::string_view phrase, const Lexicon& lexicon);

/// From the best to none at all.
enum class Likeness { same, synonym, kind, level, field, near, none };

struct Fit {
    double value = 0;  // (0, 1], 0: none
    Likeness likeness = Likeness::none;
};

/// `about` are fields that the rest of the ask is about: they tell which engineer is meant.
Fit fit_of(const Work& wanted, const Work& title, std::span<const FieldId> about, const Lexicon& lexicon);

}  // namespace vv::core::asks
