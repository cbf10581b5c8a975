// core/resolution/compare_names.h — how far two names can be one human's, in levels and in bits.
//
// Weights are log2(m / u): m is how often two records of one human agree so, u how often two strangers do.
// The m are priors from experience with contact archives (docs/people.md lists them); the u come from
// how common the words are among the owner's own people.
#pragma once

#include "core/resolution/profile.h"

namespace vv::core::resolution {

/// From nothing to say, over contradiction, to the best agreement.
enum class Level : unsigned char { missing, different, initial, similar, shortened, part, nickname, exact };

struct NameMatch {
    Level given = Level::missing;
    Level family = Level::missing;
    double bits = 0;
    bool from_address = false;             // a mail address or a profile's slug took part
    Word given_word = 0, family_word = 0;  // what both agree on, as one side writes it

    /// Two displayed given names that can't stand for one another.
    [[nodiscard]] bool contradicts() const { return given == Level::different && !from_address; }
};

/// The best reading of both sides' names. Displayed names may contradict, names in addresses and slugs only
/// agree: they can lift a contradiction (an English name beside a Chinese one, a name before the wedding), at
/// a price. With `same_address` two names out of addresses are not compared: one address's name is no second
/// witness.
NameMatch compare_names(const Profile& a, const Profile& b, const Background& background,
                        bool same_address = false);

/// The page's catalogue has a sentence for each: exact, nickname, initial, similar, short, part, given,
/// family, other_given, other_family, different, missing.
const char* agreement(const NameMatch& match);

}  // namespace vv::core::resolution
