#include "core/resolution/judge.h"

#include "core/resolution/in_common.h"
#include "core/resolution/spelling.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vv::core::resolution {
namespace {

// Bits for an identifier of one's own. Not certain even so: couples share addresses, numbers are given out
// again.
// What two people of a larger circle are less likely to share by chance is as likely to be given to another:
// the odds that an equal identifier means one human do not depend on how many the owner knows. So these are
// bits over the number of people.
constexpr double kEmail = 8, kPhone = 6.5, kHandle = 8;
constexpr double kSameNick = 7;           // "mossmoth_43" here and there: nobody else hits upon it
constexpr double kNumberPassedOn = -2.5;  // one number, two names with nothing in common: given out again
constexpr double kMistypedEmail = 10;     // one letter of the domain
constexpr double kPhoto = 12;  // bits; what several have is a logo, or what a network shows for none
// For one that a household shares, by how many humans seem to bear it.
constexpr std::array<double, 5> kShared{-1.2, -1.2, -3, -5, -6};
constexpr double kLandline = 1.8;
constexpr double kRoleAddress = 2;  // bits
constexpr double kMostInHousehold =
    5;  // one family's name is no news there, and children are named after parents
constexpr double kNamesakeInHousehold = 2;
constexpr double kOwnOnesDiffer = -2.5;
constexpr double kTwoFullNames = -5;  // "Steve" goes with Steven and with Stephen, who are two

constexpr double kSpeltApart = -5;  // no name that the one is seen under is the other's

constexpr double kBirthday = 13.5;       // log2(0.95 · 365 · 40): a day of a year among living people
constexpr double kBirthdayNoYear = 8.4;  // log2(0.95 · 365)
constexpr double kBirthdaySlip = -1;     // day and month swapped, or one of the three differs
constexpr double kBirthdayDiffers = -8;
constexpr double kGenerationDiffers = -10;
constexpr double kGenerationAgrees = 2;
constexpr double kEmployerAgrees = 0.6, kHeadAgrees = 0.4;
constexpr double kMostFromEmployer = 7;
constexpr double kEmployerDiffers = -1.3;  // people change jobs and address books age
constexpr double kWorthAffinity = 4;       // below, a name settles nothing whatever its region
constexpr double kNamesakes = 6;    // one name in a hundred has two bearers however rare it looks: families
constexpr double kOneMore = 0.5;    // and where two are known, there is a third in every fourth case
constexpr double kDeepestCap = 5;   // bits under the number of people: below, no namesakes take anything
constexpr double kSameLabel = 3.3;  // the owner's hand wrote "Babs" twice; one name in ten is so short
constexpr double kMostOverInitial = 1;  // "rhartwell": sisters and brothers have one too
constexpr double kMostOverFamily = 0;   // "Dr. Hartwell": who of the family?
constexpr double kOnlyLabel = 4.5;      // and where nobody else is called so in the owner's books, it is them
constexpr double kSameFullLabel = 1.5;  // and keeps those of one name apart
constexpr double kCouple = -7;          // one card for two: which of them is not said
constexpr double kCoupleFirst = -0.5;
constexpr double kTurnedRound = -8;  // "Kim & Ray" is her card, "Ray & Kim" is his
constexpr double kOneAccountEach = -6, kExportedApart = -6;
constexpr double kMostFromTitle = 5;
constexpr double kMostFromOldTitle = 1;  // whoever changes the employer often changes the title
constexpr double kSureOfTwoAccounts = 3, kWorthAskingAccounts = -1;
constexpr double kSameBook = -3;  // a book that holds one human twice mostly repeats an address or number

double by_spread(int spread) {
    return kShared[std::min<std::size_t>(static_cast<std::size_t>(spread), kShared.size()) - 1];
}
// The one of a couple whom its card names first is mostly the one it was written for: Tony of "Tony & Alex",
// not Alexandra.
bool named_first(const Profile& a, const Profile& b, const Background& background) {
    const auto& card = a.couple ? a : b;
    const auto& other = a.couple ? b : a;
    if (other.couple || card.forms.size() < 2 || other.forms.empty()) return false;
    const auto& shown = other.forms.front();
    const auto is = [&](const Form& form) {
        return form.givens[0] != 0 && background.share_full_name(form.givens[0], shown.givens[0]);
    };
    return card.forms[0].family == shown.family && is(card.forms[0]) && !is(card.forms[1]);
}

bool first_names_differ(const Profile& a, const Profile& b) {
    return !a.forms.empty() && !b.forms.empty() && a.forms[0].given != b.forms[0].given &&
           a.forms[0].family == b.forms[0].family;
}

struct Agreement {
    const char* word = "missing";
    double bits = 0;
};

Agreement compare_birthdays(const Birthday& a, const Birthday& b) {
    const bool day = a.day == b.day && a.month == b.month;
    if (a.year == 0 || b.year == 0)
        return day ? Agreement{"day", kBirthdayNoYear} : Agreement{"different", kBirthdayDiffers};
    if (day && a.year == b.year) return {"exact", kBirthday};
    const bool swapped = a.year == b.year && a.day == b.month && a.month == b.day;
    const int differing = (a.year != b.year) + (a.month != b.month) + (a.day != b.day);
    if (swapped || (differing == 1 && std::abs(a.year - b.year) <= 1)) return {"similar", kBirthdaySlip};
    return {"different", kBirthdayDiffers};
}

Agreement compare_generations(Generation a, Generation b) {
    if (a == Generation::none || b == Generation::none) return {};
    return a == b ? Agreement{"exact", kGenerationAgrees} : Agreement{"different", kGenerationDiffers};
}

}  // namespace

