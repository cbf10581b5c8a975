#include "core/asks/match.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace vv::core::asks {
namespace {

// The constants of the model; docs/asks.md says where each comes from and what it means.
constexpr double kContacts = 0.35;  // per ln(1 + contacts)
constexpr double kContactsMost = 2;
constexpr double kBothWays = 0.3;
constexpr double kMet = 0.5;
constexpr double kMetAgain = 0.2;  // per ln(1 + encounters)
constexpr double kMetMost = 1.1;
constexpr double kTrust = 0.5;
constexpr double kSilence = -0.15;  // per ln(1 + months)
constexpr double kAsked = -0.7;     // per ln(1 + times in the past year)
constexpr double kMissed = -0.5;    // times the share of meetings that did not come about
constexpr double kWarmest = -(kContactsMost + kBothWays + kMetMost + kTrust);  // so that warmth is at most 1
constexpr double kHearsay = -3;  // a title that others wrote down, once
constexpr double kNoted = 0.2;   // the trade stands somewhere in what is known
constexpr double kTopic = 0.35;
constexpr int kMostTopics = 2;
constexpr double kOtherEmployer = -1.2;
constexpr double kOtherRelation = -1;
constexpr double kInTownKm = 30;
constexpr double kFar = -1.2;  // per ln(1 + km out of town / 20)
constexpr double kFarMost = -6;
// The odds that somebody whose place is not known lives in the one asked about.
constexpr double kHomePrior = -1.4, kOtherPrior = -3;
constexpr double kMetThere = 2.2, kMetElsewhere = -1;  // per ln(1 + encounters)
constexpr double kPhoneThere = 1, kPhoneElsewhere = -2.5;
constexpr double kColleague = 1.5;
constexpr double kLeastFit = 0.04;
constexpr std::size_t kLongestTitle = 80;  // of a topic, in a reason

using Alternatives = std::vector<std::vector<std::string>>;

double days_between(Instant from, Instant to) {
    return std::max(0.0, Days(to - from).count());
}

std::string times(int n) {
    return n == 1 ? "once" : n == 2 ? "twice" : std::to_string(n) + " times";
}

std::string month_year(Instant t, const Zone& zone) {
    constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
    const Date d = zone.date_of(t);
    return std::string(kMonths[static_cast<unsigned>(d.month()) - 1]) + " " +
           std::to_string(static_cast<int>(d.year()));
}

std::vector<std::string> normal_words(std::string_view text, const Lexicon& lexicon) {
    auto words = folded_words(text);
    for (auto& word : words) word = lexicon.normal(word);
    return words;
}

// The words of folded text that blanks part, without those of the person's name: Ann Cook is no cook for it.
// Most people's are never asked for.
class Said {
public:
    explicit Said(const Known& person) : person_(person) {}
    const std::vector<std::string>& words() {
        if (!words_) words_ = read({&person_.own, &person_.words});
        return *words_;
    }
    /// With what they wrote about and take part in, which tells a topic but no trade.
    const std::vector<std::string>& with_topics() {
        if (person_.topics.empty()) return words();
        if (!all_) all_ = read({&person_.own, &person_.words, &person_.topics});
        return *all_;
    }

private:
    [[nodiscard]] std::vector<std::string> read(std::initializer_list<const std::string*> texts) const {
        const auto name = folded_words(person_.name);
        std::vector<std::string> said;
        for (const std::string* text : texts)
            for (const auto word : split(*text, ' '))
                if (!word.empty() && std::ranges::find(name, word) == name.end())
                    said.push_back(Lexicon::english().normal(word));
        return said;
    }

