// Takes an ask apart: what is given in return, by when and where are cut out first; then, of the sentence
// that says who is wanted, the part before "to …", "for …" or "who could …" names them, and the rest says
// what for.
#include "base/plain_line.h"
#include "base/text.h"
#include "core/asks.h"
#include "core/asks/words.h"
#include "core/cities.h"

#include <algorithm>

namespace vv::core {
namespace {

using namespace asks;

constexpr std::size_t kMostTitles = 8;
constexpr std::size_t kMostTopics = 12;
constexpr std::size_t kMostOrganisations = 4;
constexpr std::size_t kLongestPart = 300;
constexpr long kKnownCity = 100'000;  // people: so large a city needs no capital letter
constexpr std::size_t kLongestCityName = 4;

Error too_long() {
    return {Fault::invalid, "ask.long", "An ask is at most 2,000 characters; say the rest when you meet."};
}

Error says_nobody() {
    return {Fault::invalid, "ask.empty",
            "Say in a few words whom you are looking for, as \"a nurse in Lyon\"."};
}

void add_once(std::vector<std::string>& list, std::string value, std::size_t most) {
    if (!value.empty() && list.size() < most && std::ranges::find(list, value) == list.end())
        list.push_back(std::move(value));
}

std::string phrase_of(const Words& words, std::size_t from, std::size_t count) {
    std::string text;
    for (std::size_t i = from; i < from + count; ++i) text += (text.empty() ? "" : " ") + words.normal[i];
    return text;
}

class Reader {
public:
    Reader(std::string_view text, Date today)
        : lexicon_(Lexicon::english()), words_(words_of(text, lexicon_)), today_(today) {
        ask_.text = std::string(text);
    }

    Ask read() {
        cut_return();
        cut_dates();
        cut_places();
        cut_organisations();
        const std::size_t head = find_head();
        read_head(head);
        if (!has_somebody()) look_in_purpose();
        return std::move(ask_);
    }

private:
    using Found = Lexicon::Found;

    [[nodiscard]] Found mark_at(std::size_t at, Mark mark) const {
        return at < words_.size() && !words_.tokens[at].is_taken ? lexicon_.longest(words_.normal, at, mark)
                                                                 : Found{};
    }
    [[nodiscard]] bool has_somebody() const {
        return !ask_.titles.empty() || !ask_.organisations.empty() || !ask_.relations.empty() ||
               !ask_.topics.empty();
    }
    [[nodiscard]] std::string part(std::size_t from, std::size_t to) const {
        return std::string(truncate_utf8(trim(words_.between(from, to)), kLongestPart));
    }

    void cut_return() {
        for (std::size_t i = 0; i < words_.size() && ask_.in_return.empty(); ++i) {
            if (mark_at(i, Mark::return_).words == 0) continue;
            const std::size_t end = words_.sentence_end(i);
            ask_.in_return = part(i, end);
            words_.take(i, end);
            // "…. I pay for lunch" ends what came before it.
            if (i > 0) words_.tokens[i - 1].ends_sentence = words_.tokens[i - 1].ends_part = true;
        }
    }

    void cut_dates() {
        for (std::size_t i = 0; i < words_.size() && !ask_.by; ++i) {
            if (const auto by = mark_at(i, Mark::by); by.words > 0) {
                if (const auto date = date_at(words_, i + by.words, today_, lexicon_)) {
                    ask_.by = date->date;
                    words_.take(i, i + by.words + date->tokens);
                }
            } else if (const auto within = mark_at(i, Mark::within); within.words > 0) {
                cut_span(i, within.words);
            }
        }
    }

