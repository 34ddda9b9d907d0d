// The program: the words of the command line in, an exit status out. Nothing that a file or a person gives it may end
// in an exception that nobody catches.
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>

#include "engine/app/command_line.h"

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  draad::app::Context context{std::cout, std::cerr};
  context.colour = isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
  int status = draad::app::kExitBroken;
  try {
    status = draad::app::run_command_line({words + 1, words + count}, draad::app::all_commands(), context);
  } catch (const std::bad_alloc&) {
    std::cerr << "Fout: er is te weinig geheugen voor deze opdracht. Geef de computer meer geheugen, of neem een "
                 "kleiner bestand.\n";
  } catch (const std::exception& failure) {
    std::cerr << "Fout in het programma zelf: " << failure.what()
              << ". Meld dit, met het bestand waarmee het gebeurde.\n";
  }
  std::cout.flush();
  if (!std::cout) {
    std::cerr << "Fout: de uitvoer kon niet worden geschreven. Is de schijf vol?\n";
    return status == 0 ? draad::app::kExitUnreadable : status;
  }
  return status;
}
