// base/ids.h — 64-bit ids that sort by the time they were made.
//
// 41 bits of milliseconds since 2020-01-01, 10 of node, 12 of sequence. Always strings in JSON: a browser's
// numbers hold 53 bits only.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace vv {

template <class Tag>
struct Id {
    std::int64_t value = 0;
    auto operator<=>(const Id&) const = default;
    [[nodiscard]] bool is_set() const { return value != 0; }
};

/// The decimal string that stands for an id outside the program.
template <class Tag>
std::string to_string(Id<Tag> id) {
    return std::to_string(id.value);
}

/// Reads a positive decimal id; `invalid` otherwise.
Result<std::int64_t> parse_id(std::string_view text);

/// Makes ids; safe from any thread. Ids of one source rise strictly, even when the clock steps back.
class IdSource {
public:
    /// `clock` is the machine's, for programs whose `now` may be set (--now): ids that several processes draw
    /// one after the other at one such moment must differ. Without it, ids follow the `now` given to next().
    explicit IdSource(int node = 0, Instant (*clock)() = nullptr);
    std::int64_t next(Instant now);

private:
    std::int64_t node_;
    Instant (*clock_)();
    std::atomic<std::int64_t> last_{0};
};

}  // namespace vv

template <class Tag>
struct std::hash<vv::Id<Tag>> {
    std::size_t operator()(vv::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
