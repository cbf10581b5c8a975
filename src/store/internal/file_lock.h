// store/internal/file_lock.h — one server a data folder: a lock that the system drops when its process dies.
#pragma once

#include "base/result.h"

#include <chrono>
#include <string>

namespace vv::store {

/// Holds flock(2) on a file beside the data, which says in words who holds it. Not inherited by child
/// processes.
class FileLock {
public:
    explicit FileLock(std::string path) : path_(std::move(path)) {}
    ~FileLock() { release(); }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Takes the lock for a server. Waits `patience` for a command that is looking (nobody_holds) to go on;
    /// then `conflict` (database.served), naming the other process. `unavailable` when the file can't be
    /// made.
    Result<Done> hold(std::chrono::milliseconds patience);
    void release();
    /// `conflict` (database.served) while a server holds it.
    Result<Done> nobody_holds();

private:
    Result<Done> open_file();
    [[nodiscard]] Error served() const;

    std::string path_;
    int descriptor_ = -1;
};

}  // namespace vv::store
