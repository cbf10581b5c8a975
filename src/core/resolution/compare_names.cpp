#include "core/resolution/compare_names.h"

#include "core/resolution/runs.h"
#include "core/resolution/spelling.h"

#include <algorithm>
#include <cmath>

namespace vv::core::resolution {
namespace {

// How one half of two names agrees: at which level, how surprising that is of strangers (-log2 u), and what
// it costs besides.
struct Part {
    Level level = Level::missing;
    double surprise = 0;
    double cost = 0;
};

constexpr double kSpellings = 4;  // as many names look similar to a name as bear it, and more
constexpr double kSimilarByChance = 0.001;
constexpr double kSwapped = -1.5;      // bits: "Kulkarni Mohammed" for "Mohammed Kulkarni"
constexpr double kFormerName = 4;      // bits: few go on under a name from before the wedding; others have it
constexpr double kOtherFullName = 5;   // bits: "Marge", whose page says marjorie, beside Margaret
constexpr double kTransliterated = 1;  // bits: that it is spelt otherwise in another script says little
constexpr double kOtherInitial = 2.5;  // bits
constexpr double kTwoShortForms = 4;   // bits: "Sandy" and "Sasha"; most people have one
constexpr double kMiddleDiffers = 3;   // bits: "James B." and "James R."
constexpr double kAnotherFamily = 4;   // bits: an address that bears the given name with another family's
constexpr double kSpeltApart = 5;      // bits: half a name, and on each side another whole one somewhere
constexpr double kLiftsContradiction = -3, kLiftsDisplay = -0.5;

double surprise(double u) {
    return -std::log2(std::min(u, 1.0));
}

double bits(const Part& part, const std::array<double, kLevels>& m) {
    if (part.level == Level::missing) return 0;
    return part.surprise - part.cost + std::log2(m[static_cast<std::size_t>(part.level)]);
}

// What every comparison asks: how common words are, and what agreement is worth.
struct Names {
    const Background& background;
    const NameWeights& weights;
};

// "jm" for Jean-Marie.
bool is_initials_of(std::string_view text, const Form& form, const Background& background) {
    if (text.size() < 2 || text.size() > kNameWords || form.givens[text.size() - 1] == 0) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (background.text(form.givens[i]).front() != text[i]) return false;
    return true;
}

bool middles_differ(const Form& a, const Form& b, const Background& background) {
    if (a.givens[1] == 0 || b.givens[1] == 0) return false;
    return background.text(a.givens[1]).front() != background.text(b.givens[1]).front();
}

Part initial_part(std::string_view initial, std::string_view other, double frequency) {
    if (initial.front() != other.front()) return {Level::different};
    return {Level::initial, surprise(frequency)};
}

// "Erik" beside Lars-Erik: a word of one is the first of the other. (Two sons of somebody, "Ben-David", are
// not one.)
bool shares_word(const Form& a, const Form& b, const Background& background) {
    const auto among = [&](Word first, const Form& form) {
        return background.text(first).size() > 1 &&
               std::find(form.givens.begin(), form.givens.end(), first) != form.givens.end();
    };
    return among(a.givens[0], b) || among(b.givens[0], a);
}

Part similar_part(double frequency) {
    return {Level::similar, surprise(kSpellings * frequency + kSimilarByChance)};
}

// Half a dozen letters that begin another name are a short form of it, but not when they are a name of their
// own: "jian" for Jianguo, not Joseph for Josephine.
bool is_short_form(std::string_view a, std::string_view b) {
    if (!is_shortened(a, b)) return false;
    const auto& shorter = a.size() < b.size() ? a : b;
    return short_forms(shorter).empty();
}

// Scripts that leave vowels out, or are read aloud in several ways: only what one side spelt in another
// script.
bool is_transliteration(const Form& a, const Form& b, std::string_view s, std::string_view t) {
    return a.transliterated != b.transliterated && consonants(s) == consonants(t);
}

Part compare_first_words(const Form& a, const Form& b, const Background& background) {
    const auto x = a.givens[0], y = b.givens[0];
    const auto s = background.text(x), t = background.text(y);
    if (x == y && s.size() > 1) return {Level::exact, surprise(background.given_frequency(x))};
    if (s.size() == 1 || t.size() == 1)
        return initial_part(s.size() == 1 ? s : t, s.size() == 1 ? t : s,
                            background.given_initial_frequency(s.size() == 1 ? s.front() : t.front()));
    if (background.share_full_name(x, y)) {
        const auto of = [&](Word full, Word form) {
            const auto names = background.full_names(form);
            return std::find(names.begin(), names.end(), full) != names.end();
        };
        const double cost = of(x, y) || of(y, x) ? 0 : kTwoShortForms;
        return {Level::nickname, surprise(background.nickname_frequency(x, y)), cost};
    }
    if (is_initials_of(s, b, background) || is_initials_of(t, a, background))
        return {Level::initial, 2 * surprise(background.given_initial_frequency(s.front())), 1};
    const auto rarer = std::min(background.given_frequency(x), background.given_frequency(y));
    if (shares_word(a, b, background)) return {Level::part, surprise(rarer)};
    if (is_short_form(s, t)) return {Level::shortened, surprise(rarer)};
    if (background.similar(x, y) || is_transliteration(a, b, s, t)) {
        if (a.transliterated == b.transliterated) return similar_part(rarer);
        return {Level::exact, surprise(2 * rarer), kTransliterated};
    }
    return {Level::different};
}

Part compare_given(const Form& a, const Form& b, const Background& background) {
    if (a.given == 0 || b.given == 0) return {};
    if (a.given == b.given && background.text(a.given).size() > 1)
        return {Level::exact, surprise(background.given_frequency(a.given))};
    auto part = compare_first_words(a, b, background);
    if (part.level != Level::different && middles_differ(a, b, background)) part.cost += kMiddleDiffers;
    return part;
}

Part compare_family(const Form& a, const Form& b, const Background& background) {
    if (a.family == 0 || b.family == 0) return {};
    const auto s = background.text(a.family), t = background.text(b.family);
    if (a.family == b.family && s.size() > 1)
        return {Level::exact, surprise(background.family_frequency(a.family))};
    if (s.size() == 1 || t.size() == 1) {
        const auto letter = s.size() == 1 ? s.front() : t.front();
        return initial_part(s.size() == 1 ? s : t, s.size() == 1 ? t : s,
                            background.family_initial_frequency(letter));
    }
    for (const auto x : a.families)
        for (const auto y : b.families)
            if (x != 0 && x == y) return {Level::part, surprise(background.family_frequency(x))};
    const auto rarer = std::min(background.family_frequency(a.family), background.family_frequency(b.family));
    if (background.similar(a.family, b.family) || is_transliteration(a, b, s, t)) {
        if (a.transliterated == b.transliterated) return similar_part(rarer);
        return {Level::exact, surprise(2 * rarer), kTransliterated};
    }
    return {Level::different};
}

NameMatch match_forms(const Form& a, const Form& b, const Names& names) {
    auto given = compare_given(a, b, names.background);
    const auto family = compare_family(a, b, names.background);
    if (family.level == Level::missing && given.level == Level::exact)
        given.surprise = surprise(names.background.bare_given_frequency(a.givens[0]));
    // The displayed side says which of two words is the given name; affinity is told from it.
    const auto& shown = a.source <= b.source ? a : b;
    const bool former = (a.former || b.former) && family.level > Level::different;
    return {given.level,
            family.level,
            bits(given, names.weights.given) + bits(family, names.weights.family),
            a.source >= Source::slug || b.source >= Source::slug,
            shown.givens[0],
            shown.family,
            former ? kFormerName : 0,
            given.level == Level::nickname && given.cost >= kTwoShortForms};
}

Form swapped(Form form) {
    std::swap(form.given, form.family);
    std::swap(form.givens, form.families);
    return form;
}

NameMatch match_either_order(const Form& a, const Form& b, const Names& names) {
    auto match = match_forms(a, b, names);
    if (a.given == 0 || b.given == 0 || a.family == 0 || b.family == 0) return match;
    if (match.given == Level::exact && match.family == Level::exact) return match;
    const bool crossed =
        a.given == b.family || a.family == b.given || a.givens[0] == b.family || a.family == b.givens[0];
    if (!crossed) return match;
    auto other = match_forms(a, swapped(b), names);
    if (!other.from_address) other.bits += kSwapped;
    return other.sum() > match.sum() ? other : match;
}

// What is left of "nnightingale" beside the family name tells of the given one.
Part remainder_part(std::string_view rest, const Form& form, const Names& names) {
    const auto given = names.background.text(form.given), first = names.background.text(form.givens[0]);
    if (rest.empty()) return {};
    if (form.given == 0) return {Level::different};
    if (rest == given || rest == first)
        return {Level::exact, surprise(names.background.given_frequency(form.given))};
    if (rest.size() == 1) {
        if (rest.front() != given.front()) return {Level::different};
        return {Level::initial, surprise(names.background.given_initial_frequency(rest.front()))};
    }
    if (is_initials_of(rest, form, names.background))
        return {Level::initial, 2 * surprise(names.background.given_initial_frequency(rest.front())), 1};
    for (const auto full : resolution::full_names(rest))
        for (const auto known : names.background.full_names(form.givens[0]))
            if (full == names.background.text(known))
                return {Level::nickname, surprise(names.background.nickname_frequency(known, known))};
    return {Level::different};
}

NameMatch match_run(std::string_view run, std::string_view family, double family_bits, const Form& form,
                    const Names& names) {
    NameMatch best;
    best.from_address = true;
    if (family.size() < 2 || run.size() < family.size()) return best;
    for (const bool at_end : {true, false}) {
        if (at_end ? !run.ends_with(family) : !run.starts_with(family)) continue;
        const auto rest = at_end ? run.substr(0, run.size() - family.size()) : run.substr(family.size());
        if (rest.empty() && family.size() < 5) continue;
        const auto part = remainder_part(rest, form, names);
        const double sum = bits(part, names.weights.given) + family_bits;
        if (part.level == Level::different || sum <= best.bits) continue;
        best = {part.level, Level::exact, sum, true, form.givens[0], form.family};
    }
    return best;
}

// "klin", "samueltaylor", "hannahj" against a name in parts.
NameMatch match_compact(Word compact, const Form& form, const Names& names) {
    const auto run = names.background.text(compact);
    NameMatch best;
    best.from_address = true;
    const auto keep = [&](const NameMatch& match) {
        if (match.sum() > best.sum()) best = match;
    };
    if (form.family == 0) return best;
    const auto& background = names.background;
    const auto family_bits = [&](Level level, double frequency) {
        return bits({level, surprise(frequency)}, names.weights.family);
    };
    keep(match_run(run, background.text(form.family),
                   family_bits(Level::exact, background.family_frequency(form.family)), form, names));
    for (const auto word : form.families)
        if (word != 0 && word != form.family)
            keep(match_run(run, background.text(word),
                           family_bits(Level::part, background.family_frequency(word)), form, names));
    const auto given = background.text(form.givens[0]), family = background.text(form.family);
    if (given.size() > 2 && run.size() == given.size() + 1 && run.starts_with(given) &&
        run.back() == family.front()) {
        const Part exact{Level::exact, surprise(background.given_frequency(form.givens[0]))};
        keep({Level::exact, Level::initial,
              bits(exact, names.weights.given) +
                  family_bits(Level::initial, background.family_initial_frequency(family.front())),
              true, form.givens[0], form.family});
    }
    return best;
}

NameMatch match_compacts(const Profile& a, const Profile& b, const Names& names, bool same_address) {
    NameMatch best;
    best.from_address = true;
    const auto keep = [&](const NameMatch& match) {
        if (match.sum() > best.sum()) best = match;
    };
    const auto against = [&](const Few<Word>& compacts, const std::vector<Form>& forms) {
        for (const auto compact : compacts)
            for (const auto& form : forms)
                if (!same_address || form.source != Source::address)
                    keep(match_compact(compact, form, names));
    };
    against(a.compacts, b.forms);
    against(b.compacts, a.forms);
    if (same_address) return best;
    for (const auto x : a.compacts)
        for (const auto y : b.compacts)
            if (x == y && names.background.text(x).size() > 5)
                keep({Level::exact, Level::exact, surprise(2 * names.background.compact_frequency(x)) - 1,
                      true, 0, 0});
    return best;
}

// "colin_qua_30": a handle that begins the family name leaves the rest of it out.
bool begins_family(const Form& address, const Form& shown, const Background& background) {
    const auto begun = background.text(address.family);
    const auto begins = [&](Word word) { return word != 0 && background.text(word).starts_with(begun); };
    return begins(shown.family) || std::any_of(shown.families.begin(), shown.families.end(), begins);
}

// "Zeynep", whose address says zeynep.sahin, beside Zeynep Bozkurt.
bool another_family(const Profile& a, const Profile& b, const Names& names) {
    bool differs = false;
    for (const auto* pair : {&a, &b}) {
        const auto& other = pair == &a ? b : a;
        for (const auto& x : pair->forms)
            for (const auto& y : other.forms) {
                if (x.source != Source::address || x.family == 0 || y.family == 0 ||
                    y.source == Source::alias)
                    continue;
                const auto match = match_either_order(x, y, names);
                if (match.family > Level::different || begins_family(x, y, names.background)) return false;
                differs = differs || (match.family == Level::different && match.given > Level::different);
            }
    }
    return differs;
}

// Katherine and Catherine are spelt alike, but each keeps to her own.
bool are_two_names(const Form& a, const Form& b, const Background& background) {
    const auto level = compare_given(a, b, background).level;
    return level == Level::different ||
           (level == Level::similar && !short_forms(background.text(a.givens[0])).empty() &&
            !short_forms(background.text(b.givens[0])).empty());
}

// A page or an address spells out which full name a short form stands for, and it is not the other's.
bool another_full_name(const Profile& a, const Profile& b, const Background& background) {
    for (const auto* side : {&a, &b}) {
        const auto& other = side == &a ? b : a;
        if (other.forms.empty() || other.forms.front().source != Source::display) continue;
        const auto& shown = other.forms.front();
        if (shown.given == 0 || shown.family == 0) continue;
        for (const auto& form : side->forms)
            if (form.source >= Source::slug && form.family == shown.family &&
                are_two_names(form, shown, background))
                return true;
        for (const auto run : side->compacts)
            if (runs_another(run, shown, background)) return true;
    }
    return false;
}

// A given name written in full: "Min-jun" though somebody's Min is short for another, and "Nancy", which has
// short forms of its own.
bool spells_out(const Form& form, const Background& background) {
    if (form.given == 0 || form.family == 0) return false;
    const auto given = background.text(form.given);
    return given.size() > 1 && (background.full_names(form.given).size() <= 1 || !short_forms(given).empty());
}

NameMatch best_match(const Profile& a, const Profile& b, const Names& names, bool same_address) {
    std::optional<NameMatch> shown;
    NameMatch derived = match_compacts(a, b, names, same_address);
    for (const auto& x : a.forms)
        for (const auto& y : b.forms) {
            if (same_address && x.source == Source::address && y.source == Source::address) continue;
            const auto match = match_either_order(x, y, names);
            if (!match.from_address) {
                if (!shown || match.sum() > shown->sum()) shown = match;
            } else if (match.given != Level::different && match.family != Level::different &&
                       match.sum() > derived.sum()) {
                derived = match;
            }
        }
    if (!shown) return derived;
    // Addresses and slugs are made from the name that is shown: once that agrees as a whole, they add
    // nothing, however seldom their spelling stands in the book.
    if (shown->given == Level::exact && shown->family == Level::exact) return *shown;
    // An initial in an address says less than its letters do, and never more than a whole name shown.
    const bool initial = derived.given == Level::initial || derived.family == Level::initial;
    if (initial && shown->given > Level::initial && shown->family > Level::initial) return *shown;
    const auto lifted = derived.bits + (shown->contradicts() ? kLiftsContradiction : kLiftsDisplay);
    if (lifted - derived.doubt <= shown->sum() || derived.sum() <= 0) return *shown;
    derived.bits = lifted;
    // "Maggie" and "Marge": that the one's page says Margaret makes them no likelier to be hers.
    const bool unlike =
        shown->two_short_forms || (shown->given < Level::nickname && shown->given > Level::missing);
    if (derived.given == Level::nickname && unlike) derived.doubt += kTwoShortForms;
    return derived;
}

}  // namespace

NameMatch compare_names(const Profile& a, const Profile& b, const Background& background,
                        const NameWeights& weights, bool same_address) {
    const Names names{background, weights};
    auto match = best_match(a, b, names, same_address);
    if (match.given == Level::nickname && another_full_name(a, b, background)) match.doubt += kOtherFullName;
    if (match.given == Level::similar && full_names_of(a, b, background) == FullNames::two)
        match.doubt += kOtherFullName;
    if (match.given == Level::nickname && another_initial(a, b, background)) match.doubt += kOtherInitial;
    const bool agrees = match.given != Level::different && match.family != Level::different &&
                        std::max(match.given, match.family) > Level::different;
    const bool half = match.given == Level::missing || match.family == Level::missing;
    if (half && agrees && !same_address && spelt_names(a, b, background) == Spelt::apart)
        match.doubt += kSpeltApart;
    else if (agrees && !match.from_address && !same_address && another_family(a, b, names))
        match.doubt += kAnotherFamily;
    return match;
}

FullNames full_names_of(const Profile& a, const Profile& b, const Background& background) {
    auto found = FullNames::unknown;
    for (const auto& x : a.forms)
        for (const auto& y : b.forms) {
            if (!spells_out(x, background) || !spells_out(y, background) || x.family != y.family) continue;
            if (x.given == y.given) return FullNames::one;
            if (are_two_names(x, y, background)) found = FullNames::two;
        }
    return found;
}

namespace {

bool is_whole(const Form& form, const Background& background) {
    constexpr std::size_t kLeast = 3;  // letters: shorter ones abbreviate
    return form.given != 0 && form.family != 0 && background.text(form.givens[0]).size() >= kLeast &&
           background.text(form.family).size() > 1;
}

bool may_be_one(const Form& x, const Form& y, const Names& names) {
    const auto match = match_either_order(x, y, names);
    return (match.given > Level::different && match.family > Level::different) ||
           begins_family(x, y, names.background) || begins_family(y, x, names.background);
}

// "colinstandish" beside Colin Wadsworth: what is left of it is another name.
Spelt run_beside(Word compact, const Form& form, const Names& names) {
    constexpr std::size_t kLeast = 4;  // letters
    if (match_compact(compact, form, names).sum() > 0) return Spelt::alike;
    const auto run = names.background.text(compact), given = names.background.text(form.givens[0]);
    const bool begins = run.starts_with(given), ends = run.ends_with(given);
    if ((!begins && !ends) || run.size() < given.size() + kLeast) return Spelt::unknown;
    const auto rest = begins ? run.substr(given.size()) : run.substr(0, run.size() - given.size());
    return names.background.text(form.family).starts_with(rest.substr(0, kLeast)) ? Spelt::alike
                                                                                  : Spelt::apart;
}

}  // namespace

Spelt spelt_names(const Profile& a, const Profile& b, const Background& background) {
    static const NameWeights kPriors;
    const Names names{background, kPriors};
    auto found = Spelt::unknown;
    for (const auto& x : a.forms)
        for (const auto& y : b.forms) {
            if (!is_whole(x, background) || !is_whole(y, background)) continue;
            if (may_be_one(x, y, names)) return Spelt::alike;
            found = Spelt::apart;
        }
    for (const auto* side : {&a, &b})
        for (const auto run : side->compacts)
            for (const auto& form : (side == &a ? b : a).forms) {
                if (!is_whole(form, background)) continue;
                const auto beside = run_beside(run, form, names);
                if (beside == Spelt::alike) return beside;
                if (beside == Spelt::apart) found = beside;
            }
    return found;
}

std::array<Cell, 2> name_cells(const Profile& a, const Profile& b, const Background& background) {
    std::array<Cell, 2> cells;
    if (a.forms.empty() || b.forms.empty()) return cells;
    const auto &x = a.forms.front(), &y = b.forms.front();
    if (x.source != Source::display || y.source != Source::display) return cells;
    const auto fill = [](Cell& cell, const Part& part) {
        cell = {static_cast<std::uint8_t>(part.level), static_cast<float>(part.surprise)};
    };
    fill(cells[0], compare_given(x, y, background));
    fill(cells[1], compare_family(x, y, background));
    return cells;
}

const char* agreement(const NameMatch& match) {
    if (match.given == Level::missing && match.family == Level::missing) return "missing";
    if (match.given == Level::different)
        return match.family == Level::different ? "different" : "other_given";
    if (match.family == Level::different) return "other_family";
    if (match.given == Level::missing) return "family";
    if (match.family == Level::missing) return "given";
    switch (std::min(match.given, match.family)) {
        case Level::initial:
            return "initial";
        case Level::similar:
            return "similar";
        case Level::shortened:
            return "short";
        case Level::part:
            return "part";
        case Level::nickname:
            return "nickname";
        default:
            return "exact";
    }
}

}  // namespace vv::core::resolution
