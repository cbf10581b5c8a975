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
#include "core/resolution/block.h"
#include "core/resolution/judge.h"
#include "formats/archive/parse.h"
#include "resolution.h"

#include <algorithm>
#include <array>
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
        } else if (auto* tie = std::get_if<core::TieDeclared>(&fact.body)) {
            if (!tie->since) return true;
            const auto [at, fresh] = since_.try_emplace(tie->who, *tie->since);
            if (!fresh) at->second = std::min(at->second, *tie->since);
        } else if (auto* owner = std::get_if<core::OwnerSeen>(&fact.body)) {
            for (auto& email : owner->attributes.emails) owner_emails.push_back(email);
            owner_names.push_back(owner->attributes.name.full);
            owner_keys_.insert(owner->keys.begin(), owner->keys.end());
        }
        return true;
    }

    // And since when the owner has a tie with them.
    std::vector<core::Identity> identities(std::unordered_map<core::IdentityId, Instant>& since) const {
        std::vector<core::Identity> out;
        for (const auto& [who, attributes] : identities_) {
            if (owner_keys_.contains(who)) continue;
            core::Identity identity;
            identity.id = {static_cast<std::int64_t>(out.size()) + 1};
            identity.network = who.network;
            identity.key = who.key;
            identity.attributes = attributes;
            if (const auto tie = since_.find(who); tie != since_.end()) since[identity.id] = tie->second;
            out.push_back(std::move(identity));
        }
        return out;
    }

    std::vector<std::string> owner_emails, owner_names;

