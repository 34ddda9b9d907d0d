// engine/store/memory/memory_store.h
//
// A store in memory, for tests and rehearsals: the same answers as the others, gone with the process.
// Threads: as the port says; readers of one store share a lock with it.
#pragma once

#include "engine/store/store.h"

namespace draad::store {

[[nodiscard]] std::unique_ptr<Store> make_memory_store();

}  // namespace draad::store
