#include "api/visavis/circles.h"

#include "api/http/json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

constexpr std::size_t kMostRelations = 20, kMostIds = 1'000;  // core says how many are too many

template <class AnyId>
Result<std::vector<AnyId>> some_ids(const json::object& object, std::string_view name) {
    if (!object.contains(name)) return std::vector<AnyId>();
    return ids_field<AnyId>(object, name, kMostIds);
}

template <class AnyId>
json::array render_ids(const std::vector<AnyId>& ids) {
    json::array list;
    for (const AnyId id : ids) list.emplace_back(to_string(id));
    return list;
}

}  // namespace

Result<core::Circles> circles_field(const json::object& body, std::string_view name) {
    TRY(const json::object* const object, optional_object(body, name));
    core::Circles circles;
    if (!object) return circles;
    if (object->contains("relations")) {
        TRY(const auto relations, texts_field(*object, "relations", kMostRelations));
        for (const std::string& text : relations) {
            const auto relation = core::parse_relation(text);
            if (!relation) return bad_field("relations", "a list of relations");
            circles.relations.push_back(*relation);
        }
    }
    TRY(circles.lists, some_ids<core::ListId>(*object, "lists"));
    TRY(circles.people, some_ids<core::PersonId>(*object, "people"));
    return circles;
}

json::object render_circles(const core::Circles& circles) {
    json::array relations;
    for (const core::Relation relation : circles.relations) relations.emplace_back(core::to_string(relation));
    json::object body;
    body["relations"] = std::move(relations);
    body["lists"] = render_ids(circles.lists);
    body["people"] = render_ids(circles.people);
    return body;
}

json::object render_other(const store::check_ins::Other& other) {
    json::object body;
    body["handle"] = other.handle;
    body["name"] = other.name;
    body["person"] = other.person ? json::value(to_string(*other.person)) : json::value(nullptr);
    return body;
}

json::array render_accounts(const std::vector<core::AccountName>& accounts) {
    json::array list;
    for (const core::AccountName& account : accounts)
        list.push_back({{"handle", account.handle}, {"name", account.name}});
    return list;
}

}  // namespace vv::api::visavis