private:
    std::map<core::IdentityKey, core::Attributes> identities_;
    std::map<core::IdentityKey, Instant> since_;
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
                                       core::ResolutionOptions& resolution) {
    const auto archives = must(archive::gather(world, files_of(world)));
    std::vector<std::pair<archive::Group, const archive::Archive*>> groups;
    for (const auto& one : archives)
        for (auto& group : must(archive::survey(one)).groups) groups.emplace_back(std::move(group), &one);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto& a, const auto& b) { return a.first.kind < b.first.kind; });
    Collector found;
    formats::ParseOptions options;
    options.now = must(parse_rfc3339(std::string(truth.at("now").as_string())));
    options.region = resolution.region;
    for (const auto& [group, from] : groups) {
        options.owner_emails = found.owner_emails;
        options.owner_names = found.owner_names;
        must(archive::parse(*from, group, options, found));
    }
    return found.identities(resolution.since);
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
    [[nodiscard]] double precision() const { return joined > 0 ? right / joined : 1; }
    [[nodiscard]] double recall() const { return linkable > 0 ? found / linkable : 1; }
    void print(const std::string& world) const {
        const auto n = std::max<double>(1, static_cast<double>(identities));
        const double p = b3_precision / n, r = b3_recall / n;
        json::object line;
        line["world"] = world;
        line["precision"] = precision();
        line["recall"] = recall();
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

struct World {
    std::vector<core::Identity> identities;  // the i-th has id i + 1
    std::vector<Truth> truths;               // by index
    core::ResolutionOptions options;
};

World load(const std::string& folder) {
    std::ifstream file(std::filesystem::path(folder) / "truth.json");
    std::stringstream text;
    text << file.rdbuf();
    if (!file) fail(folder + " has no truth.json.");
    const json::value parsed = json::parse(text.str());
    const auto& truth = parsed.as_object();
    World world;
    world.options.region =
        std::string(truth.at("owner").as_object().at("city").as_object().at("country").as_string());

    world.identities = read_world(folder, truth, world.options);
    const auto known = read_truth(truth);
    for (const auto& identity : world.identities) {
        const auto found = known.find({identity.network, identity.key});
        world.truths.push_back(found == known.end() ? Truth{{"nobody " + to_string(identity.id)}, false}
                                                    : found->second);
    }
    return world;
}

std::size_t index_of(core::IdentityId id) {
    return static_cast<std::size_t>(id.value - 1);
}

std::vector<std::size_t> clusters_of(const core::Resolution& resolution, std::size_t identities) {
    std::vector<std::size_t> cluster(identities);
    for (std::size_t c = 0; c < resolution.people.size(); ++c)
        for (const auto id : resolution.people[c]) cluster[index_of(id)] = c;
    return cluster;
}

// What the owner would say, who knows the truth, to the first questions of the list.
std::vector<core::Decision> answered(const World& world, const core::Resolution& resolution, int answers) {
    std::vector<core::Decision> decisions;
    for (const auto& question : resolution.questions) {
        if (decisions.size() >= static_cast<std::size_t>(answers)) break;
        const auto &a = world.truths[index_of(question.a)], &b = world.truths[index_of(question.b)];
        const bool same =
            a.people == b.people;  // of what a family shares, nobody would say that it is one of them
        decisions.push_back({question.a, question.b, same ? core::Verdict::same : core::Verdict::different});
    }
    return decisions;
}

void print(const World& world, const core::Comparison& pair, const char* what) {
    std::cout << what << ' ' << pair.probability;
    for (const auto id : {pair.a, pair.b}) {
        const auto& identity = world.identities[index_of(id)];
        std::cout << "\n    " << core::to_string(identity.network) << ' ' << identity.key << " \""
                  << identity.attributes.name.full << '"';
        for (const auto& more :
             {identity.attributes.other_names, identity.attributes.emails, identity.attributes.phones,
              identity.attributes.handles, identity.attributes.urls})
            for (const auto& value : more) std::cout << " | " << value;
        std::cout << " | " << identity.attributes.organisation << " | " << identity.attributes.place;
        for (const auto& person : world.truths[index_of(id)].people) std::cout << " = " << person;
    }
    std::cout << "\n   ";
    for (const auto& e : pair.evidence) std::cout << ' ' << e.field << ':' << e.agreement << ' ' << e.weight;
    std::cout << std::endl;
}

// What the core knows of a world's identities: profiles are by id, so by index.
struct Compared {
    explicit Compared(const World& world)
        : background(core::source_of(world.identities), world.options), judge(background) {}

    core::Comparison operator()(std::size_t i, std::size_t j) const {
        core::Comparison out;
        out.a = background.profiles()[i].id, out.b = background.profiles()[j].id;
        const auto score = judge.explain(background.profiles()[i], background.profiles()[j], out.evidence);
        out.probability = core::resolution::probability(score.bits);
        return out;
    }

    core::resolution::Background background;
    core::resolution::Judge judge;
};

// The pairs that were joined wrongly, and where linkable ones were missed the likeliest pair across the two
// clusters.
void explain(const World& world, const core::Resolution& resolution) {
    const Compared compared(world);
    const auto cluster = clusters_of(resolution, world.identities.size());
    struct Missed {
        core::Comparison likeliest;
        int pairs = 0;
    };
    std::map<std::pair<std::size_t, std::size_t>, Missed> missed;
    for (std::size_t i = 0; i < cluster.size(); ++i)
        for (std::size_t j = i + 1; j < cluster.size(); ++j) {
            const bool joined = cluster[i] == cluster[j], same = same_human(world.truths[i], world.truths[j]);
            if (joined == same) continue;
            if (joined) print(world, compared(i, j), "JOINED");
            if (joined || !world.truths[i].linkable || !world.truths[j].linkable) continue;
            auto pair = compared(i, j);
            auto& [likeliest, pairs] = missed[std::minmax(cluster[i], cluster[j])];
            if (++pairs == 1 || pair.probability > likeliest.probability) likeliest = std::move(pair);
        }
    for (const auto& [clusters, one] : missed) {
        print(world, one.likeliest, ("MISSED " + std::to_string(one.pairs)).c_str());
        for (std::size_t i = 0; i < cluster.size(); ++i)
            for (std::size_t j = 0; j < cluster.size(); ++j)
                if (cluster[i] == clusters.first && cluster[j] == clusters.second &&
                    compared.judge.forbids(compared.background.profiles()[i],
                                           compared.background.profiles()[j]))
                    print(world, compared(std::min(i, j), std::max(i, j)), "    held apart by");
    }
}

// Of the pairs that were given a probability, how many were one human: ten steps, each with what was said and
// what was so.
void print_reliability(const World& world) {
    struct Step {
        double pairs = 0, said = 0, so = 0;
    };
    std::array<Step, 10> steps;
    const Compared compared(world);
    for (const auto& [a, b] : core::resolution::candidates(compared.background, world.options.max_block)) {
        const auto score =
            compared.judge.score(compared.background.profiles()[a], compared.background.profiles()[b]);
        if (score.contradicts) continue;
        const double p = core::resolution::probability(score.bits);
        auto& step = steps[std::min<std::size_t>(9, static_cast<std::size_t>(p * 10))];
        step.pairs += 1, step.said += p, step.so += same_human(world.truths[a], world.truths[b]) ? 1 : 0;
    }
    for (const auto& step : steps)
        if (step.pairs > 0)
            std::cout << "{\"pairs\":" << step.pairs << ",\"said\":" << step.said / step.pairs
                      << ",\"so\":" << step.so / step.pairs << "}" << std::endl;
}

Score measure(const std::string& folder, int answers, Detail detail) {
    const auto world = load(folder);
    const auto start = std::chrono::steady_clock::now();
    auto resolution = core::resolve(world.identities, {}, world.options);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (answers > 0) {
        const auto decisions = answered(world, resolution, answers);
        resolution = core::resolve(world.identities, decisions, world.options);
    }
    if (detail == Detail::every_mistake) explain(world, resolution);
    if (detail == Detail::reliability) print_reliability(world);
    auto score = compare(world.truths, clusters_of(resolution, world.identities.size()));
    score.seconds = took.count();
    return score;
}

// "worlds/town/" and "worlds/town" are both "town".
std::string name_of(const std::string& world) {
    const auto path = std::filesystem::path(world).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).filename().string();
}

}  // namespace

