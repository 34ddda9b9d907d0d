// engine/service/internal/queue.h
//
// What waits for the writer: requests with whom to answer, and odd jobs that want the writer's thread. Bounded: a full
// queue refuses at once, so that a busy engine says so instead of growing. Threads: any number put, one takes.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "engine/service/request.h"

namespace draad::service {

struct Job {
  Request request;
  std::function<void(Result<Answer>)> then;
  std::function<void()> work;  // Instead of a request.
};

class Queue {
 public:
  explicit Queue(std::size_t most) : most_(most) {}

  // False: full or closed; the job is left as it was. `urgent` passes the bound (timers, odd jobs: there are few of
  // them).
  [[nodiscard]] bool put(Job& job, bool urgent) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || (!urgent && jobs_.size() >= most_)) return false;
      jobs_.push_back(std::move(job));
      if (!sleeping_) return true;  // The writer is busy and looks again by itself.
    }
    filled_.notify_one();
    return true;
  }

  // Everything that waits, at most `most`, in order; waits for the first. Empty: closed, and nothing is left.
  [[nodiscard]] std::vector<Job> take(std::size_t most) {
    std::unique_lock lock(mutex_);
    sleeping_ = true;
    filled_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    sleeping_ = false;
    std::vector<Job> taken;
    if (jobs_.size() <= most) {
      taken.swap(jobs_);
    } else {
      const auto end = jobs_.begin() + static_cast<std::ptrdiff_t>(most);
      taken.assign(std::make_move_iterator(jobs_.begin()), std::make_move_iterator(end));
      jobs_.erase(jobs_.begin(), end);
    }
    return taken;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
  }

  [[nodiscard]] bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::vector<Job> jobs_;
  std::size_t most_;
  bool closed_ = false;
  bool sleeping_ = false;
};

}  // namespace draad::service
