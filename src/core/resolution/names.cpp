#include "core/resolution/names.h"

#include "base/text.h"
#include "core/resolution/readings.h"

#include <algorithm>
#include <array>

namespace vv::core::resolution {
namespace {

using Words = std::vector<std::string>;

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Emoji and other signs, which folding leaves as they are.
bool is_sign(std::string_view word) {
    const auto lead = static_cast<unsigned char>(word.front());
    return lead == 0xe2 || lead >= 0xef;
}

// "O'Hanlon" is one word however its apostrophe is written, and "J.-M." two.
std::string without_apostrophes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'' || text[i] == '`') continue;
        if (text.substr(i, 3) == "\xE2\x80\x99" || text.substr(i, 3) == "\xE2\x80\x98") {
            i += 2;
            continue;
        }
        if (text.substr(i, 2) == "\xCA\xBC") {
            ++i;
            continue;
        }
        out += text[i];
    }
    return out;
}

// The words that can belong to a name; titles, degrees, kin words and numbers go, a generation is noted.
struct CleanWords {
    Words words;
    Generation generation = Generation::none;
    bool titled = false;
};

CleanWords clean(std::string_view text) {
    CleanWords out;
    for (auto& word : folded_words(without_apostrophes(text))) {
        const auto generation = parse_generation(word);
        const auto kind = kind_of(word);
        if (generation != Generation::none && !out.words.empty())
            out.generation = generation;
        else if (kind == WordKind::title)
            out.titled = true;
        else if (kind == WordKind::name && !has_digit(word) && !is_sign(word))
            out.words.push_back(std::move(word));
    }
    return out;
}

Words family_words(std::string_view text, Generation& generation) {
    Words words;
    for (auto& word : folded_words(without_apostrophes(text))) {
        const auto found = parse_generation(word);
        if (found != Generation::none)
            generation = found;
        else if (!is_around_name(word) && !has_digit(word) && !is_sign(word))
            words.push_back(std::move(word));
    }
    return words;
}

// "Jen (Dunmore)" → "Jen" with "Dunmore" aside; quotes work like brackets. An opening without an end is text.
std::string take_asides(std::string_view text, std::vector<std::string>& asides) {
    static constexpr std::string_view kOpen = "([{\"";
    static constexpr std::string_view kClose = ")]}\"";
    std::string rest;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto kind = kOpen.find(text[i]);
        const auto end = kind == std::string_view::npos ? kind : text.find(kClose[kind], i + 1);
        if (end == std::string_view::npos) {
            rest += text[i];
            continue;
        }
        asides.emplace_back(text.substr(i + 1, end - i - 1));
        rest += ' ';
        i = end;
    }
    return rest;
}

// Han and Hangul names run together, the family name first: "周志强", "김민수". Two families have two signs.
bool in_family_first_script(std::string_view text) {
    if (text.size() < 6 || text.size() > 15 || text.size() % 3 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0xe4 || lead > 0xed) return false;  // U+4E00 … U+D7FF in UTF-8
    }
    return true;
}

NameForm family_first(Words words, Source source) {
    static constexpr std::array<std::string_view, 6> kTwoSigns{"ouyang",    "sima", "zhuge",
                                                               "shangguan", "situ", "huangfu"};
    const auto two = words.size() > 2 &&
                     std::find(kTwoSigns.begin(), kTwoSigns.end(), words[0] + words[1]) != kTwoSigns.end();
    const auto cut = words.begin() + (two ? 2 : 1);
    return {{joined({cut, words.end()})}, {joined({words.begin(), cut})}, source, false};
}

// Hangul folds to one word for the whole name: each sign is a syllable, the first the family's.
Words syllables(std::string_view text) {
    Words words;
    for (std::size_t i = 0; i + 3 <= text.size(); i += 3)
        for (auto& word : folded_words(text.substr(i, 3))) words.push_back(std::move(word));
    return words;
}

// Letters of another script than Latin: Greek, Cyrillic, Hebrew, Arabic and all that come after. Not Han,
// which is read in one way: Zhu and Zhou are two families.
bool is_transliterated(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto lead = static_cast<unsigned char>(c);
        return (lead >= 0xcd && lead <= 0xdf) || lead == 0xe0 || lead == 0xe3 ||
               (lead >= 0xea && lead <= 0xed);
    });
}

