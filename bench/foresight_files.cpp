// bench/foresight_files.cpp — tables as SocioPatterns and others publish them: of any separator, with or
// without a header, gzipped or not.
#include "foresight.h"

#include <algorithm>
#include <archive.h>
#include <charconv>
#include <cmath>
#include <memory>
#include <unordered_map>
#include <utility>

namespace vv::bench {
namespace {

std::string read_all(const std::string& path) {
    const std::unique_ptr<archive, int (*)(archive*)> in(archive_read_new(), archive_read_free);
    archive_read_support_filter_all(in.get());
    archive_read_support_format_raw(in.get());
    archive_read_support_format_empty(in.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(in.get(), path.c_str(), 65'536) != ARCHIVE_OK)
        fail(path + " cannot be read: " + archive_error_string(in.get()));
    std::string text;
    if (archive_read_next_header(in.get(), &entry) != ARCHIVE_OK) return text;
    char piece[65'536];
    la_ssize_t got = 0;
    while ((got = archive_read_data(in.get(), piece, sizeof piece)) > 0)
        text.append(piece, static_cast<std::size_t>(got));
    if (got < 0) fail(path + " cannot be read: " + archive_error_string(in.get()));
    return text;
}

using Row = std::vector<std::string_view>;

char separator_of(std::string_view text) {
    const auto line = text.substr(0, text.find('\n'));
    for (const char candidate : {',', ';', '\t'})
        if (line.find(candidate) != std::string_view::npos) return candidate;
    return ' ';
}

std::string_view trimmed(std::string_view field) {
    const auto from = field.find_first_not_of(" \t\r\"");
    if (from == std::string_view::npos) return {};
    return field.substr(from, field.find_last_not_of(" \t\r\"") + 1 - from);
}

Row split(std::string_view line, char separator) {
    Row row;
    for (std::size_t from = 0; from <= line.size();) {
        const auto to = std::min(line.find(separator, from), line.size());
        const auto field = trimmed(line.substr(from, to - from));
        if (separator != ' ' || !field.empty()) row.push_back(field);
        from = to + 1;
    }
    return row;
}

std::optional<double> number(std::string_view field) {
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

class Reader {
public:
    explicit Reader(NamedCircle& named) : named_(named) {}

    void read_people(const std::string& path) {
        const std::string text = read_all(path);
        std::size_t id = 0;
        std::size_t group = 1;
        bool first = true;
        each_row(text, [&](const Row& row) {
            if (std::exchange(first, false) &&
                is_one_of(row[0], {"id", "i", "person", "node", "name", "ID"})) {
                for (std::size_t i = row.size(); i-- > 1;)
                    if (is_one_of(row[i], {"community", "class", "department", "group", "role", "status"}))
                        group = i;
                return;
            }
            if (row[id].empty()) return;
            const std::string of(group < row.size() ? row[group] : std::string_view{});
            const auto place = person(row[id]);
            named_.circle.groups[place] =
                static_cast<std::uint32_t>(groups_.try_emplace(of, groups_.size() + 1).first->second);
        });
    }

    void read_ties(const std::string& path) {
        const std::string text = read_all(path);
        bool first = true;
        each_row(text, [&](const Row& row) {
            if (std::exchange(first, false) &&
                is_one_of(row[0], {"a", "i", "id1", "source", "from", "person1"}))
                return;
            const auto a = row.size() > 1 ? people_.find(std::string(row[0])) : people_.end();
            const auto b = row.size() > 1 ? people_.find(std::string(row[1])) : people_.end();
            if (a == people_.end() || b == people_.end()) return;
            const bool friends = row.size() < 3 || number(row[2]).value_or(0) > 0;
            named_.circle.acquaintances.push_back({a->second, b->second, friends});
        });
    }

    void read_contacts(const std::string& path, std::optional<std::int64_t> until) {
        const std::string text = read_all(path);
        std::size_t wrong = 0;
        each_row(text, [&](const Row& row) {
            const auto at = row.size() > 2 ? number(row[0]) : std::nullopt;
            if (!at || std::abs(*at) > 1e12 || row[1].empty() || row[2].empty()) {
                ++wrong;
                return;
            }
            const auto second = static_cast<std::int64_t>(*at);
            if (until && second >= *until) return;
            const auto a = person(row[1]);
            named_.circle.sightings.push_back({second, a, person(row[2])});
        });
        if (wrong > 1) std::cerr << path << ": " << wrong - 1 << " lines are no contact and were left out\n";
    }

private:
    template <class Each>
    static void each_row(std::string_view text, Each each) {
        if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
        const char separator = separator_of(text);
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            const auto line = trimmed(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
            if (!line.empty() && !line.starts_with('#')) each(split(line, separator));
        }
    }

    std::uint32_t person(std::string_view name) {
        const auto [at, is_new] =
            people_.try_emplace(std::string(name), static_cast<std::uint32_t>(named_.names.size()));
        if (is_new) {
            named_.names.emplace_back(name);
            named_.circle.groups.push_back(0);
        }
        return at->second;
    }

    NamedCircle& named_;
    std::unordered_map<std::string, std::uint32_t> people_;
    std::unordered_map<std::string, std::size_t> groups_;
};

}  // namespace

NamedCircle read_circle(const CircleFiles& files) {
    NamedCircle named;
    Reader reader(named);
    if (!files.people.empty()) reader.read_people(files.people);
    reader.read_contacts(files.contacts, files.until);
    if (!files.ties.empty()) reader.read_ties(files.ties);
    named.circle.people = named.names.size();
    std::int64_t last = 0;
    for (const auto& sighting : named.circle.sightings) last = std::max(last, sighting.at);
    const bool follows =
        files.until && *files.until - last < 86'400;  // the next day begins where the given ones end
    named.day_starts =
        follows ? ((*files.until % 86'400) + 86'400) % 86'400 : core::quiet_time(named.circle.sightings);
    return named;
}

}  // namespace vv::bench
