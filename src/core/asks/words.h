// core/asks/words.h — a text as the words that the lexicon knows, each with where it stands.
#pragma once

#include "core/asks/lexicon.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::core::asks {

struct Token {
    std::size_t begin = 0, end = 0;  // in the text
    bool is_capital = false;         // begins with a capital letter
    bool ends_sentence = false;
    bool ends_part = false;  // a comma or the like behind it
    bool is_taken = false;   // said what it had to say: a place, a date, a count
};

/// `normal[i]` is tokens[i] folded, without its ending.
struct Words {
    std::string_view text;
    std::vector<Token> tokens;
    std::vector<std::string> normal;

    [[nodiscard]] std::size_t size() const { return tokens.size(); }
    /// The text from one token to another, that one not included.
    [[nodiscard]] std::string_view between(std::size_t from, std::size_t to) const;
    /// The first token behind the sentence that holds `at`.
    [[nodiscard]] std::size_t sentence_end(std::size_t at) const;
    void take(std::size_t from, std::size_t to);
};

Words words_of(std::string_view text, const Lexicon& lexicon);

/// A date behind "by", "before" or "within": "Friday", "11 December", "the end of next month", "two weeks",
/// "2026-12-11". With how many tokens it has.
struct SaidDate {
    Date date;
    std::size_t tokens = 0;
};
std::optional<SaidDate> date_at(const Words& words, std::size_t at, Date today, const Lexicon& lexicon);

/// "four", "4", "a dozen": 0 when no number stands there.
struct SaidNumber {
    int number = 0;
    std::size_t tokens = 0;
};
SaidNumber number_at(const Words& words, std::size_t at, const Lexicon& lexicon);

}  // namespace vv::core::asks
