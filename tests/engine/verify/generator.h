// tests/engine/verify/generator.h
//
// Random models from a seed: blocks inside blocks, sound by construction, and mutations of them. The text of a model is
// that of support.h, so that a failure can be pasted into a test.
#pragma once

#include <cstdint>
#include <string>

namespace draad::verify::test {

struct Generated {
  std::string text;
  bool well_formed = true;  // Sound by construction; false once mutated.
};

// `size`: about how many tasks. `mutations`: how many things are changed afterwards.
Generated generate(std::uint64_t seed, int size, int mutations);

}  // namespace draad::verify::test
