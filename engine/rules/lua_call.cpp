#include "engine/rules/internal/lua_call.h"

#include <algorithm>
#include <exception>

#include "engine/rules/internal/lua_values.h"

namespace draad::rules::lua {
namespace {

// The frame that runs, for as long as it runs; notes it when an error leaves it (the C++ build of Lua unwinds our
// objects).
class Running {
 public:
  Running(State& state, Frame& frame)
      : state_(state), frame_(frame), outer_(state.frame), exceptions_(std::uncaught_exceptions()) {
    state_.frame = &frame;
  }
  ~Running() {
    state_.frame = outer_;
    if (frame_.call == nullptr || frame_.call->failed || std::uncaught_exceptions() == exceptions_) return;
    note_failed();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void note_failed() {
    frame_.call->failed = true;
    frame_.call->failed_link = frame_.link;
    frame_.call->failed_read = frame_.read;
  }

 private:
  State& state_;
  Frame& frame_;
  Frame* outer_;
  int exceptions_;
};

void push_context(lua_State* lua, State& state) {
  lua_newuserdatauv(lua, 0, 1);
  View view;
  view.group = running_facts(state);
  view.top = true;
  push_view(lua, view);
  lua_setiuservalue(lua, -2, 1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, state.context_meta);
  lua_setmetatable(lua, -2);
}

// Leaves what the text returns. A fresh environment each time: nothing stays for the next call or the next
// municipality.
void run_text(lua_State* lua, State& state, const Chunk& chunk) {
  state.push_chunk(chunk);
  state.push_environment();
  lua_setupvalue(lua, -2, 1);
  lua_call(lua, 0, 1);
}

bool run_link(State& state, Call& call, std::size_t link, LinkAnswer& answer, std::string& wrong) {
  lua_State* lua = state.lua();
  luaL_checkstack(lua, 20, "te diep genest");
  const LoadedRule& rule = *call.chain.links[link].rule;
  Frame frame{&call, link, &rule, call.facts, rule.chunk->text, 0, {}, {}};
  Running running(state, frame);
  call.asked[link] = true;
  run_text(lua, state, *rule.chunk);
  const auto refuse = [&](std::string why) {
    wrong = std::move(why);
    running.note_failed();
    return false;
  };
  if (!lua_isfunction(lua, -1)) return refuse("het bestand geeft geen functie terug (return function(ctx) ... end)");
  push_context(lua, state);
  lua_call(lua, 1, 1);
  if (!lua_istable(lua, -1)) {
    return refuse(std::string("het antwoord is geen tabel, maar ") + luaL_typename(lua, -1));
  }
  if (!read_answer(lua, -1, call.rule->gives, rule.chunk->text, answer, wrong)) {
    running.note_failed();
    return false;
  }
  lua_pop(lua, 1);
  // Who changes the next link's answer and its reason does not stand on that link's source any more.
  if (answer.basis == frame.next_basis && answer.reason != frame.next_reason) answer.basis.clear();
  return true;
}

}  // namespace

bool run_chain(State& state, Call& call, LinkAnswer& answer, std::string& wrong) {
  return run_link(state, call, 0, answer, wrong);
}

int ask_next_link(lua_State* lua) {
  State& state = State::of(lua);
  Frame* frame = state.frame;
  if (frame == nullptr || frame->call == nullptr) return luaL_error(lua, "landelijk(ctx) bestaat alleen in een regel");
  state.charge(50);
  Call& call = *frame->call;
  const std::size_t next = frame->link + 1;
  LinkAnswer answer;
  bool answered = false;
  if (next < call.chain.count) {
    std::string wrong;
    bool fits = true;
    const auto failure = state.run_inner([&](lua_State*) { fits = run_link(state, call, next, answer, wrong); });
    answered = !failure && fits;
    if (!answered) {
      call.faults.push_back(make_fault(call, failure.value_or(Failure{}), wrong));
      call.failed = false;
    }
  }
  if (!answered) {
    call.asked[Chain::kLinksMax] = true;
    NationalAnswer national = call.rule->national(*call.facts);
    answer = {std::move(national.facts), std::move(national.reason), std::move(national.basis)};
  }
  frame->next_reason = answer.reason;
  frame->next_basis = answer.basis;
  luaL_checkstack(lua, 6, "te diep genest");
  push_copy(lua, answer.facts);
  lua_pushlstring(lua, answer.reason.data(), answer.reason.size());
  lua_setfield(lua, -2, "reden");
  lua_pushlstring(lua, answer.basis.data(), answer.basis.size());
  lua_setfield(lua, -2, "bron");
  return 1;
}

bool run_free(State& state, const Chunk& chunk, const Facts* facts, Value& value, std::string& wrong) {
  lua_State* lua = state.lua();
  Frame frame{nullptr, 0, nullptr, facts, chunk.text, 0, {}, {}};
  Running running(state, frame);
  state.push_chunk(chunk);
  state.push_environment();
  if (facts != nullptr) {
    View view;
    view.group = facts;
    push_view(lua, view);
    lua_setfield(lua, -2, "feiten");
  }
  lua_setupvalue(lua, -2, 1);
  lua_call(lua, 0, 1);
  int items = 10'000;
  return read_free(lua, -1, 12, items, value, wrong);
}

FactUse note_read(State& state, std::string_view fact) {
  Frame* frame = state.frame;
  if (frame == nullptr || frame->rule == nullptr) return FactUse::free;
  const std::vector<std::string>& reads = frame->rule->reads;
  const auto found =
      std::ranges::lower_bound(reads, fact, {}, [](const std::string& name) -> std::string_view { return name; });
  if (found == reads.end() || *found != fact) return FactUse::undeclared;
  frame->read |= std::uint64_t{1} << static_cast<unsigned>(found - reads.begin());
  return FactUse::declared;
}

const Facts* running_facts(State& state) {
  static const Facts kNone;
  return state.frame == nullptr || state.frame->facts == nullptr ? &kNone : state.frame->facts;
}

std::string_view running_source(State& state) {
  return state.frame == nullptr ? std::string_view() : state.frame->source;
}

int push_context_field(lua_State* lua, State& state, std::string_view name) {
  const Frame* frame = state.frame;
  const auto give = [lua](std::string_view text) { return lua_pushlstring(lua, text.data(), text.size()), 1; };
  if (frame != nullptr && frame->call != nullptr) {
    if (name == "gemeente") return give(frame->call->gemeente);
    if (name == "datum") return give(frame->call->date);
    if (name == "regel") return give(frame->call->rule->name);
  }
  return luaL_error(lua, "ctx heeft feiten, gemeente, datum en regel; wat gevraagd is, is er niet bij");
}

namespace {

std::string_view short_reason(FaultKind kind) {
  switch (kind) {
    case FaultKind::error:
      return "er zit een fout in de regel";
    case FaultKind::steps_spent:
      return "de regel rekende te lang";
    case FaultKind::memory_spent:
      return "de regel gebruikte te veel geheugen";
    case FaultKind::time_spent:
      return "de regel duurde te lang";
    case FaultKind::answer_invalid:
      return "het antwoord klopt niet met wat de regel moet geven";
  }
  return "";
}

std::string long_reason(const Fault& fault, const Failure& failure, std::string_view wrong) {
  switch (fault.kind) {
    case FaultKind::answer_invalid:
      return "het antwoord past niet: " + std::string(wrong);
    case FaultKind::steps_spent:
      return "het rekenbudget is op";
    case FaultKind::memory_spent:
      return "het geheugenbudget is op";
    case FaultKind::time_spent:
      return "het tijdbudget is op";
    case FaultKind::error:
      break;
  }
  if (failure.raised_by_script)
    return "de regel meldde zelf een fout (tekst niet getoond: daar kunnen gegevens in staan)";
  return failure.message.empty() ? "onbekende fout" : failure.message;
}

}  // namespace

Fault make_fault(const Call& call, const Failure& failure, std::string_view wrong) {
  const Claim& claim = call.chain.links[call.failed ? call.failed_link : 0];
  const Manifest& manifest = claim.plugin->plugin.manifest;
  Fault fault;
  fault.kind = wrong.empty() ? failure.kind : FaultKind::answer_invalid;
  fault.rule = call.rule->name;
  fault.plugin = manifest.name;
  fault.version = manifest.version;
  fault.owner = manifest.owner;
  fault.file = failure.file.empty() ? claim.rule->file : failure.file;
  fault.line = failure.line;
  for (std::size_t i = 0; i < claim.rule->reads.size(); ++i) {
    if ((call.failed_read >> i & 1U) != 0) fault.facts.push_back(claim.rule->reads[i]);
  }
  fault.for_casus =
      "De regel '" + fault.rule + "' van plugin " + fault.plugin + " (versie " + fault.version +
      ") gaf geen bruikbaar antwoord: " + std::string(short_reason(fault.kind)) +
      ". Het landelijke antwoord is gebruikt. Kijk of dat hier past; de eigenaar van de plugin is aan zet.";
  fault.for_owner = fault.plugin + " " + fault.version + ", " + fault.file +
                    (fault.line > 0 ? ":" + std::to_string(fault.line) : "") + ": " +
                    long_reason(fault, failure, wrong) + "; gelezen feiten: ";
  if (fault.facts.empty()) fault.for_owner += "geen";
  for (std::size_t i = 0; i < fault.facts.size(); ++i) fault.for_owner += (i == 0 ? "" : ", ") + fault.facts[i];
  return fault;
}

}  // namespace draad::rules::lua