NameForm form_of_text(std::string_view text, Words words, Source source) {
    const auto written = trim(text);
    NameForm form;
    if (in_family_first_script(written))
        form = family_first(words.size() > 1 ? std::move(words) : syllables(written), source);
    else
        form = form_of_words(std::move(words), source);
    form.transliterated = is_transliterated(written);
    return form;
}

bool only_suffixes(std::string_view text) {
    const auto words = folded_words(text);
    return std::all_of(words.begin(), words.end(), [](const std::string& word) {
        return is_around_name(word) || is_sign(word) || parse_generation(word) != Generation::none;
    });
}

// "Lee, Bob" → "Bob Lee"; "Vince Blackwood, MBA, PMP" keeps its order.
std::string in_order(const std::string& text, Generation& generation) {
    auto parts = split(text, ',');
    for (std::size_t i = 1; i < parts.size();) {
        if (!only_suffixes(parts[i])) {
            ++i;
            continue;
        }
        for (const auto& word : folded_words(parts[i]))
            if (const auto found = parse_generation(word); found != Generation::none) generation = found;
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (parts.size() == 2 && !trim(parts[0]).empty() && !trim(parts[1]).empty())
        return std::string(parts[1]) + " " + std::string(parts[0]);
    std::string out;
    for (const auto part : parts) out += std::string(part) + " ";
    return out;
}

// "Ann & Bob Lee" → "Ann", "Bob Lee". Empty when the text names one person.
std::vector<std::string> couple_parts(const std::string& text) {
    for (const std::string_view joint : {" & ", " + ", " and ", " und ", " et "}) {
        const auto at = text.find(joint);
        if (at == std::string::npos || at == 0) continue;
        return {text.substr(0, at), text.substr(at + joint.size())};
    }
    return {};
}

void add_form(NameReading& reading, NameForm form) {
    if (form.given.empty() && form.family.empty()) return;
    const auto same = [&](const NameForm& f) { return f.given == form.given && f.family == form.family; };
    if (std::none_of(reading.forms.begin(), reading.forms.end(), same))
        reading.forms.push_back(std::move(form));
}

// The whole of a name: as its bearer reads the signs, and as they are transliterated.
void add_whole(NameReading& reading, std::string_view text, Words words, Source source) {
    auto known = read_signs(text, source);
    if (!known.instead) add_form(reading, form_of_text(text, std::move(words), source));
    for (auto& form : known.forms) add_form(reading, std::move(form));
}

// Words in brackets: a second family name or a nickname, the whole name in another script, or a mere tag.
void add_asides(NameReading& reading, const std::vector<std::string>& asides) {
    for (const auto& aside : asides) {
        auto known = read_signs(aside, Source::alias);
        for (auto& form : known.forms) add_form(reading, std::move(form));
        auto words = clean(aside).words;
        if (words.empty() || known.instead) continue;
        if (words.size() == 1 && !reading.forms.empty()) {
            const auto base = reading.forms.front();
            if (!base.family.empty()) {
                add_form(reading, {base.given, words, Source::alias, true});
                add_form(reading, {words, base.family, Source::alias, false});
            }
        } else if (words.size() > 1) {
            add_form(reading, form_of_text(aside, words, Source::alias));
        }
        if (words.size() == 1) reading.tags.push_back(std::move(words.front()));
    }
}

bool is_handle(std::string_view line) {
    return has_digit(line) && trim(line).find(' ') == std::string_view::npos;
}

void add_line(NameReading& reading, std::string_view line, Source source) {
    if (line.find('@') != std::string_view::npos) return;  // an address in the name's place says nothing new
    if (is_handle(line)) return;                           // "thelizzie_12"
    std::vector<std::string> asides;
    const auto text = in_order(take_asides(line, asides), reading.generation);
    if (const auto parts = couple_parts(text); !parts.empty()) {
        reading.couple = true;
        auto last = form_of_words(clean(parts[1]).words, source);
        auto first = form_of_words(clean(parts[0]).words, source);
        if (first.family.empty()) first.family = last.family;
        add_form(reading, std::move(first));
        add_form(reading, std::move(last));
        return;
    }
    auto cleaned = clean(text);
    if (cleaned.generation != Generation::none) reading.generation = cleaned.generation;
    const bool family_only =
        cleaned.words.size() == 1 || (cleaned.words.size() > 1 && is_particle(cleaned.words.front()));
    if (cleaned.titled && family_only)
        add_form(reading, {{}, std::move(cleaned.words), source, false});  // "Dr. Holloway"
    else
        add_whole(reading, text, std::move(cleaned.words), source);
    add_asides(reading, asides);
}

// The parts of the source itself, which know that "Garcia Lopez" is one family name.
bool add_parts(NameReading& reading, const Name& name) {
    std::vector<std::string> asides;
    const auto family = in_order(take_asides(name.family, asides), reading.generation);
    const auto given = take_asides(name.given, asides);
    if (trim(family).empty() || family.find('&') != std::string::npos || given.find('&') != std::string::npos)
        return false;
    if (auto known = read_signs(family + given, Source::display); known.instead) {
        for (auto& form : known.forms) add_form(reading, std::move(form));
        add_asides(reading, asides);
        return true;
    }
    NameForm form{clean(given + " " + name.additional).words, family_words(family, reading.generation),
                  Source::display, false};
    if (form.family.empty()) return false;
    form.transliterated = is_transliterated(name.given + name.family);
    add_form(reading, std::move(form));
    add_asides(reading, asides);
    return true;
}

}  // namespace