    // "within two weeks", "in the next month"
    void cut_span(std::size_t at, std::size_t skipped) {
        std::size_t next = at + skipped;
        const auto number = number_at(words_, next, lexicon_);
        const bool single = number.number == 0 && mark_at(next, Mark::single).words > 0;
        next += number.number != 0 ? number.tokens : single ? 1 : 0;
        const Meaning* unit = next < words_.size() ? lexicon_.find(words_.normal[next]) : nullptr;
        if (unit == nullptr || unit->days == 0) return;
        const int length = unit->days * std::max(1, number.number);
        ask_.by = Date(std::chrono::sys_days(today_) + std::chrono::days(std::min(length, 3'660)));
        words_.take(at, next + 1);
    }

    [[nodiscard]] std::optional<City> city_at(std::size_t from, std::size_t count) const {
        for (std::size_t i = from; i < from + count; ++i)
            if (i >= words_.size() || words_.tokens[i].is_taken ||
                (i + 1 < from + count && words_.tokens[i].ends_part))
                return std::nullopt;
        const auto written = words_.between(from, from + count);
        auto city = city_of(written);
        if (!city) city = city_of(std::string(written) + " City");  // New York, Mexico, Quebec
        if (!city) return std::nullopt;
        if (words_.tokens[from].is_capital) return city;
        const Meaning* meant = lexicon_.find(phrase_of(words_, from, count));
        return city->population >= kKnownCity && meant == nullptr ? city : std::nullopt;
    }

    void cut_places() {
        for (std::size_t i = 0; i < words_.size() && !ask_.place; ++i) {
            const auto in = mark_at(i, Mark::place);
            if (in.words == 0) continue;
            for (std::size_t count = kLongestCityName; count > 0 && !ask_.place; --count)
                if (const auto city = city_at(i + in.words, count)) {
                    ask_.place = AskPlace{city->name, city->at, city->country};
                    words_.take(i, i + in.words + count);
                }
        }
    }

    // "at Acme", "from Zephyr Foods": names have capitals and are no trade.
    void cut_organisations() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const auto at = mark_at(i, Mark::at);
            if (at.words == 0) continue;
            const std::size_t from = i + at.words;
            std::size_t to = from;
            while (to < words_.size() && to < from + 4 && words_.tokens[to].is_capital &&
                   !words_.tokens[to].is_taken && (to == from || !words_.tokens[to - 1].ends_part))
                ++to;
            if (to == from) continue;
            if (const auto found = lexicon_.longest(words_.normal, from);
                found.words >= to - from && found.meaning->names_work())
                continue;
            add_once(ask_.organisations, part(from, to), kMostOrganisations);
            words_.take(i, to);
        }
    }

    // Where it begins to say who: behind the first "I need", else at the first sentence.
    std::size_t find_head() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (const auto opener = mark_at(i, Mark::opener); opener.words > 0) {
                const bool is_inside = i > 0 && !words_.tokens[i - 1].ends_part;
                const bool has_purpose = i > 0 && mark_at(sentence_start(i), Mark::for_).words > 0;
                if (is_inside && !has_purpose) continue;  // "who could introduce us to …" is what for
                if (has_purpose) ask_.purpose = part(sentence_start(i), i);
                i += opener.words;
                while (mark_at(i, Mark::opener).words > 0) i += mark_at(i, Mark::opener).words;
                if (i < words_.size()) return i;
            }
        }
        std::size_t first = 0;
        while (first < words_.size() && words_.tokens[first].is_taken) ++first;
        return first;
    }

    [[nodiscard]] std::size_t sentence_start(std::size_t at) const {
        while (at > 0 && !words_.tokens[at - 1].ends_sentence) --at;
        return at;
    }

    void read_head(std::size_t at) {
        const std::size_t end = words_.sentence_end(at);
        while (at < end) {
            if (words_.tokens[at].is_taken) {
                ++at;
                continue;
            }
            if (const auto who = mark_at(at, Mark::who); who.words > 0) {
                if (mark_at(at + who.words, Mark::modal).words > 0) return set_purpose(at, end);
                return read_clause(at + who.words, end);
            }
            if (is_purpose(at)) return set_purpose(at, end);
            if (const auto about = mark_at(at, Mark::about); about.words > 0 && is_topic(at + about.words)) {
                at = read_topics(at + about.words, end);
                continue;
            }
            at += read_wanted(at);
        }
    }

    // "to interview", "for an article"; not "close to", which is a place's.
    [[nodiscard]] bool is_purpose(std::size_t at) const {
        return mark_at(at, Mark::to).words > 0 || mark_at(at, Mark::for_).words > 0;
    }

    // "in sales" names a field, "on trust" a topic.
    [[nodiscard]] bool is_topic(std::size_t at) const {
        if (at >= words_.size()) return false;
        const auto found = lexicon_.longest(words_.normal, at);
        return found.meaning == nullptr || (!found.meaning->is_role && found.meaning->titles.empty());
    }

    void set_purpose(std::size_t from, std::size_t end) {
        while (end > from && words_.tokens[end - 1].is_taken) --end;  // "… by Friday" is said already
        if (ask_.purpose.empty()) ask_.purpose = part(from, end);
        purpose_from_ = from;
    }

    std::size_t read_topics(std::size_t at, std::size_t end) {
        while (at < end && !is_purpose(at) && mark_at(at, Mark::who).words == 0) {
            at += add_topics(at);
            if (words_.tokens[at - 1].ends_part) break;
        }
        return at;
    }

    void add_topic(std::size_t at) {
        if (words_.tokens[at].is_taken || mark_at(at, Mark::stop).words > 0 ||
            mark_at(at, Mark::anyone).words > 0)
            return;
        const auto word = lower(words_.between(at, at + 1));
        if (word.size() >= 2) add_once(ask_.topics, word, kMostTopics);
    }