struct Judge::Tally {
    Score score;
    std::vector<FieldEvidence>* evidence = nullptr;
    bool same_address = false;  // an address that both have lends its name to neither
    bool same_nick = false, only_number = false;
    bool in_household = false, two_in_household = false;
    double from_name = 0;
    bool work_known = false;  // both say where they work or what they do
    bool other_work = false;
    bool anything = false;  // an address, a number or a page in common

    void add(const char* field, const char* agreement, double bits) {
        score.bits += bits;
        if (evidence != nullptr) evidence->push_back({field, agreement, bits});
    }
};

Judge::Judge(const Background& background)
    : background_(background),
      people_bits_(std::log2(background.people())),
      acquaintances_(background.profiles()) {
    index_bearers();
    fit_names();
    calibrate_whole_names();
    fit_titles();
    fit_accounts();
    fit_contacts();
    spread_.clear(), namesakes_.clear();  // they were told before all was known
}
int Judge::others_of_name(const NameMatch& match) const {
    int others = 0;
    for (const auto full : background_.full_names(match.given_word))
        others = std::max(others, namesakes(full, match.family_word) - 1);
    for (const auto full : background_.full_names(match.family_word))  // an address may turn them round
        others = std::max(others, namesakes(full, match.given_word) - 1);
    return others;
}
double Judge::most_from_name(int others) const {
    return people_bits_ + (others == 0 ? kNamesakes : kOneMore - std::log2(static_cast<double>(others)));
}

// What both have of addresses, numbers and pages, apart by whether it is one human's own.
struct Judge::Shared {
    bool email = false, phone = false, handle = false, role = false;  // of one's own; an office's
    double household = 0;  // the best of what is shared with others
    const char* field = "email";

    void keep(const char* name, double bits) {
        if (bits > household) household = bits, field = name;
    }
};

