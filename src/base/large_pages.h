// base/large_pages.h — room in memory pages of 2 MB, for very many pieces that are read here and there and
// replaced all the time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace vv {

/// Gives out pieces and takes them back, from any thread. Small ones lie with others of their size in slabs;
/// a slab that is empty, and what a larger piece leaves, serves any size again. Pieces are aligned to eight
/// bytes; those of more than a megabyte come from the heap.
class LargePages {
public:
    LargePages() = default;
    ~LargePages();
    LargePages(const LargePages&) = delete;
    LargePages& operator=(const LargePages&) = delete;

    [[nodiscard]] void* take(std::size_t bytes);
    void give_back(void* piece, std::size_t bytes) noexcept;
    /// What pieces and slabs take.
    [[nodiscard]] std::size_t bytes() const;

private:
    static constexpr std::size_t kUnits = 4'096;  // of a page
    static constexpr std::size_t kSizes = 64;     // of small pieces

    struct Slab;
    struct Page {
        std::byte* memory = nullptr;
        std::array<std::uint64_t, kUnits / 64> taken{};
        std::size_t free = kUnits;
        std::size_t longest = kUnits;  // no more free units than so many lie together
        bool may_hold_slab = true;
    };

    enum class Lie { anywhere, as_slab };
    std::byte* take_units(std::size_t count, Lie lie);
    static std::size_t find_units(Page& page, std::size_t count, Lie lie);
    void give_units(std::byte* first, std::size_t count);
    void* take_small(std::size_t size, std::size_t bytes);
    void give_small(std::byte* piece);
    void link(Slab& slab);
    void unlink(Slab& slab);

    mutable std::mutex mutex_;
    std::vector<Page> pages_;
    std::unordered_map<std::uintptr_t, std::size_t> page_at_;  // by address
    std::size_t bytes_ = 0;
    std::array<Slab*, kSizes> open_{};  // slabs with room, by the size of their pieces
};

}  // namespace vv
