#include "core/asks/titles.h"

#include "base/text.h"

#include <algorithm>

namespace vv::core::asks {
namespace {

// docs/asks.md says what each means.
constexpr double kSame = 1;
constexpr double kSynonym = 0.9;
constexpr double kOtherSort = 0.6;  // an engineer, but of another field than the ask is about
constexpr double kInField = 0.9;    // a field was asked for
constexpr double kPartlyInField = 0.75;
constexpr double kOneLevelOff = 0.7;
constexpr double kSameField = 0.25;  // another trade of the same field
constexpr double kAlsoInField = 0.12;
constexpr double kNearField = 0.05;
constexpr double kTooJunior = 0.5;

bool share(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
    return std::ranges::any_of(a, [&](const auto id) { return std::ranges::find(b, id) != b.end(); });
}

void add_once(std::vector<std::uint16_t>& list, std::span<const std::uint16_t> more) {
    for (const auto id : more)
        if (std::ranges::find(list, id) == list.end()) list.push_back(id);
}

// One word after the other, the longest phrase at each; levels are told by single words even within a trade's
// name ("sales director").
Work read(std::string_view text, const Lexicon& lexicon) {
    Work work;
    for (const auto& word : folded_words(text)) work.words.push_back(lexicon.normal(word));
    for (std::size_t at = 0; at < work.words.size();) {
        const auto found = lexicon.longest(work.words, at);
        const std::size_t taken = std::max<std::size_t>(1, found.words);
        for (std::size_t i = at; i < at + taken; ++i)
            if (const Meaning* one = lexicon.find(work.words[i]))
                work.level = std::max(work.level, one->level);
        if (found.meaning != nullptr) {
            const Meaning& meant = *found.meaning;
            add_once(work.trades, meant.titles);
            add_once(work.kinds, meant.kinds);
            add_once(work.fields, meant.fields);
            work.is_role = work.is_role || meant.is_role;
            work.level = std::max(work.level, meant.level);
        }
        at += taken;
    }
    return work;
}

bool is_trade_of_level(const std::string& name) {
    return name == "manager" || name == "director";
}

bool holds(std::span<const std::string> words, std::span<const std::string> phrase) {
    return !phrase.empty() && std::ranges::search(words, phrase).begin() != words.end();
}

// A head of a field is wanted: who leads in it, who manages in it, who works in it.
Fit fit_level(const Work& wanted, const Work& title) {
    const bool own = share(wanted.fields, title.fields);
    if (!own && !share(wanted.fields, title.more)) return {};
    const double part = own ? 1 : 0.8;
    if (holds(title.words, wanted.words)) return {kSame, Likeness::same};
    const bool wants_head = wanted.level >= Level::head;
    if (title.level >= Level::manager && wants_head == (title.level >= Level::head))
        return {kSynonym * part, Likeness::level};
    if (title.level >= Level::manager) return {kOneLevelOff * part, Likeness::level};
    return {kSameField * part, Likeness::field};
}

Fit fit_trade(const Work& wanted, const Work& title, std::span<const FieldId> about, const Lexicon& lexicon) {
    bool is_kind = false, is_right_sort = about.empty();
    for (const TradeId id : title.trades) {
        if (std::ranges::find(wanted.kinds, id) == wanted.kinds.end()) continue;
        is_kind = true;
        is_right_sort = is_right_sort || share(lexicon.trade(id).fields, about);
    }
    if (is_kind && !is_right_sort) return {kOtherSort, Likeness::kind};
    if (holds(title.words, wanted.words)) return {kSame, Likeness::same};
    if (share(wanted.trades, title.trades)) return {kSynonym, Likeness::synonym};
    return is_kind ? Fit{kSynonym, Likeness::kind} : Fit{};
}

Fit fit_field(const Work& wanted, const Work& title, const Lexicon& lexicon) {
    const bool wants_trade = !wanted.trades.empty() || !wanted.kinds.empty();
    std::vector<FieldId> own = wanted.fields, more = wanted.more;
    if (share(own, title.fields))
        return {wants_trade ? kSameField : kInField, wants_trade ? Likeness::field : Likeness::synonym};
    if (share(own, title.more) || share(more, title.fields))
        return {wants_trade ? kAlsoInField : kPartlyInField, Likeness::field};
    for (const FieldId id : own)
        if (share(lexicon.field(id).near, title.fields)) return {kNearField, Likeness::near};
    return {};
}

}  // namespace

Work read_title(std::string_view title, const Lexicon& lexicon) {
    Work work = read(title, lexicon);
    // "Sales manager" is one of sales rather than of management.
    if (!work.fields.empty() || work.trades.size() > 1)
        std::erase_if(work.trades, [&](TradeId id) { return is_trade_of_level(lexicon.trade(id).name); });
    for (const TradeId id : work.trades) {
        const auto& fields = lexicon.trade(id).fields;
        add_once(work.fields, std::span(fields).first(1));
        add_once(work.more, std::span(fields).subspan(1));
    }
    return work;
}

Work read_wanted(std::string_view phrase, const Lexicon& lexicon) {
    Work work = read(phrase, lexicon);
    const bool has_fields = !work.fields.empty();
    if (has_fields || work.trades.size() > 1)
        std::erase_if(work.trades, [&](TradeId id) { return is_trade_of_level(lexicon.trade(id).name); });
    work.is_role = work.is_role || (has_fields && work.trades.empty() && work.level >= Level::manager);
    for (const auto* ids : {&work.trades, &work.kinds})
        for (const TradeId id : *ids) {
            const auto& fields = lexicon.trade(id).fields;
            add_once(work.fields, std::span(fields).first(1));
            if (ids == &work.trades) add_once(work.more, std::span(fields).subspan(1));
        }
    return work;
}

Fit fit_of(const Work& wanted, const Work& title, std::span<const FieldId> about, const Lexicon& lexicon) {
    Fit best;
    if (!wanted.is_known()) return holds(title.words, wanted.words) ? Fit{kSame, Likeness::same} : Fit{};
    if (wanted.is_role && wanted.trades.empty()) {
        best = fit_level(wanted, title);
    } else {
        best = fit_trade(wanted, title, about, lexicon);
        if (const Fit field = fit_field(wanted, title, lexicon); field.value > best.value) best = field;
    }
    const bool is_beginner = title.level == Level::student || title.level == Level::junior;
    if (wanted.level >= Level::senior && is_beginner) best.value *= kTooJunior;
    return best;
}

}  // namespace vv::core::asks