void measure_worlds(const std::vector<std::string>& worlds, int answers, Detail detail) {
    Score pooled;
    int measured = 0;
    for (const auto& world : worlds) {
        if (!std::filesystem::is_directory(world)) continue;  // a shell's * brings the worlds' README too
        const auto score = measure(world, answers, detail);
        score.print(name_of(world));
        pooled += score;
        ++measured;
    }
    if (measured == 0) fail("None of these is a folder.");
    if (measured > 1) pooled.print("pooled");
}

void cross_validate(const std::vector<std::string>& folders) {
    constexpr double kLeastPrecision = 0.998;
    constexpr int kFrom = 50, kTo = 98, kStep = 2;  // hundredths
    std::vector<std::string> names;
    std::vector<std::map<int, Score>> scores;  // by world and by threshold in hundredths
    for (const auto& folder : folders) {
        if (!std::filesystem::is_directory(folder)) continue;
        auto world = load(folder);
        names.push_back(name_of(folder));
        auto& of_world = scores.emplace_back();
        for (int t = kFrom; t <= kTo; t += kStep) {
            world.options.merge_above = t / 100.0;
            const auto resolution = core::resolve(world.identities, {}, world.options);
            of_world[t] = compare(world.truths, clusters_of(resolution, world.identities.size()));
        }
    }
    if (names.size() < 2) fail("To leave one out takes two worlds.");
    Score judged;
    for (std::size_t left_out = 0; left_out < names.size(); ++left_out) {
        int best = kTo;
        double recall = -1;
        for (int t = kTo; t >= kFrom; t -= kStep) {
            Score others;
            for (std::size_t w = 0; w < names.size(); ++w)
                if (w != left_out) others += scores[w][t];
            if (others.precision() < kLeastPrecision || others.recall() <= recall) continue;
            best = t, recall = others.recall();
        }
        scores[left_out][best].print(names[left_out] + " above " + std::to_string(best) + " %");
        judged += scores[left_out][best];
    }
    judged.print("pooled");
}

}  // namespace vv::bench