    const Known& person_;
    std::optional<std::vector<std::string>> words_, all_;
};

bool has_all(const std::vector<std::string>& text, const std::vector<std::string>& words) {
    return !words.empty() && std::ranges::all_of(words, [&](const std::string& word) {
        return std::ranges::find(text, word) != text.end();
    });
}

std::string joined(const std::vector<std::string>& list, std::string_view with) {
    std::string text;
    for (const auto& one : list) text += (text.empty() ? "" : std::string(with)) + one;
    return text;
}

std::string role_of(const Known& person) {
    return person.organisation.empty() ? person.title : person.title + ", " + person.organisation;
}

std::string said_fit(const Fit& fit, const std::string& wanted, const Known& person) {
    switch (fit.likeness) {
        case Likeness::field:
            return role_of(person) + ": the same field as " + wanted;
        case Likeness::near:
            return role_of(person) + ": a field near " + wanted;
        default:
            return role_of(person);
    }
}

double met_weight(int encounters) {
    return encounters == 0 ? 0 : std::min(kMetMost, kMet + kMetAgain * std::log1p(encounters));
}

double contacts_weight(int in, int out) {
    return std::min(kContactsMost, kContacts * std::log1p(in + out));
}

// A trust too small to be told as a number of a hundred counts for nothing.
double trust_weight(double trust) {
    return trust < 0.005 ? 0 : kTrust * trust;
}

double silence_weight(Instant last, Instant now) {
    return kSilence * std::log1p(days_between(last, now) / 30.44);
}

double odds_to_weight(double log_odds) {
    return -std::log1p(std::exp(-log_odds));
}

std::string about_km(double km) {
    return std::to_string(std::lround(km < 100 ? km : std::round(km / 10) * 10)) + " km";
}

std::optional<Instant> last_in_touch(const Known& person) {
    if (!person.last_contact) return person.last_met;
    return std::max(*person.last_contact, person.last_met.value_or(*person.last_contact));
}

void add(std::vector<Reason>& reasons, const char* kind, double weight, std::string text) {
    reasons.push_back({kind, std::move(text), weight});
}

double sum_of(const std::vector<Reason>& reasons) {
    double sum = 0;
    for (const Reason& reason : reasons) sum += reason.weight;
    return sum;
}

std::vector<std::string> normal_words_of(const Topic& topic) {
    auto words = topic_words(topic);
    for (auto& word : words) word = Lexicon::english().normal(word);
    return words;
}

// From within a sentence.
std::string said_topic(const Topic& topic) {
    const bool is_long = topic.text.size() > kLongestTitle;
    const std::string name =
        "\"" + std::string(truncate_utf8(topic.text, kLongestTitle)) + (is_long ? "…\"" : "\"");
    switch (topic.kind) {
        case TopicKind::group:
            return "in the group " + name;
        case TopicKind::listed:
            return "listed under " + name;
        case TopicKind::wrote:
            return "wrote " + name;
        case TopicKind::answered:
            return "commented on your " + name;
        case TopicKind::tagged:
            return "you wrote to them about " + name;
    }
    return {};
}

// Which fields the rest of the ask is about.
std::vector<FieldId> fields_of(const Ask& ask, const Lexicon& lexicon) {
    std::vector<FieldId> fields;
    for (const std::string& text : {ask.purpose, joined(ask.topics, " ")}) {
        const auto words = normal_words(text, lexicon);
        for (std::size_t at = 0; at < words.size(); ++at)
            if (const auto found = lexicon.longest(words, at); found.meaning != nullptr)
                fields.insert(fields.end(), found.meaning->fields.begin(), found.meaning->fields.end());
    }
    return fields;
}

// The best that the title does for any of the wanted; else whether one of their names stands anywhere.
std::optional<Reason> title_reason(const Known& person, const Work& title, std::span<const Work> wanted,
                                   const Ask& ask, std::span<const FieldId> about, Said& said) {
    Fit best;
    std::size_t which = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (const Fit fit = fit_of(wanted[i], title, about, Lexicon::english()); fit.value > best.value)
            best = fit, which = i;
    if (best.value < kNoted)
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (has_all(said.words(), wanted[i].words))
                return Reason{"noted", "\"" + ask.titles[i] + "\" stands in what you know of them",
                              std::log(kNoted)};
    if (best.value < kLeastFit) return std::nullopt;
    return Reason{"title", said_fit(best, ask.titles[which], person), std::log(best.value)};
}

// Whoever has all words of "desk editor" has those of "editor": a search for both is one for the shorter. Of
// a hundred alternatives a third goes, and each that goes is one less for the database to look up.
Alternatives without_narrower(const Alternatives& all) {
    Alternatives sorted;
    for (auto words : all) {
        std::ranges::sort(words);
        sorted.push_back(std::move(words));
    }
    Alternatives kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_narrower = std::ranges::any_of(sorted, [&](const auto& other) {
            return other.size() < sorted[i].size() && std::ranges::includes(sorted[i], other);
        });
        if (!is_narrower) kept.push_back(all[i]);
    }
    return kept;
}

}  // namespace

