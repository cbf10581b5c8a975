#include "store/asks_search.h"

#include "base/phone.h"
#include "core/cities.h"
#include "store/asks_meant.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <limits>
#include <span>
#include <unordered_map>
#include <utility>

namespace vv::store::asks {
namespace {

using core::AccountId;
using core::PersonId;
using core::asks::Evidence;
using core::asks::Known;
using soci::into;
using soci::use;

constexpr double kInTownKm = 30;
constexpr std::chrono::days kYear{365};

using Alternatives = std::vector<std::vector<std::string>>;

// FTS5: {words own topics} : (("chief" AND "executive") OR "ceo"). Folded words hold letters and digits only,
// so nothing needs escaping.
std::string fts(AccountId owner, const Alternatives& alternatives) {
    std::string text;
    for (const auto& words : alternatives) {
        text += text.empty() ? "(" : " OR (";
        for (std::size_t i = 0; i < words.size(); ++i) text += (i > 0 ? " AND \"" : "\"") + words[i] + "\"";
        text += ")";
    }
    return "owner_id : \"" + to_string(owner) + "\" AND {words own topics} : (" + text + ")";
}

// The same as a tsquery: B are words and topics of archives, C the owner's, D the owner's id.
std::string tsquery(AccountId owner, const Alternatives& alternatives) {
    std::string text;
    for (const auto& words : alternatives) {
        text += text.empty() ? "(" : " | (";
        for (std::size_t i = 0; i < words.size(); ++i) text += (i > 0 ? " & '" : "'") + words[i] + "':BC";
        text += ")";
    }
    return "'" + to_string(owner) + "':D & (" + text + ")";
}

std::string match_of(Tx& tx, AccountId owner, const Find& find) {
    return tx.dialect() == Dialect::sqlite ? fts(owner, find.words) : tsquery(owner, find.words);
}

std::string columns() {
    return "SELECT p.id, p.name, p.title, p.organisation, p.city, p.lat, p.lng, p.relation, p.trust, "
           "p.trust_at,"
           " p.encounters, p.contacts_in, p.contacts_out, p.last_contact, p.last_met, t.words, t.own, "
           "t.topics, p.warmth ";
}

// Nobody's who is blocked.
std::string not_blocked(const Find& find) {
    std::string sql =
        " AND p.blocked_at IS NULL"
        " AND p.id NOT IN (SELECT i.person_id FROM identities i WHERE i.owner_id = :owner AND i.blocked_at IS"
        " NOT NULL) AND NOT EXISTS (SELECT 1 FROM account_blocks b"
        " WHERE (b.account_id = p.owner_id AND b.blocked_id = p.account_id)"
        " OR (b.account_id = p.account_id AND b.blocked_id = p.owner_id))";
    std::string list;
    for (const core::Relation relation : find.relations)
        list += (list.empty() ? "'" : ", '") + std::string(core::to_string(relation)) + "'";
    if (!list.empty()) sql += " AND p.relation IN (" + list + ")";
    return sql;
}

// Rows of columns(), one at a time.
class Rows {
public:
    template <class... Bindings>
    Rows(Tx& tx, const std::string& sql, Instant now, const Bindings&... bindings)
        : now_(now),
          select_(tx, sql, into(row_.known.person), into(row_.known.name), into(title_), into(organisation_),
                  into(city_), into(lat_), into(lng_), into(relation_), into(row_.known.trust),
                  into(trust_at_), into(row_.known.encounters), into(row_.known.contacts_in),
                  into(row_.known.contacts_out), into(row_.known.last_contact), into(row_.known.last_met),
                  into(words_), into(own_), into(topics_), into(row_.warmth), bindings...) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    /// Nothing after the last.
    std::optional<Warm> next() {
        if (!is_over_) is_over_ = !(is_begun_ ? select_.fetch() : select_.execute());
        is_begun_ = true;
        if (is_over_) return std::nullopt;
        Warm one = row_;
        Known& known = one.known;
        known.title = title_.value_or("");
        known.organisation = organisation_.value_or("");
        known.city = city_.value_or("");
        known.words = words_.value_or("");
        known.own = own_.value_or("");
        known.topics = topics_.value_or("");
        known.at = lat_ && lng_ ? std::optional(LatLng{*lat_, *lng_}) : std::nullopt;
        known.relation = core::parse_relation(relation_).value_or(core::Relation::acquaintance);
        known.trust = core::faded_trust(known.trust, trust_at_, now_);
        return one;
    }

private:
    Instant now_;
    Warm row_;
    std::string relation_;
    Instant trust_at_;
    std::optional<std::string> title_, organisation_, city_, words_, own_, topics_;
    std::optional<double> lat_, lng_;
    bool is_begun_ = false, is_over_ = false;
    Prepared select_;
};

std::vector<Warm> take(Rows& rows, std::size_t limit) {
    std::vector<Warm> some;
    while (some.size() < limit) {
        auto one = rows.next();
        if (!one) break;
        some.push_back(*std::move(one));
    }
    return some;
}

// Which of them say themselves what their title is, or the owner does.
void add_own_words(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids) {
    PersonId person;
    for (auto& [id, one] : all) one.is_own_word = false;
    Prepared select(tx,
                    "SELECT DISTINCT person_id FROM identities WHERE owner_id = :owner AND network IN"
                    " ('linkedin', 'account', 'mastodon', 'manual') AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(person), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) all.at(person).is_own_word = true;
}

void add_phones(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids,
                std::string_view region) {
    PersonId person;
    std::string attributes;
    Prepared select(tx,
                    "SELECT person_id, attributes FROM identities WHERE owner_id = :owner AND attributes LIKE"
                    " '%\"phones\"%' AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(person), into(attributes), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        for (const auto& written : attributes_from_json(attributes).phones)
            if (const auto e164 = to_e164(written, region))
                if (auto of = region_of(*e164); !of.empty())
                    all.at(person).phone_regions.push_back(std::move(of));
}

bool is_in(const std::optional<LatLng>& at, const std::string& place, const core::AskPlace& wanted) {
    if (at) return distance_km(*at, wanted.at) <= kInTownKm;
    const auto city = core::city_of(place);
    return city && distance_km(city->at, wanted.at) <= kInTownKm;
}

// Where the owner met them before.
void add_encounters(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids,
                    const core::AskPlace& wanted, Instant now) {
    PersonId person;
    std::optional<std::string> place;
    std::optional<double> lat, lng;
    int count = 0;
    std::unordered_map<std::string, bool> known;  // places that bear no coordinates
    Prepared select(
        tx,
        "SELECT i.person_id, e.place, e.lat, e.lng, count(DISTINCT e.id) FROM identities i"
        " JOIN encounter_people x ON x.owner_id = i.owner_id AND x.identity_id = i.id"
        " JOIN encounters e ON e.owner_id = x.owner_id AND e.id = x.encounter_id"
        " WHERE i.owner_id = :owner AND e.denied_at IS NULL AND e.start_at <= :now AND i.person_id IN " +
            ids_in(tx.dialect()) + " GROUP BY i.person_id, e.place, e.lat, e.lng",
        into(person), into(place), into(lat), into(lng), into(count), use(owner, "owner"), use(now, "now"),
        use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        if (!place && !lat) continue;
        const auto at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        bool there = false;
        if (at) {
            there = is_in(at, {}, wanted);
        } else {
            const auto [told, is_new] = known.try_emplace(*place);
            if (is_new) told->second = is_in(at, *place, wanted);
            there = told->second;
        }
        (there ? all.at(person).met_there : all.at(person).met_elsewhere) += count;
    }
}

void add_promises(std::map<PersonId, Evidence>& all, Tx& tx, AccountId owner, const std::string& ids,
                  Instant now) {
    PersonId person;
    std::string state;
    int count = 0;
    Prepared meetings(
        tx,
        "SELECT i.person_id, m.state, count(*) FROM identities i JOIN meetings m"
        " ON m.owner_id = i.owner_id AND m.identity_id = i.id WHERE i.owner_id = :owner"
        " AND (m.state = 'met' OR (m.no_show = 1 AND m.faults_until > :now)) AND i.person_id IN " +
            ids_in(tx.dialect()) + " GROUP BY i.person_id, m.state",
        into(person), into(state), into(count), use(owner, "owner"), use(now, "now"), use(ids, "ids"));
    for (bool more = meetings.execute(); more; more = meetings.fetch())
        (state == "met" ? all.at(person).kept : all.at(person).missed) = count;
    const Instant since = now - kYear;
    Prepared asked(tx,
                   "SELECT person_id, count(*) FROM ask_people WHERE owner_id = :owner AND asked_at > :since"
                   " AND person_id IN " +
                       ids_in(tx.dialect()) + " GROUP BY person_id",
                   into(person), into(count), use(owner, "owner"), use(since, "since"), use(ids, "ids"));
    for (bool more = asked.execute(); more; more = asked.fetch()) all.at(person).asked = count;
}

const std::string kOfOwner =
    "FROM people p LEFT JOIN people_texts t ON t.owner_id = p.owner_id AND t.person_id = p.id"
    " WHERE p.owner_id = :owner";

// In no order; `but` leaves some of them out.
std::vector<Warm> read_these(Tx& tx, AccountId owner, std::span<const PersonId> people, Instant now,
                             const std::string& but) {
    const std::string ids = id_list(people);
    Rows rows(tx, columns() + kOfOwner + " AND p.id IN " + ids_in(tx.dialect()) + but, now,
              use(owner, "owner"), use(ids, "ids"));
    return take(rows, people.size());
}

std::string from_the_warmest(const Find& find) {
    return kOfOwner + " AND (p.warmth, p.id) < (:warmth, :person)" + not_blocked(find);
}

constexpr const char* kByWarmth = " ORDER BY p.warmth DESC, p.id DESC";

// Everybody's words alone, from the warmest on: an index has all the rest of what is asked for here.
class Skimmed {
public:
    Skimmed(Tx& tx, AccountId owner, const Find& find)
        : owner_(owner),
          select_(
              tx,
              "SELECT p.id, p.warmth, CASE WHEN t.topics = '' THEN t.words ELSE t.words || ' ' || t.topics"
              " END, t.own " +
                  from_the_warmest(find) + kByWarmth,
              into(person), into(warmth), into(words_), into(own_), use(owner_, "owner"),
              use(warmth_, "warmth"), use(person_, "person")) {}
    Skimmed(const Skimmed&) = delete;
    Skimmed& operator=(const Skimmed&) = delete;

    bool next() { return std::exchange(is_begun_, true) ? select_.fetch() : select_.execute(); }
    [[nodiscard]] bool are(const Meant& meant) const {
        return meant(words_ ? *words_ : std::string_view{}, own_ ? *own_ : std::string_view{});
    }

    PersonId person;
    double warmth = 0;

private:
    AccountId owner_;
    double warmth_ = 1e300;
    PersonId person_{std::numeric_limits<std::int64_t>::max()};
    std::optional<std::string> words_, own_;
    bool is_begun_ = false;
    Prepared select_;
};

}  // namespace

bool are_many(Tx& tx, AccountId owner, const Find& find, int limit) {
    if (find.words.empty()) return true;
    const std::string match = match_of(tx, owner, find);
    int count = 0;
    const std::string rows = tx.dialect() == Dialect::sqlite
                                 ? "SELECT 1 FROM people_index WHERE people_index MATCH :match"
                                 : "SELECT 1 FROM people_texts WHERE found_by @@ CAST(:match AS tsquery)";
    run(tx, "SELECT count(*) FROM (" + rows + " LIMIT :limit) found", into(count), use(match, "match"),
        use(limit, "limit"));
    return count == limit;
}

std::vector<Known> found(Tx& tx, AccountId owner, const Find& find, Instant now) {
    const std::string match = match_of(tx, owner, find);
    const std::string from =
        tx.dialect() == Dialect::sqlite
            ? "FROM people_index x CROSS JOIN people_texts t ON t.number = x.rowid CROSS JOIN people p"
              " ON p.owner_id = t.owner_id AND p.id = t.person_id WHERE people_index MATCH :match AND"
              " t.owner_id = :owner"
            : "FROM people_texts t JOIN people p ON p.owner_id = t.owner_id AND p.id = t.person_id"
              " WHERE t.found_by @@ CAST(:match AS tsquery) AND t.owner_id = :owner";
    Rows rows(tx, columns() + from + not_blocked(find), now, use(owner, "owner"), use(match, "match"));
    std::vector<Known> known;
    while (auto one = rows.next()) known.push_back(std::move(one->known));
    return known;
}

std::vector<Known> of_these(Tx& tx, AccountId owner, std::span<const PersonId> people, Instant now) {
    std::vector<Known> known;
    for (Warm& one : read_these(tx, owner, people, now, not_blocked({})))
        known.push_back(std::move(one.known));
    return known;
}

// SQLite goes on where it stopped, so that nobody is read twice. Where the index means many it takes longer
// to gather them than to skim everybody's words from the warmest on until there are enough; where it turns
// out that few are meant, the index is asked after all. PostgreSQL hands over whole answers only; it looks at
// people from the warmest on and needs no matches beforehand, but larger and larger answers all the same.
class ByWarmth::Reader {
public:
    Reader(Tx& tx, AccountId owner, const Find& find, Instant now)
        : tx_(&tx),
          owner_(owner),
          now_(now),
          is_by_words_(!find.words.empty()),
          words_(find.words),
          meant_(words_) {
        if (tx.dialect() == Dialect::sqlite && is_by_words_ && meant_.can_tell())
            skimmed_ = std::make_unique<Skimmed>(tx, owner, find);
        sql_ = columns() + from_the_warmest(find);
        if (is_by_words_) {
            // Asked of each person in turn the matches are found once and kept.
            sql_ += tx.dialect() == Dialect::sqlite
                        ? " AND t.number IN (SELECT rowid FROM people_index WHERE people_index MATCH :match)"
                        : " AND t.found_by @@ CAST(:match AS tsquery)";
            match_ = match_of(tx, owner, find);
        }
        sql_ += kByWarmth;
    }

    std::vector<Warm> next() { return tx_->dialect() == Dialect::sqlite ? next_rows() : next_answer(); }

private:
    static constexpr std::size_t kFirst = 150;
    static constexpr std::size_t kMostAtOnce = 600;
    static constexpr std::size_t kTelling = 300;  // so many show how many are meant
    static constexpr std::size_t kFew = 4;        // less than one of so many is few

    std::vector<Warm> next_rows() {
        while (skimmed_)
            if (const auto meant = skim(); !meant.empty()) return load(meant);
        if (is_over_) return {};
        if (!rows_) rows_ = open();
        return take(*rows_, kFirst);
    }

    // Those meant among the next of all.
    std::vector<PersonId> skim() {
        std::vector<PersonId> meant;
        for (std::size_t read = 0; read < at_once_; ++read) {
            is_over_ = !skimmed_->next();
            if (is_over_) break;
            if (skimmed_->are(meant_)) meant.push_back(skimmed_->person);
            warmth_ = skimmed_->warmth, person_ = skimmed_->person;
            ++read_;
        }
        are_meant_ += meant.size();
        at_once_ = std::min(read_, kMostAtOnce);
        if (is_over_ || (read_ >= kTelling && are_meant_ * kFew < read_)) skimmed_.reset();
        return meant;
    }

    // Nobody who was skimmed is blocked.
    std::vector<Warm> load(std::span<const PersonId> people) {
        auto some = read_these(*tx_, owner_, people, now_, "");
        std::ranges::sort(some, [](const Warm& a, const Warm& b) {
            return a.warmth != b.warmth ? a.warmth > b.warmth : b.known.person < a.known.person;
        });
        return some;
    }

    std::vector<Warm> next_answer() {
        if (most_ > 0 && !is_full_) return {};
        most_ = most_ == 0 ? kFirst : 4 * most_;
        auto some = take(*open(), most_);
        is_full_ = some.size() == most_;
        if (is_full_) warmth_ = some.back().warmth, person_ = some.back().known.person;
        return some;
    }

    std::unique_ptr<Rows> open() {
        const std::string sql = sql_ + (most_ > 0 ? " LIMIT " + std::to_string(most_) : "");
        if (!is_by_words_)
            return std::make_unique<Rows>(*tx_, sql, now_, use(owner_, "owner"), use(warmth_, "warmth"),
                                          use(person_, "person"));
        return std::make_unique<Rows>(*tx_, sql, now_, use(owner_, "owner"), use(warmth_, "warmth"),
                                      use(person_, "person"), use(match_, "match"));
    }

    Tx* tx_;
    AccountId owner_;
    Instant now_;
    bool is_by_words_;
    Alternatives words_;
    Meant meant_;
    std::string sql_, match_;
    double warmth_ = 1e300;  // where the last answer ended
    PersonId person_{std::numeric_limits<std::int64_t>::max()};
    std::size_t most_ = 0;
    bool is_full_ = false;
    std::unique_ptr<Skimmed> skimmed_;  // none once the index is asked
    std::size_t at_once_ = kFirst, read_ = 0, are_meant_ = 0;
    bool is_over_ = false;
    std::unique_ptr<Rows> rows_;
};

ByWarmth::ByWarmth(Tx& tx, AccountId owner, const Find& find, Instant now)
    : reader_(std::make_unique<Reader>(tx, owner, find, now)) {}
ByWarmth::~ByWarmth() = default;

std::vector<Warm> ByWarmth::next() {
    return reader_->next();
}

std::map<PersonId, Evidence> evidence(Tx& tx, AccountId owner, std::span<const PersonId> people,
                                      const std::optional<core::AskPlace>& place, std::string_view region,
                                      Instant now) {
    std::map<PersonId, Evidence> all;
    for (const PersonId person : people) all.try_emplace(person);
    if (all.empty()) return all;
    const std::string ids = id_list(people);
    add_own_words(all, tx, owner, ids);
    add_promises(all, tx, owner, ids, now);
    if (!place) return all;
    add_phones(all, tx, owner, ids, region);
    add_encounters(all, tx, owner, ids, *place, now);
    return all;
}

}  // namespace vv::store::asks
