// bench/foresight.cpp — who of a circle meets on its next day, and who for the first time: a score for every
// pair.
#include "foresight.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <numeric>

namespace {

using namespace vv;

constexpr const char* kUsage =
    R"(Usage: foresight --contacts C.csv[.gz] [--people P.csv] [--ties T.csv] [--until TIME] --out scores.csv [--explain N]
       foresight --contacts C.csv[.gz] [--people P.csv] [--ties T.csv] [--until TIME] --check

Who will be face to face on the next day, learnt from the days given and nothing else.

  --contacts  one line for each time that two people were seen face to face: t,a,b (t in Unix seconds); plain or
              gzipped; with or without a header, separated by commas, semicolons, tabs or blanks
  --people    id,community: each person's class, department or role; may be left out, and have more columns
  --ties      a,b,facebook: 1 for friends, 0 for pairs who are known not to be; may be left out
  --until     only contacts before this Unix time are read, and the 24 hours from then on are the next day; without
              it everything is read, and days begin where least is seen
  --out       writes a,b,meets,meets_first: a line for each pair of people (as they stand in --people, then in
              --contacts), the chance that they meet on the next day, and that they meet then for the first time:
              the same, or 0 for those who have met before
  --explain   prints the N likeliest first meetings with the largest terms of each
  --check     foresees the days given, each from those before it, and prints how near it came (JSON Lines))";

struct Arguments {
    bench::CircleFiles files;
    std::string out;
    std::size_t explained = 0;
    bool check = false;
};

Arguments read(int argc, char** argv) {
    Arguments out;
    bench::CommandLine line(argc, argv, kUsage);
    while (line.next()) {
        const std::string& word = line.word();
        if (word == "--people")
            out.files.people = line.value();
        else if (word == "--ties")
            out.files.ties = line.value();
        else if (word == "--contacts")
            out.files.contacts = line.value();
        else if (word == "--until")
            out.files.until = std::atoll(line.value().c_str());
        else if (word == "--out")
            out.out = line.value();
        else if (word == "--explain")
            out.explained = line.natural();
        else if (word == "--check")
            out.check = true;
        else if (word == "--help") {
            std::puts(kUsage);
            std::exit(0);
        } else
            line.refuse();
    }
    if (out.files.contacts.empty() || (out.out.empty() && !out.check)) line.refuse();
    return out;
}

void write(const std::string& path, const bench::NamedCircle& named, const core::Foresight& foresight) {
    std::ofstream file(path);
    file << "a,b,meets,meets_first\n";
    std::size_t pair = 0;
    for (std::size_t a = 0; a < named.names.size(); ++a)
        for (std::size_t b = a + 1; b < named.names.size(); ++b, ++pair) {
            const double meets = core::chance(foresight.log_odds[pair]);
            char numbers[64];
            std::snprintf(numbers, sizeof numbers, ",%.9g,%.9g\n", meets,
                          foresight.met[pair] != 0 ? 0.0 : meets);
            file << named.names[a] << ',' << named.names[b] << numbers;
        }
    file.close();
    if (!file) bench::fail(path + " cannot be written");
}

void explain(std::size_t count, const bench::NamedCircle& named, const core::Foresight& foresight) {
    struct Pair {
        std::size_t a, b, index;
    };
    std::vector<Pair> pairs;
    for (std::size_t a = 0, index = 0; a < named.names.size(); ++a)
        for (std::size_t b = a + 1; b < named.names.size(); ++b, ++index)
            if (foresight.met[index] == 0) pairs.push_back({a, b, index});
    count = std::min(count, pairs.size());
    std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(count), pairs.end(),
                      [&](const Pair& x, const Pair& y) {
                          return foresight.log_odds[x.index] > foresight.log_odds[y.index];
                      });
    for (std::size_t i = 0; i < count; ++i) {
        const auto [a, b, index] = pairs[i];
        std::printf("%s and %s: %.3f\n", named.names[a].c_str(), named.names[b].c_str(),
                    core::chance(foresight.log_odds[index]));
        std::printf("  %+.2f the usual pair\n", foresight.model.base());
        std::vector<std::pair<double, std::size_t>> weights;
        for (std::size_t t = 0; t < core::kForesightTerms; ++t)
            weights.emplace_back(foresight.model.weight(t, foresight.terms[t][index]), t);
        std::ranges::sort(weights, std::ranges::greater{}, [](const auto& w) { return std::abs(w.first); });
        for (const auto& [weight, t] : weights) {
            const auto& term = core::foresight_terms()[t];
            std::printf("  %+.2f %s\n", weight, std::string(weight > 0 ? term.more : term.less).c_str());
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = read(argc, argv);
    const auto named = bench::read_circle(arguments.files);
    if (arguments.check) bench::check_days(named);
    if (arguments.out.empty()) return 0;
    const core::Foresight foresight = core::foresee(named.circle, named.day_starts);
    write(arguments.out, named, foresight);
    explain(arguments.explained, named, foresight);
    return 0;
}
