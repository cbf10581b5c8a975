// base/memory.h — what to tell the system about memory: that it is free again, that it is read here and
// there.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vv {

/// glibc keeps what a thread freed for that thread. Between two phases of a large job, when the next one runs
/// on another thread, that would count twice: this gives it back. Takes some milliseconds for 100 MB.
void release_freed_memory();

/// Much memory that is read here and there is read up to twice as quickly in pages of 2 MB. Asks for them
/// where the pieces lie; what lies beside them keeps its contents too. Where the system has none, nothing
/// happens.
void use_large_pages(const std::vector<std::span<const std::byte>>& pieces);

}  // namespace vv
