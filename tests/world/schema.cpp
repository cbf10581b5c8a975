#include "world/schema.h"

#include "base/time.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <regex>

namespace vv::world {
namespace json = boost::json;

namespace {

constexpr std::array kKeywords = {"$ref",    "type",    "properties", "required", "items",
                                  "enum",    "oneOf",   "format",     "pattern",  "additionalProperties",
                                  "minimum", "maximum", "minItems",   "maxItems", "description",
                                  "examples"};

bool is_of_type(const json::value& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.is_bool();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
}

std::string type_fault(const json::value& value, const json::value& type) {
    if (type.is_string()) return is_of_type(value, type.get_string()) ? "" : "is no " + json::serialize(type);
    for (const json::value& one : type.as_array())
        if (is_of_type(value, one.as_string())) return {};
    return "is none of " + json::serialize(type);
}

std::string text_fault(std::string_view text, const json::object& schema) {
    if (const json::value* format = schema.if_contains("format")) {
        if (*format == "date-time" && !parse_rfc3339(text)) return "is no RFC 3339 time";
        if (*format == "date" && !parse_date(text)) return "is no date";
    }
    if (const json::value* pattern = schema.if_contains("pattern")) {
        const std::regex form{std::string(pattern->as_string())};
        if (!std::regex_search(text.begin(), text.end(), form))
            return "does not fit " + json::serialize(*pattern);
    }
    return {};
}

std::string number_fault(const json::value& value, const json::object& schema) {
    const double number = value.to_number<double>();
    if (const json::value* least = schema.if_contains("minimum");
        least && number < least->to_number<double>())
        return "is less than " + json::serialize(*least);
    if (const json::value* most = schema.if_contains("maximum"); most && number > most->to_number<double>())
        return "is more than " + json::serialize(*most);
    return {};
}

}  // namespace

const json::value* Schema::resolve(std::string_view reference) const {
    if (!reference.starts_with("#/")) return nullptr;
    boost::system::error_code failed;
    return root_.find_pointer(reference.substr(1), failed);
}

std::string Schema::object_fault(const json::object& value, const json::object& schema,
                                 const std::string& where) const {
    if (const json::value* required = schema.if_contains("required"))
        for (const json::value& name : required->as_array())
            if (!value.contains(name.as_string()))
                return where + ": " + json::serialize(name) + " is missing";
    const json::value* properties = schema.if_contains("properties");
    const json::value* others = schema.if_contains("additionalProperties");
    if (!properties && !others) return {};
    for (const auto& [name, inner] : value) {
        const std::string at = where + "." + std::string(name);
        const json::value* known = properties ? properties->as_object().if_contains(name) : nullptr;
        if (!known) known = others;
        if (!known || *known == false) return at + ": is not in the document";
        if (*known == true) continue;
        if (std::string fault = fault_of(inner, *known, at); !fault.empty()) return fault;
    }
    return {};
}

std::string Schema::array_fault(const json::array& value, const json::object& schema,
                                const std::string& where) const {
    if (const json::value* least = schema.if_contains("minItems");
        least && value.size() < least->to_number<std::size_t>())
        return where + ": has too few items";
    if (const json::value* most = schema.if_contains("maxItems");
        most && value.size() > most->to_number<std::size_t>())
        return where + ": has too many items";
    const json::value* items = schema.if_contains("items");
    for (std::size_t i = 0; items && i < value.size(); ++i)
        if (std::string fault = fault_of(value[i], *items, where + "[" + std::to_string(i) + "]");
            !fault.empty())
            return fault;
    return {};
}

std::string Schema::fault_of(const json::value& value, const json::value& schema,
                             const std::string& where) const {
    const json::object& rules = schema.as_object();
    if (const json::value* reference = rules.if_contains("$ref")) {
        const json::value* target = resolve(reference->as_string());
        return target ? fault_of(value, *target, where)
                      : where + ": " + json::serialize(*reference) + " names nothing";
    }
    if (const json::value* choices = rules.if_contains("oneOf")) {
        std::string faults;
        for (const json::value& choice : choices->as_array()) {
            const std::string fault = fault_of(value, choice, where);
            if (fault.empty()) return {};
            faults += "; " + fault;
        }
        return where + ": fits none of its forms" + faults;
    }
    if (const json::value* type = rules.if_contains("type"))
        if (const std::string fault = type_fault(value, *type); !fault.empty()) return where + ": " + fault;
    if (const json::value* choices = rules.if_contains("enum")) {
        const json::array& allowed = choices->as_array();
        if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
            return where + ": " + json::serialize(value) + " is none of " + json::serialize(allowed);
    }
    std::string fault;
    if (value.is_string()) fault = text_fault(value.get_string(), rules);
    if (value.is_number()) fault = number_fault(value, rules);
    if (!fault.empty()) return where + ": " + fault;
    if (value.is_object()) return object_fault(value.get_object(), rules, where);
    if (value.is_array()) return array_fault(value.get_array(), rules, where);
    return {};
}

void Schema::own_faults(const json::value& schema, const std::string& where,
                        std::vector<std::string>& faults) const {
    if (schema.is_bool()) return;
    for (const auto& [keyword, inner] : schema.as_object()) {
        const std::string at = where + "/" + std::string(keyword);
        if (std::find(kKeywords.begin(), kKeywords.end(), std::string_view(keyword)) == kKeywords.end())
            faults.push_back(at + ": this keyword is not understood by the tests");
        if (keyword == "$ref" && !resolve(inner.as_string()))
            faults.push_back(at + ": " + json::serialize(inner) + " names nothing");
        if (keyword == "properties")
            for (const auto& [name, one] : inner.as_object())
                own_faults(one, at + "/" + std::string(name), faults);
        if (keyword == "oneOf")
            for (const json::value& one : inner.as_array()) own_faults(one, at, faults);
        if (keyword == "items" || keyword == "additionalProperties") own_faults(inner, at, faults);
    }
}

}  // namespace vv::world
