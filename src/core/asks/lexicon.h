// core/asks/lexicon.h — what words of titles and asks mean: trades, fields, levels, and the small words that
// hold an ask together.
//
// Read from data/asks/en.txt, which says what its lines mean; another language is another file. Immutable and
// safe from any thread.
#pragma once

#include "core/people.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::core::asks {

using TradeId = std::uint16_t;
using FieldId = std::uint16_t;

/// How high somebody stands, as far as a title says.
enum class Level : std::uint8_t { none, student, junior, senior, manager, head, chief };

/// What a small word does in an ask; the names of the file's `mark` lines.
enum class Mark : std::uint8_t {
    opener,
    anyone,
    single,
    who,
    modal,
    be,
    to,
    for_,
    about,
    or_,
    place,
    at,
    by,
    within,
    return_,
    few,
    stop,
    today,
    tomorrow,
    next,
    end,
};

/// Everything that one phrase may mean.
struct Meaning {
    std::vector<TradeId> titles;  // trades whose title it is
    std::vector<TradeId> kinds;   // trades that it is a word for ("academic")
    std::vector<TradeId> said;    // trades that asks mean by it ("runs a company")
    std::vector<FieldId> fields;
    Level level = Level::none;
    bool is_role = false;  // a level and fields in one word ("CTO")
    std::optional<Relation> relation;
    std::uint32_t marks = 0;
    int number = 0, month = 0, weekday = 0, days = 0;

    [[nodiscard]] bool has(Mark mark) const { return (marks >> static_cast<unsigned>(mark) & 1U) != 0; }
    /// Of a trade, a field or a level in a field, and not merely of the grammar.
    [[nodiscard]] bool names_work() const {
        return is_role || !titles.empty() || !kinds.empty() || !said.empty() || !fields.empty();
    }
};

struct Trade {
    std::string name;
    std::vector<FieldId> fields;                   // the first is its own
    std::vector<std::vector<std::string>> titles;  // folded words of each
};

struct Field {
    std::string name;
    std::vector<FieldId> near;
    std::vector<std::vector<std::string>> phrases;
};

class Lexicon {
public:
    static const Lexicon& english();
    /// Faulty lines end the program: the file is part of it.
    explicit Lexicon(std::string_view file);

    /// A folded word without its ending: "engineers" → "engineer".
    [[nodiscard]] std::string normal(std::string_view folded) const;

    struct Found {
        const Meaning* meaning = nullptr;
        std::size_t words = 0;
    };
    /// The longest phrase that the words from `at` on begin with. O(longest phrase).
    [[nodiscard]] Found longest(std::span<const std::string> normal_words, std::size_t at) const;
    /// The longest of those that do one thing.
    [[nodiscard]] Found longest(std::span<const std::string> normal_words, std::size_t at, Mark mark) const;
    [[nodiscard]] const Meaning* find(std::string_view phrase) const;

    [[nodiscard]] const Trade& trade(TradeId id) const { return trades_[id]; }
    [[nodiscard]] const Field& field(FieldId id) const { return fields_[id]; }
    [[nodiscard]] std::size_t trade_count() const { return trades_.size(); }
    /// Roles in these fields: the words of "CTO" for software.
    [[nodiscard]] std::vector<std::vector<std::string>> roles_in(std::span<const FieldId> fields) const;
    [[nodiscard]] std::span<const std::string> level_words(Level level) const {
        return levels_[static_cast<std::size_t>(level)];
    }

private:
    struct Role {
        std::vector<FieldId> fields;
        std::vector<std::vector<std::string>> titles;
    };
    class Reader;

    std::vector<std::pair<std::string, std::string>> endings_;
    std::vector<std::string> keep_;
    std::vector<Trade> trades_;
    std::vector<Field> fields_;
    std::vector<Role> roles_;
    std::array<std::vector<std::string>, 7> levels_;
    std::unordered_map<std::string, Meaning> meanings_;
    std::size_t longest_ = 1;
};

}  // namespace vv::core::asks
