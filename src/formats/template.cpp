#include "formats/template.h"

#include "base/result.h"

#include <kainjow/mustache.hpp>
#include <utility>

namespace vv::formats {

namespace mustache = kainjow::mustache;

struct Fields::Data {
    mustache::data values{mustache::data::type::object};
};

Fields::Fields() : data_(std::make_unique<Data>()) {}
Fields::Fields(const Fields& other) : data_(std::make_unique<Data>(*other.data_)) {}
Fields::Fields(Fields&& other) noexcept = default;
Fields& Fields::operator=(Fields other) noexcept {
    data_ = std::move(other.data_);
    return *this;
}
Fields::~Fields() = default;

Fields& Fields::set(std::string_view name, std::string_view value) {
    if (value.empty()) return set(name, false);
    data_->values.set(std::string(name), mustache::data(std::string(value)));
    return *this;
}
Fields& Fields::set(std::string_view name, bool value) {
    data_->values.set(std::string(name), mustache::data(value));
    return *this;
}
Fields& Fields::set(std::string_view name, const std::vector<Fields>& list) {
    mustache::data items{mustache::data::type::list};
    for (const Fields& item : list) items.push_back(item.data_->values);
    data_->values.set(std::string(name), items);
    return *this;
}

std::string fill(std::string_view tmpl, const Fields& fields, bool escapes) {
    mustache::mustache parsed{std::string(tmpl)};
    VV_ASSERT(parsed.is_valid());
    if (!escapes) parsed.set_custom_escape([](const std::string& value) { return value; });
    return parsed.render(fields.data_->values);
}

std::string fill_html(std::string_view tmpl, const Fields& fields) {
    return fill(tmpl, fields, true);
}
std::string fill_text(std::string_view tmpl, const Fields& fields) {
    return fill(tmpl, fields, false);
}

}  // namespace vv::formats
