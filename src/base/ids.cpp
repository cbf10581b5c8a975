#include "base/ids.h"

#include <charconv>

namespace vv {
namespace {

constexpr std::int64_t kEpoch = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr int kSequenceBits = 12;
constexpr int kNodeBits = 10;

}  // namespace

Result<std::int64_t> parse_id(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || value <= 0)
        return Error(Fault::invalid, "id.invalid", "An id is a positive decimal number.");
    return value;
}

IdSource::IdSource(int node, Instant (*clock)()) : node_(node & ((1 << kNodeBits) - 1)), clock_(clock) {}

std::int64_t IdSource::next(Instant now) {
    // `last_` counts milliseconds and sequence in one number, so a full sequence simply borrows from the next
    // millisecond and a clock that steps back is ignored until it has caught up.
    const std::int64_t wanted = (millis(clock_ ? clock_() : now) - kEpoch) << kSequenceBits;
    std::int64_t last = last_.load();
    std::int64_t next = 0;
    do {
        next = wanted > last ? wanted : last + 1;
    } while (!last_.compare_exchange_weak(last, next));
    const std::int64_t sequence = next & ((1 << kSequenceBits) - 1);
    return ((next >> kSequenceBits) << (kSequenceBits + kNodeBits)) | (node_ << kSequenceBits) | sequence;
}

}  // namespace vv
