#include "core/circles.h"

#include <algorithm>

namespace vv::core {
namespace {

constexpr std::size_t kMostLists = 50, kMostPeople = 200;

template <class T>
void sort_out(std::vector<T>& values) {
    std::ranges::sort(values);
    const auto doubles = std::ranges::unique(values);
    values.erase(doubles.begin(), doubles.end());
}

template <class T>
bool is_in(const std::vector<T>& values, const T& value) {
    return std::ranges::find(values, value) != values.end();
}

}  // namespace

Result<Circles> tidy(Circles circles) {
    sort_out(circles.relations);
    sort_out(circles.lists);
    sort_out(circles.people);
    if (circles.empty())
        return Error(Fault::invalid, "circles.empty", "Choose at least somebody who may see it.");
    if (circles.lists.size() > kMostLists || circles.people.size() > kMostPeople)
        return Error(Fault::invalid, "circles.many",
                     "At most fifty lists and two hundred people one by one; make a list of them.");
    return circles;
}

bool holds(const Circles& circles, const Standing& standing) {
    return is_in(circles.relations, standing.relation) || is_in(circles.people, standing.person) ||
           std::ranges::any_of(standing.lists, [&](ListId list) { return is_in(circles.lists, list); });
}

}  // namespace vv::core
