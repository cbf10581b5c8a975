// bench/trip.cpp — how good the trip planner's plans are, and how sure it is of them.
//
// Files are TOPTW instances as KU Leuven publishes them; a line each, seconds are those of one core. Every
// plan is checked against its problem before it is printed.
#include "trip.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace {

using namespace vv;
using core::trips::Plan;

constexpr const char* kUsage =
    "Usage: trip FILE… --routes M --seconds S --seed N [--bound] [--solutions DIR]\n"
    "       trip --invented COUNT --people N --days D [--windows W] [--long-days] --seconds S --seed N "
    "[--bound] [--cbc SECONDS]";
constexpr int kBoundRounds = 300;

struct Arguments {
    std::vector<std::string> paths;
    std::string solutions;
    bench::Invention invention;
    int routes = 1, invented = 0, cbc_seconds = 0;
    double seconds = 1;
    std::uint64_t seed = 1;
    bool bound = false;
};

Arguments read(int argc, char** argv) {
    Arguments out;
    bench::CommandLine line(argc, argv, kUsage);
    while (line.next()) {
        const std::string& word = line.word();
        if (word == "--routes")
            out.routes = line.number(1);
        else if (word == "--seconds")
            out.seconds = line.real();
        else if (word == "--seed")
            out.seed = line.natural();
        else if (word == "--bound")
            out.bound = true;
        else if (word == "--solutions")
            out.solutions = line.value();
        else if (word == "--invented")
            out.invented = line.number(1);
        else if (word == "--people")
            out.invention.people = line.number(0);
        else if (word == "--days")
            out.invention.days = line.number(1);
        else if (word == "--windows")
            out.invention.windows = line.number(1);
        else if (word == "--long-days")
            out.invention.long_days = true;
        else if (word == "--cbc")
            out.cbc_seconds = line.number(1);
        else if (word.starts_with("--"))
            line.refuse();
        else
            out.paths.push_back(word);
    }
    return out;
}

struct Planned {
    Plan plan;
    double seconds = 0;
};

Planned plan(const bench::Instance& instance, const Arguments& arguments) {
    const double began = bench::core_seconds();
    const core::trips::Effort effort{
        ~0ULL, [&] { return bench::core_seconds() - began >= arguments.seconds; }, arguments.seed};
    auto planned = core::trips::solve(instance.problem, effort, arguments.bound ? kBoundRounds : 0);
    const double seconds = bench::core_seconds() - began;
    if (!planned) bench::fail(instance.name + ": " + planned.error().detail);
    if (const std::string fault = fault_of(instance.problem, *planned); !fault.empty())
        bench::fail(instance.name + ": the plan cannot be carried out: " + fault);
    return {*std::move(planned), seconds};
}

void print(const bench::Instance& instance, const Planned& planned, const Arguments& arguments,
           const std::string& more) {
    const bool knows_bound = arguments.bound || planned.plan.is_proven();
    std::printf(
        "{\"instance\":\"%s\",\"routes\":%zu,\"profit\":%lld,\"bound\":%s,\"seconds\":%.3f%s}\n",
        instance.name.c_str(), instance.problem.days.size(), static_cast<long long>(planned.plan.worth),
        knows_bound ? std::to_string(planned.plan.bound).c_str() : "null", planned.seconds, more.c_str());
    std::fflush(stdout);
}

void save(const bench::Instance& instance, const Plan& plan, const std::string& folder) {
    std::filesystem::create_directories(folder);
    std::ofstream out(std::filesystem::path(folder) / (instance.name + ".routes"));
    for (const auto& day : plan.days) {
        for (std::size_t i = 0; i < day.size(); ++i) out << (i > 0 ? " " : "") << day[i].visit + 1;
        out << "\n";
    }
    if (!out.flush()) bench::fail("Cannot write to " + folder + ".");
}

// Small ones are compared with a program that shares no code with ours, where it is installed.
int plan_invented(const Arguments& arguments) {
    int wrong = 0;
    double longest = 0;
    for (int i = 0; i < arguments.invented; ++i) {
        const auto instance =
            bench::invent(arguments.invention, arguments.seed + static_cast<std::uint64_t>(i));
        const auto planned = plan(instance, arguments);
        std::string more;
        if (arguments.cbc_seconds > 0) {
            const auto optimum = bench::optimum_by_cbc(instance.problem, arguments.cbc_seconds);
            more = ",\"cbc\":" + (optimum < 0 ? "null" : std::to_string(optimum));
            wrong += optimum >= 0 && planned.plan.is_proven() && optimum != planned.plan.worth;
            wrong += optimum >= 0 && planned.plan.bound < optimum;
        }
        print(instance, planned, arguments, more);
        longest = std::max(longest, planned.seconds);
    }
    std::printf("{\"instances\":%d,\"seconds_max\":%.3f}\n", arguments.invented, longest);
    if (wrong > 0) std::fprintf(stderr, "%d differ from cbc's optimum\n", wrong);
    return wrong > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    auto arguments = read(argc, argv);
    if (arguments.invented > 0) return plan_invented(arguments);
    if (arguments.paths.empty()) {  // as make bench calls it
        arguments.invented = 20;
        arguments.invention = {15, 4, 3, false};
        arguments.bound = true;
        return plan_invented(arguments);
    }
    for (const std::string& path : arguments.paths) {
        const auto instance = bench::read_toptw(path, arguments.routes);
        const auto planned = plan(instance, arguments);
        print(instance, planned, arguments, "");
        if (!arguments.solutions.empty()) save(instance, planned.plan, arguments.solutions);
    }
    return 0;
}