Judge::Shared Judge::in_common(const Profile& a, const Profile& b) const {
    Shared out;
    const double people = people_bits_;
    const auto each = [&](const Few<Word>& x, const Few<Word>& y, bool& own, const char* field) {
        for (const auto word : x) {
            if (std::find(y.begin(), y.end(), word) == y.end()) continue;
            if (spread(word) == 1)
                own = true;
            else
                out.keep(field, people + by_spread(spread(word)));
        }
    };
    each(a.emails, b.emails, out.email, "email");
    each(a.handles, b.handles, out.handle, "handle");
    for (const auto word : a.homes)
        if (std::find(b.homes.begin(), b.homes.end(), word) != b.homes.end())
            out.keep("email", people + by_spread(spread(word)));
    for (const auto& x : a.phones)
        for (const auto& y : b.phones) {
            if (x.number != y.number) continue;
            if (spread(x.number) > 1)
                out.keep("phone", people + by_spread(spread(x.number)));
            else if (x.shared || y.shared)
                out.keep("phone", people + kLandline);
            else
                out.phone = true;
        }
    out.role = shares(a.roles, b.roles);
    return out;
}

void Judge::identifiers(const Profile& a, const Profile& b, Tally& tally) const {
    const auto shared = in_common(a, b);
    const double people = people_bits_;
    if (shared.email) tally.add("email", "exact", people + kEmail);
    if (shared.phone) tally.add("phone", "exact", people + kPhone);
    if (shared.handle) tally.add("handle", "exact", people + kHandle);
    if (!shared.handle && shares(a.nicks, b.nicks)) {
        tally.add("handle", "similar", people + kSameNick);
        tally.same_nick = true;
    }
    if (a.photo != 0 && a.photo == b.photo && spread(a.photo) == 1) tally.add("photo", "exact", kPhoto);
    tally.score.strong = shared.email || shared.phone || shared.handle;
    tally.only_number = shared.phone && !shared.email && !shared.handle && !tally.same_nick;
    tally.anything = tally.score.strong || shared.role || shared.household > 0;
    tally.same_address = shared.email || shared.household > 0 || tally.same_nick;
    if (shared.role) tally.add("email", "role", kRoleAddress);
    if (shared.household > 0) household(a, b, shared, tally);
}

// One household's address or landline. Within it a name tells little of the family and much of the human, and
// two numbers of their own say that they are two.
void Judge::household(const Profile& a, const Profile& b, const Shared& shared, Tally& tally) const {
    tally.add(shared.field, "shared", shared.household);
    if (tally.score.strong) return;
    const auto own_numbers = [](const Profile& p, const Profile& other) {
        return std::any_of(p.phones.begin(), p.phones.end(), [&](const Line& line) {
            const auto same = [&](const Line& l) { return l.number == line.number; };
            return !line.shared && std::none_of(other.phones.begin(), other.phones.end(), same);
        });
    };
    const auto own_addresses = [](const Profile& p, const Profile& other) {
        return std::any_of(p.emails.begin(), p.emails.end(), [&](Word address) {
            return std::find(other.emails.begin(), other.emails.end(), address) == other.emails.end();
        });
    };
    const bool numbers = own_numbers(a, b) && own_numbers(b, a),
               addresses = own_addresses(a, b) && own_addresses(b, a);
    if (numbers) tally.add("phone", "different", kOwnOnesDiffer);
    if (addresses) tally.add("email", "different", kOwnOnesDiffer);
    tally.in_household = true;
    tally.two_in_household = numbers || addresses;
}

double Judge::affinity(Word given, Word family) const {
    const auto [known, fresh] = affinities_.try_emplace(name_key(given, family), 0);
    if (fresh) known->second = background_.affinity(given, family);
    return known->second;
}

