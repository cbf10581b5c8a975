// bench/free_time.cpp — how long it takes to find when fifty people could meet.
//
// Fifty invented calendars in twelve zones, of about 1,500 busy intervals a year each: meetings every day,
// week, fortnight and month, lunches, days off, and 500 that come once. Recurrences are expanded before, as
// an import does it; what is measured is the meeting hours on every date, the pace, and the search. The last
// line reads the same calendars from their files first: for how much of it recurrences are. In CPU time.
#include "core/free_time.h"

#include "core/free_time_hours.h"
#include "formats/icalendar_read.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace vv;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t kPeople = 50;
constexpr const char* kZones[] = {"Europe/Paris",    "Europe/London",      "America/New_York",
                                  "America/Toronto", "Europe/Berlin",      "America/Sao_Paulo",
                                  "Asia/Kolkata",    "Europe/Lisbon",      "America/Chicago",
                                  "Africa/Lagos",    "Australia/Adelaide", "Europe/Athens"};
const Instant kStart = *parse_rfc3339("2026-11-30T00:00:00Z");
const Date kFirstDay = *parse_date("2026-11-30");

// One calendar as a file.
std::string write(std::mt19937& random, const std::string& zone) {
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:" + zone + "\r\n";
    int uid = 0;
    const auto add = [&](int day, unsigned minute, unsigned length, const std::string& rule) {
        const auto date = std::chrono::local_days(kFirstDay) + days(day);
        std::string digits = format_date(Date(date));
        std::erase(digits, '-');
        char start[32];
        std::snprintf(start, sizeof start, "T%02u%02u00", minute / 60, minute % 60);
        text += "BEGIN:VEVENT\r\nUID:" + std::to_string(uid++) + "@example.com\r\nDTSTART;TZID=" + zone +
                ":" + digits + start + "\r\nDURATION:PT" + std::to_string(length) + "M\r\n" + rule +
                "SUMMARY:Busy\r\nEND:VEVENT\r\n";
    };
    const auto some_day = [&](int among) {
        return static_cast<int>(random() % static_cast<unsigned>(among));
    };
    const auto any_time = [&] { return 540 + 15 * (static_cast<unsigned>(random()) % 32); };
    add(0, 570, 15, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\n");
    add(0, 720 + 15 * (static_cast<unsigned>(random()) % 4), 45, "RRULE:FREQ=DAILY\r\n");
    for (int i = 0; i < 4; ++i) add(some_day(5), any_time(), 60, "RRULE:FREQ=WEEKLY\r\n");
    for (int i = 0; i < 4; ++i) add(some_day(12), any_time(), 60, "RRULE:FREQ=WEEKLY;INTERVAL=2\r\n");
    for (int i = 0; i < 3; ++i) add(some_day(28), any_time(), 90, "RRULE:FREQ=MONTHLY\r\n");
    for (int i = 0; i < 500; ++i)
        add(some_day(365), any_time(), 30 + 15 * (static_cast<unsigned>(random()) % 7), "");
    for (int i = 0; i < 25; ++i) add(some_day(365), 0, 1440, "");
    return text + "END:VCALENDAR\r\n";
}

class Intervals final : public core::FactSink {
public:
    bool take(core::Fact fact) override {
        if (const auto* busy = std::get_if<core::Busy>(&fact.body)) spans.push_back(busy->when);
        return true;
    }
    std::vector<Span> spans;
};

std::vector<Span> read(const std::string& file, const Zone& zone) {
    formats::ParseOptions options;
    options.now = kStart;
    options.zone = zone;
    options.window = {kStart - days(2), kStart + days(366)};
    Intervals sink;
    formats::Summary summary;
    formats::Emitter out(sink, summary);
    formats::CalendarReader reader(options, out);
    formats::ViewStream once(file), again(file);
    if (!reader.scan(once, "calendar.ics") || !reader.read(again, "calendar.ics")) std::abort();
    return std::move(sink.spans);
}

struct Person {
    Zone zone;
    core::MeetingHabits habits = core::usual_habits();
    std::string file;
    std::vector<Span> busy;
    std::vector<Span> meetings;  // with others: every twentieth
    std::vector<core::Preference> preferences;
    bool must_come = false;
};

std::vector<Person> invent() {
    std::mt19937 random(20'261'130);
    std::vector<Person> people(kPeople);
    for (std::size_t i = 0; i < kPeople; ++i) {
        Person& person = people[i];
        person.zone = *Zone::find(kZones[i % std::size(kZones)]);
        person.habits.pace = {5, minutes(30 * (i % 4))};
        person.file = write(random, person.zone.name());
        person.busy = read(person.file, person.zone);
        std::sort(person.busy.begin(), person.busy.end());  // as the store gives them
        for (std::size_t n = 0; n < person.busy.size(); n += 20) person.meetings.push_back(person.busy[n]);
        for (int day = 0; i % 5 == 0 && day < 365; day += 7) {
            const Instant morning = kStart + days(day) + hours(9);
            person.preferences.push_back({{morning, morning + hours(3)}, 1});
        }
        person.must_come = i < 2;
    }
    return people;
}

std::size_t search(const std::vector<Person>& people, Span within) {
    std::vector<core::PersonTime> times;
    for (const Person& person : people) {
        core::PersonTime time;
        time.open = core::meeting_hours(person.habits, person.zone, within);
        time.busy = person.busy;
        const auto taken = core::taken_by_pace(person.habits.pace, person.meetings, person.zone);
        time.busy.insert(time.busy.end(), taken.begin(), taken.end());
        time.preferences = person.preferences;
        time.must_come = person.must_come;
        times.push_back(std::move(time));
    }
    core::SlotSearch wanted;
    wanted.within = within;
    wanted.zone = people.front().zone;
    return core::common_free_time(times, wanted)->size();
}

class Lines final : public benchmark::BenchmarkReporter {
public:
    explicit Lines(std::size_t intervals) : intervals_(intervals) {}
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& run : runs)
            std::printf("{\"calendars\":%zu,\"intervals\":%zu,\"%s\":%.2f}\n", kPeople, intervals_,
                        run.benchmark_name().c_str(), run.GetAdjustedCPUTime());
        std::fflush(stdout);
    }

private:
    std::size_t intervals_;
};

void add(const char* name, const std::vector<Person>& people, Span within) {
    benchmark::RegisterBenchmark(name, [&people, within](benchmark::State& state) {
        for (auto _ : state)
            if (search(people, within) == 0) std::abort();
    })->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<Person> people = invent();
    std::size_t intervals = 0;
    for (const Person& person : people) intervals += person.busy.size();
    add("year_ms", people, {kStart, kStart + days(365)});
    add("twelve_weeks_ms", people, {kStart, kStart + days(7 * 12)});
    benchmark::RegisterBenchmark("read_and_expand_ms", [&people](benchmark::State& state) {
        for (auto _ : state)
            for (const Person& person : people) benchmark::DoNotOptimize(read(person.file, person.zone));
    })->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    Lines lines(intervals);
    benchmark::RunSpecifiedBenchmarks(&lines);
    return 0;
}
