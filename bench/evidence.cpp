// bench/evidence.cpp — whether the encounters that archives prove are found, and nothing else.
//
//     evidence WORLD…
//
// A world is a folder of archives with a truth.json. Its zips are imported as the product does it; then its
// encounters are held against the truth as (encounter, person) pairs, a JSON line a world. A pair found is
// right when that human was truly there at about that time. Finding one encounter twice is wrong once; one
// human under two names at one encounter counts once and is bench/resolution's affair. Who accepted and did
// not come, and events that the owner missed, can't be told from archives and count neither way.
#include "app/encounters.h"
#include "app/people.h"
#include "core/cities.h"
#include "product.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace {

using namespace vv;
using namespace std::chrono_literals;
namespace json = boost::json;
using bench::must;
using People = std::set<std::string>;

// Check-ins are made a while after coming; posts even later.
constexpr auto kSlack = 2h;

struct Event {
    Instant start, end;
    People there;   // truly
    People named;   // by some archive: the most that can be found
    People nobody;  // can't be told from archives
    bool video = false;
    std::map<std::string, core::EncounterId> found =
        {};  // of `there`, who was found here, in which encounter
};

struct World {
    json::object truth;
    Instant now;
    std::map<std::pair<std::string, std::string>, People> owners;  // of (network, key)
    std::vector<Event> events;
};

std::string text(const json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

People people_in(const json::value& list) {
    People out;
    for (const auto& one : list.as_array()) out.insert(std::string(one.as_string()));
    return out;
}

Instant when(const json::object& object, const char* name, std::optional<Instant> otherwise = {}) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return otherwise.value();
    return must(parse_rfc3339(std::string(value->as_string())));
}

void read_events(World& world) {
    for (const auto& each : world.truth.at("encounters").as_array()) {
        const auto& one = each.as_object();
        const Instant start = when(one, "start");
        world.events.push_back({start, when(one, "end", start), people_in(one.at("who")),
                                people_in(one.at("named")), people_in(one.at("no_show"))});
    }
    for (const auto& each : world.truth.at("not_encounters").as_array()) {
        const auto& one = each.as_object();
        const std::string reason = text(one, "reason");
        const Instant start = when(one, "start");
        Event event{start, when(one, "end", start + 1h), {}, {}, {}, reason == "video"};
        if (event.video || reason == "no show" || reason == "owner did not attend")
            event.nobody = people_in(one.at("people"));
        world.events.push_back(std::move(event));
    }
}

World read_world(const std::filesystem::path& folder) {
    std::ifstream file(folder / "truth.json");
    std::stringstream content;
    content << file.rdbuf();
    World world;
    world.truth = json::parse(content.str()).as_object();
    world.now = when(world.truth, "now");
    for (const auto& person : world.truth.at("people").as_array())
        for (const auto& identity : person.as_object().at("identities").as_array()) {
            const auto& one = identity.as_object();
            world.owners[{text(one, "network"), text(one, "key")}].insert(text(person.as_object(), "id"));
        }
    read_events(world);
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

struct Count {
    int right = 0, wrong = 0, video = 0;
};

bool meet_in_time(const Event& event, const core::Encounter& encounter) {
    return encounter.start <= event.end + kSlack && event.start - kSlack <= core::over_at(encounter);
}

// Of the events at about this time, the nearest at which one of these was, and which no other encounter
// found.
void judge(World& world, const core::Encounter& encounter, const People& who, Count& count) {
    Event* best = nullptr;
    bool untold = false, video = false;
    const auto has = [&](const People& people) {
        return std::any_of(who.begin(), who.end(), [&](const auto& one) { return people.contains(one); });
    };
    for (auto& event : world.events) {
        if (!meet_in_time(event, encounter)) continue;
        if (has(event.nobody)) (event.video ? video : untold) = true;
        if (!has(event.there)) continue;
        const auto before = std::find_if(event.found.begin(), event.found.end(),
                                         [&](const auto& found) { return who.contains(found.first); });
        if (before != event.found.end()) {
            if (before->second == encounter.id) return;
            continue;
        }
        const auto far = [&](const Event& other) { return std::chrono::abs(other.start - encounter.start); };
        if (best == nullptr || far(event) < far(*best)) best = &event;
    }
    if (best != nullptr) {
        for (const auto& one : who)
            if (best->there.contains(one)) best->found.emplace(one, encounter.id);
        ++count.right;
    } else if (!untold) {
        ++count.wrong;
        count.video += video;
    }
}

struct Least {
    double precision = 1, recall = 1;
};

// Prints what one world gives, and remembers the least of all.
void measure(const std::filesystem::path& folder, Least& least) {
    World world = read_world(folder);
    bench::Product product(owner_of(world), world.now);
    std::vector<std::filesystem::path> archives;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".zip") archives.push_back(entry.path());
    std::sort(archives.begin(), archives.end());
    for (const auto& archive : archives) product.import(archive);

    app::PeopleWanted all;
    all.limit = 1'000'000;
    const auto people =
        product.read([&](store::Tx& tx) { return app::all_people(tx, product.caller(), all); });
    std::map<core::PersonId, People> humans;
    for (const auto& person : people)
        for (const auto& identity : person.identities)
            if (const auto found = world.owners.find({identity.network, identity.key});
                found != world.owners.end())
                humans[person.person.id].insert(found->second.begin(), found->second.end());
    const auto list = product.read([&](store::Tx& tx) {
        return app::list_encounters(tx, product.caller(), std::nullopt, app::Include::past);
    });
    Count count;
    for (const auto& encounter : list.encounters)
        for (const auto person : encounter.people) judge(world, encounter, humans[person], count);

    double named = 0, found = 0;
    for (const auto& event : world.events) {
        named += static_cast<double>(event.named.size());
        for (const auto& one : event.named) found += event.found.contains(one) ? 1 : 0;
    }
    const double precision = count.right / std::max(1.0, static_cast<double>(count.right + count.wrong));
    const double recall = found / std::max(1.0, named);
    least = {std::min(least.precision, precision), std::min(least.recall, recall)};
    std::printf(
        "{\"world\":\"%s\",\"precision\":%.4f,\"recall\":%.4f,\"video_counted\":%d,\"right\":%d,\"wrong\":%d,"
        "\"named\":%.0f}\n",
        folder.lexically_normal().filename().string().c_str(), precision, recall, count.video, count.right,
        count.wrong, named);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "Usage: evidence WORLD…\n");
        return 2;
    }
    Least least;
    for (int i = 1; i < argc; ++i) measure(argv[i], least);
    std::printf("{\"least_precision\":%.4f,\"least_recall\":%.4f}\n", least.precision, least.recall);
    return 0;
}
