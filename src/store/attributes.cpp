#include "store/attributes.h"

#include <boost/json.hpp>

namespace vv::store {
namespace {

namespace json = boost::json;

struct TextField {
    const char* key;
    std::string core::Attributes::*member;
};
constexpr TextField kTexts[] = {
    {"organisation", &core::Attributes::organisation},
    {"title", &core::Attributes::title},
    {"place", &core::Attributes::place},
    {"note", &core::Attributes::note},
    {"next_step", &core::Attributes::next_step},
    {"photo", &core::Attributes::photo_hash},
};

struct ListField {
    const char* key;
    std::vector<std::string> core::Attributes::*member;
};
constexpr ListField kLists[] = {
    {"other_names", &core::Attributes::other_names}, {"emails", &core::Attributes::emails},
    {"phones", &core::Attributes::phones},           {"urls", &core::Attributes::urls},
    {"handles", &core::Attributes::handles},         {"labels", &core::Attributes::labels},
};

struct NameField {
    const char* key;
    std::string core::Name::*member;
};
constexpr NameField kNameParts[] = {
    {"name", &core::Name::full},
    {"given", &core::Name::given},
    {"additional", &core::Name::additional},
    {"family", &core::Name::family},
    {"prefix", &core::Name::prefix},
    {"suffix", &core::Name::suffix},
    {"nickname", &core::Name::nickname},
    {"maiden", &core::Name::maiden},
};

std::string text_of(const json::value& value) {
    const json::string* text = value.if_string();
    return text ? std::string(text->data(), text->size()) : std::string();
}

}  // namespace

std::string attributes_to_json(const core::Attributes& attributes) {
    json::object object;
    for (const NameField& field : kNameParts)
        if (const std::string& text = attributes.name.*field.member; !text.empty()) object[field.key] = text;
    for (const TextField& field : kTexts)
        if (const std::string& text = attributes.*field.member; !text.empty()) object[field.key] = text;
    for (const ListField& field : kLists)
        if (const auto& list = attributes.*field.member; !list.empty())
            object[field.key] = json::array(list.begin(), list.end());
    if (attributes.at) object["at"] = {attributes.at->lat, attributes.at->lng};
    if (attributes.birthday)
        object["birthday"] = {attributes.birthday->year, attributes.birthday->month,
                              attributes.birthday->day};
    return json::serialize(object);
}

core::Attributes attributes_from_json(std::string_view text) {
    core::Attributes attributes;
    boost::system::error_code broken;
    const json::value parsed = json::parse(text, broken);
    const json::object* object = broken ? nullptr : parsed.if_object();
    if (!object) return attributes;
    for (const NameField& field : kNameParts)
        if (const json::value* value = object->if_contains(field.key))
            attributes.name.*field.member = text_of(*value);
    for (const TextField& field : kTexts)
        if (const json::value* value = object->if_contains(field.key))
            attributes.*field.member = text_of(*value);
    for (const ListField& field : kLists)
        if (const json::value* value = object->if_contains(field.key); value && value->is_array())
            for (const json::value& one : value->get_array())
                (attributes.*field.member).push_back(text_of(one));
    const auto numbers = [&](const char* key, std::size_t count) -> const json::array* {
        const json::value* value = object->if_contains(key);
        const json::array* array = value ? value->if_array() : nullptr;
        return array && array->size() == count ? array : nullptr;
    };
    if (const json::array* at = numbers("at", 2))
        attributes.at = LatLng{at->at(0).to_number<double>(), at->at(1).to_number<double>()};
    if (const json::array* day = numbers("birthday", 3))
        attributes.birthday = core::Birthday{day->at(0).to_number<int>(), day->at(1).to_number<unsigned>(),
                                             day->at(2).to_number<unsigned>()};
    return attributes;
}

}  // namespace vv::store
