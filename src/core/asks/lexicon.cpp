#include "core/asks/lexicon.h"

#include "base/result.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>

extern "C" const char vv_asks_en[];      // NOLINT(readability-identifier-naming): named by the embedding
extern "C" const char vv_asks_en_end[];  // NOLINT(readability-identifier-naming)

namespace vv::core::asks {
namespace {

constexpr std::array<std::string_view, 7> kLevels{"none",    "student", "junior", "senior",
                                                  "manager", "head",    "chief"};
constexpr std::array<std::string_view, 21> kMarks{
    "opener", "anyone", "single", "who",    "modal", "be",   "to",    "for",      "about", "or", "place",
    "at",     "by",     "within", "return", "few",   "stop", "today", "tomorrow", "next",  "end"};

template <std::size_t N>
std::optional<std::size_t> index_in(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<std::size_t>(at - names.begin());
}

std::vector<std::string_view> list_of(std::string_view part) {
    std::vector<std::string_view> out;
    for (const auto item : split(part, ','))
        if (const auto text = trim(item); !text.empty()) out.push_back(text);
    return out;
}

void add_once(std::vector<std::uint16_t>& list, std::uint16_t id) {
    if (std::ranges::find(list, id) == list.end()) list.push_back(id);
}

int whole(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

// Two passes: endings, trades' and fields' names first, so that lines may stand in any order.
class Lexicon::Reader {
public:
    Reader(Lexicon& into, std::string_view file) : into_(into) {
        for (const auto line : split(file, '\n')) {
            if (trim(line).empty() || line.front() == '#') continue;
            auto& record = records_.emplace_back();
            for (const auto part : split(line, '|')) record.parts.push_back(trim(part));
            const auto space = record.parts[0].find(' ');
            record.kind = record.parts[0].substr(0, space);
            record.name =
                space == std::string_view::npos ? std::string_view() : trim(record.parts[0].substr(space));
        }
    }

    void read() {
        for (const auto& record : records_) name(record);
        std::ranges::stable_sort(into_.endings_, std::ranges::greater{},
                                 [](const auto& ending) { return ending.first.size(); });
        for (const auto& record : records_) enter(record);
    }

private:
    struct Record {
        std::string_view kind, name;
        std::vector<std::string_view> parts;
        [[nodiscard]] std::string_view part(std::size_t i) const {
            return i < parts.size() ? parts[i] : std::string_view();
        }
    };

    void name(const Record& record) {
        if (record.kind == "ending") into_.endings_.emplace_back(record.name, record.part(1));
        if (record.kind == "keep")
            for (const auto end : list_of(record.part(1))) into_.keep_.emplace_back(end);
        if (record.kind == "trade") into_.trades_.push_back({std::string(record.name), {}, {}});
        if (record.kind == "field") into_.fields_.push_back({std::string(record.name), {}, {}});
    }

    template <class Named>
    static std::uint16_t id_of(const std::vector<Named>& all, std::string_view name) {
        const auto at = std::ranges::find(all, name, &Named::name);
        VV_ASSERT(at != all.end());
        return static_cast<std::uint16_t>(at - all.begin());
    }
    std::vector<FieldId> fields_in(std::string_view part) {
        std::vector<FieldId> ids;
        for (const auto name : list_of(part)) ids.push_back(id_of(into_.fields_, name));
        return ids;
    }

    Meaning& meaning(std::string_view phrase) {
        std::string key;
        std::size_t words = 0;
        for (const auto& word : folded_words(phrase)) {
            key += (key.empty() ? "" : " ") + into_.normal(word);
            ++words;
        }
        into_.longest_ = std::max(into_.longest_, words);
        return into_.meanings_[key];
    }

    void enter(const Record& record) {
        if (record.kind == "field") return enter_field(record);
        if (record.kind == "trade") return enter_trade(record);
        if (record.kind == "role") return enter_role(record);
        if (record.kind == "kind") {
            for (const auto phrase : list_of(record.part(1)))
                for (const auto trade : list_of(record.part(2)))
                    add_once(meaning(phrase).kinds, id_of(into_.trades_, trade));
            return;
        }
        for (const auto phrase : list_of(record.part(1))) enter_word(record, phrase);
    }

    void enter_field(const Record& record) {
        const FieldId id = id_of(into_.fields_, record.name);
        into_.fields_[id].near = fields_in(record.part(1));
        for (const auto phrase : list_of(record.part(2))) {
            add_once(meaning(phrase).fields, id);
            into_.fields_[id].phrases.push_back(folded_words(phrase));
        }
    }

    void enter_trade(const Record& record) {
        const TradeId id = id_of(into_.trades_, record.name);
        into_.trades_[id].fields = fields_in(record.part(1));
        for (const auto phrase : list_of(record.part(2))) {
            add_once(meaning(phrase).titles, id);
            into_.trades_[id].titles.push_back(folded_words(phrase));
        }
        for (const auto phrase : list_of(record.part(3))) add_once(meaning(phrase).said, id);
    }

    void enter_role(const Record& record) {
        const auto level = index_in(kLevels, record.part(1));
        VV_ASSERT(level.has_value());
        Role role{fields_in(record.part(2)), {}};
        for (const auto phrase : list_of(record.part(3))) {
            Meaning& meant = meaning(phrase);
            meant.is_role = true;
            meant.level = static_cast<Level>(*level);
            for (const FieldId field : role.fields) add_once(meant.fields, field);
            role.titles.push_back(folded_words(phrase));
        }
        into_.roles_.push_back(std::move(role));
    }

    void enter_word(const Record& record, std::string_view phrase) {
        if (record.kind == "ending" || record.kind == "keep") return;
        Meaning& meant = meaning(phrase);
        if (record.kind == "number") meant.number = whole(record.name);
        if (record.kind == "month") meant.month = whole(record.name);
        if (record.kind == "weekday") meant.weekday = whole(record.name);
        if (record.kind == "unit") meant.days = whole(record.name);
        if (record.kind == "relation") meant.relation = parse_relation(record.name);
        if (record.kind == "mark") {
            const auto mark = index_in(kMarks, record.name);
            VV_ASSERT(mark.has_value());
            meant.marks |= 1U << *mark;
        }
        if (record.kind == "level") {
            const auto level = index_in(kLevels, record.name);
            VV_ASSERT(level.has_value());
            if (!meant.is_role) meant.level = static_cast<Level>(*level);
            for (auto& word : folded_words(phrase)) into_.levels_[*level].push_back(std::move(word));
        }
    }

    Lexicon& into_;
    std::vector<Record> records_;
};

Lexicon::Lexicon(std::string_view file) {
    Reader(*this, file).read();
}

const Lexicon& Lexicon::english() {
    static const Lexicon lexicon({vv_asks_en, static_cast<std::size_t>(vv_asks_en_end - vv_asks_en)});
    return lexicon;
}

std::string Lexicon::normal(std::string_view folded) const {
    if (folded.size() < 4) return std::string(folded);
    for (const auto& end : keep_)
        if (folded.ends_with(end)) return std::string(folded);
    for (const auto& [end, instead] : endings_)
        if (folded.ends_with(end)) return std::string(folded.substr(0, folded.size() - end.size())) + instead;
    return std::string(folded);
}

const Meaning* Lexicon::find(std::string_view phrase) const {
    const auto at = meanings_.find(std::string(phrase));
    return at == meanings_.end() ? nullptr : &at->second;
}

Lexicon::Found Lexicon::longest(std::span<const std::string> words, std::size_t at) const {
    Found found;
    std::string phrase;
    for (std::size_t n = 1; n <= longest_ && at + n <= words.size(); ++n) {
        phrase += (phrase.empty() ? "" : " ") + words[at + n - 1];
        if (const Meaning* meant = find(phrase)) found = {meant, n};
    }
    return found;
}

Lexicon::Found Lexicon::longest(std::span<const std::string> words, std::size_t at, Mark mark) const {
    Found found;
    std::string phrase;
    for (std::size_t n = 1; n <= longest_ && at + n <= words.size(); ++n) {
        phrase += (phrase.empty() ? "" : " ") + words[at + n - 1];
        if (const Meaning* meant = find(phrase); meant != nullptr && meant->has(mark)) found = {meant, n};
    }
    return found;
}

std::vector<std::vector<std::string>> Lexicon::roles_in(std::span<const FieldId> fields) const {
    std::vector<std::vector<std::string>> out;
    for (const Role& role : roles_) {
        const bool is_in = std::ranges::any_of(
            role.fields, [&](FieldId id) { return std::ranges::find(fields, id) != fields.end(); });
        if (is_in) out.insert(out.end(), role.titles.begin(), role.titles.end());
    }
    return out;
}

}  // namespace vv::core::asks
