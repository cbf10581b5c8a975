#include "base/large_pages.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace vv {
namespace {

constexpr std::size_t kPage = std::size_t{2} << 20;
constexpr std::size_t kUnit = 512;
constexpr std::size_t kSlab = 16'384;
constexpr std::size_t kSlabUnits = kSlab / kUnit;
constexpr std::size_t kSmall = 1'024;     // a larger piece has units of its own
constexpr std::size_t kMost = kPage / 2;  // a larger one comes from the heap
constexpr std::size_t kStep = 8;

// Sizes of small pieces: in steps of an eighth of the power of two below them.
struct Size {
    std::size_t number, bytes;
};
Size size_of(std::size_t bytes) {
    const std::size_t steps = (bytes + kStep - 1) / kStep;
    if (steps <= 8) return {steps, steps * kStep};
    const auto shift = static_cast<std::size_t>(std::bit_width(steps - 1)) - 4;
    const std::size_t eighths = (steps + (std::size_t{1} << shift) - 1) >> shift;  // 9 … 16
    return {8 * shift + eighths, (eighths << shift) * kStep};
}

std::size_t units_of(std::size_t bytes) {
    return (bytes + kUnit - 1) / kUnit;
}

std::byte* allocate(std::size_t alignment, std::size_t bytes) {
    void* memory = std::aligned_alloc(alignment, bytes);
    if (memory == nullptr) throw std::bad_alloc();
    return static_cast<std::byte*>(memory);
}

std::uintptr_t start_of(const std::byte* place, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(place) & ~(alignment - 1);
}

// The next unit from `at` that is taken, or free; the number of units when there is none.
enum class Unit { taken, free };
template <class Taken>
std::size_t next(const Taken& taken, std::size_t at, Unit wanted) {
    for (; at < taken.size() * 64; at = (at / 64 + 1) * 64) {
        const std::uint64_t word = wanted == Unit::taken ? taken[at / 64] : ~taken[at / 64];
        const std::uint64_t rest = word >> at % 64;
        if (rest != 0) return at + static_cast<std::size_t>(std::countr_zero(rest));
    }
    return taken.size() * 64;
}

template <class Taken>
void flip(Taken& taken, std::size_t first, std::size_t count) {
    for (std::size_t at = first; at < first + count;) {
        const std::size_t end = std::min((at / 64 + 1) * 64, first + count);
        const std::uint64_t ones = end - at == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (end - at)) - 1;
        taken[at / 64] ^= ones << at % 64;
        at = end;
    }
}

}  // namespace

// Lies at the beginning of what it gives out.
struct LargePages::Slab {
    struct Free {
        Free* next = nullptr;
    };
    Slab *before = nullptr, *after = nullptr;  // of the open ones
    Free* free = nullptr;
    std::size_t number = 0;  // of the size
    std::size_t bytes = 0;   // of a piece
    std::size_t room = 0;    // pieces that could still be taken
    std::size_t most = 0;
    std::byte* untouched = nullptr;
};

LargePages::~LargePages() {
    for (const Page& page : pages_) std::free(page.memory);
}

// kUnits when there is no room; the page then knows that.
std::size_t LargePages::find_units(Page& page, std::size_t count, Lie lie) {
    if (page.longest < count || (lie == Lie::as_slab && !page.may_hold_slab)) return kUnits;
    std::size_t longest = 0;
    for (std::size_t first = next(page.taken, 0, Unit::free); first < kUnits;) {
        const std::size_t end = next(page.taken, first, Unit::taken);
        const std::size_t place = lie == Lie::as_slab ? (first + count - 1) / count * count : first;
        if (place + count <= end) return place;
        longest = std::max(longest, end - first);
        first = next(page.taken, end, Unit::free);
    }
    page.longest = longest;
    if (lie == Lie::as_slab) page.may_hold_slab = false;
    return kUnits;
}

std::byte* LargePages::take_units(std::size_t count, Lie lie) {
    for (Page& page : pages_) {
        const std::size_t first = find_units(page, count, lie);
        if (first == kUnits) continue;
        flip(page.taken, first, count);
        page.free -= count;
        bytes_ += count * kUnit;
        return page.memory + first * kUnit;
    }
    Page page{allocate(kPage, kPage)};
    ::madvise(page.memory, kPage, MADV_HUGEPAGE);  // where the system has none, it stays as it is
    page_at_[start_of(page.memory, kPage)] = pages_.size();
    pages_.push_back(page);
    return take_units(count, lie);
}

void LargePages::give_units(std::byte* first, std::size_t count) {
    Page& page = pages_[page_at_.at(start_of(first, kPage))];
    flip(page.taken, static_cast<std::size_t>(first - page.memory) / kUnit, count);
    page.free += count;
    page.longest = std::min(page.free, 2 * page.longest + count);
    page.may_hold_slab = true;
    bytes_ -= count * kUnit;
}

void LargePages::link(Slab& slab) {
    slab.before = nullptr;
    slab.after = open_[slab.number];
    if (slab.after) slab.after->before = &slab;
    open_[slab.number] = &slab;
}

void LargePages::unlink(Slab& slab) {
    (slab.before ? slab.before->after : open_[slab.number]) = slab.after;
    if (slab.after) slab.after->before = slab.before;
}

void* LargePages::take_small(std::size_t number, std::size_t bytes) {
    if (open_[number] == nullptr) {
        std::byte* memory = take_units(kSlabUnits, Lie::as_slab);
        auto* slab = ::new (memory) Slab;
        slab->number = number;
        slab->bytes = bytes;
        slab->room = slab->most = (kSlab - sizeof(Slab)) / bytes;
        slab->untouched = memory + sizeof(Slab);
        link(*slab);
    }
    Slab& slab = *open_[number];
    if (--slab.room == 0) unlink(slab);
    if (Slab::Free* piece = slab.free) {
        slab.free = piece->next;
        return piece;
    }
    std::byte* piece = slab.untouched;
    slab.untouched += bytes;
    return piece;
}

void LargePages::give_small(std::byte* piece) {
    Slab& slab = *reinterpret_cast<Slab*>(start_of(piece, kSlab));  // NOLINT(performance-no-int-to-ptr)
    slab.free = ::new (piece) Slab::Free{slab.free};
    if (++slab.room == 1) link(slab);
    if (slab.room < slab.most) return;
    unlink(slab);
    give_units(reinterpret_cast<std::byte*>(&slab), kSlabUnits);
}

void* LargePages::take(std::size_t bytes) {
    if (bytes == 0) return nullptr;
    const std::scoped_lock hold(mutex_);
    if (bytes <= kSmall) {
        const Size size = size_of(bytes);
        return take_small(size.number, size.bytes);
    }
    if (bytes <= kMost) return take_units(units_of(bytes), Lie::anywhere);
    std::byte* piece = allocate(kStep, (bytes + kStep - 1) / kStep * kStep);
    bytes_ += bytes;
    return piece;
}

void LargePages::give_back(void* piece, std::size_t bytes) noexcept {
    if (piece == nullptr) return;
    const std::scoped_lock hold(mutex_);
    auto* const place = static_cast<std::byte*>(piece);
    if (bytes <= kSmall) {
        give_small(place);
    } else if (bytes <= kMost) {
        give_units(place, units_of(bytes));
    } else {
        bytes_ -= bytes;
        std::free(piece);
    }
}

std::size_t LargePages::bytes() const {
    const std::scoped_lock hold(mutex_);
    return bytes_;
}

}  // namespace vv
