// store/internal/queue.h — transactions that wait for a database thread.
#pragma once

#include "store/database.h"
#include "store/internal/faults.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace vv::store {

struct Task {
    enum class Does { read, write };
    Does does = Does::read;
    Database::Body body;
    Database::Completion done;
};

/// First in, first out; any number of threads on either side.
class TaskQueue {
public:
    /// Once the queue is closed a task is answered at once: `unavailable` database.closed.
    void push(Task task) {
        {
            const std::lock_guard lock(mutex_);
            if (!closed_) {
                tasks_.push_back(std::move(task));
                arrived_.notify_one();
                return;
            }
        }
        task.done(std::make_exception_ptr(Refusal(
            {Fault::unavailable, "database.closed", "The server is shutting down; try again soon."})));
    }
    /// Waits for a task; nothing when the queue is closed and empty.
    std::optional<Task> pop() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
        return front();
    }
    /// Waits until `deadline` at most.
    std::optional<Task> pop_until(std::chrono::steady_clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        arrived_.wait_until(lock, deadline, [this] { return closed_ || !tasks_.empty(); });
        return front();
    }
    [[nodiscard]] bool is_closed() const {
        const std::lock_guard lock(mutex_);
        return closed_;
    }
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        arrived_.notify_all();
    }

private:
    std::optional<Task> front() {
        if (tasks_.empty()) return std::nullopt;
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
    }

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Task> tasks_;
    bool closed_ = false;
};

}  // namespace vv::store
