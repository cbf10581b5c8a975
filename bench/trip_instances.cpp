#include "core/trips/random.h"
#include "trip.h"

#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>

namespace vv::bench {
namespace {

using core::trips::Problem;
using core::trips::Random;
using core::trips::Ticks;
using core::trips::Visit;

struct Point {
    double x = 0, y = 0;
};

// The tolerance keeps distances that are whole tenths from falling below them in binary.
Ticks tenths_between(const Point& a, const Point& b) {
    return static_cast<Ticks>(std::floor(std::hypot(a.x - b.x, a.y - b.y) * 10 + 1e-7));
}

std::vector<double> numbers_in(const std::string& line) {
    std::istringstream in(line);
    std::vector<double> out;
    for (double number = 0; in >> number;) out.push_back(number);
    return out;
}

Ticks tenths(double units) {
    return static_cast<Ticks>(std::lround(units * 10));
}

void travel_between(Problem& problem, std::vector<Point> points) {
    problem.travel = [points = std::make_shared<std::vector<Point>>(std::move(points))](int from, int to) {
        return tenths_between(points->at(static_cast<std::size_t>(from)),
                              points->at(static_cast<std::size_t>(to)));
    };
}

}  // namespace

Instance read_toptw(const std::string& path, int routes) {
    std::ifstream in(path);
    if (!in) fail("Cannot read " + path + ".");
    Instance out{path.substr(path.rfind('/') + 1), {}};
    out.name = out.name.substr(0, out.name.find('.'));
    std::vector<Point> points;
    Ticks limit = 0;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        const auto row = numbers_in(line);
        if (++number <= 2 || row.empty()) continue;
        if (row.size() < 7)
            fail(path + ":" + std::to_string(number) + ": a vertex has at least seven numbers.");
        const int place = static_cast<int>(points.size());
        points.push_back({row[1], row[2]});
        const core::trips::Window window{tenths(row[row.size() - 2]), tenths(row.back())};
        if (place == 0)
            limit = window.until;
        else
            out.problem.visits.push_back(
                {place, std::lround(row[4]), tenths(row[3]), {window}, place, 0, false});
    }
    if (points.empty()) fail(path + ": no vertex.");
    out.problem.days.assign(static_cast<std::size_t>(routes), {0, 0, 0, limit});
    travel_between(out.problem, std::move(points));
    return out;
}

namespace {

struct Town {
    Random random;
    std::vector<Point> centres;

    double between(double low, double high) { return low + (high - low) * random.unit(); }
    // Sums of even draws rather than the standard library's normal ones, which differ between machines.
    Point near(const Point& centre, double spread) {
        return {centre.x + spread * (between(-1, 1) + between(-1, 1)),
                centre.y + spread * (between(-1, 1) + between(-1, 1))};
    }
};

// A trip's day has 10 hours in minutes (times ten, as everywhere here), a lunch hour in the middle.
Visit invent_person(Town& town, const Invention& wanted, int person, Ticks day_length, Ticks day_apart) {
    Visit visit{person + 1, 1 + town.random.below(30), 0, {}, person, 0, false};
    visit.duration = wanted.long_days ? 10 * (1 + town.random.below(25)) : 150 * (2 + town.random.below(5));
    visit.meal = !wanted.long_days && town.random.below(4) == 0 ? 1 : 0;
    for (int day = 0; day < wanted.days; ++day) {
        if (!wanted.long_days && town.random.below(3) == 0) continue;  // away
        const Ticks morning = wanted.long_days ? 0 : day * day_apart;
        const int windows = 1 + town.random.below(wanted.windows);
        for (int w = 0; w < windows; ++w) {
            const Ticks width =
                wanted.long_days ? 900 + town.random.below(2700) : 300 + town.random.below(900);
            const Ticks from = visit.meal != 0 ? 1800 + town.random.below(600)
                                               : town.random.below(std::max(1, day_length - width));
            visit.windows.push_back({morning + from, morning + from + width});
        }
        if (wanted.long_days) break;  // all routes are of the same day
    }
    return visit;
}

}  // namespace

Instance invent(const Invention& wanted, std::uint64_t seed) {
    Town town{Random(seed * 7919 + 17), {}};
    const Ticks length = wanted.long_days ? 10'000 : 6'000, apart = 14'400;
    const double size = wanted.long_days ? 60 : 20;
    Instance out{(wanted.long_days ? "long-" : "trip-") + std::to_string(seed), {}};
    for (int i = 0; i < 6; ++i) town.centres.push_back(town.near({0, 0}, size / 2));
    std::vector<Point> points{{0, 0}};
    for (int person = 0; person < wanted.people; ++person) {
        points.push_back(town.near(town.centres[static_cast<std::size_t>(town.random.below(6))], size / 4));
        out.problem.visits.push_back(invent_person(town, wanted, person, length, apart));
    }
    for (int day = 0; day < wanted.days; ++day) {
        const Ticks leaves = wanted.long_days ? 0 : day * apart;
        out.problem.days.push_back({0, 0, leaves, leaves + length, wanted.long_days ? 1 << 20 : 5});
    }
    out.problem.rest = wanted.long_days ? 0 : 150;
    travel_between(out.problem, std::move(points));
    return out;
}

}  // namespace vv::bench