void Judge::names(const Profile& a, const Profile& b, Tally& tally) const {
    auto match = compare_names(a, b, background_, weights_, tally.same_address);
    const bool whole = match.given > Level::different && match.family > Level::different;
    const bool written_out = whole && match.given > Level::initial && match.family > Level::initial;
    const bool may_be_capped = match.bits > people_bits_ - kDeepestCap;
    const int others = written_out || tally.in_household || may_be_capped ? others_of_name(match) : 0;
    const bool only_one = written_out && others == 0;
    if (written_out) match.bits += weights_.whole + (only_one ? unseen(a.network, b.network) : 0);
    if (whole && match.bits > kWorthAffinity) match.bits -= affinity(match.given_word, match.family_word);
    if (only_one) match.bits = turns_out(match);
    const bool two_accounts = a.network == b.network && is_duplicate_free(a.network);
    const double most = two_accounts ? people_bits_ + kNamesakes : most_from_name(others);
    const double in_household = kMostInHousehold - (others > 0 ? kNamesakeInHousehold : 0);
    match.bits = std::min(match.bits, tally.in_household ? in_household : most);
    if (match.given == Level::initial || match.family == Level::initial)
        match.bits = std::min(match.bits, people_bits_ + kMostOverInitial);
    if (match.given == Level::missing) match.bits = std::min(match.bits, people_bits_ + kMostOverFamily);
    match.bits -= match.doubt;
    if (match.given != Level::missing || match.family != Level::missing)
        tally.add(match.from_address ? "mail_name" : "name", agreement(match), match.bits);
    if (tally.only_number && match.has_nothing_in_common()) tally.add("phone", "passed_on", kNumberPassedOn);
    tally.from_name = match.bits;
    tally.score.contradicts = tally.score.contradicts || match.contradicts();
    tally.score.by_name_only = match.contradicts();
    const bool two_at_home = tally.in_household && (tally.two_in_household || others > 0);
    if (!two_at_home) labels(a, b, whole && !match.from_address, tally);
    const auto generation = compare_generations(a.generation, b.generation);
    if (generation.bits != 0) tally.add("generation", generation.word, generation.bits);
    if (generation.bits < 0) tally.score.contradicts = true, tally.score.by_name_only = false;
}

void Judge::labels(const Profile& a, const Profile& b, bool whole_name, Tally& tally) const {
    const bool same = a.label != 0 && a.label == b.label;
    if (same && is_labelled_by_owner(a.network) && is_labelled_by_owner(b.network)) {
        double bits = whole_name ? kSameFullLabel : kSameLabel;
        if (!whole_name && !numbers_differ(a, b) && !emails_differ(a, b) &&
            spelt_names(a, b, background_) != Spelt::apart && bearers_of_label(a.label) == 1)
            bits = std::max(bits, people_bits_ + kOnlyLabel - tally.from_name);
        tally.add("label", "exact", bits);
    }
    if (a.couple && b.couple && first_names_differ(a, b))
        tally.add("card", "turned_round", kTurnedRound);
    else if ((a.couple || b.couple) && !same)
        tally.add("card", "couple", named_first(a, b, background_) ? kCoupleFirst : kCouple);
}

void Judge::employers(const Profile& a, const Profile& b, Tally& tally) const {
    double best = 0;
    const auto agree = [&](Word x, Word y) {
        if (x == y && background_.is_employer(x))
            best = std::max(best, std::log2(kEmployerAgrees / background_.employer_frequency(x)));
    };
    bool both = false;
    for (const auto* x : {&a.employers, &a.mail_employers})
        for (const auto* y : {&b.employers, &b.mail_employers})
            for (const auto v : *x)
                for (const auto w : *y) {
                    agree(v, w);
                    both = both || (background_.is_employer(v) && background_.is_employer(w));
                }
    tally.work_known = both || best > 0;
    if (best > 0) return tally.add("organisation", "exact", std::min(best, kMostFromEmployer));
    // "(Veridian)" after a name.
    const auto tagged = [&](const Few<Word>& tags, const Few<Word>& heads) {
        for (const auto tag : tags)
            if (background_.is_employer_head(tag) &&
                std::find(heads.begin(), heads.end(), tag) != heads.end())
                best = std::max(best, std::log2(kHeadAgrees / background_.employer_head_frequency(tag)));
    };
    tagged(a.tags, b.employer_heads);
    tagged(b.tags, a.employer_heads);
    tagged(a.tags, b.tags);
    if (best > 0) return tally.add("organisation", "similar", std::min(best, kMostFromEmployer));
    if (both) tally.add("organisation", "different", kEmployerDiffers);
    tally.other_work = both;
}

