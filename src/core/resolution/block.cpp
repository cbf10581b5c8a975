#include "core/resolution/block.h"

#include "core/resolution/blocks.h"
#include "core/resolution/spelling.h"
#include "core/resolution/tables.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <functional>
#include <span>

namespace vv::core::resolution {
namespace {

enum class Kind : std::uint64_t {
    email = 1,
    phone,
    handle,
    photo,
    label,
    birthday,
    full_name,
    initial_name,
    sound_name,
    run_name,
    family,
    given_employer,
    family_employer,
};

// A polynomial over the letters: what two words run together have for a hash follows from theirs.
struct TextHash {
    std::uint64_t value = 0, shift = 1;  // kBase to the power of the length

    static constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15ULL;
    [[nodiscard]] TextHash operator+(const TextHash& next) const {
        return {value * next.shift + next.value, shift * next.shift};
    }
};

TextHash hash_letter(char c) {
    return {static_cast<unsigned char>(c) + 1ULL, TextHash::kBase};
}

TextHash hash_text(std::string_view text) {
    TextHash out;
    for (const char c : text) out = out + hash_letter(c);
    return out;
}

class Keys {
public:
    explicit Keys(const Background& background) : background_(background), at_(background.words(), 0) {
        for (const auto& profile : background.profiles())
            for (const auto word : profile.compacts) runs_.insert(hash_text(background.text(word)).value);
    }

    /// The keys of one profile; they stand until the next one's.
    std::span<const Entry> of(std::uint32_t index) {
        index_ = index;
        entries_.clear();
        const auto& profile = background_.profiles()[index];
        for (const auto word : profile.emails) add(Kind::email, word);
        for (const auto* shared : {&profile.roles, &profile.homes})
            for (const auto word : *shared) add(Kind::email, word);
        for (const auto& line : profile.phones) add(Kind::phone, line.number);
        for (const auto word : profile.handles) add(Kind::handle, word);
        for (const auto word : profile.nicks) add(Kind::handle, word);
        if (profile.photo != 0) add(Kind::photo, profile.photo);
        if (profile.label != 0) add(Kind::label, profile.label);
        if (profile.birthday && profile.birthday->year != 0) {
            const auto& day = *profile.birthday;
            add(Kind::birthday, static_cast<std::uint64_t>(day.year) * 400 + day.month * 31 + day.day);
        }
        for (const auto word : profile.compacts) add(Kind::run_name, hash_text(background_.text(word)).value);
        for (const auto& form : profile.forms) {
            add_form(profile, form);
            if (form.given != 0 && form.family != 0) {
                Form other = form;
                std::swap(other.given, other.family);
                std::swap(other.givens, other.families);
                add_form(profile, other);
            }
        }
        return entries_;
    }

private:
    void add(Kind kind, std::uint64_t a, std::uint64_t b = 0, Role role = Role::any) {
        entries_.push_back(
            {spread_bits(spread_bits(a + static_cast<std::uint64_t>(kind) * 0x9e3779b97f4a7c15ULL) + b),
             index_, role});
    }

    void add_form(const Profile& profile, const Form& form) {
        if (form.given == 0 || form.family == 0) {
            add_lone(profile, form);
            return;
        }
        const auto given = background_.text(form.givens[0]);
        add(Kind::family, form.family, 0, Role::weak);
        for (const auto full : background_.full_names(form.givens[0]))
            add(Kind::full_name, full, form.family);
        if (form.given != form.givens[0]) add(Kind::full_name, form.given, form.family);
        const auto initial = static_cast<std::uint64_t>(given.front());
        for (const auto word : form.families)
            if (word != 0 && word != form.family) add(Kind::initial_name, word, initial);
        add(Kind::initial_name, form.family, initial);
        add(Kind::initial_name, background_.text(form.family).front(), form.givens[0] + 1000);
        const auto &family = known(form.family), &first = known(form.givens[0]);
        if (first.consonants != 0 && family.consonant_count > 1)
            add(Kind::sound_name, family.consonants, first.consonants);
        if (family.sounds != 0) add(Kind::sound_name, family.sounds, initial);
        add_employers(profile, form, Role::weak);
        add_runs(form);
    }

    // A given name or a family name alone finds others beside an employer, or the whole family when that is
    // small.
    void add_lone(const Profile& profile, const Form& form) {
        if (form.family != 0) add(Kind::family, form.family, 0, Role::lone);
        add_employers(profile, form, Role::lone);
    }

    void add_employers(const Profile& profile, const Form& form, Role role) {
        for (const auto* heads : {&profile.employer_heads, &profile.tags})
            for (const auto head : *heads) {
                for (const auto full : background_.full_names(form.givens[0]))
                    add(Kind::given_employer, full, head, role);
                if (form.family != 0) add(Kind::family_employer, form.family, head, role);
            }
    }

