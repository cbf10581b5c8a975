// base/memory.h — memory that was freed goes back to the system.
#pragma once

namespace vv {

/// glibc keeps what a thread freed for that thread. Between two phases of a large job, when the next one runs
/// on another thread, that would count twice: this gives it back. Takes some milliseconds for 100 MB.
void release_freed_memory();

}  // namespace vv