Matcher::Matcher(const Ask& ask, Instant now, Zone zone, std::optional<LatLng> home)
    : ask_(ask), now_(now), zone_(std::move(zone)) {
    const Lexicon& lexicon = Lexicon::english();
    is_home_ = home && ask.place && distance_km(*home, ask.place->at) <= kInTownKm;
    for (const auto& title : ask.titles) wanted_.push_back(read_wanted(title, lexicon));
    for (const auto& topic : ask.topics) topics_.push_back(normal_words(topic, lexicon));
    for (const auto& one : ask.organisations) organisations_.push_back(normal_words(one, lexicon));
    about_ = fields_of(ask, lexicon);
    fit_constant_ = -kTopic * std::min<int>(kMostTopics, static_cast<int>(topics_.size()));
}

const Work& Matcher::title_of(const std::string& title) {
    const auto [at, is_new] = titles_.try_emplace(title);
    if (is_new) at->second = read_title(title, Lexicon::english());
    return at->second;
}

std::optional<Matcher::Fit> Matcher::fit_of(const Known& person) {
    std::vector<Reason> reasons;
    Said said(person);
    if (!wanted_.empty()) {
        auto title = title_reason(person, title_of(person.title), wanted_, ask_, about_, said);
        if (!title) return std::nullopt;
        reasons.push_back(*std::move(title));
    }
    std::vector<std::string> known;
    for (std::size_t i = 0; i < topics_.size(); ++i)
        if (has_all(said.with_topics(), topics_[i])) known.push_back(ask_.topics[i]);
    if (!known.empty())
        add(reasons, "topic", kTopic * std::min<int>(kMostTopics, static_cast<int>(known.size())),
            "Has to do with " + joined(known, ", "));
    const bool is_found = !wanted_.empty() || !known.empty();
    const auto employer = employer_reason(person, is_found);
    const auto relation = relation_reason(person, is_found);
    if (!is_found && !employer && !relation) return std::nullopt;
    for (const auto& reason : {employer, relation})
        if (reason) reasons.push_back(*reason);
    return Fit{std::move(reasons), std::move(known)};
}

// Nothing when no employer is asked for, or nothing else speaks for one who is elsewhere.
std::optional<Reason> Matcher::employer_reason(const Known& person, bool is_found) const {
    if (organisations_.empty()) return std::nullopt;
    const auto employer = normal_words(person.organisation, Lexicon::english());
    const bool is_there =
        std::ranges::any_of(organisations_, [&](const auto& one) { return has_all(employer, one); });
    if (is_there) return Reason{"organisation", "At " + person.organisation, 0};
    if (!is_found) return std::nullopt;
    return Reason{"organisation", "Not known to be at " + joined(ask_.organisations, " or "), kOtherEmployer};
}

std::optional<Reason> Matcher::relation_reason(const Known& person, bool is_found) const {
    if (ask_.relations.empty()) return std::nullopt;
    const bool is_so = std::ranges::find(ask_.relations, person.relation) != ask_.relations.end();
    if (!is_so && !is_found) return std::nullopt;
    const std::string name(to_string(person.relation));
    return Reason{"relation", (name[0] == 'a' ? "An " : "A ") + name, is_so ? 0 : kOtherRelation};
}

