#include "formats/icalendar_read.h"

#include "base/text.h"
#include "formats/calendar/event.h"
#include "formats/calendar/owner.h"
#include "formats/calendar/presence.h"
#include "formats/content_lines.h"
#include "formats/hash.h"
#include "formats/text_stream.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace vv::formats {
namespace {

using calendar::Event;
using calendar::Guest;
using calendar::Time;
using calendar::Zones;

constexpr std::size_t kZoneLines = 2'000;
constexpr std::size_t kOverrides = 1'000'000;
constexpr auto kLongestBusy = std::chrono::days(366);
constexpr int kPeriods = 100'000;  // of free and busy time, in one file

// What to do with the parts of a calendar as they pass.
class Handler {
public:
    virtual ~Handler() = default;
    virtual void property(const ContentProperty& property) = 0;
    virtual void zone(const std::string& id, const std::vector<std::string>& lines) = 0;
    virtual void event(Event& event) = 0;
    /// A period of a VFREEBUSY that is not free.
    virtual void busy(const Span& when, std::int64_t line) = 0;
    virtual void problem(std::int64_t line, std::string why, std::string_view excerpt) = 0;
    [[nodiscard]] virtual bool stopped() const = 0;
    /// What it must know of an event.
    [[nodiscard]] virtual calendar::Reading reading() const { return calendar::Reading::who_and_when; }
};

// Cuts a file into events and zones; everything else (to-dos, journals, alarms) passes by.
class Splitter {
public:
    Splitter(ByteStream& bytes, Handler& handler)
        : text_(bytes, EightBit::keep), lines_(text_, LineDialect::icalendar), handler_(handler) {}

    Result<Done> run() {
        ContentLine line;
        while (!handler_.stopped()) {
            TRY(const bool more, lines_.next(line));
            if (!more) break;
            take(line);
        }
        if (event_ && !handler_.stopped())
            handler_.problem(event_->line, "the file ends within this event; the others went in.",
                             event_->title);
        return Done{};
    }

private:
    void take(const ContentLine& line) {
        // Most lines pass by: their names tell so before anything else of them is looked at.
        const auto name = line.name;
        const auto take = event_ ? calendar::taker(name, handler_.reading()) : nullptr;
        const bool counts = same_word(name, "BEGIN") || same_word(name, "END");
        if (!name.empty() && !counts && !is_in_free_busy_ && (skipped_ > 0 || (event_ && !take))) return;
        if (!split_property(line, property_)) return stray(line);
        const auto value = trim(property_.value);
        if (same_word(name, "BEGIN")) return begin(value, line);
        if (same_word(name, "END")) return end(value);
        if (is_in_free_busy_ && same_word(name, "FREEBUSY")) return take_periods(line, property_);
        if (skipped_ > 0) return;
        if (event_) {
            if (!line.cut && take) take(*event_, line, property_);
        } else if (in_zone_) {
            if (same_word(name, "TZID")) zone_id_ = value;
            if (zone_lines_.size() < kZoneLines) zone_lines_.emplace_back(line.text);
        } else {
            handler_.property(property_);
        }
    }

    // "20261124T170000Z/20261124T180000Z,20261125T090000Z/PT1H", in UTC (RFC 5545, 3.8.2.6).
    void take_periods(const ContentLine& line, const ContentProperty& property) {
        if (same_word(property.parameter("FBTYPE"), "FREE")) return;
        for (const auto item : split(property.value, ',')) {
            const auto when = parse_period(property, trim(item));
            if (when && ++periods_ <= kPeriods) handler_.busy(*when, line.line);
            if (!when && !trim(item).empty())
                handler_.problem(line.line, "this time can't be read; it was left out.", item.substr(0, 60));
        }
    }