std::string joined(const Words& words) {
    std::string out;
    for (const auto& word : words) out += word;
    return out;
}

std::string readable_name(std::string_view written) {
    std::vector<std::string> asides;
    Generation generation = Generation::none;
    const auto text = in_order(take_asides(written, asides), generation);
    std::string out;
    for (const auto word : split(text, ' ')) {
        const bool empty = trim(word).empty();
        if (empty || is_sign(word) || kind_of(joined(folded_words(word))) == WordKind::credential) continue;
        out += (out.empty() ? "" : " ") + std::string(trim(word));
    }
    if (out.empty()) return std::string(trim(written));
    static constexpr std::array<std::string_view, 5> kWritten{"", " Sr.", " Jr.", " III", " IV"};
    return out + std::string(kWritten[static_cast<std::size_t>(generation)]);
}

NameForm form_of_words(Words words, Source source) {
    NameForm form;
    form.source = source;
    if (words.size() == 1) {
        form.given = std::move(words);
        return form;
    }
    if (words.empty()) return form;
    const auto last = words.size() - 1;
    std::size_t at = last;
    for (std::size_t i = 1; i < last; ++i)
        if (is_particle(words[i])) {
            at = i;
            break;
        }
    form.family.assign(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
    words.resize(at);
    while (words.size() > 1 && is_endearment(words.back())) words.pop_back();
    form.given = std::move(words);
    return form;
}

NameReading read_names(const Attributes& attributes) {
    const auto& name = attributes.name;
    NameReading reading;
    reading.label = fold(name.full);
    const bool is_company = !attributes.organisation.empty() && name.given.empty() && name.family.empty() &&
                            fold(attributes.organisation) == reading.label;
    if (is_company) return reading;
    if (!add_parts(reading, name)) add_line(reading, name.full, Source::display);
    if (!name.suffix.empty()) family_words(name.suffix, reading.generation);
    const auto base = reading.forms.empty() ? NameForm{} : reading.forms.front();
    if (const auto maiden = clean(name.maiden).words; !maiden.empty())
        add_form(reading, {base.given, maiden, Source::alias, true});
    if (auto nick = clean(name.nickname).words; nick.size() == 1)
        add_form(reading, {std::move(nick), base.family, Source::alias, false});
    else if (!nick.empty())
        add_form(reading, form_of_words(std::move(nick), Source::alias));
    for (const auto& other : attributes.other_names) add_line(reading, other, Source::display);
    return reading;
}

}  // namespace vv::core::resolution