std::optional<Reason> Matcher::place_reason(const Known& person, const Evidence* evidence) const {
    if (!ask_.place) return std::nullopt;
    const AskPlace& place = *ask_.place;
    if (person.at || person.city == place.name) {
        const double km = person.at ? distance_km(*person.at, place.at) : 0;
        if (km <= kInTownKm) return Reason{"place", "In " + place.name, 0};
        const double weight = std::max(kFarMost, kFar * std::log1p((km - kInTownKm) / 20));
        return Reason{
            "place",
            (person.city.empty() ? "" : "In " + person.city + ", ") + about_km(km) + " from " + place.name,
            weight};
    }
    double odds = is_home_ ? kHomePrior : kOtherPrior;
    if (is_home_ && person.relation == Relation::colleague) odds += kColleague;
    if (evidence == nullptr) {  // at best they met there each time, and the telephone says so too
        odds += kMetThere * std::log1p(person.encounters) + kPhoneThere;
        return Reason{"place", {}, odds_to_weight(odds)};
    }
    // Records of one time, in a calendar and a check-in, count once.
    const int there = std::min(evidence->met_there, person.encounters);
    const int elsewhere = std::min(evidence->met_elsewhere, person.encounters);
    odds += kMetThere * std::log1p(there) + kMetElsewhere * std::log1p(elsewhere);
    const auto& regions = evidence->phone_regions;
    if (!regions.empty() && !place.country.empty())
        odds += std::ranges::find(regions, place.country) != regions.end() ? kPhoneThere : kPhoneElsewhere;
    return Reason{"place",
                  there > 0 ? "Perhaps in " + place.name + ": you met there " + times(there)
                            : "Where they live is not known",
                  odds_to_weight(odds)};
}

std::vector<Reason> Matcher::warmth_reasons(const Known& person, const Evidence& evidence) const {
    std::vector<Reason> reasons;
    if (const int n = person.contacts_in + person.contacts_out; n > 0)
        add(reasons, "in_touch", contacts_weight(person.contacts_in, person.contacts_out),
            "In touch " + times(n));
    if (person.contacts_in > 0 && person.contacts_out > 0)
        add(reasons, "both_ways", kBothWays, "You write to each other");
    if (person.encounters > 0)
        add(reasons, "met", met_weight(person.encounters),
            "You have met " + times(person.encounters) +
                (person.last_met ? ", last in " + month_year(*person.last_met, zone_) : std::string()));
    if (trust_weight(person.trust) > 0)
        add(reasons, "trust", trust_weight(person.trust),
            "Trust " + std::to_string(std::lround(person.trust * 100)) + " of 100, from having met");
    if (const auto last = last_in_touch(person))
        add(reasons, "silence", silence_weight(*last, now_),
            "Last heard or seen in " + month_year(*last, zone_));
    if (evidence.asked > 0)
        add(reasons, "asked", kAsked * std::log1p(evidence.asked),
            "You asked them " + times(evidence.asked) + " in the past year");
    if (evidence.missed > 0)
        add(reasons, "missed", kMissed * evidence.missed / (evidence.kept + evidence.missed + 1),
            "Did not come to " + std::to_string(evidence.missed) + " of " +
                std::to_string(evidence.kept + evidence.missed) + " meetings");
    return reasons;
}

std::optional<double> Matcher::bound(const Known& person) {
    const auto fit = fit_of(person);
    if (!fit) return std::nullopt;
    const auto place = place_reason(person, nullptr);
    return fit_constant_ + sum_of(fit->reasons) + (place ? place->weight : 0) + warmth_bound(person, now_);
}

std::optional<Match> Matcher::judge(const Known& person, const Evidence& evidence) {
    auto fit = fit_of(person);
    if (!fit) return std::nullopt;
    std::vector<Reason>& reasons = fit->reasons;
    if (!evidence.is_own_word && !reasons.empty() && reasons.front().kind == "title")
        add(reasons, "hearsay", kHearsay, "Their title is what an address book says");
    if (auto place = place_reason(person, &evidence)) reasons.push_back(*std::move(place));
    Match match;
    match.person = person.person;
    match.fit = std::exp(fit_constant_ + sum_of(reasons));
    auto warmth = warmth_reasons(person, evidence);
    match.warmth = std::exp(kWarmest + sum_of(warmth));
    match.score = match.fit * match.warmth;
    match.reasons = std::move(reasons);
    match.topics = std::move(fit->topics);
    std::ranges::move(warmth, std::back_inserter(match.reasons));
    std::ranges::stable_sort(match.reasons, std::ranges::greater{}, &Reason::weight);
    return match;
}

