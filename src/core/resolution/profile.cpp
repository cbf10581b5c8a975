#include "core/resolution/profile.h"

#include "base/phone.h"
#include "base/text.h"
#include "core/people_export.h"
#include "core/resolution/aliases.h"
#include "core/resolution/looks.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vv::core::resolution {
namespace {

constexpr double kSmoothing = 100;      // as many people of unknown names are thought to stand behind the set
constexpr double kRarestGiven = 0.002;  // how common a given name is before anything is known of it
constexpr double kRarestFamily = 0.0005;
constexpr double kFewestPeople = 300;
constexpr double kHalfName = 0.25;  // "Joe" is mostly somebody whose whole name stands elsewhere

void add_once(auto& list, Word value) {
    if (value != 0 && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

unsigned char first_letter(std::string_view text) {
    return text.empty() ? 0 : static_cast<unsigned char>(text.front());
}

std::uint64_t hash_of(std::string_view text) {
    return spread_bits(std::hash<std::string_view>{}(text));
}

std::uint64_t pair_of(Word a, Word b) {
    return (static_cast<std::uint64_t>(a) << 32) | b;
}

}  // namespace

bool is_labelled_by_owner(Network network) {
    switch (network) {
        case Network::vcard:
        case Network::google_contacts:
        case Network::outlook:
        case Network::email:
        case Network::phone:
        case Network::whatsapp:
        case Network::manual:
            return true;
        default:
            return false;
    }
}

Background::Background(const IdentitySource& identities, const ResolutionOptions& options) {
    texts_.reserve(2 * identities.count);
    texts_.add({});
    profiles_.reserve(identities.count);
    words_.reserve(2 * identities.count, [](std::uint32_t) { return 0; });
    const Looks looks(options.looks);
    identities.each([&](const Identity& identity) {
        auto& profile = profiles_.emplace_back();
        prepare(profile, identity, options);
        profile.photo = intern(looks.like(identity.attributes.photo_hash));
    });
    spelling_at_.resize(texts_.size());
    learn_aliases();
    count_all();
    set_homes_apart();
    tell_private_emails();
}

Word Background::intern(std::string_view text) {
    if (text.empty()) return 0;
    if (const auto known = find_word(text); known != 0) return known;
    const auto word = static_cast<Word>(texts_.size());
    texts_.add(text);
    words_.add(hash_of(text), word, [&](Word other) { return hash_of(texts_[other]); });
    return word;
}

Word Background::find_word(std::string_view text) const {
    return words_.find(hash_of(text), [&](Word word) { return texts_[word] == text; });
}

const Spelling& Background::spelling(Word word) const {
    auto& at = spelling_at_[word];
    if (at == 0) {
        spellings_.emplace_back(texts_[word]);
        at = static_cast<std::uint32_t>(spellings_.size());
    }
    return spellings_[at - 1];
}

void Background::prepare(Profile& profile, const Identity& identity, const ResolutionOptions& options) {
    profile.id = identity.id;
    profile.network = identity.network;
    profile.exported = is_exported(identity);
    profile.birthday = identity.attributes.birthday;
    if (const auto since = options.since.find(identity.id); since != options.since.end())
        profile.since = static_cast<std::int32_t>(
            std::chrono::floor<std::chrono::days>(since->second).time_since_epoch().count());
    add_names(profile, identity);
    add_addresses(profile, identity, options);
    if (identity.network == Network::linkedin && !identity.key.starts_with("name:"))
        add_slug(profile, identity.key);
    profile.forms.shrink_to_fit();
}

void Background::add_names(Profile& profile, const Identity& identity) {
    const auto reading = read_names(identity.attributes);
    for (const auto& form : reading.forms) profile.forms.push_back(to_form(form));
    profile.generation = reading.generation;
    profile.couple = reading.couple;
    profile.label = intern(reading.label);
    if (reading.forms.empty()) add_once(profile.nicks, intern(nick_of(reading.label)));
    for (const auto& other : identity.attributes.other_names)
        if (other.find_first_of(" @") == std::string::npos)
            add_once(profile.nicks, intern(nick_of(ascii_lower(other))));
    add_employers(profile, identity, reading.tags);
}

void Background::add_employers(Profile& profile, const Identity& identity,
                               const std::vector<std::string>& tags) {
    const auto words = employer_words(identity.attributes.organisation);
    if (!words.empty()) {
        add_once(profile.employers, intern(joined(words)));
        add_once(profile.employer_heads, intern(words.front()));
    }
    for (const auto& tag : tags) add_once(profile.tags, intern(tag));
    profile.title = intern(fold(identity.attributes.title));
}

void Background::add_addresses(Profile& profile, const Identity& identity, const ResolutionOptions& options) {
    const auto& attributes = identity.attributes;
    for (const auto& written : attributes.emails) {
        const auto email = read_email(written);
        if (!email) continue;
        const auto address = intern(email->address);
        add_once(email->role ? profile.roles : profile.emails, address);
        if (!email->role) note_home(*email, address);
        const auto employer = intern(employer_of_domain(email->domain));
        add_once(profile.mail_employers, employer);
        if (employer != 0) employer_of_email_[address] = employer;
        add_words(profile, email->words, Source::address);
    }
    for (const auto& written : attributes.phones) {
        const auto phone = parse_phone(written, options.region);
        if (!phone) continue;
        const Line line{intern(phone->e164), phone->kind == PhoneKind::fixed || !phone->extension.empty()};
        const auto same = [&](const Line& l) { return l.number == line.number; };
        if (std::none_of(profile.phones.begin(), profile.phones.end(), same)) profile.phones.push_back(line);
    }
    for (const auto& url : attributes.urls) {
        const auto page = canonical_page(url);
        add_once(profile.handles, intern(page));
        add_words(profile, site_words(page), Source::address);
    }
    for (const auto& handle : attributes.handles) {
        const auto canonical = canonical_handle(handle);
        add_once(profile.handles, intern(canonical));
        add_words(profile, handle_words(canonical), Source::address);
        add_once(profile.nicks, intern(nick_of(canonical)));
    }
}

void Background::add_slug(Profile& profile, std::string_view slug) {
    add_words(profile, slug_words(slug), Source::slug);
}

// Two words and more are a name; one is a name run together, or a given name alone when it is known as one.
void Background::add_words(Profile& profile, const std::vector<std::string>& words, Source source) {
    if (words.empty()) return;
    if (words.size() > 1) {
        const auto form = to_form(form_of_words(words, source));
        const auto known = [&](const Form& f) { return f.given == form.given && f.family == form.family; };
        if (std::none_of(profile.forms.begin(), profile.forms.end(), known)) profile.forms.push_back(form);
        return;
    }
    const auto& word = words.front();
    if (word.size() < 3) return;
    add_once(profile.compacts, intern(word));
    const bool given = !short_forms(word).empty() || resolution::full_names(word).size() > 1;
    if (given) profile.forms.push_back(to_form(form_of_words(words, source)));
}

Form Background::to_form(const NameForm& form) {
    Form out;
    out.source = form.source;
    out.former = form.former;
    out.transliterated = form.transliterated;
    out.given = intern(joined(form.given));
    out.family = intern(joined(form.family));
    std::size_t count = 0;
    if (form.given.size() == 1)
        out.givens[0] = out.given;
    else
        for (const auto& word : form.given)
            if (count < kNameWords) out.givens[count++] = intern(word);
    count = 0;
    if (form.family.size() == 1)
        out.families[0] = out.family;
    else
        for (const auto& word : form.family)
            if (count < kNameWords && !is_particle(word)) out.families[count++] = intern(word);
    learn_full_names(out.given);
    if (form.given.size() > 1)
        for (const auto word : out.givens) learn_full_names(word);
    return out;
}

void Background::learn_full_names(Word given) {
    if (given == 0 || !full_names(given).empty()) return;
    std::vector<Word> names;
    for (const auto name : resolution::full_names(texts_[given])) names.push_back(intern(name));
    set_full_names(given, names);
}

// What was there before of them stays behind unused: that is rare.
void Background::set_full_names(Word given, std::span<const Word> names) {
    if (given >= full_names_at_.size()) full_names_at_.resize(texts_.size(), 0);
    full_names_at_[given] = static_cast<std::uint32_t>(full_names_.size());
    full_names_.push_back(static_cast<Word>(names.size()));
    full_names_.insert(full_names_.end(), names.begin(), names.end());
}

void Background::add_full_name(Word given, Word full) {
    const auto before = full_names(given);
    std::vector<Word> names(before.begin(), before.end());
    add_once(names, full);
    set_full_names(given, names);
}

// Each of the two may stand for the other: which is the full one nobody says.
void Background::learn_aliases() {
    for (const auto& [x, y] : aliases(*this)) {
        add_full_name(x, y);
        add_full_name(y, x);
    }
}

std::span<const Word> Background::full_names(Word given) const {
    const auto at = given < full_names_at_.size() ? full_names_at_[given] : 0;
    return std::span(full_names_).subspan(at + 1, full_names_[at]);
}

bool Background::share_full_name(Word a, Word b) const {
    for (const auto x : full_names(a))
        for (const auto y : full_names(b))
            if (x == y) return true;
    return false;
}

void Background::grow_counts() {
    for (auto* counts : {&given_count_, &class_count_, &family_count_, &compact_count_, &employer_count_,
                         &head_count_, &title_count_})
        counts->assign(texts_.size(), 0);
}

void Background::count_name(const Form& form) {
    if (form.given != 0) {
        ++given_count_[form.given];
        if (form.givens[0] != 0 && form.givens[0] != form.given) ++given_count_[form.givens[0]];
        for (const auto full : full_names(form.givens[0])) ++class_count_[full];
        ++given_initials_[first_letter(texts_[form.given])];
    }
    if (form.family == 0) return;
    if (form.given == 0) ++family_count_[form.family];
    const auto head = form.families[0] != 0 ? form.families[0] : form.family;
    ++family_initials_[first_letter(texts_[head])];
}

// Of one family name with these given names, how many humans there seem to be: "Abby", "Abigail" and "A." are
// one.
std::uint32_t Background::count_bearers(std::span<Word> givens) const {
    std::ranges::sort(givens);
    const auto repeated = std::ranges::unique(givens);
    givens = givens.first(givens.size() - repeated.size());
    std::unordered_map<Word, Word> of;  // a name to one that stands for it, towards the last
    const auto find = [&](Word word) {
        for (auto at = of.find(word); at != of.end() && at->second != word; at = of.find(word))
            word = at->second;
        return word;
    };
    std::array<bool, 256> letters{};
    for (const auto given : givens)
        if (texts_[given].size() > 1) {
            letters[first_letter(texts_[given])] = true;
            for (const auto full : full_names(given)) of[find(full)] = find(given);
            of.try_emplace(find(given), find(given));
        }
    std::uint32_t bearers = 0;
    for (const auto given : givens) {
        const bool initial = texts_[given].size() == 1;
        bearers += initial ? (letters[first_letter(texts_[given])] ? 0 : 1) : (find(given) == given ? 1 : 0);
    }
    return std::max(bearers, 1U);
}

// Each distinct name counts once: how often one human turns up must not make the name look common.
void Background::count_all() {
    grow_counts();
    NumberSet names(profiles_.size()), employed, headed, titled;
    std::vector<WordLists::Pair> given_to;  // a family name, and a given name in it
    for (const auto& profile : profiles_) {
        Word bearer = profile.label;
        for (const auto& form : profile.forms) {
            if (form.source > Source::alias) continue;
            const bool first = &form == profile.forms.data();
            if (first) bearer = form.given != 0 ? form.given : form.family;
            if (!names.insert(pair_of(form.given, form.family))) continue;
            count_name(form);
            if (form.family == 0 || form.given == 0) {
                names_ += first ? kHalfName : 0;
                continue;
            }
            given_to.emplace_back(form.family, form.givens[0]);
            for (const auto word : form.families)
                if (word != 0 && word != form.family) given_to.emplace_back(word, form.givens[0]);
        }
        for (const auto word : profile.compacts) ++compact_count_[word];
        for (const auto employer : profile.employers)
            if (employed.insert(pair_of(bearer, employer))) ++employer_count_[employer];
        for (const auto head : profile.employer_heads)
            if (headed.insert(pair_of(bearer, head))) ++head_count_[head];
        if (profile.title != 0 && titled.insert(pair_of(bearer, profile.title)))
            ++title_count_[profile.title];
    }
    WordLists givens(given_to, texts_.size());
    for (Word family = 0; family < givens.words(); ++family) {
        if (givens[family].empty()) continue;
        const auto bearers = count_bearers(givens[family]);
        family_count_[family] += bearers;
        names_ += bearers;
    }
    employed_ = static_cast<double>(employed.size());
    titled_ = static_cast<double>(titled.size());
    index_bearers();
}

void Background::index_bearers() {
    NumberSet seen(profiles_.size());
    std::vector<WordLists::Pair> families, givens;
    for (const auto& profile : profiles_) {
        if (profile.forms.empty()) continue;
        const auto& form = profile.forms.front();
        const auto given = form.givens[0];
        if (form.source != Source::display || given == 0 || form.family == 0) continue;
        if (!seen.insert(pair_of(given, form.family))) continue;
        families.emplace_back(given, form.family);
        givens.emplace_back(form.family, given);
    }
    families_of_given_ = WordLists(families, texts_.size());
    givens_of_family_ = WordLists(givens, texts_.size());
}

// The share of `of` among the people whose names resemble those of `with`'s bearers: the bearers of `with`
// have other names too, and whoever shares one of those is of the region. Nothing known is 0.
double Background::share_in_region(const WordLists& mine, const WordLists& others, Word of, Word with) const {
    constexpr std::size_t kEnough = 400;  // by then the region is everybody, or well known
    constexpr double kDoubt = 20;
    if (region_of_.size() < texts_.size()) region_of_.resize(texts_.size(), 0);
    const auto region = ++regions_;
    std::size_t people = 0, bearers = 0;
    for (const auto other : mine[with]) {
        if (other == of) continue;
        for (const auto like : others[other]) {
            if (people > kEnough) break;
            if (like == with || std::exchange(region_of_[like], region) == region) continue;
            people += mine[like].size();
            bearers += static_cast<std::size_t>(std::count(mine[like].begin(), mine[like].end(), of));
        }
    }
    return people == 0 ? 0 : static_cast<double>(bearers) / (static_cast<double>(people) + kDoubt);
}

double Background::affinity(Word given, Word family) const {
    if (given >= families_of_given_.words() || family >= families_of_given_.words()) return 0;
    const double by_family =
        share_in_region(givens_of_family_, families_of_given_, given, family) / given_frequency(given);
    const double by_given =
        share_in_region(families_of_given_, givens_of_family_, family, given) / family_frequency(family);
    return std::log2(std::max({1.0, by_family, by_given}));
}

// "the.hartwells4@", "hartwells@" where there are Hartwells but nobody is called Hartwells.
void Background::note_home(const Email& email, Word address) {
    static constexpr std::array<std::string_view, 7> kHome{"the",     "family",  "fam", "familie",
                                                           "famille", "familia", "casa"};
    const auto says_home = [&](const std::string& word) {
        return std::find(kHome.begin(), kHome.end(), word) != kHome.end();
    };
    if (email.words.empty()) return;
    const auto at = profiles_.size() - 1;  // the one that is being read
    const auto& last = email.words.back();
    if (email.words.size() > 1) {
        if (says_home(email.words.front()) || says_home(last)) homes_.push_back({at, address, {}});
    } else if (last.size() >= 4 && last.back() == 's') {
        homes_.push_back({at, address, last});
    }
}

// A family's address writes under the names of several: it is no more one of theirs than a card for two.
bool Background::shows_two(const Profile& profile) const {
    const Form* first = nullptr;
    for (const auto& form : profile.forms) {
        if (form.source != Source::display || form.given == 0 || form.family == 0) continue;
        if (first == nullptr) first = &form;
        if (form.given != first->given && !share_full_name(first->givens[0], form.givens[0])) return true;
    }
    return false;
}

void Background::set_homes_apart() {
    const auto family = [&](std::string_view word) {
        const auto found = find_word(word);
        return found != 0 && count(family_count_, found) > 0;
    };
    for (const auto& [at, address, word] : homes_) {
        const std::string_view name = word;
        if (!name.empty() && (family(name) || !family(name.substr(0, name.size() - 1)))) continue;
        auto& profile = profiles_[at];
        const auto own = std::ranges::find(profile.emails, address);
        if (own != profile.emails.end()) {
            profile.emails.erase(own);
            profile.homes.push_back(address);
        }
        profile.couple = profile.couple || shows_two(profile);
    }
    homes_.clear();
}

void Background::tell_private_emails() {
    for (auto& profile : profiles_)
        for (const auto address : profile.emails) {
            const auto employer = employer_of_email_.find(address);
            if (employer == employer_of_email_.end() || !is_employer(employer->second))
                profile.private_emails.push_back(address);
        }
}

// Of all others: the one whose name is compared is no witness of how common it is.
double Background::smoothed(double seen, double rarest) const {
    return (std::max(seen - 1, 0.0) + kSmoothing * rarest) / (names_ + kSmoothing);
}

// A word that is a given name here and a family name there is as common as the commoner of both.
double Background::given_frequency(Word word) const {
    return smoothed(std::max(count(given_count_, word), count(family_count_, word)), kRarestGiven);
}

double Background::bare_given_frequency(Word word) const {
    std::uint32_t seen = count(given_count_, word);
    for (const auto full : full_names(word)) seen = std::max(seen, count(class_count_, full));
    return smoothed(seen + 1.0, kRarestGiven);
}

double Background::nickname_frequency(Word a, Word b) const {
    std::uint32_t seen = 0;
    for (const auto x : full_names(a))
        for (const auto y : full_names(b))
            if (x == y) seen = std::max(seen, count(class_count_, x));
    return smoothed(seen, 2 * kRarestGiven);
}

double Background::family_frequency(Word word) const {
    return smoothed(std::max(count(given_count_, word), count(family_count_, word)), kRarestFamily);
}

double Background::given_initial_frequency(char letter) const {
    return smoothed(given_initials_[static_cast<unsigned char>(letter)], 0.06);
}

double Background::family_initial_frequency(char letter) const {
    return smoothed(family_initials_[static_cast<unsigned char>(letter)], 0.06);
}

double Background::compact_frequency(Word word) const {
    return smoothed(count(compact_count_, word), kRarestFamily);
}

double Background::employer_frequency(Word word) const {
    return (count(employer_count_, word) + 1.0) / (employed_ + kSmoothing);
}

double Background::employer_head_frequency(Word word) const {
    return (count(head_count_, word) + 1.0) / (employed_ + kSmoothing);
}

double Background::title_frequency(Word word) const {
    constexpr double kDoubt = 20;
    return (count(title_count_, word) + 1.0) / (titled_ + kDoubt);
}

double Background::people() const {
    return std::max(names_, kFewestPeople);
}

}  // namespace vv::core::resolution
