// bench/asks.cpp — whether an ask finds the people who fit best, on worlds whose truth says so.
//
//     asks [--explain] WORLD…
//
// A world is a folder of archives with a truth.json and an asks.json: asks in plain words, some with a city,
// each with the people who fit and their grades. Its zips are imported as the product does it, each ask is
// read and answered by the use case behind `visavis ask`, and the answer's first ten are held against the
// grades: gain 2^grade − 1, log2 discount, divided by the best order there is; a JSON line a world with the
// mean over its asks. A person found is the true one whom most of its identities belong to; one who comes
// twice gains once. At the end a line with the least of them. `--explain` prints each ask with what was
// found, on stderr.
#include "app/asks_match.h"
#include "app/people.h"
#include "core/cities.h"
#include "product.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace {

using namespace vv;
namespace json = boost::json;
using bench::must;

constexpr std::size_t kShown = 10;

std::string text(const json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

json::value read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream content;
    content << file.rdbuf();
    return json::parse(content.str());
}

struct World {
    json::object truth;
    json::array asks;
    std::map<std::pair<std::string, std::string>, std::set<std::string>> owners;  // of (network, key)
};

World read_world(const std::filesystem::path& folder) {
    World world;
    world.truth = read_json(folder / "truth.json").as_object();
    const json::value asks = read_json(folder / "asks.json");
    world.asks = asks.is_array() ? asks.as_array() : asks.as_object().at("asks").as_array();
    for (const auto& person : world.truth.at("people").as_array())
        for (const auto& identity : person.as_object().at("identities").as_array()) {
            const auto& one = identity.as_object();
            world.owners[{text(one, "network"), text(one, "key")}].insert(text(person.as_object(), "id"));
        }
    return world;
}

core::Account owner_of(const World& world) {
    const auto& owner = world.truth.at("owner").as_object();
    const auto& city = owner.at("city").as_object();
    core::Account account;
    account.handle = "owner";
    account.full_name = text(owner, "name");
    account.email = std::string(owner.at("emails").as_array().at(0).as_string());
    account.zone = must(core::check_zone(text(city, "tz")));
    account.home = must(core::check_home(
        text(city, "name"), {city.at("lat").to_number<double>(), city.at("lng").to_number<double>()}));
    account.region = text(city, "country");
    return account;
}

// Who each person found truly is: of whom most identities are.
std::map<core::PersonId, std::string> humans(bench::Product& product, const World& world) {
    app::PeopleWanted all;
    all.limit = 1'000'000;
    std::map<core::PersonId, std::string> out;
    for (const auto& person :
         product.read([&](store::Tx& tx) { return app::all_people(tx, product.caller(), all); })) {
        std::map<std::string, int> votes;
        for (const auto& identity : person.identities)
            if (const auto found = world.owners.find({identity.network, identity.key});
                found != world.owners.end())
                for (const auto& human : found->second) ++votes[human];
        const auto most = std::max_element(votes.begin(), votes.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        if (most != votes.end()) out[person.person.id] = most->first;
    }
    return out;
}

double gain(double grade, std::size_t rank) {
    return (std::exp2(grade) - 1) / std::log2(static_cast<double>(rank) + 2);
}

double best_gain(const std::map<std::string, double>& grades) {
    std::vector<double> sorted;
    for (const auto& [human, grade] : grades) sorted.push_back(grade);
    std::ranges::sort(sorted, std::ranges::greater{});
    double sum = 0;
    for (std::size_t i = 0; i < std::min(sorted.size(), kShown); ++i) sum += gain(sorted[i], i);
    return sum;
}

core::Ask read_ask(const json::object& given, const app::Caller& caller) {
    auto ask = must(core::read_ask(text(given, "text"), caller.zone.date_of(caller.now)));
    if (const auto* city = given.if_contains("city"); city != nullptr && city->is_string())
        ask.place = must(core::ask_place(std::string(city->as_string())));
    return ask;
}

std::map<std::string, double> grades_of(const json::object& given) {
    std::map<std::string, double> grades;
    for (const auto& [human, grade] : given.at("grades").as_object())
        grades[std::string(human)] = grade.to_number<double>();
    return grades;
}

void explain(const core::Ask& ask, const std::vector<app::MatchedPerson>& people,
             const std::map<core::PersonId, std::string>& who, const std::map<std::string, double>& grades) {
    std::fprintf(stderr, "\n%s%s\n  wanted:", ask.text.c_str(),
                 ask.place ? (" [" + ask.place->name + "]").c_str() : "");
    for (const auto& title : ask.titles) std::fprintf(stderr, " \"%s\"", title.c_str());
    for (const auto& topic : ask.topics) std::fprintf(stderr, " ~%s", topic.c_str());
    std::fprintf(stderr, "\n  purpose: %s\n", ask.purpose.c_str());
    for (const auto& one : people) {
        const auto human = who.find(one.person.id);
        const auto grade = human == who.end() ? grades.end() : grades.find(human->second);
        std::fprintf(stderr, "  %g  %-24s %-28s %-12s", grade == grades.end() ? 0 : grade->second,
                     one.person.name.c_str(), one.person.title.c_str(), one.person.city.c_str());
        for (const auto& reason : one.match.reasons)
            std::fprintf(stderr, " %s %.2f", reason.kind.c_str(), reason.weight);
        std::fprintf(stderr, "\n");
    }
}

double measure(const std::filesystem::path& folder, bool is_explained) {
    World world = read_world(folder);
    bench::Product product(owner_of(world), must(parse_rfc3339(text(world.truth, "now"))));
    std::vector<std::filesystem::path> archives;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".zip") archives.push_back(entry.path());
    std::sort(archives.begin(), archives.end());
    for (const auto& archive : archives) product.import(archive);
    const auto who = humans(product, world);

    double sum = 0;
    for (const auto& each : world.asks) {
        const auto& given = each.as_object();
        const auto grades = grades_of(given);
        const core::Ask ask = read_ask(given, product.caller());
        const auto people =
            product.read([&](store::Tx& tx) { return app::match_people(tx, product.caller(), ask, kShown); });
        double gained = 0;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < people.size(); ++i) {
            const auto human = who.find(people[i].person.id);
            if (human == who.end() || !seen.insert(human->second).second) continue;
            if (const auto grade = grades.find(human->second); grade != grades.end())
                gained += gain(grade->second, i);
        }
        const double best = best_gain(grades);
        sum += best > 0 ? gained / best : 1;
        if (is_explained) {
            explain(ask, people, who, grades);
            std::fprintf(stderr, "  ndcg10 %.4f\n", best > 0 ? gained / best : 1);
        }
    }
    const double mean = sum / std::max<double>(1, static_cast<double>(world.asks.size()));
    std::printf("{\"world\":\"%s\",\"ndcg10\":%.4f}\n", folder.lexically_normal().filename().string().c_str(),
                mean);
    std::fflush(stdout);
    return mean;
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_explained = argc > 1 && std::string_view(argv[1]) == "--explain";
    const int first = is_explained ? 2 : 1;
    if (argc <= first) {
        std::fprintf(stderr, "Usage: asks [--explain] WORLD…\n");
        return 2;
    }
    double least = 1;
    for (int i = first; i < argc; ++i)
        if (std::filesystem::is_directory(argv[i])) least = std::min(least, measure(argv[i], is_explained));
    std::printf("{\"least_ndcg10\":%.4f}\n", least);
    return 0;
}