    // Words that the lexicon knows as one ("social media") are one topic. How many words it took.
    std::size_t add_topics(std::size_t at) {
        const auto found = lexicon_.longest(words_.normal, at);
        bool is_one = found.words > 1 && found.meaning->marks == 0;
        for (std::size_t i = at; is_one && i < at + found.words; ++i)
            is_one = !words_.tokens[i].is_taken && (i + 1 == at + found.words || !words_.tokens[i].ends_part);
        if (!is_one) {
            add_topic(at);
            return 1;
        }
        add_once(ask_.topics, lower(words_.between(at, at + found.words)), kMostTopics);
        return found.words;
    }

    void add_title(std::string title) { add_once(ask_.titles, std::move(title), kMostTitles); }

    // One step through the words that name who is wanted; how many of them it took.
    std::size_t read_wanted(std::size_t at) {
        const std::string before = std::exchange(level_, {});
        if (const auto number = number_at(words_, at, lexicon_); number.number > 0 && ask_.titles.empty()) {
            if (!ask_.count && number.number <= kMostWanted) ask_.count = number.number;
            return number.tokens;
        }
        if (const auto few = mark_at(at, Mark::few); few.words > 0) return few.words;
        if (const std::size_t taken = read_headship(at)) return taken;
        const auto found = lexicon_.longest(words_.normal, at);
        if (const std::size_t taken = read_shared_ending(at, found)) return taken;
        if (mark_at(at, Mark::single).words > 0 && !ask_.count && ask_.titles.empty()) ask_.count = 1;
        if (found.meaning == nullptr) {
            add_topic(at);
            return 1;
        }
        const Meaning& meant = *found.meaning;
        if (meant.relation && meant.titles.empty()) {
            if (std::ranges::find(ask_.relations, *meant.relation) == ask_.relations.end())
                ask_.relations.push_back(*meant.relation);
        } else if (meant.names_work()) {
            return read_work(at, found, before);
        } else if (meant.level == Level::senior || meant.level == Level::junior) {
            level_ = phrase_of(words_, at, found.words);
        } else if (meant.marks == 0) {
            add_topic(at);
        }
        return std::max<std::size_t>(1, found.words);
    }

    // "marketing manager", "in sales": a trade's name, or a field with or without a level in it.
    std::size_t read_work(std::size_t at, const Found& found, const std::string& level) {
        const Meaning& meant = *found.meaning;
        std::size_t taken = found.words;
        const bool is_title = meant.is_role || !meant.titles.empty() || !meant.kinds.empty();
        std::string title = is_title || meant.said.empty() ? phrase_of(words_, at, taken)
                                                           : lexicon_.trade(meant.said.front()).name;
        if (!is_title && meant.said.empty() && at + taken < words_.size() &&
            !words_.tokens[at + taken - 1].ends_part) {
            const auto next = lexicon_.longest(words_.normal, at + taken);
            if (next.meaning != nullptr && next.meaning->level >= Level::manager)
                title += " " + phrase_of(words_, at + taken, next.words), taken += next.words;
        }
        add_title(level.empty() ? title : level + " " + title);
        return taken;
    }

    // "head of engineering", "director of sales", "VP, marketing"
    std::size_t read_headship(std::size_t at) {
        const auto level = lexicon_.longest(words_.normal, at);
        if (level.meaning == nullptr || level.meaning->level < Level::manager || level.meaning->is_role)
            return 0;
        std::size_t next = at + level.words;
        if (next >= words_.size()) return 0;
        const bool has_of =
            words_.normal[next] == "of" || words_.normal[next] == "for" || words_.normal[next] == "in";
        if (!has_of && !words_.tokens[next - 1].ends_part && level.meaning->level == Level::manager) return 0;
        next += has_of ? 1 : 0;
        const auto field = lexicon_.longest(words_.normal, next);
        if (field.meaning == nullptr || field.meaning->fields.empty() || words_.tokens[next].is_taken)
            return 0;
        add_title(phrase_of(words_, at, level.words) + " of " + phrase_of(words_, next, field.words));
        return next + field.words - at;
    }

    // "product or project manager" means two trades.
    std::size_t read_shared_ending(std::size_t at, const Found& found) {
        const std::size_t taken = std::max<std::size_t>(1, found.words);
        const auto or_ = mark_at(at + taken, Mark::or_);
        if (or_.words == 0 || words_.tokens[at].is_taken) return 0;
        const std::size_t other = at + taken + or_.words;
        const auto whole = lexicon_.longest(words_.normal, other);
        if (whole.meaning == nullptr || whole.words < 2 || whole.meaning->titles.empty()) return 0;
        const std::string title = phrase_of(words_, at, taken) + " " + words_.normal[other + whole.words - 1];
        const Meaning* meant = lexicon_.find(title);
        if (meant == nullptr || meant->titles.empty()) return 0;
        add_title(title);
        return taken;
    }

