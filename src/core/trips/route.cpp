#include "core/trips/route.h"

namespace vv::core::trips {

Route::Route(const Ground& ground, int kind) : kind_(kind) {
    const Day& day = ground.kinds[static_cast<std::size_t>(kind)].day;
    nodes_ = {ground.day_node(kind), ground.day_node(kind)};
    early_ = {day.leaves, day.leaves};
    late_ = {day.returns, day.returns};
}

void Route::insert(const Ground& ground, int node, int place) {
    nodes_.insert(nodes_.begin() + place, node);
    early_.insert(early_.begin() + place, -kNever);
    late_.insert(late_.begin() + place, kNever);
    meals_ |= ground.meal[static_cast<std::size_t>(node)];
    update_early(ground, place);
    update_late(ground, place);
}

void Route::erase(const Ground& ground, int place, int count) {
    for (int i = place; i < place + count; ++i) meals_ &= ~ground.meal[static_cast<std::size_t>(node(i))];
    nodes_.erase(nodes_.begin() + place, nodes_.begin() + place + count);
    early_.erase(early_.begin() + place, early_.begin() + place + count);
    late_.erase(late_.begin() + place, late_.begin() + place + count);
    update_early(ground, place);
    update_late(ground, place - 1);
}

// From `from` on, until a start stays as it was.
void Route::update_early(const Ground& ground, int from) {
    const DayKind& kind = ground.kinds[static_cast<std::size_t>(kind_)];
    const int end = size() + 1;
    for (int i = from; i <= end; ++i) {
        const Ticks arrival = early(i - 1) + ground.hop(node(i - 1), node(i));
        const Ticks start = i == end ? arrival : earliest(kind.of(node(i)), arrival);
        if (start == early(i) && i > from) return;
        early_[static_cast<std::size_t>(i)] = start;
    }
}

void Route::update_late(const Ground& ground, int from) {
    const DayKind& kind = ground.kinds[static_cast<std::size_t>(kind_)];
    for (int i = from; i >= 0; --i) {
        const Ticks leave = late(i + 1) - ground.hop(node(i), node(i + 1));
        const Ticks start = i == 0 ? leave : latest(kind.of(node(i)), leave);
        if (start == late(i) && i < from) return;
        late_[static_cast<std::size_t>(i)] = start;
    }
}

}  // namespace vv::core::trips
