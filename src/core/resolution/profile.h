// core/resolution/profile.h — identities made ready for comparing, and what the whole set tells of how rare a
// word is.
//
// Words are interned: comparing two names is comparing numbers. A profile refers to its Background and is of
// use with it only. Immutable after construction.
#pragma once

#include "core/resolution.h"
#include "core/resolution/addresses.h"
#include "core/resolution/few.h"
#include "core/resolution/names.h"
#include "core/resolution/spelling.h"
#include "core/resolution/tables.h"
#include "core/resolution/texts.h"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::core::resolution {

using Word = std::uint32_t;  // an interned text; 0 is none
inline constexpr std::size_t kNameWords = 4;

/// One reading of a name, interned. `givens` and `families` hold the single words, particles left out, 0 at
/// the end.
struct Form {
    Word given = 0;   // run together
    Word family = 0;  // run together, particles among it
    std::array<Word, kNameWords> givens{};
    std::array<Word, kNameWords> families{};
    Source source = Source::display;
    bool former = false;
    bool transliterated = false;  // from another script, in which it may be spelt in several ways
};

struct Line {
    Word number = 0;      // E.164
    bool shared = false;  // a landline or a switchboard: likely to ring for several people
};

struct Profile {
    IdentityId id;
    Network network = Network::manual;
    std::vector<Form> forms;
    Few<Word> compacts;  // run-together names in addresses and slugs: "samueltaylor", "klin"
    Few<Word> emails;
    Few<Word> private_emails;  // of those, the ones that no employer gave
    Few<Word> roles;           // addresses that many people read: info@
    Few<Word> homes;           // addresses that a family reads: the.hartwells@
    Few<Line> phones;
    Few<Word> nicks;           // handles without their network, where a number makes them one's own
    Few<Word> handles;         // handles and pages
    Few<Word> employers;       // by name
    Few<Word> mail_employers;  // what the domains of addresses may stand for
    Few<Word> employer_heads;  // first words of those
    Few<Word> tags;            // single words in brackets after a name: perhaps an employer's first word
    Word title = 0;            // what they do there: "cto"
    Word label = 0;
    Word photo = 0;  // of the picture that stands for all of its look
    std::optional<Birthday> birthday;
    std::optional<std::int32_t> since;  // the day since which the owner has a tie with them
    Generation generation = Generation::none;
    bool couple = false;
    bool exported = false;  // of a file that this program wrote: no two of them are one
};

/// A network whose names the owner wrote: a label seen twice is the same hand's.
bool is_labelled_by_owner(Network network);

/// Remembers what it worked out of spellings: for one thread at a time.
class Background {
public:
    /// profiles() are in the order of ids. O(n).
    Background(const IdentitySource& identities, const ResolutionOptions& options);

    [[nodiscard]] const std::vector<Profile>& profiles() const { return profiles_; }
    [[nodiscard]] std::string_view text(Word word) const { return texts_[word]; }
    [[nodiscard]] std::size_t words() const { return texts_.size(); }  // 0 among them
    [[nodiscard]] bool similar(Word a, Word b) const { return is_similar(spelling(a), spelling(b)); }
    /// Full names that a given name may stand for, itself among them.
    [[nodiscard]] std::span<const Word> full_names(Word given) const;
    [[nodiscard]] bool share_full_name(Word a, Word b) const;
    /// Is this employer written as such by some identity? (A mail domain alone does not make one.)
    [[nodiscard]] bool is_employer(Word word) const { return count(employer_count_, word) > 0; }
    [[nodiscard]] bool is_employer_head(Word word) const { return count(head_count_, word) > 0; }

