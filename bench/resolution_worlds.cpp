// bench/resolution_worlds.cpp — how right resolution is on worlds whose truth is known.
//
// A world is a folder of archives with a truth.json. Its archives are read with the product's parsers and
// resolved with the product's core; then, and only here, the truth is looked at. A line a world and one for
// all pairs together: precision over the pairs that were joined, recall over pairs of identities that the
// truth calls linkable, among the networks that this version reads. An identity that is nobody of the world
// must stay alone.
#include "base/files.h"
#include "core/attributes.h"
#include "core/resolution.h"
#include "formats/archive/parse.h"
#include "resolution.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace vv::bench {
namespace {

namespace json = boost::json;
namespace archive = formats::archive;

template <class T>
T must(Result<T> result) {
    if (!result) fail(result.error().detail);
    return *std::move(result);
}

// Identities as the importer would keep them.
class Collector : public core::FactSink {
public:
    bool take(core::Fact fact) override {
        if (auto* seen = std::get_if<core::IdentitySeen>(&fact.body)) {
            const auto [at, fresh] = identities_.try_emplace(seen->who);
            if (fresh)
                at->second = std::move(seen->attributes);
            else
                core::add_attributes(at->second, seen->attributes);
        } else if (auto* owner = std::get_if<core::OwnerSeen>(&fact.body)) {
            for (auto& email : owner->attributes.emails) owner_emails.push_back(email);
            owner_names.push_back(owner->attributes.name.full);
            owner_keys_.insert(owner->keys.begin(), owner->keys.end());
        }
        return true;
    }

    std::vector<core::Identity> identities() const {
        std::vector<core::Identity> out;
        for (const auto& [who, attributes] : identities_) {
            if (owner_keys_.contains(who)) continue;
            core::Identity identity;
            identity.id = {static_cast<std::int64_t>(out.size()) + 1};
            identity.network = who.network;
            identity.key = who.key;
            identity.attributes = attributes;
            out.push_back(std::move(identity));
        }
        return out;
    }

    std::vector<std::string> owner_emails, owner_names;

private:
    std::map<core::IdentityKey, core::Attributes> identities_;
    std::set<core::IdentityKey> owner_keys_;
};

// The packed archives of the folder; when it has none, everything in it.
std::vector<archive::InputFile> files_of(const std::string& world) {
    std::vector<archive::InputFile> packed, loose;
    for (const auto& file : must(list_files(world)).files) {
        if (file.path == "truth.json" || file.path == "asks.json") continue;
        archive::InputFile input{file.path, file.size, [path = file.real_path] { return open_file(path); }};
        const bool is_packed = file.path.ends_with(".zip") && file.path.find('/') == std::string::npos;
        (is_packed ? packed : loose).push_back(std::move(input));
    }
    return packed.empty() ? loose : packed;
}

// Networks that tell who the owner is come before calendars, which need to know.
std::vector<core::Identity> read_world(const std::string& world, const json::object& truth,
                                       const std::string& region) {
    const auto archives = must(archive::gather(world, files_of(world)));
    std::vector<std::pair<archive::Group, const archive::Archive*>> groups;
    for (const auto& one : archives)
        for (auto& group : must(archive::survey(one)).groups) groups.emplace_back(std::move(group), &one);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto& a, const auto& b) { return a.first.kind < b.first.kind; });
    Collector found;
    formats::ParseOptions options;
    options.now = must(parse_rfc3339(std::string(truth.at("now").as_string())));
    options.region = region;
    for (const auto& [group, from] : groups) {
        options.owner_emails = found.owner_emails;
        options.owner_names = found.owner_names;
        must(archive::parse(*from, group, options, found));
    }
    return found.identities();
}

struct Truth {
    std::set<std::string> people;  // whose it is; several for what is truly shared
    bool linkable = false;
};

std::map<core::IdentityKey, Truth> read_truth(const json::object& truth) {
    std::map<core::IdentityKey, Truth> out;
    for (const auto& person : truth.at("people").as_array()) {
        const auto& one = person.as_object();
        for (const auto& identity : one.at("identities").as_array()) {
            const auto& fields = identity.as_object();
            const auto network = core::parse_network(std::string(fields.at("network").as_string()));
            if (!network) continue;
            auto& entry = out[{*network, std::string(fields.at("key").as_string())}];
            entry.people.insert(std::string(one.at("id").as_string()));
            const auto* linkable = fields.if_contains("linkable");
            entry.linkable = linkable != nullptr && linkable->is_bool() && linkable->as_bool();
        }
    }
    return out;
}

