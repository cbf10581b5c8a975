#include "cli/import_output.h"

#include "store/database.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iomanip>
#include <ostream>
#include <set>

namespace vv::cli {
namespace {

namespace json = boost::json;
using store::imports::Line;
using store::imports::Rejection;
using store::imports::Report;
using store::imports::Unsupported;

constexpr int kPage = 1000;
constexpr int kBarWidth = 24;

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

bool is_inside_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// A column of `width` characters and two spaces: of a longer text its beginning and its end, by which the
/// parts of one archive differ.
std::string cell(const std::string& text, std::size_t width) {
    const auto characters = [](std::string_view of) {
        return static_cast<std::size_t>(
            std::count_if(of.begin(), of.end(), [](char c) { return !is_inside_character(c); }));
    };
    std::string shown = text;
    if (const std::size_t all = characters(text); all > width) {
        const auto at = [&](std::size_t character) {  // where it begins
            std::size_t i = 0;
            for (std::size_t seen = 0; i < text.size(); ++i)
                if (!is_inside_character(text[i]) && seen++ == character) break;
            return i;
        };
        const std::size_t end = width / 2;
        shown = text.substr(0, at(width - end - 1)) + "…" + text.substr(at(all - end));
    }
    return shown + std::string(width + 2 - characters(shown), ' ');
}

/// 1234567 → "1,234,567"
std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string plural(std::int64_t count, const char* one, const char* many) {
    return grouped(count) + " " + (count == 1 ? one : many);
}

/// Three digits of seconds, as nobody reads more.
double rounded(double seconds) {
    return static_cast<double>(static_cast<std::int64_t>(seconds * 1000 + 0.5)) / 1000;
}

/// What speaks for a candidate.
std::string words_of(const core::OwnerCandidate& one) {
    switch (one.evidence) {
        case core::OwnerEvidence::stated:
            return "the archive is theirs, it says";
        case core::OwnerEvidence::named:
            return "has your name";
        case core::OwnerEvidence::creator:
            return "made the network";
        case core::OwnerEvidence::everywhere:
            return "takes part in every conversation";
        case core::OwnerEvidence::most:
            break;
    }
    return grouped(one.count) + " of what is in it";
}

/// Whether the line's files could be read: something of them was, now or before, or there was nothing to
/// read.
bool was_read(const Line& line) {
    return line.rejected == 0 || line.unchanged > 0 || line.identities > 0 || line.ties > 0 ||
           line.contacts > 0 || line.encounters > 0 || line.busy > 0 || line.posts > 0 || line.blocks > 0;
}

}  // namespace

ProgressBar::ProgressBar(Environment& env, std::string name) : env_(env), name_(std::move(name)) {}

ProgressBar::~ProgressBar() {
    if (is_shown_) env_.err() << "\r\x1b[K" << std::flush;
}

void ProgressBar::show(const store::jobs::Progress& progress) {
    if (!env_.err_is_terminal() || progress.total == 0) return;
    is_shown_ = true;
    const double share =
        std::clamp(static_cast<double>(progress.done) / static_cast<double>(progress.total), 0.0, 1.0);
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
    const auto filled = static_cast<std::size_t>(share * kBarWidth);
    const auto found = progress.found.find("contacts");
    std::string line = name_ + "  " + std::string(filled, '=') + std::string(kBarWidth - filled, '.') + "  " +
                       std::to_string(static_cast<int>(share * 100)) + "%";
    if (found != progress.found.end()) line += "  " + plural(found->second, "contact", "contacts");
    if (share > 0.02 && share < 1)
        line += "  " + std::to_string(static_cast<int>(elapsed / share * (1 - share)) + 1) + " s left";
    env_.err() << "\r\x1b[K" << line << std::flush;
}

Result<Done> ImportPrinter::print(store::Database& db, const app::Caller& caller, app::ImportId id) {
    TRY(const app::Import import,
        db.read_now([&](store::Tx& tx) { return app::find_import(tx, caller, id); }));
    const Report report = import.report.value_or(Report{});
    CHECK(print_rejections(db, caller, id, report));
    for (const Unsupported& one : report.unsupported) print_unsupported(one);
    for (const auto& question : import.questions) print_question(import, question);
    has_read_ = has_read_ || std::ranges::any_of(report.lines, &was_read);
    sum_.people = report.people;
    sum_.created += report.created;
    sum_.merged += report.merged;
    sum_.to_review = report.to_review;
    sum_.seconds += report.seconds;
    sum_.unsupported.insert(sum_.unsupported.end(), report.unsupported.begin(), report.unsupported.end());
    return Done{};
}

/// Rejections by archive, each archive's before its lines.
Result<Done> ImportPrinter::print_rejections(store::Database& db, const app::Caller& caller, app::ImportId id,
                                             const Report& report) {
    auto line = report.lines.begin();
    const auto print_lines_before = [&](const std::string& archive) {
        const bool is_named =
            std::any_of(line, report.lines.end(), [&](const Line& l) { return l.archive == archive; });
        while (is_named && line->archive != archive) print_line(*line++);
    };
    std::int64_t after = 0;
    while (true) {
        TRY(const auto page,
            db.read_now([&](store::Tx& tx) { return app::import_rejections(tx, caller, id, after, kPage); }));
        for (const Rejection& one : page) {
            print_lines_before(one.archive);
            print_rejection(one);
            ++rejected_;
            after = one.number;
        }
        if (page.size() < kPage) break;
    }
    while (line != report.lines.end()) print_line(*line++);
    return Done{};
}

void ImportPrinter::print_rejection(const Rejection& one) {
    if (rejected_in_.empty()) rejected_in_ = one.archive + (one.file == one.archive ? "" : ", " + one.file);
    if (!env_.json()) {
        env_.out() << "rejected  " << one.archive << "  " << one.file << ":" << one.line << "  " << one.error
                   << "\n";
        return;
    }
    const json::object record{
        {"archive", one.archive}, {"file", one.file}, {"line", one.line}, {"error", one.error}};
    env_.out() << json::serialize(json::object{{"rejected", record}}) << "\n";
}

void ImportPrinter::print_unsupported(const Unsupported& one) {
    if (!env_.json()) {
        env_.out() << "not read  " << one.archive << (one.file.empty() ? "" : "  " + one.file) << "  "
                   << one.error << "\n";
        return;
    }
    const json::object record{{"archive", one.archive},
                              {"file", one.file},
                              {"network", text_or_null(one.network)},
                              {"error", one.error}};
    env_.out() << json::serialize(json::object{{"unsupported", record}}) << "\n";
}

void ImportPrinter::print_question(const app::Import& import, const store::imports::OwnerQuestion& question) {
    if (env_.json()) {
        json::array candidates;
        for (const auto& one : question.unsure.candidates)
            candidates.push_back({{"key", one.key.key},
                                  {"name", text_or_null(one.name)},
                                  {"evidence", core::to_string(one.evidence)},
                                  {"count", one.count}});
        const json::object record{
            {"import", to_string(import.id)},
            {"archive", question.archive},
            {"network", question.network},
            {"candidates", std::move(candidates)},
            {"taken", text_or_null(question.unsure.taken)},
            {"said", question.said ? json::value(question.said->key) : json::value(nullptr)},
            {"none", question.none}};
        env_.out() << json::serialize(json::object{{"owner", record}}) << "\n";
        return;
    }
    auto& out = env_.out();
    out << "who are you  " << question.archive << "  " << question.network << "  ";
    if (question.said) out << "as you said, " << question.said->key;
    if (question.none) out << "none of them, as you said";
    if (question.is_open())
        out << "the archive does not tell; say it with `visavis import owner --account NAME "
            << to_string(import.id) << " KEY`, or --none";
    out << "\n";
    for (const auto& one : question.unsure.candidates)
        out << "    KEY " << one.key.key << "  " << (one.name.empty() ? "" : one.name + ": ") << words_of(one)
            << (one.key.key == question.unsure.taken ? "; read as you" : "") << "\n";
}

void ImportPrinter::print_line(const Line& line) {
    rejected_ = std::max(rejected_, line.rejected);
    if (env_.json()) {
        env_.out() << json::serialize(json::object{{"archive", line.archive},
                                                   {"network", line.network},
                                                   {"identities", line.identities},
                                                   {"ties", line.ties},
                                                   {"contacts", line.contacts},
                                                   {"encounters", line.encounters},
                                                   {"busy", line.busy},
                                                   {"posts", line.posts},
                                                   {"blocks", line.blocks},
                                                   {"rejected", line.rejected},
                                                   {"unchanged", line.unchanged},
                                                   {"seconds", rounded(line.seconds)}})
                   << "\n";
        return;
    }
    auto& out = env_.out();
    const auto column = [&](const auto& value) { out << std::right << std::setw(11) << value; };
    if (!has_heading_) {
        has_heading_ = true;
        out << cell("archive", 42) << cell("network", 14);
        for (const char* name : {"identities", "ties", "contacts", "encounters", "rejected", "seconds"})
            column(name);
        out << "\n";
    }
    out << cell(line.archive, 42) << cell(line.network, 14);
    for (const auto number : {line.identities, line.ties, line.contacts, line.encounters, line.rejected})
        column(grouped(number));
    out << std::setw(11) << std::fixed << std::setprecision(2) << line.seconds
        << (line.unchanged > 0 ? "  unchanged" : "") << "\n";
}

void ImportPrinter::complain_of_nothing_read() {
    if (sum_.unsupported.empty()) {
        env_.complain(rejected_in_ + ": none of its records can be read; mend them as the rejections say.");
        return;
    }
    const Unsupported& first = sum_.unsupported.front();
    // An error of the whole archive names it already, and a file given by itself is its own archive.
    const bool names_itself = first.error.starts_with(first.archive);
    const bool is_inside = !first.file.empty() && first.file != first.archive;
    env_.complain((names_itself ? "" : first.archive + (is_inside ? ", " + first.file : "") + ": ") +
                  first.error);
}

Result<Exit> ImportPrinter::finish() {
    if (!has_read_ && (rejected_ > 0 || !sum_.unsupported.empty())) {
        complain_of_nothing_read();
        return Exit::unreadable;
    }
    if (env_.json()) {
        env_.out() << json::serialize(json::object{{"people", sum_.people},
                                                   {"created", sum_.created},
                                                   {"merged", sum_.merged},
                                                   {"to_review", sum_.to_review},
                                                   {"seconds", rounded(sum_.seconds)}})
                   << "\n";
    } else {
        env_.out() << plural(sum_.people, "person", "people") << ", " << grouped(sum_.created) << " new, "
                   << grouped(sum_.merged) << " merged, " << grouped(sum_.to_review) << " to look at, in "
                   << std::fixed << std::setprecision(2) << sum_.seconds << " s\n";
    }
    return rejected_ > 0 ? Exit::some_rejected : Exit::done;
}

void print_import(Environment& env, const app::Import& import, const Zone& zone) {
    if (env.json()) {
        env.out() << json::serialize(json::object{{"id", to_string(import.id)},
                                                  {"name", import.name},
                                                  {"state", store::imports::to_string(import.state)},
                                                  {"started_at", format_rfc3339(import.started_at)},
                                                  {"error", text_or_null(import.error)}})
                  << "\n";
        return;
    }
    env.out() << std::left << std::setw(20) << to_string(import.id) << std::setw(10)
              << store::imports::to_string(import.state) << std::setw(12)
              << format_date(zone.date_of(import.started_at)) << import.name
              << (import.error.empty() ? "" : "  " + import.error) << "\n";
}

}  // namespace vv::cli
