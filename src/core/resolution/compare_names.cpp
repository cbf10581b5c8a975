#include "core/resolution/compare_names.h"

#include "core/resolution/spelling.h"

#include <algorithm>
#include <cmath>

namespace vv::core::resolution {
namespace {

struct Part {
    Level level = Level::missing;
    double bits = 0;
};

// m: how often two records of one human agree at this level, given that both have the part.
constexpr double kGivenExact = 0.75, kGivenNickname = 0.18, kGivenShortened = 0.02, kGivenSimilar = 0.03,
                 kGivenPart = 0.05;
constexpr double kGivenDifferent = 0.02, kFamilyDifferent = 0.04;
constexpr double kFamilyExact = 0.92, kFamilyPart = 0.04, kFamilySimilar = 0.03;
constexpr double kInitial = 0.95;  // of those who write an initial
constexpr double kSpellings = 4;   // as many names look similar to a name as bear it, and more
constexpr double kSimilarByChance = 0.001;
constexpr double kSwapped = -1.5;      // bits: "Kulkarni Mohammed" for "Mohammed Kulkarni"
constexpr double kMiddleDiffers = -3;  // bits: "James B." and "James R."
constexpr double kAnotherFamily = -4;  // bits: an address that bears the given name with another family's
constexpr double kLiftsContradiction = -3, kLiftsDisplay = -0.5;

double ratio(double m, double u) {
    return std::log2(m / std::min(u, 1.0));
}

bool is_nickname(Word a, Word b, const Background& background) {
    for (const auto x : background.full_names(a))
        for (const auto y : background.full_names(b))
            if (x == y) return true;
    return false;
}

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
    if (initial.front() != other.front()) return {Level::different, ratio(kGivenDifferent, 1)};
    return {Level::initial, ratio(kInitial, frequency)};
}

bool shares_word(const Form& a, const Form& b, const Background& background) {
    for (const auto x : a.givens)
        for (const auto y : b.givens)
            if (x != 0 && x == y && background.text(x).size() > 1) return true;
    return false;
}

Part similar_part(double frequency, double m) {
    return {Level::similar, ratio(m, kSpellings * frequency + kSimilarByChance)};
}

Part compare_first_words(const Form& a, const Form& b, const Background& background) {
    const auto x = a.givens[0], y = b.givens[0];
    const auto s = background.text(x), t = background.text(y);
    if (x == y) return {Level::exact, ratio(kGivenExact, background.given_frequency(x))};
    if (s.size() == 1 || t.size() == 1)
        return initial_part(s.size() == 1 ? s : t, s.size() == 1 ? t : s,
                            background.given_initial_frequency(s.size() == 1 ? s.front() : t.front()));
    if (is_nickname(x, y, background))
        return {Level::nickname, ratio(kGivenNickname, background.nickname_frequency(x, y))};
    if (is_initials_of(s, b, background) || is_initials_of(t, a, background))
        return {Level::initial, 2 * ratio(kInitial, background.given_initial_frequency(s.front())) - 1};
    const auto rarer = std::min(background.given_frequency(x), background.given_frequency(y));
    if (shares_word(a, b, background)) return {Level::part, ratio(kGivenPart, rarer)};
    if (is_shortened(s, t)) return {Level::shortened, ratio(kGivenShortened, rarer)};
    if (background.similar(x, y)) return similar_part(rarer, kGivenSimilar);
    return {Level::different, ratio(kGivenDifferent, 1)};
}

Part compare_given(const Form& a, const Form& b, const Background& background) {
    if (a.given == 0 || b.given == 0) return {};
    if (a.given == b.given) return {Level::exact, ratio(kGivenExact, background.given_frequency(a.given))};
    auto part = compare_first_words(a, b, background);
    if (part.level != Level::different && middles_differ(a, b, background)) part.bits += kMiddleDiffers;
    return part;
}

Part compare_family(const Form& a, const Form& b, const Background& background) {
    if (a.family == 0 || b.family == 0) return {};
    if (a.family == b.family)
        return {Level::exact, ratio(kFamilyExact, background.family_frequency(a.family))};
    const auto s = background.text(a.family), t = background.text(b.family);
    if (s.size() == 1 || t.size() == 1) {
        const auto letter = s.size() == 1 ? s.front() : t.front();
        return initial_part(s.size() == 1 ? s : t, s.size() == 1 ? t : s,
                            background.family_initial_frequency(letter));
    }
    for (const auto x : a.families)
        for (const auto y : b.families)
            if (x != 0 && x == y) return {Level::part, ratio(kFamilyPart, background.family_frequency(x))};
    const auto rarer = std::min(background.family_frequency(a.family), background.family_frequency(b.family));
    if (background.similar(a.family, b.family)) return similar_part(rarer, kFamilySimilar);
    return {Level::different, ratio(kFamilyDifferent, 1)};
}

NameMatch match_forms(const Form& a, const Form& b, const Background& background) {
    auto given = compare_given(a, b, background);
    const auto family = compare_family(a, b, background);
    if (family.level == Level::missing && given.level == Level::exact)
        given.bits = ratio(kGivenExact, background.bare_given_frequency(a.givens[0]));
    // The displayed side says which of two words is the given name; affinity is told from it.
    const auto& shown = a.source <= b.source ? a : b;
    return {given.level,
            family.level,
            given.bits + family.bits,
            a.source >= Source::slug || b.source >= Source::slug,
            shown.givens[0],
            shown.family};
}

Form swapped(Form form) {
    std::swap(form.given, form.family);
    std::swap(form.givens, form.families);
    return form;
}

NameMatch match_either_order(const Form& a, const Form& b, const Background& background) {
    auto match = match_forms(a, b, background);
    if (a.given == 0 || b.given == 0 || a.family == 0 || b.family == 0) return match;
    if (match.given == Level::exact && match.family == Level::exact) return match;
    const bool crossed =
        a.given == b.family || a.family == b.given || a.givens[0] == b.family || a.family == b.givens[0];
    if (!crossed) return match;
    auto other = match_forms(a, swapped(b), background);
    if (!other.from_address) other.bits += kSwapped;
    return other.bits > match.bits ? other : match;
}

// What is left of "nnightingale" beside the family name tells of the given one.
Part remainder_part(std::string_view rest, const Form& form, const Background& background) {
    const auto given = background.text(form.given), first = background.text(form.givens[0]);
    if (rest.empty()) return {};
    if (form.given == 0) return {Level::different, 0};
    if (rest == given || rest == first)
        return {Level::exact, ratio(kGivenExact, background.given_frequency(form.given))};
    if (rest.size() == 1) {
        if (rest.front() != given.front()) return {Level::different, 0};
        return {Level::initial, ratio(kInitial, background.given_initial_frequency(rest.front()))};
    }
    if (is_initials_of(rest, form, background))
        return {Level::initial, 2 * ratio(kInitial, background.given_initial_frequency(rest.front())) - 1};
    for (const auto full : resolution::full_names(rest))
        for (const auto known : background.full_names(form.givens[0]))
            if (full == background.text(known))
                return {Level::nickname, ratio(kGivenNickname, background.nickname_frequency(known, known))};
    return {Level::different, 0};
}

NameMatch match_run(std::string_view run, std::string_view family, double family_bits, const Form& form,
                    const Background& background) {
    NameMatch best;
    best.from_address = true;
    if (family.size() < 2 || run.size() < family.size()) return best;
    for (const bool at_end : {true, false}) {
        if (at_end ? !run.ends_with(family) : !run.starts_with(family)) continue;
        const auto rest = at_end ? run.substr(0, run.size() - family.size()) : run.substr(family.size());
        if (rest.empty() && family.size() < 5) continue;
        const auto part = remainder_part(rest, form, background);
        if (part.level == Level::different || part.bits + family_bits <= best.bits) continue;
        best = {part.level, Level::exact, part.bits + family_bits, true, form.givens[0], form.family};
    }
    return best;
}

// "klin", "samueltaylor", "hannahj" against a name in parts.
NameMatch match_compact(Word compact, const Form& form, const Background& background) {
    const auto run = background.text(compact);
    NameMatch best;
    best.from_address = true;
    const auto keep = [&](const NameMatch& match) {
        if (match.bits > best.bits) best = match;
    };
    if (form.family != 0) {
        const auto bits = ratio(kFamilyExact, background.family_frequency(form.family));
        keep(match_run(run, background.text(form.family), bits, form, background));
        for (const auto word : form.families)
            if (word != 0 && word != form.family)
                keep(match_run(run, background.text(word),
                               ratio(kFamilyPart, background.family_frequency(word)), form, background));
        const auto given = background.text(form.givens[0]), family = background.text(form.family);
        if (given.size() > 2 && run.size() == given.size() + 1 && run.starts_with(given) &&
            run.back() == family.front())
            keep({Level::exact, Level::initial,
                  ratio(kGivenExact, background.given_frequency(form.givens[0])) +
                      ratio(kInitial, background.family_initial_frequency(family.front())),
                  true, form.givens[0], form.family});
    }
    return best;
}

NameMatch match_compacts(const Profile& a, const Profile& b, const Background& background,
                         bool same_address) {
    NameMatch best;
    best.from_address = true;
    const auto keep = [&](const NameMatch& match) {
        if (match.bits > best.bits) best = match;
    };
    const auto against = [&](const std::vector<Word>& compacts, const std::vector<Form>& forms) {
        for (const auto compact : compacts)
            for (const auto& form : forms)
                if (!same_address || form.source != Source::address)
                    keep(match_compact(compact, form, background));
    };
    against(a.compacts, b.forms);
    against(b.compacts, a.forms);
    if (same_address) return best;
    for (const auto x : a.compacts)
        for (const auto y : b.compacts)
            if (x == y && background.text(x).size() > 5)
                keep({Level::exact, Level::exact, ratio(0.5, 2 * background.compact_frequency(x)), true, 0,
                      0});
    return best;
}

// "Zeynep", whose address says zeynep.sahin, beside Zeynep Bozkurt.
bool another_family(const Profile& a, const Profile& b, const Background& background) {
    bool differs = false;
    for (const auto* pair : {&a, &b}) {
        const auto& other = pair == &a ? b : a;
        for (const auto& x : pair->forms)
            for (const auto& y : other.forms) {
                if (x.source != Source::address || x.family == 0 || y.family == 0 ||
                    y.source == Source::alias)
                    continue;
                const auto match = match_either_order(x, y, background);
                if (match.family > Level::different) return false;
                differs = differs || (match.family == Level::different && match.given > Level::different);
            }
    }
    return differs;
}

NameMatch best_match(const Profile& a, const Profile& b, const Background& background, bool same_address) {
    std::optional<NameMatch> shown;
    NameMatch derived = match_compacts(a, b, background, same_address);
    for (const auto& x : a.forms)
        for (const auto& y : b.forms) {
            if (same_address && x.source == Source::address && y.source == Source::address) continue;
            const auto match = match_either_order(x, y, background);
            if (!match.from_address) {
                if (!shown || match.bits > shown->bits) shown = match;
            } else if (match.given != Level::different && match.family != Level::different &&
                       match.bits > derived.bits) {
                derived = match;
            }
        }
    if (!shown) return derived;
    const auto lifted = derived.bits + (shown->contradicts() ? kLiftsContradiction : kLiftsDisplay);
    if (lifted <= shown->bits || derived.bits <= 0) return *shown;
    derived.bits = lifted;
    return derived;
}

}  // namespace

NameMatch compare_names(const Profile& a, const Profile& b, const Background& background, bool same_address) {
    auto match = best_match(a, b, background, same_address);
    const bool bare = match.family == Level::missing && match.given > Level::different;
    if (bare && !same_address && another_family(a, b, background)) match.bits += kAnotherFamily;
    return match;
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