struct Score {
    double joined = 0, right = 0;            // pairs
    double linkable = 0, found = 0;          // pairs
    double b3_precision = 0, b3_recall = 0;  // sums over identities
    std::size_t identities = 0;
    double seconds = 0;

    void operator+=(const Score& other) {
        joined += other.joined, right += other.right, linkable += other.linkable, found += other.found;
        b3_precision += other.b3_precision, b3_recall += other.b3_recall;
        identities += other.identities, seconds += other.seconds;
    }
    void print(const std::string& world) const {
        const auto n = std::max<double>(1, static_cast<double>(identities));
        const double p = b3_precision / n, r = b3_recall / n;
        json::object line;
        line["world"] = world;
        line["precision"] = joined > 0 ? right / joined : 1;
        line["recall"] = linkable > 0 ? found / linkable : 1;
        line["b3_f1"] = p + r > 0 ? 2 * p * r / (p + r) : 0;
        line["false_pairs"] = static_cast<std::int64_t>(joined - right);
        line["identities"] = identities;
        line["seconds"] = seconds;
        std::cout << json::serialize(line) << std::endl;
    }
};

bool same_human(const Truth& a, const Truth& b) {
    return std::any_of(a.people.begin(), a.people.end(),
                       [&](const std::string& id) { return b.people.contains(id); });
}

// Truth and cluster of each identity, by index.
Score compare(const std::vector<Truth>& truth, const std::vector<std::size_t>& cluster) {
    Score score;
    score.identities = truth.size();
    std::map<std::string, std::vector<std::size_t>> of_person;
    std::map<std::size_t, std::vector<std::size_t>> of_cluster;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        of_cluster[cluster[i]].push_back(i);
        for (const auto& person : truth[i].people) of_person[person].push_back(i);
    }
    for (std::size_t i = 0; i < truth.size(); ++i) {
        std::set<std::size_t> mine{i};
        for (const auto& person : truth[i].people)
            mine.insert(of_person[person].begin(), of_person[person].end());
        double right = 0;
        for (const auto j : of_cluster[cluster[i]]) {
            const bool same = i == j || same_human(truth[i], truth[j]);
            right += same ? 1 : 0;
            if (j > i) score.joined += 1, score.right += same ? 1 : 0;
        }
        score.b3_precision += right / static_cast<double>(of_cluster[cluster[i]].size());
        score.b3_recall += right / static_cast<double>(mine.size());
        for (const auto j : mine) {
            if (j <= i || !truth[i].linkable || !truth[j].linkable) continue;
            score.linkable += 1;
            if (cluster[i] == cluster[j]) score.found += 1;
        }
    }
    return score;
}

Score measure(const std::string& world, int answers) {
    (void)answers;
    std::ifstream file(std::filesystem::path(world) / "truth.json");
    std::stringstream text;
    text << file.rdbuf();
    if (!file) fail(world + " has no truth.json.");
    const json::value parsed = json::parse(text.str());
    const auto& truth = parsed.as_object();
    core::ResolutionOptions options;
    options.region =
        std::string(truth.at("owner").as_object().at("city").as_object().at("country").as_string());
    const auto identities = read_world(world, truth, options.region);
    const auto start = std::chrono::steady_clock::now();
    const auto resolution = core::resolve(identities, {}, options);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;

    const auto known = read_truth(truth);
    std::vector<Truth> truths;
    for (const auto& identity : identities) {
        const auto found = known.find({identity.network, identity.key});
        truths.push_back(found == known.end() ? Truth{{"nobody " + to_string(identity.id)}, false}
                                              : found->second);
    }
    std::vector<std::size_t> cluster(identities.size());
    for (std::size_t c = 0; c < resolution.people.size(); ++c)
        for (const auto id : resolution.people[c]) cluster[static_cast<std::size_t>(id.value - 1)] = c;
    auto score = compare(truths, cluster);
    score.seconds = took.count();
    return score;
}

// "worlds/town/" and "worlds/town" are both "town".
std::string name_of(const std::string& world) {
    const auto path = std::filesystem::path(world).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).filename().string();
}

}  // namespace

void measure_worlds(const std::vector<std::string>& worlds, int answers) {
    Score pooled;
    int measured = 0;
    for (const auto& world : worlds) {
        if (!std::filesystem::is_directory(world)) continue;  // a shell's * brings the worlds' README too
        const auto score = measure(world, answers);
        score.print(name_of(world));
        pooled += score;
        ++measured;
    }
    if (measured == 0) fail("None of these is a folder.");
    if (measured > 1) pooled.print("pooled");
}

}  // namespace vv::bench
