#include "store/import_report.h"

#include <boost/json.hpp>

namespace vv::store::imports {
namespace {

namespace json = boost::json;

template <class Of>
struct Number {
    const char* key;
    std::int64_t Of::*member;
};
constexpr Number<Line> kCounts[] = {
    {"identities", &Line::identities}, {"ties", &Line::ties},         {"contacts", &Line::contacts},
    {"encounters", &Line::encounters}, {"busy", &Line::busy},         {"posts", &Line::posts},
    {"blocks", &Line::blocks},         {"rejected", &Line::rejected}, {"unchanged", &Line::unchanged},
};
constexpr Number<Report> kTotals[] = {{"people", &Report::people},
                                      {"created", &Report::created},
                                      {"merged", &Report::merged},
                                      {"to_review", &Report::to_review}};

json::object counts_of(const Line& line) {
    json::object object;
    for (const auto& [key, member] : kCounts) object[key] = line.*member;
    return object;
}

void read_counts(const json::object& object, Line& line) {
    for (const auto& [key, member] : kCounts)
        if (const json::value* value = object.if_contains(key)) line.*member = value->as_int64();
}

std::string text_at(const json::object& object, const char* key) {
    return json::value_to<std::string>(object.at(key));
}

}  // namespace

std::string to_json(const Line& counts) {
    return json::serialize(counts_of(counts));
}

Line parse_counts_line(std::string_view text) {
    Line line;
    read_counts(json::parse(text).as_object(), line);
    return line;
}

std::string to_json(const Report& report) {
    json::array lines;
    for (const Line& line : report.lines) {
        json::object object = counts_of(line);
        object["archive"] = line.archive;
        object["network"] = line.network;
        object["seconds"] = line.seconds;
        lines.push_back(std::move(object));
    }
    json::array unsupported;
    for (const Unsupported& one : report.unsupported)
        unsupported.push_back(
            {{"archive", one.archive}, {"file", one.file}, {"network", one.network}, {"error", one.error}});
    json::object object;
    for (const auto& [key, member] : kTotals) object[key] = report.*member;
    object["seconds"] = report.seconds;
    object["lines"] = std::move(lines);
    object["unsupported"] = std::move(unsupported);
    return json::serialize(object);
}

Report parse_report(std::string_view text) {
    const json::value parsed = json::parse(text);
    const json::object& object = parsed.as_object();
    Report report;
    for (const auto& [key, member] : kTotals) report.*member = object.at(key).as_int64();
    report.seconds = object.at("seconds").to_number<double>();
    for (const json::value& value : object.at("lines").as_array()) {
        Line line;
        read_counts(value.as_object(), line);
        line.archive = text_at(value.as_object(), "archive");
        line.network = text_at(value.as_object(), "network");
        line.seconds = value.as_object().at("seconds").to_number<double>();
        report.lines.push_back(std::move(line));
    }
    for (const json::value& value : object.at("unsupported").as_array()) {
        const json::object& one = value.as_object();
        report.unsupported.push_back(
            {text_at(one, "archive"), text_at(one, "file"), text_at(one, "network"), text_at(one, "error")});
    }
    return report;
}

}  // namespace vv::store::imports