    // As addresses run names together: first and last, initial and last, the other way round, and with short
    // forms.
    void add_runs(const Form& form) {
        if (runs_.empty()) return;
        const auto family = known(form.family).text, first = known(form.givens[0]).text;
        const auto letter = [&](Word word) { return hash_letter(background_.text(word).front()); };
        add_run(known(form.given).text, family);
        if (form.givens[0] != form.given) add_run(first, family);
        add_run(letter(form.givens[0]), family);
        add_run(first, letter(form.family));
        TextHash initials;
        for (const auto word : form.givens)
            if (word != 0) initials = initials + letter(word);
        if (form.givens[1] != 0) add_run(initials, family);
        for (const auto full : background_.full_names(form.givens[0]))
            if (full != form.givens[0]) add_run(known(full).text, family);
        for (const auto& form_of : known(form.givens[0]).short_forms) add_run(form_of, family);
        if (background_.text(form.family).size() > 4) add_run({}, family);
    }

    // Only those that some address really has: most of the ways to run a name together nobody uses.
    void add_run(const TextHash& given, const TextHash& family) {
        for (const auto key : {(given + family).value, (family + given).value})
            if (runs_.contains(key)) add(Kind::run_name, key);
    }

    // What keys ask of a word, worked out once.
    struct Known {
        TextHash text;
        std::uint64_t consonants = 0, sounds = 0;  // 0 where there are none, or too few sounds
        std::size_t consonant_count = 0;
        std::vector<TextHash> short_forms;
    };
    const Known& known(Word word) {
        if (at_[word] != 0) return known_[at_[word] - 1];
        const auto text = background_.text(word);
        auto& fresh = known_.emplace_back();
        at_[word] = static_cast<std::uint32_t>(known_.size());
        fresh.text = hash_text(text);
        const auto consonant = consonants(text), sounds = skeleton(text);
        fresh.consonants = hash_text(consonant).value;
        fresh.consonant_count = consonant.size();
        if (sounds.size() >= 3) fresh.sounds = hash_text(sounds).value;
        for (const auto form : short_forms(text)) fresh.short_forms.push_back(hash_text(form));
        return fresh;
    }

    const Background& background_;
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> at_;  // by word: where it is in known_, from 1
    std::deque<Known> known_;
    NumberSet runs_;  // hashes of the run-together names in addresses
    std::uint32_t index_ = 0;
};

// A set of keys, told by a bit of their hash: it holds a few too many, and none too few. Small for few
// profiles, so that it lies near the processor while everybody's keys are looked up.
class KeyMarks {
public:
    explicit KeyMarks(std::size_t profiles)
        : mask_(bits_for(profiles + 1) - 1), bits_(static_cast<std::size_t>(mask_ / 64 + 1), 0) {}
    [[nodiscard]] bool has(std::uint64_t key) const { return (bits_[word(key)] & bit(key)) != 0; }
    void add(std::uint64_t key) { bits_[word(key)] |= bit(key); }

private:
    static std::uint64_t bits_for(std::uint64_t profiles) {
        constexpr std::uint64_t kFew = 4096, kMany = 256, kUsual = 1 << 25;  // bits a profile, and at most
        return std::max(std::min(std::bit_ceil(profiles * kFew), kUsual), std::bit_ceil(profiles * kMany));
    }
    [[nodiscard]] std::size_t word(std::uint64_t key) const { return (key & mask_) / 64; }
    static std::uint64_t bit(std::uint64_t key) { return std::uint64_t{1} << (key % 64); }

    std::uint64_t mask_;
    std::vector<std::uint64_t> bits_;
};

// Most keys are one profile's alone and pair nobody: those are worked out twice rather than kept.
Drawers entries_of(const Background& background, const std::vector<char>& only) {
    const auto open = only.empty() ? background.profiles().size()
                                   : static_cast<std::size_t>(std::ranges::count_if(only, std::identity{}));
    Drawers entries;
    KeyMarks seen(open), again(open);
    Keys keys(background);
    const auto each = [&](bool is_open, const auto& take) {
        for (std::uint32_t i = 0; i < background.profiles().size(); ++i)
            if ((only.empty() || only[i] != 0) == is_open)
                for (const auto& entry : keys.of(i)) take(entry);
    };
    each(true, [&](const Entry& entry) { (seen.has(entry.key) ? again : seen).add(entry.key); });
    each(false, [&](const Entry& entry) {
        if (!seen.has(entry.key)) return;
        again.add(entry.key);
        entries.add(entry);
    });
    each(true, [&](const Entry& entry) {
        if (again.has(entry.key)) entries.add(entry);
    });
    return entries;
}

}  // namespace

std::size_t each_candidate(const Background& background, std::size_t max_block, const std::vector<char>& only,
                           const std::function<void(std::uint32_t, std::uint32_t)>& take) {
    const auto count = background.profiles().size();
    Blocks blocks(entries_of(background, only), count, max_block, only);
    std::size_t pairs = 0;
    for (std::uint32_t profile = 0; profile < count; ++profile)
        for (const auto partner : blocks.partners_of(profile)) {
            take(profile, partner);
            ++pairs;
        }
    return pairs;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates(const Background& background,
                                                                std::size_t max_block) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    each_candidate(background, max_block, {},
                   [&](std::uint32_t a, std::uint32_t b) { pairs.emplace_back(a, b); });
    return pairs;
}

}  // namespace vv::core::resolution
