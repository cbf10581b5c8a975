#include "cli/review.h"

#include "app/resolution.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "store/database.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <iomanip>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kAll = 1'000'000'000;

struct ReviewOptions {
    std::string account;
    std::optional<int> limit;
};

struct DecideOptions {
    std::string account;
    std::string person;
    std::vector<std::string> ids;
};

json::object short_form(const core::Person& person) {
    return {{"id", to_string(person.id)}, {"name", person.name}};
}

json::object to_json(const app::ReviewPair& pair) {
    json::array evidence;
    for (const auto& one : pair.evidence)
        evidence.push_back({{"field", one.field}, {"agreement", one.agreement}, {"weight", one.weight}});
    return {{"a", short_form(pair.a.person)},
            {"b", short_form(pair.b.person)},
            {"probability", pair.probability},
            {"evidence", std::move(evidence)},
            {"a_identity", to_string(pair.a.identity.id)},
            {"b_identity", to_string(pair.b.identity.id)}};
}

// "71 %  Ann Lee (17…) = A. Lee (18…)   name initial +5.2, organisation exact +4.9"
void print_pair(std::ostream& out, const app::ReviewPair& pair) {
    out << std::setw(3) << std::lround(100 * pair.probability) << " %  " << pair.a.person.name << " ("
        << to_string(pair.a.person.id) << ") = " << pair.b.person.name << " (" << to_string(pair.b.person.id)
        << ")\n      ";
    const char* comma = "";
    for (const auto& one : pair.evidence) {
        out << comma << one.field << " " << one.agreement << " " << std::showpos << std::fixed
            << std::setprecision(1) << one.weight << std::noshowpos << std::defaultfloat;
        comma = ", ";
    }
    out << "\n";
}

Result<Exit> print_review(Environment& env, const ReviewOptions& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    const std::size_t limit = options.limit ? static_cast<std::size_t>(std::max(0, *options.limit)) : kAll;
    TRY(const auto pairs, db->read_now([&](store::Tx& tx) { return app::review_pairs(tx, caller, limit); }));
    for (const auto& pair : pairs) {
        if (env.json())
            env.out() << json::serialize(to_json(pair)) << "\n";
        else
            print_pair(env.out(), pair);
    }
    return Exit::done;
}

template <class Ids>
Result<Ids> parse_ids(const std::vector<std::string>& texts) {
    Ids ids;
    for (const std::string& text : texts) {
        TRY(const auto value, parse_id(text));
        ids.push_back({value});
    }
    return ids;
}

void print_people(Environment& env, const std::vector<core::Person>& people) {
    for (const auto& person : people) {
        if (env.json())
            env.out() << json::serialize(short_form(person)) << "\n";
        else
            env.out() << std::left << std::setw(20) << to_string(person.id) << person.name << "\n";
    }
}

Result<Exit> merge(Environment& env, const DecideOptions& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const auto ids, parse_ids<std::vector<core::PersonId>>(options.ids));
    TRY(store::Database * db, env.database());
    TRY(const auto merged,
        db->write_now([&](store::Tx& tx) { return app::merge_people(tx, caller, ids, &env.ids()); }));
    print_people(env, {merged.what});
    return Exit::done;
}

Result<Exit> split(Environment& env, const DecideOptions& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const auto person, parse_id(options.person));
    TRY(const auto ids, parse_ids<std::vector<core::IdentityId>>(options.ids));
    TRY(store::Database * db, env.database());
    TRY(const auto parted, db->write_now([&](store::Tx& tx) {
        return app::split_person(tx, caller, core::PersonId{person}, ids, &env.ids());
    }));
    print_people(env, parted.what);
    return Exit::done;
}

}  // namespace

void add_review_commands(Command& people) {
    auto wanted = std::make_shared<ReviewOptions>();
    Command review = people.add("review", "Pairs that may be one person, most useful first");
    review.required("--account", wanted->account, "Whose people");
    review.option("--limit", wanted->limit, "At most so many; all without it");
    review.run([wanted](Environment& env) { return print_review(env, *wanted); });

    auto merged = std::make_shared<DecideOptions>();
    Command merging = people.add("merge", "Makes one person of several; remembered, and taken back by split");
    merging.required("--account", merged->account, "Whose people");
    merging.required("ID", merged->ids, "The people's ids");
    merging.run([merged](Environment& env) { return merge(env, *merged); });

    auto parted = std::make_shared<DecideOptions>();
    Command splitting = people.add(
        "split", "Makes a person of their own of some identities; remembered, and taken back by merge");
    splitting.required("--account", parted->account, "Whose people");
    splitting.required("ID", parted->person, "The person's id");
    splitting.required("IDENTITY", parted->ids, "The identities' ids");
    splitting.run([parted](Environment& env) { return split(env, *parted); });
}

}  // namespace vv::cli
