// Personal values: sealed on their way in, opened for a purpose, and in no file.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "engine/service/system_ports.h"
#include "tests/engine/service/workshop.h"

namespace draad::service {
namespace {

using privacy::DataClass;
using test::on;
using test::start;

const std::string kName = "Rosalinde Verdonkelaar";
const std::string kAddress = "Onvindbaarpad 17 te Nergenshuizen";

class EngineVault : public testing::Test, public test::EngineWithClock {
 protected:
  void SetUp() override {
    restart();
    publish();
  }
  void restart() {
    engine.reset();
    open(store::open_sqlite_store(folder.file("draad.db")).value());
  }
  Answer start_with_name() {
    Request request = start("twee", "k1", {{"leeftijd", Value(23)}});
    request.personal = {{"naam", DataClass::contact, kName}, {"adres", DataClass::address, kAddress}};
    return ask(std::move(request));
  }
  std::uint64_t reference(CasusId casus, const std::string& fact) {
    const execute::CasusState now = state(casus);
    return vault_reference_of(execute::casus_facts(now).at(fact)).value();
  }
  std::string opened(CasusId casus, std::uint64_t reference) {
    const auto value = engine->personal(casus, reference);
    EXPECT_TRUE(value.has_value()) << value.error().message;
    return value->open({"zorgcoordinator-1", "intake"}, engine->access_log()).value();
  }

  draad::test::TemporaryFolder folder;
};

TEST_F(EngineVault, FactsHoldReferencesAndTheVaultHoldsValues) {
  const Answer started = start_with_name();
  EXPECT_EQ(opened(started.casus, reference(started.casus, "naam")), kName);
  EXPECT_EQ(opened(started.casus, reference(started.casus, "adres")), kAddress);
  EXPECT_EQ(engine->personal(started.casus, reference(started.casus, "adres"))->field().data_class, DataClass::address);
}

TEST_F(EngineVault, ValuesThatComeLaterGetTheirOwnReferencesAlsoAfterARestart) {
  const Answer started = start_with_name();
  restart();
  Request later = on(started.casus, "k2", execute::SetFacts{0, {}});
  later.personal = {{"telefoon", DataClass::contact, "0690000001"}};
  ask(std::move(later));
  EXPECT_NE(reference(started.casus, "telefoon"), reference(started.casus, "naam"));
  EXPECT_EQ(opened(started.casus, reference(started.casus, "telefoon")), "0690000001");
  EXPECT_EQ(opened(started.casus, reference(started.casus, "naam")), kName);
}

TEST_F(EngineVault, ARefusedCommandKeepsNoValue) {
  Request request = start("twee", "k1");
  const Answer started = ask(std::move(request));
  Request wrong = on(started.casus, "k2", execute::CompleteTask{999, "", {}});
  wrong.personal = {{"naam", DataClass::contact, kName}};
  EXPECT_FALSE(engine->submit(std::move(wrong)).has_value());
  Request right = on(started.casus, "k3", execute::CompleteTask{test::task_of(state(started.casus)), "", {}});
  right.personal = {{"naam", DataClass::contact, kName}};
  ask(std::move(right));
  EXPECT_EQ(reference(started.casus, "naam"), 1u);
  EXPECT_EQ(opened(started.casus, 1), kName);
}

TEST_F(EngineVault, ValuesCannotTravelWithACommandWithoutFactsOrWithoutCasus) {
  const Answer started = ask(start("twee", "k1"));
  Request cancel = on(started.casus, "k2", execute::CancelCasus{"vergissing"});
  cancel.personal = {{"naam", DataClass::contact, kName}};
  EXPECT_EQ(engine->submit(std::move(cancel)).error().code, ErrorCode::invalid);
  Request signal = on(CasusId{}, "k3", execute::BroadcastSignal{"alarm", {}});
  signal.personal = {{"naam", DataClass::contact, kName}};
  EXPECT_EQ(engine->submit(std::move(signal)).error().code, ErrorCode::invalid);
}

TEST_F(EngineVault, EveryOpeningIsRecordedFirst) {
  const Answer started = start_with_name();
  const std::uint64_t naam = reference(started.casus, "naam");
  opened(started.casus, naam);
  const auto value = engine->personal(started.casus, naam);
  engine->stop();
  EXPECT_FALSE(value->open({"zorgcoordinator-1", "intake"}, engine->access_log()).has_value());
  engine.reset();
  const auto reader = store::open_sqlite_reader(folder.file("draad.db")).value();
  const auto accesses = reader->accesses(started.casus, 10).value();
  ASSERT_EQ(accesses.size(), 1u);
  EXPECT_EQ(accesses[0].actor, "zorgcoordinator-1");
  EXPECT_EQ(accesses[0].reason, "intake");
  EXPECT_EQ(accesses[0].reference, naam);
}

TEST_F(EngineVault, ErasureTakesTheValuesAndLeavesTheJournal) {
  const Answer started = start_with_name();
  const std::uint64_t naam = reference(started.casus, "naam");
  ASSERT_TRUE(engine->erase_personal(started.casus).has_value());
  EXPECT_EQ(engine->personal(started.casus, naam).error().code, ErrorCode::not_found);
  EXPECT_TRUE(engine->verify_chain(started.casus).has_value());
  complete(started.casus, "k2");
}

// The promise of the whole module, on the bytes: after a run no name stands in any file.
TEST_F(EngineVault, NoPersonalValueStandsInAnyFile) {
  const Answer started = start_with_name();
  Request done = on(started.casus, "k2", execute::CompleteTask{test::task_of(state(started.casus)), "", {}});
  done.personal = {{"verhaal", DataClass::signal, "Zij vertelde het aan " + kName}};
  ask(std::move(done));
  complete(started.casus, "k3");
  const auto search = [&](const std::string& text) {
    bool found = false;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(in), {});
      found = found || bytes.find(text) != std::string::npos;
    }
    return found;
  };
  const auto check = [&](const std::string& moment) {
    EXPECT_TRUE(search("aandachtsfunctionaris-1")) << moment << ": the search itself works";
    for (const std::string& text : {kName, std::string("Verdonkelaar"), kAddress, std::string("Onvindbaarpad")}) {
      EXPECT_FALSE(search(text)) << moment << ": " << text;
    }
  };
  check("with the log");
  engine.reset();
  check("after closing");
}