bool Matcher::is_about(const Topic& topic) const {
    const auto words = normal_words_of(topic);
    return std::ranges::any_of(topics_, [&](const auto& one) { return has_all(words, one); });
}

void Matcher::name_topics(Match& match, std::span<const Topic> topics) const {
    const auto reason = std::ranges::find(match.reasons, "topic", &Reason::kind);
    if (reason == match.reasons.end()) return;
    std::vector<std::vector<std::string>> words;
    for (const Topic& topic : topics) words.push_back(normal_words_of(topic));
    std::vector<std::string> named, others;
    for (const std::string& known : match.topics) {
        const auto wanted = normal_words(known, Lexicon::english());
        const auto at = std::ranges::find_if(words, [&](const auto& one) { return has_all(one, wanted); });
        if (at == words.end()) {
            others.push_back(known);
            continue;
        }
        auto said = said_topic(topics[static_cast<std::size_t>(at - words.begin())]);
        if (std::ranges::find(named, said) == named.end()) named.push_back(std::move(said));
    }
    if (named.empty()) return;
    if (!others.empty()) named.push_back("has to do with " + joined(others, ", "));
    reason->text = joined(named, "; ");
    if (reason->text[0] >= 'a') reason->text[0] = static_cast<char>(reason->text[0] - 'a' + 'A');
}

double warmth_bound(const Known& person, Instant now) {
    const auto last = last_in_touch(person);
    return kWarmest + contacts_weight(person.contacts_in, person.contacts_out) +
           (person.contacts_in > 0 && person.contacts_out > 0 ? kBothWays : 0) +
           met_weight(person.encounters) + trust_weight(person.trust) +
           (last ? silence_weight(*last, now) : 0);
}

// Alternatives for a search. A level in a field is found by the field's words, whatever the level is called.
std::vector<std::vector<std::string>> Matcher::words(Reach reach) const {
    const Lexicon& lexicon = Lexicon::english();
    std::set<std::vector<std::string>> found;
    const auto add_trades = [&](std::span<const TradeId> trades) {
        for (const TradeId id : trades)
            found.insert(lexicon.trade(id).titles.begin(), lexicon.trade(id).titles.end());
    };
    // Of a field that is asked for by itself whoever has to do with it; else those whose own it is.
    const auto add_fields = [&](const std::vector<FieldId>& fields, std::size_t most) {
        for (const FieldId id : fields)
            found.insert(lexicon.field(id).phrases.begin(), lexicon.field(id).phrases.end());
        for (auto& role : lexicon.roles_in(fields)) found.insert(std::move(role));
        for (TradeId id = 0; id < lexicon.trade_count(); ++id)
            for (const FieldId field :
                 std::span(lexicon.trade(id).fields).first(std::min(most, lexicon.trade(id).fields.size())))
                if (std::ranges::find(fields, field) != fields.end()) add_trades(std::span(&id, 1));
    };
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
        const Work& work = wanted_[i];
        add_trades(work.trades);
        add_trades(work.kinds);
        const bool is_trade = !work.trades.empty() || !work.kinds.empty();
        if (!is_trade || reach == Reach::wide) add_fields(work.fields, is_trade ? 1 : 9);
        if (!work.is_known()) found.insert(folded_words(ask_.titles[i]));
    }
    if (wanted_.empty() || reach == Reach::wide)
        for (const auto* list : {&ask_.topics, &ask_.organisations})
            for (const auto& one : *list) found.insert(folded_words(one));
    found.erase(std::vector<std::string>());
    return without_narrower({found.begin(), found.end()});
}

}  // namespace vv::core::asks