    static std::optional<Span> parse_period(const ContentProperty& property, std::string_view text) {
        const auto slash = text.find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        ContentProperty plain = property;
        plain.parameters.clear();
        const auto start = calendar::parse_time(plain, text.substr(0, slash));
        if (!start || start->form != Time::Form::utc) return std::nullopt;
        Span when{Instant(start->wall.time_since_epoch()), {}};
        if (const auto length = calendar::parse_duration(text.substr(slash + 1))) {
            if (*length > kLongestBusy) return std::nullopt;
            when.end = when.start + *length;
        } else {
            const auto end = calendar::parse_time(plain, text.substr(slash + 1));
            if (!end || end->form != Time::Form::utc) return std::nullopt;
            when.end = Instant(end->wall.time_since_epoch());
        }
        const bool is_one = when.end > when.start && when.end - when.start <= kLongestBusy;
        return is_one ? std::optional(when) : std::nullopt;
    }

    // One report for a run of lines that are none of a calendar.
    void stray(const ContentLine& line) {
        if (!strayed_)
            handler_.problem(line.line, "this line is none of a calendar's; it was left out.", line.text);
        strayed_ = true;
    }

    void begin(std::string_view what, const ContentLine& line) {
        strayed_ = false;
        if (same_word(what, "VEVENT") && !in_zone_) {
            if (event_)
                handler_.problem(event_->line, "an event begins before this one has ended; it was left out.",
                                 event_->title);
            skipped_ = 0;
            event_.emplace();
            event_->line = line.line;
        } else if (in_zone_) {
            zone_lines_.push_back("BEGIN:" + std::string(what));
        } else if (same_word(what, "VTIMEZONE") && !event_ && skipped_ == 0) {
            in_zone_ = true;
            zone_id_.clear();
            zone_lines_.clear();
        } else if (!same_word(what, "VCALENDAR")) {
            if (skipped_ == 0 && !event_ && same_word(what, "VFREEBUSY")) is_in_free_busy_ = true;
            ++skipped_;
        }
    }

    void end(std::string_view what) {
        if (in_zone_) {
            in_zone_ = !same_word(what, "VTIMEZONE");
            if (in_zone_)
                zone_lines_.push_back("END:" + std::string(what));
            else if (zone_lines_.size() < kZoneLines)
                handler_.zone(zone_id_, zone_lines_);
        } else if (event_ && same_word(what, "VEVENT")) {
            skipped_ = 0;
            handler_.event(*event_);
            event_.reset();
        } else if (skipped_ > 0) {
            if (--skipped_ == 0) is_in_free_busy_ = false;
        }
    }

    TextStream text_;
    ContentLines lines_;
    Handler& handler_;
    ContentProperty property_;  // of the line at hand
    std::optional<Event> event_;
    bool in_zone_ = false;
    bool strayed_ = false;
    bool is_in_free_busy_ = false;
    int periods_ = 0;
    int skipped_ = 0;  // how deep in parts that pass by
    std::string zone_id_;
    std::vector<std::string> zone_lines_;
};

std::string uid_of(const Event& event) {
    if (!event.uid.empty()) return event.uid;
    const auto hash =
        Hash64().add(event.title).add(event.start ? event.start->wall.time_since_epoch().count() : 0);
    return "no-uid:" + std::to_string(hash.value());
}

std::uint64_t override_key(std::string_view uid, std::int64_t time, std::string_view form) {
    return Hash64().add(uid).add(time).add(form).value();
}

}  // namespace

// What the first pass has found out.
struct CalendarReader::Known {
    explicit Known(const ParseOptions& options) : owner(options) {}

    calendar::Owner owner;
    std::map<std::string, Zones> zones;           // by file
    std::unordered_set<std::uint64_t> overrides;  // instances that have an event of their own
    HashSet64 seen;                               // addresses and names that were emitted
};

namespace {

class Scanner final : public Handler {
public:
    Scanner(calendar::Owner& owner, Zones& zones) : owner_(owner), zones_(zones) {}

