// engine/service/internal/timers.h
//
// What is due, from the store: so timers and terms survive every restart. A thread waits for the next moment; it is
// woken when a commit brings that forward and when the clock is turned. Casussen fire in order of their moment; one
// that cannot (it is answered with an error, or nothing comes of it) is tried again later, ever less often, and does
// not hold up the others. Threads: wake() from any; the rest is the timer thread's own, or that of one caller of
// fire_due().
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "engine/service/engine.h"
#include "engine/service/internal/reader_pool.h"

namespace draad::service {

// Hands FireDueTimers of these casussen to the writer, in order, and waits for the answers.
using FireAll = std::function<std::vector<Result<Answer>>(const std::vector<store::DueCasus>&)>;

class Timers {
 public:
  Timers(const Clock& clock, ReaderPool& readers, FireAll fire)
      : clock_(clock), readers_(readers), fire_(std::move(fire)) {}
  Timers(const Timers&) = delete;
  Timers& operator=(const Timers&) = delete;
  ~Timers() { stop(); }

  // `each_round` is called once in a while, for what has to be tidied.
  void start(std::function<void()> each_round);
  void stop();
  void wake();
  void committed(std::optional<Instant> earliest);  // A commit holds this moment; wakes when it comes first.

  // Everything that is due at the clock's time; the first error of a casus that cannot fire, when all others have.
  [[nodiscard]] Result<Done> fire_due();

 private:
  struct Trouble {
    int attempts = 0;
    std::chrono::steady_clock::time_point not_before;
  };

  void run(const std::function<void()>& each_round);
  // One round; how many fired. `troubled` are passed over.
  [[nodiscard]] Result<std::size_t> round(std::map<CasusId, Trouble>& troubled, std::optional<Error>& first_error);
  void wait();

  const Clock& clock_;
  ReaderPool& readers_;
  FireAll fire_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  std::optional<Instant> awaited_;       // What the thread sleeps for; nothing: for as long as it may.
  std::map<CasusId, Trouble> troubled_;  // The thread's own.
};

}  // namespace draad::service