    // "who writes about technology", "who is good with data": what they do, until it says what for.
    void read_clause(std::size_t at, std::size_t end) {
        const bool is_open = ask_.titles.empty();
        while (at < end) {
            if (words_.tokens[at].is_taken) {
                ++at;
                continue;
            }
            const auto modal = mark_at(at, Mark::modal);
            if (modal.words > 0 || is_purpose(at)) return set_purpose(at, end);
            const auto found = lexicon_.longest(words_.normal, at);
            const bool does = found.meaning != nullptr && !found.meaning->said.empty();
            const bool is_one =
                found.meaning != nullptr && !found.meaning->titles.empty() && follows_being(at);
            const bool is_in = found.meaning != nullptr && !found.meaning->fields.empty();
            if (is_open && (does || is_one || is_in)) {
                at += read_work(at, found, {});
                continue;
            }
            at += does ? found.words : add_topics(at);
        }
    }

    // "who is a nurse", "who works as a nurse"
    [[nodiscard]] bool follows_being(std::size_t at) const {
        for (std::size_t back = 1; back <= 3 && back <= at; ++back)
            if (mark_at(at - back, Mark::be).words > 0) return true;
        return false;
    }

    // "somebody who can translate a contract": the purpose is all that tells.
    void look_in_purpose() {
        const std::size_t from = purpose_from_.value_or(0);
        for (std::size_t at = from; at < words_.size();) {
            const auto found = lexicon_.longest(words_.normal, at);
            if (found.meaning != nullptr && !words_.tokens[at].is_taken && !found.meaning->said.empty())
                add_title(lexicon_.trade(found.meaning->said.front()).name);
            else
                for (std::size_t i = at; i < at + std::max<std::size_t>(1, found.words); ++i) add_topic(i);
            at += std::max<std::size_t>(1, found.words);
        }
    }

    const Lexicon& lexicon_;
    Words words_;
    Date today_;
    Ask ask_;
    std::string level_;  // "experienced", before a title
    std::optional<std::size_t> purpose_from_;
};

Result<Done> tidy(std::vector<std::string>& list, std::size_t most) {
    std::vector<std::string> out;
    for (const std::string& one : list) {
        if (one.size() > kLongestPart) return too_long();
        add_once(out, std::string(trim(plain_line(one))), most);
    }
    list = std::move(out);
    return Done{};
}

// Each line of it plain: others read it too, in mails and on pages.
std::string plain_lines(std::string_view text) {
    std::string plain;
    for (const std::string_view line : split(text, '\n')) {
        if (!plain.empty()) plain += '\n';
        plain += trim(plain_line(line));
    }
    return plain;
}

}  // namespace

Result<Ask> read_ask(std::string_view text, Date today) {
    text = trim(text);
    if (text.size() > kLongestAsk) return too_long();
    const std::string plain = plain_lines(scrub_utf8(text));
    if (plain.size() > kLongestAsk) return too_long();
    const auto written = trim(plain);
    if (folded_words(written).empty() || !is_visible(written)) return says_nobody();
    return Reader(written, today).read();
}

Result<Ask> check_ask(Ask ask) {
    if (ask.text.size() > kLongestAsk || ask.purpose.size() > kLongestAsk ||
        ask.in_return.size() > kLongestAsk)
        return too_long();
    CHECK(tidy(ask.titles, kMostTitles));
    CHECK(tidy(ask.topics, kMostTopics));
    CHECK(tidy(ask.organisations, kMostOrganisations));
    ask.purpose = std::string(trim(plain_line(ask.purpose)));
    ask.in_return = std::string(trim(plain_line(ask.in_return)));
    if (ask.titles.empty() && ask.topics.empty() && ask.organisations.empty() && ask.relations.empty())
        return says_nobody();
    if (ask.count && (*ask.count < 1 || *ask.count > kMostWanted))
        return Error(Fault::invalid, "ask.count", "Ask for 1 to 100 people.");
    return ask;
}

Result<AskPlace> ask_place(std::string_view name) {
    const auto city = city_of(name);
    if (!city)
        return Error(
            Fault::invalid, "ask.city",
            "No city is called '" + plain_line(truncate_utf8(name, 100)) + "'; write it as on a map.");
    return AskPlace{city->name, city->at, city->country};
}

}  // namespace vv::core