    void property(const ContentProperty& property) override {
        if (same_word(property.name, "X-WR-CALNAME") || same_word(property.name, "NAME"))
            owner_.calendar_name(calendar::text_value(property.value));
        if (same_word(property.name, "X-WR-TIMEZONE")) zones_.set_home(trim(property.value));
    }
    void zone(const std::string& id, const std::vector<std::string>& lines) override {
        zones_.define(id, lines);
    }
    void event(Event& event) override {
        owner_.add(event);
        if (event.recurrence_id && changed.size() < kOverrides)
            changed.emplace_back(uid_of(event), *event.recurrence_id);
    }
    void busy(const Span&, std::int64_t) override {}
    void problem(std::int64_t, std::string, std::string_view) override {}
    [[nodiscard]] bool stopped() const override { return false; }

    std::vector<std::pair<std::string, Time>> changed;  // told once all zones of the file are known

private:
    calendar::Owner& owner_;
    Zones& zones_;
};

// "20250116T210000Z"
std::string stamp(Instant t) {
    std::string text = format_rfc3339(std::chrono::floor<std::chrono::seconds>(t));
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

// A period of free and busy time has no name: its own digits are one.
std::string key_of(const Span& when) {
    return "freebusy:" + stamp(when.start) + "-" + stamp(when.end);
}

Span window_of(const ParseOptions& options) {
    if (options.window.end > options.window.start) return options.window;
    return {options.now - std::chrono::years(30), options.now + std::chrono::years(2)};
}

// The second pass over one file.
class CalendarFacts final : public Handler {
public:
    CalendarFacts(const calendar::Owner& owner, const std::unordered_set<std::uint64_t>& overrides,
                  Zones& zones, HashSet64& seen, const ParseOptions& options, Emitter& out)
        : owner_(owner),
          overrides_(overrides),
          zones_(zones),
          seen_(seen),
          window_(window_of(options)),
          now_(options.now),
          out_(out) {}

    void property(const ContentProperty&) override {}
    void zone(const std::string&, const std::vector<std::string>&) override {}
    void problem(std::int64_t line, std::string why, std::string_view excerpt) override {
        out_.reject(line, std::move(why), excerpt);
    }
    [[nodiscard]] bool stopped() const override { return out_.stopped(); }
    [[nodiscard]] calendar::Reading reading() const override { return calendar::Reading::whole; }

    void busy(const Span& when, std::int64_t line) override {
        out_.count_record();
        if (when.start >= window_.end || when.end < window_.start) return;
        out_.emit(core::Busy{key_of(when), when, {}}, line);
    }

    void event(Event& event) override {
        read(event);
        unknown_lines_.resize(zones_.unknown().size(), event.line);
    }

    // After the last event: zones that nobody knows, each where it was first met.
    void finish() {
        for (std::size_t i = 0; i < unknown_lines_.size(); ++i) {
            const std::string& name = zones_.unknown()[i];
            out_.reject(unknown_lines_[i],
                        "the zone '" + std::string(truncate_utf8(name, 60)) +
                            "' is not known; its times were taken as " + zones_.home().name() + "'s.",
                        name);
        }
    }

private:
    void read(Event& event) {
        out_.count_record();
        if (!event.start)
            return out_.reject(event.line,
                               event.problem.empty() ? "the event has no start; it was left out."
                                                     : event.problem + "; the event was left out.",
                               event.problem.empty() ? event.title : event.problem_line);
        const auto year = static_cast<int>(
            Date(std::chrono::sys_days(
                     std::chrono::floor<std::chrono::days>(event.start->wall).time_since_epoch()))
                .year());
        if (year < 1600 || year > 2200)
            return out_.reject(event.line,
                               "the event lies in the year " + std::to_string(year) + "; it was left out.",
                               event.title);
        if (!event.problem.empty())
            out_.reject(event.line, event.problem + "; the event went in without it.", event.problem_line);
        people_ = people_of(event);
        if (event.recurrence_id) return emit_override(event);
        if (event.recurrence.repeats()) return emit_series(event);
        const auto start = zones_.to_utc(*event.start);
        if (start < window_.end && end_of(event, start).value_or(start) >= window_.start)
            emit(event, uid_of(event), start, std::move(people_));
    }

    struct People {
        core::Response owner = core::Response::accepted;
        std::vector<core::Participant> others;
    };

    // Takes the guests out of the event.
    People people_of(Event& event) {
        People people;
        people.others.reserve(event.guests.size() + 1);
        bool owner_listed = false;
        // Who calls a meeting takes part in it, listed or not.
        bool host_listed = !event.organizer || event.guests.empty();
        for (auto& guest : event.guests) {
            host_listed = host_listed || guest.email == event.organizer->email;
            if (owner_.is(guest.email)) {
                owner_listed = true;
                people.owner = guest.response;
            } else {
                add(people, std::move(guest));
            }
        }
        const bool organizes = event.organizer && owner_.is(event.organizer->email);
        if (organizes && people.owner != core::Response::declined) people.owner = core::Response::accepted;
        if (!owner_listed && !organizes) people.owner = core::Response::accepted;
        if (!host_listed && !organizes) {
            Guest host = *event.organizer;
            host.response = core::Response::accepted;
            add(people, std::move(host));
        }
        return people;
    }

    static void add(People& people, Guest guest) {
        people.others.push_back(
            {{core::Network::email, std::move(guest.email)}, std::move(guest.name), guest.response});
    }

    std::optional<Instant> end_of(const Event& event, Instant start) {
        if (event.all_day()) {
            const auto days = event.end
                                  ? std::chrono::floor<std::chrono::days>(event.end->wall - event.start->wall)
                                  : std::chrono::days(1);
            const auto length = std::clamp(days, std::chrono::days(1), std::chrono::days(3'660));
            const auto first = std::chrono::floor<std::chrono::days>(zones_.to_wall(*event.start, start));
            Time last = *event.start;
            last.wall = first + length;
            return zones_.to_utc(last);
        }
        std::optional<std::chrono::milliseconds> length;
        if (event.end) length = zones_.to_utc(*event.end) - zones_.to_utc(*event.start);
        if (!event.end && event.duration) length = *event.duration;
        if (!length || length->count() < 0 || *length > std::chrono::days(3'660)) return std::nullopt;
        return start + *length;
    }

    void emit_override(const Event& event) {
        const auto original = zones_.to_utc(*event.recurrence_id);
        const auto start = zones_.to_utc(*event.start);
        if (start >= window_.start && start < window_.end)
            emit(event, uid_of(event) + "/" + stamp(original), start, std::move(people_));
    }

    void emit_series(const Event& event) {
        const auto uid = uid_of(event);
        const auto expansion = calendar::expand(*event.start, event.recurrence, window_, zones_, budget_);
        if (!expansion.problem.empty()) out_.reject(event.line, expansion.problem, event.title);
        for (const auto& instance : expansion.instances) {
            if (out_.stopped()) return;
            const auto day = std::chrono::floor<std::chrono::days>(instance.wall).time_since_epoch().count();
            if (overrides_.contains(override_key(uid, millis(instance.start), "time")) ||
                overrides_.contains(override_key(uid, day, "date")))
                continue;
            emit(event, uid + "/" + stamp(instance.start), instance.start, people_);
        }
    }

    void emit(const Event& event, std::string key, Instant start, People people) {
        for (const auto& other : people.others) see(other, event.line);
        const auto end = end_of(event, start);
        const bool takes_time = !event.free && !event.cancelled && people.owner != core::Response::declined;
        if (takes_time && end && *end > start && *end - start <= kLongestBusy)
            out_.emit(core::Busy{key, {start, *end}, days_of(event, start, *end)}, event.line);
        if (!takes_time && start > now_) out_.emit(core::Busy{key, {start, start}, {}}, event.line);
        if (event.all_day() && people.others.empty()) return;  // a birthday, a holiday
        core::GatheringRecorded gathering;
        gathering.key = std::move(key);
        gathering.revision = event.revision;
        gathering.title = event.title;
        gathering.start = start;
        gathering.end = end;
        gathering.all_day = event.all_day();
        gathering.place = event.location;
        gathering.at = event.at;
        gathering.presence =
            calendar::presence_of({event.location, event.title, event.at.has_value(), event.conference});
        gathering.cancelled = event.cancelled;
        gathering.owner = people.owner;
        gathering.participants = std::move(people.others);
        gathering.source = "calendar";
        out_.emit(std::move(gathering), event.line);
    }

    std::optional<core::DayRange> days_of(const Event& event, Instant start, Instant end) {
        if (!event.all_day()) return std::nullopt;
        const auto first = std::chrono::floor<std::chrono::days>(zones_.to_wall(*event.start, start));
        const auto after = std::chrono::floor<std::chrono::days>(zones_.to_wall(*event.start, end));
        return core::DayRange{Date(first), Date(after - std::chrono::days(1))};
    }

    void see(const core::Participant& other, std::int64_t line) {
        if (!seen_.insert(passing_hash(other.who.key, other.name))) return;
        core::IdentitySeen seen{other.who, {}};
        seen.attributes.name.full = other.name;
        seen.attributes.emails.push_back(other.who.key);
        out_.emit(std::move(seen), line);
    }

    const calendar::Owner& owner_;
    const std::unordered_set<std::uint64_t>& overrides_;
    Zones& zones_;
    HashSet64& seen_;
    Span window_;
    Instant now_;
    Emitter& out_;
    std::vector<std::int64_t> unknown_lines_;  // of the event in which each unknown zone was first met
    calendar::ExpansionBudget budget_;
    People people_;
};

class UidCollector final : public Handler {
public:
    void property(const ContentProperty&) override {}
    void zone(const std::string&, const std::vector<std::string>&) override {}
    void event(Event& event) override { uids.insert(uid_of(event)); }
    void busy(const Span& when, std::int64_t) override { uids.insert(key_of(when)); }
    void problem(std::int64_t, std::string, std::string_view) override {}
    [[nodiscard]] bool stopped() const override { return false; }

    std::set<std::string> uids;
};

}  // namespace

std::set<std::string> event_uids(std::string_view calendar) {
    UidCollector collector;
    ViewStream bytes(calendar);
    static_cast<void>(Splitter(bytes, collector).run());  // bytes in memory don't fail
    return std::move(collector.uids);
}

CalendarReader::CalendarReader(const ParseOptions& options, Emitter& out)
    : known_(std::make_unique<Known>(options)), options_(options), out_(out) {}
CalendarReader::~CalendarReader() = default;

Result<Done> CalendarReader::scan(ByteStream& bytes, std::string_view file) {
    auto& zones = known_->zones.try_emplace(std::string(file), options_.zone, options_.region).first->second;
    known_->owner.begin_file();
    Scanner scanner(known_->owner, zones);
    CHECK(Splitter(bytes, scanner).run());
    known_->owner.end_file();
    for (const auto& [uid, time] : scanner.changed) {
        const bool day = time.form == Time::Form::date;
        const auto number = day ? std::chrono::floor<std::chrono::days>(time.wall).time_since_epoch().count()
                                : millis(zones.to_utc(time));
        known_->overrides.insert(override_key(uid, number, day ? "date" : "time"));
    }
    return Done{};
}

Result<Done> CalendarReader::read(ByteStream& bytes, std::string_view file) {
    auto& zones = known_->zones.try_emplace(std::string(file), options_.zone, options_.region).first->second;
    out_.enter(file);
    CalendarFacts facts(known_->owner, known_->overrides, zones, known_->seen, options_, out_);
    CHECK(Splitter(bytes, facts).run());
    facts.finish();
    return Done{};
}

}  // namespace vv::formats