class MasterKeyFile : public testing::Test {
 protected:
  draad::test::TemporaryFolder folder;
  SystemRandom random;
  const std::string path = folder.file("hoofdsleutel");
};

TEST_F(MasterKeyFile, IsMadeOnceAndPrivate) {
  const auto made = load_master_key(path, true, random);
  ASSERT_TRUE(made.has_value()) << made.error().message;
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(status.st_size, 32);
  EXPECT_EQ(load_master_key(path, true, random)->fingerprint(), made->fingerprint());
  EXPECT_EQ(load_master_key(path, false, random)->fingerprint(), made->fingerprint());
}

TEST_F(MasterKeyFile, IsNotMadeWhenTheDatabaseIsThereAlready) {
  const auto key = load_master_key(path, false, random);
  ASSERT_FALSE(key.has_value());
  EXPECT_EQ(key.error().code, ErrorCode::not_found);
  EXPECT_NE(key.error().message.find("ontbreekt"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(MasterKeyFile, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(load_master_key(path, true, random).has_value());
  for (const mode_t mode : {0640u, 0604u, 0620u, 0666u}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    EXPECT_EQ(load_master_key(path, true, random).error().code, ErrorCode::denied);
  }
  ASSERT_EQ(::chmod(path.c_str(), 0400), 0);
  EXPECT_TRUE(load_master_key(path, true, random).has_value());
}

TEST_F(MasterKeyFile, IsRefusedWhenItIsNoKey) {
  for (const std::size_t size : {0u, 31u, 33u, 1000u}) {
    std::ofstream(path, std::ios::binary) << std::string(size, 'k');
    ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
    EXPECT_EQ(load_master_key(path, true, random).error().code, ErrorCode::corrupt) << size;
  }
}

TEST_F(MasterKeyFile, DoesNotFollowALink) {
  std::filesystem::create_symlink(folder.file("elders"), path);
  EXPECT_FALSE(load_master_key(path, true, random).has_value());
  EXPECT_FALSE(std::filesystem::exists(folder.file("elders")));
}

TEST_F(MasterKeyFile, RandomBytesDiffer) {
  std::array<std::uint8_t, 32> first{}, second{};
  random.fill(first);
  random.fill(second);
  EXPECT_NE(first, second);
}

}  // namespace
}  // namespace draad::service
