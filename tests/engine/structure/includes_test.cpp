// Which module may include which: read from the modules' CMakeLists.txt (what they link is what they may include), held
// against the layers of engine/docs/architecture.md and against every #include of the sources.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;
using Arrows = std::map<std::string, std::set<std::string>>;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const fs::path kEngine = fs::path(DRAAD_SOURCE_DIR) / "engine";

// Layer of each module; an arrow may go to a lower layer, or sideways only where listed below.
const std::map<std::string, int> kLayers = {
    {"core", 0},  {"feel", 1},      {"graph", 1}, {"privacy", 1}, {"bpmn", 2},    {"verify", 2},
    {"execute", 2}, {"casework", 2}, {"rules", 3}, {"store", 3},   {"service", 3}, {"rehearsal", 3}, {"app", 4}};

// Sideways arrows, each with its reason.
const std::set<std::pair<std::string, std::string>> kSideways = {
    {"verify", "bpmn"},        // The structure rules judge the file as read, not only what was compiled.
    {"service", "store"},      // The live engine owns the store port's use.
    {"service", "rehearsal"},  // Both play commands.
    {"rehearsal", "service"},  // A rehearsal can write through the live engine.
};

Arrows linked_modules() {
  Arrows arrows;
  const std::regex target("draad_([a-z]+)");
  for (const auto& [module, layer] : kLayers) {
    const std::string text = read(kEngine / module / "CMakeLists.txt");
    for (std::sregex_iterator match(text.begin(), text.end(), target), end; match != end; ++match) {
      const std::string name = (*match)[1];
      if (kLayers.contains(name) && name != module) arrows[module].insert(name);
    }
  }
  return arrows;
}

std::set<std::string> reachable(const Arrows& arrows, const std::string& from) {
  std::set<std::string> seen;
  std::vector<std::string> open = {from};
  while (!open.empty()) {
    const std::string module = open.back();
    open.pop_back();
    if (!seen.insert(module).second) continue;
    if (const auto found = arrows.find(module); found != arrows.end())
      open.insert(open.end(), found->second.begin(), found->second.end());
  }
  return seen;
}

TEST(Structure, EveryModuleHasALayer) {
  for (const auto& entry : fs::directory_iterator(kEngine)) {
    if (!entry.is_directory() || entry.path().filename() == "docs") continue;
    EXPECT_TRUE(kLayers.contains(entry.path().filename().string())) << entry.path() << " has no layer in this test";
  }
}

TEST(Structure, LinksPointInward) {
  for (const auto& [from, targets] : linked_modules())
    for (const std::string& to : targets)
      EXPECT_TRUE(kLayers.at(to) < kLayers.at(from) || kSideways.contains({from, to}))
          << "engine/" << from << " links engine/" << to << ", which is not further inward";
}

TEST(Structure, FilesIncludeOnlyWhatTheirModuleLinks) {
  const Arrows arrows = linked_modules();
  const std::regex include("#include \"engine/([a-z]+)/([^\"]+)\"");
  int includes = 0;
  for (const auto& [module, layer] : kLayers) {
    if (!fs::exists(kEngine / module)) continue;
    const std::set<std::string> allowed = reachable(arrows, module);
    for (const auto& entry : fs::recursive_directory_iterator(kEngine / module)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
      const std::string text = read(entry.path());
      for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match) {
        ++includes;
        const std::string target = (*match)[1];
        const std::string rest = (*match)[2];
        EXPECT_TRUE(allowed.contains(target)) << entry.path() << " includes engine/" << target << "/" << rest
                                              << ", but engine/" << module << " does not link it";
        EXPECT_TRUE(target == module || rest.find("internal/") == std::string::npos)
            << entry.path() << " includes the inside of engine/" << target;
      }
    }
  }
  EXPECT_GT(includes, 10) << "the test found hardly any include: is the path right?";
}

TEST(Structure, OnlyTheirOwnersKnowTheseLibraries) {
  // Header -> the one module that may include it.
  const std::map<std::string, std::string> owners = {{"pugixml.hpp", "bpmn"}, {"SQLiteCpp", "store"}, {"sqlite3.h", "store"},
                                                     {"lua.hpp", "rules"},    {"sodium.h", "privacy"}, {"CLI/CLI.hpp", "app"},
                                                     {"boost/graph", "graph"}, {"date/tz.h", "core"}};
  for (const auto& entry : fs::recursive_directory_iterator(kEngine)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    const std::string module = fs::relative(entry.path(), kEngine).begin()->string();
    std::istringstream lines(read(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("#include <")) continue;
      for (const auto& [header, owner] : owners)
        EXPECT_TRUE(line.find("<" + header) == std::string::npos || module == owner)
            << entry.path() << " includes " << header << ", which only engine/" << owner << " may know";
    }
  }
}

}  // namespace
