#include "formats/person_card.h"

#include "base/text.h"

#include <algorithm>

namespace vv::formats {
namespace {

constexpr std::size_t kValues = 200;
constexpr std::size_t kValueBytes = 1'000;

std::string joined(std::initializer_list<std::string_view> parts, std::string_view between) {
    std::string out;
    for (const auto part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

}  // namespace

void add_value(std::vector<std::string>& list, std::string_view value) {
    const auto clean = truncate_utf8(trim(value), kValueBytes);
    if (clean.empty() || list.size() == kValues) return;
    if (std::find(list.begin(), list.end(), clean) == list.end()) list.emplace_back(clean);
}

void add_nickname(core::Attributes& attributes, std::string_view name) {
    const auto clean = truncate_utf8(trim(name), kValueBytes);
    if (clean.empty()) return;
    if (attributes.name.nickname.empty())
        attributes.name.nickname = clean;
    else if (clean != attributes.name.nickname)
        add_value(attributes.other_names, clean);
}

void add_label(core::Attributes& attributes, std::string_view label) {
    if (label.starts_with("* ")) label.remove_prefix(2);
    const auto name = ascii_lower(label);
    if (name != "mycontacts" && name != "my contacts") add_value(attributes.labels, label);
}

std::string handle(std::string_view service, std::string_view user) {
    while (user.starts_with('@')) user.remove_prefix(1);
    const auto kind = ascii_lower(service);
    return kind + ":" + (kind == "skype" ? std::string(user) : ascii_lower(user));
}

std::string last_segment(std::string_view url) {
    while (url.ends_with('/')) url.remove_suffix(1);
    url = url.substr(0, url.find_first_of("?#"));
    return std::string(url.substr(url.rfind('/') + 1));
}

std::string join_place(std::string_view street, std::string_view city, std::string_view region,
                       std::string_view country) {
    const auto place = joined({city, region, country}, ", ");
    return place.empty() ? std::string(street) : place;
}

void settle_name(core::Attributes& attributes) {
    auto& name = attributes.name;
    if (name.full.empty())
        name.full = joined({name.prefix, name.given, name.additional, name.family, name.suffix}, " ");
    if (name.full.empty()) name.full = name.nickname;
    const bool address = std::count(name.full.begin(), name.full.end(), '@') == 1 &&
                         name.full.find(' ') == std::string::npos && !name.full.starts_with('@');
    if (!address) return;
    add_value(attributes.emails, name.full);
    name.full.clear();
}

bool is_nobody(const core::Attributes& attributes) {
    return attributes.name.full.empty() && attributes.emails.empty() && attributes.phones.empty() &&
           attributes.handles.empty();
}

bool is_owner(const core::Attributes& attributes, const ParseOptions& options) {
    const auto own_address = [&](const std::string& email) {
        return std::any_of(options.owner_emails.begin(), options.owner_emails.end(),
                           [&](const auto& own) { return ascii_lower(own) == ascii_lower(email); });
    };
    if (!std::any_of(attributes.emails.begin(), attributes.emails.end(), own_address)) return false;
    if (attributes.name.full.empty() || options.owner_names.empty()) return true;
    const auto name = fold(attributes.name.full);
    return std::any_of(options.owner_names.begin(), options.owner_names.end(),
                       [&](const auto& own) { return fold(own) == name; });
}

std::string row_key(std::string_view file, std::int64_t record) {
    return std::string(file.substr(file.rfind('/') + 1)) + ":" + std::to_string(record);
}

}  // namespace vv::formats
