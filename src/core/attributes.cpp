#include "core/attributes.h"

#include "base/plain_line.h"
#include "base/text.h"

#include <algorithm>
#include <tuple>

namespace vv::core {
namespace {

void add_one(std::vector<std::string>& list, const std::string& value) {
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

void add_all(std::vector<std::string>& list, const std::vector<std::string>& more) {
    for (const std::string& value : more) add_one(list, value);
}

void fill(std::string& value, const std::string& other) {
    if (value.empty()) value = other;
}

// What nobody can see says nothing.
void make_plain(std::string& text) {
    if (!is_plain_line(text)) text = plain_line(text);
    if (!text.empty() && !is_visible(text)) text.clear();
}

/// More words say more, an address in place of a name says nothing; the text itself makes the order total.
std::tuple<bool, std::size_t, std::size_t, const std::string&> fullness(const Name& name) {
    const auto words = std::count(name.full.begin(), name.full.end(), ' ');
    return {!name.full.empty() && name.full.find('@') == std::string::npos, static_cast<std::size_t>(words),
            name.full.size(), name.full};
}

}  // namespace

void add_attributes(Attributes& into, const Attributes& more) {
    if (into.name.full.empty()) {
        into.name = more.name;
    } else if (into.name.full != more.name.full) {
        add_one(into.other_names, more.name.full);
    } else {
        for (std::string Name::*part : {&Name::given, &Name::additional, &Name::family, &Name::prefix,
                                        &Name::suffix, &Name::nickname, &Name::maiden})
            fill(into.name.*part, more.name.*part);
    }
    add_all(into.other_names, more.other_names);
    std::erase(into.other_names, into.name.full);
    add_all(into.emails, more.emails);
    add_all(into.phones, more.phones);
    add_all(into.urls, more.urls);
    add_all(into.handles, more.handles);
    add_all(into.labels, more.labels);
    fill(into.organisation, more.organisation);
    fill(into.title, more.title);
    fill(into.place, more.place);
    fill(into.note, more.note);
    fill(into.next_step, more.next_step);
    fill(into.photo_hash, more.photo_hash);
    if (!into.at) into.at = more.at;
    if (!into.birthday) into.birthday = more.birthday;
}

void make_plain(Attributes& attributes) {
    Attributes& a = attributes;
    for (std::string* text :
         {&a.name.full, &a.name.given, &a.name.additional, &a.name.family, &a.name.prefix, &a.name.suffix,
          &a.name.nickname, &a.name.maiden, &a.organisation, &a.title, &a.place})
        make_plain(*text);
    for (auto* list : {&a.other_names, &a.emails, &a.phones, &a.urls, &a.handles, &a.labels}) {
        for (std::string& text : *list) make_plain(text);
        std::erase(*list, std::string());
    }
}

Attributes join_attributes(Network network, std::span<const Attributes> newest_first) {
    Attributes joined;
    if (network == Network::email || network == Network::phone)
        for (const Attributes& source : newest_first)
            if (fullness(joined.name) < fullness(source.name)) joined.name = source.name;
    for (const Attributes& source : newest_first) add_attributes(joined, source);
    if (network == Network::email || network == Network::phone)
        std::sort(joined.other_names.begin(), joined.other_names.end());
    return joined;
}

}  // namespace vv::core
