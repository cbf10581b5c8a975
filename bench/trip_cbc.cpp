#include "trip.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <unistd.h>

namespace vv::bench {
namespace {

using core::trips::Day;
using core::trips::Problem;
using core::trips::Ticks;
using core::trips::Visit;
using core::trips::Worth;

// The program in CPLEX's LP format: y(i,d) visits i on day d, z(i,w,d) within window w, x(i,j,d) goes from i
// to j, s(i) is the start. The ends of a day are "b" and "e".
class Model {
public:
    explicit Model(const Problem& problem) : problem_(problem) {
        for (int d = 0; d < count(problem.days); ++d)
            for (int i = 0; i < count(problem.visits); ++i) add_windows(i, d);
        for (int i = 0; i < count(problem.visits); ++i) add_start(i);
        for (int d = 0; d < count(problem.days); ++d) add_flow(d);
        add_times();
    }

    [[nodiscard]] std::string text() const {
        std::string out = "Maximize\n obj: 0 none";
        for (const auto& [name, worth] : objective_) out += " + " + std::to_string(worth) + " " + name + "\n";
        out += "\nSubject To\n" + rows_ + "Bounds\n 0 <= none <= 1\n" + bounds_ + "Binaries\n" + binaries_ +
               "End\n";
        return out;
    }

private:
    template <class T>
    static int count(const std::vector<T>& list) {
        return static_cast<int>(list.size());
    }
    static std::string name(const char* kind, std::initializer_list<int> numbers) {
        std::string out = kind;
        for (const int n : numbers) out += "_" + std::to_string(n);
        return out;
    }
    void row(const std::string& terms) { rows_ += " " + terms + "\n"; }
    const Visit& visit(int i) const { return problem_.visits[static_cast<std::size_t>(i)]; }
    const Day& day(int d) const { return problem_.days[static_cast<std::size_t>(d)]; }
    bool possible(int i, int d) const { return possible_.contains({i, d}); }

    void add_windows(int i, int d) {
        const Ticks from = day(d).leaves + problem_.travel(day(d).start_place, visit(i).place);
        const Ticks until =
            day(d).returns - problem_.travel(visit(i).place, day(d).end_place) - visit(i).duration;
        std::string sum;
        for (int w = 0; w < count(visit(i).windows); ++w) {
            const auto& window = visit(i).windows[static_cast<std::size_t>(w)];
            const Ticks low = std::max(window.from, from), high = std::min(window.until, until);
            if (high < low) continue;
            const std::string z = name("z", {i, w, d});
            binaries_ += " " + z + "\n";
            sum += " + " + z;
            earliest_[i] += " - " + std::to_string(low) + " " + z;
            latest_[i] += " - " + std::to_string(high) + " " + z;
        }
        if (sum.empty()) return;
        possible_[{i, d}] = true;
        const std::string y = name("y", {i, d});
        binaries_ += " " + y + "\n";
        row(sum.substr(3) + " - " + y + " = 0");
        objective_.emplace_back(y, visit(i).worth);
        visits_of_person_[visit(i).person] += " + " + y;
        if (visit(i).meal != 0) meals_[{visit(i).meal, d}] += " + " + y;
    }

    void add_start(int i) {
        if (earliest_[i].empty()) return;
        const std::string s = name("s", {i});
        row(s + earliest_[i] + " >= 0");
        row(s + latest_[i] + " <= 0");
        bounds_ += " -300000000 <= " + s + " <= 300000000\n";
    }

    void add_flow(int d) {
        std::string leaving, all;
        for (int i = 0; i < count(problem_.visits); ++i) {
            if (!possible(i, d)) continue;
            const std::string y = name("y", {i, d});
            std::string in = name("b", {i, d}), out = name("e", {i, d});
            binaries_ += " " + in + "\n " + out + "\n";
            leaving += " + " + in;
            all += " + " + y;
            for (int j = 0; j < count(problem_.visits); ++j) {
                if (j == i || !possible(j, d)) continue;
                binaries_ += " " + name("x", {i, j, d}) + "\n";
                out += " + " + name("x", {i, j, d});
                in += " + " + name("x", {j, i, d});
                arcs_[{i, j}] += " + BIG " + name("x", {i, j, d});
            }
            row(in + " - " + y + " = 0");
            row(out + " - " + y + " = 0");
        }
        if (all.empty()) return;
        row(leaving.substr(3) + " <= 1");
        row(all.substr(3) + " <= " + std::to_string(day(d).most));
    }

    void add_times() {
        for (const auto& [person, sum] : visits_of_person_) row(sum.substr(3) + " <= 1");
        for (const auto& [meal, sum] : meals_) row(sum.substr(3) + " <= 1");
        for (const auto& [arc, terms] : arcs_) {
            const auto [i, j] = arc;
            const Ticks way = std::max(problem_.travel(visit(i).place, visit(j).place), problem_.rest);
            // s of a visit not made is 0, so the largest time of all is big enough.
            Ticks big = visit(i).duration + way;
            for (const auto& window : visit(i).windows)
                big = std::max(big, window.until + visit(i).duration + way);
            std::string scaled = terms;
            for (std::size_t at = 0; (at = scaled.find("+ BIG", at)) != std::string::npos;)
                scaled.replace(at, 5, "- " + std::to_string(big));
            row(name("s", {j}) + " - " + name("s", {i}) + scaled +
                " >= " + std::to_string(visit(i).duration + way - big));
        }
    }

    const Problem& problem_;
    std::map<std::pair<int, int>, bool> possible_;
    std::map<int, std::string> earliest_, latest_, visits_of_person_;
    std::map<std::pair<int, int>, std::string> meals_, arcs_;
    std::vector<std::pair<std::string, Worth>> objective_;
    std::string rows_, bounds_, binaries_;
};

}  // namespace

core::trips::Worth optimum_by_cbc(const Problem& problem, int seconds) {
    const auto stem = std::filesystem::temp_directory_path() / ("trip-" + std::to_string(getpid()));
    const std::string model = stem.string() + ".lp", answer = stem.string() + ".txt";
    std::ofstream(model) << Model(problem).text();
    const std::string command = "cbc " + model + " seconds " + std::to_string(seconds) +
                                " ratio 0 allow 0 solve solution " + answer + " >/dev/null 2>&1";
    const int status = std::system(command.c_str());
    std::ifstream in(answer);
    std::string first, word;
    std::getline(in, first);
    std::filesystem::remove(model);
    std::filesystem::remove(answer);
    if (status != 0 || !first.starts_with("Optimal")) return -1;
    return std::abs(std::lround(std::strtod(first.substr(first.rfind(' ') + 1).c_str(), nullptr)));
}

}  // namespace vv::bench
