#include "core/resolution/lexicon.h"

#include "base/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

extern "C" const char vv_nicknames[];      // NOLINT(readability-identifier-naming): named by the embedding
extern "C" const char vv_nicknames_end[];  // NOLINT(readability-identifier-naming)

namespace vv::core::resolution {
namespace {

using Words = std::vector<std::string_view>;

struct Nicknames {
    std::unordered_map<std::string_view, Words> full_to_short;
    std::unordered_map<std::string_view, Words> short_to_full;
};

void add_once(Words& words, std::string_view word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

Nicknames read_nicknames() {
    Nicknames read;
    for (const auto line :
         split({vv_nicknames, static_cast<std::size_t>(vv_nicknames_end - vv_nicknames)}, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const auto words = split(line, ' ');
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (words[i].size() < 2) continue;
            add_once(read.full_to_short[words[0]], words[i]);
            add_once(read.short_to_full[words[i]], words[0]);
        }
    }
    return read;
}

const Nicknames& nicknames() {
    static const Nicknames read = read_nicknames();
    return read;
}

using WordSet = std::unordered_set<std::string_view>;

bool has(const WordSet& words, std::string_view word) {
    return words.contains(word);
}

}  // namespace

std::vector<std::string_view> full_names(std::string_view given) {
    std::vector<std::string_view> names{given};
    const auto found = nicknames().short_to_full.find(given);
    if (found != nicknames().short_to_full.end())
        for (const auto name : found->second) add_once(names, name);
    return names;
}

std::span<const std::string_view> short_forms(std::string_view given) {
    const auto found = nicknames().full_to_short.find(given);
    if (found == nicknames().full_to_short.end()) return {};
    return found->second;
}

bool is_particle(std::string_view word) {
    static const WordSet words{"van", "von", "de",  "der",    "den",   "del", "della", "di", "da",  "do",
                               "dos", "das", "du",  "des",    "la",    "le",  "el",    "al", "bin", "ibn",
                               "zu",  "zum", "zur", "ten",    "ter",   "te",  "af",    "av", "dal", "degli",
                               "san", "abu", "vom", "vander", "vande", "auf", "dela"};
    return has(words, word);
}

WordKind kind_of(std::string_view word) {
    static const auto kinds = [] {
        std::unordered_map<std::string_view, WordKind> read;
        const auto add = [&](WordKind kind, std::initializer_list<std::string_view> words) {
            for (const auto one : words) read.emplace(one, kind);
        };
        add(WordKind::title,
            {"dr",  "prof", "professor", "mr",   "mrs", "ms",  "miss", "mx",  "sir",  "rev",  "herr",  "frau",
             "mme", "mlle", "sra",       "dott", "ing", "dra", "dipl", "hon", "lady", "capt", "doctor"});
        add(WordKind::credential,
            {"phd", "mba",  "pmp", "md",    "cpa",  "esq",  "msc",  "bsc",  "mphil", "dphil",
             "llm", "llb",  "cfa", "cissp", "rn",   "pe",   "meng", "beng", "dds",   "cism",
             "csm", "acca", "fca", "psyd",  "edd",  "jd",   "mph",  "bcom", "cpp",   "frsa",
             "obe", "mbe",  "cbe", "pgdip", "itil", "shrm", "sphr", "csp",  "gphr",  "dvm"});
        add(WordKind::kin,
            {"mum",     "mom",     "mummy",   "mommy",  "mama",    "mamma", "maman", "mutti", "mutter",
             "dad",     "daddy",   "papa",    "pappa",  "vati",    "vater", "pere",  "mere",  "padre",
             "madre",   "grandma", "grandpa", "granny", "grandad", "oma",   "opa",   "nonna", "nonno",
             "abuela",  "abuelo",  "aunt",    "auntie", "uncle",   "tante", "onkel", "oncle", "wife",
             "husband", "brother", "sister",  "cousin", "cousine", "nanna"});
        add(WordKind::place, {"home", "office", "work", "mobile", "cell", "reception", "landline"});
        return read;
    }();
    const auto found = kinds.find(word);
    return found == kinds.end() ? WordKind::name : found->second;
}

bool is_endearment(std::string_view word) {
    static const WordSet words{"chan", "kun", "bhai"};
    return has(words, word);
}

bool is_legal_form(std::string_view word) {
    static const WordSet words{
        "inc",   "incorporated", "llc",      "llp",  "lp",   "ltd",          "limited", "plc", "co",
        "corp",  "corporation",  "company",  "gmbh", "ag",   "kg",           "ohg",     "ug",  "ev",
        "sa",    "sas",          "sarl",     "sl",   "slu",  "srl",          "spa",     "bv",  "nv",
        "oy",    "oyj",          "ab",       "as",   "asa",  "aps",          "pty",     "pvt", "kk",
        "group", "holding",      "holdings", "se",   "kft",  "zrt",          "doo",     "sro", "ooo",
        "ltda",  "eirl",         "the",      "and",  "intl", "international"};
    return has(words, word);
}

bool is_role(std::string_view local) {
    static const WordSet words{
        "info",     "sales",     "office",  "contact",   "hello",     "support",    "admin",      "team",
        "mail",     "email",     "help",    "service",   "services",  "enquiries",  "inquiries",  "press",
        "media",    "jobs",      "careers", "hr",        "billing",   "accounts",   "accounting", "marketing",
        "events",   "reception", "noreply", "no-reply",  "webmaster", "postmaster", "newsletter", "news",
        "kontakt",  "contacto",  "contato", "secretary", "frontdesk", "booking",    "bookings",   "family",
        "feedback", "legal",     "invoice", "orders",    "buero",     "verwaltung", "accueil",    "root",
        "abuse",    "privacy"};
    return has(words, local);
}

bool is_mail_provider(std::string_view domain) {
    static const WordSet domains{
        "gmail.com",     "googlemail.com", "yahoo.com",      "yahoo.co.uk",  "ymail.com",   "hotmail.com",
        "hotmail.co.uk", "outlook.com",    "live.com",       "msn.com",      "aol.com",     "icloud.com",
        "me.com",        "mac.com",        "gmx.de",         "gmx.net",      "gmx.com",     "web.de",
        "t-online.de",   "freenet.de",     "orange.fr",      "wanadoo.fr",   "free.fr",     "laposte.net",
        "libero.it",     "virgilio.it",    "mail.ru",        "yandex.ru",    "qq.com",      "163.com",
        "126.com",       "proton.me",      "protonmail.com", "fastmail.com", "rogers.com",  "sympatico.ca",
        "comcast.net",   "verizon.net",    "btinternet.com", "sky.com",      "bigpond.com", "seznam.cz",
        "wp.pl",         "o2.pl",          "uol.com.br",     "naver.com"};
    return has(domains, domain);
}

Generation parse_generation(std::string_view word) {
    if (word == "sr" || word == "snr" || word == "senior") return Generation::first;
    if (word == "jr" || word == "jnr" || word == "junior" || word == "ii") return Generation::junior;
    if (word == "iii") return Generation::third;
    if (word == "iv") return Generation::fourth;
    return Generation::none;
}

}  // namespace vv::core::resolution