    /// The share of other people who bear it, smoothed so that a small set does not take a common name for a
    /// rare one.
    [[nodiscard]] double given_frequency(Word word) const;
    /// Of a bare given name and all that it may stand for: nobody's own is left out, labels hide who they
    /// mean.
    [[nodiscard]] double bare_given_frequency(Word word) const;
    [[nodiscard]] double nickname_frequency(Word a,
                                            Word b) const;  // of any form of a full name that both stand for
    [[nodiscard]] double family_frequency(Word word) const;
    [[nodiscard]] double given_initial_frequency(char letter) const;
    [[nodiscard]] double family_initial_frequency(char letter) const;
    [[nodiscard]] double compact_frequency(Word word) const;
    [[nodiscard]] double employer_frequency(Word word) const;
    [[nodiscard]] double employer_head_frequency(Word word) const;
    [[nodiscard]] double title_frequency(Word word) const;
    /// log2 of how much more often the two go together than chance would have it: given and family names come
    /// from one region. Told from what else the family's bearers and the given name's bearers are called;
    /// never below 0.
    [[nodiscard]] double affinity(Word given, Word family) const;
    /// About how many people the identities are: distinct names, at least 300 (nobody knows fewer by name).
    [[nodiscard]] double people() const;

private:
    using Counts = std::vector<std::uint32_t>;  // by word

    Word intern(std::string_view text);
    void prepare(Profile& profile, const Identity& identity, const ResolutionOptions& options);
    void note_home(const Email& email, Word address);
    void add_names(Profile& profile, const Identity& identity);
    void add_addresses(Profile& profile, const Identity& identity, const ResolutionOptions& options);
    void add_slug(Profile& profile, std::string_view slug);
    void add_words(Profile& profile, const std::vector<std::string>& words, Source source);
    void add_employers(Profile& profile, const Identity& identity, const std::vector<std::string>& tags);
    Form to_form(const NameForm& form);
    void learn_full_names(Word given);
    void set_full_names(Word given, std::span<const Word> names);
    void add_full_name(Word given, Word full);
    void learn_aliases();
    void count_all();
    void set_homes_apart();
    [[nodiscard]] bool shows_two(const Profile& profile) const;
    void tell_private_emails();
    [[nodiscard]] const Spelling& spelling(Word word) const;
    void count_name(const Form& form);
    [[nodiscard]] std::uint32_t count_bearers(std::span<Word> givens) const;
    void index_bearers();
    [[nodiscard]] double share_in_region(const WordLists& mine, const WordLists& others, Word of,
                                         Word with) const;
    void grow_counts();
    static std::uint32_t count(const Counts& counts, Word word) {
        return word < counts.size() ? counts[word] : 0;
    }
    [[nodiscard]] double smoothed(double seen, double rarest) const;

    // An address that may be a family's, if there is such a family and nobody is called by the whole word.
    struct PerhapsHome {
        std::size_t profile = 0;
        Word address = 0;
        std::string word;  // "hartwells"; empty when the address says that it is a home
    };

    [[nodiscard]] Word find_word(std::string_view text) const;

    Places words_;  // of texts_
    Texts texts_;
    mutable std::deque<Spelling> spellings_;          // of words that were compared by their spelling
    mutable std::vector<std::uint32_t> spelling_at_;  // by word: where it is among them, from 1
    std::vector<PerhapsHome> homes_;
    std::unordered_map<Word, Word> employer_of_email_;  // what the domain may stand for
    // By word, where its full names are in the list of all: how many there are, then they. At 0 there are
    // none.
    std::vector<std::uint32_t> full_names_at_;
    std::vector<Word> full_names_{0};
    std::vector<Profile> profiles_;
    Counts given_count_, class_count_, family_count_, compact_count_, employer_count_, head_count_,
        title_count_;
    WordLists families_of_given_, givens_of_family_;  // distinct
    mutable std::vector<std::uint32_t>
        region_of_;  // by word: the last region that share_in_region() saw it in
    mutable std::uint32_t regions_ = 0;
    std::array<std::uint32_t, 256> given_initials_{}, family_initials_{};
    double names_ = 0;     // distinct names
    double employed_ = 0;  // distinct (name, employer)
    double titled_ = 0;    // distinct (name, title)
};

}  // namespace vv::core::resolution