// What somebody does says little beside strangers who do the same, and more where two of one name do.
void Judge::titles(const Profile& a, const Profile& b, Tally& tally) const {
    if (a.title == 0 || b.title == 0) return;
    tally.work_known = true;
    const double chance = background_.title_frequency(a.title);
    if (a.title == b.title)
        tally.add("title", "exact",
                  std::min(std::log2(titles_agree_ / chance),
                           tally.other_work ? kMostFromOldTitle : kMostFromTitle));
    else
        tally.add("title", "different", std::log2((1 - titles_agree_) / (1 - chance)));
}

// One address whose domain was mistyped once: "@mail.exmaple.com".
bool Judge::is_mistyped(const Profile& a, const Profile& b) const {
    for (const auto x : a.private_emails)
        for (const auto y : b.private_emails) {
            const auto s = background_.text(x), t = background_.text(y);
            const auto at = s.find('@');
            if (x != y && at != std::string_view::npos && t.substr(0, at + 1) == s.substr(0, at + 1) &&
                edit_distance(s.substr(at), t.substr(at), 1) == 1)
                return true;
        }
    return false;
}

double Judge::as_groups(std::span<const Profile* const> as, std::span<const Profile* const> bs) const {
    const auto any = [&](const auto& test) {
        return std::any_of(as.begin(), as.end(), [&](const Profile* a) {
            return std::any_of(bs.begin(), bs.end(), [&](const Profile* b) { return test(*a, *b); });
        });
    };
    double bits = 0;
    if (any(emails_differ) && !any([this](const Profile& a, const Profile& b) {
            return shares(a.emails, b.emails) || shares(a.homes, b.homes) || is_mistyped(a, b);
        }))
        bits += std::log2(emails_differ_);
    if (any(numbers_differ) && !any(shares_number)) bits += std::log2(numbers_differ_);
    const auto spelt = [&](FullNames wanted) {
        return any(
            [&](const Profile& a, const Profile& b) { return full_names_of(a, b, background_) == wanted; });
    };
    if (spelt(FullNames::two) && !spelt(FullNames::one)) bits += kTwoFullNames;
    const auto names = [&](Spelt wanted) {
        return any(
            [&](const Profile& a, const Profile& b) { return spelt_names(a, b, background_) == wanted; });
    };
    if (names(Spelt::apart) && !names(Spelt::alike)) bits += kSpeltApart;
    double since = 0;
    int dated = 0;
    for (const auto* a : as)
        for (const auto* b : bs)
            if (Acquaintances::apart(*a, *b) != Apart::unknown) since += acquaintances_.bits(*a, *b), ++dated;
    return bits + since / std::max(1, dated);  // one meeting, told in several places
}

void Judge::contacts(const Profile& a, const Profile& b, Tally& tally) const {
    if (tally.anything) return;
    if (is_mistyped(a, b))
        tally.add("email", "similar", kMistypedEmail);
    else if (emails_differ(a, b))
        tally.add("email", "different", std::log2(emails_differ_));
    if (numbers_differ(a, b)) tally.add("phone", "different", std::log2(numbers_differ_));
}

void Judge::networks(const Profile& a, const Profile& b, Tally& tally) const {
    if (a.exported && b.exported) {  // whoever wrote them down knew that they are two
        tally.add("network", "exported", kExportedApart);
        tally.score.contradicts = true, tally.score.by_name_only = false;
        return;
    }
    if (a.network != b.network || tally.score.strong) return;
    if (is_duplicate_free(a.network))
        tally.add("network", "accounts", tally.work_known ? second_account_ : kOneAccountEach);
    else if (!tally.anything && a.network != Network::email && a.network != Network::phone)
        tally.add("network", "cards", kSameBook);
}

