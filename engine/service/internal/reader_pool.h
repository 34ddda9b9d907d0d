// engine/service/internal/reader_pool.h
//
// A few readers of the store, lent to whichever thread asks. Few on purpose: readers take the writer's CPU.
// Threads: safe.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/store/store.h"

namespace draad::service {

class ReaderPool {
 public:
  [[nodiscard]] Result<Done> fill(store::Store& store, std::size_t count) {
    for (std::size_t index = 0; index < count; ++index) {
      DRAAD_TRY(std::unique_ptr<store::Reader> reader, store.open_reader());
      free_.push_back(std::move(reader));
    }
    return Done{};
  }

  // Waits for a reader, does the work with it, takes it back.
  template <typename Work>
  auto with(const Work& work) {
    std::unique_ptr<store::Reader> reader = take();
    auto result = work(*reader);
    give_back(std::move(reader));
    return result;
  }

 private:
  std::unique_ptr<store::Reader> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !free_.empty(); });
    std::unique_ptr<store::Reader> reader = std::move(free_.back());
    free_.pop_back();
    return reader;
  }
  void give_back(std::unique_ptr<store::Reader> reader) {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(std::move(reader));
    }
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<store::Reader>> free_;
};

}  // namespace draad::service
