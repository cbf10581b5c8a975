// bench/resolution_pairs.cpp — files of Febrl's form: precision, recall and F1 over all true pairs, not only
// over those that were compared.
#include "base/files.h"
#include "base/text.h"
#include "core/resolution/records.h"
#include "formats/csv.h"
#include "resolution.h"

#include <algorithm>
#include <boost/json.hpp>
#include <ctime>
#include <fstream>
#include <sstream>
#include <unordered_map>

namespace vv::bench {
namespace {

using core::resolution::RecordTable;

struct File {
    std::vector<std::string> humans;  // by row, from the key
    std::vector<std::string> columns;
    RecordTable table;
};

// "rec-223-org" and "rec-223-dup-0" are of human "223".
std::string human_of(std::string_view id) {
    const auto parts = split(id, '-');
    return std::string(parts.size() > 1 ? parts[1] : id);
}

File read(const std::string& path, const std::string& key, const std::vector<std::string>& ignored) {
    std::ifstream stream(path, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    if (!stream) fail(path + " can't be read.");
    const std::string bytes = std::move(text).str();
    formats::ViewStream view(bytes);
    formats::CsvReader reader(view);
    formats::CsvRow row;
    File file;
    std::vector<bool> taken;
    std::size_t key_at = 0;
    while (true) {
        const auto more = reader.next(row);
        if (!more) fail(path + ": " + more.error().detail);
        if (!*more) break;
        if (taken.empty()) {
            for (std::size_t c = 0; c < row.fields.size(); ++c) {
                const std::string name(trim(row.fields[c]));
                if (name == key) key_at = c;
                const bool skip =
                    name == key || std::find(ignored.begin(), ignored.end(), name) != ignored.end();
                taken.push_back(!skip);
                if (!skip) file.columns.push_back(name);
            }
            continue;
        }
        file.humans.push_back(human_of(trim(row.at(key_at))));
        auto& values = file.table.rows.emplace_back();
        for (std::size_t c = 0; c < taken.size(); ++c)
            if (taken[c]) values.emplace_back(trim(row.at(c)));
    }
    file.table.columns = file.columns.size();
    return file;
}

double pairs_within(const std::vector<std::string>& humans) {
    std::unordered_map<std::string, double> count;
    double pairs = 0;
    for (const auto& human : humans) pairs += count[human]++;
    return pairs;
}

double pairs_across(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::unordered_map<std::string, double> count;
    double pairs = 0;
    for (const auto& human : a) ++count[human];
    for (const auto& human : b)
        if (const auto found = count.find(human); found != count.end()) pairs += found->second;
    return pairs;
}

}  // namespace

void measure_pairs(const std::vector<std::string>& files, const std::string& key,
                   const std::vector<std::string>& ignored) {
    if (files.size() > 2) fail("One file or two.");
    const auto a = read(files[0], key, ignored);
    const bool two = files.size() == 2;
    const auto b = two ? read(files[1], key, ignored) : File{};
    if (two && a.columns != b.columns) fail("The two files have different columns.");
    const auto start = std::clock();  // of this one thread's core, whatever else the machine does
    const auto links =
        two ? core::resolution::link_tables(a.table, b.table) : core::resolution::find_duplicates(a.table);
    const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    double right = 0;
    const auto& others = two ? b.humans : a.humans;
    for (const auto& [i, j] : links.pairs) right += a.humans[i] == others[j] ? 1 : 0;
    const double truly = two ? pairs_across(a.humans, b.humans) : pairs_within(a.humans);
    const auto found = static_cast<double>(links.pairs.size());
    boost::json::object line;
    line["true_pairs"] = static_cast<std::int64_t>(truly);
    line["precision"] = found > 0 ? right / found : 1;
    line["recall"] = truly > 0 ? right / truly : 1;
    line["f1"] = found + truly > 0 ? 2 * right / (found + truly) : 1;
    line["compared"] = links.compared;
    line["compared_per_second"] = static_cast<std::int64_t>(static_cast<double>(links.compared) / took);
    std::cout << boost::json::serialize(line) << std::endl;
}

}  // namespace vv::bench