std::optional<Judge::TwoAccounts> Judge::two_accounts(const Profile& a, const Profile& b) const {
    if (a.network != b.network || !is_duplicate_free(a.network)) return {};
    Tally name, work;
    employers(a, b, work);
    titles(a, b, work);
    if (!work.work_known) return {};
    names(a, b, name);
    if (name.score.contradicts) return {};
    return TwoAccounts{name.score.bits - people_bits_, work.score.bits};
}

Score Judge::judge(const Profile& a, const Profile& b, std::vector<FieldEvidence>* evidence) const {
    Tally tally;
    tally.evidence = evidence;
    tally.add("chance", "before", -people_bits_);
    identifiers(a, b, tally);
    names(a, b, tally);
    if (a.birthday && b.birthday) {
        const auto birthday = compare_birthdays(*a.birthday, *b.birthday);
        tally.add("birthday", birthday.word, birthday.bits);
        if (birthday.bits == kBirthdayDiffers)
            tally.score.contradicts = true, tally.score.by_name_only = false;
    }
    employers(a, b, tally);
    titles(a, b, tally);
    if (const auto apart = Acquaintances::apart(a, b); apart != Apart::unknown)
        tally.add("since", to_string(apart), acquaintances_.bits(a, b));
    contacts(a, b, tally);
    networks(a, b, tally);
    return tally.score;
}

Score Judge::score(const Profile& a, const Profile& b) const {
    return judge(a, b, nullptr);
}

Score Judge::explain(const Profile& a, const Profile& b, std::vector<FieldEvidence>& evidence) const {
    return judge(a, b, &evidence);
}

bool Judge::forbids(const Profile& a, const Profile& b) const {
    if (measuring_spread_ || measuring_namesakes_) return are_apart(score(a, b), a, b);
    const auto [low, high] = std::minmax({&a, &b});
    const auto place = [this](const Profile* p) {
        return static_cast<std::uint64_t>(p - background_.profiles().data());
    };
    const auto [known, fresh] = apart_.try_emplace(place(low) << 32 | place(high), false);
    if (fresh) known->second = are_apart(score(*low, *high), *low, *high);
    return known->second;
}

bool Judge::are_apart(const Score& found, const Profile& a, const Profile& b) {
    if (found.contradicts) return true;
    return a.network == b.network && is_duplicate_free(a.network) && !found.strong &&
           found.bits < kSureOfTwoAccounts;
}

bool Judge::stands_for_both(const Profile& between, const Profile& a, const Profile& b) const {
    if (between.forms.empty() || background_.full_names(between.forms.front().givens[0]).size() < 2)
        return false;
    return full_names_of(between, a, background_) == FullNames::unknown &&
           full_names_of(between, b, background_) == FullNames::unknown &&
           full_names_of(a, b, background_) == FullNames::two;
}

bool Judge::bridges(const Profile& between, const Profile& a, const Profile& b) const {
    const bool several = between.couple || !between.homes.empty();  // whose names are a family's
    if (several || between.id == a.id || between.id == b.id || !score(a, b).by_name_only) return false;
    if (a.network == b.network && is_duplicate_free(a.network)) return false;
    const auto goes_by = [&](const Profile& side) {
        const auto match = compare_names(between, side, background_, weights_);
        return match.given == Level::exact && match.family > Level::initial;
    };
    return goes_by(a) && goes_by(b);
}

bool Judge::is_of_several(const Profile& profile) const {
    if (profile.couple) return true;
    if (profile.network != Network::email && profile.network != Network::phone) return false;
    return !profile.homes.empty() ||
           std::any_of(profile.emails.begin(), profile.emails.end(),
                       [this](Word address) { return spread(address) > 1; }) ||
           std::any_of(profile.phones.begin(), profile.phones.end(),
                       [this](const Line& line) { return spread(line.number) > 1; });
}

bool Judge::excludes(const Profile& a, const Profile& b) const {
    const auto found = score(a, b);
    if (found.contradicts) return true;
    return a.network == b.network && is_duplicate_free(a.network) && !found.strong &&
           found.bits < kWorthAskingAccounts;
}

}  // namespace vv::core::resolution
