#include "store/gatherings.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <boost/json.hpp>

namespace vv::store::gatherings {
namespace {

namespace json = boost::json;
using soci::into;
using soci::use;

template <class Enum>
Enum enum_at(const json::object& object, const char* key) {
    return static_cast<Enum>(object.at(key).as_int64());
}

core::Gathering read(const json::object& object) {
    core::Gathering g;
    g.title = json::value_to<std::string>(object.at("title"));
    g.start = from_millis(object.at("start").as_int64());
    if (const json::value* end = object.if_contains("end")) g.end = from_millis(end->as_int64());
    g.all_day = object.contains("all_day");
    g.place = json::value_to<std::string>(object.at("place"));
    if (const json::value* at = object.if_contains("at"))
        g.at = LatLng{at->as_array().at(0).to_number<double>(), at->as_array().at(1).to_number<double>()};
    g.presence = enum_at<core::Presence>(object, "presence");
    g.cancelled = object.contains("cancelled");
    g.owner = enum_at<core::Response>(object, "owner");
    for (const json::value& attendee : object.at("attendees").as_array())
        g.attendees.push_back({core::IdentityId{attendee.as_array().at(0).as_int64()},
                               static_cast<core::Response>(attendee.as_array().at(1).as_int64())});
    return g;
}

std::vector<Series> read_series(Prepared& select, const Series& row) {
    return select.all(row);
}

}  // namespace

std::string to_json(const core::Gathering& g) {
    json::object object{{"title", g.title},
                        {"start", millis(g.start)},
                        {"place", g.place},
                        {"presence", static_cast<int>(g.presence)},
                        {"owner", static_cast<int>(g.owner)}};
    if (g.end) object["end"] = millis(*g.end);
    if (g.all_day) object["all_day"] = true;
    if (g.at) object["at"] = {g.at->lat, g.at->lng};
    if (g.cancelled) object["cancelled"] = true;
    json::array attendees;
    for (const core::Attendee& attendee : g.attendees)
        attendees.push_back({attendee.who.value, static_cast<int>(attendee.response)});
    object["attendees"] = std::move(attendees);
    return json::serialize(object);
}

core::Gathering from_json(std::string_view text) {
    return read(json::parse(text).as_object());
}

std::vector<Series> in_files(Tx& tx, core::AccountId owner, const std::vector<std::int64_t>& files) {
    const std::string ids = id_list(files);
    Series row;
    Prepared select(tx,
                    "SELECT DISTINCT source, series FROM gatherings WHERE owner_id = :owner AND file_id IN " +
                        ids_in(tx.dialect()) + " ORDER BY source, series",
                    into(row.source), into(row.name), use(owner, "owner"), use(ids, "ids"));
    return read_series(select, row);
}

std::vector<Series> all(Tx& tx, core::AccountId owner) {
    Series row;
    Prepared select(
        tx, "SELECT DISTINCT source, series FROM gatherings WHERE owner_id = :owner ORDER BY source, series",
        into(row.source), into(row.name), use(owner, "owner"));
    return read_series(select, row);
}

std::vector<Row> load(Tx& tx, core::AccountId owner, const std::vector<Series>& series) {
    json::array list;
    for (const Series& one : series) list.push_back({one.source, one.name});
    const std::string text = json::serialize(list);
    Row row;
    long long file = 0;
    long long line = 0;
    long long revision = 0;
    Prepared select(tx,
                    "SELECT g.source, g.series, g.key, g.file_id, g.line, g.revision, g.record FROM " +
                        json_rows(tx.dialect(), "series") +
                        " AS k CROSS JOIN gatherings g"
                        " WHERE g.owner_id = :owner AND g.source = k.value->>0 AND g.series = k.value->>1"
                        " AND g.series NOT IN (SELECT m.uid FROM meetings m WHERE m.owner_id = :owner)",
                    into(row.source), into(row.word.series), into(row.word.key), into(file), into(line),
                    into(revision), into(row.record), use(text, "series"), use(owner, "owner"));
    std::vector<Row> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.word.file = file;
        row.word.revision = revision;
        row.line = line;
        found.push_back(row);
    }
    return found;
}

void take_back(Tx& tx, core::AccountId owner, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const long long file = row.word.file;
        run(tx,
            "UPDATE gatherings SET record = '', revision = 0 WHERE owner_id = :owner AND source = :source "
            "AND series = "
            ":series AND key = :key AND file_id = :file",
            use(owner, "owner"), use(row.source, "source"), use(row.word.series, "series"),
            use(row.word.key, "key"), use(file, "file"));
        run(tx, "DELETE FROM busy WHERE owner_id = :owner AND key = :key AND file_id = :file",
            use(owner, "owner"), use(row.word.key, "key"), use(file, "file"));
        run(tx, "UPDATE import_files SET sha256 = '' WHERE owner_id = :owner AND id = :file",
            use(owner, "owner"), use(file, "file"));
    }
}

}  // namespace vv::store::gatherings
