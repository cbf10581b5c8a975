#include "world/contract.h"

#include "base/text.h"
#include "world/schema.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

namespace vv::world {
namespace json = boost::json;

namespace {

constexpr std::string_view kBase = "/api/visavis/v1";

// A response of the document, behind its reference if it is one.
const json::object& follow(const Schema& schema, const json::value& node) {
    if (const json::value* reference = node.as_object().if_contains("$ref"))
        if (const json::value* target = schema.resolve(reference->as_string())) return target->as_object();
    return node.as_object();
}

std::string content_type(const net::Response& response) {
    for (const auto& [name, value] : response.headers)
        if (name == "content-type") return std::string(trim(split(value, ';').front()));
    return {};
}

std::string body_fault(const Schema& schema, const json::object& documented, const net::Response& response) {
    const json::value* content = documented.if_contains("content");
    if (!content) return response.body.empty() ? "" : "has a body, which is not in the document";
    const std::string type = content_type(response);
    const json::value* form = content->as_object().if_contains(type);
    if (!form) return "has content type \"" + type + "\", which is not in the document";
    if (type != "application/json") return {};
    boost::system::error_code failed;
    const json::value body = json::parse(response.body, failed);
    if (failed) return "is no JSON";
    return schema.fault_of(body, form->as_object().at("schema"));
}

void look_through(const Schema& schema, const json::value& node, const std::string& where,
                  std::vector<std::string>& faults) {
    if (node.is_array())
        for (const json::value& inner : node.get_array()) look_through(schema, inner, where, faults);
    if (!node.is_object()) return;
    for (const auto& [key, inner] : node.get_object()) {
        const std::string at = where + "/" + std::string(key);
        if (key == "schema")
            schema.own_faults(inner, at, faults);
        else if (key == "$ref" && !schema.resolve(inner.as_string()))
            faults.push_back(at + ": names nothing");
        else if (where == "/components" && key == "schemas")
            for (const auto& [name, one] : inner.as_object())
                schema.own_faults(one, at + "/" + std::string(name), faults);
        else
            look_through(schema, inner, at, faults);
    }
}

}  // namespace

Contract::Contract(std::string_view text) : document_(json::parse(text)) {}

const Contract& Contract::own() {
    static const Contract contract = [] {
        std::ifstream file(VV_DOCS "/openapi.json");
        std::ostringstream text;
        text << file.rdbuf();
        return Contract(text.str());
    }();
    return contract;
}

std::vector<std::pair<std::string, std::string>> Contract::operations() const {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& [path, methods] : document_.at("paths").as_object())
        for (const auto& [method, operation] : methods.as_object())
            if (operation.is_object()) found.emplace_back(method, path);
    return found;
}

std::string Contract::path_of(std::string_view pattern) {
    if (!pattern.starts_with(kBase)) return {};
    std::string path;
    for (const std::string_view part : split(pattern.substr(kBase.size()), '/')) {
        if (part.empty()) continue;
        path += part.starts_with(':') ? "/{" + std::string(part.substr(1)) + "}" : "/" + std::string(part);
    }
    return path;
}

const json::object* Contract::find_operation(net::Method method, std::string_view pattern) const {
    const json::value* path = document_.at("paths").as_object().if_contains(path_of(pattern));
    if (!path) return nullptr;
    const json::value* operation = path->as_object().if_contains(ascii_lower(net::to_string(method)));
    return operation ? &operation->as_object() : nullptr;
}

std::string Contract::fault_of(net::Method method, std::string_view pattern,
                               const net::Response& response) const {
    const json::object* operation = find_operation(method, pattern);
    if (!operation) return "is not in the document";
    const json::object& responses = operation->at("responses").as_object();
    const json::value* documented = responses.if_contains(std::to_string(response.status));
    if (!documented && response.status >= 400) documented = responses.if_contains("default");
    if (!documented)
        return "has status " + std::to_string(response.status) + ", which is not in the document";
    const Schema schema(document_);
    return body_fault(schema, follow(schema, *documented), response);
}

std::vector<std::string> Contract::own_faults() const {
    std::vector<std::string> faults;
    look_through(Schema(document_), document_, "", faults);
    return faults;
}

}  // namespace vv::world
