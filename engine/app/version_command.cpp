#include <ostream>

#include "engine/app/commands.h"

namespace draad::app {

Command version_command() {
  return {.name = "version", .summary = "Zegt welke versie dit is", .run = [](Context& context) {
            context.out << "draad " << DRAAD_VERSION << "\n";
            return kExitGood;
          }};
}

}  // namespace draad::app
