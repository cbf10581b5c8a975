#include "base/memory.h"

#include <algorithm>
#include <cstdint>
#include <malloc.h>
#include <sys/mman.h>

namespace vv {
namespace {

constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
constexpr int kCollapse = 25;  // MADV_COLLAPSE, of Linux 6.1, which glibc 2.36 has no name for

}  // namespace

void release_freed_memory() {
    ::malloc_trim(0);
}

void use_large_pages(const std::vector<std::span<const std::byte>>& pieces) {
    std::vector<std::uintptr_t> places;
    for (const auto piece : pieces) {
        const auto first = reinterpret_cast<std::uintptr_t>(piece.data());
        for (auto place = first / kLargePage; place * kLargePage < first + piece.size(); ++place)
            if (places.empty() || places.back() != place) places.push_back(place);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const auto place : places) {
        auto* const memory =
            reinterpret_cast<void*>(place * kLargePage);  // NOLINT(performance-no-int-to-ptr)
        if (::madvise(memory, kLargePage, MADV_HUGEPAGE) == 0) ::madvise(memory, kLargePage, kCollapse);
    }
}

}  // namespace vv
