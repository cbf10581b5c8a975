// core/resolution/compare_names.h — how far two names can be one human's, in levels and in bits.
//
// Weights are log2(m / u): m is how often two records of one human agree so, u how often two strangers do.
// The m begin as priors from experience with contact archives (docs/people.md lists them) and are fitted to
// the owner's own; the u come from how common the words are among the owner's own people.
#pragma once

#include "core/resolution/profile.h"
#include "core/resolution/weights.h"

#include <array>

namespace vv::core::resolution {

/// From nothing to say, over contradiction, to the best agreement.
enum class Level : unsigned char { missing, different, initial, similar, shortened, part, nickname, exact };

inline constexpr std::size_t kLevels = 8;

/// m by Level, and what full names say more or less than their two halves by themselves: in bits, by how
/// often two accounts of one network bear one name, against how often chance alone would have it.
struct NameWeights {
    std::array<double, kLevels> given{1, 0.02, 0.95, 0.03, 0.02, 0.05, 0.18, 0.75};
    std::array<double, kLevels> family{1, 0.04, 0.95, 0.03, 0.01, 0.04, 0.01, 0.92};
    double whole = 0;
    /// What a whole name that no namesake was seen of turns out to be worth, in bits over chance: written
    /// alike, and in a short form.
    struct Worth {
        double more = 0, slope = 1;
        /// Rare names may say more than was taken for granted, and common ones less.
        [[nodiscard]] double operator()(double said) const {
            return kMiddle + slope * (said - kMiddle) + more;
        }
        static constexpr double kMiddle = 3;
    };
    Worth exact, nickname;
};

struct NameMatch {
    Level given = Level::missing;
    Level family = Level::missing;
    double bits = 0;
    bool from_address = false;             // a mail address or a profile's slug took part
    Word given_word = 0, family_word = 0;  // what both agree on, as one side writes it
    double doubt = 0;  // bits against, however rare the name: a maiden name, another full name in an address
    bool two_short_forms = false;  // the given names are two short forms of one
    [[nodiscard]] double sum() const { return bits - doubt; }

    /// Two displayed given names that can't stand for one another.
    [[nodiscard]] bool contradicts() const { return given == Level::different && !from_address; }
    /// Both sides have names, and no half of them agrees.
    [[nodiscard]] bool has_nothing_in_common() const {
        return given <= Level::different && family <= Level::different &&
               (given == Level::different || family == Level::different);
    }
};

/// The best reading of both sides' names. Displayed names may contradict, names in addresses and slugs only
/// agree: they can lift a contradiction (an English name beside a Chinese one, a name before the wedding), at
/// a price. With `same_address` two names out of addresses are not compared: one address's name is no second
/// witness.
NameMatch compare_names(const Profile& a, const Profile& b, const Background& background,
                        const NameWeights& weights, bool same_address = false);

/// Whether both spell out their given names beside one family's, and these are one or, as Steven and Stephen,
/// two.
enum class FullNames : unsigned char { unknown, one, two };
FullNames full_names_of(const Profile& a, const Profile& b, const Background& background);

/// Whether both sides spell out a given and a family name somewhere, in what is shown, a page or an address.
enum class Spelt : unsigned char { unknown, alike, apart };
/// Apart when no name that the one spells can be one that the other does: "Colin", who writes from
/// colin.wadsworth@, and "Colin" of colinstandish@.
Spelt spelt_names(const Profile& a, const Profile& b, const Background& background);

/// How the two displayed names agree, as cells of a fit: the given name's and the family name's, levels as
/// Level.
std::array<Cell, 2> name_cells(const Profile& a, const Profile& b, const Background& background);

/// The page's catalogue has a sentence for each: exact, nickname, initial, similar, short, part, given,
/// family, other_given, other_family, different, missing.
const char* agreement(const NameMatch& match);

}  // namespace vv::core::resolution
